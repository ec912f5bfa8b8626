package workers

import (
	"context"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// lookForBankVerifications finds bank accounts that are due to be asked about.
type lookForBankVerifications struct {
	river.WorkerDefaults[migration.LookForBankVerificationsArgs]
	rules *migration.Service
}

func (w *lookForBankVerifications) Work(ctx context.Context, job *river.Job[migration.LookForBankVerificationsArgs]) error {
	return w.rules.LookForBankVerifications(ctx, job.Args.Cause)
}
