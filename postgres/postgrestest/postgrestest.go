// Package postgrestest gives each test a PostgreSQL database of its own, with the schema in place,
// in the time it takes to copy an empty one. It owns the server behind that (DATABASE_URL if it is
// set, else a private one) and the databases' life. It does not own what is in them: a test makes
// its own rows.
//
// The private server is shared by all test processes of this user on this checkout, also by those
// of several "go test" runs at once. The first process starts a supervisor (see supervisor.go),
// which ends the server some seconds after the last process has gone, however that one went.
package postgrestest

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"carryover/postgres"
)

// poolSize is small on purpose: a test that needs more connections at once than a small production
// pool has should fail here.
const poolSize = 8

// DB is one test's database. Nobody else uses it, so the test may run in parallel with all others.
type DB struct {
	// Pool works as the application: what it may not do, the program may not do either.
	Pool *pgxpool.Pool
	// Owner works as the owner of the schema, to arrange what the application never could.
	Owner *pgxpool.Pool
	// URL is the database's address, for programs that open their own pool.
	URL string
}

// Database returns a database with all schema steps done and no rows but theirs. It is dropped when
// the test ends, with whatever connections are still open; a connection that the test still holds by
// then is an error of the test. If no server can be had the test fails: it is never skipped.
func Database(t testing.TB) *DB {
	t.Helper()
	server, err := shared()
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	url := cloneUntilEnd(ctx, t, server, server.template)
	db := &DB{URL: url}
	db.Pool, err = postgres.Open(ctx, url, postgres.PoolOptions{MaxConns: poolSize, ApplicationName: t.Name()})
	require.NoError(t, err)
	t.Cleanup(func() { closePool(t, "Pool", db.Pool) })
	db.Owner, err = postgres.Open(ctx, url, postgres.PoolOptions{MaxConns: 2, ApplicationName: t.Name(), Role: postgres.OwnerRole})
	require.NoError(t, err)
	t.Cleanup(func() { closePool(t, "Owner", db.Owner) })
	return db
}

// URLWith answers the address with settings of the server in it, which win over those of postgres.Open.
func (db *DB) URLWith(t testing.TB, settings map[string]string) string {
	t.Helper()
	address, err := url.Parse(db.URL)
	require.NoError(t, err)
	query := address.Query()
	for name, value := range settings {
		query.Set(name, value)
	}
	address.RawQuery = query.Encode()
	return address.String()
}

// Lists returns a second pool as the application's lists work with, but for more time: a busy machine may need it.
func (db *DB) Lists(t testing.TB) *pgxpool.Pool {
	return db.lists(t, "Lists", postgres.ListsPlannedEachTime)
}

// Pages returns a third pool as the application's lists work with.
func (db *DB) Pages(t testing.TB) *pgxpool.Pool {
	return db.lists(t, "Pages", postgres.ListsPlannedOnce)
}

func (db *DB) lists(t testing.TB, what string, planned postgres.Lists) *pgxpool.Pool {
	t.Helper()
	address := db.URLWith(t, map[string]string{"statement_timeout": "60s"})
	pool, err := postgres.Open(t.Context(), address, postgres.PoolOptions{MaxConns: 4, ApplicationName: t.Name(), Lists: planned})
	require.NoError(t, err)
	t.Cleanup(func() { closePool(t, what, pool) })
	return pool
}

// EmptyDatabase returns the address of a database without the schema, for tests of what makes it.
func EmptyDatabase(t testing.TB) string {
	t.Helper()
	server, err := shared()
	require.NoError(t, err)
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	return cloneUntilEnd(ctx, t, server, "template0")
}

func cloneUntilEnd(ctx context.Context, t testing.TB, server *server, template string) string {
	t.Helper()
	url, err := server.clone(ctx, template)
	require.NoError(t, err)
	t.Cleanup(func() { dropAtEnd(t, server, url) })
	return url
}

func dropAtEnd(t testing.TB, server *server, url string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	require.NoError(t, server.drop(ctx, url))
}

// closePool names a forgotten connection: pgx would wait for it until the run is killed.
func closePool(t testing.TB, name string, pool *pgxpool.Pool) {
	t.Helper()
	closed := make(chan struct{})
	go func() {
		pool.Close()
		close(closed)
	}()
	select {
	case <-closed:
	case <-time.After(2 * time.Minute):
		t.Errorf("%d connections of %s are still in use at the end of the test: close rows, transactions and workers", pool.Stat().AcquiredConns(), name)
	}
}
