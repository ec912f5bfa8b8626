package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// checkPaymentMethod looks whether the payment method of one submission can still be charged.
type checkPaymentMethod struct {
	river.WorkerDefaults[migration.CheckPaymentMethodArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *checkPaymentMethod) Work(ctx context.Context, job *river.Job[migration.CheckPaymentMethodArgs]) error {
	return answer(w.rules.CheckPaymentMethod(ctx, by(job.JobRow), job.Args.SubmissionID))
}

func (w *checkPaymentMethod) Timeout(*river.Job[migration.CheckPaymentMethodArgs]) time.Duration {
	return w.timeout
}
