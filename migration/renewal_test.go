package migration_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// renewing is an approved submission whose second charge, which was due on 15 March, waits for the tenant's bank.
func (b *bundle) renewing(t *testing.T) *queries.Submission {
	t.Helper()
	sub := b.Approved(t, migration.CurrentMonth)
	b.LookAfter(t)
	b.charging(t, sub, "authenticate")
	heard := len(b.StripeEvents(t))
	b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
	b.Hear(t, b.StripeEvents(t)[heard:]...)
	require.Equal(t, queries.SubscriptionStatusPastDue, b.subscribed(t, sub).Status)
	return sub
}

// asks are the messages that ask a tenant for a renewal's confirmation.
func (b *bundle) asks(t *testing.T) []string {
	t.Helper()
	return b.Strings(t, `SELECT status::text FROM deliveries WHERE says = 'confirm_renewal' ORDER BY id`)
}

// confirms is the tenant at their bank's page, by what the account shows.
func (b *bundle) confirms(t *testing.T, sub *queries.Submission, outcome string) {
	t.Helper()
	c, err := b.Rules.AccountConfirmation(t.Context(), b.account(t, sub))
	require.NoError(t, err)
	require.NotNil(t, c)
	id, _, _ := strings.Cut(c.ClientSecret, "_secret_")
	b.Stripe.Browse(t, "/sandbox/payment_intents/"+id+"/authenticate", url.Values{"outcome": {outcome}})
}

