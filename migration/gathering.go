package migration

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// sharedMost is how many share one transaction: enough that its commit and its statements cost little for each, few enough that
	// none waits long.
	sharedMost = 100
	// sharedTime bounds one such transaction. Who shares it does not end it: one that is told to stop takes nobody along.
	sharedTime = 15 * time.Second
)

// gathering lets those who want to write at the same moment share one transaction. While one is under way the next ones gather, so a
// lone one waits for nobody and many pay one commit.
//
// Each gets its own answer, after the commit. Where the database refuses the transaction, nothing of it happened, and each is
// written alone: one that cannot be written harms nobody else. Two of one key are never in one transaction; the later one finds what
// the earlier one committed.
type gathering[In, Out any] struct {
	key   func(In) any
	write func(ctx context.Context, all []In) ([]Out, error) // one transaction; the answers are in the order of all

	mu      sync.Mutex
	within  time.Duration // of one transaction; 0: sharedTime
	waiting []*seat[In, Out]
	busy    bool
}

type seat[In, Out any] struct {
	in   In
	out  Out
	err  error
	done chan struct{}
}

// do returns when the transaction that has taken in is committed, or with why there is none. From the moment when it has been handed
// in, it is written whatever becomes of ctx, and the answer is waited for.
func (t *gathering[In, Out]) do(ctx context.Context, in In) (Out, error) {
	one := &seat[In, Out]{in: in, done: make(chan struct{})}
	if err := ctx.Err(); err != nil {
		return one.out, err
	}
	t.mu.Lock()
	t.waiting = append(t.waiting, one)
	first := !t.busy
	t.busy = true
	t.mu.Unlock()
	if first {
		go t.run(context.WithoutCancel(ctx))
	}
	<-one.done
	return one.out, one.err
}

// run writes until nobody waits.
func (t *gathering[In, Out]) run(ctx context.Context) {
	for all := t.take(); len(all) > 0; all = t.take() {
		t.writeAll(ctx, all)
		for _, one := range all {
			close(one.done)
		}
	}
}

// take answers who shares the next transaction: the first of each key, in the order of coming.
func (t *gathering[In, Out]) take() (all []*seat[In, Out]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	taken := map[any]bool{}
	t.waiting = slices.DeleteFunc(t.waiting, func(one *seat[In, Out]) bool {
		key := t.key(one.in)
		if taken[key] || len(all) == sharedMost {
			return false
		}
		taken[key], all = true, append(all, one)
		return true
	})
	t.busy = len(all) > 0
	return all
}

func (t *gathering[In, Out]) writeAll(ctx context.Context, all []*seat[In, Out]) {
	err := t.writeOnce(ctx, all)
	if err == nil {
		return
	}
	for _, one := range all {
		if one.err = err; len(all) > 1 && isRefusal(err) {
			one.err = t.writeOnce(ctx, []*seat[In, Out]{one})
		}
	}
}

// writeOnce is one transaction. A panic in it is an error, as the job library would make of it.
func (t *gathering[In, Out]) writeOnce(ctx context.Context, all []*seat[In, Out]) (err error) {
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(t.within, sharedTime))
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a shared transaction: %v\n%s", p, debug.Stack())
		}
	}()
	in := make([]In, len(all))
	for i, one := range all {
		in[i] = one.in
	}
	out, err := t.write(ctx, in)
	if err != nil {
		return err
	}
	for i, one := range all {
		one.out = out[i]
	}
	return nil
}

// isRefusal tells whether the database refused a statement for what it says. Where the server stops or is gone (classes 08, 53, 57 and
// 58 in PostgreSQL's documentation, appendix A), writing each alone would fail as well.
func isRefusal(err error) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && !strings.Contains("08 53 57 58", pgErr.Code[:2])
}
