package migration_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

func TestPaymentMethodLost(t *testing.T) {
	t.Parallel()
	const (
		removed = "The payment method was removed and cannot be charged any more."
		revoked = "The authorization for debits from the bank account was withdrawn."
	)
	detach := func(t *testing.T, b *bundle, sub *queries.Submission) {
		b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/lose", url.Values{})
	}
	revoke := func(t *testing.T, b *bundle, sub *queries.Submission) {
		b.Stripe.Browse(t, "/sandbox/mandates/"+*sub.StripeMandateID+"/revoke", url.Values{})
	}
	block := func(t *testing.T, b *bundle, sub *queries.Submission) {
		b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/block", url.Values{"reason": {"bank_account_closed"}})
	}
	card := func(t *testing.T, b *bundle) *queries.Submission { return b.Claimed(t, testkit.Visa) }
	bank := func(t *testing.T, b *bundle) *queries.Submission { return b.linked(t, testkit.ByDeposit) }
	cases := []struct {
		name   string
		with   func(*testing.T, *bundle) *queries.Submission
		lose   func(*testing.T, *bundle, *queries.Submission)
		reason string
	}{
		{"Detached", card, detach, removed},
		{"MandateWithdrawn", bank, revoke, revoked},
		{"AccountBlocked", bank, block, "The bank account was closed."},
	}
	for _, c := range cases {
		lost := func(t *testing.T, b *bundle, sub *queries.Submission) {
			t.Helper()
			after := b.Submission(t, sub.ID)
			require.Equal(t, queries.SubmissionStatusMethodLost, after.Status)
			require.Equal(t, c.reason, after.StatusReason)
			opened := b.Open(t, b.Invitation(t, *sub.InvitationID))
			require.Equal(t, migration.SetupStateOpen, opened.State)
			require.Equal(t, c.reason, opened.ReopenedReason)
			require.Len(t, b.Resend.Emails(), 1, "the tenant is told once")
			require.Empty(t, b.Stripe.Books().Subscriptions)
			b.RequireStories(t)
		}

		t.Run(c.name+"ByWebhook", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := c.with(t, b)
			b.Hear(t, b.StripeEvents(t)...)
			require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status, "nothing is wrong yet")
			heard := len(b.StripeEvents(t))
			c.lose(t, b, sub)
			b.Hear(t, b.StripeEvents(t)[heard:]...)
			lost(t, b, sub)
			b.Hear(t, b.StripeEvents(t)...)
			lost(t, b, sub)
		})

		t.Run(c.name+"WithoutAWebhook", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := c.with(t, b)
			c.lose(t, b, sub)
			b.LookAfter(t)
			require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status, "it is not due")
			b.Clock.Move(day + time.Minute)
			b.LookAfter(t)
			lost(t, b, sub)
		})

		t.Run(c.name+"NoticedAtApproval", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := c.with(t, b)
			c.lose(t, b, sub)
			a := b.Decided(t, sub, migration.CurrentMonth)
			b.MustWork(t)
			lost(t, b, sub)
			require.Equal(t, queries.ApprovalOutcomeReturned, b.Approval(t, a.ID).Outcome)
			require.Equal(t, c.reason, b.Approval(t, a.ID).OutcomeReason)
		})
	}

	t.Run("AMandateThatIsGone", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.linked(t, testkit.ByDeposit)
		b.Exec(t, `UPDATE submissions SET stripe_mandate_id = 'mandate_gone'`)
		require.NoError(t, b.Rules.CheckPaymentMethod(t.Context(), migration.SystemActor("look"), sub.ID))
		require.Equal(t, revoked, b.Submission(t, sub.ID).StatusReason, "and no look fails for ever")
	})

	t.Run("WhileTheBankVerifies", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		heard := len(b.StripeEvents(t))
		block(t, b, sub)
		b.Hear(t, b.StripeEvents(t)[heard:]...)
		after := b.Submission(t, sub.ID)
		require.Equal(t, queries.SubmissionStatusBankVerificationFailed, after.Status)
		require.Equal(t, "The bank account was closed.", after.StatusReason)
		require.Equal(t, migration.SetupStateOpen, b.Open(t, b.Invitation(t, *sub.InvitationID)).State)
		b.RequireStories(t)
	})

	t.Run("ACancelledSetupIntentEndsTheWaiting", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		heard := len(b.StripeEvents(t))
		b.Stripe.Ask(t, "POST", "/v1/setup_intents/"+sub.StripeSetupIntentID+"/cancel", url.Values{})
		b.Hear(t, b.StripeEvents(t)[heard:]...)
		require.Equal(t, queries.SubmissionStatusBankVerificationFailed, b.Submission(t, sub.ID).Status)
		b.RequireStories(t)
	})

	t.Run("ARenewedCardIsAsGood", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		heard := len(b.StripeEvents(t))
		b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/update_card", url.Values{"exp_month": {"1"}, "exp_year": {"2040"}})
		b.Hear(t, b.StripeEvents(t)[heard:]...)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
	})

	t.Run("AfterApprovalItIsTheSubscriptions", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		detach(t, b, sub)
		b.Hear(t, b.StripeEvents(t)...)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	})

	t.Run("StripeIsAway", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.ErrorBefore, Method: "GET", PathPrefix: "/v1/payment_methods", Times: 1})
		require.Error(t, b.Rules.CheckPaymentMethod(t.Context(), testkit.Browser, sub.ID), "an error proves nothing about the method")
		require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
	})

	t.Run("ApprovedInTheSameMoment", func(t *testing.T) {
		t.Parallel()
		for range 5 {
			b := setup(t)
			sub := b.Claimed(t, testkit.Visa)
			detach(t, b, sub)
			decision := b.Decision(t, sub, migration.CurrentMonth)
			errs := atOnce(
				func() error { return b.Rules.CheckPaymentMethod(t.Context(), testkit.Browser, sub.ID) },
				func() error {
					_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Admin), decision)
					return err
				})
			require.NoError(t, errs[0])
			b.MustWork(t)
			require.Equal(t, queries.SubmissionStatusMethodLost, b.Submission(t, sub.ID).Status)
			b.RequireStories(t)
		}
	})
}
