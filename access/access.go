// Package access says who is asking, and who may come in at all: it signs staff in and out, by password and by the company's identity
// provider, and tenants by a mailed link; it keeps the list of who works here, and the tokens of other programs.
//
// It owns passwords, sign-in tokens, API tokens and their lives, and how often may be tried. It does not own what a person may do: that is
// `@allow` and `@tenant` in the schema for the kind of thing, and managed_locations or the tenant's own id in every query for
// whose. Nor does it own how a link is mailed: that is package migration's, whose words it uses for refusing and for telling.
package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/clock"
	"carryover/migration"
	"carryover/queries"
)

// Service says who is asking and keeps the list of who may.
type Service struct {
	// Mail mails links to staff. nil: nobody is invited, as in tools and tests that are about something else.
	Mail Mail
	// OIDC is the company's identity provider. nil: there is none.
	OIDC *OIDC

	pool  *pgxpool.Pool
	q     *queries.Queries
	clock clock.Clock
	decoy string
	held  heldUp
	// Two lines of those who wait for a hash. A flood of strangers fills the one; known devices and opened links have the other.
	strangers, known *line
}

// Mail mails a link in the transaction of the fact that needs it. A *migration.Service does.
type Mail interface {
	QueueStaffLink(ctx context.Context, tx pgx.Tx, by migration.Actor, to *queries.Staff, purpose queries.StaffLinkPurpose) error
}

// New answers a service; it hashes one password to learn what an unknown email is compared with.
func New(pool *pgxpool.Pool, c clock.Clock) (*Service, error) {
	decoy, err := HashPassword(rand.Text())
	if err != nil {
		return nil, err
	}
	return &Service{pool: pool, q: queries.New(), clock: c, decoy: decoy, strangers: newLine(hashesAtOnce()), known: newLine(1)}, nil
}

// Viewer is a staff member who signed in, or another program with a token of theirs.
type Viewer struct {
	Staff    *queries.Staff
	Token    *queries.ApiToken // nil where a person signed in
	signInID uuid.UUID
}

// Scope is what a token is good for; "" is a person, who is bounded by their role alone.
func (v *Viewer) Scope() queries.TokenScope {
	if v.Token == nil {
		return ""
	}
	return v.Token.Scope
}

// IsAdminInPerson: an ADMIN who signed in, not a program of theirs.
func (v *Viewer) IsAdminInPerson() bool {
	return v.Token == nil && v.Staff.Role == queries.StaffRoleAdmin
}

// MayChange is who may do what the console does: an administrator or a manager, and a program of theirs with the scope for it.
func (v *Viewer) MayChange() bool {
	return v.worksHere() && (v.Token == nil || v.Scope() == queries.TokenScopeStaff)
}

// MayRead is who may look at what the console shows, programs that only read among them.
func (v *Viewer) MayRead() bool {
	return v.MayChange() || v.worksHere() && v.Scope() == queries.TokenScopeReadOnly
}

func (v *Viewer) worksHere() bool { return opensConsole(v.Staff) }

// OpensConsole: the console's pages are for them. Others work at the counter alone.
func (in *SignIn) OpensConsole() bool { return opensConsole(in.Staff) }

func opensConsole(s *queries.Staff) bool {
	return s.Role == queries.StaffRoleAdmin || s.Role == queries.StaffRoleManager
}

// CameInBy is what lets this viewer in: a sign-in, or a token. Whoever waits for it is told when it has ended.
func (v *Viewer) CameInBy() uuid.UUID {
	if v.Token != nil {
		return v.Token.ID
	}
	return v.signInID
}

// Who answers the staff member behind a token; nil where it opens nothing (any more).
func (s *Service) Who(ctx context.Context, token string) (*Viewer, error) {
	if strings.HasPrefix(token, apiTokenPrefix) {
		return s.whoByToken(ctx, token)
	}
	v, _, err := s.whoBySignIn(ctx, token)
	return v, err
}

func (s *Service) whoBySignIn(ctx context.Context, token string) (*Viewer, holding, error) {
	if !strings.HasPrefix(token, tokenPrefix) {
		return nil, holding{}, nil
	}
	now := s.clock()
	row, err := s.q.SignInGetLive(ctx, s.pool, queries.SignInGetLiveParams{TokenHash: hashToken(token), Now: now, IdleSince: now.Add(-signInIdle)})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, holding{}, nil
	}
	if err != nil {
		return nil, holding{}, fmt.Errorf("read sign-in: %w", err)
	}
	h := holding{row.IsCurrent, row.IsUnseen, row.LastUsedAt, row.RotatedAt}
	if h.isToTouch(now) {
		err := s.q.SignInTouch(ctx, s.pool, queries.SignInTouchParams{ID: row.SignInID, Now: now, IsSeen: h.isSeen(), PreviousUntil: ptr(now.Add(tokenOverlap))})
		if err != nil {
			return nil, h, fmt.Errorf("touch sign-in: %w", err)
		}
	}
	return &Viewer{Staff: &row.Staff, signInID: row.SignInID}, h, nil
}

// Again answers a viewer of a while ago as they are now; nil where the sign-in or the token has ended since.
func (s *Service) Again(ctx context.Context, v *Viewer) (*Viewer, error) {
	if v == nil {
		return nil, nil
	}
	if v.Token != nil {
		return s.tokenAgain(ctx, v)
	}
	now := s.clock()
	row, err := s.q.SignInGetLiveByID(ctx, s.pool, queries.SignInGetLiveByIDParams{ID: v.signInID, Now: now, IdleSince: now.Add(-signInIdle)})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read sign-in: %w", err)
	}
	return &Viewer{Staff: &row.Staff, signInID: row.SignInID}, nil
}

// SignOut ends a viewer's sign-in at once and for good. A program's token goes on: it is revoked, not signed out.
func (s *Service) SignOut(ctx context.Context, v *Viewer, by migration.Actor) error {
	if v.Token != nil {
		return nil
	}
	return s.endSignIn(ctx, by, v.Staff.ID, v.signInID, "signed_out")
}

// cleanUserAgent keeps what a browser called itself as far as text can hold it.
func cleanUserAgent(raw string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(raw[:min(len(raw), 300)], ""), "\x00", "")
}

// tokenPrefix makes a leaked token recognisable to secret scanners.
const tokenPrefix = "cos_"

func newToken(prefix string) string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails: crypto/rand crashes the program instead
	return prefix + base64.RawURLEncoding.EncodeToString(raw)
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func ptr[T any](v T) *T { return &v }
