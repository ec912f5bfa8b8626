package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// syncSubscription reads one subscription from Stripe.
type syncSubscription struct {
	river.WorkerDefaults[migration.SyncSubscriptionArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *syncSubscription) Work(ctx context.Context, job *river.Job[migration.SyncSubscriptionArgs]) error {
	return answer(w.rules.SyncSubscription(ctx, by(job.JobRow), job.Args.SubscriptionID))
}

func (w *syncSubscription) Timeout(*river.Job[migration.SyncSubscriptionArgs]) time.Duration {
	return w.timeout
}
