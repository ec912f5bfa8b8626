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
	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
)

func TestDeclinedAtTheCharge(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.NoFunds))
	a := b.Decided(t, sub, migration.CurrentMonth)
	b.MustWork(t)

	failed := b.Submission(t, sub.ID)
	require.Equal(t, queries.SubmissionStatusPaymentFailed, failed.Status)
	require.Equal(t, "The card has insufficient funds.", failed.StatusReason)
	require.Equal(t, queries.ApprovalOutcomePaymentFailed, b.Approval(t, a.ID).Outcome)
	require.Empty(t, b.Stripe.Books().Subscriptions, "nothing was made at Stripe")
	require.Empty(t, b.Stripe.Charged(t))
	emails := b.Resend.Emails()
	require.Len(t, emails, 1, "the tenant is asked; the location's contact hears of successes")
	require.Contains(t, emails[0].Text, "The card has insufficient funds.")
	require.Contains(t, emails[0].Text, b.Token(t, inv))

	again := b.Open(t, inv)
	require.Equal(t, migration.SetupStateOpen, again.State)
	require.Equal(t, "The card has insufficient funds.", again.ReopenedReason)
	second := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	require.Equal(t, sub.ReservationID, second.ReservationID, "another attempt under the same reservation")
	require.NotEqual(t, sub.ID, second.ID)
	require.Equal(t, queries.InvitationStatusClaimed, b.Invitation(t, inv.ID).Status)
	b.Decided(t, second, migration.CurrentMonth)
	b.MustWork(t)
	requireOne(t, b, second)
	require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
	require.Equal(t, queries.SubmissionStatusPaymentFailed, b.Submission(t, sub.ID).Status, "history stays")
}

func TestDeclineOpensAnExpiredLink(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.NoFunds))
	b.Clock.Move(testkit.LinkLife + time.Hour)
	b.Decided(t, sub, migration.CurrentMonth)
	b.MustWork(t)
	require.Equal(t, migration.SetupStateOpen, b.Open(t, inv).State)
	require.True(t, b.Invitation(t, inv.ID).LinkExpiresAt.Equal(b.Clock.Now().Add(testkit.LinkLife)))
}

func TestMethodLost(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	b.Decided(t, sub, migration.CurrentMonth)
	b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/lose", url.Values{})
	b.MustWork(t)
	require.Equal(t, queries.SubmissionStatusMethodLost, b.Submission(t, sub.ID).Status)
	require.Equal(t, []string{"submitted", "approving", "ready_for_approval", "method_lost"}, b.Told(t, queries.EventSubjectSubmission, sub.ID))
	require.Zero(t, b.Stripe.Calls("POST", creations))
	require.Len(t, b.Resend.Emails(), 1)
	require.Contains(t, b.Resend.Emails()[0].Text, "removed")
	require.Equal(t, migration.SetupStateOpen, b.Open(t, inv).State)
	second := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	b.Decided(t, second, migration.CurrentMonth)
	b.MustWork(t)
	requireOne(t, b, second)
}

