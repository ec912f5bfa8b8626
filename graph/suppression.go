package graph

import (
	"context"
	"strings"
	"sync"

	"github.com/google/uuid"

	"carryover/access"
	"carryover/migration"
	"carryover/queries"
)

type suppressionResolver struct{ *Resolver }

func (r *mutationResolver) Suppress(ctx context.Context, input SuppressInput) (*SuppressPayload, error) {
	req := migration.SuppressRequest{Email: input.Email, Phone: input.Phone, TenantID: only(nounTenant, input.TenantID), Scope: input.Scope}
	if input.Note != nil {
		req.Note = *input.Note
	}
	put, err := r.Migration.Suppress(ctx, Actor(ctx), req)
	refusals, err := userErrors(err)
	if put == nil {
		put = []*queries.Suppression{}
	}
	return &SuppressPayload{Suppressions: put, UserErrors: refusals}, err
}

func (r *mutationResolver) Unsuppress(ctx context.Context, input UnsuppressInput) (*UnsuppressPayload, error) {
	u, _ := nounSuppression.parse(input.ID)
	refusals, err := userErrors(r.Migration.Unsuppress(ctx, Actor(ctx), u))
	return &UnsuppressPayload{UserErrors: refusals}, err
}

func (r *queryResolver) Suppressions(ctx context.Context, first *int, after *string, channel *queries.MessageChannel, address *string) (*SuppressionConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if err := notLong(address, "address"); err != nil {
		return nil, err
	}
	match := queries.SuppressionListVisibleParams{
		StaffID: viewerID(ctx), Channel: channel, Address: asListed(address), AfterID: p.afterID(), RowLimit: p.rows()}
	rows, err := r.q.SuppressionListVisible(ctx, r.Pool, match)
	if err != nil {
		return nil, err
	}
	shown := make([]*queries.Suppression, len(rows))
	for i, row := range rows {
		shown[i] = migration.ShownSuppression(&row.Suppression, row.Told)
	}
	list := cut(p, shown, func(s *queries.Suppression) cursor { return cursor{ID: s.ID} })
	count := sync.OnceValues(func() (int, error) {
		return r.q.SuppressionCountVisible(ctx, r.Lists, queries.SuppressionCountVisibleParams{
			StaffID: match.StaffID, Channel: match.Channel, Address: match.Address, Most: maxCount + 1})
	})
	return &SuppressionConnection{counted: counted{count}, Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Suppression) *SuppressionEdge { return &SuppressionEdge{Cursor: c, Node: n} })}, nil
}

// SuppressionConnection is a page of a list, with its count where that is asked for.
type SuppressionConnection struct {
	counted
	Nodes    []*queries.Suppression
	Edges    []*SuppressionEdge
	PageInfo *PageInfo
}

// asListed writes an address as the list has it, however it was typed.
func asListed(address *string) *string {
	if address == nil {
		return nil
	}
	listed := strings.ToLower(strings.TrimSpace(*address))
	if phone, err := migration.ParsePhone(listed); err == nil {
		listed = phone
	}
	return &listed
}

func (r *Resolver) suppression(ctx context.Context, id uuid.UUID) (*queries.Suppression, error) {
	row, err := found(r.q.SuppressionGetVisible(ctx, r.Pool, queries.SuppressionGetVisibleParams{ID: id, StaffID: viewerID(ctx)}))
	if row == nil || err != nil {
		return nil, err
	}
	return migration.ShownSuppression(&row.Suppression, row.Told), nil
}

func (r *tenantResolver) Suppressions(ctx context.Context, obj *queries.Tenant) ([]*queries.Suppression, error) {
	return from(ctx).suppressions.Load(ctx, obj.ID)
}

func (r *suppressionResolver) ID(_ context.Context, obj *queries.Suppression) (string, error) {
	return nounSuppression.id(obj.ID), nil
}

func (r *suppressionResolver) CreatedBy(ctx context.Context, obj *queries.Suppression) (*queries.Staff, error) {
	return optional(ctx, from(ctx).staff, obj.StaffID)
}

func (r *suppressionResolver) CanLift(ctx context.Context, obj *queries.Suppression) (bool, error) {
	v := access.From(ctx).Viewer
	return v != nil && migration.CanLift(v.Staff, obj), nil
}
