package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// tellCustomers tells Stripe the name and address of a tenant.
type tellCustomers struct {
	river.WorkerDefaults[migration.TellCustomersArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *tellCustomers) Work(ctx context.Context, job *river.Job[migration.TellCustomersArgs]) error {
	return answer(w.rules.TellCustomers(ctx, job.Args.TenantID))
}

func (w *tellCustomers) Timeout(*river.Job[migration.TellCustomersArgs]) time.Duration {
	return w.timeout
}

func (w *tellCustomers) NextRetry(job *river.Job[migration.TellCustomersArgs]) time.Time {
	return nextRetry(job.Attempt)
}
