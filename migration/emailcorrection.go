package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// RequestEmailChange takes a signed-in tenant's word that their address is another one. Nothing changes until staff take it: whoever
// holds a session for a moment must not be able to carry the account away. Whose the address is already is not said.
func (s *Service) RequestEmailChange(ctx context.Context, by Actor, email string) error {
	if _, err := ParseEmail(email); err != nil {
		return Refuse(CodeInvalid, err.Error(), "email")
	}
	return s.inTxAgain(ctx, func(tx pgx.Tx) error {
		tenant, err := s.q.TenantLock(ctx, tx, by.tenantID())
		if err != nil {
			return fmt.Errorf("lock tenant: %w", err)
		}
		home, err := s.q.ReservationGetNewestByTenant(ctx, tx, queries.ReservationGetNewestByTenantParams{TenantID: tenant.ID})
		if err != nil {
			return fmt.Errorf("read the tenant's newest reservation: %w", err)
		}
		return s.correctEmail(ctx, tx, by, tenant, email, home.Location.ID, nil)
	})
}

// correctEmail keeps the newest word of a tenant whose row is locked. The address that is on file is no correction, and takes an
// earlier one back.
func (s *Service) correctEmail(ctx context.Context, tx pgx.Tx, by Actor, t *queries.Tenant, email string, location uuid.UUID, submission *uuid.UUID) error {
	if email == "" {
		return nil
	}
	address, err := ParseEmail(email)
	if err != nil {
		return Refuse(CodeInvalid, err.Error(), "email")
	}
	pending, err := found(s.q.EmailCorrectionGetPending(ctx, tx, t.ID))
	if err != nil {
		return fmt.Errorf("read pending email correction: %w", err)
	}
	if pending != nil && pending.Email == address && submission == nil {
		return nil
	}
	replaced, err := found(s.q.EmailCorrectionReplacePending(ctx, tx, queries.EmailCorrectionReplacePendingParams{TenantID: t.ID, Now: ptr(s.now())}))
	if err != nil {
		return fmt.Errorf("replace pending email correction: %w", err)
	}
	if replaced != nil {
		if err := s.record(ctx, tx, by, correctionEvents(replaced, queries.EmailCorrectionStatePending)...); err != nil {
			return err
		}
	}
	if address == orEmpty(t.Email) {
		return nil
	}
	asked, err := s.q.EmailCorrectionInsert(ctx, tx, queries.EmailCorrectionInsertParams{ID: ids.New(), TenantID: t.ID, LocationID: location,
		SubmissionID: submission, Email: address, Now: s.now(), EnteredBy: enteredBy(by)})
	if err != nil {
		return fmt.Errorf("insert email correction: %w", err)
	}
	return s.record(ctx, tx, by, correctionEvents(asked, "")...)
}

// correctionEvents tell what became of a correction that was in a state before, also in its tenant's history.
func correctionEvents(c *queries.EmailCorrection, before queries.EmailCorrectionState) []event {
	action := string(c.State)
	if before == "" {
		action = "asked"
	}
	return []event{
		{subject: queries.EventSubjectEmailCorrection, id: c.ID, location: c.LocationID, action: action, before: string(before), after: string(c.State)},
		{subject: queries.EventSubjectTenant, id: c.TenantID, location: c.LocationID, action: "email_correction_" + action},
	}
}

// enteredBy is nil where the tenant gave the address themselves.
func enteredBy(by Actor) *uuid.UUID {
	if by.Kind != queries.ActorKindStaff {
		return nil
	}
	return by.ID
}

// DecidedCorrection is a correction as it stands after a decision, and its tenant.
type DecidedCorrection struct {
	Correction *queries.EmailCorrection
	Tenant     *queries.Tenant
}

// AcceptEmailCorrection makes the address that a tenant gave the tenant's own: invitations, messages and sign-in links go there from
// then on, sign-ins that began at the old one end, and Stripe is told. The old address is told that it was changed. TAKEN means
// that it is another tenant's; correction and tenant are then answered as they were.
func (s *Service) AcceptEmailCorrection(ctx context.Context, by Actor, id uuid.UUID) (DecidedCorrection, error) {
	done, err := s.decideCorrection(ctx, by, id, "", s.takeEmail)
	if violates(err, "tenants_email_key") {
		return done, Refuse(CodeTaken, "This address belongs to another tenant. Decline the correction and say so, or mend the other tenant's address first.", "id")
	}
	return done, refusal(err)
}

// DeclineEmailCorrection leaves the address as it is and tells the tenant why.
func (s *Service) DeclineEmailCorrection(ctx context.Context, by Actor, id uuid.UUID, reason string) (DecidedCorrection, error) {
	var r Refusals
	reason = cleanText(&r, reason, 500, "reason")
	if reason == "" {
		r.add(CodeRequired, "Say why; the tenant reads it.", "reason")
	}
	if err := r.err(); err != nil {
		return DecidedCorrection{}, err
	}
	done, err := s.decideCorrection(ctx, by, id, reason, s.leaveEmail)
	return done, refusal(err)
}

