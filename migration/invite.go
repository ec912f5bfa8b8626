package migration

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/nyaruka/phonenumbers"

	"carryover/ids"
	"carryover/money"
	"carryover/queries"
)

// InvitationDraft is what staff fill in. Prices are as typed, so that what is wrong with them is said beside their field.
type InvitationDraft struct {
	TenantID        *uuid.UUID
	NewTenant       *NewTenant
	PlanID          uuid.UUID
	Unit            string
	CardPrice       *Price
	AchPrice        *Price
	AnchorDay       int
	InsurancePlanID *uuid.UUID
}

// NewTenant is a person who is not known yet.
type NewTenant struct{ Name, Email, Phone string }

// Price is a decimal amount with its currency, as typed.
type Price struct{ Amount, Currency string }

// checkedDraft is a draft in which nothing is wrong.
type checkedDraft struct {
	offer     Offer // its invitation is not stored yet
	tenant    *queries.Tenant
	newTenant queries.TenantInsertOrGetParams
}

// PreviewInvitation answers the offer that the draft would make. It refuses what CreateInvitation refuses, but for what only
// the saving can find out, and saves nothing.
func (s *Service) PreviewInvitation(ctx context.Context, by Actor, d InvitationDraft) (Offer, error) {
	checked, err := s.checkDraft(ctx, s.Pool, by, d)
	if err != nil {
		return Offer{}, err
	}
	return checked.offer, nil
}

// CreateInvitation saves an offer as PENDING. Nobody is told. It refuses with everything that is wrong at once, and with
// TAKEN where this tenant has an open invitation or a live reservation for this plan and unit.
func (s *Service) CreateInvitation(ctx context.Context, by Actor, d InvitationDraft) (*queries.Invitation, error) {
	var created *queries.Invitation
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		checked, err := s.checkDraft(ctx, tx, by, d)
		if err != nil {
			return err
		}
		created, err = s.insertInvitation(ctx, tx, by, checked)
		return err
	})
	if err != nil {
		return nil, refusal(err)
	}
	return created, nil
}

func (s *Service) insertInvitation(ctx context.Context, tx pgx.Tx, by Actor, c checkedDraft) (*queries.Invitation, error) {
	tenant := c.tenant
	if tenant == nil {
		var err error
		if tenant, err = s.q.TenantInsertOrGet(ctx, tx, c.newTenant); err != nil {
			return nil, fmt.Errorf("insert tenant: %w", err)
		}
	}
	draft := c.offer.Invitation
	if err := s.refuseSecondClaim(ctx, tx, tenant.ID, draft); err != nil {
		return nil, err
	}
	if err := s.linkTenant(ctx, tx, by, tenant.ID, c); err != nil {
		return nil, err
	}
	inv, err := s.q.InvitationInsert(ctx, tx, queries.InvitationInsertParams{
		ID: ids.New(), TenantID: tenant.ID, LocationID: c.offer.Plan.LocationID, PlanID: c.offer.Plan.ID, Unit: draft.Unit,
		Currency: c.offer.Plan.Currency, InsurancePlanID: draft.InsurancePlanID,
		CardPriceOverrideMinor: draft.CardPriceOverrideMinor, AchPriceOverrideMinor: draft.AchPriceOverrideMinor,
		AnchorDay: draft.AnchorDay, LinkExpiresAt: s.now().Add(s.LinkLife), CreatedBy: by.staffID(), Now: s.now(),
	})
	if err != nil {
		return nil, fmt.Errorf("insert invitation: %w", err)
	}
	return inv, s.record(ctx, tx, by, event{
		subject: queries.EventSubjectInvitation, id: inv.ID, location: inv.LocationID, action: "created", after: string(inv.Status)})
}

