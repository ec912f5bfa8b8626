package twilioapi_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/twilioapi"
	"carryover/queries"
	"carryover/sandbox/twiliofake"
)

func TestTextArrives(t *testing.T) {
	t.Parallel()

	t.Run("FromANumber", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{})
		result, err := b.SendText(t.Context(), text(theirs))
		require.NoError(t, err)
		got := b.Messages()
		require.Len(t, got, 1)
		require.Equal(t, got[0].SID, result.ProviderID)
		require.Equal(t, 1, result.Segments)
		require.Equal(t, text(theirs).Body, got[0].Body)
		require.Equal(t, ours, got[0].From)
		require.Equal(t, "https://move.studios.test/webhooks/twilio/status/"+text(theirs).DeliveryID.String(), got[0].StatusCallback)
		require.Equal(t, 4*60*60, got[0].ValidityPeriod)
	})

	t.Run("FromAMessagingService", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{}, func(o *twilioapi.Options) { o.From, o.CallbackURL = service, "" })
		result, err := b.SendText(t.Context(), text(theirs))
		require.NoError(t, err)
		require.Zero(t, result.Segments, "not known yet")
		require.Equal(t, service, b.Messages()[0].MessagingService)
		require.Empty(t, b.Messages()[0].StatusCallback)
	})

	for to, want := range map[string]string{twiliofake.ToInvalid: "21211", twiliofake.ToUnroutable: "21612", twiliofake.ToForbidden: "21408",
		twiliofake.ToOptedOut: "21610", twiliofake.ToLandline: "21614"} {
		t.Run("Refused"+want, func(t *testing.T) {
			t.Parallel()
			b := startSandbox(t, twiliofake.Options{})
			_, err := b.SendText(t.Context(), text(to))
			require.Equal(t, want, requireKind(t, migration.ProviderRefused, err).Code)
		})
	}
}

func TestBadDays(t *testing.T) {
	t.Parallel()

	for _, tt := range []struct {
		name  string
		fault twiliofake.Fault
		taken int
	}{
		{"DropAfter", twiliofake.Fault{Kind: twiliofake.DropAfter}, 1},
		{"CutBefore", twiliofake.Fault{Kind: twiliofake.CutBefore}, 0},
		{"ErrorAfter", twiliofake.Fault{Kind: twiliofake.ErrorAfter}, 1},
		{"ErrorBefore", twiliofake.Fault{Kind: twiliofake.ErrorBefore, Status: 503}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			b := startSandbox(t, twiliofake.Options{})
			_, err := b.SendText(t.Context(), text("+15552220001")) // so that the next one goes over a connection that was used
			require.NoError(t, err)
			tt.fault.Times = 1
			b.Faults.Add(tt.fault)
			_, err = b.SendText(t.Context(), text(theirs))
			requireKind(t, migration.ProviderUncertain, err)
			require.Len(t, b.Requests(), 2, "called once")
			require.Len(t, b.Messages(), 1+tt.taken)
		})
	}

	for name, asDate := range map[string]bool{"RateLimitInSeconds": false, "RateLimitAsDate": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := startSandbox(t, twiliofake.Options{})
			b.Faults.Add(twiliofake.Fault{Kind: twiliofake.RateLimit, Times: 1, RetryAfter: 30 * time.Second, RetryAfterDate: asDate})
			_, err := b.SendText(t.Context(), text(theirs))
			require.InDelta(t, 30, requireKind(t, migration.ProviderThrottled, err).RetryAfter.Seconds(), 2)
			require.Empty(t, b.Messages())
		})
	}

	t.Run("TooSlow", func(t *testing.T) {
		t.Parallel()
		for timeout := 200 * time.Millisecond; ; timeout *= 2 {
			b := startSandbox(t, twiliofake.Options{}, func(o *twilioapi.Options) { o.Timeout = timeout })
			b.Faults.Add(twiliofake.Fault{Kind: twiliofake.Hold, Times: 1})
			_, err := b.SendText(t.Context(), text(theirs))
			require.Error(t, err)
			if len(b.Messages()) == 1 {
				requireKind(t, migration.ProviderUncertain, err)
				return
			}
			require.Less(t, timeout, time.Minute, "a busy machine may be slower than the first, but not than all of them")
		}
	})

	t.Run("StoppedWhileItIsAsked", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{})
		held := b.Faults.Add(twiliofake.Fault{Kind: twiliofake.Hold, Times: 1})
		ctx, stop := context.WithCancel(t.Context())
		answered := make(chan error, 1)
		go func() {
			_, err := b.SendText(ctx, text(theirs))
			answered <- err
		}()
		require.NoError(t, held.Wait(t.Context(), 1))
		stop()
		requireKind(t, migration.ProviderUncertain, <-answered)
	})

	t.Run("QueueFull", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{SegmentsPerSecond: 1, QueueLimit: 2, Wall: func() time.Time { return time.Unix(0, 0) }})
		for i := range 9 {
			if _, err := b.SendText(t.Context(), text(fmt.Sprintf("+1555222000%d", i))); err != nil {
				require.Equal(t, "21611", requireKind(t, migration.ProviderThrottled, err).Code)
				return
			}
		}
		require.Fail(t, "the queue was never full")
	})

	t.Run("WrongToken", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{}, func(o *twilioapi.Options) { o.AuthToken = "stranger" })
		_, err := b.SendText(t.Context(), text(theirs))
		require.Equal(t, "20003", requireKind(t, migration.ProviderShut, err).Code)
	})
}

