package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/queries"
)

type tenantResolver struct{ *Resolver }

func (r *tenantResolver) ID(_ context.Context, obj *queries.Tenant) (string, error) {
	return nounTenant.id(obj.ID), nil
}

func (r *queryResolver) Tenants(ctx context.Context, first *int, after *string, email *string) (*TenantConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.TenantListManaged(ctx, r.Pool, queries.TenantListManagedParams{
		StaffID: viewerID(ctx), Email: email, AfterID: p.afterID(), RowLimit: p.rows()})
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(t *queries.Tenant) cursor { return cursor{ID: t.ID} })
	return &TenantConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Tenant) *TenantEdge { return &TenantEdge{Cursor: c, Node: n} })}, nil
}

func (r *Resolver) tenant(ctx context.Context, id uuid.UUID) (*queries.Tenant, error) {
	return found(r.q.TenantGetManaged(ctx, r.Pool, queries.TenantGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}
