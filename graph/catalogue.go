package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/money"
	"carryover/queries"
)

type (
	locationResolver      struct{ *Resolver }
	planResolver          struct{ *Resolver }
	insurancePlanResolver struct{ *Resolver }
)

func (r *locationResolver) ID(_ context.Context, obj *queries.Location) (string, error) {
	return nounLocation.id(obj.ID), nil
}

func (r *locationResolver) StaffContact(ctx context.Context, obj *queries.Location) (*queries.Staff, error) {
	return optional(ctx, from(ctx).staff, obj.StaffContactID)
}

func (r *planResolver) ID(_ context.Context, obj *queries.Plan) (string, error) {
	return nounPlan.id(obj.ID), nil
}

func (r *planResolver) Location(ctx context.Context, obj *queries.Plan) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
}

func (r *planResolver) CardPrice(_ context.Context, obj *queries.Plan) (*money.Money, error) {
	return &money.Money{Minor: obj.CardPriceMinor, Currency: obj.Currency}, nil
}

func (r *planResolver) AchPrice(_ context.Context, obj *queries.Plan) (*money.Money, error) {
	if obj.AchPriceMinor == nil {
		return nil, nil
	}
	return &money.Money{Minor: *obj.AchPriceMinor, Currency: obj.Currency}, nil
}

func (r *planResolver) IsOffered(_ context.Context, obj *queries.Plan) (bool, error) {
	return obj.ArchivedAt == nil, nil
}

func (r *insurancePlanResolver) ID(_ context.Context, obj *queries.InsurancePlan) (string, error) {
	return nounInsurance.id(obj.ID), nil
}

func (r *insurancePlanResolver) Price(_ context.Context, obj *queries.InsurancePlan) (*money.Money, error) {
	return &money.Money{Minor: obj.PriceMinor, Currency: obj.Currency}, nil
}

func (r *insurancePlanResolver) IsOffered(_ context.Context, obj *queries.InsurancePlan) (bool, error) {
	return obj.ArchivedAt == nil, nil
}

func (r *queryResolver) Locations(ctx context.Context, first *int, after *string) (*LocationConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.LocationListManaged(ctx, r.Pool, queries.LocationListManagedParams{
		StaffID: viewerID(ctx), AfterID: p.afterID(), AfterName: p.afterName(), RowLimit: p.rows()})
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(l *queries.Location) cursor { return cursor{ID: l.ID, Name: l.Name} })
	return &LocationConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Location) *LocationEdge { return &LocationEdge{Cursor: c, Node: n} })}, nil
}

func (r *queryResolver) Plans(ctx context.Context, first *int, after *string, locationID *string, search *string) (*PlanConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	text, err := searched(search)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.PlanListOffered(ctx, r.Pool, queries.PlanListOfferedParams{
		StaffID: viewerID(ctx), LocationID: only(nounLocation, locationID), Search: text, AfterID: p.afterID(), AfterName: p.afterName(), RowLimit: p.rows()})
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(l *queries.Plan) cursor { return cursor{ID: l.ID, Name: l.Name} })
	return &PlanConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Plan) *PlanEdge { return &PlanEdge{Cursor: c, Node: n} })}, nil
}

func (r *queryResolver) InsurancePlans(ctx context.Context, first *int, after *string, locationID *string) (*InsurancePlanConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.InsurancePlanListOffered(ctx, r.Pool, queries.InsurancePlanListOfferedParams{
		StaffID: viewerID(ctx), LocationID: only(nounLocation, locationID), AfterID: p.afterID(), AfterName: p.afterName(), RowLimit: p.rows()})
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(l *queries.InsurancePlan) cursor { return cursor{ID: l.ID, Name: l.Name} })
	return &InsurancePlanConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.InsurancePlan) *InsurancePlanEdge {
			return &InsurancePlanEdge{Cursor: c, Node: n}
		})}, nil
}

// only narrows a list to one thing; an id that is none narrows it to nothing, like any id that the caller may not see.
func only(n noun, id *string) *uuid.UUID {
	if id == nil {
		return nil
	}
	u, _ := n.parse(*id)
	return &u
}

// onlyAny narrows a list to any of several; no ids narrow nothing.
func onlyAny(n noun, ids []string) []uuid.UUID {
	out := make([]uuid.UUID, len(ids))
	for i, id := range ids {
		out[i], _ = n.parse(id)
	}
	return out
}

func (r *Resolver) location(ctx context.Context, id uuid.UUID) (*queries.Location, error) {
	managed, err := r.q.StaffManagesLocation(ctx, r.Pool, queries.StaffManagesLocationParams{StaffID: viewerID(ctx), LocationID: id})
	if err != nil || !managed {
		return nil, err
	}
	return found(r.q.LocationGet(ctx, r.Pool, id))
}

func (r *Resolver) plan(ctx context.Context, id uuid.UUID) (*queries.Plan, error) {
	return found(r.q.PlanGetManaged(ctx, r.Pool, queries.PlanGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *Resolver) insurancePlan(ctx context.Context, id uuid.UUID) (*queries.InsurancePlan, error) {
	return found(r.q.InsurancePlanGetManaged(ctx, r.Pool, queries.InsurancePlanGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}
