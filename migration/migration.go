// Package migration holds the rules by which a person moves from a legacy billing system to a Stripe subscription.
//
// It owns every change of an invitation, reservation, submission, approval, subscription and delivery: what may follow
// what (status.go), when money is due (anchor.go), what is said to whom, and that nothing happens twice. Each business verb
// has a file: invite, send, plan, deliver, batch, setup, accept, claim, verify, approve, reject, subscribe, undo, notify. It writes through package queries, in transactions that are
// plain to see, each with its events and the jobs that follow from it; a provider is called between two transactions and
// never inside one.
//
// It does not own who may come in (package access), how it is asked (graph, server, workers), what the providers' wire looks
// like (providers/…) or how a message reads (messages). It imports none of them: they hand themselves in as the interfaces
// of providers.go.
package migration

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"carryover/clock"
	"carryover/queries"
)

// Jobs inserts a job in the transaction of the fact that needs it. A *river.Client[pgx.Tx] is one.
type Jobs interface {
	InsertTx(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) (*rivertype.JobInsertResult, error)
	// InsertManyFastTx inserts many at once; none may be there already.
	InsertManyFastTx(ctx context.Context, tx pgx.Tx, params []river.InsertManyParams) (int, error)
}

// Options is everything that the rules stand on. What says nothing else is required.
type Options struct {
	Pool           *pgxpool.Pool
	Clock          clock.Clock
	Jobs           Jobs
	Payments       Payments
	Mailer         Mailer
	Texter         Texter // nil: texts are not configured, and sending by SMS is refused
	Renderer       Renderer
	Links          *Links
	PublicURL      string        // without a trailing slash: links in messages begin with it
	PublishableKey string        // of Stripe, for the tenant's browser
	LinkLife       time.Duration // how long a link opens after it was sent
	UndoWindow     time.Duration // how long an approval can be taken back
	Log            *slog.Logger
	// EmailRate and TextRate are the most calls a second to the email and the text provider, over all processes. 0: no limit.
	EmailRate, TextRate float64
	// Patience is how long a call waits in its worker for its turn before its job is put back. Zero: half a minute.
	Patience time.Duration
	// Wall is the clock that providers and other processes go by, whatever Clock shows. nil: the machine's.
	Wall clock.Clock
	// Sleep returns after d, or with ctx's error. nil: it really sleeps.
	Sleep func(ctx context.Context, d time.Duration) error
	// Stop says when a sending that fails too often stops itself. Zero fields have their defaults.
	Stop StopRule
	// Step, where set, is told the name of each step of a job as it is reached. Tests stop the process there.
	Step func(name string)
}

// Service carries out the verbs. It is safe for use by many goroutines and keeps nothing but how the providers' lanes stood a
// moment ago, which products it has seen at Stripe, and which texts are about to be written.
type Service struct {
	Options
	q         *queries.Queries
	lanes     *Lanes
	products  sync.Map // the ids of products that exist at Stripe, as far as this process knows
	begin     gathering[textStart, textStarted]
	end       gathering[textEnd, struct{}]
	bulk      chan struct{} // see inBulk
	importing chan struct{} // see running.take
	holdOut   time.Duration // see inTxAgain

	textPlaces chan struct{} // see TextPlaces
}

// New answers a service over o.
func New(o Options) *Service {
	if o.Step == nil {
		o.Step = func(string) {}
	}
	o.Stop = o.Stop.withDefaults()
	if o.Wall == nil {
		o.Wall = clock.System
	}
	lanes := newLanes(LaneOptions{Pool: o.Pool, Log: o.Log, Wall: o.Wall, Sleep: o.Sleep, Patience: o.Patience})
	lanes.all[string(queries.MessageChannelEmail)], lanes.all[string(queries.MessageChannelSms)] = newLane(o.EmailRate), newLane(o.TextRate)
	s := &Service{Options: o, q: queries.New(), bulk: make(chan struct{}, bulkAtOnce), importing: make(chan struct{}, piecesAtOnce), holdOut: personPatience, lanes: lanes,
		textPlaces: make(chan struct{}, TextPlaces(o.TextRate))}
	s.begin.key, s.begin.write = func(t textStart) any { return t.id }, s.beginTexts
	s.end.key, s.end.write = func(t textEnd) any { return t.delivery.ID }, s.endTexts
	return s
}

