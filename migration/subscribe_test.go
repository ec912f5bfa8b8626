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
	"carryover/sandbox/stripefake"
)

const creations = "/v1/subscriptions"

// decided is a submission whose approval's job waits.
func (b *bundle) decided(t *testing.T, card string, option migration.StartOption) (*queries.Submission, *queries.Approval) {
	t.Helper()
	sub := b.Claimed(t, card)
	return sub, b.Decided(t, sub, option)
}

// keys are the idempotency keys under which subscriptions were asked for, each once, in their order.
func (b *bundle) keys() (keys []string) {
	for _, r := range b.Stripe.Requests() {
		if r.Method == "POST" && r.Path == creations && (len(keys) == 0 || keys[len(keys)-1] != r.IdempotencyKey) {
			keys = append(keys, r.IdempotencyKey)
		}
	}
	return keys
}

func TestCreateSubscriptionOnBadDays(t *testing.T) {
	t.Parallel()

	t.Run("ThrottledWaitsAsLongAsItIsTold", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.RateLimit, creations, 1)
		require.Equal(t, 30*time.Second, requireLater(t, b.workOne(t)).After)
		b.MustWork(t)
		requireOne(t, b, sub)
	})

	t.Run("ThrottledWhenReadBackWaitsToo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.RateLimit, Method: "GET", PathPrefix: creations, Times: 1, RetryAfter: 7})
		require.Equal(t, 7*time.Second, requireLater(t, b.workOne(t)).After)
		require.Zero(t, b.Stripe.Calls("POST", creations))
		b.MustWork(t)
		requireOne(t, b, sub)
	})

	t.Run("FailedBeforeActing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.ErrorBefore, creations, 1)
		require.Error(t, b.workOne(t))
		require.Error(t, b.workOne(t), "Stripe repeats its failure under the same key")
		require.Equal(t, 1, b.Approval(t, a.ID).TryNumber)
		require.Len(t, b.keys(), 1)
		b.Clock.Move(61 * time.Second)
		requireLater(t, b.workOne(t))
		require.Equal(t, 2, b.Approval(t, a.ID).TryNumber, "after a look at the books")
		require.Nil(t, b.Approval(t, a.ID).CalledAt)
		b.MustWork(t)
		requireOne(t, b, sub)
		require.Equal(t, []string{"approval-" + a.ID.String() + "-1", "approval-" + a.ID.String() + "-2"}, b.keys())
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
	})

	t.Run("LooksAtTheBooksAgainBeforeItTakesANewKey", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.ErrorAfter, creations, 1)
		require.Error(t, b.workOne(t))
		b.Clock.Move(61 * time.Second)
		late := b.Service(t, func(o *migration.Options) { o.Payments = &lateBooks{Payments: o.Payments} })
		require.NoError(t, testkit.Run(t.Context(), late, b.Waiting(t)[0]))
		requireOne(t, b, sub)
		require.Equal(t, 1, b.Approval(t, a.ID).TryNumber, "the failed call had made it all the same")
	})

	t.Run("FailedAfterActing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.ErrorAfter, creations, 1)
		require.Error(t, b.workOne(t))
		b.MustWork(t)
		requireOne(t, b, sub)
		require.Equal(t, 1, b.Approval(t, a.ID).TryNumber)
		require.Equal(t, 1, b.Stripe.Calls("POST", creations), "what was made is found, and not asked for again")
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
	})

	t.Run("AnswerDropped", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.DropAfter, creations, 1)
		require.Error(t, b.workOne(t))
		b.MustWork(t)
		requireOne(t, b, sub)
		require.Equal(t, 1, b.Stripe.Calls("POST", creations))
	})

	t.Run("CutBeforeActing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.CutBefore, creations, 2)
		require.Error(t, b.workOne(t))
		b.Clock.Move(2 * time.Minute)
		require.Error(t, b.workOne(t))
		b.MustWork(t)
		requireOne(t, b, sub)
		require.Len(t, b.keys(), 1, "nothing was answered, so the key is as good as new")
	})

	t.Run("BehindALongSilenceWhatWasMadeIsFound", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.DropAfter, creations, 1)
		require.Error(t, b.workOne(t))
		b.Clock.Move(25 * time.Hour) // past the key's life at Stripe and past the approval's own
		b.MustWork(t)
		requireOne(t, b, sub)
		require.Equal(t, 1, b.Stripe.Calls("POST", creations))
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
	})

	t.Run("OneIsMadeHoweverOftenItRuns", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		for range 3 {
			require.NoError(t, b.Rules.CreateSubscription(t.Context(), migration.SystemActor("job"), a.ID))
		}
		requireOne(t, b, sub)
		require.Equal(t, 1, b.Stripe.Calls("POST", creations))
	})

	t.Run("OneIsMadeHoweverManyRunAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 20 {
			sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
			run := func() error { return b.Rules.CreateSubscription(t.Context(), migration.SystemActor("job"), a.ID) }
			for _, err := range atOnce(run, run) {
				if err != nil {
					requireLater(t, err)
				}
			}
			require.NoError(t, run())
			require.Len(t, b.Booked(sub.ReservationID), 1)
		}
		b.MustWork(t)
		require.Len(t, b.Stripe.Charged(t), 20)
		require.Equal(t, 20, b.Count(t, `SELECT count(*) FROM subscriptions WHERE live`))
		b.RequireStories(t)
	})

	t.Run("AJobThatWasLostIsMadeAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		require.NoError(t, b.Rules.LookForSubscriptions(t.Context()))
		require.Len(t, b.Waiting(t), 1)
		b.Clock.Move(time.Hour)
		require.NoError(t, b.Rules.LookForSubscriptions(t.Context()))
		require.Len(t, b.Waiting(t), 1, "one that is alive has no second one beside it")
		b.Exec(t, `DELETE FROM river_job`)
		require.NoError(t, b.Rules.LookForSubscriptions(t.Context()))
		b.MustWork(t)
		requireOne(t, b, sub)
		b.Clock.Move(2 * time.Hour)
		require.NoError(t, b.Rules.LookForSubscriptions(t.Context()))
		for _, job := range b.Waiting(t) {
			require.NotEqual(t, "create_subscription", job.Kind, "nothing is left of it")
		}
	})

	t.Run("NothingIsGivenBackThatAnotherWorkerHasAskedFor", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		slow := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name != "after_read_back" {
					return
				}
				b.Stripe.Order(stripefake.DropAfter, creations, 1)
				require.Error(t, b.workOne(t), "the other one's answer is lost")
				b.Clock.Move(21 * time.Hour)
			}
		})
		requireLater(t, testkit.Run(t.Context(), slow, b.Waiting(t)[0]))
		require.Equal(t, queries.SubmissionStatusApproving, b.Submission(t, sub.ID).Status)
		b.MustWork(t)
		requireOne(t, b, sub)
	})

	t.Run("TheCallIsOnRecordBeforeItIsMade", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		steps := map[string]bool{}
		watched := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) { steps[name] = b.Approval(t, a.ID).CalledAt != nil }
		})
		require.NoError(t, watched.CreateSubscription(t.Context(), migration.SystemActor("job"), a.ID))
		require.Equal(t, map[string]bool{"before_read_back": false, "after_read_back": false, "after_method": false, "before_create": true,
			"after_create": true, "before_record": true, "after_record": true}, steps)
	})
}

