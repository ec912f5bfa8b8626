package access

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
)

// apiTokenPrefix is not that of a sign-in: scanners recognise a leaked one, and it is looked for among its own kind alone.
const apiTokenPrefix = "co_"

// tokenLongest is how long a program's token may last. Who needs it for longer makes another one in time.
const tokenLongest = 366 * 24 * time.Hour

// NewAPIToken is what is asked of a token.
type NewAPIToken struct {
	Name      string
	Scope     queries.TokenScope
	Locations []uuid.UUID // of a gate's token alone
	ExpiresAt time.Time
}

// CreateAPIToken makes a token of the viewer's own and answers it once; what is stored is its hash. A gate's token names where it opens
// sessions; the others have their owner's locations, as they are when it is used.
func (s *Service) CreateAPIToken(ctx context.Context, v *Viewer, by migration.Actor, n NewAPIToken) (row *queries.ApiToken, token string, err error) {
	n.Name = strings.TrimSpace(n.Name)
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		owner, err := s.q.StaffLock(ctx, tx, v.Staff.ID) // or a token could come after all of them were revoked
		if err != nil {
			return fmt.Errorf("lock staff: %w", err)
		}
		if owner.DeactivatedAt != nil {
			return migration.Refuse(migration.CodeWrongState, "You were shut out meanwhile.")
		}
		if err := s.checkAPIToken(ctx, tx, v, n); err != nil {
			return err
		}
		token = newToken(apiTokenPrefix)
		row, err = s.q.ApiTokenInsert(ctx, tx, queries.ApiTokenInsertParams{ID: ids.New(), StaffID: v.Staff.ID, Name: n.Name, Scope: n.Scope,
			TokenHash: hashToken(token), Now: s.clock(), ExpiresAt: n.ExpiresAt})
		if err != nil {
			return fmt.Errorf("insert API token: %w", err)
		}
		for _, l := range distinct(n.Locations) {
			if err := s.q.ApiTokenLocationInsert(ctx, tx, queries.ApiTokenLocationInsertParams{TokenID: row.ID, LocationID: l}); err != nil {
				return fmt.Errorf("insert location of API token: %w", err)
			}
		}
		return s.tell(ctx, tx, by, v.Staff.ID, "api_token_created", map[string]any{"name": n.Name, "scope": n.Scope, "tokenId": row.ID})
	})
	if err != nil {
		return nil, "", err
	}
	return row, token, nil
}

func (s *Service) checkAPIToken(ctx context.Context, tx pgx.Tx, v *Viewer, n NewAPIToken) error {
	refusals := checkName(n.Name, "Name the program that will use it.")
	if now := s.clock(); !n.ExpiresAt.After(now) || n.ExpiresAt.After(now.Add(tokenLongest)) {
		refusals = append(refusals, migration.Refuse(migration.CodeInvalid, "Let it end after now and within a year.", "expiresAt")...)
	}
	gate := n.Scope == queries.TokenScopeGate
	switch {
	case gate && len(n.Locations) == 0:
		refusals = append(refusals, migration.Refuse(migration.CodeRequired, "Name the locations of the gate.", "locationIds")...)
	case !gate && len(n.Locations) > 0:
		refusals = append(refusals, migration.Refuse(migration.CodeInvalid, "Only a gate's token names locations; this one has its owner's.", "locationIds")...)
	case gate:
		wanted := distinct(n.Locations)
		managed, err := s.q.StaffListManagedLocations(ctx, tx, queries.StaffListManagedLocationsParams{StaffID: v.Staff.ID, LocationIds: wanted})
		if err != nil {
			return fmt.Errorf("read managed locations: %w", err)
		}
		if len(managed) < len(wanted) {
			refusals = append(refusals, migration.Refuse(migration.CodeNotFound, "At least one of these is no location that you manage.", "locationIds")...)
		}
	}
	if len(refusals) > 0 {
		return refusals
	}
	return nil
}

// checkName is of a person or of what a person names.
func checkName(name, missing string) (refusals migration.Refusals) {
	switch {
	case name == "":
		return migration.Refuse(migration.CodeRequired, missing, "name")
	case utf8.RuneCountInString(name) > 120:
		return migration.Refuse(migration.CodeInvalid, "At most 120 characters.", "name")
	case !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl):
		return migration.Refuse(migration.CodeInvalid, "Line breaks and control characters are not allowed here.", "name")
	case strings.ContainsFunc(name, migration.TurnsWriting):
		return migration.Refuse(migration.CodeInvalid, "Characters that turn the direction of writing round are not allowed here.", "name")
	}
	return nil
}

// APITokens answers the tokens of a staff member: one's own, and anybody's to an ADMIN. Everybody else's are none.
func (s *Service) APITokens(ctx context.Context, v *Viewer, of uuid.UUID, after *uuid.UUID, limit int) ([]*queries.ApiToken, error) {
	if !v.mayLookAfter(of) {
		return nil, nil
	}
	rows, err := s.q.ApiTokenList(ctx, s.pool, queries.ApiTokenListParams{StaffID: of, AfterID: after, RowLimit: limit})
	if err != nil {
		return nil, fmt.Errorf("list API tokens: %w", err)
	}
	return rows, nil
}

// RevokeAPIToken ends a token, one's own or to an ADMIN anybody's, at once and for good.
func (s *Service) RevokeAPIToken(ctx context.Context, v *Viewer, by migration.Actor, id uuid.UUID) error {
	row, err := s.q.ApiTokenGet(ctx, s.pool, id)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("read API token: %w", err)
	}
	if err != nil || !v.mayLookAfter(row.StaffID) {
		return migration.Refuse(migration.CodeNotFound, "There is no such token.", "id")
	}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		n, err := s.q.ApiTokenRevoke(ctx, tx, queries.ApiTokenRevokeParams{ID: id, Now: ptr(s.clock())})
		if err != nil {
			return fmt.Errorf("revoke API token: %w", err)
		}
		if n == 0 {
			return nil
		}
		return s.tell(ctx, tx, by, row.StaffID, "api_token_revoked", map[string]any{"name": row.Name, "tokenId": id})
	})
}

func (s *Service) whoByToken(ctx context.Context, token string) (*Viewer, error) {
	now := s.clock()
	row, err := s.q.ApiTokenGetLive(ctx, s.pool, queries.ApiTokenGetLiveParams{TokenHash: hashToken(token), Now: now})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read API token: %w", err)
	}
	if used := row.ApiToken.LastUsedAt; used == nil || now.Sub(*used) >= toTheMinute {
		if err := s.q.ApiTokenTouch(ctx, s.pool, queries.ApiTokenTouchParams{ID: row.ApiToken.ID, Now: &now}); err != nil {
			return nil, fmt.Errorf("touch API token: %w", err)
		}
	}
	return &Viewer{Staff: &row.Staff, Token: &row.ApiToken}, nil
}

func (s *Service) tokenAgain(ctx context.Context, v *Viewer) (*Viewer, error) {
	row, err := s.q.ApiTokenGetLiveByID(ctx, s.pool, queries.ApiTokenGetLiveByIDParams{ID: v.Token.ID, Now: s.clock()})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read API token: %w", err)
	}
	return &Viewer{Staff: &row.Staff, Token: &row.ApiToken}, nil
}

func distinct(all []uuid.UUID) []uuid.UUID {
	seen, out := map[uuid.UUID]bool{}, []uuid.UUID{}
	for _, id := range all {
		if !seen[id] {
			seen[id], out = true, append(out, id)
		}
	}
	return out
}
