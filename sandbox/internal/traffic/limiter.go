// Package traffic counts the requests a stand-in answers and limits them.
//
// It owns numbers only. What a refusal looks like is the vendor's affair.
package traffic

import (
	"sync"
	"time"
)

// Limiter lets at most PerSecond requests through in any one second, all of
// them where it is 0. It runs on wall time: with a test's clock that stands
// still it would never let go again.
type Limiter struct {
	PerSecond int

	mu     sync.Mutex
	passed []time.Time // those of the last second, oldest first
}

// Allow decides about one request. It returns how many more may come now and
// when the oldest of those counted is forgotten.
func (l *Limiter) Allow(now time.Time) (ok bool, remaining int, reset time.Duration) {
	if l.PerSecond == 0 {
		return true, 0, 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.passed) > 0 && now.Sub(l.passed[0]) >= time.Second {
		l.passed = l.passed[1:]
	}
	if ok = len(l.passed) < l.PerSecond; ok {
		l.passed = append(l.passed, now)
	}
	return ok, l.PerSecond - len(l.passed), time.Second - now.Sub(l.passed[0])
}
