package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// sendCounterText hands one text that somebody at a counter waits for to the provider, once.
type sendCounterText struct {
	river.WorkerDefaults[migration.SendCounterTextArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *sendCounterText) Work(ctx context.Context, job *river.Job[migration.SendCounterTextArgs]) error {
	return answer(w.rules.SendCounterText(ctx, by(job.JobRow), job.Args.DeliveryID))
}

func (w *sendCounterText) Timeout(*river.Job[migration.SendCounterTextArgs]) time.Duration {
	return w.timeout
}

func (w *sendCounterText) NextRetry(job *river.Job[migration.SendCounterTextArgs]) time.Time {
	return nextRetry(job.Attempt)
}
