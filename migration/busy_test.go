package migration_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/postgres"
	"carryover/queries"
)

const oneOfTheList = "id,name,email,phone,plate,plan,price,discount,discount ends,next billing date,billing day,status,ends\n" +
	"1,Held Hanna,hanna@home.test,,AAA 111,Unlimited,39.00,,,2026-04-05,,active,\n"

// ofTheList is an invitation of a membership of the old list.
func (b *bundle) ofTheList(t *testing.T) (*queries.Invitation, uuid.UUID) {
	t.Helper()
	_, row := b.imported(t, oneOfTheList)
	_, err := b.Rules.MapLegacyPlan(t.Context(), testkit.By(b.Manager), migration.LegacyPlanMapping{SourceID: row.SourceID, PlanName: "Unlimited", PlanID: &b.Wash.ID})
	require.NoError(t, err)
	_, err = b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), migration.FromLegacyRequest{Filter: everybody(b), ExpectedCount: 1, ClientKey: "of the list"})
	require.NoError(t, err)
	b.MustWork(t)
	id := b.Strings(t, `SELECT id::text FROM invitations`)
	require.Len(t, id, 1)
	return b.Invitation(t, uuid.MustParse(id[0])), b.legacyIDs(t, "1")[0]
}

// impatient are rules whose transactions wait for a lock for a moment, and whose requests are given so long.
func (b *bundle) impatient(t *testing.T, request time.Duration) *migration.Service {
	t.Helper()
	pool, err := postgres.Open(t.Context(), b.DB.URLWith(t, map[string]string{"lock_timeout": "200ms"}), postgres.PoolOptions{MaxConns: 4})
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	rules := b.Service(t, func(o *migration.Options) { o.Pool = pool })
	rules.HoldOut(request)
	return rules
}

// hold holds a membership as long as a piece of an import that writes it.
func (b *bundle) hold(t *testing.T, membership uuid.UUID) pgx.Tx {
	t.Helper()
	tx, err := b.DB.Pool.Begin(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { _ = tx.Rollback(t.Context()) })
	_, err = tx.Exec(t.Context(), `SELECT FROM legacy_memberships WHERE id = $1 FOR NO KEY UPDATE`, membership)
	require.NoError(t, err)
	return tx
}

// waitForLocks are the transactions that wait for what another holds.
func (b *bundle) waitForLocks(t *testing.T) []string {
	t.Helper()
	return b.Strings(t, `SELECT DISTINCT w.virtualtransaction FROM pg_locks w WHERE NOT w.granted AND EXISTS (
		SELECT FROM pg_locks l WHERE l.pid = w.pid AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())) ORDER BY 1`)
}

// TestAClaimWaitsForItsMembership: a tenant who completes a link while an import holds the membership is not told of it.
func TestAClaimWaitsForItsMembership(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv, membership := b.ofTheList(t)
	a := b.Acceptance(t, inv, testkit.Visa)
	rules := b.impatient(t, time.Minute)
	tx := b.hold(t, membership)
	claimed := make(chan error, 1)
	go func() {
		_, err := rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), a)
		claimed <- err
	}()
	var first []string
	until(t, func() bool { first = b.waitForLocks(t); return len(first) == 1 }, "the claim does not wait")
	until(t, func() bool { now := b.waitForLocks(t); return len(now) == 1 && now[0] != first[0] }, "it is not tried again")
	require.NoError(t, tx.Commit(t.Context()))
	require.NoError(t, <-claimed)
	require.Equal(t, queries.InvitationStatusClaimed, b.Invitation(t, inv.ID).Status)
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM reservations r JOIN legacy_memberships l ON l.id = r.legacy_membership_id AND l.migrated`))
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM submissions`))
	b.RequireStories(t)
}

// TestAClaimOfWhatIsHeldForLong is refused in words, with nothing half done, and goes through afterwards.
func TestAClaimOfWhatIsHeldForLong(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv, membership := b.ofTheList(t)
	a := b.Acceptance(t, inv, testkit.Visa)
	rules := b.impatient(t, time.Second)
	tx := b.hold(t, membership)
	events := b.Count(t, `SELECT count(*) FROM events`)
	for range 2 {
		_, err := rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), a)
		requireRefused(t, err, "BUSY")
		refusals, _ := migration.RefusalsIn(err)
		require.Equal(t, 5, *refusals[0].RetryAfter)
		require.Contains(t, refusals[0].Message, "Try again in a moment")
	}
	require.Equal(t, events, b.Count(t, `SELECT count(*) FROM events`))
	require.Zero(t, b.Count(t, `SELECT (SELECT count(*) FROM reservations) + (SELECT count(*) FROM submissions) + (SELECT count(*) FROM quote_lines)`))
	require.Equal(t, inv.Status, b.Invitation(t, inv.ID).Status)
	require.Empty(t, b.Work(t))
	require.NoError(t, tx.Commit(t.Context()))
	b.Submit(t, inv, a)
	b.RequireStories(t)
}

