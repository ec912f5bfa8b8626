package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// notifyStaffContact queues the email that tells a location's contact of an approval.
type notifyStaffContact struct {
	river.WorkerDefaults[migration.NotifyStaffContactArgs]
	rules *migration.Service
}

func (w *notifyStaffContact) Work(ctx context.Context, job *river.Job[migration.NotifyStaffContactArgs]) error {
	return answer(w.rules.NotifyStaffContact(ctx, by(job.JobRow), job.Args.SubmissionID))
}