func TestRenewalConfirmation(t *testing.T) {
	t.Parallel()

	t.Run("IsAskedForOnceAndShown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.renewing(t)
		b.lookNow(t)
		b.lookNow(t)
		require.Equal(t, []string{"accepted"}, b.asks(t))
		mails := b.Resend.Emails()
		text := mails[len(mails)-1].Text
		require.Contains(t, text, "Your bank wants you to confirm your payment of $129.00, which was due on March 15, 2026.")
		require.Contains(t, text, "/account")
		require.NotContains(t, text, b.Token(t, b.Invitation(t, *sub.InvitationID)), "the set-up has nothing more to give")

		r := b.account(t, sub)
		require.Equal(t, migration.AskedConfirmPayment, r.Asked)
		require.NotEmpty(t, r.Methods, "another method may be given instead")
		c, err := b.Rules.AccountConfirmation(t.Context(), r)
		require.NoError(t, err)
		require.True(t, c.Payment)
		require.True(t, strings.HasPrefix(c.ClientSecret, "pi_"))
		require.Contains(t, c.URL, "/sandbox/invoices/in_")
		require.EqualValues(t, 12900, c.Amount.Minor)
		require.Zero(t, c.Until)

		require.Equal(t, []string{"RENEWAL_CONFIRMATION"}, b.alarmed(t))
		stuck, err := b.Q.StuckList(t.Context(), b.DB.Pool, queries.StuckListParams{StaffID: b.Manager.ID, Now: b.Clock.Now(), Kinds: []string{}, LocationIds: []uuid.UUID{}, RowLimit: 9})
		require.NoError(t, err)
		require.Len(t, stuck, 1)
		require.Contains(t, migration.StuckOf(stuck[0]).Message, "Call the tenant")
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status, "what comes after approval never changes it")
		b.RequireStories(t)
	})

	t.Run("PaidIsOver", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.renewing(t)
		b.confirms(t, sub, "succeed")
		c, err := b.Rules.AccountConfirmation(t.Context(), b.account(t, sub))
		require.NoError(t, err)
		require.Nil(t, c, "it was just given")
		b.Hear(t, b.StripeEvents(t)...)
		require.Equal(t, migration.AskedNothing, b.account(t, sub).Asked)
		require.Equal(t, queries.SubscriptionStatusActive, b.subscribed(t, sub).Status)
		require.Equal(t, []int64{12900, 12900}, b.Stripe.Charged(t))
		require.Equal(t, []string{"It was paid."}, b.Strings(t, `SELECT handled_note FROM billing_alarms WHERE handled_at IS NOT NULL AND handled_by IS NULL`))
		require.Equal(t, []string{"raised", "closed"}, b.Strings(t, `SELECT action FROM events WHERE subject_kind = 'billing_alarm' ORDER BY id`))
		require.Subset(t, b.Told(t, queries.EventSubjectSubscription, b.subscribed(t, sub).ID), []string{"confirmation_wanted", "confirmation_over", "invoice_paid"})
		b.RequireStories(t)
	})

	t.Run("EachInvoiceIsAskedForOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.renewing(t)
		b.confirms(t, sub, "succeed")
		b.Clock.Set(noon(2026, 4, 15).Add(time.Hour))
		b.lookNow(t)
		require.Equal(t, []string{"accepted", "accepted"}, b.asks(t))
		require.Equal(t, []string{"RENEWAL_CONFIRMATION", "RENEWAL_CONFIRMATION"}, b.alarmed(t))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM billing_alarms WHERE handled_at IS NULL`))
		require.Equal(t, "2026-04-15", b.account(t, sub).Confirming.ChargedOn.String())
	})

	t.Run("DeniedAsksForAnotherMethodAndTheAlarmStays", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.renewing(t)
		b.confirms(t, sub, "fail")
		b.lookNow(t)
		require.Equal(t, migration.AskedNewPaymentMethod, b.account(t, sub).Asked)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM billing_alarms WHERE handled_at IS NULL`), "it is not paid")
		b.Clock.Move(3*day + time.Hour) // Stripe tries again, and the bank asks again
		b.lookNow(t)
		require.Equal(t, migration.AskedConfirmPayment, b.account(t, sub).Asked)
		require.Equal(t, []string{"accepted"}, b.asks(t))
	})

	t.Run("TheFirstChargeAfterApprovalToo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.charging(t, sub, "authenticate")
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		b.lookNow(t)
		require.Equal(t, migration.AskedConfirmPayment, b.account(t, sub).Asked)
		require.Equal(t, []string{"accepted"}, b.asks(t))
		require.Equal(t, []string{"FIRST_PAYMENT_FAILED"}, b.alarmed(t))
	})

	t.Run("PaidBeforeTheMessageGoesNothingIsSaid", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.LookAfter(t)
		b.charging(t, sub, "authenticate")
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		id := b.subscribed(t, sub).ID
		require.NoError(t, b.Rules.SyncSubscription(t.Context(), testkit.Browser, id))
		b.confirms(t, sub, "succeed")
		require.NoError(t, b.Rules.SyncSubscription(t.Context(), testkit.Browser, id))
		b.MustWork(t)
		require.Equal(t, []string{"canceled"}, b.asks(t))
		b.RequireStories(t)
	})

	t.Run("WithoutAnAddressNobodyIsAskedUntilThereIsOne", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.LookAfter(t)
		was := *b.TenantOf(t, sub).Email
		b.Exec(t, `UPDATE tenants SET email = NULL WHERE id = $1`, sub.TenantID)
		b.charging(t, sub, "authenticate")
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		b.lookNow(t)
		require.Empty(t, b.asks(t))
		require.Equal(t, []string{"RENEWAL_CONFIRMATION"}, b.alarmed(t))
		b.Exec(t, `UPDATE tenants SET email = $2 WHERE id = $1`, sub.TenantID, was)
		b.lookNow(t)
		require.Equal(t, []string{"accepted"}, b.asks(t))
	})

	t.Run("WhileTheApprovalIsTakenBackNothingIsAsked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(noon(2026, 3, 14))
		sub := b.Approved(t, migration.CurrentMonth)
		b.LookAfter(t)
		b.charging(t, sub, "authenticate")
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		_, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: sub.ID, Reason: "The wrong studio."})
		require.NoError(t, err)
		require.NoError(t, b.Rules.SyncSubscription(t.Context(), testkit.Browser, b.subscribed(t, sub).ID))
		require.Empty(t, b.asks(t))
		require.Empty(t, b.alarmed(t))
	})

	t.Run("TheEndOfTheSubscriptionClosesTheAlarm", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.renewing(t)
		b.cancelAtStripe(t, sub)
		b.lookNow(t)
		require.Equal(t, migration.AskedNothing, b.account(t, sub).Asked)
		require.Equal(t, []string{"The subscription has ended."}, b.Strings(t, `SELECT handled_note FROM billing_alarms WHERE handled_at IS NOT NULL`))
	})

	t.Run("WhileStripeIsAwayWhatIsAskedIsToldAllTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.renewing(t)
		r := b.account(t, sub)
		b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.ErrorBefore, Method: "GET", PathPrefix: "/v1/invoices/", Times: 3})
		c, err := b.Rules.AccountConfirmation(t.Context(), r)
		require.Error(t, err)
		require.True(t, c.Payment)
		require.EqualValues(t, 12900, c.Amount.Minor)
		require.Empty(t, c.ClientSecret)
	})
}
