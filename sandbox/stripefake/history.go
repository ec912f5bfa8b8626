package stripefake

import (
	"sync"
	"sync/atomic"
	"time"
)

// Request is one line of the log that tests count calls with. It holds no keys
// of the account, no parameters and no answers.
type Request struct {
	ID             string    `json:"id"`
	Method         string    `json:"method"`
	Path           string    `json:"path"`
	IdempotencyKey string    `json:"idempotency_key"`
	Status         int       `json:"status"`
	Replayed       bool      `json:"replayed"`
	Fault          FaultKind `json:"fault"`
	At             time.Time `json:"at"`
}

// historyLimit bounds the log; the oldest half goes when it is full.
const historyLimit = 200_000

type history struct {
	mu       sync.Mutex
	all      []Request
	underWay atomic.Int64
}

func (h *history) add(r Request) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.all) == historyLimit {
		h.all = append([]Request{}, h.all[historyLimit/2:]...)
	}
	h.all = append(h.all, r)
}

// Requests is every request so far, oldest first, also refused and lost ones.
// A lost answer shows the status it would have had. It is not journalled.
func (s *Server) Requests() []Request {
	s.history.mu.Lock()
	defer s.history.mu.Unlock()
	return append([]Request{}, s.history.all...)
}

// UnderWay counts the requests that are not in Requests yet: those of a caller
// who is gone may still act.
func (s *Server) UnderWay() int { return int(s.history.underWay.Load()) }
