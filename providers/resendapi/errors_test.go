package resendapi_test

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/resendapi"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name          string
		status        int
		problem, text string
		kind          migration.ProviderErrorKind
		message       string
	}{
		{"Throttled", 429, "rate_limit_exceeded", "Too many requests.", migration.ProviderThrottled, "Too many requests."},
		{"Quota", 429, "daily_quota_exceeded", "You have reached your daily quota.", migration.ProviderThrottled, "You have reached your daily quota."},
		{"KeyInUse", 409, "concurrent_idempotent_requests", "In progress.", migration.ProviderBusy, "In progress."},
		{"KeyOfAnotherBody", 409, "invalid_idempotent_request", "Different payload.", migration.ProviderRefused, "Different payload."},
		{"Validation", 422, "validation_error", "Invalid field.", migration.ProviderRefused, "Invalid field."},
		{"BadKey", 400, "invalid_idempotency_key", "Too long.", migration.ProviderRefused, "Too long."},
		{"Unauthorized", 401, "missing_api_key", "Missing.", migration.ProviderShut, "Resend does not accept our API key."},
		{"Forbidden", 403, "invalid_api_key", "API key re_123abc_456def is invalid", migration.ProviderShut, "Resend does not accept our API key."},
		{"Domain", 403, "validation_error", "The domain is not verified.", migration.ProviderShut, "The domain is not verified."},
		{"NotFound", 404, "not_found", "Unknown endpoint.", migration.ProviderRefused, "Unknown endpoint."},
		{"QuotesTheKey", 400, "odd", "Bad re_123abc_456def.", migration.ProviderRefused, "Bad …."},
		{"Timeout", 408, "request_timeout", "Slow.", migration.ProviderUncertain, "Slow."},
		{"Server", 500, "application_error", "Internal.", migration.ProviderUncertain, "Resend had an error of its own."},
		{"Unavailable", 503, "service_unavailable", "Later.", migration.ProviderUncertain, "Resend had an error of its own."},
		{"Moved", 307, "moved", "Elsewhere.", migration.ProviderUncertain, "Elsewhere."},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, answer{
				status: c.status, body: fmt.Sprintf(`{"statusCode":%d,"name":%q,"message":%q}`, c.status, c.problem, c.text),
				header: map[string]string{"Location": "/elsewhere"},
			})
			_, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", emails(2))
			pe := requireKind(t, c.kind, err)
			require.Equal(t, c.problem, pe.Code)
			require.Equal(t, c.message, pe.Message)
			require.False(t, pe.Replays)
			require.Equal(t, 1, rec.calls(), "it does not retry or follow by itself")
			require.NotContains(t, chain(err), testKey)
		})
	}

	for status, kind := range map[int]migration.ProviderErrorKind{
		403: migration.ProviderShut, 409: migration.ProviderBusy, 429: migration.ProviderThrottled, 502: migration.ProviderUncertain,
	} {
		t.Run(fmt.Sprintf("PageOfAProxy%d", status), func(t *testing.T) {
			t.Parallel()
			rec := record(t, answer{status, "<html>re_123abc_456def", map[string]string{"Content-Type": "text/html"}})
			_, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", emails(2))
			require.Equal(t, fmt.Sprintf("http_%d", status), requireKind(t, kind, err).Code)
			require.NotContains(t, chain(err), testKey)
		})
	}

	t.Run("NoAnswer", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{})
		_, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", emails(2))
		require.Equal(t, "no_answer", requireKind(t, migration.ProviderUncertain, err).Code)
	})
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 8, 1, 10, 0, 0, 0, time.UTC)
	cases := []struct {
		name, retryAfter, reset string
		want                    time.Duration
	}{
		{"Seconds", "7", "1", 7 * time.Second},
		{"Date", now.Add(90 * time.Second).Format(http.TimeFormat), "1", 90 * time.Second},
		{"PastDate", now.Add(-time.Hour).Format(http.TimeFormat), "1", 0},
		{"OnlyReset", "", "3", 3 * time.Second},
		{"Nonsense", "soon", "", 0},
		{"None", "", "", 0},
	}
	t.Run("QuotaOfADay", func(t *testing.T) {
		t.Parallel()
		for after, want := range map[string]time.Duration{"1": 10 * time.Minute, "1800": 30 * time.Minute} {
			rec := record(t, answer{429, `{"name":"daily_quota_exceeded","message":"m"}`, map[string]string{"retry-after": after}})
			_, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", emails(2))
			require.Equal(t, want, requireKind(t, migration.ProviderThrottled, err).RetryAfter)
		}
	})
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, answer{429, `{"name":"rate_limit_exceeded","message":"m"}`, map[string]string{
				"Date": now.Format(http.TimeFormat), "retry-after": c.retryAfter, "ratelimit-reset": c.reset,
			}})
			_, err := newClient(t, rec.url).SendBatch(t.Context(), "chunk-1", emails(2))
			require.Equal(t, c.want, requireKind(t, migration.ProviderThrottled, err).RetryAfter)
		})
	}
}

// overdue is a context whose time is over when the test says so.
type overdue struct {
	context.Context
	over chan struct{}
}

func (c overdue) Done() <-chan struct{} { return c.over }

func (c overdue) Err() error {
	select {
	case <-c.over:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

func TestDeadline(t *testing.T) {
	t.Parallel()
	ctx, gone := overdue{t.Context(), make(chan struct{})}, make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = new(bytes.Buffer).ReadFrom(r.Body) // the server notices a caller who leaves only once the body is read
		close(ctx.over)
		<-r.Context().Done()
		close(gone)
	}))
	defer server.Close()
	_, err := newClient(t, server.URL).SendBatch(ctx, "chunk-1", emails(1))
	require.ErrorIs(t, requireKind(t, migration.ProviderUncertain, err), context.DeadlineExceeded)
	<-gone
}

func TestLog(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	rec := record(t, answer{status: 422, body: `{"name":"validation_error","message":"tenant0@home.example"}`})
	c, err := resendapi.New(resendapi.Options{
		APIKey: testKey, BaseURL: rec.url, FromAddress: from, Logger: slog.New(slog.NewTextHandler(&out, nil)),
	})
	require.NoError(t, err)
	_, err = c.SendBatch(t.Context(), "chunk-1", emails(2))
	require.Error(t, err)
	require.Contains(t, out.String(), "key=chunk-1 emails=2 kind=refused code=validation_error")
	require.NotContains(t, out.String(), "home.example")
	require.NotContains(t, out.String(), testKey)
}
