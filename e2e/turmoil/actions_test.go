package turmoil

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"carryover/migration"
)

// action is something that somebody may do now. It begins a task, or acts at once where nobody could come between.
type action struct {
	weight int
	does   func(w *world, tn *tenant)
}

// actions are all that can happen. tn is a tenant to whom it happens; what is nobody's own ignores it.
var actions = []action{
	{40, func(w *world, tn *tenant) { w.goOn(tn) }},
	{12, func(w *world, tn *tenant) { w.bankActs(tn) }},
	{6, func(w *world, tn *tenant) { w.confirmPayment(tn) }},
	{22, func(w *world, tn *tenant) { w.approve(tn) }},
	{2, func(w *world, _ *tenant) { w.approveMany() }},
	{4, func(w *world, tn *tenant) { w.reject(tn) }},
	{9, func(w *world, tn *tenant) { w.undo(tn) }},
	{3, func(w *world, tn *tenant) { w.inviteAgain(tn) }},
	{40, func(w *world, _ *tenant) { w.workSomething() }},
	{10, func(w *world, _ *tenant) { w.lookForWork() }},
	{14, func(w *world, _ *tenant) { w.hearOfEvent() }},
	{3, func(w *world, _ *tenant) { w.arriveLate() }},
	{2, func(w *world, tn *tenant) { w.changeFortune(tn) }},
	{1, func(w *world, tn *tenant) { w.cancelAtStripe(tn) }},
	{1, func(w *world, _ *tenant) { w.raisePrice() }},
	{6, func(w *world, _ *tenant) { w.moveClock() }},
}

// begin draws an action. Attention stays with few tenants for a while, since those who do not meet cannot collide.
func (w *world) begin() {
	total := 0
	for _, a := range actions {
		total += a.weight
	}
	dice := w.rng.IntN(total)
	for _, a := range actions {
		if dice -= a.weight; dice < 0 {
			a.does(w, w.tenants[w.attention()])
			return
		}
	}
}

// attention moves on over the tenants as the steps pass, two of them at a time and now and then any.
func (w *world) attention() int {
	if w.rng.IntN(4) == 0 {
		return w.rng.IntN(len(w.tenants))
	}
	w.moves++
	return (w.moves/40 + w.rng.IntN(2)) % len(w.tenants)
}

// judge wants an error of a task to which nothing was done to be one that people or jobs are meant to see.
func (w *world) judge(t *task) {
	var later *migration.Later
	var pg *pgconn.PgError
	_, refused := migration.RefusalsIn(t.err)
	switch {
	case t.err == nil, t.hurt, refused, errors.As(t.err, &later), errors.Is(t.err, context.Canceled):
	case errors.As(t.err, &pg) && pg.Code == "40P01": // PostgreSQL gave one of two up; a job runs again
		w.count("deadlock")
	case w.replays(t):
	default:
		require.Fail(w.t, "an error that nobody understands", "%s: %s", t.who, outcome(t))
	}
}

// replays tells whether Stripe only repeated a failure that was ordered before, under the same key.
func (w *world) replays(t *task) bool {
	return migration.ProviderErrorAs(t.err).Replays
}

// moveClock lets time pass. Whoever would be under way for longer than a job or a request may be ends before that or is stopped,
// and what was sent and not heard of arrives or is lost for good.
func (w *world) moveClock() {
	spans := []time.Duration{time.Minute, 2 * time.Minute, 7 * time.Minute, 20 * time.Minute, 3 * time.Hour, 11 * time.Hour, 26 * time.Hour, 4 * day}
	w.move(time.Duration(1+w.rng.IntN(100)) * spans[w.rng.IntN(len(spans))] / 50)
}

// longestCall is how long a job or a request may take (package workers, callTimeout).
const longestCall = 5 * time.Minute

func (w *world) move(d time.Duration) {
	now := w.b.Clock.Now().Add(d)
	for {
		t := w.overdue(now)
		if t == nil {
			break
		}
		if w.rng.IntN(3) > 0 {
			w.release(t, order{}) // soon enough
			continue
		}
		w.release(t, order{fate: stopped, fault: w.perhaps(t.at.what == "ask")})
	}
	for len(w.onTheWay) > 0 && now.Sub(w.onTheWay[0].sent) > longestCall {
		w.arriveLate()
	}
	w.b.Clock.Set(now)
	w.tell("the clock moves on by %s", d)
}

func (w *world) overdue(now time.Time) *task {
	for _, t := range w.in(parked) {
		if now.Sub(t.began) > longestCall {
			return t
		}
	}
	return nil
}

// arriveLate lets the oldest request arrive whose sender gave up, or loses it.
func (w *world) arriveLate() {
	if len(w.onTheWay) == 0 {
		return
	}
	q := w.onTheWay[0]
	w.onTheWay = w.onTheWay[1:]
	if w.rng.IntN(3) == 0 {
		return
	}
	_, err := q.send(w.plain)
	w.count("arrived late")
	w.tell("%s %s arrives late: %v", q.Method, q.URL.Path, err)
}
