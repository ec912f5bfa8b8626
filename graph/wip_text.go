package graph

import (
	"context"

	"carryover/queries"
)

func (r *deliveryResolver) Invitation(ctx context.Context, obj *queries.Delivery) (*queries.Invitation, error) {
	panic("not here yet")
}
func (r *deliveryResolver) ResolvedBy(ctx context.Context, obj *queries.Delivery) (*queries.Staff, error) {
	panic("not here yet")
}
func (r *deliveryResolver) CanResolve(ctx context.Context, obj *queries.Delivery) (bool, error) {
	panic("not here yet")
}
func (r *invitationResolver) EmailSkip(ctx context.Context, obj *queries.Invitation) (*string, error) {
	panic("not here yet")
}
func (r *invitationResolver) TextSkip(ctx context.Context, obj *queries.Invitation) (*string, error) {
	panic("not here yet")
}
func (r *mutationResolver) ResolveDelivery(ctx context.Context, input ResolveDeliveryInput) (*ResolveDeliveryPayload, error) {
	panic("not here yet")
}
func (r *queryResolver) Deliveries(ctx context.Context, first *int, after *string, filter *DeliveryFilter) (*DeliveryConnection, error) {
	panic("not here yet")
}
