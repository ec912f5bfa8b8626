package access

import (
	"context"
	"errors"
	"net/netip"
	"sync"
	"time"

	"carryover/throttle"
)

// wrongTokens is how often tokens that open nothing are handed in from one network. A browser whose sign-in has ended does so too, but not
// often: the cookie is taken from it where it is refused.
var wrongTokens = throttle.Limit{Name: "tokens_tried", Most: 100, Per: 5 * time.Minute}

// heldUp are the networks that guess, as far as this process has seen: their guesses are answered without writing for a while. Every process
// learns of one by itself, with its first guess too many.
type heldUp struct {
	mu    sync.Mutex
	until map[netip.Prefix]time.Time
}

// heldUpMost bounds the memory; who is forgotten is learned of again.
const heldUpMost = 10_000

func (h *heldUp) add(network netip.Prefix, until time.Time) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.until == nil || len(h.until) >= heldUpMost {
		h.until = map[netip.Prefix]time.Time{}
	}
	h.until[network] = until
}

func (h *heldUp) untilWhen(network netip.Prefix) time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.until[network]
}

// NoteWrongToken counts a token that opened nothing, and answers *throttle.Refused where it is one too many. Tokens that open something
// are let through from anywhere: many people may share one address with somebody who guesses, and none of theirs is found by guessing.
func (s *Service) NoteWrongToken(ctx context.Context, ip *netip.Addr) error {
	network, ok := throttle.Network(ip)
	if !ok {
		return nil
	}
	now := s.clock()
	if wait := s.held.untilWhen(network).Sub(now); wait > 0 {
		return throttle.Refuse(wait)
	}
	err := throttle.Take(ctx, s.pool, now, wrongTokens.Of(network.String()))
	var refused *throttle.Refused
	if !errors.As(err, &refused) {
		return err
	}
	s.held.add(network, now.Add(refused.RetryAfter))
	return err
}
