package workers

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// purgeAccess forgets what is known of strangers' tries, and files that are done with.
type purgeAccess struct {
	river.WorkerDefaults[migration.PurgeAccessArgs]
	rules *migration.Service
}

func (w *purgeAccess) Work(ctx context.Context, _ *river.Job[migration.PurgeAccessArgs]) error {
	return errors.Join(w.rules.PurgeAccess(ctx), w.rules.ForgetUploads(ctx))
}
