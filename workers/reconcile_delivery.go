package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// reconcileDelivery asks the provider what became of one message whose answer was lost.
type reconcileDelivery struct {
	river.WorkerDefaults[migration.ReconcileDeliveryArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *reconcileDelivery) Work(ctx context.Context, job *river.Job[migration.ReconcileDeliveryArgs]) error {
	return answer(w.rules.ReconcileDelivery(ctx, by(job.JobRow), job.Args.DeliveryID))
}

func (w *reconcileDelivery) Timeout(*river.Job[migration.ReconcileDeliveryArgs]) time.Duration {
	return w.timeout
}
