package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

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
	// LegacyMembershipID is the old membership that it takes over, of a new one: it lends its billing day, 29 to 31 too, and its next bill.
	LegacyMembershipID *uuid.UUID
}

// NewTenant is a person who is not known yet.
type NewTenant struct {
	Name, Email, Phone string
	Consent            *PhoneConsent
}

// Price is a decimal amount with its currency, as typed.
type Price struct{ Amount, Currency string }

// checkedDraft is a draft in which nothing is wrong.
type checkedDraft struct {
	offer     Offer           // its invitation is not stored yet
	tenant    *queries.Tenant // nil where somebody new was typed
	chosen    bool            // the tenant was, by this draft
	newTenant queries.TenantInsertOrGetParams
}

// checkDraft collects everything that is wrong with a draft. was is the invitation that it would change, nil for a new one: it
// keeps its recipient where none is given, and a billing day that it has from a legacy membership.
func (s *Service) checkDraft(ctx context.Context, db queries.DBTX, by Actor, d InvitationDraft, was *queries.Invitation) (checkedDraft, error) {
	var r Refusals
	c := checkedDraft{offer: Offer{Invitation: &queries.Invitation{PlanID: d.PlanID, AnchorDay: d.AnchorDay, InsurancePlanID: d.InsurancePlanID}}}
	old, err := s.draftedFrom(ctx, db, by, d, &r)
	if err != nil {
		return c, err
	}
	carried := (was != nil && d.AnchorDay == was.AnchorDay) || (old != nil && d.AnchorDay == carriedDay(old))
	if (d.AnchorDay < 1 || d.AnchorDay > 28) && !carried {
		r.add(CodeInvalid, "The billing anchor day must be 1 to 28, since every month has those days.", "anchorDay")
	}
	c.offer.Invitation.Unit = cleanText(&r, d.Unit, 60, "unit")
	if err := s.checkRecipient(ctx, db, by, d, was, &c, &r); err != nil {
		return c, err
	}
	if err := s.checkPlan(ctx, db, by, d, &c, &r); err != nil {
		return c, err
	}
	if err := s.carryOver(&c, old, &r); err != nil {
		return c, err
	}
	return c, r.err()
}

// draftedFrom is the old membership that a draft names, held until the transaction ends, if it can be taken over.
func (s *Service) draftedFrom(ctx context.Context, db queries.DBTX, by Actor, d InvitationDraft, r *Refusals) (*queries.LegacyMembership, error) {
	if d.LegacyMembershipID == nil {
		return nil, nil
	}
	l, err := found(s.q.LegacyMembershipLockManaged(ctx, db, queries.LegacyMembershipLockManagedParams{ID: *d.LegacyMembershipID, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("lock legacy membership: %w", err)
	}
	if l == nil {
		r.add(CodeNotFound, "There is no such legacy membership at a location that you manage.", "legacyMembershipId")
		return nil, nil
	}
	taken, err := s.q.LegacyMembershipTakenUp(ctx, db, &l.ID)
	if err != nil {
		return nil, fmt.Errorf("look who carries a legacy membership over: %w", err)
	}
	switch {
	case taken.Migrated:
		r.add(CodeTaken, "This legacy membership has been migrated.", "legacyMembershipId")
	case taken.Invited:
		r.add(CodeTaken, "There is an open invitation for this legacy membership. Edit or revoke that one.", "legacyMembershipId")
	case l.State == queries.LegacyStateCancelled, l.State == queries.LegacyStateRecorded:
		r.add(CodeWrongState, "This legacy membership was cancelled in the old system. Invite its owner without it.", "legacyMembershipId")
	}
	return l, nil
}

// carriedDay is the day of the month on which the old system bills; 0 where the list does not say.
func carriedDay(l *queries.LegacyMembership) int {
	switch {
	case l.BillingDay != nil:
		return *l.BillingDay
	case l.NextBillingOn != nil:
		return l.NextBillingOn.Day
	}
	return 0
}

// carryOver gives an offer its old membership, and the old system's next bill where the offer bills on that day.
func (s *Service) carryOver(c *checkedDraft, old *queries.LegacyMembership, r *Refusals) error {
	if old == nil || c.offer.Location == nil {
		return nil
	}
	if old.LocationID != c.offer.Location.ID {
		r.add(CodeInvalid, "The legacy membership is of another location than the plan.", "legacyMembershipId")
		return nil
	}
	inv := c.offer.Invitation
	first, err := s.firstBillOf(old, c.offer.Location, inv.AnchorDay)
	if refusals, refused := RefusalsIn(err); refused {
		r.add(CodeInvalid, refusals[0].Message, "legacyMembershipId")
		return nil
	}
	inv.LegacyMembershipID, inv.FirstBillOn = &old.ID, first
	return err
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
