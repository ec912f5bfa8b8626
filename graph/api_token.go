package graph

import (
	"context"

	"carryover/access"
	"carryover/queries"
)

type apiTokenResolver struct{ *Resolver }

func (r *queryResolver) APITokens(ctx context.Context, first *int, after *string, staffID *string) (*APITokenConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	v := access.From(ctx).Viewer
	rows, err := r.Access.APITokens(ctx, v, ownOr(v, staffID), p.afterID(), int(p.rows()))
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(t *queries.ApiToken) cursor { return cursor{ID: t.ID} })
	return &APITokenConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.ApiToken) *APITokenEdge { return &APITokenEdge{Cursor: c, Node: n} })}, nil
}

func (r *mutationResolver) CreateAPIToken(ctx context.Context, input CreateAPITokenInput) (*CreateAPITokenPayload, error) {
	row, token, err := r.Access.CreateAPIToken(ctx, access.From(ctx).Viewer, Actor(ctx), access.NewAPIToken{Name: input.Name, Scope: input.Scope,
		Locations: onlyAny(nounLocation, input.LocationIds), ExpiresAt: input.ExpiresAt})
	refusals, err := userErrors(err)
	if row == nil || err != nil {
		return &CreateAPITokenPayload{UserErrors: refusals}, err
	}
	return &CreateAPITokenPayload{Token: &token, APIToken: row, UserErrors: noErrors}, nil
}

func (r *mutationResolver) RevokeAPIToken(ctx context.Context, input RevokeAPITokenInput) (*RevokeAPITokenPayload, error) {
	id, _ := nounToken.parse(input.ID)
	refusals, err := userErrors(r.Access.RevokeAPIToken(ctx, access.From(ctx).Viewer, Actor(ctx), id))
	return &RevokeAPITokenPayload{UserErrors: refusals}, err
}

func (r *apiTokenResolver) ID(_ context.Context, obj *queries.ApiToken) (string, error) {
	return nounToken.id(obj.ID), nil
}

func (r *apiTokenResolver) Locations(ctx context.Context, obj *queries.ApiToken) ([]*queries.Location, error) {
	rows, err := r.q.ApiTokenListLocations(ctx, r.Pool, obj.ID)
	return append([]*queries.Location{}, rows...), err
}
