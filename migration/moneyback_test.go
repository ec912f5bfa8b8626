package migration_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// said are the open alarms in their words.
func (b *bundle) said(t *testing.T) (said []string) {
	t.Helper()
	rows, err := b.Q.BillingAlarmListManaged(t.Context(), b.DB.Pool, queries.BillingAlarmListManagedParams{
		StaffID: b.Manager.ID, Kinds: []string{}, LocationIds: []uuid.UUID{}, RowLimit: 100})
	require.NoError(t, err)
	for _, a := range rows {
		said = append(said, migration.AlarmMessage(a))
	}
	return said
}

func TestUndoOfADisputedPayment(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		order, decided string
		acts           []string
		mail           string
		said           string
	}{
		"ABankThatOnlyAsks": {"warning_needs_response", "", []string{"refunded 12900"}, "We give $129.00 back",
			"The tenant's bank asks about a charge of $129.00. Nothing was taken back so far. Reason: fraudulent."},
		"ABankThatAskedAndWasAnswered": {"warning_needs_response", "warning_closed", []string{"refunded 12900"}, "We give $129.00 back", ""},
		"ADisputeThatIsOpen": {"needs_response", "", []string{"disputed 12900"}, "Your bank has taken $129.00 back already.",
			"The tenant's bank took $129.00 back. Reason: fraudulent."},
		"ADisputeThatWasLost": {"needs_response", "lost", []string{"disputed 12900"}, "Your bank has taken $129.00 back already.",
			"The tenant's bank took $129.00 back. Reason: fraudulent."},
		"ADisputeThatWasWon": {"needs_response", "won", []string{"refunded 12900"}, "We give $129.00 back", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.Approved(t, migration.CurrentMonth)
			b.dispute(t, url.Values{"reason": {"fraudulent"}, "status": {tt.order}}, tt.decided)
			b.takeBack(t, sub)
			b.MustWork(t)
			require.Equal(t, queries.SubmissionStatusUndone, b.Submission(t, sub.ID).Status)
			require.Equal(t, tt.acts, b.acts(t))
			require.Contains(t, b.Resend.Emails()[b.mails(t)-1].Text, tt.mail)
			b.LookAfter(t)
			var said []string
			if tt.said != "" {
				said = []string{tt.said}
			}
			require.Equal(t, said, b.said(t))
			b.RequireStories(t)
		})
	}

	t.Run("APartOfIt", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.dispute(t, url.Values{"amount": {"5000"}}, "")
		undo := b.takeBack(t, sub)
		b.Work(t)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.Equal(t, "The tenant's bank took $50.00 back by a dispute. Give the other $79.00 back at Stripe; then this goes on.",
			b.Strings(t, `SELECT waits_for FROM undos`)[0])
		given := b.Service(t, func(o *migration.Options) { o.Payments = gaveTheRest{o.Payments} })
		require.NoError(t, given.UndoSubscription(t.Context(), migration.SystemActor("job"), undo.ID))
		b.MustWork(t)
		require.ElementsMatch(t, []string{"disputed 5000", "refunded 7900"}, b.acts(t))
		text := b.Resend.Emails()[b.mails(t)-1].Text
		require.Contains(t, text, "We give $79.00 back")
		require.Contains(t, text, "Your bank has taken $50.00 back already.")
	})

	t.Run("DecidedForTheLocationAfterwards", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		dispute := b.dispute(t, url.Values{"status": {"needs_response"}}, "")
		b.takeBack(t, sub)
		b.MustWork(t)
		b.LookAfter(t)
		require.Equal(t, []string{"DISPUTE"}, b.alarmed(t))
		b.Stripe.Browse(t, "/sandbox/disputes/"+dispute+"/decide", url.Values{"status": {"won"}})
		b.Clock.Move(8 * day)
		b.LookAfter(t)
		require.Equal(t, []string{"DISPUTE", "REFUND_FAILED"}, b.alarmed(t), "the tenant has paid after all")
		require.Contains(t, b.said(t)[0], "the tenant has $0.00")
	})

	t.Run("AnInquiryThatBecomesADispute", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Approved(t, migration.CurrentMonth)
		dispute := b.dispute(t, url.Values{"status": {"warning_needs_response"}}, "")
		b.LookAfter(t)
		b.Stripe.Browse(t, "/sandbox/disputes/"+dispute+"/decide", url.Values{"status": {"lost"}})
		b.lookNow(t)
		require.Equal(t, []string{"DISPUTE", "DISPUTE_INQUIRY"}, b.alarmed(t))
	})
}

