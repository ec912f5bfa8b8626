package migration

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
	"carryover/queries"
)

var discard = slog.New(slog.DiscardHandler)

// wall is a clock that sleeping moves on. Who sleeps lets the others go first, as a real sleep does.
type wall struct {
	mu     sync.Mutex
	now    time.Time
	asleep []time.Time
	wake   *sync.Cond
	awake  int // goroutines that are not asleep
}

func newWall(awake int) *wall {
	w := &wall{now: time.Date(2026, 3, 10, 15, 0, 0, 0, time.UTC), awake: awake}
	w.wake = sync.NewCond(&w.mu)
	return w
}

func (w *wall) Now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

// Sleep returns when all others sleep too and nobody has to be up earlier.
func (w *wall) Sleep(ctx context.Context, d time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	until := w.now.Add(d)
	w.asleep, w.awake = append(w.asleep, until), w.awake-1
	w.wake.Broadcast()
	for w.now.Before(until) {
		if w.awake == 0 && !slices.ContainsFunc(w.asleep, until.After) {
			w.now = until
			break
		}
		w.wake.Wait()
	}
	at := slices.Index(w.asleep, until)
	w.asleep, w.awake = slices.Delete(w.asleep, at, at+1), w.awake+1
	w.wake.Broadcast()
	return ctx.Err()
}

// done is a goroutine that will not come back.
func (w *wall) done() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.awake--
	w.wake.Broadcast()
}

// lanes are several processes with one provider.
func lanes(t *testing.T, w *wall, rate float64, n int) []*Service {
	t.Helper()
	db := postgrestest.Database(t)
	services := make([]*Service, n)
	for i := range services {
		services[i] = New(Options{Pool: db.Pool, Wall: w.Now, Sleep: w.Sleep, TextRate: rate, Patience: time.Hour, Log: discard})
	}
	return services
}

// goThrough is the way of a call that has nothing to do before it.
func (s *Service) goThrough(ctx context.Context, channel queries.MessageChannel) error {
	_, err := s.turnOf(ctx, channel)
	return err
}

func (s *Service) turnOf(ctx context.Context, channel queries.MessageChannel) (*turn, error) {
	t, err := s.enterLane(ctx, channel, inTurn, 0)
	if err != nil {
		return nil, err
	}
	return t, s.awaitTurn(ctx, channel, t)
}

// TestLanesKeepTheLimit: several processes, each of which would alone use it up.
func TestLanesKeepTheLimit(t *testing.T) {
	t.Parallel()
	const processes = 3
	for name, tt := range map[string]struct {
		rate  float64
		calls int // of each process
	}{
		"OneInTwoSeconds": {0.5, 10},
		"OneASecond":      {1, 10},
		"Hundred":         {100, 100},
		"TwoThousand":     {2000, 1000},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWall(processes)
			services := lanes(t, w, tt.rate, processes)
			began := w.Now()
			calls := together(t, w, services, tt.calls)
			block := services[0].lanes.of("sms").size
			took := calls[len(calls)-1].Sub(began).Seconds()
			require.LessOrEqual(t, float64(len(calls)-processes*block), tt.rate*took, "more than the limit")
			require.GreaterOrEqual(t, float64(len(calls)), 0.95*tt.rate*took, "too little of the limit is used")
			for i, at := range calls { // in no second
				inSecond := 0
				for _, other := range calls[i:] {
					if other.Sub(at) < time.Second {
						inSecond++
					}
				}
				require.LessOrEqual(t, float64(inSecond), max(1, tt.rate)+float64(block), "from call %d", i)
			}
		})
	}
}

