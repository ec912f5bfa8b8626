package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// TenantEdit is what shall be otherwise of a tenant; what is nil stays. An empty Phone takes the number away.
type TenantEdit struct {
	ID       uuid.UUID
	Name     *string
	Email    *string
	Phone    *string
	Consent  *PhoneConsent
	Language *queries.MessageLanguage
}

// SavedTenant is a tenant as they are now, with what a careful person would want to know of them.
type SavedTenant struct {
	*queries.Tenant
	Warnings []*Warning
}

// UpdateTenant mends what the caller's locations know of a tenant: the record where one of them knows the tenant by it, else only
// the name and phone that were typed there. Of two edits at once the later one wins for each field that it gives; a number and
// its consent are one field. The list's copies of name and phone follow at once.
func (s *Service) UpdateTenant(ctx context.Context, by Actor, e TenantEdit) (SavedTenant, error) {
	var saved SavedTenant
	err := s.inTxAgain(ctx, func(tx pgx.Tx) (err error) {
		saved, err = s.editTenant(ctx, tx, by, e)
		return err
	})
	if err != nil {
		return SavedTenant{}, refusal(err)
	}
	return saved, nil
}

func (s *Service) editTenant(ctx context.Context, tx pgx.Tx, by Actor, e TenantEdit) (SavedTenant, error) {
	was, known, err := s.lockTenant(ctx, tx, by, e)
	if err != nil {
		return SavedTenant{}, err
	}
	p, err := s.checkTenant(e, was, known)
	if err != nil {
		return SavedTenant{}, err
	}
	if known.KnownAs != nil {
		err = s.editTyped(ctx, tx, by, p, known)
	} else {
		err = s.editRecord(ctx, tx, by, p, was)
	}
	if err != nil {
		return SavedTenant{}, err
	}
	now, err := s.q.TenantGet(ctx, tx, e.ID)
	if err != nil {
		return SavedTenant{}, fmt.Errorf("read tenant: %w", err)
	}
	warnings, err := s.warnOfPhone(ctx, tx, by, addressee{tenant: e.ID, email: orEmpty(p.Email), emailField: []string{"email"},
		phone: orEmpty(p.Phone), phoneField: []string{"phone"}})
	return SavedTenant{Tenant: now, Warnings: warnings}, err
}

// lockTenant holds the tenant, and before the address changes also their invitations: a message that is being frozen has then
// gone to the old address, or waits for the new one.
func (s *Service) lockTenant(ctx context.Context, tx pgx.Tx, by Actor, e TenantEdit) (*queries.Tenant, *queries.TenantListKnownAsRow, error) {
	managed, err := found(s.q.TenantGetManaged(ctx, tx, queries.TenantGetManagedParams{ID: e.ID, StaffID: by.staffID()}))
	if err != nil {
		return nil, nil, fmt.Errorf("read tenant: %w", err)
	}
	if managed == nil {
		return nil, nil, Refuse(CodeNotFound, "There is no such tenant at a location that you manage.", "id")
	}
	was, err := s.q.TenantLock(ctx, tx, e.ID)
	if err != nil {
		return nil, nil, fmt.Errorf("lock tenant: %w", err)
	}
	if e.Email != nil {
		if _, err := s.q.InvitationLockByTenant(ctx, tx, e.ID); err != nil {
			return nil, nil, fmt.Errorf("lock the tenant's invitations: %w", err)
		}
	}
	known, err := s.knownAs(ctx, tx, by, e.ID)
	if err == nil && known == nil {
		err = fmt.Errorf("tenant %s is known at a managed location, and at none", e.ID)
	}
	return was, known, err
}

// errEmailSignsIn is for staff who see the record.
var errEmailSignsIn = &Refusal{Code: CodeWrongState, Field: []string{"email"},
	Message: "The tenant signs in with this address, so it is not simply overwritten. Enter the new one as a correction and accept it: the old address is then told."}

// errEmailStays does not say who was written to, or by which location.
var errEmailStays = &Refusal{Code: CodeWrongState, Field: []string{"email"},
	Message: "This address can no longer be changed. Revoke the tenant's open invitations and invite the right address instead."}

