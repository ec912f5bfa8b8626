package access_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// TestPurge is what is known of who came in, some months later.
func TestPurge(t *testing.T) {
	t.Parallel()
	purge := func(t *testing.T, b *bundle) {
		t.Helper()
		require.NoError(t, b.Rules.PurgeAccess(t.Context()))
	}
	tables := []string{"sign_ins", "tenant_sign_ins", "staff_links", "api_tokens", "api_token_locations", "staff_devices"}
	count := func(t *testing.T, b *bundle) (rows []int) {
		t.Helper()
		for _, table := range tables {
			rows = append(rows, b.Count(t, `SELECT count(*) FROM `+table))
		}
		return rows
	}

	t.Run("NinetyDaysAfterItsEnd", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, link := b.tenant(t)
		_, err := b.enter(t, link)
		require.NoError(t, err)
		in, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		_, _, err = b.access.CreateAPIToken(t.Context(), b.who(t, in.Token), b.by(b.Manager), access.NewAPIToken{Name: "gate", Scope: queries.TokenScopeGate,
			ExpiresAt: b.Clock.Now().Add(time.Hour), Locations: []uuid.UUID{b.Denver.ID}})
		require.NoError(t, err)
		b.askForReset(t, b.Colleague.Email)
		b.mailed(t, b.Colleague.Email)
		all := []int{1, 1, 1, 1, 1, 1}
		require.Equal(t, all, count(t, b))

		b.Clock.Move(migration.AccessKept)
		purge(t, b)
		require.Equal(t, all, count(t, b), "they ended after they began")
		b.Clock.Move(13 * time.Hour)
		purge(t, b)
		require.Equal(t, []int{1, 0, 0, 0, 0, 1}, count(t, b), "the newest sign-in tells when the manager was here last; a browser is known for longer")
		b.Clock.Move(access.DeviceLife)
		purge(t, b)
		require.Equal(t, []int{1, 0, 0, 0, 0, 0}, count(t, b))
	})

	t.Run("AnInvitationThatNobodyTookUpStays", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		s := b.invited(t)
		_, err := b.access.InviteAgain(t.Context(), b.by(b.Admin), s.ID)
		require.NoError(t, err)
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM staff_links`))
		b.Clock.Move(migration.AccessKept + 73*time.Hour)
		purge(t, b)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM staff_links WHERE replaced_at IS NULL`))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM staff_links`))
	})

	t.Run("ARevokedTokenOfAYear", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		in, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		v := b.who(t, in.Token)
		for _, name := range []string{"goes on", "revoked"} {
			row, _, err := b.access.CreateAPIToken(t.Context(), v, b.by(b.Manager), access.NewAPIToken{Name: name, Scope: queries.TokenScopeReadOnly,
				ExpiresAt: b.Clock.Now().Add(365 * 24 * time.Hour)})
			require.NoError(t, err)
			if name == "revoked" {
				require.NoError(t, b.access.RevokeAPIToken(t.Context(), v, b.by(b.Manager), row.ID))
			}
		}
		b.Clock.Move(migration.AccessKept + time.Second)
		purge(t, b)
		require.Equal(t, []string{"goes on"}, b.Strings(t, `SELECT name FROM api_tokens`))
	})

	t.Run("ManyInSeveralSteps", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Exec(t, `INSERT INTO sign_ins (id, staff_id, token_hash, way, created_at, last_used_at, rotated_at, expires_at)
			SELECT gen_random_uuid(), $1, sha256(n::text::bytea), 'password', $2, $2, $2, $2::timestamptz + interval '1 hour' FROM generate_series(1, 2500) n`,
			b.Manager.ID, b.Clock.Now())
		b.Clock.Move(migration.AccessKept + 2*time.Hour)
		purge(t, b)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM sign_ins`))
	})
}
