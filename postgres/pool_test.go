package postgres_test

import (
	"context"
	"net"
	"net/url"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/postgres"
	"carryover/postgres/postgrestest"
)

func TestOpen(t *testing.T) {
	t.Parallel()
	db := postgrestest.Database(t)

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		pool, err := postgres.Open(t.Context(), db.URL, postgres.PoolOptions{MaxConns: 3, ApplicationName: "worker"})
		require.NoError(t, err)
		defer pool.Close()
		require.EqualValues(t, 3, pool.Config().MaxConns)
		for setting, value := range map[string]string{
			"role": postgres.AppRole, "timezone": "UTC", "application_name": "worker",
			"statement_timeout": "30s", "lock_timeout": "10s", "idle_in_transaction_session_timeout": "1min",
		} {
			var got string
			require.NoError(t, pool.QueryRow(t.Context(), "SELECT current_setting($1)", setting).Scan(&got))
			require.Equal(t, value, got, setting)
		}
	})

	t.Run("ResetComesBackToTheRole", func(t *testing.T) {
		t.Parallel()
		conn, err := db.Pool.Acquire(t.Context())
		require.NoError(t, err)
		defer conn.Release()
		for _, reset := range []string{"RESET ROLE", "RESET ALL"} {
			_, err = conn.Exec(t.Context(), reset)
			require.NoError(t, err)
			var role string
			require.NoError(t, conn.QueryRow(t.Context(), "SELECT current_user").Scan(&role))
			require.Equal(t, postgres.AppRole, role, reset)
		}
	})

	t.Run("AddressWins", func(t *testing.T) {
		t.Parallel()
		pool, err := postgres.Open(t.Context(), with(t, db.URL, "statement_timeout", "5s"), postgres.PoolOptions{})
		require.NoError(t, err)
		defer pool.Close()
		var got string
		require.NoError(t, pool.QueryRow(t.Context(), "SHOW statement_timeout").Scan(&got))
		require.Equal(t, "5s", got)
	})

	t.Run("ErrNoDatabase", func(t *testing.T) {
		t.Parallel()
		_, err := postgres.Open(t.Context(), with(t, db.URL, "dbname", "nowhere"), postgres.PoolOptions{})
		require.ErrorContains(t, err, `has no database "nowhere": create it or correct the address`)
	})

	t.Run("ErrNoRole", func(t *testing.T) {
		t.Parallel()
		_, err := postgres.Open(t.Context(), db.URL, postgres.PoolOptions{Role: "carryover_nobody"})
		require.ErrorIs(t, err, postgres.ErrSchemaBehind)
		require.ErrorContains(t, err, `has no role "carryover_nobody": run "carryover schema up"`)
	})

	t.Run("ErrNotAMember", func(t *testing.T) {
		t.Parallel()
		address := asOwnerOfDatabase(t, postgrestest.EmptyDatabase(t))
		_, err := postgres.Open(t.Context(), address, postgres.PoolOptions{})
		require.ErrorContains(t, err, `may not work as "carryover_app": grant it that role`)
		require.NotContains(t, err.Error(), "sesame")
	})
}

func TestOpenUnreachable(t *testing.T) {
	t.Parallel()
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, silent.Close()) })

	for name, c := range map[string]struct{ address, want string }{
		"NobodyListens": {"postgres://ada:s3cret@127.0.0.1:1/db", "at 127.0.0.1:1: start it or correct the address (connect: connection refused)"},
		"NoSocket":      {"postgres:///db?host=/no/such/folder&password=s3cret", "at the socket /no/such/folder/.s.PGSQL.5432: start it"},
		"NoAnswer":      {"postgres://ada:s3cret@" + silent.Addr().String() + "/db?sslmode=disable&connect_timeout=1", "(it took too long)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := postgres.Open(t.Context(), c.address, postgres.PoolOptions{})
			require.ErrorIs(t, err, postgres.ErrUnreachable)
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), "s3cret")
			require.NotContains(t, err.Error(), "\n", "one sentence")
		})
	}

	t.Run("Unreadable", func(t *testing.T) {
		t.Parallel()
		_, err := postgres.Open(t.Context(), "postgres://ada:s3cret@[host/db", postgres.PoolOptions{})
		require.ErrorContains(t, err, "should look like postgres://user:password@host:5432/database")
		require.NotContains(t, err.Error(), "s3cret")
	})

	t.Run("Cancelled", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		<-ctx.Done()
		_, err := postgres.Open(ctx, "postgres://127.0.0.1:1/db", postgres.PoolOptions{})
		require.ErrorIs(t, err, postgres.ErrUnreachable)
	})
}

func TestCheckSchema(t *testing.T) {
	t.Parallel()
	step := func(n string) (string, *fstest.MapFile) {
		return "000" + n + "_step.sql", &fstest.MapFile{Data: []byte("-- +goose Up\nCREATE TABLE step" + n + " (n int);")}
	}
	first, second := fstest.MapFS{}, fstest.MapFS{}
	for _, n := range []string{"1", "3"} {
		name, file := step(n)
		first[name], second[name] = file, file
	}
	name, file := step("4")
	second[name] = file

	address := postgrestest.EmptyDatabase(t)
	require.NoError(t, postgres.UpFiles(t.Context(), address, first))
	pool, err := postgres.Open(t.Context(), address, postgres.PoolOptions{})
	require.NoError(t, err)
	t.Cleanup(pool.Close)

	require.NoError(t, postgres.CheckFiles(t.Context(), pool, first))
	err = postgres.CheckFiles(t.Context(), pool, second)
	require.ErrorIs(t, err, postgres.ErrSchemaBehind)
	require.ErrorContains(t, err, `step 4 (0004_step) of 4 is missing: run "carryover schema up"`)

	require.NoError(t, postgres.UpFiles(t.Context(), address, second))
	require.NoError(t, postgres.CheckFiles(t.Context(), pool, second))
	require.NoError(t, postgres.CheckFiles(t.Context(), pool, first), "an older program works on a newer schema")

	t.Run("NoSchemaAtAll", func(t *testing.T) {
		t.Parallel()
		pool, err := postgres.Open(t.Context(), postgrestest.EmptyDatabase(t), postgres.PoolOptions{})
		require.NoError(t, err, "roles belong to the whole server, and other tests have made them")
		defer pool.Close()
		require.ErrorIs(t, postgres.CheckSchema(t.Context(), pool), postgres.ErrSchemaBehind)
	})
}

func with(t *testing.T, address, parameter, value string) string {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	if parameter == "dbname" {
		u.Path = "/" + value
		return u.String()
	}
	query := u.Query()
	query.Set(parameter, value)
	u.RawQuery = query.Encode()
	return u.String()
}
