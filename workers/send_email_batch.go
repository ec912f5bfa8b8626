package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// sendEmailBatch hands one chunk of emails to the provider.
type sendEmailBatch struct {
	river.WorkerDefaults[migration.SendEmailBatchArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *sendEmailBatch) Work(ctx context.Context, job *river.Job[migration.SendEmailBatchArgs]) error {
	return answer(w.rules.SendEmailBatch(ctx, by(job.JobRow), job.Args.ChunkID))
}

func (w *sendEmailBatch) Timeout(*river.Job[migration.SendEmailBatchArgs]) time.Duration {
	return w.timeout
}

func (w *sendEmailBatch) NextRetry(job *river.Job[migration.SendEmailBatchArgs]) time.Time {
	return nextRetry(job.Attempt)
}