// decideCorrection holds the tenant, so that of two staff at once, and of staff and a tenant who says another word, one is first. What
// it refuses comes with the correction and the tenant as they are.
func (s *Service) decideCorrection(ctx context.Context, by Actor, id uuid.UUID, reason string,
	follow func(context.Context, pgx.Tx, Actor, *queries.Tenant, *queries.EmailCorrection) error) (done DecidedCorrection, err error) {
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		done = DecidedCorrection{}
		c, err := found(s.q.EmailCorrectionGetManaged(ctx, tx, queries.EmailCorrectionGetManagedParams{ID: id, StaffID: by.staffID()}))
		if err != nil {
			return fmt.Errorf("read email correction: %w", err)
		}
		if c == nil {
			return Refuse(CodeNotFound, "There is no such correction of a tenant at a location that you manage.", "id")
		}
		was, err := s.q.TenantLock(ctx, tx, c.TenantID)
		if err != nil {
			return fmt.Errorf("lock tenant: %w", err)
		}
		done = DecidedCorrection{Correction: c, Tenant: was}
		p := queries.EmailCorrectionDecideIfPendingParams{ID: id, State: queries.EmailCorrectionStateAccepted, StaffID: ptr(by.staffID()),
			Reason: reason, Now: ptr(s.now())}
		if reason != "" {
			p.State = queries.EmailCorrectionStateDeclined
		}
		decided, err := found(s.q.EmailCorrectionDecideIfPending(ctx, tx, p))
		if err != nil {
			return fmt.Errorf("decide email correction: %w", err)
		}
		if decided == nil {
			return Refuse(CodeWrongState, "This correction was decided, or the tenant gave another address since. Look at it again.", "id")
		}
		if err := follow(ctx, tx, by, was, decided); err != nil {
			return err
		}
		now, err := s.q.TenantGet(ctx, tx, c.TenantID)
		if err != nil {
			return fmt.Errorf("read tenant: %w", err)
		}
		done = DecidedCorrection{Correction: decided, Tenant: now}
		return nil
	})
	return done, err
}

func (s *Service) takeEmail(ctx context.Context, tx pgx.Tx, by Actor, was *queries.Tenant, c *queries.EmailCorrection) error {
	now, err := s.q.TenantSetEmail(ctx, tx, queries.TenantSetEmailParams{ID: was.ID, Email: &c.Email})
	if err != nil {
		return fmt.Errorf("set email: %w", err)
	}
	if err := s.refreshCopies(ctx, tx, was.ID, nil); err != nil {
		return err
	}
	if err := s.tellCustomers(ctx, tx, was.ID); err != nil {
		return err
	}
	before, after := recorded(was), recorded(now)
	told := append([]event{before.event(was.ID, c.LocationID, after)}, correctionEvents(c, queries.EmailCorrectionStatePending)...)
	if err := s.record(ctx, tx, by, told...); err != nil {
		return err
	}
	return s.noticeTenant(ctx, tx, by, was, notice{location: c.LocationID, says: saysEmailChanged})
}

func (s *Service) leaveEmail(ctx context.Context, tx pgx.Tx, by Actor, was *queries.Tenant, c *queries.EmailCorrection) error {
	if err := s.record(ctx, tx, by, correctionEvents(c, queries.EmailCorrectionStatePending)...); err != nil {
		return err
	}
	return s.noticeTenant(ctx, tx, by, was, notice{location: c.LocationID, says: saysEmailDeclined})
}

// notice is one thing that a tenant is told of their account, by a location, of one reservation's submission or of none.
type notice struct {
	location   uuid.UUID
	submission *uuid.UUID
	says       string
}

// noticeTenant queues a message about the account to the address that the tenant had when it was read.
func (s *Service) noticeTenant(ctx context.Context, tx pgx.Tx, by Actor, t *queries.Tenant, n notice) error {
	if t.Email == nil {
		return nil
	}
	return s.queueSingleEmail(ctx, tx, by, queries.DeliveryInsertParams{Purpose: queries.DeliveryPurposeAccountNotice, Address: *t.Email,
		LocationID: n.location, TenantID: &t.ID, SubmissionID: n.submission, Says: n.says})
}

// accountNoticeContent says one thing about an account; what staff wrote of it is read where they wrote it.
func (s *Service) accountNoticeContent(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (EmailContent, error) {
	c, err := s.accountContent(ctx, tx, d)
	if err != nil {
		return c, err
	}
	words, ok := accountWords[d.Says][c.Language]
	if !ok {
		return c, fmt.Errorf("no words for %q in %q", d.Says, c.Language)
	}
	why, err := s.writtenBy(ctx, tx, d)
	if err != nil {
		return c, err
	}
	plan := c.PlanName
	if c.Unit != "" {
		plan += " (" + c.Unit + ")"
	}
	c.Reason = strings.NewReplacer("{location}", c.LocationName, "{plan}", plan, "{reason}", why).Replace(words)
	c.LinkPath = accountPath
	return c, nil
}

// writtenBy is what a staff member wrote to the tenant of a notice; "" where they wrote nothing.
func (s *Service) writtenBy(ctx context.Context, tx pgx.Tx, d *queries.Delivery) (string, error) {
	switch d.Says {
	case saysEmailDeclined:
		declined, err := s.q.EmailCorrectionGetNewestDeclined(ctx, tx, *d.TenantID)
		if err != nil {
			return "", fmt.Errorf("read declined email correction: %w", err)
		}
		return declined.Reason, nil
	case saysClosed:
		no, err := s.q.RejectionGet(ctx, tx, *d.SubmissionID)
		if err != nil {
			return "", fmt.Errorf("read rejection: %w", err)
		}
		return no.Reason, nil
	default:
		return "", nil
	}
}
