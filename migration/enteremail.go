package migration

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// EnterEmailCorrection writes down for a tenant what they told their location: that their address is another one. It is a correction
// like the tenant's own word, takes the place of one that waits, and changes nothing until it is accepted. It is for tenants who have
// completed a set-up; before that, the invitation is made anew.
func (s *Service) EnterEmailCorrection(ctx context.Context, by Actor, tenant uuid.UUID, email string) (done DecidedCorrection, err error) {
	address, err := ParseEmail(email)
	if err != nil {
		return done, Refuse(CodeInvalid, err.Error(), "email")
	}
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		done = DecidedCorrection{}
		home, err := s.lockHome(ctx, tx, by, tenant)
		if err != nil {
			return err
		}
		if done.Tenant, err = s.q.TenantGet(ctx, tx, tenant); err != nil {
			return fmt.Errorf("read tenant: %w", err)
		}
		switch {
		case done.Tenant.ActivatedAt == nil:
			return Refuse(CodeWrongState, "This tenant has completed no set-up yet. Revoke the open invitations and invite the right address instead.", "tenantId")
		case orEmpty(done.Tenant.Email) == address:
			return Refuse(CodeInvalid, "This is the address that is on file.", "email")
		}
		if err := s.correctEmail(ctx, tx, by, done.Tenant, address, home, nil); err != nil {
			return err
		}
		done.Correction, err = s.q.EmailCorrectionGetPending(ctx, tx, tenant)
		return err
	})
	return done, err
}

// lockHome holds the tenant, and answers which of the caller's locations speaks for them.
func (s *Service) lockHome(ctx context.Context, tx pgx.Tx, by Actor, tenant uuid.UUID) (uuid.UUID, error) {
	home, err := s.q.TenantGetHome(ctx, tx, queries.TenantGetHomeParams{TenantID: tenant, StaffID: by.staffID()})
	if errors.Is(err, pgx.ErrNoRows) {
		return home, Refuse(CodeNotFound, "There is no such tenant whose own record your locations see.", "tenantId")
	}
	if err != nil {
		return home, fmt.Errorf("read where the tenant is known: %w", err)
	}
	if _, err := s.q.TenantLock(ctx, tx, tenant); err != nil {
		return home, fmt.Errorf("lock tenant: %w", err)
	}
	return home, nil
}
