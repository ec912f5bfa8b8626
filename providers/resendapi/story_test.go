package resendapi_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/resendapi"
	"carryover/sandbox/resendfake"
)

// sandbox is the stand-in behind a real server and our client before it.
type sandbox struct {
	*resendfake.Server
	*resendapi.Client
}

func startSandbox(t *testing.T, o resendfake.Options) sandbox {
	t.Helper()
	o.APIKey, o.Logger = testKey, slog.New(slog.DiscardHandler)
	server, err := resendfake.New(o)
	require.NoError(t, err)
	web := httptest.NewUnstartedServer(server)
	web.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	web.Start()
	t.Cleanup(func() {
		server.Faults.Clear()
		web.Close()
		require.NoError(t, server.Close())
	})
	return sandbox{server, newClient(t, web.URL)}
}

func TestBatchArrives(t *testing.T) {
	t.Parallel()
	b := startSandbox(t, resendfake.Options{Domains: []string{"parking.example"}})
	batch := emails(100)
	batch[17].To = "no address at all"
	batch[40].To = ""
	batch[41].Subject = "Your parking\r\nmoves"
	batch[42].FromName = `The "Best" <Garage>, Größe`
	results, err := b.SendBatch(t.Context(), "chunk-1", batch)
	require.NoError(t, err)
	require.Len(t, results, 100)
	for i, result := range results {
		if i == 17 || i == 40 {
			require.Contains(t, result.Refused, "`to`")
			require.Empty(t, result.ProviderID)
			continue
		}
		got, ok := b.Email(result.ProviderID)
		require.True(t, ok)
		require.Equal(t, []string{batch[i].To}, got.To, "each id is with its own email")
		require.Equal(t, batch[i].DeliveryID.String(), got.Tag("delivery_id"))
		require.Equal(t, []string{"office@parking.example"}, got.ReplyTo)
		require.Equal(t, "Your parking moves", got.Subject)
	}

	again, err := b.SendBatch(t.Context(), "chunk-1", batch)
	require.NoError(t, err)
	require.Equal(t, results, again)
	require.Len(t, b.Emails(), 98, "nobody is mailed twice")
}

func TestBadDays(t *testing.T) {
	t.Parallel()

	for _, kind := range []struct {
		name  string
		fault resendfake.Fault
	}{
		{"DropAfter", resendfake.Fault{Kind: resendfake.DropAfter}},
		{"CutBefore", resendfake.Fault{Kind: resendfake.CutBefore}},
		{"ErrorAfter", resendfake.Fault{Kind: resendfake.ErrorAfter}},
		{"ErrorBefore", resendfake.Fault{Kind: resendfake.ErrorBefore, Status: 503}},
	} {
		t.Run(kind.name, func(t *testing.T) {
			t.Parallel()
			b := startSandbox(t, resendfake.Options{})
			kind.fault.Times = 1
			b.Faults.Add(kind.fault)
			_, err := b.SendBatch(t.Context(), "chunk-1", emails(3))
			requireKind(t, migration.ProviderUncertain, err)
			results, err := b.SendBatch(t.Context(), "chunk-1", emails(3))
			require.NoError(t, err)
			require.Len(t, results, 3)
			require.Len(t, b.Emails(), 3, "asked twice, mailed once")
		})
	}

	for name, asDate := range map[string]bool{"RateLimitInSeconds": false, "RateLimitAsDate": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := startSandbox(t, resendfake.Options{})
			b.Faults.Add(resendfake.Fault{Kind: resendfake.RateLimit, Times: 1, RetryAfter: 30 * time.Second, RetryAfterDate: asDate})
			_, err := b.SendBatch(t.Context(), "chunk-1", emails(3))
			require.InDelta(t, 30, requireKind(t, migration.ProviderThrottled, err).RetryAfter.Seconds(), 2)
			require.Empty(t, b.Emails())
		})
	}

	t.Run("RateLimitOfTheTeam", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, resendfake.Options{RateLimit: 1, Wall: func() time.Time { return time.Unix(0, 0) }})
		_, err := b.SendBatch(t.Context(), "chunk-1", emails(1))
		require.NoError(t, err)
		_, err = b.SendBatch(t.Context(), "chunk-2", emails(1))
		require.Equal(t, time.Second, requireKind(t, migration.ProviderThrottled, err).RetryAfter)
	})

	t.Run("KeyInUse", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, resendfake.Options{})
		held := b.Faults.Add(resendfake.Fault{Kind: resendfake.Hold, Times: 1})
		first := make(chan error, 1)
		go func() {
			_, err := b.SendBatch(t.Context(), "chunk-1", emails(2))
			first <- err
		}()
		require.NoError(t, held.Wait(t.Context(), 1))
		_, err := b.SendBatch(t.Context(), "chunk-1", emails(2))
		pe := requireKind(t, migration.ProviderBusy, err)
		require.Equal(t, "concurrent_idempotent_requests", pe.Code)
		held.Release()
		require.NoError(t, <-first)
		require.Len(t, b.Emails(), 2)
	})

	t.Run("KeyOfAnotherBody", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, resendfake.Options{})
		_, err := b.SendBatch(t.Context(), "chunk-1", emails(2))
		require.NoError(t, err)
		_, err = b.SendBatch(t.Context(), "chunk-1", emails(3))
		require.Equal(t, "invalid_idempotent_request", requireKind(t, migration.ProviderRefused, err).Code)
		require.Len(t, b.Emails(), 2)
	})

	t.Run("WrongKey", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, resendfake.Options{})
		web := httptest.NewServer(http.HandlerFunc(b.ServeHTTP))
		defer web.Close()
		stranger, err := resendapi.New(resendapi.Options{APIKey: "re_stranger", BaseURL: web.URL, FromAddress: from})
		require.NoError(t, err)
		_, err = stranger.SendBatch(t.Context(), "chunk-1", emails(1))
		require.Equal(t, "invalid_api_key", requireKind(t, migration.ProviderShut, err).Code)
	})

	t.Run("UnverifiedSender", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, resendfake.Options{Domains: []string{"elsewhere.example"}})
		results, err := b.SendBatch(t.Context(), "chunk-1", emails(2))
		require.NoError(t, err)
		for _, result := range results {
			require.Contains(t, result.Refused, "not verified")
		}
	})
}
