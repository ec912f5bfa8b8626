package resendfake

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"carryover/sandbox/internal/journal"
)

const maxBatch = 100

type sentID struct {
	ID string `json:"id"`
}

type batchError struct {
	Index   int    `json:"index"`
	Message string `json:"message"`
}

// reading turns a request body into the emails to accept and the answer that
// names them. It changes nothing.
type reading func(r *http.Request, raw []byte) (emails []Email, answer any, err error)

func (s *Server) readOne(_ *http.Request, raw []byte) ([]Email, any, error) {
	var d draft
	if err := decode(raw, &d); err != nil {
		return nil, nil, err
	}
	e, err := s.prepare(d)
	if err != nil {
		return nil, nil, err
	}
	return []Email{e}, sentID{e.ID}, nil
}

// readBatch reads up to 100 emails. In the permissive mode the bad ones are
// named and the others sent, even where none is left. Attachments and
// schedules are refused in a batch, as the vendor's reference says.
func (s *Server) readBatch(r *http.Request, raw []byte) ([]Email, any, error) {
	permissive, err := batchMode(r)
	if err != nil {
		return nil, nil, err
	}
	var items []json.RawMessage
	if err := decode(raw, &items); err != nil {
		return nil, nil, err
	}
	if len(items) == 0 || len(items) > maxBatch {
		return nil, nil, invalid("The batch must hold between 1 and %d emails, not %d.", maxBatch, len(items))
	}
	emails, bad, first := s.prepareAll(items)
	if first != nil && !permissive {
		return nil, nil, first
	}
	answer := struct {
		Data   []sentID     `json:"data"`
		Errors []batchError `json:"errors,omitempty"`
	}{Data: make([]sentID, 0, len(emails)), Errors: bad}
	for _, e := range emails {
		answer.Data = append(answer.Data, sentID{e.ID})
	}
	return emails, answer, nil
}

func batchMode(r *http.Request) (permissive bool, err error) {
	switch mode := r.Header.Get("x-batch-validation"); mode {
	case "", "strict":
		return false, nil
	case "permissive":
		return true, nil
	default:
		return false, invalid("Invalid `x-batch-validation` header %q. It must be `strict` or `permissive`.", mode)
	}
}

func (s *Server) prepareAll(items []json.RawMessage) (emails []Email, bad []batchError, first error) {
	for i, item := range items {
		e, err := s.prepareItem(item)
		if err == nil {
			emails = append(emails, e)
			continue
		}
		bad = append(bad, batchError{i, err.Error()})
		if first == nil {
			first = err
		}
	}
	return emails, bad, first
}

func (s *Server) prepareItem(item json.RawMessage) (Email, error) {
	var d draft
	if err := decode(item, &d); err != nil {
		return Email{}, err
	}
	if len(d.Attachments) > 0 || d.ScheduledAt != "" {
		return Email{}, invalid("The `attachments` and `scheduled_at` fields are not supported in a batch.")
	}
	return s.prepare(d)
}

func (s *Server) prepare(d draft) (Email, error) {
	if err := s.check(d); err != nil {
		return Email{}, err
	}
	e := d.email()
	e.ID = uuid.NewString()
	e.LastEvent, e.Ahead = "queued", fate(slices.Concat(e.To, e.Cc, e.Bcc))
	if d.ScheduledAt != "" {
		at, err := s.schedule(d.ScheduledAt)
		if err != nil {
			return Email{}, err
		}
		e.LastEvent, e.ScheduledAt = "scheduled", at.UTC()
	}
	return e, nil
}

func decode(raw []byte, into any) error {
	if err := json.Unmarshal(raw, into); err != nil {
		var wrongType *json.UnmarshalTypeError
		if errors.As(err, &wrongType) && wrongType.Field != "" {
			return invalid("Invalid `%s` field. It must not be a %s.", wrongType.Field, wrongType.Value)
		}
		return &apiError{http.StatusBadRequest, "validation_error", "The request body is not valid JSON."}
	}
	return nil
}

// accept puts the emails, and the key that stands for them, into the books
// and the journal in one line: after a kill there are both or neither.
func (s *Server) accept(emails []Email, saved *savedKey, now time.Time) error {
	var entries []journal.Entry
	for i := range emails {
		e := &emails[i]
		e.AcceptedAt = now
		if saved != nil {
			e.IdempotencyKey = saved.Key
		}
		entry, err := journal.Put("email", e.ID, e)
		if err != nil {
			return err
		}
		entries = append(entries, entry)
	}
	if saved != nil {
		entry, err := journal.Put("key", saved.Key, saved)
		if err != nil {
			return err
		}
		entries = append(entries, entry)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.journal.Append(entries...); err != nil {
		return fmt.Errorf("accept %d emails: %w", len(emails), err)
	}
	s.enter(emails, saved)
	return nil
}

func (s *Server) enter(emails []Email, saved *savedKey) {
	for i := range emails {
		s.emails[emails[i].ID] = &emails[i]
		s.order = append(s.order, emails[i].ID)
		s.waiting = append(s.waiting, emails[i].ID)
	}
	if saved != nil {
		s.keys[saved.Key] = *saved
	}
	s.nudge()
}
