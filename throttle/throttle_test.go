package throttle_test

import (
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
	"carryover/throttle"
)

var (
	start = time.Date(2026, 3, 10, 15, 0, 0, 0, time.UTC)
	three = throttle.Limit{Name: "three", Most: 3, Per: time.Minute}
	five  = throttle.Limit{Name: "five", Most: 5, Per: time.Hour}
)

func take(t *testing.T, db *pgxpool.Pool, now time.Time, counts ...throttle.Count) time.Duration {
	t.Helper()
	err := throttle.Take(t.Context(), db, now, counts...)
	var refused *throttle.Refused
	if err != nil {
		require.ErrorAs(t, err, &refused)
		return refused.RetryAfter
	}
	return 0
}

func TestTake(t *testing.T) {
	t.Parallel()

	t.Run("AsManyAsMayAndThenHowLong", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t).Pool
		for range 3 {
			require.Zero(t, take(t, db, start, three.Of("a")))
		}
		require.Equal(t, time.Minute, take(t, db, start, three.Of("a")))
		require.Equal(t, 30*time.Second, take(t, db, start.Add(30*time.Second+time.Millisecond), three.Of("a")), "in whole seconds, never too early")
		require.Zero(t, take(t, db, start, three.Of("b")), "somebody else")
		require.Zero(t, take(t, db, start.Add(time.Minute), three.Of("a")), "the period is over")
	})

	t.Run("AllOrNone", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t).Pool
		for range 3 {
			require.Zero(t, take(t, db, start, three.Of("account"), five.Of("address")))
		}
		for range 10 {
			require.Equal(t, time.Minute, take(t, db, start, three.Of("account"), five.Of("address")))
		}
		require.Zero(t, take(t, db, start, five.Of("address")), "the refused ones were not counted")
		require.Zero(t, take(t, db, start, five.Of("address")))
		require.Equal(t, time.Hour, take(t, db, start, five.Of("address")))
	})

	t.Run("NoMoreByTryingAllAtOnce", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t).Pool
		var through atomic.Int32
		var all sync.WaitGroup
		for range 40 {
			all.Go(func() {
				if throttle.Take(t.Context(), db, start, five.Of("x"), three.Of("x")) == nil {
					through.Add(1)
				}
			})
		}
		all.Wait()
		require.EqualValues(t, 3, through.Load())
		require.Zero(t, take(t, db, start, five.Of("x")), "those that were refused at the same moment were given back")
		require.Zero(t, take(t, db, start, five.Of("x")))
		require.NotZero(t, take(t, db, start, five.Of("x")))
	})

	t.Run("WhoIsGivenBackMayTryAgain", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t).Pool
		for range 20 {
			require.Zero(t, take(t, db, start, three.Of("a")))
			require.NoError(t, throttle.GiveBack(t.Context(), db, three.Of("a")))
		}
		require.NoError(t, throttle.GiveBack(t.Context(), db, three.Of("a")), "never below none")
		for range 3 {
			require.Zero(t, take(t, db, start, three.Of("a")))
		}
		require.NotZero(t, take(t, db, start, three.Of("a")))
	})
}

func TestForget(t *testing.T) {
	t.Parallel()
	db := postgrestest.Database(t).Pool
	for range 3 {
		require.Zero(t, take(t, db, start, three.Of("a"), three.Of("b")))
	}
	require.NoError(t, throttle.Forget(t.Context(), db, three.Of("a")))
	require.Zero(t, take(t, db, start, three.Of("a")))
	require.NotZero(t, take(t, db, start, three.Of("b")))
}

func TestPurge(t *testing.T) {
	t.Parallel()
	db := postgrestest.Database(t).Pool
	require.Zero(t, take(t, db, start, three.Of("stranger@home.test"), five.Of("stranger@home.test")))
	var rows string
	require.NoError(t, db.QueryRow(t.Context(), `SELECT string_agg(t::text, ' ') FROM throttles t`).Scan(&rows))
	require.NotContains(t, strings.ToLower(rows), "stranger")
	require.Zero(t, take(t, db, start, three.Of("other@home.test")))
	for _, want := range []int64{1, 1, 0} {
		n, err := throttle.Purge(t.Context(), db, start.Add(time.Minute), 1)
		require.NoError(t, err)
		require.Equal(t, want, n)
	}
	require.NoError(t, db.QueryRow(t.Context(), `SELECT string_agg(name, ' ') FROM throttles`).Scan(&rows))
	require.Equal(t, "five", rows)
}

func TestNetwork(t *testing.T) {
	t.Parallel()
	for from, want := range map[string]string{"203.0.113.7": "203.0.113.7/32", "::ffff:203.0.113.7": "203.0.113.7/32", "2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64"} {
		ip := netip.MustParseAddr(from)
		network, ok := throttle.Network(&ip)
		require.True(t, ok)
		require.Equal(t, want, network.String())
	}
	_, ok := throttle.Network(nil)
	require.False(t, ok)
}
