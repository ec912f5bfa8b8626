package migration

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// callLife is longer than any call of ours can be on its way. Before that nobody can know that a message was not taken.
const callLife = 10 * time.Minute

// Resolution is what a staff member found out about a message of which the provider's answer was lost.
type Resolution struct {
	DeliveryID uuid.UUID
	Sent       bool
	Note       string
}

// CanResolve tells whether a message waits for a person to say what became of it.
func (s *Service) CanResolve(d *queries.Delivery) bool {
	return d.Status == queries.DeliveryStatusUnknown && (d.CalledAt == nil || s.now().Sub(*d.CalledAt) >= callLife)
}

// ResolveDelivery settles an UNKNOWN message by a person's word: ACCEPTED where it was sent; FAILED where it surely was not,
// which frees the number of a text for another; the provider's own word may still correct that. It refuses everything whose end is known, or may still show by itself.
func (s *Service) ResolveDelivery(ctx context.Context, by Actor, r Resolution) (resolved *queries.Delivery, err error) {
	var refusals Refusals
	note := cleanText(&refusals, r.Note, maxNote, "note")
	if note == "" && len(refusals) == 0 {
		refusals.add(CodeRequired, "Say how that was found out, for the record.", "note")
	}
	if err := refusals.err(); err != nil {
		return nil, err
	}
	var batch *uuid.UUID
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		d, err := s.lockUnknown(ctx, tx, by, r.DeliveryID)
		if err != nil {
			return err
		}
		batch = d.BatchID
		resolved, err = s.resolve(ctx, tx, by, d, r.Sent, note)
		return err
	})
	if err != nil {
		return nil, err
	}
	return resolved, s.finishBatchOf(ctx, by, batch)
}

func (s *Service) lockUnknown(ctx context.Context, tx pgx.Tx, by Actor, id uuid.UUID) (*queries.Delivery, error) {
	d, err := found(s.q.DeliveryLockManaged(ctx, tx, queries.DeliveryLockManagedParams{ID: id, StaffID: by.staffID()}))
	switch {
	case err != nil:
		return nil, fmt.Errorf("lock delivery: %w", err)
	case d == nil:
		return nil, Refuse(CodeNotFound, "There is no such message at a location that you manage.", "id")
	case d.Status != queries.DeliveryStatusUnknown:
		return nil, Refuse(CodeWrongState, "What became of this message is known: it is "+strings.ToUpper(string(d.Status))+".", "id")
	case !s.CanResolve(d):
		return nil, Refuse(CodeWrongState, "The provider may still answer. Look again ten minutes after the sending.", "id")
	}
	return d, nil
}

func (s *Service) resolve(ctx context.Context, tx pgx.Tx, by Actor, d *queries.Delivery, sent bool, note string) (*queries.Delivery, error) {
	o := settled{delivery: d, status: queries.DeliveryStatusFailed, reason: note, notSent: true}
	if sent {
		o.status, o.notSent = queries.DeliveryStatusAccepted, false
	}
	if _, err := s.settleDelivery(ctx, tx, by, o); err != nil {
		return nil, err
	}
	d, err := s.q.DeliveryNoteResolved(ctx, tx, queries.DeliveryNoteResolvedParams{ID: d.ID, StaffID: by.ID})
	if err != nil {
		return nil, fmt.Errorf("note who resolved it: %w", err)
	}
	return d, s.record(ctx, tx, by, event{subject: queries.EventSubjectDelivery, id: d.ID, location: d.LocationID, action: "resolved",
		before: string(d.Status), after: string(d.Status), detail: map[string]any{"note": note}})
}
