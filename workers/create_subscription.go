package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// createSubscription makes the subscription of one approval.
type createSubscription struct {
	river.WorkerDefaults[migration.CreateSubscriptionArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *createSubscription) Work(ctx context.Context, job *river.Job[migration.CreateSubscriptionArgs]) error {
	return answer(w.rules.CreateSubscription(ctx, by(job.JobRow), job.Args.ApprovalID))
}

func (w *createSubscription) Timeout(*river.Job[migration.CreateSubscriptionArgs]) time.Duration {
	return w.timeout
}

func (w *createSubscription) NextRetry(job *river.Job[migration.CreateSubscriptionArgs]) time.Time {
	return nextRetry(job.Attempt)
}
