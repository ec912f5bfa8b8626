package stripefake

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// bucket admits so many requests in any second, by the wall clock: it is about
// load, not about business dates. A nil bucket admits all.
type bucket struct {
	mu    sync.Mutex
	rate  float64
	level float64
	last  time.Time
}

func newBucket(perSecond int) *bucket {
	if perSecond == 0 {
		return nil
	}
	return &bucket{rate: float64(perSecond), level: float64(perSecond), last: time.Now()}
}

func (b *bucket) take() bool {
	if b == nil {
		return true
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	b.level = min(b.level+now.Sub(b.last).Seconds()*b.rate, b.rate)
	b.last = now
	if b.level < 1 {
		return false
	}
	b.level--
	return true
}

// admits counts a request against the limits: of all, of its endpoint, and of reads or writes.
func (s *Server) admits(method, endpoint string) bool {
	if !s.total.take() || !s.bucketOf(endpoint).take() {
		return false
	}
	if method == http.MethodGet {
		return s.reads.take()
	}
	return s.writes.take()
}

// bucketOf is the one that counts a method and address together, whatever object it is about.
func (s *Server) bucketOf(endpoint string) *bucket {
	if s.opts.EachPerSecond == 0 {
		return nil
	}
	s.eachMu.Lock()
	defer s.eachMu.Unlock()
	if s.each[endpoint] == nil {
		s.each[endpoint] = newBucket(s.opts.EachPerSecond)
	}
	return s.each[endpoint]
}

func tooMany(seconds int) *apiError {
	e := &apiError{
		status: http.StatusTooManyRequests, unkept: true, header: http.Header{}, Type: "invalid_request_error", Code: "rate_limit",
		Message: "Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.",
	}
	e.header.Set("Retry-After", strconv.Itoa(seconds))
	return e
}
