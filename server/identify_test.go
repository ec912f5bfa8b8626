package server_test

import (
	"fmt"
	"net/http"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/server"
)

func wrong(i int) string { return fmt.Sprintf("cos_%043d", i) }

func TestGuessingTokens(t *testing.T) {
	t.Parallel()
	behindProxy := func(o *server.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} }
	b := setup(t, behindProxy)
	ask := func(ip string, header ...string) response {
		return b.send(t, "POST", "/graphql", operation(whoami), append(header, "X-Forwarded-For", ip)...)
	}
	token, _ := b.signIn(t)

	for i := range 100 {
		resp := ask("198.51.100.7", "Authorization", "Bearer "+wrong(i))
		require.Equal(t, http.StatusOK, resp.StatusCode, "%d", i)
		require.Contains(t, resp.text, `"viewer":null`, "nobody, and no error")
	}

	t.Run("EnoughIsEnough", func(t *testing.T) {
		for _, header := range [][]string{{"Authorization", "Bearer " + wrong(101)}, {"Authorization", "Bearer co_" + strings.Repeat("x", 43)}, {"Cookie", "carryover=" + wrong(1)},
			{"Cookie", "carryover-tenant=cot_x"}} {
			resp := ask("198.51.100.7", header...)
			require.Equal(t, http.StatusTooManyRequests, resp.StatusCode, "%v", header)
			require.Equal(t, "300", resp.Header.Get("Retry-After"))
		}
	})

	t.Run("WhoSharesTheAddressIsNotHeldUp", func(t *testing.T) {
		require.Contains(t, ask("198.51.100.7", "Authorization", "Bearer "+token).text, "Max Manager")
	})

	t.Run("WhoHandsInNoneIsNotHeldUp", func(t *testing.T) {
		require.Equal(t, http.StatusOK, ask("198.51.100.7").StatusCode)
	})

	t.Run("OthersAreNotHeldUp", func(t *testing.T) {
		require.Contains(t, ask("198.51.100.8", "Authorization", "Bearer "+token).text, "Max Manager")
	})

	t.Run("AfterAWhileGuessesAreCountedAnew", func(t *testing.T) {
		b.Clock.Move(5 * time.Minute)
		require.Equal(t, http.StatusOK, ask("198.51.100.7", "Authorization", "Bearer "+wrong(1)).StatusCode)
	})

	t.Run("AnEndedSignInIsTakenFromTheBrowser", func(t *testing.T) {
		for i := range 110 {
			ask("198.51.100.9", "Authorization", "Bearer "+wrong(i))
		}
		resp := ask("198.51.100.9", "Cookie", "carryover="+wrong(1)+"; carryover-tenant=cot_x; carryover-device=cod_x")
		require.Equal(t, http.StatusTooManyRequests, resp.StatusCode)
		var taken []string
		for _, c := range resp.Cookies() {
			require.Negative(t, c.MaxAge)
			taken = append(taken, c.Name)
		}
		require.Equal(t, []string{"carryover", "carryover-tenant"}, taken, "so that the next request is nobody's and may sign in")
	})
}

// TestGuessingSetUpLinks is somebody with a list of tokens.
func TestGuessingSetUpLinks(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *server.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	token := b.Token(t, b.Invited(t))
	ask := func(ip, query string) string {
		return b.send(t, "POST", "/graphql", operation(query), "X-Forwarded-For", ip).text
	}
	for i := range 50 {
		require.Equal(t, `{"data":{"setup":null}}`, ask("198.51.100.7", fmt.Sprintf(`{setup(token:"k1.%d"){state}}`, i)))
		require.Contains(t, ask("198.51.100.7", fmt.Sprintf(`mutation{startSetup(input:{token:"k1.%d",method:CARD}){userErrors{code}}}`, i)), "LINK_CLOSED")
	}
	require.Contains(t, ask("198.51.100.7", `{setup(token:"k1.x"){state}}`), `"code":"RATE_LIMITED","retryAfter":300`)
	require.Contains(t, ask("198.51.100.7", `{setup(token:"`+token+`"){state}}`), "OPEN", "a neighbour's own link opens")
	require.Contains(t, ask("198.51.100.7", `mutation{startSetup(input:{token:"k1.x",method:CARD}){userErrors{code retryAfter}}}`), `"retryAfter":300`)
	require.Contains(t, ask("198.51.100.8", `{setup(token:"`+token+`"){state}}`), "OPEN")
	b.Clock.Move(5 * time.Minute)
	require.Equal(t, `{"data":{"setup":null}}`, ask("198.51.100.7", `{setup(token:"k1.x"){state}}`))
}

