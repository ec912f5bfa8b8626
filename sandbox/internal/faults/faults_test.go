package faults_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/sandbox/internal/faults"
)

type testBundle struct {
	set   *faults.Set
	url   string
	acted *atomic.Int64
}

func setup(t *testing.T) testBundle {
	t.Helper()
	b := testBundle{set: &faults.Set{}, acted: &atomic.Int64{}}
	mux := http.NewServeMux()
	b.set.Register(mux, "/sandbox/faults")
	refuse := func(w http.ResponseWriter, status int) { http.Error(w, "refused", status) }
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		b.set.Serve(w, r, refuse, func(w http.ResponseWriter, _ *http.Request) {
			b.acted.Add(1)
			w.Header().Set("X-Acted", "yes")
			w.WriteHeader(http.StatusCreated)
			_, _ = io.WriteString(w, "done")
		})
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	t.Cleanup(b.set.Clear)
	b.url = server.URL
	return b
}

func (b testBundle) do(t *testing.T, method, path, body string) (int, http.Header, string, error) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, b.url+path, strings.NewReader(body))
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, nil, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, resp.Header, string(raw), nil
}

func TestServe(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		fault  faults.Fault
		status int // 0 is a cut connection
		acted  int64
	}{
		{"ErrorBefore", faults.Fault{Kind: faults.ErrorBefore, Status: 503}, 503, 0},
		{"ErrorAfter", faults.Fault{Kind: faults.ErrorAfter}, 500, 1},
		{"DropAfter", faults.Fault{Kind: faults.DropAfter}, 0, 1},
		{"CutBefore", faults.Fault{Kind: faults.CutBefore}, 0, 0},
		{"RateLimit", faults.Fault{Kind: faults.RateLimit}, 429, 0},
		{"Delay", faults.Fault{Kind: faults.Delay, Delay: time.Millisecond}, 201, 1},
		{"OtherPath", faults.Fault{Kind: faults.ErrorBefore, Path: "/b"}, 201, 1},
		{"OtherMethod", faults.Fault{Kind: faults.ErrorBefore, Method: "GET"}, 201, 1},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			c.fault.Times = 1
			b.set.Add(c.fault)
			// A body keeps net/http's client from retrying on its own.
			status, _, body, err := b.do(t, "POST", "/a", "x")
			require.Equal(t, c.status == 0, err != nil, "%v", err)
			require.Equal(t, c.status, status)
			require.Equal(t, c.status == 201, body == "done")
			require.Equal(t, c.acted, b.acted.Load())

			status, _, _, err = b.do(t, "POST", "/a", "x")
			require.NoError(t, err)
			require.Equal(t, 201, status, "used up after one")
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.set.Add(faults.Fault{Kind: faults.RateLimit, Times: 1, RetryAfter: 1500 * time.Millisecond})
	b.set.Add(faults.Fault{Kind: faults.RateLimit, Times: 1, RetryAfter: time.Minute, RetryAfterDate: true})

	_, header, _, err := b.do(t, "POST", "/", "")
	require.NoError(t, err)
	require.Equal(t, "2", header.Get("Retry-After"), "rounded up, never too short")

	before := time.Now()
	_, header, _, err = b.do(t, "POST", "/", "")
	require.NoError(t, err)
	at, err := http.ParseTime(header.Get("Retry-After"))
	require.NoError(t, err)
	require.WithinRange(t, at, before.Add(time.Minute-time.Second), time.Now().Add(time.Minute+time.Second))
}

func TestHold(t *testing.T) {
	t.Parallel()
	b := setup(t)
	order := b.set.Add(faults.Fault{Kind: faults.Hold, Times: 1})
	answered := make(chan int, 1)
	go func() {
		status, _, _, err := b.do(t, "POST", "/", "x") //nolint:testifylint // what it requires is that the request can be written
		if err == nil {
			answered <- status
		}
		close(answered)
	}()
	require.NoError(t, order.Wait(t.Context(), 1))
	require.EqualValues(t, 1, b.acted.Load(), "acted before it is held")
	require.Empty(t, answered)
	require.Equal(t, 1, b.set.List()[0].Held)

	status, _, _, err := b.do(t, "DELETE", "/sandbox/faults/"+order.ID(), "")
	require.NoError(t, err)
	require.Equal(t, 204, status)
	require.Equal(t, 201, <-answered)

	short, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	require.ErrorContains(t, order.Wait(short, 2), "1 so far")
}

func TestShareIsSeeded(t *testing.T) {
	t.Parallel()
	hits := func(seed uint64) (pattern []bool) {
		var set faults.Set
		set.Add(faults.Fault{Kind: faults.HookDouble, Share: 0.3, Seed: seed})
		for range 1000 {
			pattern = append(pattern, set.Hook("email.sent") == faults.HookDouble)
		}
		return pattern
	}
	count := 0
	for _, hit := range hits(7) {
		if hit {
			count++
		}
	}
	require.InDelta(t, 300, count, 60)
	require.Equal(t, hits(7), hits(7))
	require.NotEqual(t, hits(7), hits(8))
}

func TestOverHTTP(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		status, _, body, err := b.do(t, "POST", "/sandbox/faults", `{"kind":"delay","delay":"1.5s","path":"/a","times":3}`)
		require.NoError(t, err)
		require.Equal(t, 201, status, body)
		require.Equal(t, faults.Fault{Kind: faults.Delay, Delay: 1500 * time.Millisecond, Path: "/a", Times: 3}, b.set.List()[0].Fault)

		_, _, body, err = b.do(t, "GET", "/sandbox/faults", "")
		require.NoError(t, err)
		var listed struct{ Faults []faults.State }
		require.NoError(t, json.Unmarshal([]byte(body), &listed))
		require.Equal(t, b.set.List(), listed.Faults)

		status, _, _, err = b.do(t, "DELETE", "/sandbox/faults", "")
		require.NoError(t, err)
		require.Equal(t, 204, status)
		require.Empty(t, b.set.List())
	})

	for name, body := range map[string]string{
		"ErrUnknownKind":   `{"kind":"boom"}`,
		"ErrDelayOfZero":   `{"kind":"delay"}`,
		"ErrShareAboveOne": `{"kind":"hold","share":2}`,
		"ErrStatus":        `{"kind":"error_after","status":200}`,
		"ErrDuration":      `{"kind":"delay","delay":"soon"}`,
		"ErrJSON":          `{`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			status, _, answer, err := b.do(t, "POST", "/sandbox/faults", body)
			require.NoError(t, err)
			require.Contains(t, []int{400, 422}, status)
			require.Contains(t, answer, "error")
			require.Empty(t, b.set.List())
		})
	}
}
