package twiliofake

import (
	"encoding/json"
	"fmt"

	"carryover/sandbox/internal/hooks"
	"carryover/sandbox/internal/journal"
)

// restore fills the books from the journal and returns the callbacks that
// were not taken yet. Messages on their way line up again.
func (s *Server) restore(entries []journal.Entry) ([]hooks.Hook, error) {
	var left []hooks.Hook
	for _, entry := range entries {
		if err := s.restoreOne(entry, &left); err != nil {
			return nil, fmt.Errorf("%s %q: %w", entry.Kind, entry.Key, err)
		}
	}
	for _, sid := range s.order {
		if m := s.messages[sid]; len(m.Ahead) > 0 {
			s.queue(m)
		}
	}
	return left, nil
}

func (s *Server) restoreOne(entry journal.Entry, left *[]hooks.Hook) error {
	switch entry.Kind {
	case "message":
		m := &Message{}
		s.messages[entry.Key] = m
		s.order = append(s.order, entry.Key)
		return json.Unmarshal(entry.Value, m)
	case "progress":
		m, ok := s.messages[entry.Key]
		if !ok {
			return fmt.Errorf("comes before its message")
		}
		m.Progress = Progress{}
		return json.Unmarshal(entry.Value, &m.Progress)
	case "optout":
		s.optOuts[entry.Key] = true
		return nil
	case "outcome":
		var outcome Outcome
		err := json.Unmarshal(entry.Value, &outcome)
		s.outcomes[entry.Key] = outcome
		return err
	case "hook":
		var h hooks.Hook
		err := json.Unmarshal(entry.Value, &h)
		*left = append(*left, h)
		return err
	default:
		return fmt.Errorf("is no kind of entry that Twilio's books have")
	}
}
