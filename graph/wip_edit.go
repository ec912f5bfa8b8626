package graph

import (
	"context"
	"time"

	"carryover/money"
	"carryover/queries"
)

type invitationRevisionResolver struct{ *Resolver }

func (r *invitationResolver) Revisions(ctx context.Context, obj *queries.Invitation) ([]*queries.InvitationRevision, error) {
	panic("not here yet")
}
func (r *invitationResolver) CanEdit(ctx context.Context, obj *queries.Invitation) (bool, error) {
	panic("not here yet")
}
func (r *invitationResolver) CanDelete(ctx context.Context, obj *queries.Invitation) (bool, error) {
	panic("not here yet")
}
func (r *invitationResolver) CanRevoke(ctx context.Context, obj *queries.Invitation) (bool, error) {
	panic("not here yet")
}
func (r *invitationRevisionResolver) Plan(ctx context.Context, obj *queries.InvitationRevision) (*queries.Plan, error) {
	panic("not here yet")
}
func (r *invitationRevisionResolver) InsurancePlan(ctx context.Context, obj *queries.InvitationRevision) (*queries.InsurancePlan, error) {
	panic("not here yet")
}
func (r *invitationRevisionResolver) CardPrice(ctx context.Context, obj *queries.InvitationRevision) (*money.Money, error) {
	panic("not here yet")
}
func (r *invitationRevisionResolver) AchPrice(ctx context.Context, obj *queries.InvitationRevision) (*money.Money, error) {
	panic("not here yet")
}
func (r *invitationRevisionResolver) ChangedBy(ctx context.Context, obj *queries.InvitationRevision) (*queries.Staff, error) {
	panic("not here yet")
}
func (r *mutationResolver) UpdateInvitation(ctx context.Context, input UpdateInvitationInput) (*UpdateInvitationPayload, error) {
	panic("not here yet")
}
func (r *mutationResolver) DeleteInvitation(ctx context.Context, input DeleteInvitationInput) (*DeleteInvitationPayload, error) {
	panic("not here yet")
}
func (r *mutationResolver) RevokeInvitation(ctx context.Context, input RevokeInvitationInput) (*RevokeInvitationPayload, error) {
	panic("not here yet")
}
func (r *mutationResolver) RenewInvitationLink(ctx context.Context, input RenewInvitationLinkInput) (*RenewInvitationLinkPayload, error) {
	panic("not here yet")
}
func (r *mutationResolver) CopyInvitationLink(ctx context.Context, input CopyInvitationLinkInput) (*CopyInvitationLinkPayload, error) {
	panic("not here yet")
}
func (r *mutationResolver) UpdateTenant(ctx context.Context, input UpdateTenantInput) (*UpdateTenantPayload, error) {
	panic("not here yet")
}
func (r *tenantResolver) PhoneConsentAt(ctx context.Context, obj *queries.Tenant) (*time.Time, error) {
	panic("not here yet")
}
func (r *tenantResolver) PhoneConsentSource(ctx context.Context, obj *queries.Tenant) (string, error) {
	panic("not here yet")
}
