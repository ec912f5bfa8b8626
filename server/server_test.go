package server_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/testkit"
	"carryover/live"
	"carryover/migration"
	"carryover/queries"
	"carryover/server"
)

// bundle is the whole of HTTP over one installation.
type bundle struct {
	*testkit.Bundle
	url     string
	handler http.Handler
	in      *access.Service
}

// who is behind a token.
func (b *bundle) who(t *testing.T, token string) *access.Viewer {
	t.Helper()
	v, err := b.in.Who(t.Context(), token)
	require.NoError(t, err)
	require.NotNil(t, v)
	return v
}

func setup(t *testing.T, change ...func(*server.Options)) *bundle {
	t.Helper()
	b := &bundle{Bundle: testkit.New(t)}
	b.serve(t, change...)
	return b
}

// serve opens another server over the same installation.
func (b *bundle) serve(t *testing.T, change ...func(*server.Options)) {
	t.Helper()
	in, err := access.New(b.DB.Pool, b.Clock.Now)
	require.NoError(t, err)
	in.Mail, b.in = b.Rules, in
	o := server.Options{Resolver: &graph.Resolver{Pool: b.DB.Pool, Lists: b.DB.Lists(t), Pages: b.DB.Pages(t), Migration: b.Rules, Access: in, Live: live.New(b.DB.Pool, b.Log.Logger), Log: b.Log.Logger},
		Access: in, Pool: b.DB.Pool, Log: b.Log.Logger,
		VerifyStripe: func(payload []byte, signature string) (e migration.StripeEvent, err error) {
			if signature != "right" {
				return e, errors.New("no such signature")
			}
			return e, json.Unmarshal(payload, &e)
		}}
	for _, c := range change {
		c(&o)
	}
	b.handler = server.New(o)
	web := httptest.NewServer(b.handler)
	t.Cleanup(web.Close)
	t.Cleanup(o.Resolver.Live.Close)
	b.url = web.URL
}

type response struct {
	*http.Response
	text string
}

func (b *bundle) send(t *testing.T, method, path, body string, header ...string) response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, b.url+path, strings.NewReader(body))
	require.NoError(t, err)
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return response{resp, string(raw)}
}

func operation(query string) string {
	raw, _ := json.Marshal(map[string]string{"query": query})
	return string(raw)
}

const whoami = `{viewer{staff{name}}}`

func (b *bundle) signIn(t *testing.T) (token string, cookie *http.Cookie) {
	t.Helper()
	return b.signInAs(t, b.Manager)
}

func (b *bundle) tokenOf(t *testing.T, s *queries.Staff) string {
	t.Helper()
	token, _ := b.signInAs(t, s)
	return token
}

func (b *bundle) signInAs(t *testing.T, s *queries.Staff) (token string, cookie *http.Cookie) {
	t.Helper()
	resp := b.send(t, "POST", "/graphql", operation(`mutation{signIn(input:{email:"`+s.Email+`",password:"`+testkit.Password+`"}){token userErrors{code}}}`))
	require.Len(t, resp.Cookies(), 2, resp.text) // the second is what the browser is known by, see TestDeviceCookie
	var answer struct {
		Data struct{ SignIn struct{ Token string } }
	}
	require.NoError(t, json.Unmarshal([]byte(resp.text), &answer))
	return answer.Data.SignIn.Token, resp.Cookies()[0]
}

// TestDeviceCookie is a browser that its owner signed in from, while strangers guess.
func TestDeviceCookie(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *server.Options) { o.SecureOnly = true })
	ask := func(password string, header ...string) response {
		return b.send(t, "POST", "/graphql", operation(`mutation{signIn(input:{email:"`+b.Manager.Email+`",password:"`+password+`"}){userErrors{code}}}`), header...)
	}
	device := ask(testkit.Password).Cookies()[1]
	require.Equal(t, "__Host-carryover-device", device.Name)
	require.True(t, device.HttpOnly && device.Secure && device.SameSite == http.SameSiteLaxMode && device.Path == "/")
	require.Equal(t, 180*24*60*60, device.MaxAge)
	for range 10 {
		require.Contains(t, ask("guess").text, "WRONG_CREDENTIALS")
	}
	require.Contains(t, ask(testkit.Password).text, "RATE_LIMITED")
	again := ask(testkit.Password, "Cookie", device.Name+"="+device.Value)
	require.NotContains(t, again.text, "code", "the owner comes in")
	require.NotEqual(t, device.Value, again.Cookies()[1].Value)
	out := b.send(t, "POST", "/graphql", operation(`mutation{signOut{userErrors{code}}}`), "Cookie", again.Cookies()[0].Name+"="+again.Cookies()[0].Value)
	require.Len(t, out.Cookies(), 1, "who signs out stays known")
	require.NotContains(t, b.Log.Text(), device.Value)
}

