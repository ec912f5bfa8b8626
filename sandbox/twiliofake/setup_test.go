package twiliofake_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"carryover/sandbox/twiliofake"
)

const (
	account = "AC00000000000000000000000000000001"
	token   = "token0123456789"
	ours    = "+15551110000"
	theirs  = "+15552220000"
)

// toHost sends every request to another host, as a service under test does.
type toHost struct{ base *url.URL }

func (h toHost) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = h.base.Scheme, h.base.Host
	return http.DefaultTransport.RoundTrip(r)
}

func sdk(t *testing.T, base, password string) *openapi.ApiService {
	t.Helper()
	u, err := url.Parse(base)
	require.NoError(t, err)
	c := &client.Client{
		Credentials: client.NewCredentials(account, password),
		HTTPClient:  &http.Client{Transport: toHost{u}, Timeout: time.Minute},
	}
	c.SetAccountSid(account)
	return openapi.NewApiService(client.NewRequestHandler(c))
}

type testBundle struct {
	server *twiliofake.Server
	api    *openapi.ApiService
	url    string
}

func now() time.Time { return time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC) }

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: now()} }

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) Advance(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.now = c.now.Add(d) }

func setup(t *testing.T, options twiliofake.Options) testBundle {
	t.Helper()
	options.AccountSID, options.AuthToken = account, token
	options.Logger = slog.New(slog.DiscardHandler)
	if options.Now == nil {
		options.Now = now
	}
	server, err := twiliofake.New(options)
	require.NoError(t, err)
	web := httptest.NewServer(server)
	t.Cleanup(func() {
		server.Faults.Clear()
		web.Close()
		require.NoError(t, server.Close())
	})
	return testBundle{server: server, api: sdk(t, web.URL, token), url: web.URL}
}

// killed opens the journal as a process started after kill -9 would find it.
func killed(t *testing.T, path string, options twiliofake.Options) testBundle {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	options.Journal = filepath.Join(t.TempDir(), "after-kill")
	require.NoError(t, os.WriteFile(options.Journal, raw, 0o600))
	return setup(t, options)
}

func text(to, body string) *openapi.CreateMessageParams {
	return (&openapi.CreateMessageParams{}).SetFrom(ours).SetTo(to).SetBody(body)
}

func (b testBundle) send(t *testing.T, to, body string) string {
	t.Helper()
	m, err := b.api.CreateMessage(text(to, body))
	require.NoError(t, err)
	return *m.Sid
}

// code is Twilio's number of an error, 0 where there is none.
func code(t *testing.T, err error) int {
	t.Helper()
	if err == nil {
		return 0
	}
	var rest *client.TwilioRestError
	require.ErrorAs(t, err, &rest)
	return rest.Code
}

func (b testBundle) settled(t *testing.T, sid, status string) {
	t.Helper()
	require.Eventually(t, func() bool {
		m, err := b.api.FetchMessage(sid, nil)
		return err == nil && *m.Status == status
	}, time.Minute, time.Millisecond)
}

// receiver takes only what the SDK's own check passes.
type receiver struct {
	url string

	mu    sync.Mutex
	forms []url.Values
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	rec := &receiver{}
	validator := client.NewRequestValidator(token)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		if !validator.ValidateBody("http://"+r.Host+r.URL.RequestURI(), raw, r.Header.Get("X-Twilio-Signature")) {
			http.Error(w, "signature", http.StatusForbidden)
			return
		}
		form, _ := url.ParseQuery(string(raw))
		rec.mu.Lock()
		defer rec.mu.Unlock()
		rec.forms = append(rec.forms, form)
	}))
	t.Cleanup(web.Close)
	rec.url = web.URL + "/twilio"
	return rec
}

func (rec *receiver) got() []url.Values {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return append([]url.Values(nil), rec.forms...)
}

func (rec *receiver) wait(t *testing.T, n int) []url.Values {
	t.Helper()
	require.Eventually(t, func() bool { return len(rec.got()) >= n }, time.Minute, time.Millisecond)
	return rec.got()
}
