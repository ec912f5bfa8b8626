package access

import "time"

const (
	// signInLife is how long a sign-in lasts, however much it is used: a working day.
	signInLife = 12 * time.Hour
	// signInIdle is how long a sign-in lasts that nobody uses.
	signInIdle = 3 * time.Hour
	// tokenLife is after how much time a browser's token is exchanged for a new one.
	tokenLife = time.Hour
	// tokenOverlap is how long the old one opens after the new one was seen.
	tokenOverlap = time.Minute
	// toTheMinute is how exactly it is known when something was last used.
	toTheMinute = time.Minute
)

// holding is how a token stands that somebody holds, of staff or a tenant.
type holding struct {
	isCurrent  bool // false for the one before the last exchange
	isUnseen   bool // the one of the last exchange was not handed in yet
	lastUsedAt time.Time
	rotatedAt  time.Time
}

// isSeen: the new token has arrived.
func (h holding) isSeen() bool { return h.isCurrent && h.isUnseen }

// isToTouch keeps when a sign-in was last used, to the minute, and that its new token has arrived.
func (h holding) isToTouch(now time.Time) bool {
	return h.isSeen() || now.Sub(h.lastUsedAt) >= toTheMinute
}

// isToExchange: the token is old enough, or the new one was lost on its way to the browser.
func (h holding) isToExchange(now time.Time) bool {
	lost := !h.isCurrent && h.isUnseen && now.Sub(h.rotatedAt) >= tokenOverlap
	return lost || (h.isCurrent && now.Sub(h.rotatedAt) >= tokenLife)
}
