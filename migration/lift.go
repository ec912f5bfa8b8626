package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// notLifted says who lifts an entry that the caller may not.
var notLifted = map[queries.SuppressionReason]string{
	queries.SuppressionReasonStop:         "The person asked for no more texts. Only they can lift it, by answering START to the number that texted them.",
	queries.SuppressionReasonUnsubscribe:  "The person unsubscribed. Only they can lift it, on the page that the link in their email opens.",
	queries.SuppressionReasonComplaint:    "The person reported a message as spam. It is not lifted.",
	queries.SuppressionReasonBounce:       "This address is not of a tenant at a location that you manage.",
	queries.SuppressionReasonDoNotContact: "Another staff member made this entry. They can lift it, or an administrator.",
}

// CanLift tells whether a staff member may lift an entry that they see. A do-not-contact is lifted by whoever made it or an
// ADMIN; a bounce by whoever knows whose address it is, once it was mended (a mailbox was full, a domain was down). What a person asked
// for is lifted by that person alone.
func CanLift(by *queries.Staff, row *queries.Suppression) bool {
	switch {
	case row.LiftedAt != nil:
		return false
	case row.Reason == queries.SuppressionReasonDoNotContact:
		return by.Role == queries.StaffRoleAdmin || row.StaffID != nil && *row.StaffID == by.ID
	default:
		return row.Reason == queries.SuppressionReasonBounce
	}
}

// ShownSuppression is an entry as a staff member sees it: not with the words and the name of somebody at another location.
func ShownSuppression(row *queries.Suppression, told bool) *queries.Suppression {
	if !told {
		row.Note, row.StaffID = "", nil
	}
	return row
}

// Unsuppress lifts an entry. One that is lifted already stays so; one that the caller may not see is not there.
func (s *Service) Unsuppress(ctx context.Context, by Actor, id uuid.UUID) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		row, err := found(s.q.SuppressionLiftIfAllowed(ctx, tx, queries.SuppressionLiftIfAllowedParams{
			ID: id, StaffID: by.staffID(), Now: ptr(s.now())}))
		if err != nil {
			return fmt.Errorf("lift suppression: %w", err)
		}
		if row != nil {
			return s.record(ctx, tx, by, liftedEvent(row))
		}
		seen, err := found(s.q.SuppressionGetVisible(ctx, tx, queries.SuppressionGetVisibleParams{ID: id, StaffID: by.staffID()}))
		switch {
		case err != nil:
			return fmt.Errorf("read suppression: %w", err)
		case seen == nil:
			return Refuse(CodeNotFound, "There is no such entry that you may see.", "id")
		case seen.Suppression.LiftedAt != nil:
			return nil
		}
		return Refuse(CodeWrongState, notLifted[seen.Suppression.Reason], "id")
	})
}

// liftOwn is the person themselves, by the way that made the entry. There may be none to lift.
func (s *Service) liftOwn(ctx context.Context, tx pgx.Tx, by Actor, at reachable, reason queries.SuppressionReason) error {
	row, err := found(s.q.SuppressionLiftOwn(ctx, tx, queries.SuppressionLiftOwnParams{
		Channel: at.channel, Address: at.address, Reason: reason, Now: ptr(s.now())}))
	if err != nil {
		return fmt.Errorf("lift a person's own suppression: %w", err)
	}
	if row == nil {
		return nil
	}
	return s.record(ctx, tx, by, liftedEvent(row))
}

func liftedEvent(row *queries.Suppression) event {
	e := suppressionEvent(row, "lifted")
	e.before, e.after = e.after, ""
	return e
}
