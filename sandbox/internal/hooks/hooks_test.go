package hooks_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/sandbox/internal/faults"
	"carryover/sandbox/internal/hooks"
)

type testBundle struct {
	faults *faults.Set
	url    string

	mu        sync.Mutex
	bodies    []string
	signs     int
	kept      []hooks.Hook
	forgotten []string
	status    func(n int) int
}

func setup(t *testing.T, status func(n int) int) *testBundle {
	t.Helper()
	b := &testBundle{faults: &faults.Set{}, status: status}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, _ := io.ReadAll(r.Body)
		b.mu.Lock()
		defer b.mu.Unlock()
		b.bodies = append(b.bodies, string(raw))
		w.WriteHeader(b.status(len(b.bodies)))
	}))
	t.Cleanup(server.Close)
	b.url = server.URL
	return b
}

func (b *testBundle) sender(t *testing.T, options hooks.Options) *hooks.Sender {
	t.Helper()
	options.Faults = b.faults
	options.Logger = slog.New(slog.DiscardHandler)
	options.Sign = func(*http.Request, hooks.Hook) { b.mu.Lock(); b.signs++; b.mu.Unlock() }
	options.Keep = func(h hooks.Hook) { b.mu.Lock(); b.kept = append(b.kept, h); b.mu.Unlock() }
	options.Forget = func(h hooks.Hook) { b.mu.Lock(); b.forgotten = append(b.forgotten, h.ID); b.mu.Unlock() }
	s := hooks.New(options)
	t.Cleanup(s.Close)
	return s
}

func (b *testBundle) hook(id, lane string) hooks.Hook {
	return hooks.Hook{ID: id, Lane: lane, Event: "thing.happened", URL: b.url, Body: id, Due: time.Now()}
}

func idle(t *testing.T, s *hooks.Sender) {
	t.Helper()
	require.Eventually(t, func() bool { return s.Pending() == 0 }, time.Minute, time.Millisecond)
}

func always(status int) func(int) int { return func(int) int { return status } }

func TestSend(t *testing.T) {
	t.Parallel()

	t.Run("InOrderWithinALane", func(t *testing.T) {
		t.Parallel()
		b := setup(t, always(200))
		s := b.sender(t, hooks.Options{})
		var want []string
		for i := range 50 {
			id := fmt.Sprint(i)
			want = append(want, id)
			s.Send(b.hook(id, "one"))
		}
		idle(t, s)
		require.Equal(t, want, b.bodies)
		require.Equal(t, want, b.forgotten)
	})

	t.Run("RetriesUntilTaken", func(t *testing.T) {
		t.Parallel()
		b := setup(t, func(n int) int { return map[bool]int{true: 500, false: 204}[n < 3] })
		s := b.sender(t, hooks.Options{Retries: []time.Duration{time.Millisecond, time.Millisecond, time.Hour}})
		s.Send(b.hook("a", "a"))
		idle(t, s)
		require.Equal(t, []string{"a", "a", "a"}, b.bodies)
		require.Equal(t, 3, b.signs, "signed anew every time")
		require.Len(t, b.kept, 2)
		require.Equal(t, []string{"a"}, b.forgotten)
	})

	t.Run("GivesUpAfterTheLastRetry", func(t *testing.T) {
		t.Parallel()
		b := setup(t, always(500))
		s := b.sender(t, hooks.Options{Retries: []time.Duration{0}})
		s.Send(b.hook("a", "a"))
		idle(t, s)
		require.Len(t, b.bodies, 2)
		require.Equal(t, []string{"a"}, b.forgotten)
	})

	t.Run("OnlyUnreachable", func(t *testing.T) {
		t.Parallel()
		b := setup(t, always(500))
		s := b.sender(t, hooks.Options{Retries: []time.Duration{0, 0}, OnlyUnreachable: true})
		s.Send(b.hook("answered", "a"))
		gone := b.hook("unreachable", "a")
		gone.URL = "http://127.0.0.1:1"
		s.Send(gone)
		idle(t, s)
		require.Equal(t, []string{"answered"}, b.bodies)
		require.Len(t, b.kept, 2, "the unreachable one was tried again twice")
	})
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for kind, want := range map[faults.Kind][]string{
		faults.HookDouble:  {"a", "a", "b"},
		faults.HookReorder: {"b", "a"},
		faults.HookLose:    {"b"},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			b := setup(t, always(200))
			b.faults.Add(faults.Fault{Kind: kind, Path: "thing.", Times: 1})
			s := b.sender(t, hooks.Options{})
			s.Send(b.hook("a", "x"), b.hook("b", "x"))
			idle(t, s)
			require.Equal(t, want, b.bodies)
			require.ElementsMatch(t, []string{"a", "b"}, b.forgotten)
		})
	}
}
