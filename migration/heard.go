package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// heard is what a provider's signed event says of one message, whichever the provider.
type heard struct {
	provider string
	eventID  string // the same for a repeated event
	kind     string
	what     settled // its delivery is found by the two ids below
	channel  queries.MessageChannel
	tag      uuid.UUID
	objectID string // the message's id at the provider
	complain bool
	suppress queries.SuppressionReason // "" where the address may be written to
}

// HearEmail takes note of an event of the email provider, once, and applies it in the same transaction. Events come in any order,
// late, and before the answer to the call that caused them: a delivery only moves forward. What is not ours (accounts are shared)
// is noted and ignored.
func (s *Service) HearEmail(ctx context.Context, by Actor, e EmailEvent) error {
	h := heard{provider: "resend", eventID: e.ID, kind: e.Type, channel: queries.MessageChannelEmail, tag: e.DeliveryID,
		objectID: e.ProviderID, complain: e.Complaint, what: settled{status: e.Status, reason: e.Reason}}
	switch {
	case e.Permanent:
		h.suppress = queries.SuppressionReasonBounce
	case e.Complaint:
		h.suppress = queries.SuppressionReasonComplaint
	}
	return s.hear(ctx, by, h)
}

// HearText is the same for a status callback of the text provider. A text that the provider took keeps its claim on the phone,
// whatever becomes of it: UNDELIVERED is all that its callbacks can say, and never FAILED.
func (s *Service) HearText(ctx context.Context, by Actor, e TextEvent) error {
	h := heard{provider: "twilio", eventID: e.ProviderID + " " + e.Told, kind: e.Told, channel: queries.MessageChannelSms,
		tag: e.DeliveryID, objectID: e.ProviderID, what: settled{status: e.Status, reason: e.Reason, code: e.Code}}
	if e.OptedOut {
		h.suppress = queries.SuppressionReasonStop
	}
	return s.hear(ctx, by, h)
}

func (s *Service) hear(ctx context.Context, by Actor, h heard) error {
	batches := map[uuid.UUID]bool{}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		d, err := found(s.q.DeliveryLockHeard(ctx, tx, queries.DeliveryLockHeardParams{
			Channel: h.channel, ID: h.tag, ProviderID: &h.objectID}))
		if err != nil {
			return fmt.Errorf("find the delivery: %w", err)
		}
		n, err := s.q.WebhookEventInsertOrNothing(ctx, tx, queries.WebhookEventInsertOrNothingParams{
			Provider: h.provider, EventID: h.eventID, Type: h.kind, ObjectID: h.objectID, Now: s.now(), Ours: d != nil})
		if err != nil || n == 0 || d == nil {
			return err
		}
		if err := s.settleHeard(ctx, tx, by, h, d, batches); err != nil {
			return err
		}
		return s.suppressHeard(ctx, tx, by, h, d, batches)
	})
	if err != nil {
		return fmt.Errorf("hear %s event %q: %w", h.provider, h.kind, err)
	}
	return s.finishBatches(ctx, by, batches)
}

// settleHeard moves the delivery where its life cycle allows that. The provider's id is taken from the event where the call's
// answer has not brought it yet; one that is there stays.
func (s *Service) settleHeard(ctx context.Context, tx pgx.Tx, by Actor, h heard, d *queries.Delivery, batches map[uuid.UUID]bool) error {
	if h.what.status == "" {
		return nil
	}
	h.what.delivery, h.what.heard = d, true
	if d.ProviderID == nil && h.objectID != "" {
		h.what.providerID = &h.objectID
	}
	changed, err := s.settleDelivery(ctx, tx, by, h.what)
	if err != nil {
		return fmt.Errorf("settle delivery %s: %w", d.ID, err)
	}
	if changed && d.BatchID != nil && d.Status == queries.DeliveryStatusSending { // its row was pending until now
		batches[*d.BatchID] = true
	}
	if changed {
		d.Status = h.what.status
	}
	return nil
}

// suppressHeard keeps the address from being written to again, and remembers a complaint on the very message.
func (s *Service) suppressHeard(ctx context.Context, tx pgx.Tx, by Actor, h heard, d *queries.Delivery, batches map[uuid.UUID]bool) error {
	if h.complain {
		n, err := s.q.DeliveryNoteComplaint(ctx, tx, queries.DeliveryNoteComplaintParams{ID: d.ID, Now: ptr(s.now())})
		if err != nil {
			return fmt.Errorf("note a complaint: %w", err)
		}
		if n > 0 {
			if err := s.record(ctx, tx, by, deliveryEvent(d, "complained", d.Status)); err != nil {
				return err
			}
		}
	}
	if h.suppress == "" {
		return nil
	}
	_, err := s.suppress(ctx, tx, by, batches, queries.SuppressionPutParams{Channel: h.channel, Address: strings.ToLower(d.Address),
		Scope: queries.SuppressionScopeAll, Reason: h.suppress, Note: h.what.reason, DeliveryID: &d.ID})
	return err
}
