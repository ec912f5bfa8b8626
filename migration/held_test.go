package migration_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// elsewhere lets the program ask an account that has nothing of ours, with a key that is valid there, and answers the way back.
func (b *bundle) elsewhere(t *testing.T) (back func()) {
	t.Helper()
	ours, rules := b.Stripe, b.Rules
	b.ChangeStripe(t, func(*stripefake.Options) {})
	return func() { b.Stripe, b.Rules = ours, rules }
}

// forgetful is a Stripe that remembers nothing of what deleted customers had. [UNV]: the stand-in lists and reads it.
type forgetful struct{ migration.Payments }

func (p forgetful) gone(ctx context.Context, customer string) error {
	if deleted, err := p.CustomerDeleted(ctx, customer); err != nil || !deleted {
		return err
	}
	return &migration.ProviderError{Kind: migration.ProviderRefused, Code: "resource_missing", Message: "No such thing."}
}

func (p forgetful) Subscriptions(ctx context.Context, customer string) ([]migration.StripeSubscription, error) {
	if err := p.gone(ctx, customer); err != nil {
		return nil, err
	}
	return p.Payments.Subscriptions(ctx, customer)
}

func (p forgetful) Subscription(ctx context.Context, id string) (migration.StripeSubscription, error) {
	sub, err := p.Payments.Subscription(ctx, id)
	if err == nil {
		err = p.gone(ctx, sub.CustomerID)
	}
	return sub, err
}

// TestAnotherAccountsKey: an account that has nothing of ours is no reason to believe that nothing of ours exists.
func TestAnotherAccountsKey(t *testing.T) {
	t.Parallel()

	t.Run("EndsNoSubscription", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.LookAfter(t)
		back := b.elsewhere(t)
		b.Clock.Move(day + time.Hour)
		require.NoError(t, b.Rules.LookForSubscriptions(t.Context()))
		require.ErrorContains(t, b.Work(t)[0].Err, "No such customer")
		row := b.subscribed(t, sub)
		require.Equal(t, queries.SubscriptionStatusActive, row.Status)
		require.NotNil(t, row.UnknownSince)
		require.Equal(t, b.Clock.Now().Add(time.Hour).UTC(), row.NextLookAt.UTC(), "it keeps out of the way of the others")
		require.Empty(t, b.alarmed(t))

		back()
		b.Exec(t, `DELETE FROM river_job`)
		b.Clock.Move(2 * time.Hour)
		b.LookAfter(t)
		require.Nil(t, b.subscribed(t, sub).UnknownSince)
		require.Equal(t, queries.SubscriptionStatusActive, b.subscribed(t, sub).Status)
		b.RequireStories(t)
	})

	t.Run("LosesNoPaymentMethod", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.elsewhere(t)
		b.Clock.Move(day + time.Hour)
		require.Error(t, b.Rules.CheckPaymentMethod(t.Context(), migration.SystemActor("look"), sub.ID))
		require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
		require.Empty(t, b.Resend.Emails(), "and no tenant is written to")
	})

	t.Run("SettlesNoApproval", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		back := b.elsewhere(t)
		for range 2 {
			require.Error(t, b.workOne(t))
			b.Clock.Move(21 * time.Hour)
		}
		require.Equal(t, queries.SubmissionStatusApproving, b.Submission(t, sub.ID).Status)
		back()
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
	})

	t.Run("TakesNoApprovalBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.takeBack(t, sub)
		back := b.elsewhere(t)
		b.Work(t)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.True(t, b.subscribed(t, sub).Live)
		require.Contains(t, b.Strings(t, `SELECT waits_for FROM undos`)[0], "the key of the right account")
		back()
		b.Clock.Move(2 * time.Hour)
		require.NoError(t, b.Rules.LookForUndos(t.Context()))
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, []string{"refunded 12900"}, b.acts(t))
	})

	t.Run("ReplacesNoCustomer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		_, err := b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		customers := b.Strings(t, `SELECT customer_id FROM stripe_customers`)
		b.elsewhere(t)
		_, err = b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
		require.ErrorContains(t, err, "No such customer")
		require.Equal(t, customers, b.Strings(t, `SELECT customer_id FROM stripe_customers`))
	})

	t.Run("HasHeardOfNoChange", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.elsewhere(t)
		b.Exec(t, `UPDATE tenants SET name = 'Tess Married'`)
		require.Error(t, b.Rules.TellCustomers(t.Context(), sub.TenantID))
		require.Equal(t, []string{"Tess Tenant"}, b.Strings(t, `SELECT told_name FROM stripe_customers`))
	})
}

// losing is a Stripe that has a customer and knows nothing of a subscription that they had.
type losing struct{ migration.Payments }

func (losing) Subscriptions(context.Context, string) ([]migration.StripeSubscription, error) {
	return nil, nil
}

func (losing) Subscription(context.Context, string) (migration.StripeSubscription, error) {
	return migration.StripeSubscription{}, &migration.ProviderError{Kind: migration.ProviderRefused, Code: "resource_missing", Message: "No such subscription."}
}

func TestSubscriptionThatStripeHasLost(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Approved(t, migration.CurrentMonth)
	b.LookAfter(t)
	lost := b.Service(t, func(o *migration.Options) { o.Payments = losing{o.Payments} })
	require.ErrorContains(t, lost.SyncSubscription(t.Context(), testkit.Browser, b.subscribed(t, sub).ID), "No such subscription")
	require.Equal(t, queries.SubscriptionStatusActive, b.subscribed(t, sub).Status, "its customer is there, so nothing has ended with them")
	require.NotNil(t, b.subscribed(t, sub).UnknownSince)
	undo := b.takeBack(t, sub)
	requireLater(t, lost.UndoSubscription(t.Context(), testkit.Browser, undo.ID))
	require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
}