// linkTenant makes the tenant known at the plan's location. Who invites somebody of another location's learns nothing of the
// record: the location knows them by the name that was typed, here or, for a tenant chosen by id, where they were invited first.
func (s *Service) linkTenant(ctx context.Context, tx pgx.Tx, by Actor, tenant uuid.UUID, c checkedDraft) error {
	link := queries.TenantLocationInsertParams{TenantID: tenant, LocationID: c.offer.Plan.LocationID}
	if tenant != c.newTenant.ID {
		known, err := s.q.TenantListKnownAs(ctx, tx, queries.TenantListKnownAsParams{Ids: []uuid.UUID{tenant}, StaffID: by.staffID()})
		if err != nil {
			return fmt.Errorf("read how the tenant is known: %w", err)
		}
		byRecord := len(known) > 0 && known[0].KnownAs == nil
		switch {
		case !byRecord && c.tenant == nil:
			link.KnownAs = &c.newTenant.Name
		case len(known) > 0:
			link.KnownAs = known[0].KnownAs
		}
	}
	if err := s.q.TenantLocationInsert(ctx, tx, link); err != nil {
		return fmt.Errorf("insert tenant location: %w", err)
	}
	return nil
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

// checkDraft collects everything that is wrong with a draft.
func (s *Service) checkDraft(ctx context.Context, db queries.DBTX, by Actor, d InvitationDraft) (checkedDraft, error) {
	var r Refusals
	c := checkedDraft{offer: Offer{Invitation: &queries.Invitation{PlanID: d.PlanID, AnchorDay: d.AnchorDay, InsurancePlanID: d.InsurancePlanID}}}
	if d.AnchorDay < 1 || d.AnchorDay > 28 {
		r.add(CodeInvalid, "The billing anchor day must be 1 to 28, since every month has those days.", "anchorDay")
	}
	c.offer.Invitation.Unit = cleanText(&r, d.Unit, 60, "unit")
	if err := s.checkRecipient(ctx, db, by, d, &c, &r); err != nil {
		return c, err
	}
	if err := s.checkPlan(ctx, db, by, d, &c, &r); err != nil {
		return c, err
	}
	return c, r.err()
}

func (s *Service) checkRecipient(ctx context.Context, db queries.DBTX, by Actor, d InvitationDraft, c *checkedDraft, r *Refusals) error {
	switch {
	case (d.TenantID == nil) == (d.NewTenant == nil):
		r.add(CodeRequired, "Choose an existing tenant or enter a new one, one of the two.", "tenantId")
	case d.NewTenant != nil:
		c.newTenant = s.checkNewTenant(*d.NewTenant, r)
	default:
		tenant, err := found(s.q.TenantGetManaged(ctx, db, queries.TenantGetManagedParams{ID: *d.TenantID, StaffID: by.staffID()}))
		if err != nil {
			return fmt.Errorf("read tenant: %w", err)
		}
		if tenant == nil {
			r.add(CodeNotFound, "There is no such tenant at a location that you manage.", "tenantId")
		}
		c.tenant = tenant
	}
	return nil
}

func (s *Service) checkNewTenant(n NewTenant, r *Refusals) queries.TenantInsertOrGetParams {
	p := queries.TenantInsertOrGetParams{ID: ids.New(), Now: s.now(), Name: cleanText(r, n.Name, 120, "newTenant", "name")}
	if p.Name == "" {
		r.add(CodeRequired, "Enter the tenant's name.", "newTenant", "name")
	}
	email, err := ParseEmail(n.Email)
	if err != nil {
		r.add(CodeInvalid, err.Error(), "newTenant", "email")
	}
	p.Email = email
	if strings.TrimSpace(n.Phone) != "" {
		phone, err := ParsePhone(n.Phone)
		if err != nil {
			r.add(CodeInvalid, err.Error(), "newTenant", "phone")
		}
		p.Phone = &phone
	}
	return p
}

func (s *Service) checkPlan(ctx context.Context, db queries.DBTX, by Actor, d InvitationDraft, c *checkedDraft, r *Refusals) error {
	plan, err := found(s.q.PlanGetManaged(ctx, db, queries.PlanGetManagedParams{ID: d.PlanID, StaffID: by.staffID()}))
	if err != nil {
		return fmt.Errorf("read plan: %w", err)
	}
	switch {
	case plan == nil:
		r.add(CodeNotFound, "There is no such plan at a location that you manage.", "planId")
		return nil
	case plan.Cadence != queries.PlanCadenceMonthly:
		r.add(CodeInvalid, fmt.Sprintf("%q is paid by the hour. Choose a monthly plan.", plan.Name), "planId")
	case plan.ArchivedAt != nil:
		r.add(CodeInvalid, fmt.Sprintf("%q is no longer offered. Choose another plan.", plan.Name), "planId")
	}
	c.offer.Plan = plan
	c.offer.Invitation.CardPriceOverrideMinor = checkPrice(d.CardPrice, plan.Currency, r, "cardPrice")
	c.offer.Invitation.AchPriceOverrideMinor = checkPrice(d.AchPrice, plan.Currency, r, "achPrice")
	if d.AchPrice != nil && plan.Currency != "USD" {
		r.add(CodeInvalid, "Bank accounts are taken for USD only. Leave the bank account price empty.", "achPrice")
	}
	if c.offer.Location, err = s.q.LocationGet(ctx, db, plan.LocationID); err != nil {
		return fmt.Errorf("read location: %w", err)
	}
	return s.checkInsurance(ctx, db, d, c, r)
}

func (s *Service) checkInsurance(ctx context.Context, db queries.DBTX, d InvitationDraft, c *checkedDraft, r *Refusals) error {
	if d.InsurancePlanID == nil {
		return nil
	}
	insurance, err := found(s.q.InsurancePlanGetOffered(ctx, db, queries.InsurancePlanGetOfferedParams{
		ID: *d.InsurancePlanID, LocationID: c.offer.Plan.LocationID}))
	if err != nil {
		return fmt.Errorf("read insurance plan: %w", err)
	}
	if insurance == nil {
		r.add(CodeNotFound, "This insurance is not offered at the plan's location.", "insurancePlanId")
	}
	c.offer.Insurance = insurance
	return nil
}

// maxPriceMinor keeps a slip of the finger from becoming an offer: a hundred times the dearest plan that is in sight.
const maxPriceMinor = 10_000_000

func checkPrice(p *Price, currency string, r *Refusals, field string) *int64 {
	if p == nil {
		return nil
	}
	if !strings.EqualFold(p.Currency, currency) {
		r.add(CodeInvalid, fmt.Sprintf("The plan's currency is %s, so the price must be in %s.", currency, currency), field, "currency")
		return nil
	}
	m, err := money.Parse(p.Amount, currency)
	switch {
	case err != nil:
		r.add(CodeInvalid, "The price is not an amount: "+err.Error()+".", field, "amount")
	case m.Minor < 0:
		r.add(CodeInvalid, "The price must not be negative.", field, "amount")
	case m.Minor > maxPriceMinor:
		r.add(CodeInvalid, fmt.Sprintf("The price must be at most %s a month.", money.Money{Minor: maxPriceMinor, Currency: currency}), field, "amount")
	default:
		return &m.Minor
	}
	return nil
}

// ParseEmail answers an address in lower case, or an error that says what would be right.
func ParseEmail(raw string) (string, error) {
	raw = strings.TrimSpace(raw)
	addr, err := mail.ParseAddress(raw)
	domain := raw[strings.LastIndexByte(raw, '@')+1:]
	if err != nil || addr.Address != raw || len(raw) > 254 || !strings.Contains(domain, ".") || strings.HasPrefix(domain, "[") {
		return "", fmt.Errorf("%q is not an email address. Enter one like name@example.com", shorten(raw))
	}
	return strings.ToLower(raw), nil
}

// ParsePhone answers a number in E.164, or an error that says what would be right. The country code must be there: a guess
// would text a stranger.
func ParsePhone(raw string) (string, error) {
	wrong := fmt.Errorf("%q is not a phone number. Enter it with its country code, like +1 303 555 0123", shorten(raw))
	raw = strings.TrimSpace(raw)
	if !strings.HasPrefix(raw, "+") {
		return "", wrong
	}
	n, err := phonenumbers.Parse(raw, "ZZ")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", wrong
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// cleanText trims a line of text and refuses what cannot be one.
func cleanText(r *Refusals, raw string, most int, field ...string) string {
	text := strings.TrimSpace(raw)
	if utf8.RuneCountInString(text) > most {
		r.add(CodeInvalid, fmt.Sprintf("At most %d characters.", most), field...)
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		r.add(CodeInvalid, "Line breaks and control characters are not allowed here.", field...)
	}
	return text
}

func shorten(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}
