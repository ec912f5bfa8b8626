package access

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/migration"
	"carryover/queries"
	"carryover/throttle"
)

// wrongLinks is how often links that open nothing are tried from one network: staff's and tenants' together.
var wrongLinks = throttle.Limit{Name: "links_tried", Most: 30, Per: 15 * time.Minute}

// opening carries out what somebody wants with a link's token. Whoever hands in tokens that open nothing is refused after some of them;
// one that opens something is let through from anywhere, as in NoteWrongToken.
func (s *Service) opening(ctx context.Context, from Origin, open func() error) error {
	err := open()
	network, ok := throttle.Network(from.IP)
	if !errors.Is(err, ErrLinkClosed) || !ok {
		return err
	}
	if refused := throttle.Take(ctx, s.pool, s.clock(), wrongLinks.Of(network.String())); refused != nil {
		return refused
	}
	return err
}

// AcceptInvitation takes up an invitation: the password is chosen and a sign-in begins.
func (s *Service) AcceptInvitation(ctx context.Context, token, password string, from Origin) (in *SignIn, err error) {
	err = s.opening(ctx, from, func() error {
		return s.choosePassword(ctx, queries.StaffLinkPurposeInvitation, token, password, from, func(tx pgx.Tx, staff *queries.Staff) error {
			in, err = s.begin(ctx, tx, staff, queries.SignInWayInvitation, from)
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return in, nil
}

// ResetPassword chooses a password anew by a mailed link, and ends all sign-ins and API tokens: whoever had the old password, or had got
// in with it, is out. Whoever reads the mailbox is no stranger: what strangers tried at this account is forgotten, and the browser is known
// from now on by the token that is answered.
func (s *Service) ResetPassword(ctx context.Context, token, password string, from Origin) (device string, err error) {
	err = s.opening(ctx, from, func() error {
		return s.choosePassword(ctx, queries.StaffLinkPurposePasswordReset, token, password, from, func(tx pgx.Tx, staff *queries.Staff) error {
			if err := s.endAll(ctx, tx, staff.ID); err != nil {
				return err
			}
			if err := throttle.Forget(ctx, tx, wrongByAccount.Of(staff.Email)); err != nil {
				return err
			}
			device, err = s.leaveDevice(ctx, tx, staff.ID, from.Device)
			return err
		})
	})
	if err != nil {
		return "", err
	}
	return device, nil
}

// endAll ends whatever lets in a member or makes them known: sign-ins, API tokens and devices.
func (s *Service) endAll(ctx context.Context, tx pgx.Tx, staff uuid.UUID) error {
	if _, err := s.endSignIns(ctx, tx, staff, uuid.Nil); err != nil {
		return err
	}
	if _, err := s.q.ApiTokenRevokeAll(ctx, tx, queries.ApiTokenRevokeAllParams{StaffID: staff, Now: ptr(s.clock())}); err != nil {
		return fmt.Errorf("revoke API tokens: %w", err)
	}
	return s.forgetDevices(ctx, tx, staff)
}

// choosePassword uses a link up, and keeps it open where the password is refused. The hash is made before the transaction: nobody waits for
// a turn with a row locked.
func (s *Service) choosePassword(ctx context.Context, purpose queries.StaffLinkPurpose, token, password string, from Origin,
	then func(tx pgx.Tx, staff *queries.Staff) error) error {
	link := queries.StaffLinkUseParams{TokenHash: hashToken(token), Purpose: purpose, Now: ptr(s.clock())}
	staff, err := s.behindLink(ctx, link)
	if err != nil {
		return err
	}
	if err := checkPassword(password, staff, "password"); err != nil {
		return err
	}
	hash, err := s.known.hash(ctx, password) // who holds a link that opens does not wait behind strangers
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		if _, err := s.q.StaffLock(ctx, tx, staff.ID); err != nil { // before its links, which is the order of everybody
			return fmt.Errorf("lock staff: %w", err)
		}
		id, err := s.q.StaffLinkUse(ctx, tx, link)
		if errors.Is(err, pgx.ErrNoRows) {
			return ErrLinkClosed
		}
		if err != nil {
			return fmt.Errorf("use link: %w", err)
		}
		if err := s.q.StaffSetPassword(ctx, tx, queries.StaffSetPasswordParams{ID: id, PasswordHash: hash}); err != nil {
			return fmt.Errorf("set password: %w", err)
		}
		staff.PasswordHash = hash
		action := map[queries.StaffLinkPurpose]string{queries.StaffLinkPurposeInvitation: "invitation_accepted",
			queries.StaffLinkPurposePasswordReset: "password_reset"}[purpose]
		if err := s.tell(ctx, tx, migration.StaffActor(id, from.RequestID), id, action, nil); err != nil {
			return err
		}
		return then(tx, staff)
	})
}

// behindLink answers whose link it is, if it opens; it uses nothing up.
func (s *Service) behindLink(ctx context.Context, link queries.StaffLinkUseParams) (*queries.Staff, error) {
	staff, err := s.q.StaffGetByLink(ctx, s.pool, queries.StaffGetByLinkParams{TokenHash: link.TokenHash, Purpose: link.Purpose, Now: *link.Now})
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, ErrLinkClosed
	}
	if err != nil {
		return nil, fmt.Errorf("read link: %w", err)
	}
	return staff, nil
}

// wrongInside is how often somebody who is in may be wrong about the password that they have.
var wrongInside = throttle.Limit{Name: "password_change", Most: 10, Per: 15 * time.Minute}

// ChangePassword chooses another password by the one that was. All sign-ins end, and the one that asks goes on as a new one.
func (s *Service) ChangePassword(ctx context.Context, v *Viewer, current, password string, from Origin) (in *SignIn, err error) {
	counts := []throttle.Count{wrongInside.Of(v.Staff.ID.String())}
	if err := throttle.Take(ctx, s.pool, s.clock(), counts...); err != nil {
		return nil, err
	}
	right := false
	if v.Staff.PasswordHash != "" {
		if right, err = s.known.compare(ctx, current, v.Staff.PasswordHash); err != nil {
			return nil, errors.Join(err, throttle.GiveBack(context.WithoutCancel(ctx), s.pool, counts...))
		}
	}
	if !right {
		return nil, migration.Refuse(migration.CodeWrongCredentials, "This is not your password as it is now.", "current")
	}
	if err := throttle.GiveBack(ctx, s.pool, counts...); err != nil {
		return nil, err
	}
	if err := checkPassword(password, v.Staff, "password"); err != nil {
		return nil, err
	}
	hash, err := s.known.hash(ctx, password)
	if err != nil {
		return nil, err
	}
	err = pgx.BeginFunc(ctx, s.pool, func(tx pgx.Tx) error {
		in, err = s.exchangePassword(ctx, tx, v, hash, from)
		return err
	})
	return in, err
}

// exchangePassword does nothing where somebody was first who changed it, or reset it.
func (s *Service) exchangePassword(ctx context.Context, tx pgx.Tx, v *Viewer, hash string, from Origin) (*SignIn, error) {
	now, err := s.q.StaffLock(ctx, tx, v.Staff.ID)
	if err != nil {
		return nil, fmt.Errorf("lock staff: %w", err)
	}
	if now.PasswordHash != v.Staff.PasswordHash || now.DeactivatedAt != nil {
		return nil, migration.Refuse(migration.CodeWrongCredentials, "This is not your password any more.", "current")
	}
	if err := s.q.StaffSetPassword(ctx, tx, queries.StaffSetPasswordParams{ID: now.ID, PasswordHash: hash}); err != nil {
		return nil, fmt.Errorf("set password: %w", err)
	}
	if _, err := s.endSignIns(ctx, tx, now.ID, uuid.Nil); err != nil {
		return nil, err
	}
	if err := s.forgetDevices(ctx, tx, now.ID); err != nil {
		return nil, err
	}
	replaced := queries.StaffLinkReplaceParams{StaffID: now.ID, Purpose: queries.StaffLinkPurposePasswordReset, Now: ptr(s.clock())}
	if err := s.q.StaffLinkReplace(ctx, tx, replaced); err != nil {
		return nil, fmt.Errorf("close mailed links: %w", err)
	}
	if err := s.tell(ctx, tx, migration.StaffActor(now.ID, from.RequestID), now.ID, "password_changed", nil); err != nil {
		return nil, err
	}
	return s.begin(ctx, tx, now, queries.SignInWayPassword, from)
}
