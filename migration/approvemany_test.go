package migration_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// ready are n submissions that wait for approval, every third of which will be declined where declined is set.
func (b *bundle) ready(t *testing.T, n int, declined bool) (subs []*queries.Submission) {
	t.Helper()
	for i := range n {
		card := testkit.Visa
		if declined && i%3 == 2 {
			card = testkit.NoFunds
		}
		subs = append(subs, b.Claimed(t, card))
	}
	return subs
}

// many is one decision on all of these, as the console asks for it.
func (b *bundle) many(option migration.StartOption, due string, subs ...*queries.Submission) migration.ApproveManyRequest {
	r := migration.ApproveManyRequest{Option: option, ExpectedCount: len(subs), ClientKey: ids.New().String()}
	for _, sub := range subs {
		r.IDs = append(r.IDs, sub.ID)
	}
	if due != "" {
		r.ExpectedDueToday = []migration.Price{{Amount: due, Currency: "USD"}}
	}
	return r
}

func (b *bundle) approveMany(t *testing.T, r migration.ApproveManyRequest) *queries.Batch {
	t.Helper()
	batch, err := b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Manager), r)
	require.NoError(t, err)
	return batch
}

// settled counts the rows of a batch by outcome and reason.
func (b *bundle) settled(t *testing.T, batch *queries.Batch) []string {
	t.Helper()
	return b.Strings(t, `SELECT count(*) || ' ' || outcome || rtrim(' ' || reason) FROM batch_items WHERE batch_id = $1 GROUP BY outcome, reason ORDER BY outcome, reason`, batch.ID)
}

