package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// lookForUndos finds approvals that are being taken back and are due to be looked at again.
type lookForUndos struct {
	river.WorkerDefaults[migration.LookForUndosArgs]
	rules *migration.Service
}

func (w *lookForUndos) Work(ctx context.Context, _ *river.Job[migration.LookForUndosArgs]) error {
	return w.rules.LookForUndos(ctx)
}