// dispute is the bank's word about the one charge there is, and how it is decided at once, where it is.
func (b *bundle) dispute(t *testing.T, order url.Values, decided string) (id string) {
	t.Helper()
	id, _ = b.Stripe.Browse(t, "/sandbox/charges/"+b.Stripe.Books().Charges[0].ID+"/dispute", order)["id"].(string)
	if decided != "" {
		b.Stripe.Browse(t, "/sandbox/disputes/"+id+"/decide", url.Values{"status": {decided}})
	}
	return id
}

// gaveTheRest is a Stripe where somebody gave back what the bank had not taken. [UNV]: the stand-in refunds nothing of what is disputed.
type gaveTheRest struct{ migration.Payments }

func (gaveTheRest) Refunds(context.Context, string) ([]migration.StripeRefund, error) {
	return []migration.StripeRefund{{ID: "re_1", AmountMinor: 7900}}, nil
}

func TestRefundThatFails(t *testing.T) {
	t.Parallel()

	t.Run("AtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		undo := b.takeBack(t, sub)
		rules := b.Service(t, func(o *migration.Options) { o.Payments = failsAtOnce{o.Payments} })
		requireLater(t, rules.UndoSubscription(t.Context(), migration.SystemActor("job"), undo.ID))
		require.Contains(t, b.Strings(t, `SELECT waits_for FROM undos`)[0], "The bank did not take the refund of $129.00.")
		require.Empty(t, b.acts(t))
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	})

	t.Run("DaysLater", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.takeBack(t, sub)
		b.MustWork(t)
		b.LookAfter(t)
		b.requireUndone(t, sub)
		require.Empty(t, b.alarmed(t))
		heard := len(b.StripeEvents(t))
		refund := b.Strings(t, `SELECT stripe_refund_id FROM undo_invoices`)[0]
		b.Stripe.Browse(t, "/sandbox/refunds/"+refund+"/fail", url.Values{})
		b.Hear(t, b.StripeEvents(t)[heard:]...)
		require.Equal(t, []string{"Of $129.00 that was given back when the approval was taken back, the tenant has $0.00: a refund came back, or a dispute was decided against the tenant."}, b.said(t))
		b.lookNow(t)
		require.Equal(t, []string{"REFUND_FAILED"}, b.alarmed(t), "once")
		b.RequireStories(t)
	})
}

// failsAtOnce is a Stripe whose bank takes no refund.
type failsAtOnce struct{ migration.Payments }

func (failsAtOnce) Refund(context.Context, string, string, uuid.UUID) (migration.StripeRefund, error) {
	return migration.StripeRefund{ID: "re_1", AmountMinor: 12900, Failed: true}, nil
}

func TestUndoOfWhatWasPaidOutsideOfStripe(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Clock.Set(time.Date(2026, 3, 14, 18, 0, 0, 0, time.UTC))
	sub := b.Claimed(t, testkit.NoFunds)
	b.Decided(t, sub, migration.NextMonth)
	b.MustWork(t)
	b.Clock.Move(2 * day)
	require.Empty(t, b.Stripe.Charged(t))
	invoice := b.Stripe.Books().Invoices[0].ID
	b.Stripe.Ask(t, "POST", "/v1/invoices/"+invoice+"/pay", url.Values{"paid_out_of_band": {"true"}})
	b.takeBack(t, sub)
	b.Work(t)
	require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	require.Contains(t, b.Strings(t, `SELECT waits_for FROM undos`)[0], "of $129.00 was paid outside of Stripe. Give the money back the same way and issue a credit note")

	b.Stripe.Ask(t, "POST", "/v1/credit_notes", url.Values{"invoice": {invoice}, "amount": {"12900"}, "out_of_band_amount": {"12900"}})
	b.Clock.Move(2 * time.Hour)
	require.NoError(t, b.Rules.LookForUndos(t.Context()))
	b.MustWork(t)
	b.requireUndone(t, sub)
	require.Equal(t, []string{"credited 12900"}, b.acts(t))
	require.Contains(t, b.Resend.Emails()[b.mails(t)-1].Text, "Your payment of $129.00 was given back.")
	b.LookAfter(t)
	require.NotContains(t, b.alarmed(t), "REFUND_FAILED")
}
