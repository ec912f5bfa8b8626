package stories

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/e2e/play"
	"carryover/sandbox/stripefake"
)

const slow = 2 * time.Minute

func TestBankAccount(t *testing.T) {
	t.Parallel()
	s := start(t)
	ctx, manager, tenant := context.Background(), s.as(t, "denver@example.com"), s.stranger()
	inv, token := invited(t, manager, "bank@example.com", nil)

	setup, started, err := tenant.CompleteByBank(ctx, token, play.BankByDeposit, "Ana Pérez", "bank@example.com")
	require.NoError(t, err)
	require.Equal(t, "SUBMITTED", setup.State)
	require.NotNil(t, setup.Verification)
	require.NotEmpty(t, setup.Verification.DepositArrivesOn)
	require.Contains(t, setup.Verification.URL, "/sandbox/stripe/")

	sub, err := manager.SubmissionOf(ctx, inv.ID)
	require.NoError(t, err)
	require.Equal(t, "WAITING_FOR_BANK_VERIFICATION", sub.Status)
	require.Equal(t, "WAITING_FOR_BANK_VERIFICATION", sub.Reservation.Status)
	require.False(t, sub.CanApprove)
	_, err = manager.ApproveUnseen(ctx, sub.ID, "NEXT_MONTH", play.Money{Amount: "0.00", Currency: "USD"})
	require.Equal(t, "WRONG_STATE", play.Code(err))

	coming, err := tenant.AwaitMail(ctx, "bank@example.com", 2)
	require.NoError(t, err)
	require.Contains(t, coming.Text, "three to five business days")
	for range 5 {
		require.NoError(t, tenant.MoveClock(ctx, "day"))
	}
	there, err := tenant.AwaitMail(ctx, "bank@example.com", 3)
	require.NoError(t, err)
	require.Contains(t, there.Text, "should be on your bank account by now")

	require.ErrorContains(t, tenant.EnterCode(ctx, started, "SM00XX"), "does not match")
	require.NoError(t, tenant.EnterCode(ctx, started, "SM11AA"))
	sub, err = play.Until(ctx, slow, func(ctx context.Context) (play.Submission, error) { return manager.Submission(ctx, sub.ID) },
		func(s play.Submission) bool { return s.Status == "READY_FOR_APPROVAL" })
	require.NoError(t, err, "the webhook leads to the same step as the poll, without waiting for it")

	previews, err := manager.Previews(ctx, sub.ID)
	require.NoError(t, err)
	require.Equal(t, play.Money{Amount: "440.00", Currency: "USD"}, previews["CURRENT_MONTH"].DueToday)
	_, err = manager.Approve(ctx, sub.ID, "CURRENT_MONTH", previews["CURRENT_MONTH"])
	require.NoError(t, err)
	if previews["CURRENT_MONTH"].NotBefore.After(s.clock.Now()) {
		require.NoError(t, tenant.MoveClock(ctx, "day"))
	}
	sub, err = manager.Settled(ctx, sub.ID)
	require.NoError(t, err)
	require.Equal(t, "APPROVED", sub.Status, sub.StatusReason)
	require.Len(t, s.stripe.Books().Subscriptions, 1)
}

func TestBankAccountFails(t *testing.T) {
	t.Parallel()
	s := start(t)
	ctx, manager, tenant := context.Background(), s.as(t, "denver@example.com"), s.stranger()
	inv, token := invited(t, manager, "late@example.com", nil)
	_, _, err := tenant.CompleteByBank(ctx, token, play.BankByDeposit, "Ana Pérez", "late@example.com")
	require.NoError(t, err)
	require.NoError(t, tenant.MoveClock(ctx, "week"))
	_, err = tenant.AwaitMail(ctx, "late@example.com", 3)
	require.NoError(t, err)
	require.NoError(t, tenant.MoveClock(ctx, "day"))
	reminder, err := tenant.AwaitMail(ctx, "late@example.com", 4)
	require.NoError(t, err)
	require.Contains(t, reminder.Text, "has not been entered yet")
	require.NoError(t, tenant.MoveClock(ctx, "week"))

	sub, err := play.Until(ctx, slow, func(ctx context.Context) (play.Submission, error) { return manager.SubmissionOf(ctx, inv.ID) },
		func(s play.Submission) bool { return s.Status == "BANK_VERIFICATION_FAILED" })
	require.NoError(t, err)
	require.NotEmpty(t, sub.StatusReason)
	_, err = tenant.AwaitMail(ctx, "late@example.com", 5)
	require.NoError(t, err)
	setup, err := tenant.OpenSetup(ctx, token)
	require.NoError(t, err)
	require.Equal(t, "OPEN", setup.State, "the link opens again for another method")

	_, err = tenant.Complete(ctx, token, "pm_card_visa", "Ana Pérez")
	require.NoError(t, err)
	second, err := manager.SubmissionOf(ctx, inv.ID)
	require.NoError(t, err)
	require.Equal(t, "READY_FOR_APPROVAL", second.Status)
	require.Equal(t, sub.Reservation.ID, second.Reservation.ID)
}

func TestWebhooksOnBadDays(t *testing.T) {
	t.Parallel()
	for _, kind := range []stripefake.FaultKind{stripefake.WebhookTwice, stripefake.WebhookLate, stripefake.WebhookSwap} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			s := start(t)
			ctx, manager, tenant := context.Background(), s.as(t, "denver@example.com"), s.stranger()
			s.stripe.Faults.Add(stripefake.Fault{Kind: kind, PathPrefix: "setup_intent", DelayMS: 300})
			inv, token := invited(t, manager, "bad-day@example.com", nil)
			_, started, err := tenant.CompleteByBank(ctx, token, play.BankByDeposit, "Ana Pérez", "bad-day@example.com")
			require.NoError(t, err)
			require.NoError(t, tenant.EnterCode(ctx, started, "SM11AA"))
			require.NoError(t, tenant.MoveClock(ctx, "hour"), "an event that never comes is made up for by the look that is due")
			sub, err := play.Until(ctx, slow, func(ctx context.Context) (play.Submission, error) { return manager.SubmissionOf(ctx, inv.ID) },
				func(s play.Submission) bool { return s.Status == "READY_FOR_APPROVAL" })
			require.NoError(t, err)
			require.Len(t, sub.History, 2, "submitted and ready, each once")
		})
	}
}
