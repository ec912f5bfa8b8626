package migration_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

var shuffles = flag.Int("shuffles", 6, "how many seeds TestWebhooksInAnyOrder tries; each is a subtest of its own and can be run again by its name")

// fates are what may become of a tenant's money, side by side.
type fates struct {
	b *bundle

	disputed, fine, late, returned, slow, cancelled *queries.Submission
	confirmed, denied, silent, detached             *queries.Submission
}

func begin(t *testing.T, b *bundle) *fates {
	t.Helper()
	f := &fates{b: b}
	f.disputed = b.Approved(t, migration.CurrentMonth)
	f.fine = b.Approved(t, migration.NextMonth)
	f.late = b.Approved(t, migration.NextMonth)
	f.returned, _ = b.approvedBank(t, "000222222227")
	f.slow, _ = b.approvedBank(t, byDeposit)
	f.cancelled = b.Approved(t, migration.CurrentMonth)
	f.confirmed = b.asking(t, migration.CurrentMonth)
	f.denied = b.asking(t, migration.NextMonth)
	f.silent = b.asking(t, migration.CurrentMonth)
	f.detached = b.Claimed(t, testkit.Visa)
	b.charging(t, f.late, "decline")
	return f
}

// steps are moments and what happens at them; whoever looks in between sees what there is by then.
func (f *fates) steps(t *testing.T) []happening {
	t.Helper()
	b := f.b
	return []happening{
		{2 * time.Hour, func() {
			b.answers(t, f.confirmed, "succeed")
			b.answers(t, f.denied, "fail")
		}},
		{day, func() {
			b.Stripe.Browse(t, "/sandbox/payment_methods/"+f.detached.StripePaymentMethodID+"/lose", url.Values{})
		}},
		{2 * day, func() { b.cancelAtStripe(t, f.cancelled) }},
		{2 * day, func() { b.charging(t, f.late, "approve") }}, // the 15th has passed
		{2 * day, func() {
			for _, ch := range b.Stripe.Books().Charges {
				if ch.Customer == f.disputed.StripeCustomerID && !ch.Disputed {
					b.Stripe.Browse(t, "/sandbox/charges/"+ch.ID+"/dispute", url.Values{"reason": {"fraudulent"}})
					return
				}
			}
		}},
		{3 * day, func() {}},
	}
}

// happening is something that is done at Stripe, some time after the last.
type happening struct {
	after  time.Duration
	happen func()
}

// ended is everything that the rules made of it, in words that do not differ from run to run.
func (f *fates) ended(t *testing.T) (all []string) {
	t.Helper()
	for name, sub := range map[string]*queries.Submission{"disputed": f.disputed, "fine": f.fine, "late": f.late, "returned": f.returned,
		"slow": f.slow, "cancelled": f.cancelled, "confirmed": f.confirmed, "denied": f.denied, "silent": f.silent, "detached": f.detached} {
		now := f.b.Submission(t, sub.ID)
		line := fmt.Sprintf("%s: %s %q", name, now.Status, now.StatusReason)
		line += fmt.Sprint(f.b.Strings(t, `SELECT a.outcome || ' ' || coalesce(s.status::text, '-') || ' ' || coalesce(s.next_charge_at::text, '-')
			FROM approvals a LEFT JOIN subscriptions s ON s.approval_id = a.id WHERE a.submission_id = $1 ORDER BY 1`, sub.ID))
		line += fmt.Sprint(f.b.invoiced(t, sub))
		line += fmt.Sprint(f.b.Strings(t, `SELECT a.kind || ' ' || coalesce(a.expected_minor::text, '') || ' ' || coalesce(a.actual_on::text, '')
			FROM billing_alarms a JOIN subscriptions s ON s.id = a.subscription_id WHERE s.submission_id = $1 ORDER BY 1`, sub.ID))
		all = append(all, line)
	}
	return all
}

// TestWebhooksInAnyOrder lets Stripe tell of ten fates over ten days: in any order, twice, days late, or not at all. What stands in
// the rows at the end is the same as where each event came at once and in its order.
func TestWebhooksInAnyOrder(t *testing.T) {
	t.Parallel()
	inOrder := sync.OnceValue(func() []string {
		f := begin(t, setup(t))
		f.tell(t, func(events []migration.StripeEvent) (now, later []migration.StripeEvent) { return events, nil }, func() bool { return true })
		return f.ended(t)
	})
	for seed := range *shuffles {
		t.Run(fmt.Sprintf("Seed%d", seed), func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(uint64(seed), 1))
			f := begin(t, setup(t))
			f.tell(t, func(events []migration.StripeEvent) (now, later []migration.StripeEvent) {
				r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
				for _, e := range events {
					switch r.IntN(10) {
					case 0, 1: // never
					case 2, 3, 4:
						later = append(later, e)
					case 5, 6:
						now, later = append(now, e, e), append(later, e)
					default:
						now = append(now, e)
					}
				}
				return now, later
			}, func() bool { return r.IntN(2) == 0 })
			require.ElementsMatch(t, inOrder(), f.ended(t))
			f.b.RequireStories(t)
			require.Equal(t, f.b.Count(t, `SELECT count(*) FROM billing_alarms`), f.b.Count(t, `SELECT count(*) FROM events WHERE action = 'raised'`))
		})
	}
}

// tell goes through the steps. choose says which of the events that are there are told now and which later; works says whether
// anybody looks for work at a step. On the first days and at the end somebody does.
func (f *fates) tell(t *testing.T, choose func([]migration.StripeEvent) (now, later []migration.StripeEvent), works func() bool) {
	t.Helper()
	b, told := f.b, 0
	var owed []migration.StripeEvent
	for i, s := range f.steps(t) {
		b.Clock.Move(s.after)
		require.NoError(t, b.Stripe.Advance())
		s.happen()
		all := b.StripeEvents(t)
		var now []migration.StripeEvent
		now, owed = choose(append(owed, all[told:]...))
		told = len(all)
		b.Hear(t, now...)
		if i < 2 || works() {
			b.LookAfter(t)
		}
	}
	b.Hear(t, owed...)
	for range 2 {
		b.Clock.Move(25 * time.Hour)
		b.LookAfter(t)
	}
}
