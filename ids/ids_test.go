package ids_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
)

func TestNew(t *testing.T) {
	t.Parallel()

	t.Run("SortsByAge", func(t *testing.T) {
		t.Parallel()
		before := ids.New()
		for range 10_000 {
			id := ids.New()
			require.Less(t, before.String(), id.String())
			before = id
		}
	})

	t.Run("SaysWhenItWasMade", func(t *testing.T) {
		t.Parallel()
		id := ids.New()
		require.Equal(t, uuid.Version(7), id.Version())
		seconds, nanos := id.Time().UnixTime()
		require.WithinDuration(t, time.Now(), time.Unix(seconds, nanos), time.Minute)
	})

	t.Run("IsNeverTheSame", func(t *testing.T) {
		t.Parallel()
		var made sync.Map
		var makers sync.WaitGroup
		for range 8 {
			makers.Go(func() {
				for range 2_000 {
					if _, twice := made.LoadOrStore(ids.New(), true); twice {
						t.Error("made twice")
					}
				}
			})
		}
		makers.Wait()
	})
}
