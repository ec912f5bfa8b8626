package resendfake_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/resend/resend-go/v2"
	"github.com/stretchr/testify/require"

	"carryover/sandbox/resendfake"
)

const apiKey = "re_test_key"

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)} }

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) Advance(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.now = c.now.Add(d) }

type testBundle struct {
	server *resendfake.Server
	client *resend.Client
	clock  *clock
	url    string
}

func setup(t *testing.T, options resendfake.Options) testBundle {
	t.Helper()
	b := testBundle{clock: newClock()}
	options.APIKey, options.Now, options.Logger = apiKey, b.clock.Now, slog.New(slog.DiscardHandler)
	server, err := resendfake.New(options)
	require.NoError(t, err)
	b.server = server
	web := httptest.NewServer(server)
	t.Cleanup(func() {
		server.Faults.Clear()
		web.Close()
		require.NoError(t, server.Close())
	})
	b.url = web.URL
	b.client = sdk(t, web.URL, apiKey)
	return b
}

func sdk(t *testing.T, base, key string) *resend.Client {
	t.Helper()
	client := resend.NewCustomClient(&http.Client{Timeout: time.Minute}, key)
	var err error
	client.BaseURL, err = url.Parse(base + "/")
	require.NoError(t, err)
	return client
}

func letter(to ...string) *resend.SendEmailRequest {
	return &resend.SendEmailRequest{From: "Studios <hello@studios.test>", To: to, Subject: "Welcome", Html: "<p>Hi</p>", Text: "Hi"}
}

// post sends a body as it is and returns status, headers and answer.
func (b testBundle) post(t *testing.T, path, body string, headers ...string) (int, http.Header, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+path, strings.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Authorization", "Bearer "+apiKey)
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, resp.Header, string(raw)
}

// killed opens the journal as a process started after kill -9 would find it:
// a copy, since the one that is killed never gets to close its own.
func killed(t *testing.T, path string, options resendfake.Options) testBundle {
	t.Helper()
	raw, err := os.ReadFile(path)
	require.NoError(t, err)
	options.Journal = filepath.Join(t.TempDir(), "after-kill")
	require.NoError(t, os.WriteFile(options.Journal, raw, 0o600))
	return setup(t, options)
}
