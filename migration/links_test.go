package migration_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func TestLinks(t *testing.T) {
	t.Parallel()
	links := testkit.Links(t, "k1")
	id := testkit.Missing()
	token, err := links.Token("k1", id, 7)
	require.NoError(t, err)

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		opened, version, err := links.Open(token)
		require.NoError(t, err)
		require.Equal(t, id, opened)
		require.Equal(t, 7, version)
		again, err := links.Token("k1", id, 7)
		require.NoError(t, err)
		require.Equal(t, token, again, "a message rendered again has the same link")
	})

	t.Run("ErrAlteredAnywhere", func(t *testing.T) {
		t.Parallel()
		for i := range len(token) {
			for _, c := range []byte("A_-z0.k2 \x00\n%") {
				if token[i] == c {
					continue
				}
				_, _, err := links.Open(token[:i] + string(c) + token[i+1:])
				require.ErrorIs(t, err, migration.ErrUnknownToken, "byte %d as %q", i, c)
			}
			_, _, err := links.Open(token[:i])
			require.ErrorIs(t, err, migration.ErrUnknownToken, "cut at %d", i)
		}
		for _, other := range []string{token + "A", token + "=", token + "\n", " " + token, strings.ToUpper(token), "." + token, token + "." + token} {
			_, _, err := links.Open(other)
			require.ErrorIs(t, err, migration.ErrUnknownToken, "%q", other)
		}
	})

	t.Run("ErrOfAnotherKey", func(t *testing.T) {
		t.Parallel()
		_, _, err := testkit.Links(t, "k2").Open(token)
		require.ErrorIs(t, err, migration.ErrUnknownToken)
		renamed := strings.Replace(token, "k1.", "k2.", 1)
		_, _, err = testkit.Links(t, "k2", "k1").Open(renamed)
		require.ErrorIs(t, err, migration.ErrUnknownToken)
	})

	t.Run("KeysAreRotated", func(t *testing.T) {
		t.Parallel()
		both := testkit.Links(t, "k2", "k1")
		require.Equal(t, "k2", both.PrimaryKey())
		opened, _, err := both.Open(token)
		require.NoError(t, err, "links of the old key still open")
		require.Equal(t, id, opened)
		_, err = links.Token("k0", id, 1)
		require.ErrorContains(t, err, `"k0"`)
	})

	t.Run("NobodyGuesses", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(r *rapid.T) {
			_, _, err := links.Open(rapid.OneOf(rapid.String(), rapid.StringMatching(`k1\.[A-Za-z0-9_-]{48}`)).Draw(r, "token"))
			require.ErrorIs(r, err, migration.ErrUnknownToken)
		})
	})

	t.Run("OneVersionIsNotAnother", func(t *testing.T) {
		t.Parallel()
		seen := map[string]bool{}
		for version := range 300 {
			token, err := links.Token("k1", id, version)
			require.NoError(t, err)
			require.False(t, seen[token])
			seen[token] = true
		}
	})
}

func TestLinkKeys(t *testing.T) {
	t.Parallel()
	long := []byte(strings.Repeat("s", 32))
	for name, keys := range map[string][]migration.LinkKey{
		"None":                 nil,
		"Short":                {{ID: "k1", Secret: long[:31]}},
		"Twice":                {{ID: "k1", Secret: long}, {ID: "k1", Secret: long}},
		"BadName":              {{ID: "K 1", Secret: long}},
		"LongName":             {{ID: "k23456789", Secret: long}},
		"NoName":               {{ID: "", Secret: long}},
		"SwappedWithItsSecret": {{ID: "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlYw==", Secret: long}},
	} {
		t.Run("Err"+name, func(t *testing.T) {
			t.Parallel()
			_, err := migration.NewLinks(keys...)
			require.ErrorContains(t, err, "link keys: ")
			require.NotContains(t, err.Error(), "c2VjcmV0", "a name that is too long may be the secret")
			require.NotContains(t, err.Error(), "sss")
		})
	}
}

func TestLinkLeadsToOneInvitation(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	for name, token := range map[string]string{
		"OfNothing":      tokenOf(t, b, uuid.New(), 1),
		"OfATenant":      tokenOf(t, b, inv.TenantID, 1),
		"Garbage":        "k1.AAAA",
		"Empty":          "",
		"OfAnUnknownKey": strings.Replace(b.Token(t, inv), "k1.", "k9.", 1),
	} {
		_, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, token, queries.MessageLanguageEn)
		require.ErrorIs(t, err, migration.ErrUnknownToken, name)
		_, err = b.Rules.StartSetup(t.Context(), testkit.Browser, token, queries.PaymentMethodTypeCard)
		requireRefused(t, err, "LINK_CLOSED token")
	}
}

func tokenOf(t *testing.T, b *bundle, id uuid.UUID, version int) string {
	t.Helper()
	token, err := b.Links.Token("k1", id, version)
	require.NoError(t, err)
	return token
}
