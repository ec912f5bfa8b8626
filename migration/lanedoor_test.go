package migration

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
	"carryover/queries"
)

// waits tells how many stand before a lane's door.
func (d *door) waits(as place) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.waiting[as])
}

// turnstile is a clock that each push moves on to the end of one sleep.
type turnstile struct {
	pushes chan struct{}

	mu    sync.Mutex
	now   time.Time
	slept int // how often somebody went to sleep
}

func (c *turnstile) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *turnstile) Sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	until := c.now.Add(d)
	c.slept++
	c.mu.Unlock()
	select {
	case <-c.pushes:
	case <-ctx.Done():
		return ctx.Err()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if until.After(c.now) {
		c.now = until
	}
	return nil
}

func (c *turnstile) sleeps() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.slept
}

// TestACounterGoesFirst: hundreds of texts wait for a lane that lets few through, and then somebody at a counter asks.
func TestACounterGoesFirst(t *testing.T) {
	t.Parallel()
	clock := &turnstile{pushes: make(chan struct{}), now: time.Date(2026, 3, 10, 15, 0, 0, 0, time.UTC)}
	s := New(Options{Pool: postgrestest.Database(t).Pool, TextRate: 20, Patience: time.Hour, Wall: clock.Now, Sleep: clock.Sleep, Log: discard})
	lane := s.lanes.of("sms")
	ctx, stop := context.WithCancel(t.Context())
	var many sync.WaitGroup
	var through atomic.Int64
	for range 200 {
		many.Go(func() {
			if s.goThrough(ctx, queries.MessageChannelSms) == nil {
				through.Add(1)
			}
		})
	}
	comesTo := func(condition func() bool) {
		t.Helper()
		require.Eventually(t, condition, time.Minute, time.Millisecond)
	}
	comesTo(func() bool { return through.Load() == 1 && lane.door.waits(inTurn) == 198 && clock.sleeps() == 1 })
	counter := make(chan error, 1)
	go func() {
		_, err := s.enterLane(t.Context(), queries.MessageChannelSms, first, 0)
		counter <- err
	}()
	comesTo(func() bool { return lane.door.waits(first) == 1 })
	require.EqualValues(t, 1, through.Load())
	clock.pushes <- struct{}{} // who was inside already goes before it
	comesTo(func() bool { return through.Load() == 2 && clock.sleeps() == 2 })
	require.Zero(t, lane.door.waits(first), "it is the next one inside")
	require.Equal(t, 198, lane.door.waits(inTurn), "and none of the many is")
	clock.pushes <- struct{}{}
	require.NoError(t, <-counter)
	stop()
	many.Wait()
	require.Zero(t, lane.door.waits(inTurn), "who gives up stands in nobody's way")
	close(clock.pushes)
	require.NoError(t, s.goThrough(t.Context(), queries.MessageChannelSms), "the door is open")
}

func TestDoor(t *testing.T) {
	t.Parallel()

	t.Run("FirstThenInTurn", func(t *testing.T) {
		t.Parallel()
		var d door
		_, inside := d.knock(inTurn)
		require.True(t, inside)
		var line []chan struct{}
		for _, as := range []place{inTurn, first, inTurn, first} {
			ours, inside := d.knock(as)
			require.False(t, inside)
			line = append(line, ours)
		}
		for _, next := range []int{1, 3, 0, 2} {
			requireShut(t, line[next])
			d.leave()
			<-line[next]
		}
		d.leave()
		_, inside = d.knock(inTurn)
		require.True(t, inside)
	})

	t.Run("WhoGivesUpAsTheDoorOpensLetsTheNextOneIn", func(t *testing.T) {
		t.Parallel()
		var d door
		d.knock(inTurn)
		late, _ := d.knock(first)
		next, _ := d.knock(inTurn)
		d.leave()
		d.giveUp(late)
		<-next
		d.giveUp(next)
		_, inside := d.knock(inTurn)
		require.True(t, inside)
	})
}

func requireShut(t *testing.T, ours chan struct{}) {
	t.Helper()
	select {
	case <-ours:
		require.Fail(t, "let in before its turn")
	default:
	}
}
