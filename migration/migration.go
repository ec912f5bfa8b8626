// Package migration holds the rules by which a person moves from a legacy billing system to a Stripe subscription.
//
// It owns every change of an invitation, reservation, submission, approval, subscription and delivery: what may follow
// what (status.go), when money is due (anchor.go), what is said to whom, and that nothing happens twice. Each business verb
// has a file: invite, send, plan, deliver, batch, setup, accept, claim, verify, approve, subscribe, notify. It writes through package queries, in transactions that are
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
	"time"

	"github.com/jackc/pgx/v5"
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

// Options is everything that the rules stand on. All fields but Stop and Step are required.
type Options struct {
	Pool           *pgxpool.Pool
	Clock          clock.Clock
	Jobs           Jobs
	Payments       Payments
	Mailer         Mailer
	Renderer       Renderer
	Links          *Links
	PublicURL      string        // without a trailing slash: links in messages begin with it
	PublishableKey string        // of Stripe, for the tenant's browser
	LinkLife       time.Duration // how long a link opens after it was sent
	Log            *slog.Logger
	// Stop says when a sending that fails too often stops itself. Zero fields have their defaults.
	Stop StopRule
	// Step, where set, is told the name of each step of a job as it is reached. Tests stop the process there.
	Step func(name string)
}

// Service carries out the verbs. It is safe for use by many goroutines and keeps no state of its own.
type Service struct {
	Options
	q *queries.Queries
}

// New answers a service over o.
func New(o Options) *Service {
	if o.Step == nil {
		o.Step = func(string) {}
	}
	o.Stop = o.Stop.withDefaults()
	return &Service{Options: o, q: queries.New()}
}

// now is the business moment.
func (s *Service) now() time.Time { return s.Clock() }

// inTx runs fn in one transaction. Whatever fn refuses or fails with undoes all of it.
func (s *Service) inTx(ctx context.Context, fn func(tx pgx.Tx) error) error {
	return pgx.BeginFunc(ctx, s.Pool, fn)
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
