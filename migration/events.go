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
	by       *Actor         // nil: who makes the whole transaction
}

// record writes events; the transaction fails with them, so that nothing happens untold.
func (s *Service) record(ctx context.Context, tx pgx.Tx, by Actor, events ...event) error {
	if len(events) == 0 {
		return nil
	}
	p := queries.EventInsertManyParams{At: s.now()}
	for _, e := range events {
		who := by
		if e.by != nil {
			who = *e.by
		}
		p.ActorKinds, p.ActorIds = append(p.ActorKinds, string(who.Kind)), append(p.ActorIds, orNone(who.ID))
		p.RequestIds, p.TokenNames = append(p.RequestIds, who.RequestID), append(p.TokenNames, who.TokenName)
		detail := []byte("{}")
		if len(e.detail) > 0 {
			detail, _ = json.Marshal(e.detail) // strings and numbers only: cannot fail
		}
		p.Ids, p.SubjectKinds, p.SubjectIds = append(p.Ids, ids.New()), append(p.SubjectKinds, string(e.subject)), append(p.SubjectIds, e.id)
		p.LocationIds, p.Actions = append(p.LocationIds, e.location), append(p.Actions, e.action)
		p.Befores, p.Afters, p.Details = append(p.Befores, e.before), append(p.Afters, e.after), append(p.Details, string(detail))
	}
	if err := s.q.EventInsertMany(ctx, tx, p); err != nil {
		return fmt.Errorf("insert event %s %s: %w", events[0].subject, events[0].action, err)
	}
	return nil
}

func orNone(id *uuid.UUID) uuid.UUID {
	if id == nil {
		return uuid.Nil
	}
	return *id
}
