package access

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/migration"
	"carryover/queries"
)

// WhoFresh is Who for a token that a browser holds in its cookie. fresh is the token to hold from now on, or "" where the one at hand is
// young enough. Requests under way with the old one go on, and a browser that never hears of the new one is given another.
func (s *Service) WhoFresh(ctx context.Context, token string) (v *Viewer, fresh string, err error) {
	v, h, err := s.whoBySignIn(ctx, token)
	now := s.clock()
	if v == nil || err != nil || !h.isToExchange(now) {
		return v, "", err
	}
	fresh = newToken(tokenPrefix)
	n, err := s.q.SignInRotate(ctx, s.pool, queries.SignInRotateParams{ID: v.signInID, TokenHash: hashToken(fresh), HandedIn: hashToken(token),
		RotatedAt: h.rotatedAt, Now: now})
	if err != nil {
		return nil, "", fmt.Errorf("exchange token: %w", err)
	}
	if n == 0 {
		fresh = ""
	}
	return v, fresh, nil
}

// SignIns answers the sign-ins of a staff member that still let in: one's own, and anybody's to an ADMIN. Everybody else's are none.
func (s *Service) SignIns(ctx context.Context, v *Viewer, of uuid.UUID, after *uuid.UUID, limit int) ([]*queries.SignIn, error) {
	if !v.mayLookAfter(of) {
		return nil, nil
	}
	now := s.clock()
	rows, err := s.q.SignInList(ctx, s.pool, queries.SignInListParams{StaffID: of, Now: now, IdleSince: now.Add(-signInIdle), AfterID: after, RowLimit: limit})
	if err != nil {
		return nil, fmt.Errorf("list sign-ins: %w", err)
	}
	for _, row := range rows { // shown is when it ends if it is not used any more
		if idle := row.LastUsedAt.Add(signInIdle); idle.Before(row.ExpiresAt) {
			row.ExpiresAt = idle
		}
	}
	return rows, nil
}

// mayLookAfter: everybody after themselves, an ADMIN after all.
func (v *Viewer) mayLookAfter(staff uuid.UUID) bool {
	return v.Staff.ID == staff || v.Staff.Role == queries.StaffRoleAdmin
}

// RevokeSignIn ends a sign-in, one's own or to an ADMIN anybody's, and what is live through it.
func (s *Service) RevokeSignIn(ctx context.Context, v *Viewer, by migration.Actor, id uuid.UUID) error {
	row, err := s.q.SignInGet(ctx, s.pool, id)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("read sign-in: %w", err)
	}
	if err != nil || !v.mayLookAfter(row.StaffID) {
		return migration.Refuse(migration.CodeNotFound, "There is no such sign-in.", "id")
	}
	return s.endSignIn(ctx, by, row.StaffID, id, "sign_in_revoked")
}

// endSignIn tells of it once: a sign-in that has ended stays as it ended.
func (s *Service) endSignIn(ctx context.Context, by migration.Actor, staff, id uuid.UUID, action string) error {
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		n, err := s.q.SignInRevoke(ctx, tx, queries.SignInRevokeParams{ID: id, StaffID: staff, Now: ptr(s.clock())})
		if err != nil {
			return fmt.Errorf("revoke sign-in: %w", err)
		}
		if n == 0 {
			return nil
		}
		return s.tell(ctx, tx, by, staff, action, nil)
	})
}

// RevokeOtherSignIns ends all of one's own sign-ins but the one that asks, and answers how many.
func (s *Service) RevokeOtherSignIns(ctx context.Context, v *Viewer, by migration.Actor) (n int, err error) {
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		n, err = s.endSignIns(ctx, tx, v.Staff.ID, v.signInID)
		if err != nil || n == 0 {
			return err
		}
		return s.tell(ctx, tx, by, v.Staff.ID, "other_sign_ins_revoked", map[string]any{"count": n})
	})
	return n, err
}

func (s *Service) endSignIns(ctx context.Context, tx pgx.Tx, staff, but uuid.UUID) (int, error) {
	n, err := s.q.SignInRevokeAllBut(ctx, tx, queries.SignInRevokeAllButParams{StaffID: staff, But: but, Now: ptr(s.clock())})
	if err != nil {
		return 0, fmt.Errorf("revoke sign-ins: %w", err)
	}
	return int(n), nil
}

// IsCurrent tells whether a viewer came in by this sign-in.
func (v *Viewer) IsCurrent(in *queries.SignIn) bool { return v.Token == nil && v.signInID == in.ID }
