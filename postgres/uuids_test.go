package postgres_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
)

func TestUUIDs(t *testing.T) {
	t.Parallel()
	pool := postgrestest.Database(t).Pool
	one, two := uuid.MustParse("018e28e0-b980-722f-9bc1-323479f9d421"), uuid.MustParse("00000000-0000-0000-0000-000000000001")

	t.Run("OneAndNone", func(t *testing.T) {
		t.Parallel()
		var got uuid.UUID
		var there, absent *uuid.UUID
		var asText string
		require.NoError(t, pool.QueryRow(t.Context(), "SELECT $1::uuid, $2::uuid, $3::uuid, $1::uuid::text", one, &two, (*uuid.UUID)(nil)).Scan(&got, &there, &absent, &asText))
		require.Equal(t, one, got)
		require.Equal(t, &two, there)
		require.Nil(t, absent)
		require.Equal(t, one.String(), asText, "the server has the same id")
	})

	t.Run("Several", func(t *testing.T) {
		t.Parallel()
		for _, ids := range [][]uuid.UUID{{one, two}, {one}, {}, nil} {
			var got []uuid.UUID
			var null bool
			require.NoError(t, pool.QueryRow(t.Context(), "SELECT $1::uuid[], $1::uuid[] IS NULL", ids).Scan(&got, &null))
			require.Equal(t, ids, got)
			require.Equal(t, ids == nil, null, "an empty list is not NULL")
		}
	})

	t.Run("AsTheProtocolOfScriptsHasThem", func(t *testing.T) { // in text
		t.Parallel()
		var got uuid.UUID
		require.NoError(t, pool.QueryRow(t.Context(), "SELECT $1::uuid", pgx.QueryExecModeSimpleProtocol, one).Scan(&got))
		require.Equal(t, one, got)
	})

	t.Run("OtherTypes", func(t *testing.T) {
		t.Parallel()
		var asString string
		var asBytes [16]byte
		var nullable pgtype.UUID
		require.NoError(t, pool.QueryRow(t.Context(), "SELECT $1::uuid, $1::uuid, $1::uuid", one.String()).Scan(&asString, &asBytes, &nullable))
		require.Equal(t, one.String(), asString)
		require.Equal(t, one, uuid.UUID(asBytes))
		require.Equal(t, one, uuid.UUID(nullable.Bytes))
	})

	t.Run("NullIsNoID", func(t *testing.T) {
		t.Parallel()
		var got uuid.UUID
		require.Error(t, pool.QueryRow(t.Context(), "SELECT NULL::uuid").Scan(&got))
	})
}
