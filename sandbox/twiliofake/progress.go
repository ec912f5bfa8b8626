package twiliofake

import (
	"context"
	"fmt"
	"slices"
	"time"

	"carryover/sandbox/internal/journal"
)

// Numbers of this stand-in's own, accepted at once and then unlucky. Twilio
// has none for what happens after acceptance.
const (
	ToUndelivered = "+15005550030" // undelivered, 30003
	ToFailed      = "+15005550031" // failed, 30008
	ToStaysSent   = "+15005550032" // no delivery report ever comes
)

const tick = 100 * time.Millisecond

var statuses = []string{"queued", "sending", "sent", "delivered", "undelivered", "failed"}

// queued is a message that waits for its number to have time for it.
type queued struct {
	sid, from string
	segments  int
	due       time.Time // wall time
}

// Expect orders what becomes of every later text to a number; it is kept over
// a restart. A Status of "" forgets the order.
func (s *Server) Expect(to string, outcome Outcome) error {
	if outcome.Status != "" && !slices.Contains(statuses, outcome.Status) {
		return fmt.Errorf("status %q is none of %v", outcome.Status, statuses)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	entry, err := journal.Put("outcome", to, outcome)
	if outcome.Status == "" {
		entry, err = journal.Delete("outcome", to), nil
	}
	if err != nil {
		return err
	}
	if err := s.journal.Append(entry); err != nil {
		return fmt.Errorf("order an outcome for %q: %w", to, err)
	}
	s.outcomes[to] = outcome
	return nil
}

// fate is the way of a text after acceptance. It needs s.mu.
func (s *Server) fate(to string) []Outcome {
	path := []Outcome{{Status: "sending"}, {Status: "sent"}}
	if ordered := s.outcomes[to]; ordered.Status != "" {
		return wayTo(ordered)
	}
	switch to {
	case ToUndelivered:
		return wayTo(Outcome{"undelivered", 30003})
	case ToFailed:
		return wayTo(Outcome{"failed", 30008})
	case ToStaysSent:
		return path
	}
	return append(path, Outcome{Status: "delivered"})
}

// wayTo is every status on the way; a failed text was never sent.
func wayTo(end Outcome) []Outcome {
	switch end.Status {
	case "queued":
		return nil
	case "sending":
		return []Outcome{end}
	case "sent", "failed":
		return []Outcome{{Status: "sending"}, end}
	default:
		return []Outcome{{Status: "sending"}, {Status: "sent"}, end}
	}
}

// queue lines a message up behind its number and needs s.mu. What would wait
// longer than its validity period fails when that is over.
func (s *Server) queue(m *Message) {
	now := s.options.Wall()
	due := now
	if rate := s.options.SegmentsPerSecond; rate > 0 && m.Direction == "outbound-api" {
		if free := s.free[m.From]; free.After(due) {
			due = free
		}
		if valid := time.Duration(m.ValidityPeriod) * time.Second; valid > 0 && due.Sub(now) > valid {
			due = now.Add(valid)
			m.Ahead = []Outcome{{"failed", 30036}}
		} else {
			s.free[m.From] = due.Add(time.Duration(m.Segments) * time.Second / time.Duration(rate))
		}
	}
	s.queuedSegments[m.From] += m.Segments
	s.waiting = append(s.waiting, queued{sid: m.SID, from: m.From, segments: m.Segments, due: due})
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

func (s *Server) run(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		if err := s.step(s.options.Wall()); err != nil {
			s.options.Logger.Error("statuses are delayed", "err", err)
		}
		select {
		case <-s.wake:
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (s *Server) step(now time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := s.waiting
	s.waiting = nil
	for i, q := range waiting {
		if q.due.After(now) {
			s.waiting = append(s.waiting, q)
			continue
		}
		m := s.messages[q.sid]
		for len(m.Ahead) > 0 {
			if err := s.become(m, m.Ahead[0]); err != nil {
				s.waiting = append(s.waiting, waiting[i:]...)
				return err
			}
		}
		s.queuedSegments[q.from] -= q.segments
	}
	return nil
}

// Become brings an outgoing text to a status and calls back, in whatever
// order it is asked to: a carrier's late report may contradict an earlier one.
func (s *Server) Become(sid string, outcome Outcome) error {
	if !slices.Contains(statuses, outcome.Status) {
		return fmt.Errorf("status %q is none of %v", outcome.Status, statuses)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.messages[sid]
	if !ok || m.Inbound() {
		return fmt.Errorf("no outgoing message %q", sid)
	}
	return s.become(m, outcome)
}

// become needs s.mu. The status and its callback are journalled as one.
func (s *Server) become(m *Message, outcome Outcome) error {
	next := m.Progress
	next.Status, next.ErrorCode, next.UpdatedAt = outcome.Status, outcome.ErrorCode, s.options.Now().UTC()
	if outcome.Status == "sent" {
		next.SentAt = next.UpdatedAt
	}
	next.History = append(slices.Clip(next.History), Change{outcome.Status, next.UpdatedAt})
	if len(next.Ahead) > 0 && next.Ahead[0] == outcome {
		if next.Ahead = next.Ahead[1:]; len(next.Ahead) == 0 {
			next.Ahead = nil
		}
	}
	entry, err := journal.Put("progress", m.SID, next)
	if err != nil {
		return err
	}
	if m.StatusCallback == "" {
		err = s.journal.Append(entry)
	} else {
		err = s.post(s.statusHook(*m, next), entry)
	}
	if err != nil {
		return fmt.Errorf("bring %q to %s: %w", m.SID, outcome.Status, err)
	}
	m.Progress = next
	return nil
}
