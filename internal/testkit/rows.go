package testkit

import (
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// Invitation reads one as it stands.
func (b *Bundle) Invitation(t testing.TB, id uuid.UUID) *queries.Invitation {
	t.Helper()
	row, err := b.Q.InvitationGet(t.Context(), b.DB.Pool, id)
	require.NoError(t, err)
	return row
}

// Submission reads one as it stands.
func (b *Bundle) Submission(t testing.TB, id uuid.UUID) *queries.Submission {
	t.Helper()
	row, err := b.Q.SubmissionGet(t.Context(), b.DB.Pool, id)
	require.NoError(t, err)
	return row
}

// Approval reads one as it stands.
func (b *Bundle) Approval(t testing.TB, id uuid.UUID) *queries.Approval {
	t.Helper()
	row, err := b.Q.ApprovalGet(t.Context(), b.DB.Pool, id)
	require.NoError(t, err)
	return row
}

// Deliveries are all of an invitation's, newest first.
func (b *Bundle) Deliveries(t testing.TB, inv uuid.UUID) []*queries.Delivery {
	t.Helper()
	row, err := b.Q.DeliveryListByInvitation(t.Context(), b.DB.Pool, &inv)
	require.NoError(t, err)
	return row
}

// Items are the outcomes of a batch, in its order.
func (b *Bundle) Items(t testing.TB, batch *queries.Batch) []*queries.BatchItem {
	t.Helper()
	row, err := b.Q.BatchItemList(t.Context(), b.DB.Pool, queries.BatchItemListParams{
		BatchID: batch.ID, AfterPosition: -1, Outcomes: []string{}, RowLimit: 10_000})
	require.NoError(t, err)
	return row
}

// Count answers a number that a statement answers.
func (b *Bundle) Count(t testing.TB, sql string, args ...any) int {
	t.Helper()
	var n int
	require.NoError(t, b.DB.Owner.QueryRow(t.Context(), sql, args...).Scan(&n))
	return n
}

// Exec arranges what the program itself never would.
func (b *Bundle) Exec(t testing.TB, sql string, args ...any) {
	t.Helper()
	tag, err := b.DB.Owner.Exec(t.Context(), sql, args...)
	require.NoError(t, err)
	require.NotZero(t, tag.RowsAffected(), "%s changed nothing", sql)
}

// Strings answers the first column of a statement.
func (b *Bundle) Strings(t testing.TB, sql string, args ...any) []string {
	t.Helper()
	rows, err := b.DB.Owner.Query(t.Context(), sql, args...)
	require.NoError(t, err)
	all, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return all
}

// Booked are the subscriptions of a reservation in Stripe's own books, live or not, newest first.
func (b *Bundle) Booked(reservation uuid.UUID) (all []stripefake.BookSubscription) {
	for _, s := range b.Stripe.Books().Subscriptions {
		if s.Metadata["carryover_reservation_id"] == reservation.String() {
			all = append(all, s)
		}
	}
	return all
}
