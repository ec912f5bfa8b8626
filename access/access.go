// Package access says who is asking: it signs staff in by password and tenants by a mailed link, signs both out, and tells from a
// token who they are.
//
// It owns passwords, sign-in tokens and their life. It does not own what a person may do: that is `@allow` and `@tenant` in the
// schema for the kind of thing, and managed_locations or the tenant's own id in every query for whose. Nor does it own to whom a
// link is mailed: that is package migration's.
package access

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/clock"
	"carryover/ids"
	"carryover/queries"
)

// ErrWrongCredentials is the one answer to an unknown email, a wrong password and a closed account.
var ErrWrongCredentials = errors.New("email or password is wrong")

// signInLife is how long a sign-in lasts without being ended.
const signInLife = 12 * time.Hour

// maxPassword keeps a stranger from having a megabyte hashed.
const maxPassword = 256

// Service signs staff in and out.
type Service struct {
	pool  *pgxpool.Pool
	q     *queries.Queries
	clock clock.Clock
	// hashing holds a place for each hash under way: a hash takes 64 MiB, and a flood of sign-ins must not take all memory.
	hashing chan struct{}
	decoy   string
}

// New answers a service; it hashes one password to learn what an unknown email is compared with.
func New(pool *pgxpool.Pool, c clock.Clock) (*Service, error) {
	decoy, err := HashPassword(rand.Text())
	if err != nil {
		return nil, err
	}
	return &Service{pool: pool, q: queries.New(), clock: c, decoy: decoy, hashing: make(chan struct{}, max(1, runtime.NumCPU()))}, nil
}

// params follow OWASP's Password Storage Cheat Sheet for Argon2id, with more memory than its least.
var params = &argon2id.Params{Memory: 64 * 1024, Iterations: 1, Parallelism: 2, SaltLength: 16, KeyLength: 32}

// HashPassword answers what is stored of a password.
func HashPassword(password string) (string, error) {
	hash, err := argon2id.CreateHash(password, params)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// SignIn is a sign-in that just began. Token is shown once; only its hash is stored.
type SignIn struct {
	Token     string
	ExpiresAt time.Time
	Staff     *queries.Staff
}

// SignIn checks a password and begins a sign-in. It answers ErrWrongCredentials after the same work whichever of email,
// password or account is wrong.
func (s *Service) SignIn(ctx context.Context, email, password string, ip *netip.Addr, userAgent string) (*SignIn, error) {
	staff, err := s.q.StaffGetByEmail(ctx, s.pool, strings.TrimSpace(email))
	if errors.Is(err, pgx.ErrNoRows) {
		staff, err = nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read staff by email: %w", err)
	}
	hash := s.decoy
	if staff != nil {
		hash = staff.PasswordHash
	}
	right, err := s.compare(ctx, password, hash)
	if err != nil {
		return nil, err
	}
	if !right || staff == nil || staff.DeactivatedAt != nil {
		return nil, ErrWrongCredentials
	}
	return s.begin(ctx, staff, ip, userAgent)
}

func (s *Service) compare(ctx context.Context, password, hash string) (bool, error) {
	select {
	case s.hashing <- struct{}{}:
		defer func() { <-s.hashing }()
	case <-ctx.Done():
		return false, ctx.Err()
	}
	if len(password) > maxPassword {
		return false, nil
	}
	right, err := argon2id.ComparePasswordAndHash(password, hash)
	if err != nil {
		return false, fmt.Errorf("compare password: %w", err)
	}
	return right, nil
}

func (s *Service) begin(ctx context.Context, staff *queries.Staff, ip *netip.Addr, userAgent string) (*SignIn, error) {
	token := newToken(tokenPrefix)
	now := s.clock()
	in := &SignIn{Token: token, ExpiresAt: now.Add(signInLife), Staff: staff}
	err := s.q.SignInInsert(ctx, s.pool, queries.SignInInsertParams{
		ID: ids.New(), StaffID: staff.ID, TokenHash: hashToken(token), Now: now, ExpiresAt: in.ExpiresAt, Ip: ip,
		UserAgent: cleanUserAgent(userAgent)})
	if err != nil {
		return nil, fmt.Errorf("insert sign-in: %w", err)
	}
	return in, nil
}

// Viewer is a signed-in staff member.
type Viewer struct {
	Staff    *queries.Staff
	signInID uuid.UUID
}

// Who answers the staff member behind a token; nil where it opens nothing (any more).
func (s *Service) Who(ctx context.Context, token string) (*Viewer, error) {
	if !strings.HasPrefix(token, tokenPrefix) {
		return nil, nil
	}
	row, err := s.q.SignInGetLive(ctx, s.pool, queries.SignInGetLiveParams{TokenHash: hashToken(token), Now: s.clock()})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read sign-in: %w", err)
	}
	return &Viewer{Staff: &row.Staff, signInID: row.SignInID}, nil
}

// Again answers a viewer of a while ago as they are now; nil where the sign-in has ended since.
func (s *Service) Again(ctx context.Context, v *Viewer) (*Viewer, error) {
	if v == nil {
		return nil, nil
	}
	row, err := s.q.SignInGetLiveByID(ctx, s.pool, queries.SignInGetLiveByIDParams{ID: v.signInID, Now: s.clock()})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read sign-in: %w", err)
	}
	return &Viewer{Staff: &row.Staff, signInID: row.SignInID}, nil
}

// SignOut ends a viewer's sign-in at once and for good.
func (s *Service) SignOut(ctx context.Context, v *Viewer) error {
	if err := s.q.SignInRevoke(ctx, s.pool, queries.SignInRevokeParams{ID: v.signInID, Now: ptr(s.clock())}); err != nil {
		return fmt.Errorf("revoke sign-in: %w", err)
	}
	return nil
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
