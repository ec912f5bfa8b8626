package migration_test

import (
	"flag"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// requireUndecided wants a refusal to have left no trace.
func requireUndecided(t *testing.T, b *bundle, sub *queries.Submission) {
	t.Helper()
	require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM approvals`))
	require.Empty(t, b.Waiting(t))
}

func TestApproveSubmission(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		done, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), b.Decision(t, sub, migration.CurrentMonth))
		require.NoError(t, err)
		require.Equal(t, queries.SubmissionStatusApproving, done.Submission.Status)
		a := done.Approval
		require.Equal(t, b.Manager.ID, a.StaffID)
		require.EqualValues(t, 12900, a.DueTodayMinor)
		require.Equal(t, "2026-03-15", a.NextChargeOn.String())
		require.True(t, a.BackdateAt.Equal(time.Date(2026, 2, 15, 12, 0, 0, 0, time.UTC)))
		require.True(t, a.AnchorAt.Equal(time.Date(2026, 3, 15, 12, 0, 0, 0, time.UTC)))
		require.True(t, a.NotBefore.Equal(testkit.Start))
		require.Equal(t, 1, a.TryNumber)
		require.Nil(t, a.CalledAt)
		require.Len(t, b.Waiting(t), 1)
		require.Equal(t, []string{"submitted", "approving"}, b.Told(t, queries.EventSubjectSubmission, sub.ID))
		require.Equal(t, []string{"decided"}, b.Told(t, queries.EventSubjectApproval, a.ID))
		require.Equal(t, []string{"req-of-Max Manager"}, b.Strings(t, `SELECT DISTINCT request_id FROM events WHERE subject_kind = 'approval'`))
		b.RequireStories(t)
	})

	t.Run("PreviewsAreForWhatWaits", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa, testkit.Insured(b.Insurance))
		previews, err := b.Rules.BillingPreviews(t.Context(), sub)
		require.NoError(t, err)
		require.Len(t, previews, 2)
		require.EqualValues(t, 14400, previews[0].DueToday.Minor)
		require.Len(t, previews[0].Agreed, 2)
		require.Zero(t, previews[1].DueToday.Minor)
		b.Decided(t, sub, migration.NextMonth)
		previews, err = b.Rules.BillingPreviews(t.Context(), b.Submission(t, sub.ID))
		require.NoError(t, err)
		require.Empty(t, previews)
	})

	t.Run("ErrTotalChanged", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		for _, seen := range []migration.Price{{Amount: "129.01", Currency: "USD"}, {Amount: "0", Currency: "USD"}, {Amount: "129.00", Currency: "CAD"}} {
			done, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager),
				migration.ApprovalRequest{SubmissionID: sub.ID, Option: migration.CurrentMonth, ExpectedDueToday: seen})
			requireRefused(t, err, "TOTAL_CHANGED expectedDueToday")
			require.EqualValues(t, 12900, done.Preview.DueToday.Minor, "the answer holds the amount as it is now")
			require.Nil(t, done.Approval)
		}
		requireUndecided(t, b, sub)
	})

	t.Run("ErrTheDayTurnedMeanwhile", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		req := b.Decision(t, sub, migration.NextMonth)
		req.ExpectedDueToday = b.Decision(t, sub, migration.CurrentMonth).ExpectedDueToday
		_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), req)
		requireRefused(t, err, "TOTAL_CHANGED expectedDueToday")
	})

	t.Run("ErrTheDateMovedWhileTheAmountDidNot", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		seen := b.Decision(t, sub, migration.NextMonth)
		on := migration.Date{Year: 2026, Month: time.March, Day: 15}
		seen.ExpectedNextChargeOn = &on
		b.Clock.Set(time.Date(2026, 3, 15, 18, 0, 0, 0, time.UTC)) // the 15th itself: the next charge is in April
		_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Admin), seen)
		requireRefused(t, err, "TOTAL_CHANGED expectedNextChargeOn")
		require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
	})

	t.Run("ErrNoSuchChoice", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		req := b.Decision(t, sub, migration.CurrentMonth)
		req.Option = "last_month"
		_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), req)
		requireRefused(t, err, "INVALID option")
		req.Option, req.ExpectedDueToday.Amount = migration.CurrentMonth, "a lot"
		_, err = b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), req)
		requireRefused(t, err, "INVALID expectedDueToday.amount")
		requireUndecided(t, b, sub)
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		req := b.Decision(t, sub, migration.NextMonth)
		missing := req
		missing.SubmissionID = testkit.Missing()
		_, wanted := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), missing)
		requireRefused(t, wanted, "NOT_FOUND submissionId")
		for _, s := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
			done, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(s), req)
			require.Equal(t, wanted, err)
			require.Zero(t, done)
		}
		_, err := b.Rules.ApproveSubmission(t.Context(), migration.SystemActor("job"), req)
		require.Equal(t, wanted, err)
		requireUndecided(t, b, sub)
	})

	t.Run("TheStatementItselfIsBounded", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		for _, s := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
			_, err := b.Q.SubmissionApproveIfReady(t.Context(), b.DB.Pool, queries.SubmissionApproveIfReadyParams{
				ID: sub.ID, StaffID: s.ID, Now: testkit.Start})
			require.ErrorIs(t, err, pgx.ErrNoRows, "also where a check before it was passed a moment ago")
		}
		requireUndecided(t, b, sub)
	})

	t.Run("ErrAlreadyDecided", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		late := b.Decision(t, sub, migration.NextMonth)
		first := b.Decided(t, sub, migration.CurrentMonth)
		for range 2 { // while it is APPROVING, and when it is APPROVED
			done, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Colleague), late)
			requireRefused(t, err, "ALREADY_DECIDED submissionId")
			require.ErrorContains(t, err, "Current Month")
			require.Equal(t, first.ID, done.Approval.ID)
			require.Equal(t, b.Admin.ID, done.Approval.StaffID)
			b.MustWork(t)
		}
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM approvals`))
	})

	t.Run("ErrWrongState", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		req := b.Decision(t, sub, migration.NextMonth)
		b.Exec(t, `UPDATE submissions SET status = 'rejected'`)
		_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), req)
		requireRefused(t, err, "WRONG_STATE submissionId")
	})
}

