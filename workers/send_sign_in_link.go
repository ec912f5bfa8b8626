package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// sendSignInLink queues the email with a link where there is an account with the address that was asked for.
type sendSignInLink struct {
	river.WorkerDefaults[migration.SendSignInLinkArgs]
	rules *migration.Service
}

func (w *sendSignInLink) Work(ctx context.Context, job *river.Job[migration.SendSignInLinkArgs]) error {
	return answer(w.rules.SendSignInLink(ctx, by(job.JobRow), job.Args.RequestID))
}
