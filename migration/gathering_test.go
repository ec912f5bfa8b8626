package migration

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"
)

// book is a table of its own: what was committed, and in which transactions.
type book struct {
	mu     sync.Mutex
	groups [][]int
	hold   chan struct{} // where set, a transaction waits here before its commit
	refuse map[int]error
}

// write commits all or nothing, and answers each with its double.
func (b *book) write(_ context.Context, all []int) ([]int, error) {
	if b.hold != nil {
		<-b.hold
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	out := make([]int, len(all))
	for i, n := range all {
		if err := b.refuse[n]; err != nil {
			return nil, err
		}
		out[i] = 2 * n
	}
	b.groups = append(b.groups, all)
	return out, nil
}

func (b *book) committed() []int { return slices.Concat(b.groups...) }

func gather(b *book, key func(int) any) *gathering[int, int] {
	return &gathering[int, int]{write: b.write, key: key}
}

func itself(n int) any { return n }

func TestGathering(t *testing.T) {
	t.Parallel()

	// crowd lets 1 to n write while a first one, 0, is being written, and answers what each was told.
	crowd := func(t *testing.T, b *book, g *gathering[int, int], n int) (out []int, errs []error) {
		t.Helper()
		out, errs = make([]int, n+1), make([]error, n+1)
		synctest.Test(t, func(t *testing.T) {
			b.hold = make(chan struct{})
			var all sync.WaitGroup
			for i := range n + 1 {
				all.Go(func() { out[i], errs[i] = g.do(t.Context(), i) })
				if i == 0 {
					synctest.Wait()
				}
			}
			synctest.Wait()
			close(b.hold)
			all.Wait()
		})
		return out, errs
	}

	t.Run("WhoComesMeanwhileSharesTheNextOne", func(t *testing.T) {
		t.Parallel()
		b := &book{}
		out, errs := crowd(t, b, gather(b, itself), 40)
		require.NoError(t, errors.Join(errs...))
		for i, answer := range out {
			require.Equal(t, 2*i, answer, "each has its own answer")
		}
		require.Len(t, b.groups, 2)
		require.Equal(t, []int{0}, b.groups[0], "a lone one waits for nobody")
	})

	t.Run("NoMoreThanSoManyAtOnce", func(t *testing.T) {
		t.Parallel()
		b := &book{}
		_, errs := crowd(t, b, gather(b, itself), 2*sharedMost+1)
		require.NoError(t, errors.Join(errs...))
		require.Len(t, b.groups, 4)
		require.Len(t, b.groups[1], sharedMost)
	})

	t.Run("OneThatTheDatabaseRefusesHarmsNobodyElse", func(t *testing.T) {
		t.Parallel()
		b := &book{refuse: map[int]error{7: &pgconn.PgError{Code: "23514"}}}
		out, errs := crowd(t, b, gather(b, itself), 20)
		for i, err := range errs {
			if i == 7 {
				require.Error(t, err)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, 2*i, out[i])
		}
		require.Len(t, b.committed(), 20, "each once")
	})

	t.Run("WhereTheServerIsGoneNobodyTriesAlone", func(t *testing.T) {
		t.Parallel()
		for _, gone := range []error{&pgconn.PgError{Code: "57P01"}, errors.New("connection refused")} {
			b := &book{refuse: map[int]error{3: gone}}
			_, errs := crowd(t, b, gather(b, itself), 20)
			require.NoError(t, errs[0])
			for _, err := range errs[1:] {
				require.ErrorIs(t, err, gone)
			}
			require.Equal(t, []int{0}, b.committed())
		}
	})

	t.Run("TwoOfOneKeyAreNeverInOne", func(t *testing.T) {
		t.Parallel()
		b := &book{}
		_, errs := crowd(t, b, gather(b, func(n int) any { return n % 10 }), 39)
		require.NoError(t, errors.Join(errs...))
		require.Len(t, b.committed(), 40)
		for _, group := range b.groups {
			seen := map[int]bool{}
			for _, n := range group {
				require.False(t, seen[n%10], "%v", group)
				seen[n%10] = true
			}
		}
	})

	t.Run("APanicIsAnErrorOfThoseInIt", func(t *testing.T) {
		t.Parallel()
		g := &gathering[int, int]{key: itself, write: func(context.Context, []int) ([]int, error) { panic("of a test") }}
		_, err := g.do(t.Context(), 1)
		require.ErrorContains(t, err, "of a test")
	})

	t.Run("WhoIsToldToStopIsAnsweredAllTheSame", func(t *testing.T) {
		t.Parallel()
		b := &book{}
		g := gather(b, itself)
		synctest.Test(t, func(t *testing.T) {
			b.hold = make(chan struct{})
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { _, err := g.do(ctx, 1); done <- err }()
			synctest.Wait()
			stop()
			synctest.Wait()
			require.Empty(t, done, "it may be committed at any moment, so its answer matters")
			close(b.hold)
			require.NoError(t, <-done)
			_, err := g.do(ctx, 2)
			require.ErrorIs(t, err, context.Canceled, "nothing new is begun")
		})
		require.Equal(t, []int{1}, b.committed())
	})
}
