package workers_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/resendfake"
	"carryover/workers"
)

// working starts the workers in this process, until the test ends.
func working(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	client, err := workers.NewClient(b.DB.Pool, b.Rules, workers.Options{Log: b.Log.Logger})
	require.NoError(t, err)
	require.NoError(t, client.Start(context.WithoutCancel(t.Context())))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
		defer cancel()
		require.NoError(t, client.StopAndCancel(ctx))
	})
}

func await(t *testing.T, b *testkit.Bundle, want int, sql string, args ...any) {
	t.Helper()
	until(t, func() bool { return b.Count(t, sql, args...) == want }, sql)
}

func TestWorkers(t *testing.T) {
	t.Parallel()

	t.Run("CarryACaseToItsEnd", func(t *testing.T) {
		t.Parallel()
		b := testkit.New(t)
		working(t, b)
		inv := b.Invited(t)
		b.Send(t, inv)
		await(t, b, 1, `SELECT count(*) FROM invitations WHERE status = 'sent'`)
		sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
		b.Decided(t, sub, migration.CurrentMonth)
		await(t, b, 0, `SELECT count(*) FROM river_job WHERE state <> 'completed' AND kind NOT LIKE 'look_for%'`)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
		require.Len(t, b.Resend.Addresses(), 2)
		b.RequireStories(t)
		require.NotContains(t, b.Log.Text(), "level=ERROR")
		require.NotContains(t, b.Log.Text(), "level=WARN")
	})

	t.Run("WaitWithoutCountingAnAttempt", func(t *testing.T) {
		t.Parallel()
		b := testkit.New(t)
		b.Send(t, b.Invited(t))
		b.Resend.Order(resendfake.Fault{Kind: resendfake.RateLimit, RetryAfter: time.Hour})
		working(t, b)
		await(t, b, 1, `SELECT count(*) FROM river_job WHERE state = 'scheduled' AND attempt = 0 AND scheduled_at > now() + interval '59 minutes'`)
		require.Zero(t, b.Count(t, `SELECT count(*) FROM river_job WHERE cardinality(errors) > 0`))
	})

	t.Run("TryAgainSoonWhereAnAnswerWasLost", func(t *testing.T) {
		t.Parallel()
		b := testkit.New(t)
		b.Send(t, b.Invited(t))
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
		working(t, b)
		await(t, b, 1, `SELECT count(*) FROM river_job WHERE state = 'completed' AND cardinality(errors) = 1 AND attempt = 2`)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM invitations WHERE status = 'sent'`))
		require.Len(t, b.Resend.Addresses(), 1)
	})

	t.Run("WaitForTheBillingMoment", func(t *testing.T) {
		t.Parallel()
		b := testkit.New(t)
		b.Clock.Set(time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)) // the 15th in Auckland, 18 hours before its moment
		b.Decided(t, b.Claimed(t, testkit.Visa, testkit.At(b.Kiwi)), migration.CurrentMonth)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM river_job WHERE state = 'scheduled'
			AND scheduled_at BETWEEN now() + interval '17 hours 59 minutes' AND now() + interval '18 hours'`))
		b.Exec(t, `UPDATE river_job SET state = 'available', scheduled_at = now()`)
		working(t, b)
		await(t, b, 1, `SELECT count(*) FROM river_job WHERE state = 'scheduled' AND attempt = 0 AND scheduled_at > now() + interval '17 hours'`)
		require.Empty(t, b.Stripe.Books().Subscriptions)
	})
}

// TestNothingIsWaitedForTwice: one fact has one job while it is alive.
func TestNothingIsWaitedForTwice(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	jobs, err := workers.NewInserter(b.DB.Pool, b.Log.Logger)
	require.NoError(t, err)
	id := testkit.Missing()
	for range 2 {
		_, err := jobs.Insert(t.Context(), migration.SendEmailBatchArgs{ChunkID: id}, nil)
		require.NoError(t, err)
		_, err = jobs.Insert(t.Context(), migration.CreateSubscriptionArgs{ApprovalID: id}, nil)
		require.NoError(t, err)
		_, err = jobs.Insert(t.Context(), migration.NotifyStaffContactArgs{SubmissionID: id}, nil)
		require.NoError(t, err)
	}
	require.Equal(t, 3, b.Count(t, `SELECT count(*) FROM river_job`))
	require.Equal(t, []string{"create_subscription billing", "notify_staff_contact email", "send_email_batch email"},
		b.Strings(t, `SELECT kind || ' ' || queue FROM river_job ORDER BY 1`))
}

func TestTextWorkers(t *testing.T) {
	t.Parallel()
	for rate, want := range map[float64]int{
		0:    60, // no limit
		0.2:  1,
		1:    1, // twenty texts wait twenty seconds at most
		4:    3,
		1000: 60,
	} {
		require.Equal(t, want, workers.TextWorkers(migration.TextPlaces(rate)), "%v a second", rate)
	}
}
