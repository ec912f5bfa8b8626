package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// lookForSubscriptions finds subscriptions and payment methods that are due to be read again.
type lookForSubscriptions struct {
	river.WorkerDefaults[migration.LookForSubscriptionsArgs]
	rules *migration.Service
}

func (w *lookForSubscriptions) Work(ctx context.Context, _ *river.Job[migration.LookForSubscriptionsArgs]) error {
	return w.rules.LookForSubscriptions(ctx)
}
