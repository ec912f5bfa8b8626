package access

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"carryover/migration"
	"carryover/queries"
)

// identity is somebody as the identity provider means them: issuer and subject, which stay theirs, and the address that they have today.
type identity struct {
	issuer, subject string
	email           string // "" where the provider does not vouch for it
}

// admit begins the sign-in of whom the provider means. Who was in before is known by the provider's name for them, whatever address they
// have now; else the address decides, and binds. An address whose owner is another person at the same provider lets nobody in: it was
// given to somebody else since.
func (s *Service) admit(ctx context.Context, id identity, from Origin) (*SignIn, error) {
	staff, err := s.q.StaffGetByIdentity(ctx, s.pool, queries.StaffGetByIdentityParams{Issuer: id.issuer, Subject: id.subject})
	isBound := err == nil
	if errors.Is(err, pgx.ErrNoRows) {
		if id.email == "" {
			return nil, fmt.Errorf("%w: the email is not verified", ErrNotAdmitted)
		}
		staff, err = s.q.StaffGetByEmail(ctx, s.pool, id.email)
	}
	if errors.Is(err, pgx.ErrNoRows) || (err == nil && staff.DeactivatedAt != nil) {
		return nil, ErrNotAdmitted
	}
	if err != nil {
		return nil, fmt.Errorf("read staff: %w", err)
	}
	var in *SignIn
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if !isBound {
			if bound, err := s.bind(ctx, tx, staff, id, from); err != nil || !bound {
				return err
			}
		}
		in, err = s.beginAsStill(ctx, tx, staff, queries.SignInWayOidc, from)
		return err
	})
	switch {
	case errors.Is(err, ErrWrongCredentials):
		return nil, ErrNotAdmitted
	case err != nil:
		return nil, err
	case in == nil:
		return nil, fmt.Errorf("%w: the email is of somebody who is another person at the provider", ErrNotAdmitted)
	}
	return in, nil
}

// bind answers false where the member is somebody else at this provider, and tells of it: whoever keeps the list of staff should know that
// an address has changed hands.
func (s *Service) bind(ctx context.Context, tx pgx.Tx, staff *queries.Staff, id identity, from Origin) (bool, error) {
	if _, err := s.q.StaffLock(ctx, tx, staff.ID); err != nil { // before what is theirs, which is the order of everybody
		return false, fmt.Errorf("lock staff: %w", err)
	}
	n, err := s.q.StaffIdentityBind(ctx, tx, queries.StaffIdentityBindParams{Issuer: id.issuer, Subject: id.subject, StaffID: staff.ID, Now: s.clock()})
	if err != nil {
		return false, fmt.Errorf("bind identity: %w", err)
	}
	if n == 0 {
		now, err := s.q.StaffGetByIdentity(ctx, tx, queries.StaffGetByIdentityParams{Issuer: id.issuer, Subject: id.subject})
		if err == nil && now.ID == staff.ID { // bound by their other browser at the same moment
			return true, nil
		}
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return false, fmt.Errorf("read staff: %w", err)
		}
		return false, s.tell(ctx, tx, migration.SystemActor(from.RequestID), staff.ID, "identity_refused", map[string]any{"issuer": id.issuer})
	}
	return true, s.tell(ctx, tx, migration.StaffActor(staff.ID, from.RequestID), staff.ID, "identity_bound", map[string]any{"issuer": id.issuer})
}
