package turmoil

import (
	"context"
	"errors"
	"net/url"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
)

// hand is one worker process, which takes one job after another.
type hand struct {
	name  string
	rules *migration.Service
	busy  bool
	task  *task
}

// stepsOf lets the hand's job stand still at every named step.
func (w *world) stepsOf(h *hand) func(string) {
	return func(name string) {
		if h.task != nil {
			w.pause(h.task, place{"step", name}, 60)
		}
	}
}

// waitingJob is one that is not done, with how often it may be tried.
type waitingJob struct {
	testkit.Job
	once bool
}

// jobs are those that are not done, oldest first. A batch's watch counts and decides nothing.
func (w *world) jobs() []waitingJob {
	rows, err := w.b.DB.Owner.Query(w.t.Context(), `SELECT id, kind, args, max_attempts = 1 FROM river_job
		WHERE finalized_at IS NULL AND kind <> 'watch_batch' ORDER BY id`)
	require.NoError(w.t, err)
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (j waitingJob, err error) {
		return j, row.Scan(&j.ID, &j.Kind, &j.Args, &j.once)
	})
	require.NoError(w.t, err)
	return all
}

// workSomething lets a free hand take any job, also one that another has in hand: a worker whose process seemed dead may live.
func (w *world) workSomething() {
	jobs := w.jobs()
	h := w.hands[w.rng.IntN(len(w.hands))]
	if h.busy || len(jobs) == 0 {
		return
	}
	job := jobs[w.rng.IntN(len(jobs))]
	for range 2 {
		if job.Kind != (migration.CreateSubscriptionArgs{}).Kind() { // which is what this is about
			job = jobs[w.rng.IntN(len(jobs))]
		}
	}
	w.work(h, job)
}

func (w *world) work(h *hand, job waitingJob) {
	h.busy = true
	w.start(h.name+" does "+job.Kind, func(ctx context.Context) error {
		h.task = taskIn(ctx)
		err := testkit.Run(ctx, h.rules, job.Job)
		return errors.Join(err, w.closeJob(ctx, job, err))
	}, func(t *task) {
		h.busy, h.task = false, nil
		if t.dead && job.once {
			w.rescue(job)
		}
		w.count(job.Kind)
	})
}

// closeJob is what River makes of the end: done, or given up where one try is all; anything else comes again.
func (w *world) closeJob(ctx context.Context, job waitingJob, err error) error {
	state := "completed"
	var later *migration.Later
	switch {
	case err == nil:
	case job.once && !errors.As(err, &later) && ctx.Err() == nil:
		state = "discarded"
	default:
		return nil
	}
	_, err = w.traced.Exec(ctx, `UPDATE river_job SET state = $2, finalized_at = now() WHERE id = $1 AND finalized_at IS NULL`, job.ID, state)
	return err
}

// rescue is River, which finds the job of a dead process and gives it up where one try was all.
func (w *world) rescue(job waitingJob) {
	_, err := w.b.DB.Owner.Exec(w.t.Context(), `UPDATE river_job SET state = 'discarded', finalized_at = now()
		WHERE id = (SELECT id FROM river_job WHERE id = $1 AND finalized_at IS NULL FOR UPDATE SKIP LOCKED)`, job.ID)
	require.NoError(w.t, err)
	w.count("rescued")
}

// looks are the periodic looks for work.
var looks = []struct {
	what string
	look func(ctx context.Context, rules *migration.Service) error
}{
	{"bank verifications", func(ctx context.Context, rules *migration.Service) error {
		return rules.LookForBankVerifications(ctx, "")
	}},
	{"subscriptions", func(ctx context.Context, rules *migration.Service) error { return rules.LookForSubscriptions(ctx) }},
	{"undos", func(ctx context.Context, rules *migration.Service) error { return rules.LookForUndos(ctx) }},
}

func (w *world) lookForWork() {
	if h := w.hands[w.rng.IntN(len(w.hands))]; !h.busy {
		w.look(h, w.rng.IntN(len(looks)))
	}
}

func (w *world) look(h *hand, which int) {
	w.hold(&h.busy, h.name+" looks for "+looks[which].what, func(ctx context.Context) error { return looks[which].look(ctx, h.rules) })
}

// courier carries Stripe's events: late, twice, in any order, and some of them never.
type courier struct {
	newest string // that was collected
	bag    []migration.StripeEvent
	busy   bool
}

// collect takes what has happened since the last time into the bag, newest first.
func (w *world) collect() {
	query := url.Values{"limit": {"100"}}
	if w.courier.newest != "" {
		query.Set("ending_before", w.courier.newest)
	}
	for i, one := range w.b.Stripe.Ask(w.t, "GET", "/v1/events?"+query.Encode(), nil)["data"].([]any) {
		e := testkit.ReadStripeEvent(w.t, one)
		if i == 0 {
			w.courier.newest = e.ID
		}
		w.courier.bag = append(w.courier.bag, e)
	}
}

// hearOfEvent delivers one of the bag. One in five is lost, one in five will come again.
func (w *world) hearOfEvent() {
	w.collect()
	c := w.courier
	if c.busy || len(c.bag) == 0 {
		return
	}
	i, dice := w.rng.IntN(len(c.bag)), w.rng.IntN(5)
	e := c.bag[i]
	if dice != 0 {
		c.bag = append(c.bag[:i:i], c.bag[i+1:]...)
	}
	if dice == 1 {
		w.count("event lost")
		return
	}
	w.hold(&c.busy, "Stripe tells of "+e.Type, func(ctx context.Context) error { return w.api.RecordStripeEvent(ctx, e) })
}
