package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// changePaymentMethod lets a subscription be paid with the method that its tenant gave last.
type changePaymentMethod struct {
	river.WorkerDefaults[migration.ChangePaymentMethodArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *changePaymentMethod) Work(ctx context.Context, job *river.Job[migration.ChangePaymentMethodArgs]) error {
	return answer(w.rules.SettleMethodChange(ctx, by(job.JobRow), job.Args.ChangeID))
}

func (w *changePaymentMethod) Timeout(*river.Job[migration.ChangePaymentMethodArgs]) time.Duration {
	return w.timeout
}

func (w *changePaymentMethod) NextRetry(job *river.Job[migration.ChangePaymentMethodArgs]) time.Time {
	return nextRetry(job.Attempt)
}
