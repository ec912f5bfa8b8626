package resendfake

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"carryover/sandbox/internal/journal"
)

// tick is how often schedules are compared with a clock that may jump.
const tick = 100 * time.Millisecond

// eventTypes are those of https://resend.com/docs/webhooks/event-types that
// can happen to an email after its acceptance.
var eventTypes = []string{
	"email.sent", "email.delivered", "email.delivery_delayed", "email.bounced", "email.complained",
	"email.failed", "email.suppressed", "email.opened", "email.clicked",
}

// fate is what will happen to an email to these recipients. The addresses at
// resend.dev are the vendor's own for testing, with any +label; every other
// address is delivered to.
func fate(recipients []string) []string {
	events := []string{"email.sent", "email.delivered"}
	for _, recipient := range recipients {
		local, domain, _ := strings.Cut(mailboxOf(recipient), "@")
		if domain != "resend.dev" {
			continue
		}
		switch local, _, _ = strings.Cut(local, "+"); local {
		case "bounced":
			return []string{"email.sent", "email.bounced"}
		case "suppressed":
			return []string{"email.suppressed"}
		case "complained":
			events = []string{"email.sent", "email.delivered", "email.complained"}
		}
	}
	return events
}

// Happen records an event of an accepted email and reports it by webhook,
// as when the recipient's mail server or the recipient did something.
func (s *Server) Happen(id, event string) error {
	if !slices.Contains(eventTypes, event) {
		return fmt.Errorf("event %q is none of %v", event, eventTypes)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	e, ok := s.emails[id]
	if !ok {
		return fmt.Errorf("no email %q", id)
	}
	return s.happen(e, event)
}

// happen needs s.mu. The event and its webhook are journalled as one.
func (s *Server) happen(e *Email, event string) error {
	next := e.Progress
	at := s.options.Now().UTC()
	next.LastEvent = strings.TrimPrefix(event, "email.")
	next.History = append(slices.Clip(next.History), Event{event, at})
	if len(next.Ahead) > 0 && next.Ahead[0] == event {
		if next.Ahead = next.Ahead[1:]; len(next.Ahead) == 0 {
			next.Ahead = nil
		}
	}
	entry, err := journal.Put("progress", e.ID, next)
	if err != nil {
		return err
	}
	entries := []journal.Entry{entry}
	hook, wanted := s.hook(*e, event, at)
	if wanted {
		entry, err := journal.Put("hook", hook.ID, hook)
		if err != nil {
			return err
		}
		entries = append(entries, entry)
	}
	if err := s.journal.Append(entries...); err != nil {
		return fmt.Errorf("record %s of %q: %w", event, e.ID, err)
	}
	e.Progress = next
	if wanted {
		s.sender.Send(hook)
	}
	return nil
}

func (s *Server) nudge() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// run lets happen what lies ahead of the accepted emails.
func (s *Server) run(ctx context.Context) {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	for {
		if err := s.step(); err != nil {
			s.options.Logger.Error("events are delayed", "err", err)
		}
		select {
		case <-s.wake:
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
	}
}

func (s *Server) step() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	waiting := s.waiting
	s.waiting = nil
	for i, id := range waiting {
		e := s.emails[id]
		if e.LastEvent == "scheduled" && e.ScheduledAt.After(s.options.Now()) {
			s.waiting = append(s.waiting, id)
			continue
		}
		for len(e.Ahead) > 0 {
			if err := s.happen(e, e.Ahead[0]); err != nil {
				s.waiting = append(s.waiting, waiting[i:]...)
				return err
			}
		}
	}
	return nil
}
