package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// RenewInvitationLink lets an invitation's link open for its whole life from now on, also one that had expired. Nobody is told.
// With replace the links that were given out before open nothing any more, and say that there is a newer one.
func (s *Service) RenewInvitationLink(ctx context.Context, by Actor, id uuid.UUID, replace bool) (*queries.Invitation, error) {
	action := "link_renewed"
	if replace {
		action = "link_replaced"
	}
	return s.withLink(ctx, by, id, action, func(tx pgx.Tx) (*queries.Invitation, error) {
		return s.q.InvitationRenewLink(ctx, tx, queries.InvitationRenewLinkParams{
			ID: id, Replace: replace, LinkExpiresAt: s.now().Add(s.LinkLife), Now: s.now()})
	})
}

// CopiedLink is a tenant's own link. Whoever holds it can answer for the tenant: it is shown once and stored nowhere.
type CopiedLink struct {
	Invitation *queries.Invitation
	Link       string
	ExpiresAt  time.Time
}

// CopyInvitationLink answers the tenant's link, for staff to hand over by another way. It counts as telling the tenant, and like a
// sending it lets the link open for its whole life from now on.
func (s *Service) CopyInvitationLink(ctx context.Context, by Actor, id uuid.UUID) (*CopiedLink, error) {
	inv, err := s.withLink(ctx, by, id, "link_copied", func(tx pgx.Tx) (*queries.Invitation, error) {
		return s.q.InvitationCopyLink(ctx, tx, queries.InvitationCopyLinkParams{ID: id, LinkExpiresAt: s.now().Add(s.LinkLife), Now: s.now()})
	})
	if err != nil {
		return nil, err
	}
	token, err := s.Links.Token(s.Links.PrimaryKey(), inv.ID, inv.LinkVersion)
	if err != nil {
		return nil, fmt.Errorf("make the link of invitation %s: %w", inv.ID, err)
	}
	return &CopiedLink{Invitation: inv, Link: s.PublicURL + setupPath + token, ExpiresAt: inv.LinkExpiresAt}, nil
}

// withLink does something to the link of an invitation whose tenant still has something to do with it, and tells it.
func (s *Service) withLink(ctx context.Context, by Actor, id uuid.UUID, action string, do func(pgx.Tx) (*queries.Invitation, error)) (*queries.Invitation, error) {
	var after *queries.Invitation
	err := s.inTxAgain(ctx, func(tx pgx.Tx) error {
		inv, err := s.lockManaged(ctx, tx, by, id)
		if err != nil {
			return err
		}
		after = inv
		if err := s.refuseLink(ctx, tx, inv); err != nil {
			return err
		}
		if after, err = do(tx); err != nil {
			return fmt.Errorf("%s: %w", action, err)
		}
		return s.record(ctx, tx, by, invitationEvent(after, action))
	})
	return after, err
}

// refuseLink: a claimed invitation's link is of use where something is asked of the tenant behind it: to verify a bank account, to
// confirm a payment, or to try again after an attempt that came to nothing.
func (s *Service) refuseLink(ctx context.Context, tx pgx.Tx, inv *queries.Invitation) error {
	stands, err := s.standingOf(ctx, tx, inv.ReservationID)
	switch {
	case err != nil:
		return err
	case inv.Status == queries.InvitationStatusRevoked:
		return Refuse(CodeWrongState, "This invitation was revoked, so its link opens nothing. Create a new one instead.", "id")
	case inv.SuccessorID != nil:
		return Refuse(CodeWrongState, "Another offer took the place of this one. Give the tenant the link of that one.", "id")
	case stands.ended:
		return Refuse(CodeWrongState, "What the tenant sent was closed, so the link opens nothing. Create a new invitation instead.", "id")
	case !CanRenewLink(inv, stands.last, stands.ended):
		return Refuse(CodeWrongState, "The tenant has completed the form, so there is nothing left to do with the link.", "id")
	}
	return nil
}

// CanRenewLink tells whether an invitation's link is of any use to its tenant, whose last attempt under it is last, nil before the first.
func CanRenewLink(inv *queries.Invitation, last *queries.Submission, ended bool) bool {
	if inv.Status == queries.InvitationStatusRevoked || inv.SuccessorID != nil || ended {
		return false
	}
	return last == nil || ReopensLink(last.Status) ||
		last.Status == queries.SubmissionStatusWaitingForBankVerification || last.Status == queries.SubmissionStatusTenantActionRequired
}
