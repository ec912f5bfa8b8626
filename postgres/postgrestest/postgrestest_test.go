package postgrestest

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/postgres"
)

func TestDatabase(t *testing.T) {
	t.Parallel()

	t.Run("SchemaIsThere", func(t *testing.T) {
		t.Parallel()
		require.NoError(t, postgres.CheckSchema(t.Context(), Database(t).Pool))
	})

	t.Run("Roles", func(t *testing.T) {
		t.Parallel()
		db := Database(t)
		var app, owner string
		require.NoError(t, db.Pool.QueryRow(t.Context(), "SELECT current_user").Scan(&app))
		require.NoError(t, db.Owner.QueryRow(t.Context(), "SELECT current_user").Scan(&owner))
		require.Equal(t, []string{postgres.AppRole, postgres.OwnerRole}, []string{app, owner})
	})

	for i := range 8 {
		t.Run(fmt.Sprintf("Alone%d", i), func(t *testing.T) {
			t.Parallel()
			_, err := Database(t).Owner.Exec(t.Context(), "CREATE TABLE only_here (n int)")
			require.NoError(t, err, "a table of another test would be in the way")
		})
	}

	t.Run("DroppedAtTheEnd", func(t *testing.T) {
		t.Parallel()
		var name string
		t.Run("Test", func(t *testing.T) {
			config, err := pgx.ParseConfig(Database(t).URL)
			require.NoError(t, err)
			name = config.Database
			require.True(t, exists(t, name))
		})
		require.False(t, exists(t, name))
	})
}

func TestEmptyDatabase(t *testing.T) {
	t.Parallel()
	steps, err := postgres.Status(t.Context(), EmptyDatabase(t))
	require.NoError(t, err)
	require.NotEmpty(t, steps)
	for _, step := range steps {
		require.Nil(t, step.AppliedAt)
	}
}

func TestAbandoned(t *testing.T) {
	t.Parallel()
	server, err := shared()
	require.NoError(t, err)
	now := time.Now()
	old, young := fmt.Sprintf("%s%d_old", clonePrefix, now.Add(-7*time.Hour).Unix()), fmt.Sprintf("%s%d_young", clonePrefix, now.Unix())
	strange := fmt.Sprintf("%smine_%d", clonePrefix, now.UnixNano())
	require.NoError(t, server.admin(t.Context(), func(conn *pgx.Conn) error {
		for _, name := range []string{old, young, strange} {
			_, err := conn.Exec(t.Context(), "CREATE DATABASE "+name)
			require.NoError(t, err)
		}
		return dropAbandoned(t.Context(), conn)
	}))
	require.False(t, exists(t, old), "its test was killed hours ago")
	require.True(t, exists(t, young), "its test may be running")
	require.True(t, exists(t, strange), "it is not ours")
	require.NoError(t, server.admin(t.Context(), func(conn *pgx.Conn) error {
		return dropDatabase(context.WithoutCancel(t.Context()), conn, strange)
	}))
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"postgres://a:b@host:5433/postgres?sslmode=disable": "postgres://a:b@host:5433/mine?sslmode=disable",
		"postgresql:///postgres?host=%2Ftmp%2Frun":          "postgresql:///mine?host=%2Ftmp%2Frun",
	} {
		got, err := (&server{url: address}).address("mine")
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err := (&server{url: "host=localhost password=s3cret"}).address("mine")
	require.ErrorContains(t, err, "must look like postgres://")
	require.NotContains(t, err.Error(), "s3cret")
}

func BenchmarkDatabase(b *testing.B) {
	server, err := shared()
	require.NoError(b, err)
	for b.Loop() {
		url, err := server.clone(b.Context(), server.template)
		require.NoError(b, err)
		b.StopTimer()
		require.NoError(b, server.drop(b.Context(), url))
		b.StartTimer()
	}
}

func exists(t *testing.T, name string) (found bool) {
	t.Helper()
	server, err := shared()
	require.NoError(t, err)
	require.NoError(t, server.admin(t.Context(), func(conn *pgx.Conn) error {
		return conn.QueryRow(t.Context(), "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&found)
	}))
	return found
}
