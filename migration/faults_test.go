package migration_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
)

// TestEveryFaultOfStripe orders each fault for the first three requests of an approval's job, whatever they are, and for the
// first three creations. However the job fares, in the end there is one subscription and one charge.
func TestEveryFaultOfStripe(t *testing.T) {
	t.Parallel()
	kinds := []stripefake.FaultKind{
		stripefake.Delay, stripefake.RateLimit, stripefake.RateLimitDate, stripefake.LockTimeout, stripefake.Unavailable,
		stripefake.ErrorBefore, stripefake.ErrorAfter, stripefake.DropAfter, stripefake.CutBefore, stripefake.Hold, stripefake.HoldBefore,
	}
	for _, kind := range kinds {
		for name, path := range map[string]string{"AnyRequest": "/v1/", "TheCreation": "/v1/subscriptions"} {
			t.Run(string(kind)+"/"+name, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				sub := b.Claimed(t, testkit.Visa)
				b.Decided(t, sub, migration.CurrentMonth)
				b.Stripe.Faults.Add(stripefake.Fault{Kind: kind, PathPrefix: path, Times: 3, DelayMS: 30, RetryAfter: 2})
				stopReleasing := b.releaseWhatIsHeld(t)
				defer stopReleasing()

				b.workUntil(t, func() bool { return b.Submission(t, sub.ID).Status == queries.SubmissionStatusApproved })
				require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
				require.Len(t, b.Stripe.Books().Subscriptions, 1)
				require.Len(t, b.Strings(t, `SELECT stripe_subscription_id FROM subscriptions WHERE live`), 1)
				b.RequireStories(t)
			})
		}
	}
}

// TestEveryFaultOfResend does the same to the first three calls of a chunk: everybody is mailed once.
func TestEveryFaultOfResend(t *testing.T) {
	t.Parallel()
	orders := map[string]resendfake.Fault{
		"Delay":       {Kind: resendfake.Delay, Delay: 30 * time.Millisecond},
		"RateLimit":   {Kind: resendfake.RateLimit, RetryAfter: 2 * time.Second},
		"RateLimitAt": {Kind: resendfake.RateLimit, RetryAfter: 2 * time.Second, RetryAfterDate: true},
		"ErrorBefore": {Kind: resendfake.ErrorBefore},
		"ErrorAfter":  {Kind: resendfake.ErrorAfter},
		"DropAfter":   {Kind: resendfake.DropAfter},
		"CutBefore":   {Kind: resendfake.CutBefore},
	}
	for name, order := range orders {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			first, second := b.Invited(t), b.Invited(t, testkit.OnDay(3))
			order.Times = 3
			b.Resend.Order(order)
			b.Send(t, first, second)

			b.workUntil(t, func() bool {
				return b.Invitation(t, first.ID).Status == queries.InvitationStatusSent &&
					b.Invitation(t, second.ID).Status == queries.InvitationStatusSent
			})
			require.Len(t, b.Resend.Addresses(), 2)
			b.RequireStories(t)
		})
	}
}

// workUntil runs what waits, a minute later each time, as River would.
func (b *bundle) workUntil(t *testing.T, done func() bool) {
	t.Helper()
	for range 40 {
		b.Work(t)
		if done() {
			b.MustWork(t)
			return
		}
		b.Clock.Move(time.Minute)
	}
	require.Fail(t, "not done after forty minutes", "%s", b.Log.Text())
}

// releaseWhatIsHeld lets held answers go a moment after they were held.
func (b *bundle) releaseWhatIsHeld(t *testing.T) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for b.Stripe.Faults.WaitHeld(ctx, 1) == nil {
			b.Stripe.Faults.Release()
		}
	}()
	return func() { cancel(); <-done }
}

