package migration_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// lifeCycle is one of the tables in status.go, without its types.
type lifeCycle struct {
	subject queries.EventSubject
	table   string
	column  string
	states  string // the enum's name in the database
	steps   map[string][]string
	// beside are what the row's own constraints want with a state, so that only the step is judged.
	beside string
}

func plain[S ~string](steps migration.Steps[S]) map[string][]string {
	out := map[string][]string{}
	for from, to := range steps {
		for _, one := range to {
			out[string(from)] = append(out[string(from)], string(one))
		}
	}
	return out
}

func lifeCycles() []lifeCycle {
	return []lifeCycle{
		{queries.EventSubjectInvitation, "invitations", "status", "invitation_status", plain(migration.InvitationSteps),
			`, email_sent_at = created_at, claimed_at = CASE WHEN $1::text = 'claimed' THEN created_at END,
			 reservation_id = CASE WHEN $1::text = 'claimed' THEN (SELECT id FROM reservations) END,
			 revoked_at = CASE WHEN $1::text = 'revoked' THEN created_at END`},
		{queries.EventSubjectSubmission, "submissions", "status", "submission_status", plain(migration.SubmissionSteps), ""},
		{queries.EventSubjectApproval, "approvals", "outcome", "approval_outcome", plain(migration.ApprovalSteps),
			", outcome_at = CASE WHEN $1::text <> 'pending' THEN decided_at END"},
		{queries.EventSubjectDelivery, "deliveries", "status", "delivery_status", plain(migration.DeliverySteps), ""},
		{queries.EventSubjectBatch, "batches", "state", "batch_state", plain(migration.BatchSteps), ", finished_at = NULL"},
		{queries.EventSubjectSubscription, "subscriptions", "status", "subscription_status", plain(migration.SubscriptionSteps), ""},
		{queries.EventSubjectLegacyMembership, "legacy_memberships", "state", "legacy_state", plain(migration.LegacySteps),
			`, cancelled_there_at = created_at, cancellation_by = CASE WHEN $1::text = 'recorded' THEN (SELECT min(id::text)::uuid FROM staff) END,
			 cancellation_recorded_at = CASE WHEN $1::text = 'recorded' THEN created_at END,
			 listed_state = CASE WHEN $1::text = 'recorded' THEN 'active'::legacy_state END,
			 cancellation_evidence = CASE WHEN $1::text = 'recorded' THEN 'letter' ELSE '' END`},
		{queries.EventSubjectEmailCorrection, "email_corrections", "state", "email_correction_state", plain(migration.EmailCorrectionSteps),
			`, decided_at = CASE WHEN $1::text <> 'pending' THEN requested_at END, reason = 'Because.',
			 decided_by = CASE WHEN $1::text IN ('accepted', 'declined') THEN (SELECT id FROM staff ORDER BY id LIMIT 1) END`},
		{queries.EventSubjectMethodChange, "method_changes", "state", "method_change_state", plain(migration.MethodChangeSteps),
			`, settled_at = CASE WHEN $1::text <> 'pending' THEN requested_at END, state_reason = 'Because.'`},
		{queries.EventSubjectSession, "sessions", "stage", "session_stage", plain(migration.SessionSteps), ""},
		{queries.EventSubjectCounterMigration, "counter_migrations", "step", "counter_step", plain(migration.CounterSteps),
			", submission_id = CASE WHEN $1::text = 'done' THEN (SELECT id FROM submissions) END"},
	}
}

