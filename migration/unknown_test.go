package migration_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/resendfake"
)

// unknown is a batch of n emails of which nobody knows what became.
func (b *bundle) unknown(t *testing.T, n int) (*queries.Batch, []*queries.Invitation) {
	t.Helper()
	many := b.several(t, n)
	batch := b.Send(t, many...)
	b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
	require.Error(t, b.workOne(t))
	b.Clock.Move(24 * time.Hour)
	require.NoError(t, b.workOne(t))
	b.requireCounted(t, batch, 0, 0, n)
	return batch, many
}

// TestUnknownBecomesKnown: whatever is learned late stands in the row, in the counts of the finished batch and with the invitation.
func TestUnknownBecomesKnown(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch, many := b.unknown(t, 4)
	system := migration.SystemActor("webhook-1")
	for i, status := range []queries.DeliveryStatus{"accepted", "delivered", "undelivered", "failed"} {
		changed, err := b.Rules.Settle(t.Context(), system, b.Deliveries(t, many[i].ID)[0], status)
		require.NoError(t, err)
		require.True(t, changed)
	}
	require.Equal(t, "succeeded , succeeded , succeeded UNDELIVERED, failed REFUSED", outcomes(t, b, batch))
	b.requireCounted(t, batch, 3, 0, 1)
	b.RequireStories(t)

	changed, err := b.Rules.Settle(t.Context(), system, b.Deliveries(t, many[0].ID)[0], "undelivered")
	require.NoError(t, err)
	require.True(t, changed)
	b.requireCounted(t, batch, 3, 0, 1)
	require.Equal(t, "succeeded UNDELIVERED, succeeded , succeeded UNDELIVERED, failed REFUSED", outcomes(t, b, batch), "it was taken, and came back")

	again, err := b.Rules.RetryBatch(t.Context(), testkit.By(b.Manager), batch.ID, "r")
	require.NoError(t, err, "what surely did not arrive can be tried again")
	require.Equal(t, 1, again.Total)
}

// TestUnknownBecomesKnownWhileItsBatchIsFinished orders nothing: whichever comes first, the counts are those of the rows.
func TestUnknownBecomesKnownWhileItsBatchIsFinished(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch, many := b.unknown(t, 10)
	for _, inv := range many {
		b.Exec(t, `UPDATE batches SET finished_at = NULL, state_reason = ''`)
		d := b.Deliveries(t, inv.ID)[0]
		for _, err := range atOnce(
			func() error { return b.Watch(t, batch) },
			func() error {
				_, err := b.Rules.Settle(t.Context(), migration.SystemActor("w"), d, "accepted")
				return err
			},
		) {
			require.NoError(t, err)
		}
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batches b WHERE finished_at IS NOT NULL AND succeeded =
			(SELECT count(*) FROM batch_items WHERE outcome = 'succeeded') AND failed = (SELECT count(*) FROM batch_items WHERE outcome = 'failed')`))
	}
	require.Equal(t, 10, b.Batch(t, batch).Succeeded)
}
