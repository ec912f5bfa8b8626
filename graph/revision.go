package graph

import (
	"context"

	"carryover/money"
	"carryover/queries"
)

type invitationRevisionResolver struct{ *Resolver }

func (r *invitationResolver) Revisions(ctx context.Context, obj *queries.Invitation) ([]*queries.InvitationRevision, error) {
	if obj.Revision == 1 {
		return []*queries.InvitationRevision{}, nil
	}
	return from(ctx).revisions.Load(ctx, obj.ID)
}

func (r *invitationRevisionResolver) Plan(ctx context.Context, obj *queries.InvitationRevision) (*queries.Plan, error) {
	return from(ctx).plans.Load(ctx, obj.PlanID)
}

func (r *invitationRevisionResolver) InsurancePlan(ctx context.Context, obj *queries.InvitationRevision) (*queries.InsurancePlan, error) {
	return optional(ctx, from(ctx).insurance, obj.InsurancePlanID)
}

func (r *invitationRevisionResolver) CardPrice(_ context.Context, obj *queries.InvitationRevision) (*money.Money, error) {
	return &money.Money{Minor: obj.CardPriceMinor, Currency: obj.Currency}, nil
}

func (r *invitationRevisionResolver) AchPrice(_ context.Context, obj *queries.InvitationRevision) (*money.Money, error) {
	if obj.AchPriceMinor == nil {
		return nil, nil
	}
	return &money.Money{Minor: *obj.AchPriceMinor, Currency: obj.Currency}, nil
}

func (r *invitationRevisionResolver) ChangedBy(ctx context.Context, obj *queries.InvitationRevision) (*queries.Staff, error) {
	return from(ctx).staff.Load(ctx, obj.ChangedBy)
}