func TestSigningIn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, cookie := b.signIn(t)
	require.Equal(t, token, cookie.Value)
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteLaxMode, cookie.SameSite)
	require.Equal(t, "/", cookie.Path)

	t.Run("ByCookie", func(t *testing.T) {
		require.Contains(t, b.send(t, "POST", "/graphql", operation(whoami), "Cookie", "carryover="+token).text, "Max Manager")
	})
	t.Run("ByBearer", func(t *testing.T) {
		require.Contains(t, b.send(t, "POST", "/graphql", operation(whoami), "Authorization", "Bearer "+token).text, "Max Manager")
	})
	t.Run("TheSchemeInAnyCase", func(t *testing.T) {
		for _, scheme := range []string{"bearer", "BEARER", "Bearer "} {
			require.Contains(t, b.send(t, "POST", "/graphql", operation(whoami), "Authorization", scheme+" "+token).text, "Max Manager")
		}
		for _, header := range []string{"Basic " + token, token, "Bearer" + token, "Bearer"} {
			require.NotContains(t, b.send(t, "POST", "/graphql", operation(whoami), "Authorization", header).text, "Max Manager", header)
		}
	})
	t.Run("TheHeaderWins", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", operation(whoami), "Authorization", "Bearer cos_other", "Cookie", "carryover="+token)
		require.JSONEq(t, `{"data":{"viewer":null}}`, resp.text)
	})
	t.Run("ErrWrongCredentials", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", operation(`mutation{signIn(input:{email:"x@y.z",password:"p"}){token viewer{staff{id}} userErrors{code message}}}`))
		require.JSONEq(t, `{"data":{"signIn":{"token":null,"viewer":null,"userErrors":[{"code":"WRONG_CREDENTIALS","message":"Email or password is wrong."}]}}}`, resp.text)
		require.Empty(t, resp.Cookies())
	})
	t.Run("SigningOutTakesTheCookieBack", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", operation(`mutation{signOut{userErrors{code}}}`), "Cookie", "carryover="+token)
		require.Len(t, resp.Cookies(), 1)
		require.Negative(t, resp.Cookies()[0].MaxAge)
		require.JSONEq(t, `{"data":{"viewer":null}}`, b.send(t, "POST", "/graphql", operation(whoami), "Cookie", "carryover="+token).text)
	})
	t.Run("OverHTTPSOnlyWhereThereIsHTTPS", func(t *testing.T) {
		secure := setup(t, func(o *server.Options) { o.SecureOnly = true })
		_, cookie := secure.signIn(t)
		require.True(t, cookie.Secure)
		require.Equal(t, "__Host-carryover", cookie.Name)
		require.Equal(t, "max-age=31536000", secure.send(t, "GET", "/healthz", "").Header.Get("Strict-Transport-Security"))
	})
	require.NotContains(t, b.Log.Text(), token)
	require.NotContains(t, b.Log.Text(), testkit.Password)
}

