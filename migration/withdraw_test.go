package migration_test

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// ahead is a submission that was approved on its billing day before the moment of it: the job waits until six o'clock.
func (b *bundle) ahead(t *testing.T) (*queries.Submission, *queries.Approval) {
	t.Helper()
	b.Clock.Set(time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)) // 01:00 on the 15th in Auckland
	sub := b.Claimed(t, testkit.Visa, testkit.At(b.Kiwi))
	a := b.Decided(t, sub, migration.CurrentMonth)
	requireLater(t, b.workOne(t))
	return sub, a
}

func TestWithdrawApproval(t *testing.T) {
	t.Parallel()
	withdraw := func(t *testing.T, b *bundle, by *queries.Staff, sub *queries.Submission, reason string) (*queries.Submission, error) {
		t.Helper()
		return b.Rules.WithdrawApproval(t.Context(), testkit.By(by), sub.ID, reason)
	}

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.ahead(t)
		after, err := withdraw(t, b, b.Admin, sub, " The wrong start. ")
		require.NoError(t, err)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, after.Status)
		require.Equal(t, "The approval was withdrawn before Stripe was asked. The wrong start.", after.StatusReason)
		require.Equal(t, queries.ApprovalOutcomeReturned, b.Approval(t, a.ID).Outcome)
		require.Equal(t, []string{"submitted", "approving", "withdrawn"}, b.Told(t, queries.EventSubjectSubmission, sub.ID))
		require.Equal(t, []string{"decided", "withdrawn"}, b.Told(t, queries.EventSubjectApproval, a.ID))
		b.Clock.Move(12 * time.Hour)
		b.MustWork(t)
		require.Empty(t, b.Stripe.Books().Subscriptions, "its job finds nothing to do")
		require.Empty(t, b.Resend.Emails())

		again := b.Decided(t, after, migration.NextMonth)
		b.MustWork(t)
		require.Equal(t, queries.ApprovalOutcomeApproved, b.Approval(t, again.ID).Outcome)
		require.Len(t, b.Booked(sub.ReservationID), 1)
		require.Empty(t, b.Submission(t, sub.ID).StatusReason)
		b.RequireStories(t)
	})

	t.Run("ThenItCanBeRejected", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.ahead(t)
		_, err := withdraw(t, b, b.Manager, sub, "")
		require.NoError(t, err)
		require.Equal(t, "The approval was withdrawn before Stripe was asked.", b.Submission(t, sub.ID).StatusReason)
		_, err = b.Rules.RejectSubmission(t.Context(), testkit.By(b.Manager), migration.RejectRequest{SubmissionID: sub.ID, Reason: "No."})
		require.NoError(t, err)
		b.RequireStories(t)
	})

	t.Run("ErrOnceStripeWasAsked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.ahead(t)
		b.Exec(t, `UPDATE approvals SET called_at = decided_at, last_called_at = decided_at WHERE id = $1`, a.ID)
		stands, err := withdraw(t, b, b.Manager, sub, "")
		requireRefused(t, err, "WRONG_STATE submissionId")
		require.ErrorContains(t, err, "Stripe was asked")
		require.Equal(t, queries.SubmissionStatusApproving, stands.Status)
		b.Exec(t, `UPDATE approvals SET called_at = NULL WHERE id = $1`, a.ID) // a new key: an earlier call may be on its way
		_, err = withdraw(t, b, b.Manager, sub, "")
		requireRefused(t, err, "WRONG_STATE submissionId")
	})

	t.Run("OneOfABatch", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		subs := b.ready(t, 2, false)
		batch := b.approveMany(t, b.many(migration.NextMonth, "", subs...))
		b.Plan(t)
		_, err := withdraw(t, b, b.Manager, subs[0], "Not this one.")
		require.NoError(t, err)
		b.untilDone(t)
		require.Equal(t, []string{"1 succeeded", "1 failed RETURNED"}, b.settled(t, batch))
		require.Equal(t, queries.BatchStateFinished, b.Batch(t, batch).State)
		b.requireCounted(t, batch, 1, 0, 1)
		b.RequireStories(t)
	})

	t.Run("ErrNothingToWithdraw", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.ahead(t)
		_, err := withdraw(t, b, b.Manager, sub, "")
		require.NoError(t, err)
		stands, err := withdraw(t, b, b.Admin, sub, "")
		requireRefused(t, err, "WRONG_STATE submissionId")
		require.Equal(t, queries.SubmissionStatusReadyForApproval, stands.Status)
		_, err = withdraw(t, b, b.Manager, b.Approved(t, migration.NextMonth), "")
		requireRefused(t, err, "WRONG_STATE submissionId")
		require.ErrorContains(t, err, "Take the approval back instead")
		asked := b.asking(t, migration.NextMonth)
		_, err = withdraw(t, b, b.Manager, asked, "")
		require.ErrorContains(t, err, "End that waiting instead")
		_, err = b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: asked.ID, Reason: "No."})
		require.ErrorContains(t, err, "End that waiting instead")
	})

	t.Run("ErrElsewhere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.ahead(t)
		_, err := withdraw(t, b, b.Stranger, sub, "")
		requireRefused(t, err, "NOT_FOUND submissionId")
		require.Equal(t, queries.ApprovalOutcomePending, b.Approval(t, a.ID).Outcome)
	})

	for step, late := range map[string]bool{"before_read_back": false, "after_read_back": false, "after_method": false, "before_create": true, "after_create": true} {
		t.Run("WhileAWorkerIsAt/"+step, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.Claimed(t, testkit.Visa)
			a := b.Decided(t, sub, migration.CurrentMonth)
			worker := b.Service(t, func(o *migration.Options) {
				o.Step = func(name string) {
					if name != step {
						return
					}
					_, err := withdraw(t, b, b.Manager, sub, "")
					if late {
						requireRefused(t, err, "WRONG_STATE submissionId")
					} else {
						require.NoError(t, err)
					}
				}
			})
			err := worker.CreateSubscription(t.Context(), testkit.Browser, a.ID)
			b.MustWork(t)
			if late {
				require.NoError(t, err)
				require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
				require.Len(t, b.Booked(sub.ReservationID), 1)
			} else {
				requireLater(t, err)
				require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
				require.Empty(t, b.Booked(sub.ReservationID))
			}
			b.RequireStories(t)
		})
	}

	t.Run("OneOfTwoStaffAndTheWorkerIsFirst", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 20 {
			sub := b.Claimed(t, testkit.Visa)
			a := b.Decided(t, sub, migration.NextMonth)
			errs := make([]error, 2)
			var all sync.WaitGroup
			for i, by := range []*queries.Staff{b.Manager, b.Colleague} {
				all.Go(func() { _, errs[i] = withdraw(t, b, by, sub, "") })
			}
			all.Go(func() { _ = b.Rules.CreateSubscription(t.Context(), testkit.Browser, a.ID) })
			all.Wait()
			b.untilDone(t)
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				}
			}
			require.LessOrEqual(t, won, 1)
			require.Len(t, b.Booked(sub.ReservationID), 1-won)
			require.Equal(t, won == 1, b.Submission(t, sub.ID).Status == queries.SubmissionStatusReadyForApproval)
		}
		b.RequireStories(t)
	})
}
