// Package workers is where River's jobs come in: one file for each job.
//
// It owns how long a job may run and when it runs again. It does not own what a job does: a worker hands its arguments to
// package migration, which reads the state again first, may be called twice, and survives a kill or a stop at any line.
package workers

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivertype"

	"carryover/migration"
)

const (
	// callTimeout is above what a provider's SDK takes with its own retries: stripe-go waits 80 seconds and tries three times.
	callTimeout = 5 * time.Minute
	// RescueAfter is when River believes that a running job's process has died. It exceeds callTimeout, so that a rescued job
	// never runs beside a live one that keeps its time.
	RescueAfter = 7 * time.Minute
	// longestWait is the pause between two attempts of a job whose end is its own deadline.
	longestWait = 5 * time.Minute
	// counterWorkers are as many as there may be customers at counters who wait for a text at one moment.
	counterWorkers = 20
	// FetchPause lets a queue of small jobs fetch a hundred times a second. River's own tenth of a second would end at ten times
	// as many jobs a second as there are workers, however short they are.
	FetchPause = 10 * time.Millisecond
)

// Options are what a client of workers may choose.
type Options struct {
	Log         *slog.Logger
	RescueAfter time.Duration // zero: RescueAfter
	Timeout     time.Duration // of one run; zero: callTimeout
}

