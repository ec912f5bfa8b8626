package demo

import (
	"context"
	"fmt"

	"carryover/migration"
	"carryover/queries"
)

// inviteAll makes the invitations of the script that are not there yet.
func (f *filling) inviteAll(ctx context.Context, scenes []scene) ([]*act, error) {
	acts := make([]*act, 0, len(scenes))
	for _, s := range scenes {
		acts = append(acts, &act{scene: s})
	}
	return acts, f.inParallel(ctx, acts, f.invite)
}

// invite is done by the location's contact, who manages it.
func (f *filling) invite(ctx context.Context, a *act) error {
	location, tenant := f.book.locations[a.Location], f.book.tenants[a.Tenant]
	if location == nil || tenant == nil || location.StaffContactID == nil {
		return fmt.Errorf("the demo's script names tenant %q at location %q, who is not there", a.Tenant, a.Location)
	}
	plan := f.book.plans[offered{location.ID, a.Plan}]
	if plan == nil {
		return fmt.Errorf("the demo's script names plan %q of location %q, which is not offered", a.Plan, a.Location)
	}
	a.inviter, a.tenant = migration.StaffActor(*location.StaffContactID, "demo"), tenant
	if a.inv = f.book.made[claimed{tenant.ID, plan.ID, a.Unit}]; a.inv != nil {
		return nil
	}
	draft := migration.InvitationDraft{
		TenantID: &tenant.ID, PlanID: plan.ID, Unit: a.Unit, AnchorDay: a.AnchorDay,
		CardPrice: price(a.CardPrice, plan), AchPrice: price(a.AchPrice, plan)}
	if a.Insurance != "" {
		insurance := f.book.insurance[a.Insurance]
		if insurance == nil {
			return fmt.Errorf("the demo's script names insurance %q, which is not offered", a.Insurance)
		}
		draft.InsurancePlanID = &insurance.ID
	}
	saved, err := f.rules.CreateInvitation(ctx, a.inviter, draft)
	if err != nil {
		return fmt.Errorf("invite %s: %w", a.Tenant, err)
	}
	a.inv = saved.Invitation
	return nil
}

// price is an override; empty follows the plan.
func price(amount string, p *queries.Plan) *migration.Price {
	if amount == "" {
		return nil
	}
	return &migration.Price{Amount: amount, Currency: p.Currency}
}
