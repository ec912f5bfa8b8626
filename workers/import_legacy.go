package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// importLegacy takes the rows of one file of the old system.
type importLegacy struct {
	river.WorkerDefaults[migration.ImportLegacyArgs]
	rules *migration.Service
}

func (w *importLegacy) Work(ctx context.Context, job *river.Job[migration.ImportLegacyArgs]) error {
	return answer(w.rules.RunImport(ctx, by(job.JobRow), job.Args.BatchID))
}

func (w *importLegacy) NextRetry(job *river.Job[migration.ImportLegacyArgs]) time.Time {
	return nextRetry(job.Attempt)
}
