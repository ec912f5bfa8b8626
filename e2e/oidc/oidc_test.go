// Package oidc signs staff in at a real OpenID Connect provider, which runs on this machine while its tests do.
package oidc

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/testkit"
	"carryover/live"
	"carryover/migration"
	"carryover/queries"
	"carryover/server"
)

// site is an installation beside a provider. Between them stands a proxy, at which answers can be exchanged.
type site struct {
	*testkit.Bundle
	in            *access.Service
	app, provider string
	swap          atomic.Pointer[string] // the ID token that the next answer of the token endpoint holds instead of its own
}

func secretOf(client string) string { return "secret of " + client + ", long enough for any algorithm" }

func setup(t *testing.T) *site {
	t.Helper()
	s := &site{Bundle: testkit.New(t)}
	var handler atomic.Pointer[http.Handler]
	app := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { (*handler.Load()).ServeHTTP(w, r) }))
	t.Cleanup(app.Close)
	s.app = app.URL
	s.provider = s.startProvider(t)

	in, err := access.New(s.DB.Pool, s.Clock.Now)
	require.NoError(t, err)
	in.OIDC = access.NewOIDC(access.OIDCOptions{Issuer: s.provider, ClientID: "carryover", ClientSecret: secretOf("carryover"), RedirectURL: s.app + server.OIDCCallback})
	s.in = in
	hub := live.New(s.DB.Pool, s.Log.Logger)
	t.Cleanup(hub.Close)
	h := server.New(server.Options{Access: in, Pool: s.DB.Pool, Log: s.Log.Logger,
		Resolver: &graph.Resolver{Pool: s.DB.Pool, Lists: s.DB.Pool, Pages: s.DB.Pool, Migration: s.Rules, Access: in, Live: hub, Log: s.Log.Logger}})
	handler.Store(&h)
	return s
}

// startProvider runs the provider until the test ends, and answers its issuer: the proxy's address.
func (s *site) startProvider(t *testing.T) string {
	t.Helper()
	var inner atomic.Pointer[url.URL]
	proxy := httptest.NewServer(&httputil.ReverseProxy{ModifyResponse: s.exchange,
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(inner.Load())
			r.Out.Host = r.In.Host // the addresses that it names are the proxy's
		}})
	t.Cleanup(proxy.Close)
	require.DirExists(t, "node_modules", "fetch the provider first: make e2e/oidc/node_modules/.installed")
	ctx, cancel := context.WithCancel(context.Background())
	cmd := exec.CommandContext(ctx, "node", "provider.mjs")
	cmd.Env = append(cmd.Environ(), "ISSUER="+proxy.URL, "REDIRECT_URI="+s.app+server.OIDCCallback)
	_, err := cmd.StdinPipe() // closed with this process, which ends it
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { cancel(); _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if port, ok := strings.CutPrefix(lines.Text(), "listening "); ok {
			inner.Store(&url.URL{Scheme: "http", Host: "127.0.0.1:" + port})
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return proxy.URL
		}
	}
	require.Fail(t, "the provider did not start")
	return ""
}

func (s *site) exchange(resp *http.Response) error {
	if resp.Request.URL.Path != "/token" || resp.StatusCode != http.StatusOK {
		return nil
	}
	other := s.swap.Swap(nil)
	if other == nil {
		return nil
	}
	var answer map[string]any
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return err
	}
	answer["id_token"] = *other
	raw, err := json.Marshal(answer)
	resp.Body, resp.ContentLength = io.NopCloser(strings.NewReader(string(raw))), int64(len(raw))
	resp.Header.Del("Content-Length")
	return err
}

// browser follows no redirect by itself: a test may look at each and alter it.
type browser struct {
	t *testing.T
	*http.Client
}

