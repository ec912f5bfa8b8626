package server_test

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/server"
)

const whichTenant = `{viewer{staff{name} tenant{greetingName}}}`

// enter signs a tenant in by a mailed link, as the account's page does.
func (b *bundle) enter(t *testing.T, link string) response {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": `mutation($t:String!){signInWithLink(input:{token:$t}){token viewer{tenant{greetingName}} userErrors{code}}}`,
		"variables": map[string]string{"t": link}})
	require.NoError(t, err)
	return b.send(t, "POST", "/graphql", string(body))
}

func TestSigningInAsATenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Approved(t, migration.NextMonth)
	link := b.MailedLink(t, *b.TenantOf(t, sub).Email)
	in := b.enter(t, link)
	require.Len(t, in.Cookies(), 1, in.text)
	cookie := in.Cookies()[0]
	require.Equal(t, "carryover-tenant", cookie.Name)
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteLaxMode, cookie.SameSite)
	require.Equal(t, "/", cookie.Path)
	asTenant := "carryover-tenant=" + cookie.Value

	t.Run("OnceByLink", func(t *testing.T) {
		again := b.enter(t, link)
		require.JSONEq(t, `{"data":{"signInWithLink":{"token":null,"viewer":null,"userErrors":[{"code":"LINK_CLOSED"}]}}}`, again.text)
		require.Empty(t, again.Cookies())
	})
	t.Run("ByCookieAndByBearer", func(t *testing.T) {
		const want = `{"data":{"viewer":{"staff":null,"tenant":{"greetingName":"Tess"}}}}`
		require.JSONEq(t, want, b.send(t, "POST", "/graphql", operation(whichTenant), "Cookie", asTenant).text)
		require.JSONEq(t, want, b.send(t, "POST", "/graphql", operation(whichTenant), "Authorization", "Bearer "+cookie.Value).text)
	})
	t.Run("EachCookieIsGoodForItsOwnKindAlone", func(t *testing.T) {
		staff := b.tokenOf(t, b.Manager)
		for _, swapped := range []string{"carryover=" + cookie.Value, "carryover-tenant=" + staff, "carryover-tenant=" + cookie.Value + "x"} {
			require.JSONEq(t, `{"data":{"viewer":null}}`, b.send(t, "POST", "/graphql", operation(whichTenant), "Cookie", swapped).text, swapped)
		}
		both := b.send(t, "POST", "/graphql", operation(whichTenant), "Cookie", asTenant+"; carryover="+staff).text
		require.JSONEq(t, `{"data":{"viewer":{"staff":{"name":"Max Manager"},"tenant":{"greetingName":"Tess"}}}}`, both)
	})
	t.Run("NotFromAnotherSite", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", operation(whichTenant), "Cookie", asTenant, "Sec-Fetch-Site", "cross-site")
		require.Equal(t, http.StatusForbidden, resp.StatusCode)
	})
	t.Run("NoLiveUpdatesOfStaff", func(t *testing.T) {
		a := b.send(t, "POST", "/graphql", operation(`subscription{batchProgressed(id:"x"){id}}`), "Cookie", asTenant, "Accept", "text/event-stream")
		require.Contains(t, a.text, "FORBIDDEN")
	})
	t.Run("ItsCookieIsExchangedAfterAnHour", func(t *testing.T) {
		b.Clock.Move(time.Hour)
		resp := b.send(t, "POST", "/graphql", operation(whichTenant), "Cookie", asTenant)
		require.Contains(t, resp.text, "Tess")
		require.Len(t, resp.Cookies(), 1)
		require.Equal(t, cookie.Name, resp.Cookies()[0].Name)
		require.NotEqual(t, cookie.Value, resp.Cookies()[0].Value)
		asTenant = cookie.Name + "=" + resp.Cookies()[0].Value
		require.Empty(t, b.send(t, "POST", "/graphql", operation(whichTenant), "Cookie", asTenant).Cookies())
	})
	t.Run("SigningOutTakesTheCookieBack", func(t *testing.T) {
		out := b.send(t, "POST", "/graphql", operation(`mutation{signOut{userErrors{code}}}`), "Cookie", asTenant)
		taken := map[string]int{}
		for _, c := range out.Cookies() {
			taken[c.Name] = c.MaxAge
		}
		require.Negative(t, taken["carryover-tenant"])
		require.JSONEq(t, `{"data":{"viewer":null}}`, b.send(t, "POST", "/graphql", operation(whichTenant), "Cookie", asTenant).text)
	})
	t.Run("OverHTTPSOnlyWhereThereIsHTTPS", func(t *testing.T) {
		secure := setup(t, func(o *server.Options) { o.SecureOnly = true })
		own := secure.Claimed(t, testkit.Visa)
		c := secure.enter(t, secure.MailedLink(t, *secure.TenantOf(t, own).Email)).Cookies()[0]
		require.True(t, c.Secure)
		require.Equal(t, "__Host-carryover-tenant", c.Name)
	})
	require.NotContains(t, b.Log.Text(), link)
	require.NotContains(t, b.Log.Text(), cookie.Value)
}
