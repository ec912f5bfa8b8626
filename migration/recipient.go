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

func (s *Service) checkRecipient(ctx context.Context, db queries.DBTX, by Actor, d InvitationDraft, was *queries.Invitation, c *checkedDraft, r *Refusals) (err error) {
	switch {
	case was != nil && d.TenantID == nil && d.NewTenant == nil:
		if c.tenant, err = s.q.TenantGet(ctx, db, was.TenantID); err != nil {
			return fmt.Errorf("read tenant: %w", err)
		}
	case (d.TenantID == nil) == (d.NewTenant == nil):
		r.add(CodeRequired, "Choose an existing tenant or enter a new one, one of the two.", "tenantId")
	case d.NewTenant != nil:
		c.newTenant = s.checkNewTenant(*d.NewTenant, r)
	default:
		c.tenant, err = found(s.q.TenantGetManaged(ctx, db, queries.TenantGetManagedParams{ID: *d.TenantID, StaffID: by.staffID()}))
		if err != nil {
			return fmt.Errorf("read tenant: %w", err)
		}
		if c.tenant == nil {
			r.add(CodeNotFound, "There is no such tenant at a location that you manage.", "tenantId")
		}
		c.chosen = true
	}
	return nil
}

func (s *Service) checkNewTenant(n NewTenant, r *Refusals) queries.TenantInsertOrGetParams {
	p := queries.TenantInsertOrGetParams{ID: ids.New(), Now: s.now(), Name: checkName(r, n.Name, "newTenant", "name")}
	email, err := ParseEmail(n.Email)
	if err != nil {
		r.add(CodeInvalid, err.Error(), "newTenant", "email")
	}
	p.Email = email
	p.Phone = checkPhone(r, n.Phone, "newTenant", "phone")
	agreed := s.checkConsent(n.Consent, n.Phone, r, "newTenant", "phoneConsent")
	p.PhoneConsentAt, p.PhoneConsentSource = agreed.at, agreed.source
	return p
}

func checkName(r *Refusals, raw string, field ...string) string {
	name := cleanText(r, raw, 120, field...)
	if name == "" {
		r.add(CodeRequired, "Enter the tenant's name.", field...)
	}
	return name
}

// checkPhone answers nil for no number.
func checkPhone(r *Refusals, raw string, field ...string) *string {
	if strings.TrimSpace(raw) == "" {
		return nil
	}
	phone, err := ParsePhone(raw)
	if err != nil {
		r.add(CodeInvalid, err.Error(), field...)
	}
	return &phone
}

// recipient answers whom the draft is for, in a row that stays as it is until the transaction ends: the invitation copies the
// name and phone. It comes before any lock on an invitation, which is the order of everybody.
func (s *Service) recipient(ctx context.Context, tx pgx.Tx, c checkedDraft) (tenant *queries.Tenant, err error) {
	if c.tenant != nil {
		tenant, err = s.q.TenantLockShared(ctx, tx, c.tenant.ID)
	} else {
		tenant, err = s.q.TenantInsertOrGet(ctx, tx, c.newTenant)
	}
	if err != nil {
		return nil, fmt.Errorf("find or insert tenant: %w", err)
	}
	return tenant, nil
}

// linkTenant makes the tenant known at the plan's location. Who invites somebody of another location's learns nothing of the
// record: the location knows them by the name and phone that were typed, here or, for a tenant chosen by id, where they were
// invited first.
func (s *Service) linkTenant(ctx context.Context, tx pgx.Tx, by Actor, tenant *queries.Tenant, c checkedDraft) error {
	link := queries.TenantLocationInsertParams{TenantID: tenant.ID, LocationID: c.offer.Plan.LocationID}
	if tenant.ID != c.newTenant.ID {
		known, err := s.knownAs(ctx, tx, by, tenant.ID)
		if err != nil {
			return err
		}
		byRecord, typed := known != nil && known.KnownAs == nil, c.newTenant
		switch {
		case byRecord && c.tenant == nil:
			if err := s.noteConsent(ctx, tx, by, tenant, typed); err != nil {
				return err
			}
		case !byRecord && c.tenant == nil:
			link.KnownAs, link.KnownPhone = &typed.Name, typed.Phone
			link.KnownPhoneConsentAt, link.KnownPhoneConsentSource = typed.PhoneConsentAt, typed.PhoneConsentSource
		case known != nil:
			link.KnownAs, link.KnownPhone = known.KnownAs, known.KnownPhone
			link.KnownPhoneConsentAt, link.KnownPhoneConsentSource = known.KnownPhoneConsentAt, known.KnownPhoneConsentSource
		}
	}
	if err := s.q.TenantLocationInsert(ctx, tx, link); err != nil {
		return fmt.Errorf("insert tenant location: %w", err)
	}
	return nil
}

// knownAs is how the caller knows a tenant; nil where no location of theirs does.
func (s *Service) knownAs(ctx context.Context, db queries.DBTX, by Actor, tenant uuid.UUID) (*queries.TenantListKnownAsRow, error) {
	known, err := s.q.TenantListKnownAs(ctx, db, queries.TenantListKnownAsParams{Ids: []uuid.UUID{tenant}, StaffID: by.staffID()})
	if err != nil {
		return nil, fmt.Errorf("read how the tenant is known: %w", err)
	}
	if len(known) == 0 {
		return nil, nil
	}
	return known[0], nil
}

// noteConsent: who is on file keeps name and phone, but a first consent for that very number is not thrown away.
func (s *Service) noteConsent(ctx context.Context, tx pgx.Tx, by Actor, t *queries.Tenant, typed queries.TenantInsertOrGetParams) error {
	if typed.PhoneConsentAt == nil || t.Phone == nil || *t.Phone != *typed.Phone || t.PhoneConsentAt != nil {
		return nil
	}
	_, err := s.q.TenantUpdate(ctx, tx, queries.TenantUpdateParams{ID: t.ID, SetPhone: true, Phone: t.Phone,
		PhoneConsentAt: typed.PhoneConsentAt, PhoneConsentSource: typed.PhoneConsentSource})
	if err != nil {
		return fmt.Errorf("note the consent: %w", err)
	}
	return s.record(ctx, tx, by, event{subject: queries.EventSubjectTenant, id: t.ID, action: "updated",
		detail: map[string]any{"changed": []string{"phoneConsent"}}})
}

// refuseSecondClaim: who has a live reservation for this very plan and unit is not invited to it again.
func (s *Service) refuseSecondClaim(ctx context.Context, tx pgx.Tx, tenant uuid.UUID, draft *queries.Invitation) error {
	claimed, err := s.q.ReservationLiveExists(ctx, tx, queries.ReservationLiveExistsParams{
		TenantID: tenant, PlanID: draft.PlanID, Unit: draft.Unit})
	if err != nil {
		return fmt.Errorf("look for a reservation: %w", err)
	}
	if claimed {
		return Refuse(CodeTaken, "This tenant already has a reservation for this plan and unit.", "planId")
	}
	return nil
}
