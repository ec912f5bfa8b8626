package graph

import (
	"context"

	"carryover/queries"
)

type suppressionResolver struct{ *Resolver }
type textReplyResolver struct{ *Resolver }

func (r *mutationResolver) Suppress(ctx context.Context, input SuppressInput) (*SuppressPayload, error) {
	panic("not here yet")
}
func (r *mutationResolver) Unsuppress(ctx context.Context, input UnsuppressInput) (*UnsuppressPayload, error) {
	panic("not here yet")
}
func (r *mutationResolver) HandleTextReply(ctx context.Context, input HandleTextReplyInput) (*HandleTextReplyPayload, error) {
	panic("not here yet")
}
func (r *queryResolver) Suppressions(ctx context.Context, first *int, after *string, channel *queries.MessageChannel, address *string) (*SuppressionConnection, error) {
	panic("not here yet")
}
func (r *queryResolver) TextReplies(ctx context.Context, first *int, after *string, handled *bool, kinds []queries.TextReplyKind) (*TextReplyConnection, error) {
	panic("not here yet")
}
func (r *suppressionResolver) ID(ctx context.Context, obj *queries.Suppression) (string, error) {
	panic("not here yet")
}
func (r *suppressionResolver) CreatedBy(ctx context.Context, obj *queries.Suppression) (*queries.Staff, error) {
	panic("not here yet")
}
func (r *suppressionResolver) CanLift(ctx context.Context, obj *queries.Suppression) (bool, error) {
	panic("not here yet")
}
func (r *tenantResolver) Suppressions(ctx context.Context, obj *queries.Tenant) ([]*queries.Suppression, error) {
	panic("not here yet")
}
func (r *textReplyResolver) ID(ctx context.Context, obj *queries.TextReply) (string, error) {
	panic("not here yet")
}
func (r *textReplyResolver) Tenants(ctx context.Context, obj *queries.TextReply) ([]*queries.Tenant, error) {
	panic("not here yet")
}
func (r *textReplyResolver) HandledBy(ctx context.Context, obj *queries.TextReply) (*queries.Staff, error) {
	panic("not here yet")
}