func TestGraphQLOverHTTP(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, _ := b.signIn(t)

	t.Run("QueriesByGET", func(t *testing.T) {
		resp := b.send(t, "GET", "/graphql?query="+url.QueryEscape(whoami), "", "Authorization", "Bearer "+token)
		require.Contains(t, resp.text, "Max Manager")
	})
	t.Run("ErrMutationsByGET", func(t *testing.T) {
		resp := b.send(t, "GET", "/graphql?query="+url.QueryEscape(`mutation{signOut{userErrors{code}}}`), "", "Cookie", "carryover="+token)
		require.NotEqual(t, http.StatusOK, resp.StatusCode)
		require.Contains(t, b.send(t, "POST", "/graphql", operation(whoami), "Authorization", "Bearer "+token).text, "Max Manager", "nobody was signed out")
	})
	t.Run("ErrFromAnotherSite", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", operation(whoami), "Cookie", "carryover="+token, "Sec-Fetch-Site", "cross-site")
		require.Equal(t, http.StatusForbidden, resp.StatusCode)
		resp = b.send(t, "POST", "/graphql", operation(whoami), "Cookie", "carryover="+token, "Origin", "https://evil.test")
		require.Equal(t, http.StatusForbidden, resp.StatusCode)
	})
	t.Run("ErrTooLarge", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", operation("{viewer{staff{name}}} #"+strings.Repeat("x", 1<<20)))
		require.Equal(t, http.StatusRequestEntityTooLarge, resp.StatusCode)
		require.Contains(t, resp.text, "BAD_REQUEST")
	})
	t.Run("ErrNoRequestIsNotEchoed", func(t *testing.T) {
		for _, body := range []string{`{"query": secretsecret`, `"secretsecret"`, `["secretsecret"]`, `{"query": {"secretsecret": 1}}`,
			`{"query": "{viewer{staff{name}}}", "variables": "secretsecret"}`, "secretsecret", ""} {
			resp := b.send(t, "POST", "/graphql", body)
			require.Contains(t, []int{http.StatusBadRequest, http.StatusUnprocessableEntity}, resp.StatusCode, body)
			require.NotContains(t, resp.text, "secretsecret")
			require.Contains(t, resp.text, "BAD_REQUEST")
		}
	})
	t.Run("ErrLittleIsEchoed", func(t *testing.T) {
		long := strings.Repeat("x", 100_000)
		for _, body := range []string{`{"query": "query A{__typename} query B{__typename}", "operationName": "` + long + `"}`, operation(`{` + long + `}`), operation(`{viewer{staff{name}}} query ` + long)} {
			resp := b.send(t, "POST", "/graphql", body)
			require.Contains(t, []int{http.StatusBadRequest, http.StatusUnprocessableEntity}, resp.StatusCode)
			require.Less(t, len(resp.text), 1000)
		}
		name := strings.Repeat("x", 200)
		require.Contains(t, b.send(t, "POST", "/graphql", `{"query": "query `+name+`{__typename}", "operationName": "`+name+`"}`).text, `"Query"`)
	})
	t.Run("ErrAFloodOfTokens", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", operation("{"+strings.Repeat("a:viewer{__typename} ", 10_000)+"}"))
		require.NotContains(t, resp.text, `"data":{`)
	})
	t.Run("ErrNoIntrospectionOutsideDevelopment", func(t *testing.T) {
		for _, document := range []string{`{__schema{types{name}}}`, `{__type(name:"Staff"){name}}`, `{...on Query{__type(name:"Staff"){name}}}`, `{...a} fragment a on Query{b:__schema{types{name}}}`} {
			resp := b.send(t, "POST", "/graphql", operation(document))
			require.Equal(t, http.StatusUnprocessableEntity, resp.StatusCode, resp.text)
			require.Contains(t, resp.text, "INTROSPECTION_OFF")
		}
		require.Contains(t, b.send(t, "POST", "/graphql", operation(`{__typename}`)).text, `"Query"`)
		development := setup(t, func(o *server.Options) { o.Development = true })
		require.Contains(t, development.send(t, "POST", "/graphql", operation(`{__schema{types{name}}}`)).text, "Invitation")
		for about, document := range map[string]string{
			"Field":             `{invitation_s{id}}`,
			"FieldOfAnother":    `{node(id:"x"){unit}}`,
			"Leaf":              `{invitations(first:1)}`,
			"Argument":          `{invitations(firs:1){totalCount}}`,
			"DirectiveArgument": `{__typename @include(iff:true)}`,
			"TypeOfAFragment":   `{node(id:"x"){...a}} fragment a on Invitatio{id}`,
			"InputField":        `{invitations(filter:{serch:"x"}){totalCount}}`,
			"EnumValue":         `{batches(first:1){nodes{outcomes(outcomes:[SUCCEEDE]){nodes{reason}}}}}`,
			"EnumAsText":        `{batches(first:1){nodes{outcomes(outcomes:["SUCCEEDE"]){nodes{reason}}}}}`,
		} {
			told := development.send(t, "POST", "/graphql", operation(document)).text
			silent := b.send(t, "POST", "/graphql", operation(document)).text
			require.Contains(t, silent, "GRAPHQL_VALIDATION_FAILED", about)
			require.NotContains(t, silent, "Did you mean", about)
			if about != "Leaf" {
				require.Contains(t, told, "Did you mean", about)
			}
		}
	})
}

