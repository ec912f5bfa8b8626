package migration

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// settled is what became of one delivery.
type settled struct {
	delivery   *queries.Delivery
	status     queries.DeliveryStatus
	providerID *string
	reason     string
	code       string // the provider's own
	segments   *int
	notSent    bool // FAILED, as a look-up or a person concluded
	optedOut   bool // FAILED, as the person had told the provider STOP
	heard      bool // the provider's own event: it has taken the message, whatever became of it
}

// settleDelivery writes what became of a delivery, with everything that follows from it for its invitation, its batch row and
// the claim on its phone. Where the life cycle does not allow the step (somebody else's word came first, or a late one comes
// last) nothing changes and it answers false.
func (s *Service) settleDelivery(ctx context.Context, tx pgx.Tx, by Actor, o settled) (changed bool, err error) {
	row, err := found(s.q.DeliverySettleIfAllowed(ctx, tx, queries.DeliverySettleIfAllowedParams{
		ID: o.delivery.ID, Status: o.status, StatusReason: o.reason, ProviderID: o.providerID, ProviderCode: o.code,
		Segments: o.segments, NotSent: o.notSent, Now: s.now()}))
	if err != nil || row == nil {
		return false, err
	}
	d := &row.Delivery
	if err := s.record(ctx, tx, by, deliveryEvent(d, string(o.status), row.Before)); err != nil {
		return false, err
	}
	if err := s.tellInvitation(ctx, tx, by, d, row.Before, o); err != nil {
		return false, err
	}
	outcome, reason := itemOutcome(o.status)
	switch {
	case o.notSent, o.heard && o.status == queries.DeliveryStatusFailed:
		reason = ReasonNotSent
	case o.optedOut:
		outcome, reason = queries.BatchOutcomeSkipped, ReasonSuppressed
	}
	return true, s.settleItem(ctx, tx, d, row.Before, outcome, reason, o.reason)
}

// itemOutcome is what a delivery's state says for the row of its batch: whether the provider took the message. That it came back later
// is told by the reason, whether the report of it or the answer to the call was first. What the provider took and never sent has failed.
func itemOutcome(status queries.DeliveryStatus) (queries.BatchOutcome, string) {
	switch status {
	case queries.DeliveryStatusAccepted, queries.DeliveryStatusDelivered:
		return queries.BatchOutcomeSucceeded, ""
	case queries.DeliveryStatusUnknown:
		return queries.BatchOutcomeFailed, ReasonUnknown
	case queries.DeliveryStatusUndelivered:
		return queries.BatchOutcomeSucceeded, ReasonUndelivered
	case queries.DeliveryStatusCanceled:
		return queries.BatchOutcomeSkipped, ReasonCanceled
	default:
		return queries.BatchOutcomeFailed, ReasonRefused
	}
}

// tellInvitation: PENDING becomes SENT with the first email that was taken, also where the first word of it is the provider's event that
// it could not send it; a text that was taken is noted, whatever becomes of it later; a text that surely never reached the provider
// gives its claim on the phone back.
func (s *Service) tellInvitation(ctx context.Context, tx pgx.Tx, by Actor, d *queries.Delivery, before queries.DeliveryStatus, o settled) error {
	if d.Purpose != queries.DeliveryPurposeInvitation || d.InvitationID == nil {
		return nil
	}
	taken := d.Status == queries.DeliveryStatusAccepted || d.Status == queries.DeliveryStatusDelivered || d.Status == queries.DeliveryStatusUndelivered
	told := before == queries.DeliveryStatusFailed && o.delivery.ProviderID != nil // that it was taken, by the word that it failed
	firstWord := before == queries.DeliveryStatusSending || before == queries.DeliveryStatusUnknown || before == queries.DeliveryStatusFailed
	switch {
	case (taken || o.heard) && firstWord && !told && d.Channel == queries.MessageChannelEmail:
		if err := s.noteInvitationEmail(ctx, tx, by, d); err != nil {
			return err
		}
	case taken && firstWord && d.Channel == queries.MessageChannelSms:
		if err := s.q.InvitationNoteText(ctx, tx, queries.InvitationNoteTextParams{ID: *d.InvitationID, Now: s.now(),
			LinkExpiresAt: s.now().Add(s.LinkLife)}); err != nil {
			return err
		}
		if before == queries.DeliveryStatusFailed {
			if err := s.claimAfterAll(ctx, tx, d); err != nil {
				return err
			}
		}
	case d.Status == queries.DeliveryStatusFailed && firstWord && d.Channel == queries.MessageChannelSms:
		if err := s.q.PhoneClaimRelease(ctx, tx, d.ID); err != nil {
			return err
		}
	}
	arrived := d.Status == queries.DeliveryStatusAccepted || d.Status == queries.DeliveryStatusDelivered
	if arrived || d.Status == queries.DeliveryStatusFailed || d.Status == queries.DeliveryStatusUndelivered {
		return s.noteArrival(ctx, tx, d, arrived)
	}
	return nil
}