// together lets every process make its calls as fast as its lane lets it, and answers when they were, in order.
func together(t *testing.T, w *wall, services []*Service, each int) []time.Time {
	t.Helper()
	var all sync.WaitGroup
	var mu sync.Mutex
	var calls []time.Time
	var failed error
	for _, s := range services {
		all.Go(func() {
			defer w.done()
			for range each {
				err := s.goThrough(t.Context(), queries.MessageChannelSms)
				mu.Lock()
				calls, failed = append(calls, w.Now()), errors.Join(failed, err)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	require.NoError(t, failed)
	slices.SortFunc(calls, time.Time.Compare)
	return calls
}

// TestLaneMoments: what precedes a call is done before its moment, and a moment that has passed is not used.
func TestLaneMoments(t *testing.T) {
	t.Parallel()
	enter := func(t *testing.T, lead time.Duration) (a, b *Service, w *wall, its *turn) {
		t.Helper()
		w = newWall(1)
		both := lanes(t, w, 10, 2)
		began := w.Now()
		its, err := both[0].enterLane(t.Context(), queries.MessageChannelSms, inTurn, lead)
		require.NoError(t, err)
		require.Equal(t, began, w.Now(), "there is the whole lead for it, also at the very first")
		require.Equal(t, began.Add(lead), its.moment)
		return both[0], both[1], w, its
	}

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		a, _, w, its := enter(t, 250*time.Millisecond)
		require.NoError(t, a.awaitTurn(t.Context(), queries.MessageChannelSms, its))
		require.Equal(t, its.moment, w.Now())
	})

	t.Run("ALittleLate", func(t *testing.T) {
		t.Parallel()
		a, _, w, its := enter(t, 250*time.Millisecond)
		w.set(its.moment.Add(laneLate))
		require.NoError(t, a.awaitTurn(t.Context(), queries.MessageChannelSms, its))
		require.Equal(t, its.moment.Add(laneLate), w.Now())
	})

	t.Run("TooLate", func(t *testing.T) {
		t.Parallel()
		a, _, w, its := enter(t, 250*time.Millisecond)
		moment := its.moment
		w.set(moment.Add(laneLate + time.Millisecond))
		require.NoError(t, a.awaitTurn(t.Context(), queries.MessageChannelSms, its))
		require.Equal(t, moment.Add(a.lanes.of("sms").step), w.Now(), "it has the next turn")
	})

	t.Run("PausedMeanwhileByAnother", func(t *testing.T) {
		t.Parallel()
		a, b, w, its := enter(t, time.Second)
		require.NoError(t, b.leaveLane(t.Context(), queries.MessageChannelSms, &ProviderError{Kind: ProviderThrottled, RetryAfter: time.Minute, Message: "Slow down."}))
		later := requireLater(t, a.awaitTurn(t.Context(), queries.MessageChannelSms, its))
		require.Equal(t, "Slow down.", later.Why)
		require.GreaterOrEqual(t, later.After, time.Minute-time.Second)
		require.Equal(t, its.moment, w.Now())
	})

	t.Run("ToldToStop", func(t *testing.T) {
		t.Parallel()
		a, _, _, its := enter(t, time.Second)
		ctx, stop := context.WithCancel(t.Context())
		stop()
		require.ErrorIs(t, a.awaitTurn(ctx, queries.MessageChannelSms, its), context.Canceled)
	})
}

func TestLaneWritesLittle(t *testing.T) {
	t.Parallel()
	w, db := newWall(1), postgrestest.Database(t)
	_, err := db.Owner.Exec(t.Context(), `CREATE SEQUENCE writes;
		CREATE FUNCTION note_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN PERFORM nextval('writes'); RETURN NEW; END $$;
		CREATE TRIGGER note_write BEFORE UPDATE ON provider_lanes FOR EACH ROW EXECUTE FUNCTION note_write()`)
	require.NoError(t, err)
	s := New(Options{Pool: db.Pool, Wall: w.Now, Sleep: w.Sleep, TextRate: 2000, Patience: time.Hour, Log: discard})
	together(t, w, []*Service{s}, 1000)
	for range 1000 {
		require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelSms, nil))
	}
	var writes int
	require.NoError(t, db.Owner.QueryRow(t.Context(), `SELECT last_value FROM writes`).Scan(&writes))
	require.Equal(t, 41, s.lanes.of("sms").size, "a fiftieth of a second's calls at once")
	require.Equal(t, 25, writes)
}

// TestLaneIsShut drives the circuit: five failures in a row shut it, one call at a time looks whether the provider is back.
// TestLaneIsPausedLongerEachTime: who is refused again and again asks less and less often, until something goes through.
func TestLaneIsPausedLongerEachTime(t *testing.T) {
	t.Parallel()
	w := newWall(1)
	db := postgrestest.Database(t)
	s := New(Options{Pool: db.Pool, Wall: w.Now, Patience: time.Nanosecond, Log: discard, Sleep: func(context.Context, time.Duration) error { return nil }})
	slower := func(asked time.Duration) time.Duration {
		for range 3 { // those that were on their way together count once
			require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelEmail, &ProviderError{Kind: ProviderThrottled, RetryAfter: asked}))
		}
		row, err := s.q.ProviderLaneGet(t.Context(), s.Pool, "email")
		require.NoError(t, err)
		pause := row.PausedUntil.Sub(w.Now())
		w.move(pause + time.Millisecond)
		return pause
	}
	require.NoError(t, s.goThrough(t.Context(), queries.MessageChannelEmail))
	for _, want := range []time.Duration{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300} {
		require.Equal(t, want*time.Second, slower(0))
	}
	require.Equal(t, 10*time.Minute, slower(10*time.Minute), "as long as it asks for")
	require.Equal(t, time.Hour, slower(48*time.Hour))
	require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelEmail, nil))
	require.Equal(t, time.Second, slower(0), "something went through")
}

