package traffic

import (
	"net/http"
	"slices"
	"sync"
	"time"
)

// Request is one request of the vendor's API as it was answered.
type Request struct {
	At             time.Time `json:"at"` // wall time
	Method         string    `json:"method"`
	Path           string    `json:"path"`
	IdempotencyKey string    `json:"idempotency_key,omitempty"`
	Status         int       `json:"status"` // 0 where the connection was cut
}

// Log is every request of this run; the zero Log is ready. It is not kept
// over a restart.
type Log struct {
	mu       sync.Mutex
	requests []Request
}

// Serve answers with next and notes what went out, also where next panics to
// cut the connection.
func (l *Log) Serve(w http.ResponseWriter, r *http.Request, next http.HandlerFunc) {
	seen := &statusWriter{ResponseWriter: w}
	defer func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.requests = append(l.requests, Request{
			At: time.Now().UTC(), Method: r.Method, Path: r.URL.Path,
			IdempotencyKey: r.Header.Get("Idempotency-Key"), Status: seen.status,
		})
	}()
	next(seen, r)
}

// All returns the requests, oldest first, never nil.
func (l *Log) All() []Request {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Request{}, slices.Clone(l.requests)...)
}

type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}