// TestAnswerThatBreaksOff: what was cut off must not look whole, to a browser that keeps it as a file nor to a proxy.
func TestAnswerThatBreaksOff(t *testing.T) {
	t.Parallel()
	parts := map[string]func(http.ResponseWriter){
		"/sandbox/aborted":  func(w http.ResponseWriter) { _, _ = io.WriteString(w, "half"); panic(http.ErrAbortHandler) },
		"/sandbox/panicked": func(w http.ResponseWriter) { _, _ = io.WriteString(w, "half"); panic("odd") },
		"/sandbox/at-once":  func(http.ResponseWriter) { panic("odd") },
	}
	b := setup(t, func(o *server.Options) {
		o.Sandbox = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { parts[r.URL.Path](w) })
	})
	token := b.tokenOf(t, b.Manager)
	get := func(path string) (string, error) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.url+path, nil)
		require.NoError(t, err)
		r.Header.Set("Authorization", "Bearer "+token)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return "", err
		}
		defer func() { _ = resp.Body.Close() }()
		raw, err := io.ReadAll(resp.Body)
		return string(raw), err
	}
	for _, path := range []string{"/sandbox/aborted", "/sandbox/panicked"} {
		_, err := get(path)
		require.Error(t, err, path)
	}
	require.Contains(t, b.Log.Text(), "request panicked")
	said, err := get("/sandbox/at-once")
	require.NoError(t, err)
	require.Contains(t, said, "Something went wrong on our side.")

	whole, err := get("/exports/legacy-worklist.csv")
	require.NoError(t, err)
	require.Contains(t, whole, "location")
	_, err = b.DB.Owner.Exec(t.Context(), `REVOKE SELECT ON legacy_memberships FROM carryover_app`)
	require.NoError(t, err)
	_, err = get("/exports/legacy-worklist.csv")
	require.Error(t, err)
	require.Contains(t, b.Log.Text(), "a download broke off")
}

func TestEveryAnswer(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	for _, path := range []string{"/graphql", "/setup/" + b.Token(t, inv), "/account", "/s/x", "/unsubscribe/x", "/healthz", "/readyz", "/nothing", "/graphiql", "/"} {
		resp := b.send(t, "GET", path, "")
		require.NotEmpty(t, resp.Header.Get("X-Request-Id"), path)
		require.Equal(t, "nosniff", resp.Header.Get("X-Content-Type-Options"), path)
		require.Equal(t, "no-referrer", resp.Header.Get("Referrer-Policy"), path)
		require.Contains(t, resp.Header.Get("Content-Security-Policy"), "default-src 'none'", path)
		require.NotContains(t, resp.Header.Get("Content-Security-Policy"), "unsafe", path)
		require.Equal(t, "same-origin-allow-popups", resp.Header.Get("Cross-Origin-Opener-Policy"), path)
		require.Equal(t, "same-origin", resp.Header.Get("Cross-Origin-Resource-Policy"), path)
		require.Contains(t, resp.Header.Get("Permissions-Policy"), "camera=()", path)
		require.Empty(t, resp.Header.Get("Strict-Transport-Security"), path)
	}
	require.NotContains(t, b.Log.Text(), b.Token(t, inv), "a log holds the route, not the token in the path")
	require.Contains(t, b.Log.Text(), "/setup/{token}")
	require.Equal(t, http.StatusNotFound, b.send(t, "GET", "/graphiql", "").StatusCode, "outside development")
}

func TestReady(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.Equal(t, http.StatusOK, b.send(t, "GET", "/readyz", "").StatusCode)
	b.DB.Pool.Close()
	require.Equal(t, http.StatusServiceUnavailable, b.send(t, "GET", "/readyz", "").StatusCode)
	require.Equal(t, http.StatusOK, b.send(t, "GET", "/healthz", "").StatusCode, "the process itself is well")
	resp := b.send(t, "POST", "/graphql", operation(whoami), "Authorization", "Bearer cos_x")
	require.Equal(t, http.StatusServiceUnavailable, resp.StatusCode, "nobody is told to be signed out because the database is silent")
}

func TestStripeWebhook(t *testing.T) {
	t.Parallel()
	b := setup(t)
	event := `{"ID":"evt_1","Type":"setup_intent.succeeded","ObjectID":"seti_nobody"}`
	require.Equal(t, http.StatusBadRequest, b.send(t, "POST", "/webhooks/stripe", event).StatusCode)
	require.Equal(t, http.StatusBadRequest, b.send(t, "POST", "/webhooks/stripe", event, "Stripe-Signature", "forged").StatusCode)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM webhook_events`))
	for range 2 {
		resp := b.send(t, "POST", "/webhooks/stripe", event, "Stripe-Signature", "right", "Origin", "https://stripe.test")
		require.Equal(t, http.StatusNoContent, resp.StatusCode)
	}
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM webhook_events WHERE NOT ours`))
	require.Equal(t, http.StatusBadRequest, b.send(t, "POST", "/webhooks/stripe", strings.Repeat("x", 2<<20), "Stripe-Signature", "right").StatusCode)
	_, err := b.DB.Owner.Exec(t.Context(), `REVOKE INSERT ON webhook_events FROM carryover_app`)
	require.NoError(t, err)
	again := bytes.ReplaceAll([]byte(event), []byte("evt_1"), []byte("evt_2"))
	require.Equal(t, http.StatusServiceUnavailable, b.send(t, "POST", "/webhooks/stripe", string(again), "Stripe-Signature", "right").StatusCode, "Stripe sends it again")
}
