package turmoil

import (
	"time"

	"github.com/stretchr/testify/require"

	"carryover/queries"
)

const day = 24 * time.Hour

// calmDown lets everything end: nothing fails any more, everybody who stands still goes on, the jobs are worked and the days pass.
// Some of what then waits for staff is approved, so that its charges are seen too, and some of that is taken back.
func (w *world) calmDown() {
	w.tell("it is calm")
	w.calm = true
	for len(w.in(parked)) > 0 {
		w.release(w.in(parked)[0], order{})
	}
	// A connection that was cut lets its locks go once the server has noticed.
	for deadline := time.Now().Add(time.Minute); w.has(blocked) && time.Now().Before(deadline); time.Sleep(3 * time.Millisecond) {
		w.settle()
	}
	require.Empty(w.t, w.tasks, "somebody waits for ever")
	w.requireDue()
	for len(w.onTheWay) > 0 {
		w.arriveLate()
	}
	w.settleDown()
	for _, tn := range w.tenants {
		if sub := w.current(tn); sub != nil && sub.Status == queries.SubmissionStatusReadyForApproval && w.rng.IntN(3) > 0 {
			w.approve(tn)
		}
	}
	w.settleDown()
	for _, tn := range w.tenants {
		if w.rng.IntN(5) == 0 {
			w.undo(tn)
		}
	}
	w.settleDown()
	for range 3 {
		w.move(31 * day)
		w.settleDown()
	}
}

// settleDown works until no job is left and nothing waits but for people.
func (w *world) settleDown() {
	deliver := w.rng.IntN(2) == 0
	for round := range 40 {
		w.collect()
		for ; deliver && len(w.courier.bag) > 0; w.courier.bag = w.courier.bag[1:] {
			require.NoError(w.t, w.api.RecordStripeEvent(w.ctx, w.courier.bag[0]))
		}
		for which := range looks {
			w.look(w.hands[0], which)
		}
		w.workAll()
		switch {
		case len(w.jobs()) > 0 && round < 10:
			w.move(20 * time.Minute)
		case len(w.jobs()) > 0: // a bank takes days
			w.move(day)
		case w.b.Count(w.t, `SELECT count(*) FROM bank_verifications WHERE ended_at IS NULL`) > 0:
			w.move(day)
		default:
			return
		}
	}
	require.Fail(w.t, "it never ended", "%v", w.jobs())
}

// workAll runs every job, and those that come of them, each once.
func (w *world) workAll() {
	seen := map[int64]bool{}
	for again := true; again; {
		again = false
		for _, job := range w.jobs() {
			if !seen[job.ID] {
				seen[job.ID], again = true, true
				w.work(w.hands[0], job)
			}
		}
	}
}
