package live_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"carryover/live"
	"carryover/postgres"
	"carryover/postgres/postgrestest"
	"carryover/queries"
)

// process is another process's pool on the same database.
func process(t *testing.T, db *postgrestest.DB) *pgxpool.Pool {
	t.Helper()
	pool, err := postgres.Open(t.Context(), db.URL, postgres.PoolOptions{MaxConns: 2})
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	return pool
}

func listening(t *testing.T, pool *pgxpool.Pool) *live.Hub {
	t.Helper()
	hub := live.New(pool, slog.New(slog.DiscardHandler))
	t.Cleanup(hub.Close)
	return hub
}

// heard waits for a notice.
func heard(t *testing.T, notices <-chan struct{}) {
	t.Helper()
	select {
	case _, open := <-notices:
		require.True(t, open)
	case <-time.After(30 * time.Second):
		require.FailNow(t, "nothing was heard")
	}
}

func silent(t *testing.T, notices <-chan struct{}) {
	t.Helper()
	select {
	case <-notices:
		require.FailNow(t, "a notice that is not meant")
	default:
	}
}

func tell(t *testing.T, pool *pgxpool.Pool, id uuid.UUID) {
	t.Helper()
	require.NoError(t, queries.New().BatchTell(t.Context(), pool, id.String()))
}

// listeners are the connections that listen.
const listeners = ` FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%LISTEN carryover_batch%' AND pid <> pg_backend_pid()`

// count asks what about the listeners, as the one who may see and end every connection.
func count(t *testing.T, db *postgrestest.DB, what string) (n int) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), db.URL)
	require.NoError(t, err)
	defer func() { require.NoError(t, conn.Close(context.Background())) }()
	require.NoError(t, conn.QueryRow(t.Context(), `SELECT count(`+what+`)`+listeners).Scan(&n))
	return n
}

func TestHub(t *testing.T) {
	t.Parallel()

	t.Run("HearsOtherProcesses", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t)
		hub, id, other := listening(t, process(t, db)), uuid.New(), uuid.New()
		mine, leave := hub.Wait(id)
		defer leave()
		second, leaveSecond := hub.Wait(id)
		defer leaveSecond()
		theirs, leaveTheirs := hub.Wait(other)
		defer leaveTheirs()
		heard(t, mine) // of whatever happened before it listened
		heard(t, second)
		heard(t, theirs)
		tell(t, process(t, db), id)
		heard(t, mine)
		heard(t, second)
		silent(t, theirs)
		require.Equal(t, 1, count(t, db, "*"), "one connection for all who wait")
	})

	t.Run("SeveralThingsOverOneChannel", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t)
		hub, one, two := listening(t, process(t, db)), uuid.New(), uuid.New()
		notices, leave := hub.Wait(one, two)
		heard(t, notices)
		tell(t, db.Pool, one)
		heard(t, notices)
		tell(t, db.Pool, two)
		heard(t, notices)
		leave()
		tell(t, db.Pool, one)
		silent(t, notices)
		notices, leave = hub.Wait(one, two)
		hub.Close()
		for open := true; open; {
			_, open = <-notices
		}
		leave()
	})

	t.Run("ComesBackAfterItsConnectionBroke", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t)
		hub, id := listening(t, process(t, db)), uuid.New()
		notices, leave := hub.Wait(id)
		defer leave()
		for range 3 {
			heard(t, notices) // also of what was told while nobody listened
			require.Eventually(t, func() bool { return count(t, db, "pg_terminate_backend(pid) OR NULL") > 0 }, 30*time.Second, 10*time.Millisecond)
			tell(t, db.Pool, id)
		}
		heard(t, notices)
		tell(t, db.Pool, id)
		heard(t, notices)
	})

	t.Run("LetsGoWhenNobodyWaits", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t)
		hub := listening(t, process(t, db))
		for range 3 {
			notices, leave := hub.Wait(uuid.New())
			heard(t, notices)
			require.Positive(t, count(t, db, "*"))
			leave()
		}
		require.Eventually(t, func() bool { return count(t, db, "*") == 0 }, 30*time.Second, 10*time.Millisecond)
	})

	t.Run("ClosingEndsAllWaiting", func(t *testing.T) {
		t.Parallel()
		hub := listening(t, process(t, postgrestest.Database(t)))
		notices, leave := hub.Wait(uuid.New())
		heard(t, notices)
		hub.Close()
		_, open := <-notices
		require.False(t, open)
		leave()
		late, leave := hub.Wait(uuid.New())
		_, open = <-late
		require.False(t, open)
		leave()
	})

	t.Run("GarbageIsNoNotice", func(t *testing.T) {
		t.Parallel()
		db := postgrestest.Database(t)
		hub, id := listening(t, process(t, db)), uuid.New()
		notices, leave := hub.Wait(id)
		defer leave()
		heard(t, notices)
		require.NoError(t, queries.New().BatchTell(t.Context(), db.Pool, "no id"))
		tell(t, db.Pool, id)
		heard(t, notices)
	})
}
