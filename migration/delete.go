package migration

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"carryover/queries"
)

// errKept is the answer where nobody was told and yet a row stays that names the invitation.
var errKept = Refuse(CodeWrongState, "An act of sending has this invitation on its record, although nothing reached the tenant. Revoke it instead.", "id")

// foreignKeyViolation is PostgreSQL's code (its documentation, appendix A).
const foreignKeyViolation = "23503"

// DeleteInvitation removes a PENDING invitation that nobody was ever told of and that no record needs. Its events stay. Anything
// else it refuses with WRONG_STATE and says what to do instead; mostly that is to revoke it.
func (s *Service) DeleteInvitation(ctx context.Context, by Actor, id uuid.UUID) error {
	return s.inTxAgain(ctx, func(tx pgx.Tx) error {
		inv, err := s.lockManaged(ctx, tx, by, id)
		if err != nil {
			return err
		}
		traces, err := s.traces(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := refuseDelete(inv, traces); err != nil {
			return err
		}
		n, err := s.q.InvitationDeleteIfPending(ctx, tx, id)
		var pgErr *pgconn.PgError
		if errors.As(err, &pgErr) && pgErr.Code == foreignKeyViolation {
			return errKept
		}
		if err != nil || n != 1 {
			return fmt.Errorf("delete invitation %s (%d rows): %w", id, n, err)
		}
		deleted := invitationEvent(inv, "deleted")
		deleted.after = ""
		return s.record(ctx, tx, by, deleted)
	})
}

// CanDelete tells whether an invitation may be deleted, by the state that it is in and what its telling has left behind.
func CanDelete(inv *queries.Invitation, traces *queries.InvitationListTracesRow) bool {
	return refuseDelete(inv, traces) == nil
}

func refuseDelete(inv *queries.Invitation, traces *queries.InvitationListTracesRow) error {
	switch {
	case inv.Status == queries.InvitationStatusClaimed:
		return Refuse(CodeWrongState, "The tenant has completed the form. Claimed invitations are kept for the records.", "id")
	case inv.Status == queries.InvitationStatusRevoked:
		return Refuse(CodeWrongState, "This invitation was revoked and is kept for the records.", "id")
	case traces.Moving:
		return Refuse(CodeWrongState, "A message of this invitation waits for its turn or is on its way. Cancel the sending, or revoke the invitation.", "id")
	case inv.Status == queries.InvitationStatusSent || traces.Told:
		return Refuse(CodeWrongState, "The tenant was told of this offer, so it is kept. Revoke it instead.", "id")
	case traces.Kept:
		return errKept
	}
	return nil
}
