package traffic_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/sandbox/internal/traffic"
)

// In no window of one second, wherever it starts, more than the limit passes.
func TestLimiter(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		l := &traffic.Limiter{PerSecond: rapid.IntRange(1, 5).Draw(rt, "limit")}
		now := time.Unix(1_900_000_000, 0)
		var passed []time.Time
		for _, gap := range rapid.SliceOf(rapid.IntRange(0, 900)).Draw(rt, "gaps") {
			now = now.Add(time.Duration(gap) * time.Millisecond)
			ok, remaining, reset := l.Allow(now)
			inWindow := 0
			for _, at := range passed {
				if now.Sub(at) < time.Second {
					inWindow++
				}
			}
			require.Equal(rt, inWindow < l.PerSecond, ok)
			if ok {
				passed = append(passed, now)
				inWindow++
			}
			require.Equal(rt, l.PerSecond-inWindow, remaining)
			require.Greater(rt, reset, time.Duration(0))
			require.LessOrEqual(rt, reset, time.Second)
		}
	})

	ok, _, _ := (&traffic.Limiter{}).Allow(time.Now())
	require.True(t, ok, "0 is no limit")
}

func TestLog(t *testing.T) {
	t.Parallel()
	var log traffic.Log
	require.NotNil(t, log.All())
	r := httptest.NewRequest(http.MethodPost, "/emails", nil)
	r.Header.Set("Idempotency-Key", "k")
	log.Serve(httptest.NewRecorder(), r, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(409) })
	require.PanicsWithValue(t, http.ErrAbortHandler, func() {
		log.Serve(httptest.NewRecorder(), r, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	})
	all := log.All()
	require.Len(t, all, 2)
	require.Equal(t, 409, all[0].Status)
	require.Equal(t, "k", all[0].IdempotencyKey)
	require.Equal(t, 0, all[1].Status, "cut")
}
