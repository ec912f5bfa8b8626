package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
)

// The lines of the plan: what a send of this size is held against.
const (
	acceptedWithin  = time.Second
	queuedWithin    = 30 * time.Second
	emailsPerSecond = 2000
)

// measureEmails sends one email to everybody of the first location, with the list in use beside it.
func (b *bench) measureEmails(ctx context.Context) error {
	say("emails: %d", b.emails)
	b.vendors.emails.begin(0)
	idle, err := b.feel(ctx, func(began time.Time) bool { return time.Since(began) > 5*time.Second })
	if err != nil {
		return err
	}
	w, err := startWorker("ours", b.places)
	if err != nil {
		return err
	}
	began := time.Now()
	batch, err := b.office.Send(ctx, "EMAIL", map[string]any{"locationIds": []string{b.locations[0]}}, b.emails, "emails")
	if err != nil {
		return err
	}
	accepted := time.Since(began)
	watch := &watcher{bench: b, worker: w, batch: batch}
	finished := make(chan error, 1)
	go func() { finished <- watch.untilFinished(ctx, began) }()
	busy, err := b.feel(ctx, func(time.Time) bool { return watch.ended() })
	if err := errors.Join(err, <-finished, w.stop()); err != nil {
		return err
	}
	rate := float64(b.emails) / watch.took.Seconds()
	b.add("emails accepted", "s", accepted.Seconds(), acceptedWithin.Seconds(), "aim", false)
	b.add("emails queued", "s", watch.queued.Seconds(), queuedWithin.Seconds(), "aim", false)
	b.add("emails", "emails/s", rate, emailsPerSecond, "aim", true)
	b.add("memory, last quarter against first", "MB", watch.late(), watch.early(), "first-quarter", false)
	b.add("list p99 during the send", "ms", p99(busy), p99(idle), "idle", false)
	return b.requireSent(int(b.vendors.emails.messages.Load()), b.emails)
}

// requireSent: a fast send that forgets somebody is no send.
func (b *bench) requireSent(got, want int) error {
	if got != want {
		return fmt.Errorf("the vendor has %d messages, want %d", got, want)
	}
	return nil
}

// watcher looks at a batch and its worker until it is finished.
type watcher struct {
	bench  *bench
	worker *worker
	batch  string

	mu     sync.Mutex
	done   bool
	queued time.Duration // until every row was planned
	took   time.Duration
	memory []float64
}

func (w *watcher) untilFinished(ctx context.Context, began time.Time) error {
	defer func() {
		w.mu.Lock()
		w.done = true
		w.mu.Unlock()
	}()
	conn, err := pgx.Connect(ctx, w.bench.url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for {
		w.memory = append(w.memory, w.worker.memory())
		if w.queued == 0 {
			var planned bool
			if err := conn.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM batch_parts WHERE planned_at IS NULL)`).Scan(&planned); err != nil {
				return err
			}
			if planned {
				w.queued = time.Since(began)
			}
		}
		ok, err := w.bench.office.Finished(ctx, w.batch)
		if err != nil || ok {
			w.took = time.Since(began)
			return err
		}
		if err := wait(ctx, 200*time.Millisecond); err != nil {
			return err
		}
	}
}

func (w *watcher) ended() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.done
}

// early and late are the most that the worker held in the first and in the last quarter.
func (w *watcher) early() float64 { return slices.Max(w.memory[:max(1, len(w.memory)/4)]) }
func (w *watcher) late() float64  { return slices.Max(w.memory[len(w.memory)*3/4:]) }

const listQuery = `query { invitations(first: 50, orderBy: {by: TENANT}) { nodes { id status tenant { name email } plan { name } location { name } cardPrice { amount } } } }`

// feel asks for a page of the list ten times a second, as a person who works meanwhile, and answers how long each took.
func (b *bench) feel(ctx context.Context, enough func(began time.Time) bool) (took []time.Duration, err error) {
	for began := time.Now(); !enough(began); {
		asked := time.Now()
		var out struct {
			Invitations struct{ Nodes []struct{ ID string } }
		}
		if err := b.office.Ask(ctx, listQuery, nil, &out); err != nil {
			return nil, err
		}
		if len(out.Invitations.Nodes) != 50 {
			return nil, fmt.Errorf("the list has %d rows, want 50", len(out.Invitations.Nodes))
		}
		took = append(took, time.Since(asked))
		if err := wait(ctx, 100*time.Millisecond); err != nil {
			return nil, err
		}
	}
	return took, nil
}

func p99(took []time.Duration) float64 {
	slices.Sort(took)
	return float64(took[len(took)*99/100].Microseconds()) / 1000
}
