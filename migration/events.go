package migration

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// event is one transition, told in the transaction that makes it.
type event struct {
	subject  queries.EventSubject
	id       uuid.UUID
	location uuid.UUID // zero where it belongs to none
	action   string
	before   string
	after    string
	detail   map[string]any // never a token, an address of a link or a number of a card
}

// record writes events; the transaction fails with them, so that nothing happens untold.
func (s *Service) record(ctx context.Context, tx pgx.Tx, by Actor, events ...event) error {
	for _, e := range events {
		if err := s.q.EventInsert(ctx, tx, e.params(by, s)); err != nil {
			return fmt.Errorf("insert event %s %s: %w", e.subject, e.action, err)
		}
	}
	return nil
}

func (e event) params(by Actor, s *Service) queries.EventInsertParams {
	detail := json.RawMessage("{}")
	if len(e.detail) > 0 {
		detail, _ = json.Marshal(e.detail) // strings and numbers only: cannot fail
	}
	var location *uuid.UUID
	if e.location != uuid.Nil {
		location = &e.location
	}
	return queries.EventInsertParams{
		ID: ids.New(), At: s.now(), ActorKind: by.Kind, ActorID: by.ID, SubjectKind: e.subject, SubjectID: e.id,
		LocationID: location, Action: e.action, Before: e.before, After: e.after, Detail: detail, RequestID: by.RequestID,
	}
}
