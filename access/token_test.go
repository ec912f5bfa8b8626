package access_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/queries"
)

func TestAPITokens(t *testing.T) {
	t.Parallel()
	b := setup(t)
	in, err := b.signIn(t, b.Manager.Email, testkit.Password)
	require.NoError(t, err)
	admin, err := b.signIn(t, b.Admin.Email, testkit.Password)
	require.NoError(t, err)
	me, boss := b.who(t, in.Token), b.who(t, admin.Token)
	day := testkit.Start.Add(24 * time.Hour)
	create := func(n access.NewAPIToken) (*queries.ApiToken, string, error) {
		return b.access.CreateAPIToken(t.Context(), me, b.by(b.Manager), n)
	}

	t.Run("OK", func(t *testing.T) {
		row, token, err := create(access.NewAPIToken{Name: " Gate 1 ", Scope: queries.TokenScopeGate, ExpiresAt: day, Locations: []uuid.UUID{b.Denver.ID, b.Denver.ID}})
		require.NoError(t, err)
		require.Equal(t, "Gate 1", row.Name)
		require.True(t, strings.HasPrefix(token, "co_"))
		v := b.who(t, token)
		require.Equal(t, b.Manager.ID, v.Staff.ID)
		require.Equal(t, queries.TokenScopeGate, v.Scope())
		require.Equal(t, []string{b.Denver.ID.String()}, b.Strings(t, `SELECT location_id::text FROM api_token_locations`))
		for _, table := range []string{"api_tokens", "events"} {
			require.NotContains(t, strings.Join(b.Strings(t, `SELECT r::text FROM `+table+` r`), "\n"), strings.TrimPrefix(token, "co_"), table)
		}
		require.NoError(t, b.access.SignOut(t.Context(), v, b.by(b.Manager)))
		require.NotNil(t, b.who(t, token), "a program is revoked, not signed out")
	})

	t.Run("ErrInvalid", func(t *testing.T) {
		for name, tt := range map[string]struct {
			n    access.NewAPIToken
			want []string
		}{
			"Nothing":        {access.NewAPIToken{Scope: queries.TokenScopeStaff}, []string{"REQUIRED name", "INVALID expiresAt"}},
			"OverAlready":    {access.NewAPIToken{Name: "x", Scope: queries.TokenScopeStaff, ExpiresAt: testkit.Start}, []string{"INVALID expiresAt"}},
			"ForEver":        {access.NewAPIToken{Name: "x", Scope: queries.TokenScopeStaff, ExpiresAt: testkit.Start.AddDate(2, 0, 0)}, []string{"INVALID expiresAt"}},
			"AGateNowhere":   {access.NewAPIToken{Name: "x", Scope: queries.TokenScopeGate, ExpiresAt: day}, []string{"REQUIRED locationIds"}},
			"AGateElsewhere": {access.NewAPIToken{Name: "x", Scope: queries.TokenScopeGate, ExpiresAt: day, Locations: []uuid.UUID{b.Denver.ID, b.Boston.ID}}, []string{"NOT_FOUND locationIds"}},
			"AReaderThere":   {access.NewAPIToken{Name: "x", Scope: queries.TokenScopeReadOnly, ExpiresAt: day, Locations: []uuid.UUID{b.Denver.ID}}, []string{"INVALID locationIds"}},
		} {
			_, token, err := create(tt.n)
			requireRefused(t, err, tt.want...)
			require.Empty(t, token, name)
		}
	})

	t.Run("LastUseIsKeptToTheMinute", func(t *testing.T) {
		row, token, err := create(access.NewAPIToken{Name: "books", Scope: queries.TokenScopeReadOnly, ExpiresAt: day})
		require.NoError(t, err)
		used := func() string {
			return b.Strings(t, `SELECT last_used_at::text FROM api_tokens WHERE id = $1`, row.ID)[0]
		}
		b.who(t, token)
		first := used()
		b.Clock.Move(time.Minute - time.Microsecond)
		b.who(t, token)
		require.Equal(t, first, used())
		b.Clock.Move(time.Microsecond)
		b.who(t, token)
		require.NotEqual(t, first, used())
	})

	t.Run("Revoked", func(t *testing.T) {
		row, token, err := create(access.NewAPIToken{Name: "old", Scope: queries.TokenScopeStaff, ExpiresAt: day})
		require.NoError(t, err)
		in, err := b.signIn(t, b.Colleague.Email, testkit.Password)
		require.NoError(t, err)
		other := b.who(t, in.Token)
		requireRefused(t, b.access.RevokeAPIToken(t.Context(), other, b.by(b.Colleague), row.ID), "NOT_FOUND id")
		requireRefused(t, b.access.RevokeAPIToken(t.Context(), other, b.by(b.Colleague), uuid.New()), "NOT_FOUND id")
		rows, err := b.access.APITokens(t.Context(), other, b.Manager.ID, nil, 10)
		require.NoError(t, err)
		require.Empty(t, rows)
		v := b.who(t, token)
		for range 2 {
			require.NoError(t, b.access.RevokeAPIToken(t.Context(), boss, b.by(b.Admin), row.ID))
		}
		require.Nil(t, b.who(t, token))
		again, err := b.access.Again(t.Context(), v)
		require.NoError(t, err)
		require.Nil(t, again)
		rows, err = b.access.APITokens(t.Context(), boss, b.Manager.ID, nil, 10)
		require.NoError(t, err)
		require.Len(t, rows, 2)
		told := b.Told(t, queries.EventSubjectStaff, b.Manager.ID)
		require.Equal(t, "api_token_revoked", told[len(told)-1])
	})

	t.Run("ItEndsByItself", func(t *testing.T) {
		_, token, err := create(access.NewAPIToken{Name: "short", Scope: queries.TokenScopeStaff, ExpiresAt: testkit.Start.Add(time.Hour)})
		require.NoError(t, err)
		require.NotNil(t, b.who(t, token))
		b.Clock.Move(time.Hour)
		require.Nil(t, b.who(t, token))
	})
}