func TestApprovalIsGivenBack(t *testing.T) {
	t.Parallel()
	ready := func(t *testing.T, b *bundle, sub *queries.Submission, a *queries.Approval, reason string) {
		t.Helper()
		now := b.Submission(t, sub.ID)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, now.Status)
		require.Contains(t, now.StatusReason, reason)
		require.Equal(t, queries.ApprovalOutcomeReturned, b.Approval(t, a.ID).Outcome)
		require.Empty(t, b.Booked(sub.ReservationID))
		b.RequireStories(t)
		b.Decided(t, now, migration.NextMonth)
		b.MustWork(t)
		requireOne(t, b, sub)
	}

	t.Run("WhereTheDeadlinePassedBeforeAnyCall", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Clock.Move(20*time.Hour + time.Second)
		b.MustWork(t)
		require.Zero(t, b.Stripe.Calls("POST", creations))
		ready(t, b, sub, a, "No subscription was made in time")
	})

	t.Run("WhereTheDeadlinePassedOnlyAfterStripeCouldBeRead", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Clock.Move(21 * time.Hour)
		b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.CutBefore, Method: "GET", PathPrefix: creations, Times: 3})
		for range 3 {
			require.Error(t, b.workOne(t))
			require.Equal(t, queries.SubmissionStatusApproving, b.Submission(t, sub.ID).Status)
		}
		b.MustWork(t)
		ready(t, b, sub, a, "No subscription was made in time")
	})

	t.Run("NotWhileAnEarlierCallMayBeOnItsWay", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Clock.Move(20*time.Hour - time.Minute)
		b.Stripe.Order(stripefake.CutBefore, creations, 1)
		require.Error(t, b.workOne(t))
		b.Clock.Move(2 * time.Minute)
		require.Equal(t, 8*time.Minute, requireLater(t, b.workOne(t)).After)
		require.Equal(t, queries.SubmissionStatusApproving, b.Submission(t, sub.ID).Status)
		b.Clock.Move(8 * time.Minute)
		b.MustWork(t)
		ready(t, b, sub, a, "No subscription was made in time")
	})

	t.Run("WhereTheStartHasPassed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(noon(2026, 3, 15).Add(-time.Hour)) // the cycle would start at once, on the day itself
		sub := b.Claimed(t, testkit.Visa, testkit.At(b.Maple))
		a := b.Decided(t, sub, migration.CurrentMonth)
		require.Nil(t, a.AnchorAt)
		b.Clock.Move(2 * time.Hour)
		b.MustWork(t)
		require.Zero(t, b.Stripe.Calls("POST", creations))
		ready(t, b, sub, a, "The start that was approved has passed")
	})

	for name, tt := range map[string]struct {
		option  migration.StartOption
		balance string
		reason  string
	}{
		"WhereStripeWouldChargeAnotherAmount": {migration.CurrentMonth, "500", "Stripe would charge $134.00 at once, but $129.00 was confirmed."},
		"WhereStripeWouldChargeMoreLater":     {migration.NextMonth, "500", "Stripe would charge $134.00 on 2026-03-15, but $129.00 was agreed."},
		"WhereStripeWouldChargeLessLater":     {migration.NextMonth, "-500", "Stripe would charge $124.00 on 2026-03-15, but $129.00 was agreed."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub, a := b.decided(t, testkit.Visa, tt.option)
			b.owes(t, sub, tt.balance)
			b.MustWork(t)
			require.Zero(t, b.Stripe.Calls("POST", creations))
			require.Empty(t, b.Stripe.Charged(t))
			b.owes(t, sub, "0")
			ready(t, b, sub, a, tt.reason)
		})
	}

	t.Run("WhereStripeRefuses", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		strict := b.Service(t, func(o *migration.Options) { o.Payments = refusingPayments{o.Payments} })
		job := b.Waiting(t)[0]
		require.NoError(t, testkit.Run(t.Context(), strict, job))
		ready(t, b, sub, a, "Stripe refused: No.")
	})

	t.Run("WhereStripeRefusesAfterACallThatMayBeOnItsWay", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.CutBefore, "/v1/subscriptions", 1)
		job := b.Waiting(t)[0]
		require.Error(t, testkit.Run(t.Context(), b.Rules, job), "the answer was lost")
		strict := b.Service(t, func(o *migration.Options) { o.Payments = refusingPayments{o.Payments} })
		require.Equal(t, 10*time.Minute, requireLater(t, testkit.Run(t.Context(), strict, job)).After)
		b.Clock.Move(10 * time.Minute)
		require.NoError(t, testkit.Run(t.Context(), strict, job))
		ready(t, b, sub, a, "Stripe refused: No.")
	})
}

// refusingPayments is a Stripe that makes no subscription.
type refusingPayments struct{ migration.Payments }

func (refusingPayments) CreateSubscription(context.Context, string, migration.SubscriptionRequest) (migration.StripeSubscription, error) {
	return migration.StripeSubscription{}, &migration.ProviderError{Provider: "stripe", Kind: migration.ProviderRefused, Code: "invalid", Message: "No."}
}

// owes lets Stripe add an amount to the customer's next invoice, or take it off.
func (b *bundle) owes(t *testing.T, sub *queries.Submission, minor string) {
	t.Helper()
	b.Stripe.Ask(t, "POST", "/v1/customers/"+sub.StripeCustomerID, url.Values{"balance": {minor}})
}

func TestTenantActionRequired(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	setup := b.Open(t, inv)
	started, err := b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
	require.NoError(t, err)
	id := b.Stripe.Confirm(t, started.ClientSecret, "pm_card_authenticationRequired")
	b.Stripe.Browse(t, "/sandbox/setup_intents/"+id+"/authenticate", url.Values{"outcome": {"succeed"}})
	sub := b.Submit(t, inv, migration.Acceptance{SetupIntentID: id, Digest: setup.Digest(), AcceptTerms: true, Language: queries.MessageLanguageEn,
		Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess Tenant"}})
	b.Decided(t, sub, migration.NextMonth)
	b.MustWork(t)
	now := b.Submission(t, sub.ID)
	require.Equal(t, queries.SubmissionStatusTenantActionRequired, now.Status)
	require.Contains(t, now.StatusReason, "bank wants the tenant")
	require.Len(t, b.Booked(sub.ReservationID), 1, "the subscription exists")
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM subscriptions WHERE live`))
	require.Equal(t, migration.SetupStateConfirm, b.Open(t, inv).State)
	b.RequireStories(t)
}

func TestActionNeededIsSentOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.NoFunds)
	b.Decided(t, sub, migration.CurrentMonth)
	b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
	ran := b.Work(t)
	require.Error(t, ran[len(ran)-1].Err)
	b.MustWork(t)
	require.Len(t, b.Resend.Emails(), 1)
	require.Equal(t, queries.DeliveryPurposeActionNeeded, b.Deliveries(t, *sub.InvitationID)[0].Purpose)
}