// lateBooks is a Stripe whose books show nothing at the first look.
type lateBooks struct {
	migration.Payments
	looks int
}

func (p *lateBooks) Subscriptions(ctx context.Context, customer string) ([]migration.StripeSubscription, error) {
	if p.looks++; p.looks == 1 {
		return nil, nil
	}
	return p.Payments.Subscriptions(ctx, customer)
}

func TestCreateSubscriptionAdopts(t *testing.T) {
	t.Parallel()
	// made is a subscription of a reservation that somebody made at Stripe under another key.
	made := func(t *testing.T, b *bundle, sub *queries.Submission, approval string) string {
		t.Helper()
		form := url.Values{"customer": {sub.StripeCustomerID}, "default_payment_method": {sub.StripePaymentMethodID},
			"items[0][price_data][currency]": {"usd"}, "items[0][price_data][product]": {"old"}, "items[0][price_data][unit_amount]": {"100"},
			"items[0][price_data][recurring][interval]": {"month"}, "metadata[carryover_reservation_id]": {sub.ReservationID.String()},
			"metadata[carryover_approval_id]": {approval}}
		return b.Stripe.Ask(t, "POST", creations, form)["id"].(string)
	}

	t.Run("WhatIsLiveAlready", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Stripe.Ask(t, "POST", "/v1/products", url.Values{"id": {"old"}, "name": {"Old"}})
		id := made(t, b, sub, testkit.Missing().String())
		a := b.Decided(t, sub, migration.CurrentMonth)
		b.MustWork(t)
		require.Equal(t, id, requireOne(t, b, sub).ID)
		require.Equal(t, 1, b.Stripe.Calls("POST", creations), "none but the one that was there")
		require.Contains(t, b.Submission(t, sub.ID).StatusReason, "already held a subscription")
		require.Equal(t, queries.ApprovalOutcomeApproved, b.Approval(t, a.ID).Outcome)
	})

	t.Run("TheLiveOneBesideACancelledOneOfThisApproval", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Ask(t, "POST", "/v1/products", url.Values{"id": {"old"}, "name": {"Old"}})
		live := made(t, b, sub, testkit.Missing().String())
		cancelled := made(t, b, sub, a.ID.String())
		b.Stripe.Ask(t, "DELETE", creations+"/"+cancelled, nil)
		b.MustWork(t)
		require.Equal(t, live, requireOne(t, b, sub).ID)
	})

	t.Run("NothingOfAnotherReservation", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		wash := b.Claimed(t, testkit.Visa, testkit.For(sub.TenantID), testkit.At(b.Wash))
		b.Decided(t, sub, migration.CurrentMonth)
		b.MustWork(t)
		b.Decided(t, wash, migration.CurrentMonth)
		b.MustWork(t)
		require.NotEqual(t, requireOne(t, b, sub).ID, requireOne(t, b, wash).ID)
		require.Len(t, b.Stripe.Books().Customers, 1, "one person with two plans")
		require.Equal(t, []int64{12900, 3900}, b.Stripe.Charged(t))
	})

	t.Run("NotWhatWasCancelledAtStripe", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.NextMonth)
		b.Stripe.Order(stripefake.DropAfter, creations, 1)
		require.Error(t, b.workOne(t))
		b.Stripe.Ask(t, "DELETE", creations+"/"+b.Booked(sub.ReservationID)[0].ID, nil)
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status, "staff decide again")
		require.Contains(t, b.Approval(t, a.ID).OutcomeReason, "cancelled at Stripe")
		require.Len(t, b.Booked(sub.ReservationID), 1)
		b.RequireStories(t)
	})

	t.Run("ButTheMoneyOfWhatWasCancelledAtStripe", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, a := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Order(stripefake.DropAfter, creations, 1)
		require.Error(t, b.workOne(t))
		b.Stripe.Ask(t, "DELETE", creations+"/"+b.Booked(sub.ReservationID)[0].ID, nil)
		b.MustWork(t)
		require.Equal(t, queries.ApprovalOutcomeApproved, b.Approval(t, a.ID).Outcome, "nobody pays twice")
		require.Contains(t, b.Approval(t, a.ID).OutcomeReason, "paid and ended at Stripe")
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
		b.LookAfter(t)
		require.Equal(t, []string{"SUBSCRIPTION_ENDED"}, b.alarmed(t))
		b.RequireStories(t)
	})

	t.Run("NothingOfACustomerWhoWasDeleted", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Ask(t, "DELETE", "/v1/customers/"+sub.StripeCustomerID, nil)
		rules := b.Service(t, func(o *migration.Options) { o.Payments = forgetful{o.Payments} })
		require.NoError(t, testkit.Run(t.Context(), rules, b.Waiting(t)[0]))
		require.NotEqual(t, queries.SubmissionStatusApproving, b.Submission(t, sub.ID).Status)
	})
}