func (s *site) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &browser{t, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// read answers the status, where it leads to, and the text.
func (b *browser) read(resp *http.Response, err error) (status int, to, text string) {
	b.t.Helper()
	require.NoError(b.t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(b.t, err)
	if at, err := resp.Location(); err == nil {
		to = at.String()
	}
	return resp.StatusCode, to, string(raw)
}

// start is the way to the provider.
func (b *browser) start(s *site) *url.URL {
	b.t.Helper()
	return b.startFor(s, "")
}

// startFor is the way there of somebody who wants to go somewhere.
func (b *browser) startFor(s *site, wish string) *url.URL {
	b.t.Helper()
	status, to, text := b.read(b.Get(s.app + "/oidc/start?to=" + url.QueryEscape(wish)))
	require.Equal(b.t, http.StatusSeeOther, status, text)
	at, err := url.Parse(to)
	require.NoError(b.t, err)
	return at
}

var form = regexp.MustCompile(`action="([^"]+/interaction/[^"]+)"[\s\S]*?name="prompt" value="(\w+)"`)

// signInThere goes through the provider's pages as somebody, and answers where it sends the browser back to.
func (b *browser) signInThere(at *url.URL, as, home string) string {
	b.t.Helper()
	next := at.String()
	for range 12 {
		if strings.HasPrefix(next, home) {
			return next
		}
		status, to, text := b.read(b.Get(next))
		if status == http.StatusSeeOther || status == http.StatusFound {
			next = to
			continue
		}
		found := form.FindStringSubmatch(text)
		require.NotNil(b.t, found, "%d %s", status, text)
		_, next, _ = b.read(b.PostForm(found[1], url.Values{"prompt": {found[2]}, "login": {as}, "password": {"any"}}))
		require.NotEmpty(b.t, next)
	}
	require.Fail(b.t, "the provider does not send the browser back")
	return ""
}

// comeBack hands the provider's answer in.
func (b *browser) comeBack(to string) (status int, text string) {
	b.t.Helper()
	status, _, text = b.read(b.Get(to))
	return status, text
}

func (b *browser) whoAmI(s *site) string {
	b.t.Helper()
	_, _, text := b.read(b.Post(s.app+"/graphql", "application/json", strings.NewReader(`{"query":"{viewer{staff{name}}}"}`)))
	return text
}

func with(at *url.URL, name, value string) *url.URL {
	altered := *at
	q := altered.Query()
	q.Set(name, value)
	altered.RawQuery = q.Encode()
	return &altered
}

func TestSignInAtTheProvider(t *testing.T) {
	t.Parallel()
	s := setup(t)

	t.Run("OK", func(t *testing.T) {
		b := s.browser(t)
		at := b.start(s)
		require.Equal(t, "S256", at.Query().Get("code_challenge_method"))
		back := b.signInThere(at, s.Manager.Email, s.app)
		status, text := b.comeBack(back)
		require.Equal(t, http.StatusSeeOther, status, text)
		require.Contains(t, b.whoAmI(s), "Max Manager")
		require.Equal(t, []string{"oidc"}, s.Strings(t, `SELECT way::text FROM sign_ins`))
		require.Equal(t, []string{"identity_bound", "signed_in"}, s.Told(t, queries.EventSubjectStaff, s.Manager.ID))
		require.Zero(t, s.Count(t, `SELECT count(*) FROM oidc_attempts`), "nothing is left of it")

		status, _ = b.comeBack(back)
		require.Equal(t, http.StatusBadRequest, status, "an answer is looked at once")
		other := b.start(s)
		status, _ = b.comeBack(with(must(url.Parse(back)), "state", other.Query().Get("state")).String())
		require.Equal(t, http.StatusBadRequest, status, "a code that was used opens nothing in another attempt")
		require.Equal(t, 1, s.Count(t, `SELECT count(*) FROM sign_ins`))
	})

	for name, tt := range map[string]struct {
		as   string
		want string
	}{
		"ErrUnverifiedEmail": {"unverified:" + s.Manager.Email, "verified email"},
		"ErrUnknownEmail":    {"nobody@studios.test", "verified email"},
		"ErrDeactivated":     {s.Gone.Email, "verified email"},
	} {
		t.Run(name, func(t *testing.T) {
			b := s.browser(t)
			status, text := b.comeBack(b.signInThere(b.start(s), tt.as, s.app))
			require.Equal(t, http.StatusForbidden, status)
			require.Contains(t, text, tt.want)
			require.Contains(t, b.whoAmI(s), `"viewer":null`)
		})
	}

	t.Run("TheBrowserIsKnown", func(t *testing.T) {
		require.Equal(t, 1, s.Count(t, `SELECT count(*) FROM staff_devices WHERE staff_id = $1`, s.Manager.ID))
	})

	for name, tt := range map[string]struct {
		as         *queries.Staff
		wish, want string
	}{
		"AManagerLandsInTheConsole":    {s.Manager, "", "/"},
		"AnAttendantLandsAtTheCounter": {s.Attendant, "/", "/counter"},
		"WhereTheyWantedToGo":          {s.Manager, "/migrations/invitations?search=a%20b", "/migrations/invitations?search=a%20b"},
		"NowhereElse":                  {s.Manager, "//evil.test/", "/"},
		"NotWithAWishThatIsTooLong":    {s.Manager, "/settings?x=" + strings.Repeat("x", 8000), "/"},
	} {
		t.Run(name, func(t *testing.T) {
			b := s.browser(t)
			status, to, text := b.read(b.Get(b.signInThere(b.startFor(s, tt.wish), tt.as.Email, s.app)))
			require.Equal(t, http.StatusSeeOther, status, text)
			require.Equal(t, s.app+tt.want, to)
		})
	}

	for name, alter := range map[string]func(*url.URL) *url.URL{
		"ErrNonceOfAnother": func(at *url.URL) *url.URL { return with(at, "nonce", "another") },
		"ErrVerifierOfAnother": func(at *url.URL) *url.URL {
			return with(at, "code_challenge", oauth2.S256ChallengeFromVerifier(oauth2.GenerateVerifier()))
		},
		"ErrCodeOfAnother": func(at *url.URL) *url.URL { return with(at, "client_id", "another") },
	} {
		t.Run(name, func(t *testing.T) {
			b := s.browser(t)
			status, _ := b.comeBack(b.signInThere(alter(b.start(s)), s.Manager.Email, s.app))
			require.Equal(t, http.StatusBadRequest, status)
			require.Contains(t, b.whoAmI(s), `"viewer":null`)
		})
	}

	t.Run("ErrAudienceOfAnother", func(t *testing.T) {
		b := s.browser(t)
		at := b.start(s)
		word := s.wordFor(t, "another", at.Query().Get("nonce"))
		back := b.signInThere(at, s.Manager.Email, s.app)
		s.swap.Store(&word)
		status, _ := b.comeBack(back)
		require.Equal(t, http.StatusBadRequest, status)
		require.Nil(t, s.swap.Load(), "it was handed in")
		require.Contains(t, s.Log.Text(), "audience")
	})

	t.Run("ErrAlteredToken", func(t *testing.T) {
		b := s.browser(t)
		at := b.start(s)
		word := s.wordFor(t, "carryover", at.Query().Get("nonce"))
		head, rest, _ := strings.Cut(word, ".")
		_, signature, _ := strings.Cut(rest, ".")
		word = head + "." + strings.ReplaceAll(rest[:len(rest)-len(signature)-1], "e", "f") + "." + signature
		back := b.signInThere(at, s.Manager.Email, s.app)
		s.swap.Store(&word)
		status, _ := b.comeBack(back)
		require.Equal(t, http.StatusBadRequest, status)
	})

	t.Run("ErrAnotherBrowser", func(t *testing.T) {
		b, victim := s.browser(t), s.browser(t)
		back := b.signInThere(b.start(s), s.Manager.Email, s.app)
		status, _ := victim.comeBack(back)
		require.Equal(t, http.StatusBadRequest, status, "nobody is signed in as somebody else by a link")
		victim.start(s)
		status, _ = victim.comeBack(back)
		require.Equal(t, http.StatusBadRequest, status)
		require.Contains(t, victim.whoAmI(s), `"viewer":null`)
	})

	t.Run("ErrAnswerOfAnotherIssuer", func(t *testing.T) {
		b := s.browser(t)
		back := b.signInThere(b.start(s), s.Manager.Email, s.app)
		status, _ := b.comeBack(with(must(url.Parse(back)), "iss", "https://evil.test").String())
		require.Equal(t, http.StatusBadRequest, status)
	})

	t.Run("ErrAfterTenMinutes", func(t *testing.T) {
		b := s.browser(t)
		back := b.signInThere(b.start(s), s.Manager.Email, s.app)
		s.Clock.Move(10 * time.Minute)
		status, _ := b.comeBack(back)
		require.Equal(t, http.StatusBadRequest, status)
		require.NoError(t, s.Rules.PurgeAccess(t.Context()))
		require.Zero(t, s.Count(t, `SELECT count(*) FROM oidc_attempts WHERE expires_at <= $1`, s.Clock.Now()))
	})

	t.Run("ErrGarbage", func(t *testing.T) {
		for _, query := range []string{"", "?state=", "?code=x", "?state=x&code=y", "?error=access_denied&state=x", "?state=%00&code=%00"} {
			status, _ := s.browser(t).comeBack(s.app + server.OIDCCallback + query)
			require.Equal(t, http.StatusBadRequest, status, query)
		}
	})

	t.Run("StartedTooOften", func(t *testing.T) {
		b, status := s.browser(t), http.StatusSeeOther
		for range 61 {
			status, _, _ = b.read(b.Get(s.app + "/oidc/start"))
		}
		require.Equal(t, http.StatusTooManyRequests, status)
	})

	t.Run("NoSecretIsLogged", func(t *testing.T) {
		require.NotContains(t, s.Log.Text(), "long enough for any algorithm")
		require.NotContains(t, s.Log.Text(), "eyJ", "no token")
	})
}

// TestWhoTheProviderMeans is people whose addresses change and change hands: "name|address" is a person at the provider.
func TestWhoTheProviderMeans(t *testing.T) {
	t.Parallel()
	s := setup(t)
	signIn := func(t *testing.T, as string) (status int, who string) {
		t.Helper()
		b := s.browser(t)
		status, _ = b.comeBack(b.signInThere(b.start(s), as, s.app))
		return status, b.whoAmI(s)
	}
	requireIn := func(t *testing.T, as, name string) {
		t.Helper()
		status, who := signIn(t, as)
		require.Equal(t, http.StatusSeeOther, status)
		require.Contains(t, who, name)
	}
	requireRefused := func(t *testing.T, as string) {
		t.Helper()
		status, who := signIn(t, as)
		require.Equal(t, http.StatusForbidden, status)
		require.Contains(t, who, `"viewer":null`)
	}

	t.Run("TwoBrowsersAtOnceBindOnce", func(t *testing.T) {
		one, two := s.browser(t), s.browser(t)
		backs := []string{one.signInThere(one.start(s), "max|"+s.Manager.Email, s.app), two.signInThere(two.start(s), "max|"+s.Manager.Email, s.app)}
		var all sync.WaitGroup
		statuses := make([]int, 2)
		for i, b := range []*browser{one, two} {
			all.Go(func() { statuses[i], _ = b.comeBack(backs[i]) })
		}
		all.Wait()
		require.Equal(t, []int{http.StatusSeeOther, http.StatusSeeOther}, statuses)
		require.Equal(t, []string{"max"}, s.Strings(t, `SELECT subject FROM staff_identities`))
	})

	t.Run("TheSamePersonWithAnotherAddress", func(t *testing.T) {
		requireIn(t, "max|max.newname@studios.test", "Max Manager")
		requireIn(t, "max|unverified:max@elsewhere.test", "Max Manager")
		requireIn(t, "max|"+s.Admin.Email, "Max Manager")
	})

	t.Run("ErrAnAddressThatChangedHands", func(t *testing.T) {
		requireRefused(t, "mara|"+s.Manager.Email)
		told := s.Told(t, queries.EventSubjectStaff, s.Manager.ID)
		require.Equal(t, "identity_refused", told[len(told)-1], "whoever keeps the list of staff sees it")
		require.Equal(t, 1, s.Count(t, `SELECT count(*) FROM staff_identities`))
	})

	t.Run("ErrSomebodyElsesName", func(t *testing.T) {
		requireIn(t, "ada|"+s.Admin.Email, "Ada Admin")
		requireIn(t, "max|"+s.Admin.Email, "Max Manager")
	})

	t.Run("ErrDeactivatedUnderAnyAddress", func(t *testing.T) {
		by := migration.StaffActor(s.Admin.ID, "")
		_, err := s.in.Deactivate(t.Context(), by, s.Manager.ID)
		require.NoError(t, err)
		requireRefused(t, "max|"+s.Manager.Email)
		requireRefused(t, "mara|"+s.Manager.Email)
		requireRefused(t, "max|max.newname@studios.test")
		_, err = s.in.Reactivate(t.Context(), by, s.Manager.ID)
		require.NoError(t, err)
		requireIn(t, "max2|"+s.Manager.Email, "Max Manager") // with an account that was made anew
		requireRefused(t, "max|"+s.Manager.Email)
	})
}

// wordFor is an ID token that the provider gave honestly, to a client for a nonce.
func (s *site) wordFor(t *testing.T, client, nonce string) string {
	t.Helper()
	verifier := oauth2.GenerateVerifier()
	config := &oauth2.Config{ClientID: client, ClientSecret: secretOf(client), RedirectURL: s.app + server.OIDCCallback, Scopes: []string{"openid", "email"},
		Endpoint: oauth2.Endpoint{AuthURL: s.provider + "/auth", TokenURL: s.provider + "/token", AuthStyle: oauth2.AuthStyleInHeader}}
	at := must(url.Parse(config.AuthCodeURL("x", oauth2.SetAuthURLParam("nonce", nonce), oauth2.S256ChallengeOption(verifier))))
	back := must(url.Parse(s.browser(t).signInThere(at, s.Manager.Email, s.app)))
	tokens, err := config.Exchange(t.Context(), back.Query().Get("code"), oauth2.VerifierOption(verifier))
	require.NoError(t, err)
	word, _ := tokens.Extra("id_token").(string)
	require.NotEmpty(t, word)
	return word
}

func must(at *url.URL, err error) *url.URL {
	if err != nil {
		panic(err)
	}
	return at
}

// TestProviderSlow: who waits for it to say what it can keeps nobody else waiting, and is let go when they give up.
func TestProviderSlow(t *testing.T) {
	t.Parallel()
	asked, slow := make(chan struct{}, 2), make(chan struct{})
	var first atomic.Bool
	provider := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		if first.CompareAndSwap(false, true) {
			select {
			case <-slow:
			case <-r.Context().Done():
			}
		}
		issuer := "http://" + r.Host
		_ = json.NewEncoder(w).Encode(map[string]any{"issuer": issuer, "authorization_endpoint": issuer + "/auth", "token_endpoint": issuer + "/token",
			"jwks_uri": issuer + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	}))
	t.Cleanup(provider.Close)
	t.Cleanup(func() { close(slow) })
	b := testkit.New(t)
	in, err := access.New(b.DB.Pool, b.Clock.Now)
	require.NoError(t, err)
	in.OIDC = access.NewOIDC(access.OIDCOptions{Issuer: provider.URL, ClientID: "carryover", ClientSecret: "x"})
	done := make(chan error, 1)
	go func() {
		_, _, err := in.BeginOIDC(t.Context(), access.Origin{})
		done <- err
	}()
	<-asked
	to, _, err := in.BeginOIDC(t.Context(), access.Origin{})
	require.NoError(t, err)
	require.Contains(t, to, provider.URL+"/auth?")
	require.Empty(t, done, "the first one waits still")
}

// TestProviderDown: the program starts, and says so when somebody wants to sign in.
func TestProviderDown(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	in, err := access.New(b.DB.Pool, b.Clock.Now)
	require.NoError(t, err)
	in.OIDC = access.NewOIDC(access.OIDCOptions{Issuer: "http://127.0.0.1:1", ClientID: "carryover", ClientSecret: "x"})
	h := server.New(server.Options{Access: in, Pool: b.DB.Pool, Log: b.Log.Logger, Resolver: &graph.Resolver{Pool: b.DB.Pool, Access: in, Log: b.Log.Logger}})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/oidc/start", nil))
	require.Equal(t, http.StatusBadGateway, w.Code)
}
