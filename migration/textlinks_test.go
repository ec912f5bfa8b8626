package migration_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func TestTextLinks(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	token := func(id uuid.UUID, version int) string {
		short, err := b.Links.TextToken("k1", id, version)
		require.NoError(t, err)
		return short
	}
	short := token(inv.ID, inv.LinkVersion)
	require.Len(t, short, 32, "every character of a text is paid for")

	t.Run("OpensItsOwnInvitation", func(t *testing.T) {
		opened, err := b.Rules.OpenTextLink(t.Context(), short)
		require.NoError(t, err)
		require.Equal(t, b.Token(t, inv), opened)
	})

	t.Run("AlsoAmongOthersOfTheSameMoment", func(t *testing.T) {
		beside := inv.ID
		beside[15]++
		b.Exec(t, `INSERT INTO invitations (id, tenant_id, location_id, plan_id, unit, currency, anchor_day, status, link_version, link_expires_at, created_by, created_at, updated_at)
			SELECT $1, tenant_id, location_id, plan_id, 'beside', currency, anchor_day, status, 3, link_expires_at, created_by, created_at, updated_at FROM invitations WHERE id = $2`, beside, inv.ID)
		for id, version := range map[uuid.UUID]int{inv.ID: 1, beside: 3} {
			opened, err := b.Rules.OpenTextLink(t.Context(), token(id, version))
			require.NoError(t, err)
			got, gotVersion, err := b.Links.Open(opened)
			require.NoError(t, err)
			require.Equal(t, id, got)
			require.Equal(t, version, gotVersion)
		}
		opened, err := b.Rules.OpenTextLink(t.Context(), token(beside, 2))
		require.NoError(t, err)
		setup, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, opened, queries.MessageLanguageEn)
		require.NoError(t, err)
		require.Equal(t, migration.SetupStateReplaced, setup.State, "an older link leads on, and says that there is a newer one")
		_, err = b.Rules.OpenTextLink(t.Context(), token(beside, 4))
		require.ErrorIs(t, err, migration.ErrUnknownToken, "a version that never was")
	})

	t.Run("KeysAreRotated", func(t *testing.T) {
		rotated := b.Service(t, func(o *migration.Options) { o.Links = testkit.Links(t, "k2", "k1") })
		opened, err := rotated.OpenTextLink(t.Context(), short)
		require.NoError(t, err)
		require.Equal(t, b.Token(t, inv), opened)
		gone := b.Service(t, func(o *migration.Options) { o.Links = testkit.Links(t, "k2") })
		_, err = gone.OpenTextLink(t.Context(), short)
		require.ErrorIs(t, err, migration.ErrUnknownToken)
		_, err = b.Links.TextToken("k0", inv.ID, 1)
		require.ErrorContains(t, err, `"k0"`)
	})

	t.Run("ErrAlteredAnywhere", func(t *testing.T) {
		for i := range len(short) {
			for _, c := range []byte("A_-z0. \x00\n%") {
				if short[i] == c {
					continue
				}
				_, err := b.Rules.OpenTextLink(t.Context(), short[:i]+string(c)+short[i+1:])
				require.ErrorIs(t, err, migration.ErrUnknownToken, "byte %d as %q", i, c)
			}
		}
		for _, other := range []string{"", short[:31], short + "A", short + "=", short + "\n", "k1." + short, token(ids.New(), 1)} {
			_, err := b.Rules.OpenTextLink(t.Context(), other)
			require.ErrorIs(t, err, migration.ErrUnknownToken, "%q", other)
		}
	})

	t.Run("NobodyGuesses", func(t *testing.T) {
		rapid.Check(t, func(r *rapid.T) {
			guess := rapid.OneOf(rapid.String(), rapid.Map(rapid.StringMatching(`[A-Za-z0-9_-]{22}`), func(s string) string { return short[:10] + s })).Draw(r, "token")
			if guess == short {
				return
			}
			_, err := b.Rules.OpenTextLink(t.Context(), guess)
			require.ErrorIs(r, err, migration.ErrUnknownToken)
		})
	})
}

func TestRenderText(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	content := migration.TextContent{Version: 2, Purpose: queries.DeliveryPurposeInvitation, Language: queries.MessageLanguageEn,
		Recipient: "Tess Tenant", LocationName: "Denver Studios", PlanName: "Studio 12", PlanKind: queries.PlanKindStudio,
		LinkInvitation: inv.ID, LinkVersion: 1, LinkKey: "k1"}
	first, err := b.Rules.RenderText(content)
	require.NoError(t, err)
	short, err := b.Links.TextToken("k1", inv.ID, 1)
	require.NoError(t, err)
	require.Contains(t, first.Body, " "+testkit.PublicURL+"/s/"+short+" ")
	require.Equal(t, 1, first.Segments)
	again, err := b.Service(t, func(o *migration.Options) { o.Links = testkit.Links(t, "k2", "k1") }).RenderText(content)
	require.NoError(t, err)
	require.Equal(t, first, again, "also once there is a new key")
	content.LinkKey = "k0"
	_, err = b.Rules.RenderText(content)
	require.ErrorContains(t, err, `"k0"`)
}