func TestApproveSubmissions(t *testing.T) {
	t.Parallel()

	t.Run("WhatAProgramHasDoneIsToldOfItsToken", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		by := testkit.By(b.Manager)
		by.TokenName = "Night shift"
		_, err := b.Rules.ApproveSubmissions(t.Context(), by, b.many(migration.CurrentMonth, "258.00", b.ready(t, 2, false)...))
		require.NoError(t, err)
		b.MustWork(t)
		require.Equal(t, []string{"Night shift", "Night shift"}, b.Strings(t, `SELECT token_name FROM events WHERE subject_kind = 'approval' AND action = 'decided'`))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM events WHERE subject_kind = 'batch' AND token_name = 'Night shift'`))
	})

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		subs := b.ready(t, 6, true)
		gone := b.Claimed(t, testkit.Visa)
		_, err := b.turnDown(t, gone)
		require.NoError(t, err)
		verifying, _ := b.waiting(t)
		decided := b.Approved(t, migration.NextMonth)
		b.MustWork(t)
		r := b.many(migration.CurrentMonth, "774.00", append(slices.Clone(subs), gone, verifying, decided)...)
		batch := b.approveMany(t, r)
		require.Equal(t, queries.BatchKindApprove, batch.Kind)
		require.Equal(t, 9, batch.Total)
		b.MustWork(t)
		require.Equal(t, []string{"4 succeeded", "2 skipped ALREADY_DECIDED", "1 skipped NOT_READY", "2 failed PAYMENT_FAILED"}, b.settled(t, batch))
		require.Equal(t, queries.BatchStateFinished, b.Batch(t, batch).State)
		b.requireCounted(t, batch, 4, 3, 2)
		require.Len(t, b.Stripe.Charged(t), 4)
		for i, item := range b.Items(t, batch) {
			require.Equal(t, r.IDs[slices.Index(r.IDs, *item.SubmissionID)], *item.SubmissionID, "row %d", i)
		}
		require.Equal(t, []string{"6"}, b.Strings(t, `SELECT count(*)::text FROM approvals WHERE staff_id = $1 AND option = 'current_month' AND due_today_minor = 12900 AND next_charge_on = '2026-03-15'`, b.Manager.ID))
		require.Equal(t, []string{"staff"}, b.Strings(t, `SELECT DISTINCT actor_kind::text FROM events WHERE action IN ('approving', 'decided')`), "a person decided")
		again := b.approveMany(t, r)
		require.Equal(t, batch.ID, again.ID, "the same key answers the same batch")
		b.RequireStories(t)
	})

	t.Run("ByFilter", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.ready(t, 3, false)
		b.Claimed(t, testkit.Visa, testkit.At(b.Maple))
		b.Claimed(t, testkit.Visa, testkit.At(b.Loft)) // not the manager's
		sel := migration.SubmissionSelection{Filter: &migration.SubmissionFilter{Statuses: []queries.SubmissionStatus{queries.SubmissionStatusReadyForApproval}}}
		preview, err := b.Rules.PreviewApprovals(t.Context(), testkit.By(b.Manager), sel, migration.CurrentMonth)
		require.NoError(t, err)
		require.Equal(t, 4, preview.Approvable)
		require.Equal(t, "[CA$149.00 $387.00]", fmt.Sprint(preview.DueToday))
		r := migration.ApproveManyRequest{SubmissionSelection: sel, Option: migration.CurrentMonth, ExpectedCount: 4, ClientKey: "k",
			ExpectedDueToday: []migration.Price{{Amount: "387.00", Currency: "USD"}, {Amount: "149.00", Currency: "cad"}}}
		batch := b.approveMany(t, r)
		b.MustWork(t)
		require.Equal(t, []string{"4 succeeded"}, b.settled(t, batch))
		_, err = b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Manager), migration.ApproveManyRequest{SubmissionSelection: sel, Option: migration.CurrentMonth, ExpectedCount: 4, ClientKey: "k2"})
		requireRefused(t, err, "COUNT_CHANGED expectedCount")
	})

	t.Run("ErrAnotherDayThanWasShown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		subs := b.ready(t, 2, false)
		b.Clock.Set(time.Date(2026, 3, 15, 5, 59, 0, 0, time.UTC)) // 23:59 on the 14th in Denver; both are billed on the 15th
		r := b.many(migration.NextMonth, "", subs...)
		preview, err := b.Rules.PreviewApprovals(t.Context(), testkit.By(b.Manager), r.SubmissionSelection, r.Option)
		require.NoError(t, err)
		r.ExpectedDates = &preview.Dates
		b.Clock.Move(2 * time.Minute)
		_, err = b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Manager), r)
		requireRefused(t, err, "TOTAL_CHANGED expectedDates")
		require.Zero(t, b.Count(t, `SELECT count(*) FROM batches`), "the first charge would be a month later than was shown")

		again, err := b.Rules.PreviewApprovals(t.Context(), testkit.By(b.Manager), r.SubmissionSelection, r.Option)
		require.NoError(t, err)
		require.NotEqual(t, preview.Dates, again.Dates)
		r.ExpectedDates = &again.Dates
		b.approveMany(t, r)
		b.Plan(t)
		require.Equal(t, []string{"2026-04-15", "2026-04-15"}, b.Strings(t, `SELECT next_charge_on::text FROM approvals`))
	})

	t.Run("NextMonthIsFreeToday", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for _, due := range []string{"", "0"} {
			batch := b.approveMany(t, b.many(migration.NextMonth, due, b.ready(t, 2, false)...))
			b.MustWork(t)
			require.Equal(t, []string{"2 succeeded"}, b.settled(t, batch))
		}
		require.Empty(t, b.Stripe.Charged(t))
	})

	t.Run("ErrAnotherAmountIsDue", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		subs := b.ready(t, 2, false)
		for _, seen := range []string{"129.00", "258.01", ""} {
			_, err := b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Manager), b.many(migration.CurrentMonth, seen, subs...))
			requireRefused(t, err, "TOTAL_CHANGED expectedDueToday")
		}
		_, err := b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Manager), b.many(migration.NextMonth, "258.00", subs...))
		requireRefused(t, err, "TOTAL_CHANGED expectedDueToday")
		requireUndecided(t, b, subs[0])
		require.Zero(t, b.Count(t, `SELECT count(*) FROM batches`))
	})

	t.Run("ErrTheRequest", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		subs := b.ready(t, 2, false)
		for want, change := range map[string]func(*migration.ApproveManyRequest){
			"COUNT_CHANGED expectedCount":       func(r *migration.ApproveManyRequest) { r.ExpectedCount = 1 },
			"INVALID option":                    func(r *migration.ApproveManyRequest) { r.Option = "last_month" },
			"REQUIRED clientKey":                func(r *migration.ApproveManyRequest) { r.ClientKey = " " },
			"INVALID ids":                       func(r *migration.ApproveManyRequest) { r.IDs[1] = r.IDs[0] },
			"INVALID expectedDueToday.0.amount": func(r *migration.ApproveManyRequest) { r.ExpectedDueToday[0].Amount = "much" },
			"NOT_FOUND ids":                     func(r *migration.ApproveManyRequest) { r.IDs[1] = testkit.Missing() },
		} {
			r := b.many(migration.CurrentMonth, "258.00", subs...)
			change(&r)
			_, err := b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Manager), r)
			requireRefused(t, err, want)
		}
		_, err := b.Rules.ApproveSubmissions(t.Context(), testkit.By(b.Stranger), b.many(migration.CurrentMonth, "258.00", subs...))
		requireRefused(t, err, "NOT_FOUND ids")
		_, err = b.Rules.PreviewApprovals(t.Context(), testkit.By(b.Stranger), migration.SubmissionSelection{IDs: b.many(migration.CurrentMonth, "", subs...).IDs}, migration.CurrentMonth)
		requireRefused(t, err, "NOT_FOUND ids")
		requireUndecided(t, b, subs[0])
	})

	t.Run("WhatWasConfirmedIsWhatIsCharged", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 15, 5, 59, 0, 0, time.UTC)) // one minute before the 15th begins in Denver
		subs := b.ready(t, 2, false)
		batch := b.approveMany(t, b.many(migration.NextMonth, "0", subs...))
		b.Clock.Move(2 * time.Minute) // its turn comes on the billing day itself
		b.MustWork(t)
		require.Equal(t, []string{"2 succeeded"}, b.settled(t, batch))
		require.Equal(t, []string{"2026-03-15"}, b.Strings(t, `SELECT DISTINCT next_charge_on::text FROM approvals`), "as it was seen")
	})

	t.Run("WhoManagesItNoMoreApprovesNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.approveMany(t, b.many(migration.NextMonth, "0", b.ready(t, 2, false)...))
		b.Exec(t, `UPDATE staff SET deactivated_at = '2026-03-10' WHERE id = $1`, b.Manager.ID)
		b.MustWork(t)
		require.Equal(t, []string{"2 skipped NOT_MANAGED"}, b.settled(t, batch))
		require.Empty(t, b.Stripe.Books().Subscriptions)
	})

	t.Run("TwoActsOnTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		subs := b.ready(t, 10, false)
		one, two := b.approveMany(t, b.many(migration.CurrentMonth, "1290.00", subs...)), b.approveMany(t, b.many(migration.NextMonth, "0", subs...))
		b.runAll(t)
		b.MustWork(t)
		require.Equal(t, 10, b.Count(t, `SELECT count(*) FROM batch_items WHERE outcome = 'succeeded'`))
		require.Equal(t, 10, b.Count(t, `SELECT count(*) FROM batch_items WHERE reason = 'ALREADY_DECIDED'`))
		require.Len(t, b.Stripe.Books().Subscriptions, 10)
		require.NotEqual(t, one.ID, two.ID)
		b.RequireStories(t)
	})
}

func TestCancelApprovals(t *testing.T) {
	t.Parallel()

	t.Run("BeforeAnythingIsPlanned", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.approveMany(t, b.many(migration.CurrentMonth, "387.00", b.ready(t, 3, false)...))
		_, err := b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), batch.ID)
		require.NoError(t, err)
		b.MustWork(t)
		require.Equal(t, []string{"3 skipped CANCELED"}, b.settled(t, batch))
		require.Zero(t, b.Count(t, `SELECT count(*) FROM approvals`))
	})

	t.Run("WhatStripeWasNotAsked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		subs := b.ready(t, 3, false)
		batch := b.approveMany(t, b.many(migration.CurrentMonth, "387.00", subs...))
		b.Plan(t)
		b.Stripe.Order(stripefake.DropAfter, creations, 1)
		require.Error(t, testkit.Run(t.Context(), b.Rules, b.Waiting(t)[0])) // one was asked, and the answer is lost
		canceled, err := b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), batch.ID)
		require.NoError(t, err)
		require.Equal(t, queries.BatchStateCanceled, canceled.State)
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM submissions WHERE status = 'ready_for_approval'`))
		b.MustWork(t)
		require.Equal(t, []string{"1 succeeded", "2 skipped CANCELED"}, b.settled(t, batch))
		require.Len(t, b.Stripe.Books().Subscriptions, 1)
		b.requireCounted(t, batch, 1, 2, 0)
		b.RequireStories(t)
		for _, sub := range subs { // they can be approved again
			if b.Submission(t, sub.ID).Status == queries.SubmissionStatusReadyForApproval {
				b.Decided(t, sub, migration.NextMonth)
			}
		}
		b.MustWork(t)
		require.Len(t, b.Stripe.Books().Subscriptions, 3)
	})

	t.Run("ItHoldsAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.approveMany(t, b.many(migration.CurrentMonth, "129.00", b.ready(t, 1, false)...))
		b.Plan(t)
		b.Exec(t, `UPDATE batches SET state = 'canceled' WHERE id = $1`, batch.ID) // committed a moment ago; its rows are not swept yet
		requireLater(t, b.workOne(t))
		require.Empty(t, b.Stripe.Books().Subscriptions)
	})

	t.Run("ItStopsItself", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		stopping := b.Service(t, func(o *migration.Options) { o.Stop = migration.StopRule{Failures: 2, Share: 0.5} })
		var subs []*queries.Submission
		for range 5 {
			subs = append(subs, b.Claimed(t, testkit.NoFunds))
		}
		batch := b.approveMany(t, b.many(migration.CurrentMonth, "645.00", subs...))
		b.Plan(t)
		for _, job := range b.Waiting(t)[:3] {
			require.NoError(t, testkit.Run(t.Context(), stopping, job))
		}
		_ = stopping.WatchBatch(t.Context(), migration.SystemActor("job"), batch.ID)
		stopped := b.Batch(t, batch)
		require.Equal(t, queries.BatchStateStopped, stopped.State)
		require.Contains(t, stopped.StateReason, "The charge was declined")
		require.Equal(t, []string{"3 failed PAYMENT_FAILED", "2 failed STOPPED"}, b.settled(t, batch))
	})
}

