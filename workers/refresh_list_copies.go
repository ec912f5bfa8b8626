package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// refreshListCopies lets what the list sorts and searches by follow a change.
type refreshListCopies struct {
	river.WorkerDefaults[migration.RefreshListCopiesArgs]
	rules *migration.Service
}

func (w *refreshListCopies) Work(ctx context.Context, job *river.Job[migration.RefreshListCopiesArgs]) error {
	return w.rules.RefreshListCopies(ctx, job.Args)
}

// NextRetry comes back soon: until then a list sorts by what was.
func (w *refreshListCopies) NextRetry(job *river.Job[migration.RefreshListCopiesArgs]) time.Time {
	return nextRetry(job.Attempt)
}