const bulkAtOnce = 2

// now is the business moment.
func (s *Service) now() time.Time { return s.Clock() }

// inTx runs fn in one transaction. Whatever fn refuses or fails with undoes all of it.
func (s *Service) inTx(ctx context.Context, fn func(tx pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.Pool, fn)
}

// inBulk is inTx for what writes hundreds of rows. No more than bulkAtOnce of a process are under way: more of them would not be done
// sooner, and whoever asks for a page meanwhile would wait behind all of them.
func (s *Service) inBulk(ctx context.Context, fn func(tx pgx.Tx) error) error {
	select {
	case s.bulk <- struct{}{}:
		defer func() { <-s.bulk }()
	case <-ctx.Done():
		return ctx.Err()
	}
	return s.inTx(ctx, fn)
}

// inTxAgain is inTx for what a person waits for. Where PostgreSQL gives up one of two transactions that wait for each other, or one
// that has waited for long for what another holds, nothing of it happened, and it is tried again; fn must therefore begin from nothing each
// time. It ends while the request still has time to say so: with a refusal to try again in a moment.
func (s *Service) inTxAgain(ctx context.Context, fn func(tx pgx.Tx) error) error {
	until := s.holdsOutUntil(ctx, clock.System())
	for tried, deadlocks := 1, 0; ; tried++ {
		began := clock.System()
		err := s.inTx(ctx, fn)
		if !IsBusy(err) {
			return err
		}
		now := clock.System()
		again := now.Add(now.Sub(began)).Before(until) // the next one may wait for as long as this one
		if hasCode(err, deadlockDetected) {
			deadlocks++
			again = deadlocks < deadlocksAtMost && now.Before(until)
		}
		if !again || ctx.Err() != nil {
			s.Log.WarnContext(ctx, "gave up waiting for what others hold", "tries", tried, "error", err)
			return RefuseBusy()
		}
		s.Log.InfoContext(ctx, "tried again, since others were in the way", "tries", tried, "error", err)
	}
}

// holdsOutUntil is until when a request may go on waiting.
func (s *Service) holdsOutUntil(ctx context.Context, now time.Time) time.Time {
	until := now.Add(s.holdOut)
	if deadline, ok := ctx.Deadline(); ok {
		until = earlier(until, deadline.Add(-answerTime))
	}
	return until
}

const (
	// personPatience is how long somebody's request waits for what others hold: a piece of an import, or many invitations that are made
	// of a list. It is less than the time of a request (server).
	personPatience = 25 * time.Second
	// answerTime of a request is left for its answer.
	answerTime = 2 * time.Second
	// deadlocksAtMost is how often one transaction is given up for another before it is left alone.
	deadlocksAtMost = 3
)

// PostgreSQL's codes (its documentation, appendix A).
const (
	deadlockDetected = "40P01"
	lockNotAvailable = "55P03"
)

// IsBusy tells whether a transaction was undone for no other reason than that another one stood in its way: the same may be done a moment
// later.
func IsBusy(err error) bool { return hasCode(err, deadlockDetected) || hasCode(err, lockNotAvailable) }

func hasCode(err error, code string) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.Code == code
}

// enqueue inserts a job in the transaction of the fact that needs it.
func (s *Service) enqueue(ctx context.Context, tx pgx.Tx, args river.JobArgs, opts *river.InsertOpts) error {
	if _, err := s.Jobs.InsertTx(ctx, tx, args, opts); err != nil {
		return fmt.Errorf("insert job %s: %w", args.Kind(), err)
	}
	return nil
}

// enqueueMany inserts jobs that cannot be there yet, in the transaction of the facts that need them.
func (s *Service) enqueueMany(ctx context.Context, tx pgx.Tx, jobs []river.InsertManyParams) error {
	if len(jobs) == 0 {
		return nil
	}
	if _, err := s.Jobs.InsertManyFastTx(ctx, tx, jobs); err != nil {
		return fmt.Errorf("insert %d jobs %s: %w", len(jobs), jobs[0].Args.Kind(), err)
	}
	return nil
}

// found turns "no row" into a nil row, which is an answer and not an error.
func found[T any](row *T, err error) (*T, error) {
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	return row, err
}
