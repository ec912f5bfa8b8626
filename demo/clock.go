package demo

import (
	"context"
	"time"

	"carryover/clock"
	"carryover/postgres"
)

// openClock opens the one clock that the service and the stand-ins go by, as far as an earlier run moved it. It has
// connections of its own, since the stand-ins are there before the service.
func (d *Demo) openClock(ctx context.Context, databaseURL string) error {
	pool, err := postgres.Open(ctx, databaseURL, postgres.PoolOptions{ApplicationName: "carryover demo clock", MaxConns: 2})
	if err != nil {
		return err
	}
	d.atEnd(func() error { pool.Close(); return nil })
	d.clock, err = clock.NewMoved(ctx, pool)
	return err
}

// movable is the clock with the outbox's buttons.
type movable struct{ d *Demo }

func (m movable) Now() time.Time { return m.d.clock.Now() }

// Advance moves the clock on and has the waiting jobs look at it, so that what is due by now happens now.
func (m movable) Advance(by time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := m.d.clock.Advance(ctx, by); err != nil {
		return err
	}
	return m.d.app.Hurry(ctx)
}