// TestCustomerDeletedAtStripe: Stripe says so itself, and then what they had has ended.
func TestCustomerDeletedAtStripe(t *testing.T) {
	t.Parallel()
	forget := func(o *migration.Options) { o.Payments = forgetful{o.Payments} }

	t.Run("EndsTheSubscriptionOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.LookAfter(t)
		b.Stripe.Ask(t, "DELETE", "/v1/customers/"+sub.StripeCustomerID, nil)
		b.Rules = b.Service(t, forget)
		b.Clock.Move(day + time.Hour)
		b.LookAfter(t)
		ended := b.subscribed(t, sub)
		require.Equal(t, queries.SubscriptionStatusCanceled, ended.Status)
		require.Equal(t, []string{"SUBSCRIPTION_ENDED"}, b.alarmed(t))
		b.Clock.Move(8 * day)
		b.LookAfter(t)
		require.Equal(t, ended.EndedAt, b.subscribed(t, sub).EndedAt, "however often it is looked at")
		b.Clock.Move(121 * day)
		b.LookAfter(t)
		require.Nil(t, b.subscribed(t, sub).NextLookAt)
	})

	t.Run("WhatTheyPaidIsGivenBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.takeBack(t, sub)
		b.Stripe.Ask(t, "DELETE", "/v1/customers/"+sub.StripeCustomerID, nil)
		b.Rules = b.Service(t, forget)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, []string{"refunded 12900"}, b.acts(t))
	})
}

func TestUndoFindsWhatWeMade(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Approved(t, migration.CurrentMonth)
	b.Stripe.Ask(t, "POST", creations+"/"+b.subscribed(t, sub).StripeSubscriptionID,
		url.Values{"metadata[carryover_reservation_id]": {testkit.Missing().String()}})
	b.takeBack(t, sub)
	b.MustWork(t)
	require.Equal(t, queries.SubmissionStatusUndone, b.Submission(t, sub.ID).Status)
	require.Equal(t, "canceled", b.Stripe.Books().Subscriptions[0].Status, "though its metadata was edited at Stripe")
	require.Equal(t, []string{"refunded 12900"}, b.acts(t))
}

// TestReservationEndsWithItsSubscription: what has ended at Stripe keeps nobody from being invited again.
func TestReservationEndsWithItsSubscription(t *testing.T) {
	t.Parallel()
	live := func(t *testing.T, b *bundle, sub *queries.Submission) int {
		t.Helper()
		return b.Count(t, `SELECT count(*) FROM reservations WHERE id = $1 AND live`, sub.ReservationID)
	}

	t.Run("AndIsFreeAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		legacy := b.legacy(t, b.Denver, nil, nil)
		b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, sub.ReservationID, legacy)
		b.LookAfter(t)
		require.Equal(t, 1, live(t, b, sub))
		b.cancelAtStripe(t, sub)
		b.lookNow(t)
		require.Zero(t, live(t, b, sub))
		require.Equal(t, []string{"ended"}, b.Told(t, queries.EventSubjectReservation, sub.ReservationID)[1:])
		require.Equal(t, []string{"SUBSCRIPTION_ENDED"}, b.alarmed(t))
		require.Equal(t, migration.SetupStateRevoked, b.Open(t, b.Invitation(t, *sub.InvitationID)).State)
		b.lookNow(t)
		require.Len(t, b.Told(t, queries.EventSubjectReservation, sub.ReservationID), 2, "once")

		next := b.Claimed(t, testkit.Visa, testkit.For(sub.TenantID))
		b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, next.ReservationID, legacy)
		b.Decided(t, next, migration.NextMonth)
		b.MustWork(t)
		requireOne(t, b, next)
	})

	t.Run("NotWhileTheApprovalIsTakenBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.takeBack(t, sub)
		b.cancelAtStripe(t, sub)
		require.NoError(t, b.Rules.SyncSubscription(t.Context(), testkit.Browser, b.subscribed(t, sub).ID))
		require.Equal(t, 1, live(t, b, sub))
		b.MustWork(t)
		b.requireUndone(t, sub)
	})

	t.Run("NotWhileStripeHoldsAnotherOneForIt", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.cancelAtStripe(t, sub)
		b.Stripe.Ask(t, "POST", creations, url.Values{"customer": {sub.StripeCustomerID}, "default_payment_method": {sub.StripePaymentMethodID},
			"items[0][price_data][currency]": {"usd"}, "items[0][price_data][product]": {"carryover_plan_" + b.Studio.ID.String()},
			"items[0][price_data][unit_amount]": {"12900"}, "items[0][price_data][recurring][interval]": {"month"},
			"metadata[carryover_reservation_id]": {sub.ReservationID.String()}})
		b.lookNow(t)
		require.Equal(t, queries.SubscriptionStatusCanceled, b.subscribed(t, sub).Status)
		require.Equal(t, 1, live(t, b, sub), "another one would charge for the same plan and unit")
	})

	t.Run("CanStillBeTakenBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.cancelAtStripe(t, sub)
		b.lookNow(t)
		b.takeBack(t, sub)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, []string{"refunded 12900"}, b.acts(t))
	})
}
