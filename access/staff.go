package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
)

// Member is what an ADMIN says of somebody who works here.
type Member struct {
	Name, Email string // Email is said once, with the invitation
	Role        queries.StaffRole
	Locations   []uuid.UUID // what a MANAGER manages and where an ATTENDANT stands; an ADMIN has all of them
}

// Invite puts somebody on the list and mails them a link by which they choose a password. Until they do, nobody signs in with their email.
func (s *Service) Invite(ctx context.Context, by migration.Actor, m Member) (staff *queries.Staff, err error) {
	email, mistaken := migration.ParseEmail(m.Email)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		refusals, err := s.checkMember(ctx, tx, &m)
		if err != nil {
			return err
		}
		if mistaken != nil {
			refusals = append(refusals, migration.Refuse(migration.CodeInvalid, mistaken.Error(), "email")...)
		}
		if len(refusals) > 0 {
			return refusals
		}
		staff, err = s.q.StaffInsert(ctx, tx, queries.StaffInsertParams{ID: ids.New(), Email: email, Name: m.Name, Role: m.Role, Now: s.clock()})
		if errors.Is(err, pgx.ErrNoRows) {
			return migration.Refuse(migration.CodeTaken, "Somebody with this email is on the list already. Mail their invitation again, or reactivate them.", "email")
		}
		if err != nil {
			return fmt.Errorf("insert staff: %w", err)
		}
		if _, err := s.setLocations(ctx, tx, staff.ID, m.Locations); err != nil {
			return err
		}
		if err := s.tellStep(ctx, tx, by, staff.ID, "invited", "", string(m.Role), map[string]any{"email": email, "locationIds": m.Locations}); err != nil {
			return err
		}
		return s.Mail.QueueStaffLink(ctx, tx, by, staff, queries.StaffLinkPurposeInvitation)
	})
	if err != nil {
		return nil, err
	}
	return staff, nil
}

// InviteAgain mails another link to somebody who has not chosen a password yet. The link before opens nothing any more.
func (s *Service) InviteAgain(ctx context.Context, by migration.Actor, id uuid.UUID) (*queries.Staff, error) {
	return s.change(ctx, id, func(tx pgx.Tx, was *queries.Staff) (*queries.Staff, error) {
		if was.PasswordHash != "" || was.DeactivatedAt != nil {
			return nil, migration.Refuse(migration.CodeWrongState, "Only somebody who is active and has not chosen a password yet is invited again.", "id")
		}
		if err := s.tell(ctx, tx, by, id, "invited_again", nil); err != nil {
			return nil, err
		}
		return was, s.Mail.QueueStaffLink(ctx, tx, by, was, queries.StaffLinkPurposeInvitation)
	})
}

// Update changes what somebody may do, from the next statement on. The last ADMIN who can come in stays one.
func (s *Service) Update(ctx context.Context, by migration.Actor, id uuid.UUID, m Member) (*queries.Staff, error) {
	return s.change(ctx, id, func(tx pgx.Tx, was *queries.Staff) (*queries.Staff, error) {
		refusals, err := s.checkMember(ctx, tx, &m)
		if err != nil {
			return nil, err
		}
		if len(refusals) > 0 {
			return nil, refusals
		}
		if m.Role != queries.StaffRoleAdmin {
			if err := s.keepAnAdmin(ctx, tx, id, "role"); err != nil {
				return nil, err
			}
		}
		moved, err := s.setLocations(ctx, tx, id, m.Locations)
		if err != nil {
			return nil, err
		}
		if !moved && was.Name == m.Name && was.Role == m.Role {
			return was, nil
		}
		now, err := s.q.StaffUpdate(ctx, tx, queries.StaffUpdateParams{ID: id, Name: m.Name, Role: m.Role})
		if err != nil {
			return nil, fmt.Errorf("update staff: %w", err)
		}
		return now, s.tellStep(ctx, tx, by, id, "updated", string(was.Role), string(m.Role), map[string]any{"locationIds": m.Locations})
	})
}

// Deactivate shuts somebody out: their sign-ins, their tokens and whatever is live through them end at once. Whom the identity provider
// means by them is forgotten, so that who is let in again with another account there is bound anew.
func (s *Service) Deactivate(ctx context.Context, by migration.Actor, id uuid.UUID) (*queries.Staff, error) {
	return s.change(ctx, id, func(tx pgx.Tx, was *queries.Staff) (*queries.Staff, error) {
		if was.DeactivatedAt != nil {
			return was, nil
		}
		if err := s.keepAnAdmin(ctx, tx, id, "id"); err != nil {
			return nil, err
		}
		now, err := s.q.StaffSetDeactivated(ctx, tx, queries.StaffSetDeactivatedParams{ID: id, DeactivatedAt: ptr(s.clock())})
		if err != nil {
			return nil, fmt.Errorf("deactivate staff: %w", err)
		}
		if err := s.endAll(ctx, tx, id); err != nil {
			return nil, err
		}
		if err := s.q.StaffIdentityDeleteAll(ctx, tx, id); err != nil {
			return nil, fmt.Errorf("forget identities: %w", err)
		}
		return now, s.tellStep(ctx, tx, by, id, "deactivated", "active", "deactivated", nil)
	})
}

