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

// TestACounterGoesFirst: hundreds of texts wait for a lane that lets few through, and then somebody at a counter asks.
func TestACounterGoesFirst(t *testing.T) {
	t.Parallel()
	s := New(Options{Pool: postgrestest.Database(t).Pool, TextRate: 20, Patience: time.Hour, Log: discard})
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
	require.Eventually(t, func() bool { return lane.door.waits(inTurn) > 150 }, 10*time.Second, time.Millisecond)
	before := through.Load()
	_, err := s.enterLane(t.Context(), queries.MessageChannelSms, first, 0)
	require.NoError(t, err)
	// Who was inside already goes before it, and one may have had its moment between the two looks.
	require.LessOrEqual(t, through.Load()-before, int64(3))
	stop()
	many.Wait()
	require.Zero(t, lane.door.waits(inTurn), "who gives up stands in nobody's way")
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
