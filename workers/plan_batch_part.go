package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// planBatchPart turns one part of a batch into rows, deliveries and jobs.
type planBatchPart struct {
	river.WorkerDefaults[migration.PlanBatchPartArgs]
	rules *migration.Service
}

func (w *planBatchPart) Work(ctx context.Context, job *river.Job[migration.PlanBatchPartArgs]) error {
	return answer(w.rules.PlanBatchPart(ctx, by(job.JobRow), job.Args.BatchID, job.Args.Part))
}

func (w *planBatchPart) NextRetry(job *river.Job[migration.PlanBatchPartArgs]) time.Time {
	return nextRetry(job.Attempt)
}
