package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// textEnd is a text that the provider has taken.
type textEnd struct {
	by Actor
	settled
}

// endTexts writes down in one transaction that some texts were taken, with all that follows from it. No two are of one delivery.
// Where the provider's own report came first, only its answer is noted.
func (s *Service) endTexts(ctx context.Context, all []textEnd) ([]struct{}, error) {
	batches := map[uuid.UUID]bool{}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		p := queries.DeliverySettleManyParams{Now: s.now()}
		for _, o := range all {
			p.Ids, p.Statuses, p.Reasons = append(p.Ids, o.delivery.ID), append(p.Statuses, string(o.status)), append(p.Reasons, o.reason)
			p.ProviderIds, p.Segments = append(p.ProviderIds, orEmpty(o.providerID)), append(p.Segments, *o.segments)
		}
		rows, err := s.q.DeliverySettleMany(ctx, tx, p)
		if err != nil {
			return fmt.Errorf("settle deliveries: %w", err)
		}
		before := make(map[uuid.UUID]queries.DeliveryStatus, len(rows))
		for _, row := range rows {
			before[row.ID] = row.Before
		}
		return s.noteTexts(ctx, tx, all, before, batches)
	})
	if err != nil {
		return nil, fmt.Errorf("settle %d texts: %w", len(all), err)
	}
	s.tellEnded(ctx, batches)
	return make([]struct{}, len(all)), nil
}

// noteTexts tells the history, the invitations and the batches; before has the states of those that took the step.
func (s *Service) noteTexts(ctx context.Context, tx pgx.Tx, all []textEnd, before map[uuid.UUID]queries.DeliveryStatus, batches map[uuid.UUID]bool) error {
	var events []event
	var texted []uuid.UUID
	var items itemOutcomes
	for i, o := range all {
		d := *o.delivery
		was, changed := before[d.ID]
		if !changed {
			if err := s.q.TextNoteAnswer(ctx, tx, queries.TextNoteAnswerParams{ID: d.ID, ProviderID: o.providerID, Segments: o.segments}); err != nil {
				return err
			}
			continue
		}
		d.Status = o.status
		accepted := deliveryEvent(&d, string(o.status), was)
		accepted.by = &all[i].by
		events, texted = append(events, accepted), append(texted, *d.InvitationID)
		if d.BatchID != nil {
			batches[*d.BatchID] = true
		}
		outcome, reason := itemOutcome(o.status)
		if was != queries.DeliveryStatusSending { // a second copy of the job has called it UNKNOWN
			if err := s.settleItem(ctx, tx, &d, was, outcome, reason, o.reason); err != nil {
				return err
			}
			continue
		}
		items.add(d.BatchID, d.BatchPosition, outcome, reason, o.reason)
	}
	if err := s.record(ctx, tx, Actor{}, events...); err != nil {
		return err
	}
	if err := s.settleItems(ctx, tx, items); err != nil || len(texted) == 0 {
		return err
	}
	return s.q.InvitationNoteTexts(ctx, tx, queries.InvitationNoteTextsParams{Ids: texted, Now: s.now(), LinkExpiresAt: s.now().Add(s.LinkLife)})
}

// settleText writes the end of one text that is not simply taken: refused, lost, or found later. Whoever has told the provider STOP is
// on our list from then on.
func (s *Service) settleText(ctx context.Context, by Actor, o settled) error {
	batches := map[uuid.UUID]bool{}
	if o.delivery.BatchID != nil {
		batches[*o.delivery.BatchID] = true
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		if o.status == queries.DeliveryStatusUnknown {
			return s.settleLost(ctx, tx, by, o)
		}
		changed, err := s.settleDelivery(ctx, tx, by, o)
		if err == nil && o.optedOut {
			_, err = s.suppress(ctx, tx, by, batches, queries.SuppressionPutParams{Channel: o.delivery.Channel, Address: o.delivery.Address,
				Scope: queries.SuppressionScopeAll, Reason: queries.SuppressionReasonStop, Note: o.reason, DeliveryID: &o.delivery.ID})
		}
		if err != nil || changed || o.providerID == nil {
			return err
		}
		return s.q.TextNoteAnswer(ctx, tx, queries.TextNoteAnswerParams{ID: o.delivery.ID, ProviderID: o.providerID, Segments: o.segments})
	})
	if err != nil {
		return fmt.Errorf("settle text %s: %w", o.delivery.ID, err)
	}
	return s.finishBatches(ctx, by, batches)
}

// finishBatchOf looks after the text's own transaction whether its batch has ended.
func (s *Service) finishBatchOf(ctx context.Context, by Actor, batch *uuid.UUID) error {
	if batch == nil {
		return nil
	}
	return s.finishBatchIfDone(ctx, by, *batch)
}

// settleLost: nobody knows whether the provider has it, so it is UNKNOWN and will be looked up. Its link opens as long as if it were
// there.
func (s *Service) settleLost(ctx context.Context, tx pgx.Tx, by Actor, o settled) error {
	o.status = queries.DeliveryStatusUnknown
	changed, err := s.settleDelivery(ctx, tx, by, o)
	if err != nil || !changed {
		return err
	}
	if o.delivery.InvitationID != nil {
		if err := s.extendLink(ctx, tx, *o.delivery.InvitationID); err != nil {
			return err
		}
	}
	return s.scheduleLook(ctx, tx, o.delivery.ID)
}
