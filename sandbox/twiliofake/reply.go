package twiliofake

import (
	"fmt"
	"slices"
	"strings"

	"carryover/sandbox/internal/journal"
)

// The words that opt a phone out and in again, where they are all of a text:
// https://help.twilio.com/articles/223134027. The vendor itself answers them,
// and they still reach the account's webhook.
var (
	stopWords  = []string{"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"}
	startWords = []string{"START", "UNSTOP", "YES"}
)

const (
	stopAnswer  = "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe."
	startAnswer = "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
)

func pair(phone, number string) string { return phone + " " + number }

// Reply is a person at a phone who answers the number that texted last, or
// writes to the account's first number where none did. The text is posted to
// the account's webhook in the background.
func (s *Server) Reply(from, body string) (Message, error) {
	if !e164.MatchString(from) {
		return Message{}, fmt.Errorf("phone %q should be like +15551234567", from)
	}
	if body == "" {
		return Message{}, fmt.Errorf("an answer needs a text")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	number := s.numberFor(from)
	if number == "" {
		return Message{}, fmt.Errorf("no number for %q to write to: nothing was ever sent to it", from)
	}
	m := s.written(from, number, body, "inbound")
	m.Status = "received"
	if err := s.receive(m); err != nil {
		return Message{}, fmt.Errorf("receive from %q: %w", from, err)
	}
	return m, nil
}

func (s *Server) numberFor(phone string) string {
	for _, sid := range slices.Backward(s.order) {
		if m := s.messages[sid]; m.phone() == phone {
			return m.number()
		}
	}
	if len(s.options.Numbers) > 0 {
		return s.options.Numbers[0]
	}
	return ""
}

func (s *Server) written(from, to, body, direction string) Message {
	now := s.options.Now().UTC()
	m := Message{
		SID: newSID(), From: from, To: to, Body: body, Direction: direction, CreatedAt: now,
		Progress: Progress{Status: "delivered", SentAt: now, UpdatedAt: now},
	}
	m.Segments, _ = Segments(body)
	return m
}

func (s *Server) receive(m Message) error {
	var also []journal.Entry
	answer, optOut := s.optOutWord(m)
	if answer != "" {
		also = append(also, optOut)
	}
	h := s.inboundHook(m)
	if h.URL != "" {
		entry, err := journal.Put("hook", h.ID, h)
		if err != nil {
			return err
		}
		also = append(also, entry)
	}
	if err := s.enter(m, also...); err != nil {
		return err
	}
	if h.URL != "" {
		s.sender.Send(h)
	}
	if answer == "" {
		return nil
	}
	s.optOuts[optOut.Key] = optOut.Value != nil
	return s.enter(s.written(m.To, m.From, answer, "outbound-reply"))
}

// optOutWord is the vendor's own answer to a text and what it changes, ""
// where the text is an ordinary one. A word of START from a phone that never
// opted out is ordinary.
func (s *Server) optOutWord(m Message) (string, journal.Entry) {
	key := pair(m.From, m.To)
	word := strings.ToUpper(strings.TrimSpace(m.Body))
	switch {
	case slices.Contains(stopWords, word) && !s.optOuts[key]:
		return stopAnswer, journal.Entry{Kind: "optout", Key: key, Value: []byte("true")}
	case slices.Contains(startWords, word) && s.optOuts[key]:
		return startAnswer, journal.Delete("optout", key)
	}
	return "", journal.Entry{}
}
