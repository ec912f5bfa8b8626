package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// suppress puts one entry on the list and withdraws what waits for its address. It answers the entry that stands, and notes in
// batches those that may be at their end now: whoever calls finishes them, last of all, since other acts hold a batch's row
// only at their end too.
func (s *Service) suppress(ctx context.Context, tx pgx.Tx, by Actor, batches map[uuid.UUID]bool, p queries.SuppressionPutParams) (*queries.Suppression, error) {
	p.ID, p.Now = ids.New(), s.now()
	row, err := found(s.q.SuppressionPut(ctx, tx, p))
	if err != nil {
		return nil, fmt.Errorf("insert suppression: %w", err)
	}
	if row == nil {
		return s.q.SuppressionGetLive(ctx, tx, queries.SuppressionGetLiveParams{
			Channel: p.Channel, Address: p.Address, Reason: p.Reason, StaffID: p.StaffID})
	}
	told := suppressionEvent(row, "suppressed")
	if row.ID != p.ID {
		told.action, told.before = "widened", string(queries.SuppressionScopeInvitations)
	}
	if err := s.record(ctx, tx, by, told); err != nil {
		return nil, err
	}
	return row, s.withdrawSuppressed(ctx, tx, by, row, batches)
}

// suppressionEvent names no address: the entry does, to those who may see it.
func suppressionEvent(row *queries.Suppression, action string) event {
	return event{subject: queries.EventSubjectSuppression, id: row.ID, action: action, after: string(row.Scope),
		detail: map[string]any{"channel": row.Channel, "reason": row.Reason}}
}

// heeding says which purposes a scope stops. What goes to staff is never stopped.
var heeding = map[queries.SuppressionScope][]string{
	queries.SuppressionScopeInvitations: {string(queries.DeliveryPurposeInvitation)},
	queries.SuppressionScopeAll: {string(queries.DeliveryPurposeInvitation), string(queries.DeliveryPurposeEmailRequest),
		string(queries.DeliveryPurposeActionNeeded), string(queries.DeliveryPurposeReceipt), string(queries.DeliveryPurposeSignIn),
		string(queries.DeliveryPurposeAccountNotice)},
}

// withdrawSuppressed cancels what waits for a suppressed address: its batch rows are SKIPPED, and a text's claim on the phone
// is given back. What is with the provider goes on.
func (s *Service) withdrawSuppressed(ctx context.Context, tx pgx.Tx, by Actor, row *queries.Suppression, batches map[uuid.UUID]bool) error {
	canceled, err := s.q.DeliveryCancelQueuedTo(ctx, tx, queries.DeliveryCancelQueuedToParams{Channel: row.Channel, Address: row.Address,
		Purposes: heeding[row.Scope], StatusReason: outcomeMessages[ReasonSuppressed], Now: s.now()})
	if err != nil || len(canceled) == 0 {
		return err
	}
	deliveryIDs := make([]uuid.UUID, len(canceled))
	for i, d := range canceled {
		deliveryIDs[i] = d.ID
		if d.BatchID != nil {
			batches[*d.BatchID] = true
		}
		before := d.Status
		d.Status = queries.DeliveryStatusCanceled
		if err := s.record(ctx, tx, by, deliveryEvent(d, "withdrawn", before)); err != nil {
			return err
		}
	}
	if _, err := s.q.BatchItemSkipMany(ctx, tx, queries.BatchItemSkipManyParams{DeliveryIds: deliveryIDs, Reason: ReasonSuppressed}); err != nil {
		return fmt.Errorf("skip rows of a batch: %w", err)
	}
	if _, err := s.q.PhoneClaimReleaseMany(ctx, tx, deliveryIDs); err != nil {
		return fmt.Errorf("release phone claims: %w", err)
	}
	return nil
}
