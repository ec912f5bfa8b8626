package migration_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// worklistFromFacts is the worklist read from the reservations and submissions alone, as schema step 0036 had it.
const worklistFromFacts = `SELECT concat_ws(' ', l.source_id, l.location_id, l.next_billing_key, r.id, s.status_changed_at)
	FROM reservations r
	JOIN submissions s ON s.id = r.current_submission_id AND s.status = 'approved'
	JOIN legacy_memberships l ON l.id = r.legacy_membership_id
	WHERE r.legacy_membership_id IS NOT NULL AND l.state NOT IN ('cancelled', 'recorded')
		AND (r.live OR NOT EXISTS (SELECT FROM reservations o JOIN submissions os ON os.id = o.current_submission_id AND os.status = 'approved'
			WHERE o.legacy_membership_id = r.legacy_membership_id AND (o.live OR o.id > r.id)))
	ORDER BY 1`

// requireLegacyCopies holds what stands beside each membership against the facts.
func (b *bundle) requireLegacyCopies(t *testing.T, after string) {
	t.Helper()
	require.Empty(t, b.Strings(t, `SELECT concat_ws(' ', l.source_id, l.migrated, l.approved_here, l.cancelled_there) FROM legacy_memberships l
		WHERE l.migrated <> EXISTS (SELECT FROM reservations r WHERE r.legacy_membership_id = l.id AND r.live)
			OR l.approved_here <> EXISTS (SELECT FROM reservations r JOIN submissions s ON s.id = r.current_submission_id AND s.status = 'approved'
				WHERE r.legacy_membership_id = l.id)
			OR l.cancelled_there <> (l.state IN ('cancelled', 'recorded'))`), after)
	require.Equal(t, b.Strings(t, worklistFromFacts), b.Strings(t, `SELECT concat_ws(' ', l.source_id, w.location_id, w.next_billing_key, w.reservation_id, w.approved_at)
		FROM legacy_worklist w JOIN legacy_memberships l ON l.id = w.legacy_membership_id ORDER BY 1`), after)
	n, err := b.Q.LegacyWorkCount(t.Context(), b.DB.Pool, queries.LegacyWorkCountParams{StaffID: b.Admin.ID, LocationIds: []uuid.UUID{}})
	require.NoError(t, err)
	require.Len(t, b.Strings(t, worklistFromFacts), n, after)
}

// What stands beside a membership is what the facts say, whatever changes them.
func TestCopiesOfWhatBecameOfAMembership(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mapped(t)
	id, other := b.legacyIDs(t, "14")[0], b.legacyIDs(t, "9")[0]
	offer := func(d *migration.InvitationDraft) { d.PlanID, d.AnchorDay, d.LegacyMembershipID = b.Wash.ID, 1, &id }
	state := func(want string) {
		t.Helper()
		require.Equal(t, []string{want}, b.Strings(t, `SELECT concat_ws(' ', migrated, approved_here) FROM legacy_memberships WHERE id = $1`, id))
	}
	act := func(after, want string, do func()) {
		t.Helper()
		do()
		b.requireLegacyCopies(t, after)
		state(want)
	}
	says := func(state string) {
		b.imported(t, strings.Replace(members, "2026-04-05,,,past due", "2026-04-05,,,"+state, 1))
	}
	record := func() {
		_, err := b.Rules.RecordLegacyCancellation(t.Context(), testkit.By(b.Manager), migration.LegacyCancellation{ID: id, Evidence: "ticket 7"})
		require.NoError(t, err)
	}
	var first, second, third *queries.Submission
	act("import", "f f", func() {})
	act("declined", "t f", func() {
		first = b.Claimed(t, testkit.NoFunds, offer)
		b.Decided(t, first, migration.CurrentMonth)
		b.MustWork(t)
	})
	act("given up", "f f", func() {
		b.Exec(t, `UPDATE reservations SET ended_at = $2 WHERE id = $1`, first.ReservationID, b.Clock.Now())
	})
	act("claimed", "t f", func() { second = b.Claimed(t, testkit.Visa, offer) })
	act("approved", "t t", func() { b.Decided(t, second, migration.NextMonth); b.MustWork(t) })
	act("cancelled in a file", "t t", func() { says("cancelled") })
	act("live again in a file", "t t", func() { says("active") })
	act("cancellation recorded", "t t", record)
	act("taken back", "t t", func() {
		_, err := b.Rules.TakeBackLegacyCancellation(t.Context(), testkit.By(b.Manager), id, "another customer's")
		require.NoError(t, err)
	})
	act("subscription ended", "f t", func() { b.cancelAtStripe(t, second); b.LookAfter(t) })
	act("approved anew", "t t", func() {
		third = b.Approved(t, migration.NextMonth)
		b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, third.ReservationID, id)
	})
	act("approval taken back", "f t", func() { b.takeBack(t, third); b.MustWork(t); b.LookAfter(t) })
	act("of another membership", "f f", func() {
		b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, second.ReservationID, other)
	})
	require.Len(t, b.worklist(t), 1)
}

// Of two that change what became of one membership at once, the second sees what the first has done.
func TestCopiesOfTwoAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.mapped(t)
	id := b.legacyIDs(t, "14")[0]
	one, two := b.Approved(t, migration.NextMonth), b.Claimed(t, testkit.Visa)
	b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2, ended_at = CASE WHEN id = $1 THEN now() END WHERE id = ANY (ARRAY[$1, $3]::uuid[])`,
		one.ReservationID, id, two.ReservationID)
	b.Exec(t, `UPDATE submissions SET status = 'approving' WHERE id = $1`, two.ID)
	const to = `UPDATE submissions SET status = $2::text::submission_status WHERE id = $1`
	approves, err := b.DB.Pool.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = approves.Rollback(t.Context()) }() // after a failure
	_, err = approves.Exec(t.Context(), to, two.ID, "approved")
	require.NoError(t, err)
	second, err := b.DB.Pool.Acquire(t.Context())
	require.NoError(t, err)
	defer second.Release()
	done := make(chan error, 1)
	go func() {
		_, err := second.Exec(t.Context(), to, one.ID, "undone")
		done <- err
	}()
	for waits := 0; waits == 0; {
		select {
		case err := <-done:
			require.FailNow(t, "the second did not wait for the first", "%v", err)
		case <-time.After(20 * time.Millisecond):
			waits = b.Count(t, `SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = $1`, second.Conn().PgConn().PID())
		}
	}
	require.NoError(t, approves.Commit(t.Context()))
	require.NoError(t, <-done)
	b.requireLegacyCopies(t, "one approved while another is taken back")
	require.Equal(t, []string{"14 " + two.ReservationID.String()}, b.worklist(t))
}