// TestAnswersDuringAPause: of calls that were on their way together some are answered and some refused, in any order.
func TestAnswersDuringAPause(t *testing.T) {
	t.Parallel()
	w := newWall(1)
	s := lanes(t, w, 0, 1)[0]
	slowDown := &ProviderError{Kind: ProviderThrottled}
	require.NoError(t, s.goThrough(t.Context(), queries.MessageChannelSms))
	for _, want := range []time.Duration{1, 2, 4} {
		for _, answer := range []error{slowDown, nil, slowDown, nil, nil, slowDown} {
			require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelSms, answer))
		}
		require.Equal(t, want*time.Second, readLane(t, s).PausedUntil.Sub(w.Now()), "what was asked before a pause does not make the next one shorter")
		w.move(want*time.Second + time.Millisecond)
	}
	require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelSms, nil))
	require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelSms, slowDown))
	require.Equal(t, time.Second, readLane(t, s).PausedUntil.Sub(w.Now()))
}

func TestLaneIsShut(t *testing.T) {
	t.Parallel()
	lost := &ProviderError{Provider: "twilio", Kind: ProviderUncertain, Message: "Twilio had an error of its own."}

	shut := func(t *testing.T, rate float64) (a, b *Service, w *wall) {
		t.Helper()
		w = newWall(1)
		db := postgrestest.Database(t)
		o := Options{Pool: db.Pool, Wall: w.Now, TextRate: rate, Patience: time.Nanosecond, Log: discard,
			Sleep: func(context.Context, time.Duration) error { return nil }}
		a, b = New(o), New(o)
		for range laneShutAt {
			require.NoError(t, a.goThrough(t.Context(), queries.MessageChannelSms))
			require.NoError(t, a.leaveLane(t.Context(), queries.MessageChannelSms, lost))
			w.move(2 * time.Second)
		}
		return a, b, w
	}

	for name, rate := range map[string]float64{"WithoutALimit": 0, "WithALimit": 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, b, w := shut(t, rate)
			for _, s := range []*Service{a, b} {
				later := requireLater(t, s.goThrough(t.Context(), queries.MessageChannelSms))
				require.Equal(t, lost.Message, later.Why)
				require.LessOrEqual(t, later.After, 4*time.Second)
			}
			pauses := []time.Duration{}
			for range 9 {
				row := readLane(t, a)
				w.set(*row.PausedUntil)
				require.NoError(t, a.goThrough(t.Context(), queries.MessageChannelSms), "one looks")
				requireLater(t, b.goThrough(t.Context(), queries.MessageChannelSms))
				requireLater(t, a.goThrough(t.Context(), queries.MessageChannelSms))
				require.NoError(t, a.leaveLane(t.Context(), queries.MessageChannelSms, lost))
				pauses = append(pauses, readLane(t, a).PausedUntil.Sub(w.Now()))
			}
			require.Equal(t, []time.Duration{10 * time.Second, 20 * time.Second, 40 * time.Second, 80 * time.Second, 160 * time.Second,
				laneLongest, laneLongest, laneLongest, laneLongest}, pauses)
			w.set(*readLane(t, a).PausedUntil)
			require.NoError(t, b.goThrough(t.Context(), queries.MessageChannelSms))
			require.NoError(t, b.leaveLane(t.Context(), queries.MessageChannelSms, nil))
			row := readLane(t, a)
			require.Zero(t, row.Failures)
			require.Nil(t, row.PausedUntil)
			require.Empty(t, row.PausedWhy)
			w.move(3 * time.Second)
			require.NoError(t, a.goThrough(t.Context(), queries.MessageChannelSms))
		})
	}

	t.Run("AProbeThatDiedIsFollowedByAnother", func(t *testing.T) {
		t.Parallel()
		a, b, w := shut(t, 0)
		w.set(*readLane(t, a).PausedUntil)
		require.NoError(t, a.goThrough(t.Context(), queries.MessageChannelSms))
		requireLater(t, b.goThrough(t.Context(), queries.MessageChannelSms))
		w.move(laneProbe)
		require.NoError(t, b.goThrough(t.Context(), queries.MessageChannelSms))
	})

	t.Run("AProbeThatIsNotMadeLeavesItToTheNext", func(t *testing.T) {
		t.Parallel()
		a, b, w := shut(t, 0)
		w.set(*readLane(t, a).PausedUntil)
		looks, err := a.turnOf(t.Context(), queries.MessageChannelSms)
		require.NoError(t, err)
		requireLater(t, b.goThrough(t.Context(), queries.MessageChannelSms))
		for _, other := range []*turn{nil, {}} { // of a call that never entered, and of one that had its turn before
			require.NoError(t, a.skipTurn(t.Context(), queries.MessageChannelSms, other))
			requireLater(t, b.goThrough(t.Context(), queries.MessageChannelSms))
		}
		require.NoError(t, a.skipTurn(t.Context(), queries.MessageChannelSms, looks))
		require.NoError(t, b.goThrough(t.Context(), queries.MessageChannelSms))
	})

	t.Run("CallsThatHadBegunBeforeDoNotShutItLonger", func(t *testing.T) {
		t.Parallel()
		a, b, _ := shut(t, 0)
		until := *readLane(t, a).PausedUntil
		for range 10 {
			require.NoError(t, b.leaveLane(t.Context(), queries.MessageChannelSms, lost))
		}
		row := readLane(t, a)
		require.Equal(t, laneShutAt, row.Failures)
		require.Equal(t, until, *row.PausedUntil)
	})

	t.Run("AnAnswerInBetweenBeginsAnew", func(t *testing.T) {
		t.Parallel()
		s := lanes(t, newWall(1), 0, 1)[0]
		refused := &ProviderError{Provider: "twilio", Kind: ProviderRefused, Message: "Not a mobile number."}
		for i := range 12 {
			require.NoError(t, s.goThrough(t.Context(), queries.MessageChannelSms))
			require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelSms, map[bool]error{true: refused, false: lost}[i%4 == 3]))
		}
		require.Nil(t, readLane(t, s).PausedUntil)
	})

	t.Run("WaitsInItsWorkerBeforeItIsPutBack", func(t *testing.T) {
		t.Parallel()
		w := newWall(1)
		s := lanes(t, w, 1, 1)[0]
		require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelSms, &ProviderError{Kind: ProviderThrottled, RetryAfter: 20 * time.Minute}))
		began := w.Now()
		require.NoError(t, s.goThrough(t.Context(), queries.MessageChannelSms))
		require.Equal(t, 20*time.Minute, w.Now().Sub(began))
	})

	t.Run("WhatAProviderAsksForIsBounded", func(t *testing.T) {
		t.Parallel()
		w := newWall(1)
		s := lanes(t, w, 0, 1)[0]
		require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelSms, &ProviderError{Kind: ProviderThrottled, RetryAfter: 1000 * time.Hour}))
		require.Equal(t, time.Hour, readLane(t, s).PausedUntil.Sub(w.Now()))
		require.NoError(t, s.leaveLane(t.Context(), queries.MessageChannelSms, &ProviderError{Kind: ProviderThrottled}))
		require.Equal(t, time.Hour, readLane(t, s).PausedUntil.Sub(w.Now()), "a shorter word does not take the longer one back")
	})

	t.Run("TheOtherChannelGoesOn", func(t *testing.T) {
		t.Parallel()
		a, _, _ := shut(t, 0)
		require.NoError(t, a.goThrough(t.Context(), queries.MessageChannelEmail))
	})
}

func readLane(t *testing.T, s *Service) *queries.ProviderLane {
	t.Helper()
	row, err := s.q.ProviderLaneGet(t.Context(), s.Pool, "sms")
	require.NoError(t, err)
	return row
}

func requireLater(t *testing.T, err error) *Later {
	t.Helper()
	var later *Later
	require.ErrorAs(t, err, &later)
	require.Positive(t, later.After)
	return later
}

func (w *wall) move(d time.Duration) { w.set(w.Now().Add(d)) }

func (w *wall) set(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = at
}
