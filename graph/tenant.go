package graph

import (
	"context"
	"fmt"
	"sync"
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

// Tenants are looked for in the caller's own locations, which a statement that is planned with them finds few by; the bound stands in
// the statement all the same.
func (r *queryResolver) Tenants(ctx context.Context, first *int, after *string, search *string, email *string) (*TenantConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	match, err := r.matchTenants(ctx, search, email)
	if err != nil {
		return nil, err
	}
	match.AfterID, match.AfterName, match.RowLimit = p.afterID(), p.afterName(), int(p.rows())
	rows, err := r.q.TenantListByName(ctx, r.Lists, match)
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(t *queries.TenantListByNameRow) cursor { return cursor{ID: t.Tenant.ID, Name: t.NameKey} })
	c := &TenantConnection{PageInfo: list.info, Nodes: make([]*queries.Tenant, len(list.nodes)), Edges: make([]*TenantEdge, len(list.nodes))}
	for i, row := range list.nodes {
		c.Nodes[i], c.Edges[i] = &row.Tenant, &TenantEdge{Cursor: list.cursors[i], Node: &row.Tenant}
	}
	c.count = sync.OnceValues(func() (int, error) {
		return r.q.TenantCount(ctx, r.Lists, queries.TenantCountParams{StaffID: match.StaffID, LocationIds: match.LocationIds,
			Words: match.Words, Email: match.Email, Most: maxCount + 1})
	})
	return c, nil
}

func (r *Resolver) matchTenants(ctx context.Context, search, email *string) (p queries.TenantListByNameParams, err error) {
	p = queries.TenantListByNameParams{StaffID: viewerID(ctx), LocationIds: []uuid.UUID{}, Words: []string{}, Email: email}
	if err := notLong(email, "email"); err != nil {
		return p, err
	}
	text, err := searched(search)
	if err != nil {
		return p, err
	}
	if text != "" {
		if p.Words, err = r.q.SearchWords(ctx, r.Pool, text); err != nil {
			return p, fmt.Errorf("read the words of a search: %w", err)
		}
	}
	if managesEverything(ctx) {
		return p, nil
	}
	if p.LocationIds, err = r.q.StaffListLocations(ctx, r.Pool, p.StaffID); err != nil {
		return p, fmt.Errorf("read which locations are managed: %w", err)
	}
	if len(p.LocationIds) == 0 {
		p.LocationIds = []uuid.UUID{uuid.Nil}
	}
	return p, nil
}

// TenantConnection is a page of a list, with its count where that is asked for.
type TenantConnection struct {
	counted
	Nodes    []*queries.Tenant
	Edges    []*TenantEdge
	PageInfo *PageInfo
}

func (r *Resolver) tenant(ctx context.Context, id uuid.UUID) (*queries.Tenant, error) {
	return found(r.q.TenantGetManaged(ctx, r.Pool, queries.TenantGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}
