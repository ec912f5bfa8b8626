package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// sendText hands texts to the provider, each once.
type sendText struct {
	river.WorkerDefaults[migration.SendTextArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *sendText) Work(ctx context.Context, job *river.Job[migration.SendTextArgs]) error {
	return answer(w.rules.SendTexts(ctx, by(job.JobRow), job.Args.DeliveryIDs()))
}

func (w *sendText) Timeout(*river.Job[migration.SendTextArgs]) time.Duration {
	return w.timeout
}

func (w *sendText) NextRetry(job *river.Job[migration.SendTextArgs]) time.Time {
	return nextRetry(job.Attempt)
}
