package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// lookForLostTexts finds texts of unknown end that are due to be looked up.
type lookForLostTexts struct {
	river.WorkerDefaults[migration.LookForLostTextsArgs]
	rules *migration.Service
}

func (w *lookForLostTexts) Work(ctx context.Context, _ *river.Job[migration.LookForLostTextsArgs]) error {
	return w.rules.LookForLostTexts(ctx)
}
