package million

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
)

// A small world is filled the way of the large one. That its rows fit together and that the copies are the trigger's is checked by
// the filling itself.
func TestFill(t *testing.T) {
	t.Parallel()
	const rows = 20_000
	db := postgrestest.Database(t)
	require.NoError(t, fill(t.Context(), db.URL, rows, t.Logf))

	count := func(t *testing.T, condition string) (n int) {
		t.Helper()
		require.NoError(t, db.Pool.QueryRow(t.Context(), "SELECT count(*) FROM invitations WHERE "+condition).Scan(&n))
		return n
	}
	t.Run("AsManyAsAsked", func(t *testing.T) { require.Equal(t, rows, count(t, "true")) })
	t.Run("CommonNameIsOneInTwelve", func(t *testing.T) {
		require.InDelta(t, 0.084*rows, count(t, "search_text LIKE '%smith%'"), 0.01*rows)
	})
	t.Run("RareNameIsAHandful", func(t *testing.T) { require.InDelta(t, 7, count(t, "search_text LIKE '%"+Rare+"%'"), 3) })
	t.Run("States", func(t *testing.T) {
		for status, share := range map[string]float64{"pending": 0.30, "sent": 0.40, "claimed": 0.27, "revoked": 0.03} {
			require.InDelta(t, share*rows, count(t, "status = '"+status+"'"), 0.03*rows, status)
		}
	})
	t.Run("SomeAreGuests", func(t *testing.T) {
		require.Positive(t, count(t, `EXISTS (SELECT FROM tenant_locations tl
			WHERE tl.tenant_id = invitations.tenant_id AND tl.location_id = invitations.location_id AND tl.known_as IS NOT NULL)`))
	})
	t.Run("NearlyEachHasASubmission", func(t *testing.T) {
		for condition, share := range map[string]float64{"true": 0.99, "status = 'approved'": 0.69, "status = 'ready_for_approval'": 0.08,
			"payment_method_type = 'us_bank_account'": 0.24, "invitation_id IS NOT NULL": 0.27, "search_text LIKE '%smith%'": 0.083} {
			var n int
			require.NoError(t, db.Pool.QueryRow(t.Context(), "SELECT count(*) FROM submissions WHERE "+condition).Scan(&n))
			require.InDelta(t, share*rows, n, 0.03*rows, condition)
		}
	})
	t.Run("IndexesAndTriggersAreBack", func(t *testing.T) {
		var indexes, triggers int
		require.NoError(t, db.Pool.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM pg_index WHERE indrelid = 'invitations'::regclass AND indisvalid),
			(SELECT count(*) FROM pg_trigger WHERE tgrelid = 'invitations'::regclass AND tgenabled = 'O')`).Scan(&indexes, &triggers))
		empty := postgrestest.Database(t)
		var wantIndexes, wantTriggers int
		require.NoError(t, empty.Pool.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM pg_index WHERE indrelid = 'invitations'::regclass AND indisvalid),
			(SELECT count(*) FROM pg_trigger WHERE tgrelid = 'invitations'::regclass AND tgenabled = 'O')`).Scan(&wantIndexes, &wantTriggers))
		require.Equal(t, wantIndexes, indexes)
		require.Equal(t, wantTriggers, triggers)
	})
}

// The same rows on every machine: what a run tells is about the same data everywhere.
func TestSeeded(t *testing.T) {
	t.Parallel()
	one, two := newWorld(5000), newWorld(5000)
	for row := range 5000 {
		require.Equal(t, one.invitation(row), two.invitation(row))
		require.Equal(t, one.tenant(row), two.tenant(row))
	}
	require.True(t, one.invitation(4999).created.Before(Until.Add(time.Second)))
}
