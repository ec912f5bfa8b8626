package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// pollBankVerification asks how one bank account's verification stands.
type pollBankVerification struct {
	river.WorkerDefaults[migration.PollBankVerificationArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *pollBankVerification) Work(ctx context.Context, job *river.Job[migration.PollBankVerificationArgs]) error {
	return answer(w.rules.PollBankVerification(ctx, by(job.JobRow), job.Args.SubmissionID))
}

func (w *pollBankVerification) Timeout(*river.Job[migration.PollBankVerificationArgs]) time.Duration {
	return w.timeout
}
