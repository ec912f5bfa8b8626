package turmoil

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

// task is one verb under way. It stands still wherever it is about to touch the world, until the world lets it go on.
type task struct {
	who     string
	ctx     context.Context
	cancel  context.CancelFunc
	rng     *rand.Rand
	began   time.Time // on the business clock
	resume  chan order
	state   state
	at      place
	backend atomic.Uint32 // the connection that it waits for, where it waits for a lock
	// dead: its process was killed, and nothing that it still does reaches anybody. halted: it was told to stop.
	dead, halted bool
	hurt         bool // something was done to it, so that an error is no wonder
	err          error
	finished     bool // the verb returned, and not by the end of its goroutine
	then         func(t *task)
}

type state int

const (
	running state = iota
	parked
	blocked // waits for a lock of somebody who stands still
	over
)

// place is where a task stands still.
type place struct {
	what string // "ask", "answer", "sql" or "step"
	name string
}

// order is how it goes on.
type order struct {
	fate  fate
	fault fault // of an "ask"
}

type fate int

const (
	goesOn fate = iota
	killed
	stopped
)

func (f fate) String() string { return [...]string{"", "KILLED", "STOPPED"}[f] }

type report struct {
	task *task
	at   place
	over bool
}

type taskKey struct{}

func taskIn(ctx context.Context) *task {
	t, _ := ctx.Value(taskKey{}).(*task)
	return t
}

// start lets a verb begin and returns when it stands still or is done.
func (w *world) start(who string, verb func(ctx context.Context) error, then func(t *task)) {
	t := &task{who: who, resume: make(chan order), began: w.b.Clock.Now(), then: then, rng: rand.New(rand.NewPCG(w.seed, w.rng.Uint64()))}
	t.ctx, t.cancel = context.WithCancel(context.WithValue(w.ctx, taskKey{}, t))
	w.tasks = append(w.tasks, t)
	w.tell("%s begins", who)
	go func() {
		defer func() { w.reports <- report{task: t, over: true} }()
		t.err = verb(t.ctx)
		t.finished = true
	}()
	w.settle()
}

// pause is where a task may stand still: always, or in so many of a hundred cases. It is called in the task's own goroutine.
func (w *world) pause(t *task, at place, chance int) order {
	if w.calm || t.dead || t.halted || t.rng.IntN(100) >= chance {
		return order{}
	}
	w.reports <- report{task: t, at: at}
	o := <-t.resume
	if o.fate == stopped && at.what != "ask" {
		t.cancel()
	}
	return o
}

// release lets one that stands still go on, and returns when nobody moves any more.
func (w *world) release(t *task, o order) {
	if o.fate != goesOn || o.fault != none {
		t.hurt = true
		w.tell("%s at %s %s %s%s", t.who, t.at.what, t.at.name, o.fate, o.fault)
		w.count(o.fate.String() + string(o.fault))
	}
	t.dead, t.halted = t.dead || o.fate == killed, t.halted || o.fate == stopped
	t.state = running
	t.resume <- o
	w.settle()
}

// settle returns when everybody stands still, is done, or waits for a lock of somebody who stands still.
func (w *world) settle() {
	deadline := time.After(5 * time.Minute)
	for {
		switch {
		case w.has(running):
		case w.has(blocked) && w.unblocked():
		default:
			return
		}
		select {
		case r := <-w.reports:
			w.heard(r)
		case <-time.After(3 * time.Millisecond):
			w.findBlocked()
		case <-deadline:
			require.Fail(w.t, "somebody neither stands still nor ends", "%s", w.whereabouts())
		}
	}
}

func (w *world) heard(r report) {
	if !r.over {
		r.task.state, r.task.at = parked, r.at
		return
	}
	t := r.task
	t.state = over
	t.cancel()
	w.tell("%s ends: %s", t.who, outcome(t))
	w.tasks = removed(w.tasks, t)
	if !t.finished {
		require.Fail(w.t, t.who+" ended in the middle")
	}
	w.judge(t)
	t.then(t)
}

func removed(all []*task, gone *task) (rest []*task) {
	for _, t := range all {
		if t != gone {
			rest = append(rest, t)
		}
	}
	return rest
}

func outcome(t *task) string {
	if t.err == nil {
		return "ok"
	}
	return strings.ReplaceAll(t.err.Error(), "\n", "; ")
}

func (w *world) has(s state) bool {
	for _, t := range w.tasks {
		if t.state == s {
			return true
		}
	}
	return false
}

func (w *world) in(s state) (all []*task) {
	for _, t := range w.tasks {
		if t.state == s {
			all = append(all, t)
		}
	}
	return all
}

// lockWaiters are the connections that wait for a lock at this moment.
func (w *world) lockWaiters() map[uint32]bool {
	rows, err := w.b.DB.Owner.Query(w.t.Context(), `SELECT pid FROM pg_locks WHERE NOT granted`)
	require.NoError(w.t, err)
	pids, err := pgx.CollectRows(rows, pgx.RowTo[uint32])
	require.NoError(w.t, err)
	waiting := map[uint32]bool{}
	for _, pid := range pids {
		waiting[pid] = true
	}
	return waiting
}

func (w *world) findBlocked() {
	waiting := w.lockWaiters()
	for _, t := range w.in(running) {
		if waiting[t.backend.Load()] {
			t.state = blocked
			w.count("waited for a lock")
		}
	}
}

// unblocked tells whether the lock of somebody was given free.
func (w *world) unblocked() (some bool) {
	waiting := w.lockWaiters()
	for _, t := range w.in(blocked) {
		if !waiting[t.backend.Load()] {
			t.state, some = running, true
		}
	}
	return some
}

func (w *world) whereabouts() (text string) {
	for _, t := range w.tasks {
		text += fmt.Sprintf("%s: %d at %v\n", t.who, t.state, t.at)
	}
	return text
}
