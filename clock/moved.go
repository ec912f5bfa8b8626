package clock

import (
	"context"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/queries"
)

// Moved is a clock that a demo moves on. How far is kept in PostgreSQL, so that the next start goes on
// from there. It serves one process, which is what a demo is.
type Moved struct {
	pool    *pgxpool.Pool
	q       *queries.Queries
	seconds atomic.Int64
}

// NewMoved reads how far the clock was moved.
func NewMoved(ctx context.Context, pool *pgxpool.Pool) (*Moved, error) {
	m := &Moved{pool: pool, q: queries.New()}
	return m, m.read(ctx)
}

// Now is the machine's time, moved on. It is a Clock.
func (m *Moved) Now() time.Time {
	return System().Add(time.Duration(m.seconds.Load()) * time.Second)
}

// Advance moves the clock on; it never goes back.
func (m *Moved) Advance(ctx context.Context, by time.Duration) error {
	seconds, err := m.q.ClockOffsetAdvance(ctx, m.pool, int64(by/time.Second))
	if err != nil {
		return fmt.Errorf("move the clock: %w", err)
	}
	m.seconds.Store(seconds)
	return nil
}

func (m *Moved) read(ctx context.Context) error {
	seconds, err := m.q.ClockOffsetGet(ctx, m.pool)
	if err != nil {
		return fmt.Errorf("read the clock's offset: %w", err)
	}
	m.seconds.Store(seconds)
	return nil
}
