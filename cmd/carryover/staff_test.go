package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
)

func TestInviteAdmin(t *testing.T) {
	t.Parallel()
	db := postgrestest.Database(t)
	environ := settings(db.URL)

	require.Equal(t, outcome{0, "invited ada@example.com: the mail goes out when carryover serve or carryover work runs, and its link opens for 72 hours\n", ""},
		carryover(t, environ, "staff", "invite-admin", "Ada@Example.com", "--name", "Ada"))
	var role, jobs string
	require.NoError(t, db.Pool.QueryRow(t.Context(), `SELECT (SELECT role::text FROM staff), (SELECT string_agg(kind, ' ') FROM river_job)`).Scan(&role, &jobs))
	require.Equal(t, "admin", role)
	require.Equal(t, "send_staff_link", jobs)

	require.Equal(t, outcome{1, "", "carryover: Somebody with this email is on the list already. Mail their invitation again, or reactivate them.\n"},
		carryover(t, environ, "staff", "invite-admin", "ada@example.com", "--name", "Ada"))
	require.Equal(t, 1, carryover(t, environ, "staff", "invite-admin", "ada", "--name", "Ada").code)
}