// checkTenant collects everything that is wrong with an edit.
func (s *Service) checkTenant(e TenantEdit, was *queries.Tenant, known *queries.TenantListKnownAsRow) (queries.TenantUpdateParams, error) {
	var r Refusals
	p := queries.TenantUpdateParams{ID: e.ID, Language: e.Language}
	if e.Name != nil {
		p.Name = ptr(checkName(&r, *e.Name, "name"))
	}
	if e.Email != nil {
		email, err := ParseEmail(*e.Email)
		if err != nil {
			r.add(CodeInvalid, err.Error(), "email")
		} else if known.KnownAs != nil && differ(&email, was.Email) {
			r = append(r, errEmailStays)
		}
		p.Email = &email
	}
	typed := ""
	if e.Phone != nil {
		typed = *e.Phone
		p.SetPhone, p.Phone = true, checkPhone(&r, typed, "phone")
	}
	agreed := s.checkConsent(e.Consent, typed, &r, "phoneConsent")
	p.PhoneConsentAt, p.PhoneConsentSource = agreed.at, agreed.source
	if e.Language != nil && known.KnownAs != nil {
		r.add(CodeWrongState, "The language can be chosen once the tenant has completed a set-up at your location.", "language")
	}
	return p, r.err()
}

func (s *Service) editRecord(ctx context.Context, tx pgx.Tx, by Actor, p queries.TenantUpdateParams, was *queries.Tenant) error {
	now, err := found(s.q.TenantUpdate(ctx, tx, p))
	if err != nil {
		return fmt.Errorf("update tenant: %w", err)
	}
	if now == nil && was.ActivatedAt != nil {
		return Refusals{errEmailSignsIn}
	}
	if now == nil {
		return Refusals{errEmailStays}
	}
	before, after := recorded(was), recorded(now)
	if before == after {
		return nil
	}
	if err := s.refreshCopies(ctx, tx, p.ID, nil); err != nil {
		return err
	}
	if err := s.tellCustomers(ctx, tx, p.ID); err != nil {
		return err
	}
	return s.record(ctx, tx, by, before.event(p.ID, uuid.Nil, after))
}

// editTyped changes what the caller's locations typed, each with an event of its own.
func (s *Service) editTyped(ctx context.Context, tx pgx.Tx, by Actor, p queries.TenantUpdateParams, known *queries.TenantListKnownAsRow) error {
	at, err := s.q.TenantLocationUpdate(ctx, tx, queries.TenantLocationUpdateParams{TenantID: p.ID, StaffID: by.staffID(), KnownAs: p.Name,
		SetPhone: p.SetPhone, KnownPhone: p.Phone, ConsentAt: p.PhoneConsentAt, ConsentSource: p.PhoneConsentSource})
	if err != nil {
		return fmt.Errorf("update what the locations typed: %w", err)
	}
	now, err := s.knownAs(ctx, tx, by, p.ID)
	if err != nil {
		return err
	}
	before, after := typed(known), typed(now)
	for _, location := range at {
		if err := s.refreshCopies(ctx, tx, p.ID, &location); err != nil {
			return err
		}
		if err := s.record(ctx, tx, by, before.event(p.ID, location, after)); err != nil {
			return err
		}
	}
	return nil
}

// refreshCopies lets the tenant's invitations, at one location or everywhere, copy name and phone anew. Submissions know the record
// alone, which has changed where no location is named.
func (s *Service) refreshCopies(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, location *uuid.UUID) error {
	if _, err := s.q.InvitationLockByTenant(ctx, tx, tenant); err != nil {
		return fmt.Errorf("lock the tenant's invitations: %w", err)
	}
	err := s.q.InvitationRefreshByTenant(ctx, tx, queries.InvitationRefreshByTenantParams{TenantID: tenant, LocationID: location})
	if err != nil {
		return fmt.Errorf("refresh the list's copies: %w", err)
	}
	if location != nil {
		return nil
	}
	return s.refreshSubmissions(ctx, tx, tenant)
}

func (s *Service) refreshSubmissions(ctx context.Context, tx pgx.Tx, tenant uuid.UUID) error {
	submissions, err := s.q.SubmissionIDsOfTenant(ctx, tx, tenant)
	if err != nil {
		return fmt.Errorf("read the tenant's submissions: %w", err)
	}
	if err := s.copySubmissions(ctx, tx, submissions); err != nil {
		return fmt.Errorf("refresh the submissions' copies: %w", err)
	}
	return nil
}
