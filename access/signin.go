package access

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
	"carryover/throttle"
)

// ErrWrongCredentials is the one answer to an unknown email, a wrong password and a closed account.
var ErrWrongCredentials = errors.New("email or password is wrong")

// How often somebody may be wrong. Strangers are counted by the account that they name, whether there is one or not, and by network. Who
// comes from a browser that the account's owner signed in from is counted apart from both, so that no stranger locks the owner out
// (https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies).
var (
	wrongByAccount = throttle.Limit{Name: "sign_in_account", Most: 10, Per: 15 * time.Minute}
	wrongByNetwork = throttle.Limit{Name: "sign_in_network", Most: 50, Per: 15 * time.Minute}
	wrongByDevice  = throttle.Limit{Name: "sign_in_device", Most: 10, Per: 15 * time.Minute}
)

// SignIn is a sign-in that just began. Token is shown once; only its hash is stored.
type SignIn struct {
	Token     string
	Device    string // by which the browser is known from now on, see leaveDevice
	ExpiresAt time.Time
	Staff     *queries.Staff
}

// Origin is where a request comes from, as it is kept with a sign-in and told in events.
type Origin struct {
	RequestID string
	IP        *netip.Addr
	UserAgent string
	Device    string // the token that an earlier sign-in left in this browser; "" where none did
}

// SignIn checks a password and begins a sign-in. It answers ErrWrongCredentials after the same work whichever of email,
// password or account is wrong, and *throttle.Refused where that was tried too often or too many others try.
func (s *Service) SignIn(ctx context.Context, email, password string, from Origin) (*SignIn, error) {
	email = strings.ToLower(strings.TrimSpace(email))
	counts, lane, err := s.countsOf(ctx, email, from)
	if err != nil {
		return nil, err
	}
	if lane.isFull() {
		return nil, throttle.Refuse(hashPatience) // before anything is written down: a flood of strangers is mostly this
	}
	if err := throttle.Take(ctx, s.pool, s.clock(), counts...); err != nil {
		return nil, err
	}
	staff, err := s.checkCredentials(ctx, email, password, lane)
	if err != nil {
		if !errors.Is(err, ErrWrongCredentials) { // not looked at, so not wrong
			err = errors.Join(err, throttle.GiveBack(context.WithoutCancel(ctx), s.pool, counts...))
		}
		return nil, err
	}
	if err := throttle.GiveBack(ctx, s.pool, counts...); err != nil {
		return nil, err
	}
	var in *SignIn
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		in, err = s.beginAsStill(ctx, tx, staff, queries.SignInWayPassword, from)
		return err
	})
	if err != nil {
		return nil, err
	}
	return in, nil
}

// beginAsStill begins a sign-in if the member is as they were when they showed who they are: whoever was shut out meanwhile, or whose
// password became another one, does not come in after all sign-ins were ended.
func (s *Service) beginAsStill(ctx context.Context, tx pgx.Tx, staff *queries.Staff, way queries.SignInWay, from Origin) (*SignIn, error) {
	now, err := s.q.StaffLock(ctx, tx, staff.ID)
	switch {
	case err != nil:
		return nil, fmt.Errorf("lock staff: %w", err)
	case now.DeactivatedAt != nil, way == queries.SignInWayPassword && now.PasswordHash != staff.PasswordHash:
		return nil, ErrWrongCredentials
	}
	return s.begin(ctx, tx, now, way, from)
}

// countsOf is what a try to sign in is counted as, and in which line it waits. Nothing here depends on whether there is such an account.
func (s *Service) countsOf(ctx context.Context, email string, from Origin) ([]throttle.Count, *line, error) {
	device, err := s.deviceOf(ctx, from.Device, email)
	if err != nil {
		return nil, nil, err
	}
	if device != uuid.Nil {
		return []throttle.Count{wrongByDevice.Of(device.String())}, s.known, nil
	}
	counts := []throttle.Count{wrongByAccount.Of(email)}
	if network, ok := throttle.Network(from.IP); ok {
		counts = append(counts, wrongByNetwork.Of(network.String()))
	}
	return counts, s.strangers, nil
}

func (s *Service) checkCredentials(ctx context.Context, email, password string, lane *line) (*queries.Staff, error) {
	staff, err := s.q.StaffGetByEmail(ctx, s.pool, email)
	if errors.Is(err, pgx.ErrNoRows) {
		staff, err = nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read staff by email: %w", err)
	}
	hash := s.decoy
	if staff != nil && staff.PasswordHash != "" {
		hash = staff.PasswordHash
	}
	right, err := lane.compare(ctx, password, hash)
	if err != nil {
		return nil, err
	}
	if !right || staff == nil || hash == s.decoy || staff.DeactivatedAt != nil {
		return nil, ErrWrongCredentials
	}
	return staff, nil
}

// begin is the sign-in of somebody who has shown who they are. It always has a token of its own.
func (s *Service) begin(ctx context.Context, tx pgx.Tx, staff *queries.Staff, way queries.SignInWay, from Origin) (*SignIn, error) {
	now := s.clock()
	in := &SignIn{Token: newToken(tokenPrefix), ExpiresAt: now.Add(signInLife), Staff: staff}
	err := s.q.SignInInsert(ctx, tx, queries.SignInInsertParams{ID: ids.New(), StaffID: staff.ID, TokenHash: hashToken(in.Token), Way: way,
		Now: now, ExpiresAt: in.ExpiresAt, Ip: from.IP, UserAgent: cleanUserAgent(from.UserAgent)})
	if err != nil {
		return nil, fmt.Errorf("insert sign-in: %w", err)
	}
	if in.Device, err = s.leaveDevice(ctx, tx, staff.ID, from.Device); err != nil {
		return nil, err
	}
	return in, s.tell(ctx, tx, migration.StaffActor(staff.ID, from.RequestID), staff.ID, "signed_in", map[string]any{"way": way})
}