func TestSteps(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Sent(t)
	sub := b.Approved(t, migration.NextMonth)
	require.NoError(t, b.change(t, sub, b.GivenMethod(t, sub, mastercard)))
	require.NoError(t, b.Rules.RequestEmailChange(t.Context(), testkit.SignedIn(sub.TenantID), "other@home.test"))
	b.legacy(t, b.Denver, nil, nil)
	session, err := b.Rules.OpenSession(t.Context(), testkit.By(b.Attendant), migration.Visit{LocationID: b.Denver.ID})
	require.NoError(t, err)
	_, err = b.Rules.StartCounterMigration(t.Context(), testkit.By(b.Attendant), session.ID)
	require.NoError(t, err)
	b.Exec(t, `UPDATE counter_migrations SET legacy_membership_id = (SELECT id FROM legacy_memberships), tenant_id = $1, card = 'on_file',
		stripe_setup_intent_id = 'seti_1'`, sub.TenantID)

	t.Run("TheDatabaseHasTheSameTable", func(t *testing.T) {
		want := []string{}
		for _, c := range lifeCycles() {
			for _, from := range slices.Sorted(maps.Keys(c.steps)) {
				for _, to := range c.steps[from] {
					want = append(want, fmt.Sprintf("%s %s %s", c.subject, from, to))
				}
			}
		}
		require.ElementsMatch(t, want, b.Strings(t, `SELECT subject || ' ' || from_status || ' ' || to_status FROM allowed_steps`))
	})

	for _, c := range lifeCycles() {
		t.Run("TheDatabaseRefusesEveryOtherStepOf"+strings.ToUpper(c.table[:1])+c.table[1:], func(t *testing.T) {
			states := b.Strings(t, `SELECT unnest(enum_range(NULL::`+c.states+`))::text`)
			require.GreaterOrEqual(t, len(states), 3)
			refused := 0
			for _, from := range states {
				for _, to := range states {
					if from == to {
						continue
					}
					err := step(t, b, c, from, to)
					if slices.Contains(c.steps[from], to) {
						require.NoError(t, err, "%s to %s", from, to)
						continue
					}
					var pgErr *pgconn.PgError
					require.ErrorAs(t, err, &pgErr, "%s to %s", from, to)
					require.Equal(t, "allowed_steps", pgErr.ConstraintName, "%s to %s: %v", from, to, err)
					refused++
				}
			}
			if c.subject != queries.EventSubjectLegacyMembership { // the old system may say anything after anything, and staff take back what they recorded
				require.Positive(t, refused)
			}
		})
	}
}

// step puts one row into a state behind the trigger's back, tries the step as the schema's owner, and undoes both.
func step(t *testing.T, b *bundle, c lifeCycle, from, to string) error {
	t.Helper()
	tx, err := b.DB.Owner.Begin(t.Context())
	require.NoError(t, err)
	defer func() { require.NoError(t, tx.Rollback(t.Context())) }()
	set := fmt.Sprintf(`UPDATE %s SET %s = $1::text::%s%s WHERE id = (SELECT id FROM %s ORDER BY id LIMIT 1)`, c.table, c.column, c.states, c.beside, c.table)
	exec(t, tx, `ALTER TABLE `+c.table+` DISABLE TRIGGER USER`)
	exec(t, tx, set, from)
	exec(t, tx, `SET CONSTRAINTS ALL IMMEDIATE`)
	exec(t, tx, `ALTER TABLE `+c.table+` ENABLE TRIGGER USER`)
	_, err = tx.Exec(t.Context(), set, to)
	return err
}

func exec(t *testing.T, tx pgx.Tx, sql string, args ...any) {
	t.Helper()
	_, err := tx.Exec(t.Context(), sql, args...)
	require.NoError(t, err, sql)
}

func TestStepsInGo(t *testing.T) {
	t.Parallel()
	require.True(t, migration.SubmissionSteps.Allows(queries.SubmissionStatusApproving, queries.SubmissionStatusReadyForApproval))
	require.False(t, migration.SubmissionSteps.Allows(queries.SubmissionStatusApproved, queries.SubmissionStatusReadyForApproval))
	require.True(t, migration.SubmissionSteps.Final(queries.SubmissionStatusUndone))
	require.False(t, migration.SubmissionSteps.Final(queries.SubmissionStatusApproved))
	reopen := map[queries.SubmissionStatus]bool{
		queries.SubmissionStatusBankVerificationFailed: true, queries.SubmissionStatusRejected: true,
		queries.SubmissionStatusMethodLost: true, queries.SubmissionStatusPaymentFailed: true,
	}
	for _, s := range queries.AllSubmissionStatusValues() {
		require.Equal(t, reopen[s], migration.ReopensLink(s), "%s", s)
	}
}
