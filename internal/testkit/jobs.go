package testkit

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
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
// themselves are tested in their package. A batch's watch is left out (see Watch): everything but its counts must come right without.
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
	rows, err := b.DB.Pool.Query(t.Context(), `SELECT id, kind, args FROM river_job WHERE finalized_at IS NULL AND kind <> 'watch_batch' ORDER BY id`)
	require.NoError(t, err)
	jobs, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (j Job, err error) {
		return j, row.Scan(&j.ID, &j.Kind, &j.Args)
	})
	require.NoError(t, err)
	return jobs
}

// Plan runs the jobs that turn what was sent into deliveries, as a worker does at once.
func (b *Bundle) Plan(t testing.TB) {
	t.Helper()
	for _, job := range b.Waiting(t) {
		if job.Kind == (migration.PlanBatchPartArgs{}).Kind() {
			require.NoError(t, Run(t.Context(), b.Rules, job))
			b.finish(t, job)
		}
	}
}

// Watch is one look of a batch's watch.
func (b *Bundle) Watch(t testing.TB, batch *queries.Batch) error {
	t.Helper()
	return b.Rules.WatchBatch(t.Context(), migration.SystemActor("job-of-watch"), batch.ID)
}

// Batch reads one as it stands.
func (b *Bundle) Batch(t testing.TB, batch *queries.Batch) *queries.Batch {
	t.Helper()
	row, err := b.Q.BatchGet(t.Context(), b.DB.Pool, batch.ID)
	require.NoError(t, err)
	return row
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
	case migration.ImportLegacyArgs{}.Kind():
		return rules.RunImport(ctx, by, read[migration.ImportLegacyArgs](job).BatchID)
	case migration.LookAtCardArgs{}.Kind():
		return rules.LookAtCard(ctx, by, read[migration.LookAtCardArgs](job).SessionID)
	case migration.SendCounterTextArgs{}.Kind():
		return rules.SendCounterText(ctx, by, read[migration.SendCounterTextArgs](job).DeliveryID)
	case migration.PlanBatchPartArgs{}.Kind():
		args := read[migration.PlanBatchPartArgs](job)
		return rules.PlanBatchPart(ctx, by, args.BatchID, args.Part)
	case migration.WatchBatchArgs{}.Kind():
		args := read[migration.WatchBatchArgs](job)
		return rules.WatchBatch(ctx, by, args.BatchID)
	case migration.SendEmailBatchArgs{}.Kind():
		args := read[migration.SendEmailBatchArgs](job)
		return rules.SendEmailBatch(ctx, by, args.ChunkID)
	case migration.SendTextArgs{}.Kind():
		return rules.SendTexts(ctx, by, read[migration.SendTextArgs](job).DeliveryIDs())
	case migration.ReconcileDeliveryArgs{}.Kind():
		args := read[migration.ReconcileDeliveryArgs](job)
		return rules.ReconcileDelivery(ctx, by, args.DeliveryID)
	case migration.LookForLostTextsArgs{}.Kind():
		return rules.LookForLostTexts(ctx)
	case migration.CreateSubscriptionArgs{}.Kind():
		args := read[migration.CreateSubscriptionArgs](job)
		return rules.CreateSubscription(ctx, by, args.ApprovalID)
	case migration.UndoSubscriptionArgs{}.Kind():
		args := read[migration.UndoSubscriptionArgs](job)
		return rules.UndoSubscription(ctx, by, args.UndoID)
	case migration.LookForUndosArgs{}.Kind():
		return rules.LookForUndos(ctx)
	case migration.NotifyStaffContactArgs{}.Kind():
		args := read[migration.NotifyStaffContactArgs](job)
		return rules.NotifyStaffContact(ctx, by, args.SubmissionID)
	case migration.LookForBankVerificationsArgs{}.Kind():
		return rules.LookForBankVerifications(ctx, read[migration.LookForBankVerificationsArgs](job).Cause)
	case migration.PollBankVerificationArgs{}.Kind():
		args := read[migration.PollBankVerificationArgs](job)
		return rules.PollBankVerification(ctx, by, args.SubmissionID)
	case migration.SendSignInLinkArgs{}.Kind():
		args := read[migration.SendSignInLinkArgs](job)
		return rules.SendSignInLink(ctx, by, args.RequestID)
	case migration.SendPasswordResetArgs{}.Kind():
		args := read[migration.SendPasswordResetArgs](job)
		return rules.SendPasswordReset(ctx, by, args.RequestID)
	case migration.SendStaffLinkArgs{}.Kind():
		args := read[migration.SendStaffLinkArgs](job)
		return rules.SendStaffLink(ctx, by, args.LinkID)
	case migration.TellCustomersArgs{}.Kind():
		args := read[migration.TellCustomersArgs](job)
		return rules.TellCustomers(ctx, args.TenantID)
	case migration.ChangePaymentMethodArgs{}.Kind():
		args := read[migration.ChangePaymentMethodArgs](job)
		return rules.SettleMethodChange(ctx, by, args.ChangeID)
	case migration.LookForSubscriptionsArgs{}.Kind():
		return rules.LookForSubscriptions(ctx)
	case migration.SyncSubscriptionArgs{}.Kind():
		return rules.SyncSubscription(ctx, by, read[migration.SyncSubscriptionArgs](job).SubscriptionID)
	case migration.CheckPaymentMethodArgs{}.Kind():
		return rules.CheckPaymentMethod(ctx, by, read[migration.CheckPaymentMethodArgs](job).SubmissionID)
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
