package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// errNoInvitation is the answer to what does not exist and to what another location's is.
var errNoInvitation = Refuse(CodeNotFound, "There is no such invitation at a location that you manage.", "id")

func (s *Service) managedInvitation(ctx context.Context, db queries.DBTX, by Actor, id uuid.UUID) (*queries.Invitation, error) {
	inv, err := found(s.q.InvitationGetManaged(ctx, db, queries.InvitationGetManagedParams{ID: id, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("read invitation: %w", err)
	}
	if inv == nil {
		return nil, errNoInvitation
	}
	return inv, nil
}

// lockManaged holds the row until the transaction ends: a submission, a sending or another edit waits, and then sees what this
// one did. Its tenant is held first, which is the order of everybody who changes what invitations copy of tenants.
func (s *Service) lockManaged(ctx context.Context, tx pgx.Tx, by Actor, id uuid.UUID) (*queries.Invitation, error) {
	inv, err := s.managedInvitation(ctx, tx, by, id)
	if err != nil {
		return nil, err
	}
	if _, err := s.q.TenantLockShared(ctx, tx, inv.TenantID); err != nil {
		return nil, fmt.Errorf("lock tenant: %w", err)
	}
	rows, err := s.q.InvitationLockManaged(ctx, tx, queries.InvitationLockManagedParams{Ids: []uuid.UUID{id}, StaffID: by.staffID()})
	if err != nil {
		return nil, fmt.Errorf("lock invitation: %w", err)
	}
	if len(rows) == 0 {
		return nil, errNoInvitation
	}
	return rows[0], nil
}

// traces is what the telling of an invitation has left behind. Read it while the row is locked: no message can be queued then.
func (s *Service) traces(ctx context.Context, tx pgx.Tx, id uuid.UUID) (*queries.InvitationListTracesRow, error) {
	rows, err := s.q.InvitationListTraces(ctx, tx, []uuid.UUID{id})
	if err != nil || len(rows) != 1 {
		return nil, fmt.Errorf("read what was told of invitation %s: %w", id, err)
	}
	return rows[0], nil
}
