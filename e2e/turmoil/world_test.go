package turmoil

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// stepsEach is how often, for each tenant, somebody begins or goes on.
const stepsEach = 90

// world is one installation with everybody who is at it.
type world struct {
	t       *testing.T
	b       *testkit.Bundle
	ctx     context.Context //nolint:containedctx // of all tasks, however they begin
	seed    uint64
	rng     *rand.Rand
	api     *migration.Service // of the requests of tenants and staff
	tenants []*tenant
	hands   []*hand
	courier *courier
	traced  *pgxpool.Pool     // on which the tasks stand still
	plain   http.RoundTripper // of browsers, and of what was on its way
	moves   int
	many    struct {
		busy bool
		acts int
	}

	tasks    []*task
	reports  chan report
	calm     bool              // nobody stands still any more
	onTheWay []request         // whose senders have given up
	charged  map[string]string // by customer and first day of the month, the invoice that was paid
	story    []string
	told     map[string]int
}

// open brings eight tenants to where they hold a link.
func open(t *testing.T, seed uint64) *world {
	t.Helper()
	w := &world{t: t, b: testkit.New(t), seed: seed, rng: rand.New(rand.NewPCG(seed, 0)), reports: make(chan report),
		told: map[string]int{}, charged: map[string]string{}, courier: &courier{}, plain: &http.Transport{DisableKeepAlives: true}}
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	w.ctx = ctx
	w.b.Clock.Set(w.beginning())
	w.traced = w.tracedPool()
	t.Cleanup(w.abandon)
	w.api = w.service(func(string) {})
	for i := range 3 {
		h := &hand{name: fmt.Sprintf("worker %d", i+1)}
		h.rules = w.service(w.stepsOf(h))
		w.hands = append(w.hands, h)
	}
	for i := range 8 {
		w.tenants = append(w.tenants, w.invite(i+1))
	}
	return w
}

// beginning is any minute of forty days, and often one shortly before the moment at which a billing day is billed.
func (w *world) beginning() time.Time {
	at := testkit.Start.Add(time.Duration(w.rng.IntN(40*24*60)) * time.Minute)
	if w.rng.IntN(2) == 0 {
		at = at.Truncate(day).Add(12*time.Hour - time.Duration(1+w.rng.IntN(12))*time.Minute)
	}
	return at
}

// tracedPool is a pool on which the tasks stand still.
func (w *world) tracedPool() *pgxpool.Pool {
	config := w.b.DB.Pool.Config()
	config.MaxConns = 24
	// Who stands still holds locks and transactions for as long as the others need, whatever the machine does meanwhile.
	for _, limit := range []string{"lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout"} {
		config.ConnConfig.RuntimeParams[limit] = "0"
	}
	config.ConnConfig.Tracer = w
	pool, err := pgxpool.NewWithConfig(w.t.Context(), config)
	require.NoError(w.t, err)
	w.t.Cleanup(pool.Close)
	return pool
}

// service is the rules as one process has them.
func (w *world) service(step func(string)) *migration.Service {
	o, err := testkit.Parts{Pool: w.traced, StripeURL: w.b.Stripe.URL, ResendURL: w.b.Resend.URL, TwilioURL: w.b.Twilio.URL,
		Clock: w.b.Clock.Now, Log: w.b.Log, ToStripe: &wire{w: w, base: w.plain}}.Options()
	require.NoError(w.t, err)
	o.Wall, o.Step = w.b.Clock.Now, step
	return migration.New(o)
}

// invite offers what differs in zone, currency, billing day and insurance.
func (w *world) invite(n int) *tenant {
	tn := &tenant{name: fmt.Sprintf("tenant %d", n), tabs: []*tab{{}, {}}, staff: []*desk{{by: w.b.Manager}, {by: w.b.Admin}}}
	plan := []*queries.Plan{w.b.Studio, w.b.Studio, w.b.Studio, w.b.Maple, w.b.Kiwi}[w.rng.IntN(5)]
	tn.plan, tn.bank = plan, plan == w.b.Studio
	day := 1 + w.rng.IntN(28)
	if w.rng.IntN(2) == 0 {
		day = min(28, w.b.Clock.Now().Day())
	}
	change := []func(*migration.InvitationDraft){testkit.At(plan), testkit.OnDay(day)}
	if tn.bank && w.rng.IntN(2) == 0 {
		change = append(change, testkit.Insured(w.b.Insurance))
	}
	tn.inv = w.b.Invited(w.t, change...)
	return tn
}

// run is the turmoil, the calm after it, and the comparison.
func (w *world) run() {
	w.t.Helper()
	defer w.tellStory()
	for range stepsEach * len(w.tenants) {
		w.step()
	}
	w.calmDown()
	w.compare()
}

// abandon ends who still stands still after a failure.
func (w *world) abandon() {
	for len(w.tasks) > 0 {
		for _, t := range w.in(parked) {
			t.dead, t.state = true, running
			t.resume <- order{fate: killed, fault: cut}
		}
		if r := <-w.reports; r.over {
			w.tasks = removed(w.tasks, r.task)
		} else {
			r.task.state = parked
		}
	}
}

// step lets somebody go on, or somebody begin.
func (w *world) step() {
	if waiting := w.in(parked); len(waiting) > 0 && w.rng.IntN(100) < 45+5*len(waiting) {
		t := waiting[w.rng.IntN(len(waiting))]
		w.release(t, w.draw(t))
		return
	}
	w.begin()
}

// draw decides what becomes of one that stands still.
func (w *world) draw(t *task) order {
	dice := w.rng.IntN(1000)
	asks := t.at.what == "ask"
	faulty := 150
	if t.at.name == "POST /v1/subscriptions" { // where the money is
		faulty = 400
	}
	switch {
	case dice < 20:
		return order{fate: killed, fault: w.perhaps(asks)}
	case dice < 40:
		return order{fate: stopped, fault: w.perhaps(asks)}
	case asks && dice < 40+faulty:
		return order{fault: weather[w.rng.IntN(len(weather))]}
	}
	return order{}
}

// perhaps tells whether what is asked still arrives when the one who asks goes down.
func (w *world) perhaps(asks bool) fault {
	if !asks {
		return none
	}
	return []fault{none, cut, late}[w.rng.IntN(3)]
}

var weather = []fault{cut, lost, lost, late, late, "error_before", "error_after", "rate_limit", "lock_timeout", "unavailable"}

var names = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b(sub|cus|seti|pm|pi|in|ch|evt|src|mandate|req)_[A-Za-z0-9]{6,}`)

// tell writes the story, in which nothing stands that differs from one run of a seed to the next.
func (w *world) tell(format string, args ...any) {
	w.story = append(w.story, w.b.Clock.Now().Format("01-02 15:04:05 ")+names.ReplaceAllString(fmt.Sprintf(format, args...), "…"))
}

func (w *world) count(what string) { w.told[what]++ }

func (w *world) tellStory() {
	if w.t.Failed() || *oneSeed != 0 {
		w.t.Logf("seed %d; to see it again: go test ./e2e/turmoil -run Each -seed %d -v\n%s", w.seed, w.seed, strings.Join(w.story, "\n"))
	}
}