// Reactivate lets somebody in again with the password that they had. What ended with the deactivation stays ended.
func (s *Service) Reactivate(ctx context.Context, by migration.Actor, id uuid.UUID) (*queries.Staff, error) {
	return s.change(ctx, id, func(tx pgx.Tx, was *queries.Staff) (*queries.Staff, error) {
		if was.DeactivatedAt == nil {
			return was, nil
		}
		now, err := s.q.StaffSetDeactivated(ctx, tx, queries.StaffSetDeactivatedParams{ID: id})
		if err != nil {
			return nil, fmt.Errorf("reactivate staff: %w", err)
		}
		return now, s.tellStep(ctx, tx, by, id, "reactivated", "deactivated", "active", nil)
	})
}

// change does something to a member as they are. Admins are locked before the member, which is the order of everybody.
func (s *Service) change(ctx context.Context, id uuid.UUID, do func(tx pgx.Tx, was *queries.Staff) (*queries.Staff, error)) (now *queries.Staff, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := s.q.StaffLockActiveAdmins(ctx, tx); err != nil {
			return fmt.Errorf("lock admins: %w", err)
		}
		was, err := s.q.StaffLock(ctx, tx, id)
		if errors.Is(err, pgx.ErrNoRows) {
			return migration.Refuse(migration.CodeNotFound, "There is no such member of staff.", "id")
		}
		if err != nil {
			return fmt.Errorf("lock staff: %w", err)
		}
		now, err = do(tx, was)
		return err
	})
	if err != nil {
		return nil, err
	}
	return now, nil
}

// keepAnAdmin refuses where nobody else is left who may do everything.
func (s *Service) keepAnAdmin(ctx context.Context, tx pgx.Tx, id uuid.UUID, field string) error {
	admins, err := s.q.StaffLockActiveAdmins(ctx, tx)
	if err != nil {
		return fmt.Errorf("lock admins: %w", err)
	}
	if len(admins) == 1 && admins[0] == id {
		return migration.Refuse(migration.CodeWrongState, "This is the last administrator who can sign in. Make somebody else one first.", field)
	}
	return nil
}

func (s *Service) checkMember(ctx context.Context, tx pgx.Tx, m *Member) (migration.Refusals, error) {
	m.Name, m.Locations = strings.TrimSpace(m.Name), distinct(m.Locations)
	refusals := checkName(m.Name, "Enter the name of who is invited.")
	switch {
	case m.Role == queries.StaffRoleAdmin && len(m.Locations) > 0:
		refusals = append(refusals, migration.Refuse(migration.CodeInvalid, "An administrator has every location; leave this empty.", "locationIds")...)
	case m.Role != queries.StaffRoleAdmin && len(m.Locations) == 0:
		refusals = append(refusals, migration.Refuse(migration.CodeRequired, "Choose at least one location.", "locationIds")...)
	}
	known, err := s.q.LocationListByIDs(ctx, tx, m.Locations)
	if err != nil {
		return nil, fmt.Errorf("read locations: %w", err)
	}
	if len(known) < len(m.Locations) {
		refusals = append(refusals, migration.Refuse(migration.CodeNotFound, "At least one of these locations does not exist.", "locationIds")...)
	}
	return refusals, nil
}

// setLocations answers whether anything changed.
func (s *Service) setLocations(ctx context.Context, tx pgx.Tx, staff uuid.UUID, wanted []uuid.UUID) (bool, error) {
	rows, err := s.q.StaffLocationList(ctx, tx, staff)
	if err != nil {
		return false, fmt.Errorf("read locations of staff: %w", err)
	}
	var had, gone []uuid.UUID
	for _, row := range rows {
		had = append(had, row.LocationID)
		if !slices.Contains(wanted, row.LocationID) {
			gone = append(gone, row.LocationID)
		}
	}
	changed := len(gone) > 0
	if changed {
		if err := s.q.StaffLocationDelete(ctx, tx, queries.StaffLocationDeleteParams{StaffID: staff, LocationIds: gone}); err != nil {
			return false, fmt.Errorf("delete locations of staff: %w", err)
		}
	}
	for _, l := range wanted {
		if slices.Contains(had, l) {
			continue
		}
		changed = true
		if err := s.q.StaffLocationInsert(ctx, tx, queries.StaffLocationInsertParams{StaffID: staff, LocationID: l}); err != nil {
			return false, fmt.Errorf("insert location of staff: %w", err)
		}
	}
	return changed, nil
}