// NewClient answers a client that works all kinds of jobs.
func NewClient(pool *pgxpool.Pool, rules *migration.Service, o Options) (*river.Client[pgx.Tx], error) {
	if o.RescueAfter == 0 {
		o.RescueAfter = RescueAfter
	}
	if o.Timeout == 0 {
		o.Timeout = callTimeout
	}
	registry := river.NewWorkers()
	river.AddWorker(registry, &planBatchPart{rules: rules})
	river.AddWorker(registry, &watchBatch{rules: rules})
	river.AddWorker(registry, &sendEmailBatch{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &sendText{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &sendCounterText{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &lookAtCard{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &reconcileDelivery{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &lookForLostTexts{rules: rules})
	river.AddWorker(registry, &createSubscription{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &undoSubscription{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &lookForUndos{rules: rules})
	river.AddWorker(registry, &notifyStaffContact{rules: rules})
	river.AddWorker(registry, &lookForBankVerifications{rules: rules})
	river.AddWorker(registry, &pollBankVerification{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &refreshListCopies{rules: rules})
	river.AddWorker(registry, &sendSignInLink{rules: rules})
	river.AddWorker(registry, &sendPasswordReset{rules: rules})
	river.AddWorker(registry, &sendStaffLink{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &purgeAccess{rules: rules})
	river.AddWorker(registry, &closeForgottenSessions{rules: rules})
	river.AddWorker(registry, &tellCustomers{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &changePaymentMethod{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &lookForSubscriptions{rules: rules})
	river.AddWorker(registry, &syncSubscription{rules: rules, timeout: o.Timeout})
	river.AddWorker(registry, &importLegacy{rules: rules})
	river.AddWorker(registry, &checkPaymentMethod{rules: rules, timeout: o.Timeout})
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Logger:               o.Log,
		Workers:              registry,
		ErrorHandler:         &teller{log: o.Log},
		RescueStuckJobsAfter: o.RescueAfter,
		JobTimeout:           o.Timeout,
		// Rebuilding indexes needs their ownership, which the application does not have.
		ReindexerIndexNames: []string{},
		Queues: map[string]river.QueueConfig{
			migration.QueuePlan:    {MaxWorkers: 4},
			migration.QueueWatch:   {MaxWorkers: 4},
			migration.QueueEmail:   {MaxWorkers: 10},
			migration.QueueText:    {MaxWorkers: TextWorkers(migration.TextPlaces(rules.TextRate)), FetchCooldown: FetchPause},
			migration.QueueCounter: {MaxWorkers: counterWorkers, FetchCooldown: FetchPause},
			migration.QueueBilling: {MaxWorkers: 20},
			migration.QueueVerify:  {MaxWorkers: 10},
			migration.QueueSync:    {MaxWorkers: 10},
			migration.QueueImport:  {MaxWorkers: 1},
		},
		PeriodicJobs: periodic(),
	})
	if err != nil {
		return nil, fmt.Errorf("make job client: %w", err)
	}
	return client, nil
}

// TextWorkers is how many jobs, of up to migration.TextsOfJob texts each, keep so many texts under way. Where it is not the provider's
// limit that keeps them few, there are four times as many: a job lasts as long as its slowest call, and its other places are used meanwhile.
func TextWorkers(places int) int {
	jobs := places / migration.TextsOfJob
	if places == migration.TextsAtOnce {
		jobs *= 4
	}
	return max(1, jobs)
}

// lookEvery is the pause between two looks for work.
const lookEvery = time.Minute

// purgeEvery is the pause between two times of forgetting.
const purgeEvery = 10 * time.Minute

// periodic are the jobs that look for work. River starts them in one process at a time.
func periodic() []*river.PeriodicJob {
	return []*river.PeriodicJob{
		river.NewPeriodicJob(river.PeriodicInterval(lookEvery), func() (river.JobArgs, *river.InsertOpts) {
			return migration.LookForBankVerificationsArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(lookEvery), func() (river.JobArgs, *river.InsertOpts) {
			return migration.LookForLostTextsArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(lookEvery), func() (river.JobArgs, *river.InsertOpts) {
			return migration.LookForUndosArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(lookEvery), func() (river.JobArgs, *river.InsertOpts) {
			return migration.LookForSubscriptionsArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(purgeEvery), func() (river.JobArgs, *river.InsertOpts) {
			return migration.PurgeAccessArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true}),
		river.NewPeriodicJob(river.PeriodicInterval(purgeEvery), func() (river.JobArgs, *river.InsertOpts) {
			return migration.CloseForgottenSessionsArgs{}, nil
		}, &river.PeriodicJobOpts{RunOnStart: true}),
	}
}

// NewInserter answers a client that inserts jobs and works none.
func NewInserter(pool *pgxpool.Pool, log *slog.Logger) (*river.Client[pgx.Tx], error) {
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{Logger: log})
	if err != nil {
		return nil, fmt.Errorf("make job inserter: %w", err)
	}
	return client, nil
}

// teller logs what a job failed with: the operator learns of it before anybody asks.
type teller struct{ log *slog.Logger }

func (t *teller) HandleError(ctx context.Context, job *rivertype.JobRow, err error) *river.ErrorHandlerResult {
	t.log.ErrorContext(ctx, "job failed and will run again", "job", job.Kind, "job_id", job.ID, "attempt", job.Attempt, "error", err)
	return nil
}

func (t *teller) HandlePanic(ctx context.Context, job *rivertype.JobRow, panicked any, trace string) *river.ErrorHandlerResult {
	t.log.ErrorContext(ctx, "job panicked and will run again", "job", job.Kind, "job_id", job.ID, "panic", panicked, "trace", trace)
	return nil
}

// by is the system, named by the job so that events lead to it.
func by(job *rivertype.JobRow) migration.Actor {
	return migration.SystemActor("job-" + strconv.FormatInt(job.ID, 10))
}

// answer turns "there is nothing wrong and nothing to do yet" into a snooze, which does not count as an attempt.
func answer(err error) error {
	var later *migration.Later
	if errors.As(err, &later) {
		return river.JobSnooze(later.After)
	}
	return err
}

// nextRetry doubles the pause up to longestWait, a little scattered so that many jobs that failed together do not return
// together.
func nextRetry(attempt int) time.Time {
	pause := longestWait
	if attempt < 9 {
		pause = min(longestWait, time.Second<<attempt)
	}
	return time.Now().Add(pause + time.Duration(rand.Int64N(int64(pause/5)+1))) //nolint:gosec // scatter, no secret
}