// TestEveryFaultWhileATenantSetsUp orders each fault for the first two requests of a set-up and of its submission. The tenant
// tries again, as people do; in the end there is one customer, one submission, and the link is used.
func TestEveryFaultWhileATenantSetsUp(t *testing.T) {
	t.Parallel()
	for _, kind := range []stripefake.FaultKind{
		stripefake.Delay, stripefake.RateLimit, stripefake.RateLimitDate, stripefake.LockTimeout, stripefake.Unavailable,
		stripefake.ErrorBefore, stripefake.ErrorAfter, stripefake.DropAfter, stripefake.CutBefore,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			inv := b.Sent(t)
			ordered := func() {
				b.Stripe.Faults.Add(stripefake.Fault{Kind: kind, PathPrefix: "/v1/", Times: 2, DelayMS: 30, RetryAfter: 1})
			}

			ordered()
			started := again(t, func() (*migration.StartedSetup, error) {
				return b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
			})
			b.Stripe.Faults.Clear()
			a := b.Acceptance(t, inv, testkit.Visa)
			ordered()
			shown := again(t, func() (*migration.Setup, error) {
				return b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), a)
			})
			require.Equal(t, migration.SetupStateSubmitted, shown.State)
			require.NotEmpty(t, started.ClientSecret)
			require.Len(t, b.Strings(t, `SELECT customer_id FROM stripe_customers`), 1)
			require.Len(t, b.Strings(t, `SELECT id::text FROM submissions`), 1)
			b.RequireStories(t)
		})
	}
}

// again is a person who tries up to six times.
func again[T any](t *testing.T, try func() (T, error)) (answer T) {
	t.Helper()
	var err error
	for range 6 {
		if answer, err = try(); err == nil {
			return answer
		}
	}
	require.NoError(t, err)
	return answer
}

// TestRestartedAfterTheKeysLife: the process was gone for more than the 24 hours that Stripe remembers a key.
func TestRestartedAfterTheKeysLife(t *testing.T) {
	t.Parallel()
	const away = 25 * time.Hour

	t.Run("WhatWasMadeIsFound", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.DropAfter, "/v1/subscriptions", 1)
		require.Error(t, b.Work(t)[0].Err)
		b.Clock.Move(away)
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
		require.Len(t, b.Stripe.Books().Subscriptions, 1)
	})
	t.Run("WhatWasNotMadeGoesBackToStaffAndIsThenMadeOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.CutBefore, "/v1/subscriptions", 1)
		require.Error(t, b.Work(t)[0].Err)
		b.Clock.Move(away)
		b.MustWork(t)
		after := b.Submission(t, sub.ID)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, after.Status)
		require.Empty(t, b.Stripe.Books().Subscriptions)

		b.Decided(t, after, migration.CurrentMonth)
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
		require.Len(t, b.Stripe.Books().Subscriptions, 1)
	})
}

// TestEveryFaultWhileABankAccountIsAskedAbout orders each fault for the first two looks. A look that failed is not repeated by
// itself: the account stays due, and the next look for work finds it.
func TestEveryFaultWhileABankAccountIsAskedAbout(t *testing.T) {
	t.Parallel()
	for _, kind := range []stripefake.FaultKind{
		stripefake.Delay, stripefake.RateLimit, stripefake.RateLimitDate, stripefake.LockTimeout, stripefake.Unavailable,
		stripefake.ErrorBefore, stripefake.ErrorAfter, stripefake.DropAfter, stripefake.CutBefore,
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub, secret := b.waiting(t)
			b.EnterCode(t, secret, "SM11AA")
			b.Stripe.Faults.Add(stripefake.Fault{Kind: kind, PathPrefix: "/v1/", Times: 2, DelayMS: 30, RetryAfter: 1})
			for range 5 {
				b.Clock.Move(10 * time.Minute)
				require.NoError(t, b.Rules.LookForBankVerifications(t.Context(), ""))
				b.Work(t)
			}
			require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
			require.Equal(t, []string{"submitted", "ready_for_approval"}, b.Told(t, queries.EventSubjectSubmission, sub.ID))
		})
	}
}
