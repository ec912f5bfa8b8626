// Package turmoil lets tenants, staff, workers, Stripe's events and the clock get in each other's way, in an order that a seed
// chooses, and then compares Stripe's own books with ours.
//
// Everybody works on the real rules, the real database and the real client of Stripe. Whoever is about to ask the database or
// Stripe stands still first, and one at a time is let go on: to be answered, to be answered wrongly or never, to be killed or
// stopped. So an interleaving is its seed, and one that breaks a rule can be looked at again:
//
//	go test ./e2e/turmoil -run Each -seed 17 -v
//	go test ./e2e/turmoil -run Each -seeds 250 -timeout 1h     two thousand stories
//
// It owns the order of things, the weather, and the comparison. It does not own any rule, and nothing but what it says in
// books_test.go is an expectation.
package turmoil

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

var (
	oneSeed = flag.Uint64("seed", 0, "the one seed to run, telling its story; 0: as many as -seeds says")
	seeds   = flag.Int("seeds", 24, "how many seeds to run; each is the stories of eight tenants")
	first   = flag.Uint64("first", 1, "the first seed")
)

// TestWhateverHappensEachIsChargedAsAgreed is the property: however the steps interleave, and whatever is killed, stopped or lost
// between them, Stripe holds at most one live subscription for each reservation, its books agree with ours, and every charge is
// what the tenant agreed to, once for each month.
func TestWhateverHappensEachIsChargedAsAgreed(t *testing.T) {
	t.Parallel()
	if *oneSeed != 0 {
		open(t, *oneSeed).run()
		return
	}
	var all tally
	t.Cleanup(func() { t.Log(all.String()) })
	for i := range *seeds {
		seed := *first + uint64(i)
		t.Run(fmt.Sprintf("seed=%d", seed), func(t *testing.T) {
			t.Parallel()
			w := open(t, seed)
			defer func() { all.add(w.told) }()
			w.run()
		})
	}
}

// TestASeedIsAnInterleaving runs one twice: what is found once can be looked at again.
func TestASeedIsAnInterleaving(t *testing.T) {
	t.Parallel()
	const seed = 7
	once, again := open(t, seed), open(t, seed)
	once.run()
	again.run()
	require.Equal(t, once.story, again.story)
}

// tally counts what happened in all seeds, so that a turmoil in which nothing happens is seen as one.
type tally struct {
	mu   sync.Mutex
	told map[string]int
}

func (y *tally) add(told map[string]int) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.told == nil {
		y.told = map[string]int{}
	}
	for what, n := range told {
		y.told[what] += n
	}
}

func (y *tally) String() string {
	y.mu.Lock()
	defer y.mu.Unlock()
	text := "what happened:"
	for _, what := range slices.Sorted(maps.Keys(y.told)) {
		text += fmt.Sprintf(" %s %d,", what, y.told[what])
	}
	return text
}
