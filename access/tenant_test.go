package access_test

import (
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/queries"
)

// tenant is somebody with an account, and the token of a link that they were mailed.
func (b *bundle) tenant(t *testing.T) (*queries.Tenant, string) {
	t.Helper()
	tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
	return tenant, b.MailedLink(t, *tenant.Email)
}

func (b *bundle) enter(t *testing.T, link string) (*access.TenantSignIn, error) {
	t.Helper()
	return b.access.SignInByLink(t.Context(), link, origin("203.0.113.7"))
}

func (b *bundle) which(t *testing.T, token string) *access.Tenant {
	t.Helper()
	tenant, err := b.access.WhichTenant(t.Context(), token)
	require.NoError(t, err)
	return tenant
}

func TestSignInByLink(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant, link := b.tenant(t)
		in, err := b.enter(t, link)
		require.NoError(t, err)
		require.Equal(t, tenant.ID, in.Tenant.ID)
		require.True(t, strings.HasPrefix(in.Token, "cot_"))
		require.Equal(t, tenant.ID, b.which(t, in.Token).ID)
		require.Contains(t, b.Told(t, queries.EventSubjectTenant, tenant.ID), "signed_in")
		rows := strings.Join(b.Strings(t, `SELECT s::text FROM tenant_sign_ins s`), "\n")
		require.NotContains(t, rows, in.Token)
		require.NotContains(t, rows, hex.EncodeToString([]byte(in.Token)))
		require.Contains(t, rows, "203.0.113.7")
	})

	t.Run("OnceAndOfManyAtOnceOneGetsIn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, link := b.tenant(t)
		var got sync.Map
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				_, err := b.access.SignInByLink(t.Context(), link, origin(""))
				got.Store(i, err)
			})
		}
		all.Wait()
		in := 0
		got.Range(func(_, err any) bool {
			if err == nil {
				in++
				return true
			}
			failed, _ := err.(error)
			return errors.Is(failed, access.ErrLinkClosed)
		})
		require.Equal(t, 1, in)
		_, err := b.enter(t, link)
		require.ErrorIs(t, err, access.ErrLinkClosed)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM tenant_sign_ins`))
	})

	t.Run("ErrLinkClosed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, link := b.tenant(t)
		setupToken, err := b.Links.Token("k1", uuid.New(), 1)
		require.NoError(t, err)
		made, err := b.Links.SignInToken("k1", uuid.New())
		require.NoError(t, err)
		for name, token := range map[string]string{"Nothing": "", "Altered": link[:len(link)-2] + "AA", "Longer": link + "A", "Shorter": link[:len(link)-1],
			"OtherCase": strings.ToUpper(link), "ForASetup": setupToken, "OfNoRow": made, "Hash": hex.EncodeToString([]byte(link)), "NUL": "\x00"} {
			_, err := b.enter(t, token)
			require.ErrorIs(t, err, access.ErrLinkClosed, name)
		}
		b.Clock.Move(15 * time.Minute)
		_, err = b.enter(t, link)
		require.ErrorIs(t, err, access.ErrLinkClosed, "its time is over")
	})

	t.Run("ErrAnotherAddressSince", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant, link := b.tenant(t)
		b.Exec(t, `UPDATE tenants SET email = 'other@home.test' WHERE id = $1`, tenant.ID)
		_, err := b.enter(t, link)
		require.ErrorIs(t, err, access.ErrLinkClosed)
	})
}

func TestWhichTenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	tenant, link := b.tenant(t)
	in, err := b.enter(t, link)
	require.NoError(t, err)
	other, err := b.enter(t, b.MailedLink(t, *tenant.Email))
	require.NoError(t, err)
	staff, err := b.signIn(t, b.Manager.Email, testkit.Password)
	require.NoError(t, err)

	t.Run("EachKindIsNobodyAmongTheOther", func(t *testing.T) {
		require.Nil(t, b.which(t, staff.Token))
		require.Nil(t, b.who(t, in.Token))
		for _, token := range []string{"", "cot_", strings.Replace(staff.Token, "cos_", "cot_", 1), link, "cot_\x00", in.Token + "A"} {
			require.Nil(t, b.which(t, token), "%q", token)
		}
		require.Nil(t, b.who(t, strings.Replace(in.Token, "cot_", "cos_", 1)))
		b.Exec(t, `UPDATE sign_ins SET token_hash = (SELECT token_hash FROM tenant_sign_ins LIMIT 1) WHERE staff_id = $1`, b.Manager.ID)
		require.Nil(t, b.who(t, in.Token), "not even where both rows hold one hash")
	})
	t.Run("NobodyAfterSigningOut", func(t *testing.T) {
		require.NoError(t, b.access.SignOutTenant(t.Context(), b.which(t, in.Token)))
		require.Nil(t, b.which(t, in.Token))
		require.NotNil(t, b.which(t, other.Token), "another device stays signed in")
	})
	t.Run("NobodyOnceTheAccountHasAnotherAddress", func(t *testing.T) {
		b.Exec(t, `UPDATE tenants SET email = 'other@home.test' WHERE id = $1`, tenant.ID)
		require.Nil(t, b.which(t, other.Token), "whoever reads the old mailbox is out")
		b.Exec(t, `UPDATE tenants SET email = $2 WHERE id = $1`, tenant.ID, *tenant.Email)
	})
	t.Run("NobodyOnceItsTimeIsOver", func(t *testing.T) {
		b.Clock.Move(12 * time.Hour)
		require.Nil(t, b.which(t, other.Token))
	})
}
