package testkit

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/migration"
)

// Job is one row of River's table and what became of running it.
type Job struct {
	ID   int64
	Kind string
	Args []byte
	Err  error
}

// Work runs every job that waits, whenever it was meant to run, and those that come of them, each once and by hand: a test
// sees what each answered. What went well is done; what answered *Later or failed waits for the next call. The workers
// themselves are tested in their package.
func (b *Bundle) Work(t testing.TB) []Job {
	t.Helper()
	var ran []Job
	seen := map[int64]bool{}
	for {
		found := false
		for _, job := range b.Waiting(t) {
			if seen[job.ID] {
				continue
			}
			seen[job.ID], found = true, true
			job.Err = Run(t.Context(), b.Rules, job)
			if job.Err == nil {
				b.finish(t, job)
			}
			ran = append(ran, job)
		}
		if !found {
			return ran
		}
	}
}

// MustWork runs what waits and wants all of it done.
func (b *Bundle) MustWork(t testing.TB) {
	t.Helper()
	for _, job := range b.Work(t) {
		require.NoError(t, job.Err, "%s %s", job.Kind, job.Args)
	}
}

// Waiting are the jobs that are not done, oldest first.
func (b *Bundle) Waiting(t testing.TB) []Job {
	t.Helper()
	rows, err := b.DB.Pool.Query(t.Context(), `SELECT id, kind, args FROM river_job WHERE finalized_at IS NULL ORDER BY id`)
	require.NoError(t, err)
	jobs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (j Job, err error) {
		return j, row.Scan(&j.ID, &j.Kind, &j.Args)
	})
	require.NoError(t, err)
	return jobs
}

func (b *Bundle) finish(t testing.TB, job Job) {
	t.Helper()
	_, err := b.DB.Pool.Exec(t.Context(), `UPDATE river_job SET state = 'completed', finalized_at = now() WHERE id = $1`, job.ID)
	require.NoError(t, err)
}

// Run does what a worker does with a job.
func Run(ctx context.Context, rules *migration.Service, job Job) error {
	by := migration.SystemActor(fmt.Sprintf("job-%d", job.ID))
	switch job.Kind {
	case migration.SendEmailBatchArgs{}.Kind():
		args := read[migration.SendEmailBatchArgs](job)
		return rules.SendEmailBatch(ctx, by, args.ChunkID)
	case migration.CreateSubscriptionArgs{}.Kind():
		args := read[migration.CreateSubscriptionArgs](job)
		return rules.CreateSubscription(ctx, by, args.ApprovalID)
	case migration.NotifyStaffContactArgs{}.Kind():
		args := read[migration.NotifyStaffContactArgs](job)
		return rules.NotifyStaffContact(ctx, by, args.SubmissionID)
	case migration.LookForBankVerificationsArgs{}.Kind():
		return rules.LookForBankVerifications(ctx)
	case migration.PollBankVerificationArgs{}.Kind():
		args := read[migration.PollBankVerificationArgs](job)
		return rules.PollBankVerification(ctx, by, args.SubmissionID)
	case migration.RefreshListCopiesArgs{}.Kind():
		return rules.RefreshListCopies(ctx, read[migration.RefreshListCopiesArgs](job))
	}
	return fmt.Errorf("testkit knows no job %q", job.Kind)
}

func read[T any](job Job) (args T) {
	if err := json.Unmarshal(job.Args, &args); err != nil {
		panic(fmt.Sprintf("args of job %d: %v", job.ID, err))
	}
	return args
}
