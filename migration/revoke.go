package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// RevokeInvitation withdraws a PENDING or SENT offer. Its link says so from then on, a tenant who is filling it in cannot submit
// it, and messages whose turn has not come are withdrawn when it does. Revoking it again answers the same and changes nothing.
func (s *Service) RevokeInvitation(ctx context.Context, by Actor, id uuid.UUID, reason string) (*queries.Invitation, error) {
	var r Refusals
	reason = cleanText(&r, reason, 500, "reason")
	var revoked *queries.Invitation
	err := s.inTxAgain(ctx, func(tx pgx.Tx) error {
		inv, err := s.lockManaged(ctx, tx, by, id)
		if err != nil {
			return err
		}
		revoked = inv
		if inv.Status == queries.InvitationStatusClaimed {
			r.add(CodeWrongState, "The tenant has completed the form. Reject the submission instead; where it came to nothing already, close it.", "id")
		}
		if r.err() != nil || inv.Status == queries.InvitationStatusRevoked {
			return r.err()
		}
		if revoked, err = s.q.InvitationRevokeIfOpen(ctx, tx, queries.InvitationRevokeIfOpenParams{ID: id, RevokedReason: reason, Now: ptr(s.now())}); err != nil {
			return fmt.Errorf("revoke invitation: %w", err)
		}
		return s.record(ctx, tx, by, event{subject: queries.EventSubjectInvitation, id: id, location: inv.LocationID, action: "revoked",
			before: string(inv.Status), after: string(revoked.Status), detail: map[string]any{"reason": reason}})
	})
	return revoked, err
}
