package resendfake

import (
	"encoding/json"
	"fmt"

	"carryover/sandbox/internal/hooks"
	"carryover/sandbox/internal/journal"
)

// restore fills the books from the journal and returns the webhooks that were
// not taken yet. Keys whose life is over are forgotten.
func (s *Server) restore(entries []journal.Entry) ([]hooks.Hook, error) {
	var left []hooks.Hook
	for _, entry := range entries {
		if err := s.restoreOne(entry, &left); err != nil {
			return nil, fmt.Errorf("%s %q: %w", entry.Kind, entry.Key, err)
		}
	}
	for _, id := range s.order {
		if len(s.emails[id].Ahead) > 0 {
			s.waiting = append(s.waiting, id)
		}
	}
	return left, s.forgetOldKeys()
}

func (s *Server) restoreOne(entry journal.Entry, left *[]hooks.Hook) error {
	switch entry.Kind {
	case "email":
		e := &Email{}
		s.emails[entry.Key] = e
		s.order = append(s.order, entry.Key)
		return json.Unmarshal(entry.Value, e)
	case "progress":
		e, ok := s.emails[entry.Key]
		if !ok {
			return fmt.Errorf("comes before its email")
		}
		e.Progress = Progress{}
		return json.Unmarshal(entry.Value, &e.Progress)
	case "key":
		var saved savedKey
		err := json.Unmarshal(entry.Value, &saved)
		s.keys[saved.Key] = saved
		return err
	case "hook":
		var h hooks.Hook
		err := json.Unmarshal(entry.Value, &h)
		*left = append(*left, h)
		return err
	default:
		return fmt.Errorf("is no kind of entry that Resend's books have")
	}
}

func (s *Server) forgetOldKeys() error {
	now := s.options.Now()
	var gone []journal.Entry
	for key, saved := range s.keys {
		if now.Sub(saved.At) >= s.options.KeyLife {
			delete(s.keys, key)
			gone = append(gone, journal.Delete("key", key))
		}
	}
	return s.journal.Append(gone...)
}