// noteArrival: what became of a message may be reported late, while another about the same invitation is being settled. Under the
// invitation's lock that one is seen.
func (s *Service) noteArrival(ctx context.Context, tx pgx.Tx, d *queries.Delivery, arrived bool) error {
	if d.Status != queries.DeliveryStatusAccepted {
		if _, err := s.q.InvitationLock(ctx, tx, *d.InvitationID); err != nil {
			return fmt.Errorf("lock invitation: %w", err)
		}
	}
	return s.q.InvitationNoteDeliveryFailed(ctx, tx, queries.InvitationNoteDeliveryFailedParams{ID: *d.InvitationID, DeliveryID: d.ID, Failed: !arrived})
}

// claimAfterAll takes the number back for a text that was given up for unsent and is there: nobody is texted at it again. Where another
// text was called for meanwhile, that one has the claim.
func (s *Service) claimAfterAll(ctx context.Context, tx pgx.Tx, d *queries.Delivery) error {
	if err := s.q.PhoneClaimTakeBack(ctx, tx, queries.PhoneClaimTakeBackParams{Phone: d.Address, DeliveryID: d.ID}); err != nil {
		return fmt.Errorf("take a phone claim back: %w", err)
	}
	if _, err := s.q.PhoneClaimInsertMany(ctx, tx, queries.PhoneClaimInsertManyParams{
		Phones: []string{d.Address}, DeliveryIds: []uuid.UUID{d.ID}, Positions: []int{0}, Now: s.now()}); err != nil {
		return fmt.Errorf("claim phone: %w", err)
	}
	return nil
}

// noteInvitationEmail: as when the call's answer comes first (noteEmails).
func (s *Service) noteInvitationEmail(ctx context.Context, tx pgx.Tx, by Actor, d *queries.Delivery) error {
	sent, err := s.noteEmails(ctx, tx, []uuid.UUID{*d.InvitationID}, nil)
	if err != nil {
		return err
	}
	return s.record(ctx, tx, by, sent...)
}

// settleItem writes a row's outcome where it is pending, or was UNKNOWN or taken for unsent and is known now, or was taken by the
// provider, which has sent nothing; the counts of a finished batch follow.
func (s *Service) settleItem(ctx context.Context, tx pgx.Tx, d *queries.Delivery, before queries.DeliveryStatus, outcome queries.BatchOutcome, reason, detail string) error {
	if d.BatchID == nil {
		return nil
	}
	late := before == queries.DeliveryStatusUnknown || before == queries.DeliveryStatusFailed ||
		(before == queries.DeliveryStatusAccepted && d.Status == queries.DeliveryStatusFailed)
	return s.settleRow(ctx, tx, *d.BatchID, *d.BatchPosition, late, outcome, reason, detail)
}

// settleRow writes one row's outcome. late is a row that had one before, by which a finished batch was counted.
func (s *Service) settleRow(ctx context.Context, tx pgx.Tx, batch uuid.UUID, position int, late bool, outcome queries.BatchOutcome, reason, detail string) error {
	if late { // before the row: whoever finishes the batch at this moment counts it either before or after
		if err := s.q.BatchLock(ctx, tx, batch); err != nil {
			return err
		}
	}
	before, err := s.q.BatchItemSettleIfOpen(ctx, tx, queries.BatchItemSettleIfOpenParams{
		BatchID: batch, Position: position, Outcome: outcome, Reason: reason, Detail: detail})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil || !late {
		return err
	}
	n, err := s.q.BatchCorrectIfFinished(ctx, tx, queries.BatchCorrectIfFinishedParams{ID: batch, Before: before, Outcome: outcome})
	if err != nil || n == 0 {
		return err
	}
	return s.q.BatchTell(ctx, tx, batch.String())
}

// itemOutcomes are the outcomes of many rows.
type itemOutcomes struct {
	queries.BatchItemSettleManyParams
}

// add takes the outcome of a delivery's row; one that is of no batch has none.
func (o *itemOutcomes) add(batch *uuid.UUID, position *int, outcome queries.BatchOutcome, reason, detail string) {
	if batch == nil {
		return
	}
	o.BatchIds, o.Positions = append(o.BatchIds, *batch), append(o.Positions, *position)
	o.Outcomes, o.Reasons, o.Details = append(o.Outcomes, string(outcome)), append(o.Reasons, reason), append(o.Details, detail)
}

func (s *Service) settleItems(ctx context.Context, tx pgx.Tx, o itemOutcomes) error {
	if len(o.BatchIds) == 0 {
		return nil
	}
	if err := s.q.BatchItemSettleMany(ctx, tx, o.BatchItemSettleManyParams); err != nil {
		return fmt.Errorf("settle batch items: %w", err)
	}
	return nil
}
