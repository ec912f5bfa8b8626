package migration

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
)

// TestStripePace: several processes that together keep both limits, whichever comes first. It runs in real time, so how much of a limit
// is used is for bench/approve to say.
func TestStripePace(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		endpoints []string
		rate      float64 // the limit that counts
	}{
		"OneEndpoint":    {[]string{"POST /v1/a"}, 25},
		"EightEndpoints": {[]string{"1", "2", "3", "4", "5", "6", "7", "8"}, 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			const processes, rounds = 2, 15
			db := postgrestest.Database(t)
			began, calls := time.Now(), processes*rounds*len(tt.endpoints)
			var all sync.WaitGroup
			errs := make(chan error, calls)
			for range processes {
				pace := NewStripePace(LaneOptions{Pool: db.Pool, Log: discard}, 100, 25)
				for _, endpoint := range tt.endpoints {
					all.Go(func() {
						for range rounds {
							errs <- pace.Enter(context.Background(), endpoint)
							pace.Leave(context.Background(), nil)
						}
					})
				}
			}
			all.Wait()
			close(errs)
			for err := range errs {
				require.NoError(t, err)
			}
			block := 1 + int(tt.rate*laneBurst)
			require.LessOrEqual(t, float64(calls-processes*block), tt.rate*time.Since(began).Seconds(), "more than the limit")
		})
	}
}
