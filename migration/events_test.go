package migration_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// TestNothingHappensUntold takes the right to tell away: whatever then still happened would have happened in silence.
func TestNothingHappensUntold(t *testing.T) {
	t.Parallel()
	for name, prepare := range map[string]func(t *testing.T, b *bundle) (verb func() error){
		"Inviting": func(t *testing.T, b *bundle) func() error {
			return func() error {
				_, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Manager), b.Draft())
				return err
			}
		},
		"Sending": func(t *testing.T, b *bundle) func() error {
			inv := b.Invited(t)
			return func() error {
				_, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), testkit.SendRequest("k", inv))
				return err
			}
		},
		"Freezing": func(t *testing.T, b *bundle) func() error {
			b.queued(t)
			return func() error { return b.workOne(t) }
		},
		"Opening": func(t *testing.T, b *bundle) func() error {
			token := b.Token(t, b.Invited(t))
			return func() error {
				_, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, token, queries.MessageLanguageEn)
				return err
			}
		},
		"Submitting": func(t *testing.T, b *bundle) func() error {
			inv, a := claiming(t, b)
			return func() error { _, err := b.submit(t, inv, a); return err }
		},
		"Approving": func(t *testing.T, b *bundle) func() error {
			sub := b.Claimed(t, testkit.Visa)
			req := b.Decision(t, sub, migration.CurrentMonth)
			return func() error {
				_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), req)
				return err
			}
		},
		"RecordingASubscription": func(t *testing.T, b *bundle) func() error {
			b.decided(t, testkit.Visa, migration.CurrentMonth)
			return func() error { return b.Work(t)[0].Err }
		},
		"RecordingADecline": func(t *testing.T, b *bundle) func() error {
			b.decided(t, testkit.NoFunds, migration.CurrentMonth)
			return func() error { return b.Work(t)[0].Err }
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			verb := prepare(t, b)
			before := b.everyState(t)
			b.allow(t, `REVOKE INSERT ON events FROM carryover_app`)
			require.ErrorContains(t, verb(), "insert event")
			require.Equal(t, before, b.everyState(t))
			b.allow(t, `GRANT INSERT ON events TO carryover_app`)
			require.NoError(t, verb(), "and with it, it happens")
			require.NotEqual(t, before, b.everyState(t))
			b.RequireStories(t)
		})
	}
}

func (b *bundle) allow(t *testing.T, sql string) {
	t.Helper()
	_, err := b.DB.Owner.Exec(t.Context(), sql)
	require.NoError(t, err)
}

// everyState is the state of every row and the jobs that wait. When a provider was called is evidence and not a state.
func (b *bundle) everyState(t *testing.T) []string {
	t.Helper()
	return b.Strings(t, `
		SELECT 'invitation ' || id || status || (opened_at IS NULL) || (email_sent_at IS NULL) FROM invitations
		UNION ALL SELECT 'submission ' || id || status FROM submissions
		UNION ALL SELECT 'reservation ' || id FROM reservations
		UNION ALL SELECT 'approval ' || id || outcome FROM approvals
		UNION ALL SELECT 'subscription ' || id || status FROM subscriptions
		UNION ALL SELECT 'delivery ' || id || status FROM deliveries
		UNION ALL SELECT 'batch ' || id || (finished_at IS NULL) FROM batches
		UNION ALL SELECT 'tenant ' || id || (activated_at IS NULL) FROM tenants
		UNION ALL SELECT 'job ' || id FROM river_job
		UNION ALL SELECT 'event ' || id FROM events ORDER BY 1`)
}

// noJobs is a job table that takes nothing.
type noJobs struct{}

func (noJobs) InsertTx(context.Context, pgx.Tx, river.JobArgs, *river.InsertOpts) (*rivertype.JobInsertResult, error) {
	return nil, errors.New("the job table is gone")
}

func TestNothingIsPromisedWithoutItsJob(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	sub := b.Claimed(t, testkit.Visa)
	req := b.Decision(t, sub, migration.CurrentMonth)
	jobless := b.Service(t, func(o *migration.Options) { o.Jobs = noJobs{} })
	before := b.everyState(t)
	_, err := jobless.SendInvitations(t.Context(), testkit.By(b.Manager), testkit.SendRequest("k", inv))
	require.ErrorContains(t, err, "insert 2 jobs plan_batch_part")
	_, err = jobless.ApproveSubmission(t.Context(), testkit.By(b.Manager), req)
	require.ErrorContains(t, err, "insert job create_subscription")
	require.Equal(t, before, b.everyState(t))
}

func (noJobs) InsertManyFastTx(context.Context, pgx.Tx, []river.InsertManyParams) (int, error) {
	return 0, errors.New("the job table is gone")
}

// TestWhoDidIt reads a whole case's history as an auditor would.
func TestWhoDidIt(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Sent(t)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	b.Decided(t, sub, migration.CurrentMonth)
	b.MustWork(t)
	told := b.Strings(t, `SELECT subject_kind || ' ' || action || ' by ' || actor_kind || ' ' || coalesce(s.name, t.name, '-') || ': ' || before || ' > ' || after
		FROM events e LEFT JOIN staff s ON s.id = e.actor_id LEFT JOIN tenants t ON t.id = e.actor_id ORDER BY e.id`)
	require.Equal(t, []string{
		"invitation created by staff Ada Admin:  > pending",
		"batch started by staff Max Manager:  > running",
		"delivery queued by system -:  > queued",
		"delivery frozen by system -: queued > sending",
		"delivery accepted by system -: sending > accepted",
		"invitation sent by system -: pending > sent",
		"batch finished by system -: running > finished",
		"invitation opened by tenant Tess Tenant: sent > sent",
		"invitation started by tenant Tess Tenant: sent > sent",
		"reservation created by tenant Tess Tenant:  > ",
		"submission submitted by tenant Tess Tenant:  > ready_for_approval",
		"invitation claimed by tenant Tess Tenant: sent > claimed",
		"tenant activated by tenant Tess Tenant:  > ",
		"submission approving by staff Ada Admin: ready_for_approval > approving",
		"approval decided by staff Ada Admin:  > pending",
		"approval approved by system -: pending > approved",
		"submission approved by system -: approving > approved",
		"subscription created by system -:  > active",
		"delivery queued by system -:  > queued",
		"delivery frozen by system -: queued > sending",
		"delivery accepted by system -: sending > accepted",
	}, told)
	requests := b.Strings(t, `SELECT DISTINCT regexp_replace(request_id, '[0-9]+', 'N') FROM events ORDER BY 1`)
	require.Equal(t, []string{"job-N", "req-of-Ada Admin", "req-of-Max Manager", "req-of-tenant"}, requests)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM events WHERE detail::text ~ '(_secret_|k1\.)'`))
}
