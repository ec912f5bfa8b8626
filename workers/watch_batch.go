package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// watchBatch looks after a batch until it is finished.
type watchBatch struct {
	river.WorkerDefaults[migration.WatchBatchArgs]
	rules *migration.Service
}

func (w *watchBatch) Work(ctx context.Context, job *river.Job[migration.WatchBatchArgs]) error {
	return answer(w.rules.WatchBatch(ctx, by(job.JobRow), job.Args.BatchID))
}

func (w *watchBatch) NextRetry(job *river.Job[migration.WatchBatchArgs]) time.Time {
	return nextRetry(job.Attempt)
}
