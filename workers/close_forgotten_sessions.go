package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// closeForgottenSessions closes sessions at counters that nobody has closed.
type closeForgottenSessions struct {
	river.WorkerDefaults[migration.CloseForgottenSessionsArgs]
	rules *migration.Service
}

func (w *closeForgottenSessions) Work(ctx context.Context, job *river.Job[migration.CloseForgottenSessionsArgs]) error {
	return w.rules.CloseForgottenSessions(ctx, by(job.JobRow))
}
