package workers

import (
	"context"
	"time"

	"github.com/riverqueue/river"

	"carryover/migration"
)

// lookAtCard looks what became of a card that is asked for at a counter.
type lookAtCard struct {
	river.WorkerDefaults[migration.LookAtCardArgs]
	rules   *migration.Service
	timeout time.Duration
}

func (w *lookAtCard) Work(ctx context.Context, job *river.Job[migration.LookAtCardArgs]) error {
	return w.rules.LookAtCard(ctx, by(job.JobRow), job.Args.SessionID)
}

func (w *lookAtCard) Timeout(*river.Job[migration.LookAtCardArgs]) time.Duration {
	return w.timeout
}