// rounds are fewer than would be proof, so that every run of the tests has time for them: -args -rounds=1000 is the whole.
var rounds = flag.Int("rounds", 50, "how often two staff approve one submission at once")

// TestTwoStaffApproveAtOnce with different choices: one wins, the other is told who and with what, and Stripe holds what the winner chose.
func TestTwoStaffApproveAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	won := map[migration.StartOption]int{}
	for range *rounds {
		sub := b.Claimed(t, testkit.Visa)
		requests := []migration.ApprovalRequest{b.Decision(t, sub, migration.CurrentMonth), b.Decision(t, sub, migration.NextMonth)}
		var answers [2]migration.Approved
		approve := func(i int, by *queries.Staff) func() error {
			return func() (err error) {
				answers[i], err = b.Rules.ApproveSubmission(t.Context(), testkit.By(by), requests[i])
				return err
			}
		}
		errs := atOnce(approve(0, b.Manager), approve(1, b.Colleague))
		winner, loser := 0, 1
		if errs[0] != nil {
			winner, loser = 1, 0
		}
		require.NoError(t, errs[winner])
		requireRefused(t, errs[loser], "ALREADY_DECIDED submissionId")
		who := []*queries.Staff{b.Manager, b.Colleague}[winner].Name
		require.ErrorContains(t, errs[loser], "approved already by "+who+", with "+map[migration.StartOption]string{
			migration.CurrentMonth: "Current Month", migration.NextMonth: "Next Month"}[requests[winner].Option])
		require.Equal(t, answers[winner].Approval.ID, answers[loser].Approval.ID, "the loser is told of the winner's")
		require.Equal(t, requests[winner].Option, answers[loser].Approval.Option)
		won[requests[winner].Option]++
	}
	b.MustWork(t)
	require.Equal(t, *rounds, b.Count(t, `SELECT count(*) FROM approvals`))
	require.Len(t, b.Stripe.Books().Subscriptions, *rounds)
	require.Len(t, b.Stripe.Charged(t), won[migration.CurrentMonth])
	for _, s := range b.Stripe.Books().Subscriptions {
		option := b.Strings(t, `SELECT a.option::text FROM approvals a WHERE a.id = $1::uuid`, s.Metadata["carryover_approval_id"])
		require.Equal(t, []string{map[bool]string{true: "current_month", false: "next_month"}[s.StartDate < testkit.Start.Unix()]}, option)
	}
	b.RequireStories(t)
}
