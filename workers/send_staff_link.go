package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// sendStaffLink hands the mail with one link to the provider.
type sendStaffLink struct {
	river.WorkerDefaults[migration.SendStaffLinkArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *sendStaffLink) Work(ctx context.Context, job *river.Job[migration.SendStaffLinkArgs]) error {
	return answer(w.rules.SendStaffLink(ctx, by(job.JobRow), job.Args.LinkID))
}

func (w *sendStaffLink) Timeout(*river.Job[migration.SendStaffLinkArgs]) time.Duration {
	return w.timeout
}

func (w *sendStaffLink) NextRetry(job *river.Job[migration.SendStaffLinkArgs]) time.Time {
	return nextRetry(job.Attempt)
}
