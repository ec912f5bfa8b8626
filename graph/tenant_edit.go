package graph

import (
	"context"

	"carryover/migration"
)

func (r *mutationResolver) UpdateTenant(ctx context.Context, in UpdateTenantInput) (*UpdateTenantPayload, error) {
	id, _ := nounTenant.parse(in.ID)
	saved, err := r.Migration.UpdateTenant(ctx, Actor(ctx), migration.TenantEdit{
		ID: id, Name: in.Name, Email: in.Email, Phone: in.Phone, Consent: consent(in.PhoneConsent), Language: in.Language})
	from(ctx).knownAs.Clear(id)
	from(ctx).tenants.Clear(id)
	refusals, err := userErrors(err)
	return &UpdateTenantPayload{Tenant: saved.Tenant, Warnings: warnings(saved.Warnings), UserErrors: refusals}, err
}