func TestRetryApprovals(t *testing.T) {
	t.Parallel()
	b := setup(t)
	subs := b.ready(t, 3, true) // the third is declined
	batch := b.approveMany(t, b.many(migration.CurrentMonth, "387.00", subs...))
	b.Plan(t)
	b.Exec(t, `UPDATE plans SET archived_at = '2026-03-10' WHERE id = $1`, b.Studio.ID)
	require.NoError(t, testkit.Run(t.Context(), b.Rules, b.Waiting(t)[0]))
	b.Exec(t, `UPDATE plans SET archived_at = NULL WHERE id = $1`, b.Studio.ID)
	b.MustWork(t)
	require.Equal(t, []string{"1 succeeded", "1 failed PAYMENT_FAILED", "1 failed RETURNED"}, b.settled(t, batch))
	retry, err := b.Rules.RetryBatch(t.Context(), testkit.By(b.Manager), batch.ID, "again")
	require.NoError(t, err)
	require.Equal(t, 1, retry.Total, "not whose tenant has to give another card")
	require.Equal(t, queries.StartOptionCurrentMonth, *retry.Option)
	b.MustWork(t)
	require.Equal(t, []string{"1 succeeded"}, b.settled(t, retry))
	require.Len(t, b.Stripe.Charged(t), 2)
	_, err = b.Rules.RetryBatch(t.Context(), testkit.By(b.Manager), batch.ID, "once more")
	requireRefused(t, err, "WRONG_STATE id")
	b.RequireStories(t)
}