// TestGuessingPaths is somebody with a list of the links that are paths.
func TestGuessingPaths(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *server.Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	inv := b.Invited(t)
	short, err := b.Links.TextToken("k1", inv.ID, inv.LinkVersion)
	require.NoError(t, err)
	ask := func(method, path, ip string) response { return b.send(t, method, path, "", "X-Forwarded-For", ip) }
	for i := range 34 {
		require.Equal(t, http.StatusSeeOther, ask("GET", fmt.Sprintf("/s/x%d", i), "198.51.100.7").StatusCode)
		require.Equal(t, http.StatusNotFound, ask("GET", fmt.Sprintf("/unsubscribe/x%d", i), "198.51.100.7").StatusCode)
		if i < 32 {
			require.Equal(t, http.StatusNotFound, ask("POST", fmt.Sprintf("/unsubscribe/x%d", i), "198.51.100.7").StatusCode)
		}
	}
	for _, one := range [][2]string{{"GET", "/s/x"}, {"GET", "/unsubscribe/x"}, {"POST", "/unsubscribe/x"}} {
		resp := ask(one[0], one[1], "198.51.100.7")
		require.Equal(t, http.StatusTooManyRequests, resp.StatusCode, one)
		require.Equal(t, "300", resp.Header.Get("Retry-After"))
		require.NotEqual(t, http.StatusTooManyRequests, ask(one[0], one[1], "198.51.100.8").StatusCode)
	}
	require.Equal(t, "/setup/"+b.Token(t, inv), ask("GET", "/s/"+short, "198.51.100.7").Header.Get("Location"), "a neighbour's own link opens")
}

func TestWhoConnected(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		proxies, said, want string
	}{
		"NoProxyIsBelieved":         {"", "198.51.100.7", "127.0.0.1"},
		"AnotherOnesIsNotBelieved":  {"10.0.0.0/8", "198.51.100.7", "127.0.0.1"},
		"OursIsBelieved":            {"127.0.0.1/32", "198.51.100.7", "198.51.100.7"},
		"TheLastThatIsNoneOfOurs":   {"127.0.0.1/32,10.0.0.0/8", "203.0.113.9, 198.51.100.7, 10.1.2.3", "198.51.100.7"},
		"WhatAnybodyWritesIsBefore": {"127.0.0.1/32", "10.0.0.1, 198.51.100.7", "198.51.100.7"},
		"NothingSaid":               {"127.0.0.1/32", "", "127.0.0.1"},
		"Garbage":                   {"127.0.0.1/32", "198.51.100.7, x", "127.0.0.1"},
		"IPv6":                      {"127.0.0.1/32", "2001:db8::1", "2001:db8::1"},
		"WithAPort":                 {"127.0.0.1/32,10.0.0.0/8", "198.51.100.7:4711, 10.1.2.3:80", "198.51.100.7"},
		"IPv6InBrackets":            {"127.0.0.1/32", "[2001:db8::1]", "2001:db8::1"},
		"IPv6WithAPort":             {"127.0.0.1/32", "[2001:db8::1]:4711", "2001:db8::1"},
		"HalfABracket":              {"127.0.0.1/32", "[2001:db8::1]x", "127.0.0.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, func(o *server.Options) {
				for one := range strings.SplitSeq(tt.proxies, ",") {
					if one != "" {
						o.Proxies = append(o.Proxies, netip.MustParsePrefix(one))
					}
				}
			})
			resp := b.send(t, "POST", "/graphql", operation(`mutation{signIn(input:{email:"`+b.Manager.Email+`",password:"correct horse battery staple"}){userErrors{code}}}`), "X-Forwarded-For", tt.said)
			require.Equal(t, http.StatusOK, resp.StatusCode)
			require.Equal(t, []string{tt.want}, b.Strings(t, `SELECT host(ip) FROM sign_ins`))
		})
	}
}

// TestCookieIsExchanged is a browser over some hours.
func TestCookieIsExchanged(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *server.Options) { o.UploadMost = 200 })
	token, cookie := b.signIn(t)
	b.Clock.Move(time.Hour)

	bearer := b.send(t, "POST", "/graphql", operation(whoami), "Authorization", "Bearer "+token)
	require.Contains(t, bearer.text, "Max Manager")
	require.Empty(t, bearer.Cookies(), "who keeps the token keeps it")

	upload := b.send(t, "POST", "/imports", "id,name", "Cookie", cookie.Name+"="+token)
	require.Equal(t, http.StatusCreated, upload.StatusCode, upload.text)
	require.Empty(t, upload.Cookies(), "the answer comes when the file is there, minutes later")

	resp := b.send(t, "POST", "/graphql", operation(whoami), "Cookie", cookie.Name+"="+token)
	require.Contains(t, resp.text, "Max Manager")
	require.Len(t, resp.Cookies(), 1)
	fresh := resp.Cookies()[0]
	require.Equal(t, cookie.Name, fresh.Name)
	require.True(t, fresh.HttpOnly)
	require.NotEqual(t, token, fresh.Value)

	again := b.send(t, "POST", "/graphql", operation(whoami), "Cookie", cookie.Name+"="+fresh.Value)
	require.Contains(t, again.text, "Max Manager")
	require.Empty(t, again.Cookies())
}