// TestABusyRequestAnswersInItsTime: whatever is tried again ends before the request does.
func TestABusyRequestAnswersInItsTime(t *testing.T) {
	t.Parallel()
	rules := migration.New(migration.Options{})
	now := time.Now()
	require.Equal(t, now.Add(25*time.Second), rules.HoldsOutUntil(t.Context(), now))
	for left, want := range map[time.Duration]time.Duration{30 * time.Second: 25 * time.Second, 10 * time.Second: 8 * time.Second, time.Second: -time.Second} {
		ctx, cancel := context.WithDeadline(t.Context(), now.Add(left))
		require.Equal(t, now.Add(want), rules.HoldsOutUntil(ctx, now), left)
		cancel()
	}
}

// TestAnApprovalWaitsForItsMembership: the subscription exists at Stripe when what it carries over is held. There is one, and it is recorded.
func TestAnApprovalWaitsForItsMembership(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv, membership := b.ofTheList(t)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	b.Decided(t, sub, migration.NextMonth)
	rules := b.impatient(t, time.Second)
	tx := b.hold(t, membership)
	for _, job := range b.Waiting(t) {
		if job.Kind != (migration.CreateSubscriptionArgs{}).Kind() {
			continue
		}
		for range 2 {
			err := testkit.Run(t.Context(), rules, job)
			require.True(t, migration.IsBusy(err), "%v", err)
		}
	}
	require.Equal(t, queries.SubmissionStatusApproving, b.Submission(t, sub.ID).Status)
	require.NoError(t, tx.Commit(t.Context()))
	b.MustWork(t)
	require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	requireOne(t, b, sub)
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM legacy_memberships WHERE migrated AND approved_here`))
}

// TestAClaimAndTheListWaitInOneOrder: many are invited of the list, one of whom is at that moment completing a link of another membership of
// the same list. Neither is given up for the other.
func TestAClaimAndTheListWaitInOneOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv, held := b.ofTheList(t)
	_, row := b.imported(t, oneOfTheList+"2,Held Hanna,hanna@home.test,,BBB 222,Unlimited,39.00,,,2026-04-05,,active,\n")
	require.Equal(t, 1, row.CreatedRows)
	a := b.Acceptance(t, inv, testkit.Visa)
	batch, err := b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), migration.FromLegacyRequest{
		IDs: []uuid.UUID{held, b.legacyIDs(t, "2")[0]}, WithDuplicates: true, ExpectedCount: 2, ClientKey: "both"})
	require.NoError(t, err)
	rules := b.patient(t)
	tx := b.hold(t, held)
	planned, claimed := make(chan error, 1), make(chan error, 1)
	go func() { planned <- rules.PlanBatchPart(t.Context(), migration.SystemActor("job"), batch.ID, 0) }()
	until(t, func() bool { return len(b.waitForLocks(t)) == 1 }, "the list does not wait")
	go func() {
		_, err := rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), a)
		claimed <- err
	}()
	until(t, func() bool { return len(b.waitForLocks(t)) == 2 }, "the claim does not wait")
	require.NoError(t, tx.Commit(t.Context()))
	require.NoError(t, <-planned)
	require.NoError(t, <-claimed)
	require.NotContains(t, b.Log.Text(), "others were in the way")
	require.Equal(t, []string{"1 ALREADY_INVITED", "2 "}, b.Strings(t, `SELECT l.source_id || ' ' || i.reason FROM batch_items i
		JOIN legacy_memberships l ON l.id = i.legacy_membership_id WHERE i.batch_id = $1 ORDER BY l.source_id`, batch.ID))
	require.Equal(t, 1, b.Count(t, `SELECT count(DISTINCT tenant_id) FROM invitations`))
	b.RequireStories(t)
}

func TestOnlyWhatPassesIsBusy(t *testing.T) {
	t.Parallel()
	for code, busy := range map[string]bool{"55P03": true, "40P01": true, "57014": false, "23505": false} {
		require.Equal(t, busy, migration.IsBusy(&pgconn.PgError{Code: code}), code)
	}
	require.False(t, migration.IsBusy(errors.New("55P03")))
	require.False(t, migration.IsBusy(nil))
}
