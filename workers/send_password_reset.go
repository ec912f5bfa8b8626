package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// sendPasswordReset queues the mail with a link where somebody works here with the address that was asked for.
type sendPasswordReset struct {
	river.WorkerDefaults[migration.SendPasswordResetArgs]
	rules *migration.Service
}

func (w *sendPasswordReset) Work(ctx context.Context, job *river.Job[migration.SendPasswordResetArgs]) error {
	return answer(w.rules.SendPasswordReset(ctx, by(job.JobRow), job.Args.RequestID))
}
