package access

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
)

// tell writes what became of a staff member in the transaction in which it does. Never a token, a password or a hash.
func (s *Service) tell(ctx context.Context, tx pgx.Tx, by migration.Actor, staff uuid.UUID, action string, detail map[string]any) error {
	return s.tellStep(ctx, tx, by, staff, action, "", "", detail)
}

func (s *Service) tellStep(ctx context.Context, tx pgx.Tx, by migration.Actor, staff uuid.UUID, action, before, after string, detail map[string]any) error {
	who := uuid.Nil
	if by.ID != nil {
		who = *by.ID
	}
	text := []byte("{}")
	if len(detail) > 0 {
		var err error
		if text, err = json.Marshal(detail); err != nil {
			return fmt.Errorf("detail of event %s: %w", action, err)
		}
	}
	err := s.q.EventInsertMany(ctx, tx, queries.EventInsertManyParams{At: s.clock(), Ids: []uuid.UUID{ids.New()},
		ActorKinds: []string{string(by.Kind)}, ActorIds: []uuid.UUID{who}, RequestIds: []string{by.RequestID}, TokenNames: []string{by.TokenName},
		SubjectKinds: []string{string(queries.EventSubjectStaff)}, SubjectIds: []uuid.UUID{staff}, LocationIds: []uuid.UUID{uuid.Nil},
		Actions: []string{action}, Befores: []string{before}, Afters: []string{after}, Details: []string{string(text)}})
	if err != nil {
		return fmt.Errorf("insert event %s: %w", action, err)
	}
	return nil
}
