package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"carryover/queries"
)

type tenantResolver struct{ *Resolver }

func (r *tenantResolver) ID(_ context.Context, obj *queries.Tenant) (string, error) {
	return nounTenant.id(obj.ID), nil
}

// Name is the record's only for whom a managed location knows by the record; so are the phone with its consent, the language and
// the activation. Others see what their location typed.
func (r *tenantResolver) Name(ctx context.Context, obj *queries.Tenant) (string, error) {
	known, err := from(ctx).knownAs.Load(ctx, obj.ID)
	if err != nil {
		return "", err
	}
	if known.KnownAs != nil {
		return *known.KnownAs, nil
	}
	return obj.Name, nil
}

func (r *tenantResolver) Phone(ctx context.Context, obj *queries.Tenant) (*string, error) {
	known, err := from(ctx).knownAs.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	if known.KnownAs == nil {
		return obj.Phone, nil
	}
	return known.KnownPhone, nil
}

func (r *tenantResolver) PhoneConsentAt(ctx context.Context, obj *queries.Tenant) (*time.Time, error) {
	known, err := from(ctx).knownAs.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	if known.KnownAs == nil {
		return obj.PhoneConsentAt, nil
	}
	return known.KnownPhoneConsentAt, nil
}

func (r *tenantResolver) PhoneConsentSource(ctx context.Context, obj *queries.Tenant) (string, error) {
	known, err := from(ctx).knownAs.Load(ctx, obj.ID)
	if err != nil {
		return "", err
	}
	if known.KnownAs == nil {
		return orBlank(obj.PhoneConsentSource), nil
	}
	return orBlank(known.KnownPhoneConsentSource), nil
}

func (r *tenantResolver) ActivatedAt(ctx context.Context, obj *queries.Tenant) (*time.Time, error) {
	return ofRecord(ctx, obj.ID, obj.ActivatedAt)
}

func (r *tenantResolver) Language(ctx context.Context, obj *queries.Tenant) (*queries.MessageLanguage, error) {
	return ofRecord(ctx, obj.ID, obj.Language)
}

// ofRecord answers nil to a viewer who knows the tenant only by a name that was typed.
func ofRecord[T any](ctx context.Context, tenant uuid.UUID, value *T) (*T, error) {
	known, err := from(ctx).knownAs.Load(ctx, tenant)
	if err != nil || known.KnownAs != nil {
		return nil, err
	}
	return value, nil
}

func (r *queryResolver) Tenants(ctx context.Context, first *int, after *string, _ *string, email *string) (*TenantConnection, error) {
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
