package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// purgeAccess forgets what is known of strangers' tries.
type purgeAccess struct {
	river.WorkerDefaults[migration.PurgeAccessArgs]
	rules *migration.Service
}

func (w *purgeAccess) Work(ctx context.Context, _ *river.Job[migration.PurgeAccessArgs]) error {
	return w.rules.PurgeAccess(ctx)
}
