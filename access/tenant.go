package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// ErrLinkClosed is the one answer to a sign-in link that opens nothing: unknown, altered, used, expired, or mailed to an address that
// is not the account's any more.
var ErrLinkClosed = errors.New("sign-in link opens nothing")

// tenantTokenPrefix is not the staff's: whoever hands in a token of the one kind is looked for among the other kind by nobody.
const tenantTokenPrefix = "cot_"

// Tenant is a signed-in tenant.
type Tenant struct {
	*queries.Tenant
	signInID uuid.UUID
}

// TenantSignIn is a tenant's sign-in that just began. Token is shown once; only its hash is stored.
type TenantSignIn struct {
	Token     string
	ExpiresAt time.Time
	Tenant    *Tenant
}

// SignInByLink begins a tenant's sign-in with the token of a mailed link, and uses the link up. Of two at once with one link one
// gets in.
func (s *Service) SignInByLink(ctx context.Context, linkToken string, from Origin) (in *TenantSignIn, err error) {
	err = s.opening(ctx, from, func() error {
		in, err = s.signInByLink(ctx, linkToken, from)
		return err
	})
	return in, err
}

func (s *Service) signInByLink(ctx context.Context, linkToken string, from Origin) (*TenantSignIn, error) {
	now := s.clock()
	in := &TenantSignIn{Token: newToken(tenantTokenPrefix), ExpiresAt: now.Add(signInLife)}
	err := pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		link, err := s.q.TenantSignInLinkUse(ctx, tx, queries.TenantSignInLinkUseParams{TokenHash: hashToken(linkToken), Now: &now})
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrLinkClosed
		}
		if err != nil {
			return fmt.Errorf("use sign-in link: %w", err)
		}
		id := ids.New()
		if err := s.q.TenantSignInInsert(ctx, tx, queries.TenantSignInInsertParams{ID: id, TenantID: link.TenantID, LinkID: link.ID,
			TokenHash: hashToken(in.Token), Now: now, ExpiresAt: in.ExpiresAt, Ip: from.IP, UserAgent: cleanUserAgent(from.UserAgent)}); err != nil {
			return fmt.Errorf("insert tenant's sign-in: %w", err)
		}
		tenant, err := s.q.TenantGet(ctx, tx, link.TenantID)
		if err != nil {
			return fmt.Errorf("read tenant: %w", err)
		}
		in.Tenant = &Tenant{Tenant: tenant, signInID: id}
		err = s.q.TenantSignInTell(ctx, tx, queries.TenantSignInTellParams{ID: ids.New(), TenantID: tenant.ID, RequestID: from.RequestID, Now: now})
		if err != nil {
			return fmt.Errorf("insert event: %w", err)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return in, nil
}

// WhichTenant answers the tenant behind a token; nil where it opens nothing (any more), as a staff member's does.
func (s *Service) WhichTenant(ctx context.Context, token string) (*Tenant, error) {
	t, _, err := s.tenantBehind(ctx, token)
	return t, err
}

func (s *Service) tenantBehind(ctx context.Context, token string) (*Tenant, holding, error) {
	if !strings.HasPrefix(token, tenantTokenPrefix) {
		return nil, holding{}, nil
	}
	now := s.clock()
	row, err := s.q.TenantSignInGetLive(ctx, s.pool, queries.TenantSignInGetLiveParams{TokenHash: hashToken(token), Now: now, IdleSince: now.Add(-signInIdle)})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, holding{}, nil
	}
	if err != nil {
		return nil, holding{}, fmt.Errorf("read tenant's sign-in: %w", err)
	}
	h := holding{row.IsCurrent, row.IsUnseen, row.LastUsedAt, row.RotatedAt}
	if h.isToTouch(now) {
		err := s.q.TenantSignInTouch(ctx, s.pool, queries.TenantSignInTouchParams{ID: row.SignInID, Now: now, IsSeen: h.isSeen(), PreviousUntil: ptr(now.Add(tokenOverlap))})
		if err != nil {
			return nil, h, fmt.Errorf("touch tenant's sign-in: %w", err)
		}
	}
	return &Tenant{Tenant: &row.Tenant, signInID: row.SignInID}, h, nil
}

// WhichTenantFresh is WhichTenant for a token that a browser holds in its cookie, see WhoFresh.
func (s *Service) WhichTenantFresh(ctx context.Context, token string) (t *Tenant, fresh string, err error) {
	t, h, err := s.tenantBehind(ctx, token)
	now := s.clock()
	if t == nil || err != nil || !h.isToExchange(now) {
		return t, "", err
	}
	fresh = newToken(tenantTokenPrefix)
	n, err := s.q.TenantSignInRotate(ctx, s.pool, queries.TenantSignInRotateParams{ID: t.signInID, TokenHash: hashToken(fresh), HandedIn: hashToken(token),
		RotatedAt: h.rotatedAt, Now: now})
	if err != nil {
		return nil, "", fmt.Errorf("exchange tenant's token: %w", err)
	}
	if n == 0 {
		fresh = ""
	}
	return t, fresh, nil
}

// SignOutTenant ends a tenant's sign-in at once and for good.
func (s *Service) SignOutTenant(ctx context.Context, t *Tenant) error {
	if err := s.q.TenantSignInRevoke(ctx, s.pool, queries.TenantSignInRevokeParams{ID: t.signInID, Now: ptr(s.clock())}); err != nil {
		return fmt.Errorf("revoke tenant's sign-in: %w", err)
	}
	return nil
}
