package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// undoSubscription takes one approval back at Stripe.
type undoSubscription struct {
	river.WorkerDefaults[migration.UndoSubscriptionArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *undoSubscription) Work(ctx context.Context, job *river.Job[migration.UndoSubscriptionArgs]) error {
	return answer(w.rules.UndoSubscription(ctx, by(job.JobRow), job.Args.UndoID))
}

func (w *undoSubscription) Timeout(*river.Job[migration.UndoSubscriptionArgs]) time.Duration {
	return w.timeout
}

func (w *undoSubscription) NextRetry(job *river.Job[migration.UndoSubscriptionArgs]) time.Time {
	return nextRetry(job.Attempt)
}
