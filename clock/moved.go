package clock

import (
	"context"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/queries"
)

// channel carries word of a moved clock to every process.
const channel = "clock_moved"

// Moved is a clock that a demo moves on. How far is kept in PostgreSQL, so that every process and the next start agree.
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

// Advance moves the clock on, in all processes; it never goes back.
func (m *Moved) Advance(ctx context.Context, by time.Duration) error {
	seconds, err := m.q.ClockOffsetAdvance(ctx, m.pool, int64(by/time.Second))
	if err != nil {
		return fmt.Errorf("move the clock: %w", err)
	}
	m.seconds.Store(seconds)
	if _, err := m.pool.Exec(ctx, "SELECT pg_notify($1, '')", channel); err != nil {
		return fmt.Errorf("tell of the moved clock: %w", err)
	}
	return nil
}

// Follow keeps up with clocks that other processes move, until ctx ends. A lost connection is made again; meanwhile the clock
// is behind by at most the pause between two tries.
func (m *Moved) Follow(ctx context.Context, log *slog.Logger) {
	for ctx.Err() == nil {
		if err := m.listen(ctx); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "cannot hear of a moved clock; trying again", "error", err)
			pause(ctx, time.Second)
		}
	}
}

func (m *Moved) listen(ctx context.Context) error {
	conn, err := m.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	raw := conn.Hijack() // a listening connection is never given back
	defer func() { _ = raw.Close(context.WithoutCancel(ctx)) }()
	if _, err := raw.Exec(ctx, "LISTEN "+pgx.Identifier{channel}.Sanitize()); err != nil {
		return err
	}
	for {
		if err := m.read(ctx); err != nil {
			return err
		}
		if _, err := raw.WaitForNotification(ctx); err != nil {
			return err
		}
	}
}

func (m *Moved) read(ctx context.Context) error {
	seconds, err := m.q.ClockOffsetGet(ctx, m.pool)
	if err != nil {
		return fmt.Errorf("read the clock's offset: %w", err)
	}
	m.seconds.Store(seconds)
	return nil
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
