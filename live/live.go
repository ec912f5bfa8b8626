// Package live carries "something about this has changed" from whichever process noticed it to everybody in this process who waits.
//
// It owns the one connection that listens to PostgreSQL, and that it comes back after it broke. It does not own what has changed: a
// notice holds nothing but an id, and whoever gets one reads again. So a notice more does no harm, and one that was lost while the
// connection was down is made good by the one that everybody gets when it is up again.
package live

import (
	"context"
	"log/slog"
	"maps"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/queries"
)

const (
	// again is the pause before a broken connection is made anew.
	again = time.Second
	// stillThere is how long the connection may be silent before it is asked whether it lives: one that a network dropped says nothing.
	stillThere = 30 * time.Second
)

// Hub hands notices out. It listens while somebody waits, on a connection of its own beside the pool's.
type Hub struct {
	pool *pgxpool.Pool
	q    *queries.Queries
	log  *slog.Logger

	mu      sync.Mutex
	waiting map[uuid.UUID]map[chan struct{}]bool
	stop    context.CancelFunc // of the listener; nil while nobody waits
	closed  bool
	done    sync.WaitGroup
}

// New answers a hub over the database of pool.
func New(pool *pgxpool.Pool, log *slog.Logger) *Hub {
	return &Hub{pool: pool, q: queries.New(), log: log, waiting: map[uuid.UUID]map[chan struct{}]bool{}}
}

// Wait answers a channel that holds something whenever one of the things may have changed since it was last emptied, and is closed when
// the hub is. leave must be called once.
func (h *Hub) Wait(ids ...uuid.UUID) (notices <-chan struct{}, leave func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := make(chan struct{}, 1)
	if h.closed {
		close(c)
		return c, func() {}
	}
	for _, id := range ids {
		if h.waiting[id] == nil {
			h.waiting[id] = map[chan struct{}]bool{}
		}
		h.waiting[id][c] = true
	}
	if h.stop == nil {
		ctx, stop := context.WithCancel(context.Background())
		h.stop = stop
		h.done.Go(func() { h.listen(ctx) })
	}
	return c, func() { h.leave(ids, c) }
}

func (h *Hub) leave(ids []uuid.UUID, c chan struct{}) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, id := range ids {
		delete(h.waiting[id], c)
		if len(h.waiting[id]) == 0 {
			delete(h.waiting, id)
		}
	}
	if len(h.waiting) == 0 && h.stop != nil {
		h.stop()
		h.stop = nil
	}
}

// Close ends all waiting and lets go of the connection.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	for c := range h.everybody() {
		close(c)
	}
	h.waiting = map[uuid.UUID]map[chan struct{}]bool{}
	if h.stop != nil {
		h.stop()
		h.stop = nil
	}
	h.mu.Unlock()
	h.done.Wait()
}

// listen keeps a connection until ctx ends.
func (h *Hub) listen(ctx context.Context) {
	for ctx.Err() == nil {
		if err := h.listenOnce(ctx); err != nil && ctx.Err() == nil {
			h.log.WarnContext(ctx, "listening to the database was interrupted and begins again", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(again):
		}
	}
}

func (h *Hub) listenOnce(ctx context.Context) error {
	pooled, err := h.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	conn := pooled.Hijack() // the pool's own are for work that ends
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if err := h.q.BatchListen(ctx, conn); err != nil {
		return err
	}
	h.tellAll() // of whatever happened while nobody listened
	for {
		if err := h.hear(ctx, conn); err != nil {
			return err
		}
	}
}

// hear waits for one notice and hands it on, or finds out that the connection lives.
func (h *Hub) hear(ctx context.Context, conn *pgx.Conn) error {
	patience, cancel := context.WithTimeout(ctx, stillThere)
	defer cancel()
	notice, err := conn.WaitForNotification(patience)
	if err != nil {
		if ctx.Err() == nil && patience.Err() != nil {
			return conn.Ping(ctx)
		}
		return err
	}
	if id, err := uuid.Parse(notice.Payload); err == nil {
		h.tell(id)
	}
	return nil
}

func (h *Hub) tell(id uuid.UUID) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.waiting[id] {
		poke(c)
	}
}

func (h *Hub) tellAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c := range h.everybody() {
		poke(c)
	}
}

// everybody is who waits, once each, for however many things.
func (h *Hub) everybody() map[chan struct{}]bool {
	each := map[chan struct{}]bool{}
	for _, all := range h.waiting {
		maps.Copy(each, all)
	}
	return each
}

// poke leaves a notice where none is waiting yet: one is as good as ten.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}