func TestFindTexts(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{Now: now})
		for to, outcome := range map[string]twiliofake.Outcome{"+15552220001": {Status: "delivered"}, "+15552220002": {Status: "undelivered", ErrorCode: 30003},
			"+15552220003": {Status: "failed", ErrorCode: 30008}, "+15552220004": {Status: "sent"}} {
			require.NoError(t, b.Expect(to, outcome))
			sent, err := b.SendText(t.Context(), text(to))
			require.NoError(t, err)
			if outcome.Status != "sent" {
				require.NoError(t, b.Become(sent.ProviderID, outcome))
			}
			found, err := b.FindTexts(t.Context(), to, now())
			require.NoError(t, err)
			want := migration.SentText{ProviderID: sent.ProviderID, To: to, Body: text(to).Body, Segments: 1, Status: map[string]queries.DeliveryStatus{
				"delivered": queries.DeliveryStatusDelivered, "sent": queries.DeliveryStatusAccepted}[outcome.Status]}
			if outcome.ErrorCode != 0 {
				want.Status, want.Code, want.Reason = queries.DeliveryStatusUndelivered, fmt.Sprint(outcome.ErrorCode), found[0].Reason
				require.NotEmpty(t, found[0].Reason)
			}
			require.Equal(t, []migration.SentText{want}, found)
		}
	})

	t.Run("AlsoWhatWaitsInTheQueue", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{Now: now, SegmentsPerSecond: 1})
		for range 3 { // the later ones are not sent for a while, so they have no DateSent
			_, err := b.SendText(t.Context(), text(theirs))
			require.NoError(t, err)
		}
		found, err := b.FindTexts(t.Context(), theirs, now())
		require.NoError(t, err)
		require.Len(t, found, 3)
	})

	t.Run("OverPages", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{Now: now})
		for range 250 {
			_, err := b.SendText(t.Context(), text(theirs))
			require.NoError(t, err)
		}
		found, err := b.FindTexts(t.Context(), theirs, now())
		require.NoError(t, err)
		require.Len(t, found, 250)
	})

	t.Run("NotEarlierOnesNorThePersonsOwn", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{Now: now})
		_, err := b.SendText(t.Context(), text(theirs))
		require.NoError(t, err)
		_, err = b.Reply(theirs, "Hello")
		require.NoError(t, err)
		found, err := b.FindTexts(t.Context(), ours, time.Time{})
		require.NoError(t, err)
		require.Empty(t, found)
		found, err = b.FindTexts(t.Context(), theirs, now().Add(time.Second))
		require.NoError(t, err)
		require.Empty(t, found)
	})

	for name, a := range map[string]answer{"Server": {status: 500}, "NotJSON": {status: 200, body: "<html>"}, "Moved": {status: 302}} {
		t.Run("Err"+name, func(t *testing.T) {
			t.Parallel()
			_, err := newClient(t, record(t, a).url).FindTexts(t.Context(), theirs, now())
			require.Error(t, err)
		})
	}

	t.Run("ErrASecondPageIsMissing", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t, twiliofake.Options{Now: now})
		for range 150 {
			_, err := b.SendText(t.Context(), text(theirs))
			require.NoError(t, err)
		}
		var pages atomic.Int64
		client := newClient(t, interposed(t, b.Server, func() bool { return pages.Add(1) == 2 }))
		_, err := client.FindTexts(t.Context(), theirs, now())
		requireKind(t, migration.ProviderUncertain, err)
		require.EqualValues(t, 2, pages.Load())
	})
}

// interposed cuts the requests that it is told to.
func interposed(t *testing.T, to http.Handler, cuts func() bool) string {
	t.Helper()
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if cuts() {
			panic(http.ErrAbortHandler)
		}
		to.ServeHTTP(w, r)
	}))
	t.Cleanup(web.Close)
	return web.URL
}
