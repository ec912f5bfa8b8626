package graph

import (
	"context"
	"sync"

	"carryover/migration"
	"carryover/queries"
)

type deliveryResolver struct{ *Resolver }

func (r *queryResolver) Deliveries(ctx context.Context, first *int, after *string, filter *DeliveryFilter) (*DeliveryConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &DeliveryFilter{}
	}
	match := queries.DeliveryListManagedParams{
		StaffID: viewerID(ctx), Statuses: words(filter.Statuses), Channel: filter.Channel, Purposes: words(filter.Purposes),
		LocationIds: onlyAny(nounLocation, filter.LocationIds), AfterID: p.afterID(), RowLimit: p.rows()}
	rows, err := r.q.DeliveryListManaged(ctx, r.Pool, match)
	if err != nil {
		return nil, err
	}
	count := sync.OnceValues(func() (int, error) {
		return r.q.DeliveryCountManaged(ctx, r.Lists, queries.DeliveryCountManagedParams{StaffID: match.StaffID, Statuses: match.Statuses,
			Channel: match.Channel, Purposes: match.Purposes, LocationIds: match.LocationIds, Most: maxCount + 1})
	})
	list := cut(p, rows, func(d *queries.Delivery) cursor { return cursor{ID: d.ID} })
	return &DeliveryConnection{counted: counted{count}, Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Delivery) *DeliveryEdge { return &DeliveryEdge{Cursor: c, Node: n} })}, nil
}

// DeliveryConnection is a page of a list, with its count where that is asked for.
type DeliveryConnection struct {
	counted
	Nodes    []*queries.Delivery
	Edges    []*DeliveryEdge
	PageInfo *PageInfo
}

func (r *mutationResolver) ResolveDelivery(ctx context.Context, input ResolveDeliveryInput) (*ResolveDeliveryPayload, error) {
	id, _ := nounDelivery.parse(input.ID)
	d, err := r.Migration.ResolveDelivery(ctx, Actor(ctx), migration.Resolution{DeliveryID: id, Sent: input.Sent, Note: input.Note})
	refusals, err := userErrors(err)
	return &ResolveDeliveryPayload{Delivery: d, UserErrors: refusals}, err
}

func (r *deliveryResolver) ID(_ context.Context, obj *queries.Delivery) (string, error) {
	return nounDelivery.id(obj.ID), nil
}

func (r *deliveryResolver) Invitation(ctx context.Context, obj *queries.Delivery) (*queries.Invitation, error) {
	return optional(ctx, from(ctx).invitations, obj.InvitationID)
}

func (r *deliveryResolver) ResolvedBy(ctx context.Context, obj *queries.Delivery) (*queries.Staff, error) {
	return optional(ctx, from(ctx).staff, obj.ResolvedBy)
}

func (r *deliveryResolver) CanResolve(_ context.Context, obj *queries.Delivery) (bool, error) {
	return r.Migration.CanResolve(obj), nil
}

// EmailSkip and TextSkip come of one statement for all invitations of a page.
func (r *invitationResolver) EmailSkip(ctx context.Context, obj *queries.Invitation) (*string, error) {
	skips, err := from(ctx).skips.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	return unlessEmpty(skips.EmailSkip), nil
}

// TextSkip is beside it.
func (r *invitationResolver) TextSkip(ctx context.Context, obj *queries.Invitation) (*string, error) {
	skips, err := from(ctx).skips.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	return unlessEmpty(skips.TextSkip), nil
}

func unlessEmpty(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
