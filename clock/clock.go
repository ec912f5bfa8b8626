// Package clock is where the program learns what time it is.
//
// It owns the moment that business rules and business SQL (@now) go by, which a demo can move. It does not own wall time:
// signatures of webhooks, deadlines of network calls and the schedule of jobs stay on time.Now.
package clock

import "time"

// Clock answers the present moment in UTC, to the microsecond, which is what PostgreSQL stores: a time that was written
// and read again is equal to itself.
type Clock func() time.Time

// System is the machine's clock.
func System() time.Time {
	return time.Now().UTC().Truncate(time.Microsecond)
}

// Fixed is a clock that stands still, for tests.
func Fixed(t time.Time) Clock {
	t = t.UTC().Truncate(time.Microsecond)
	return func() time.Time { return t }
}
