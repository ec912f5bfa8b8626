package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/access"
	"carryover/queries"
)

type signInResolver struct{ *Resolver }

// ownOr is whose things a list is of: the viewer's own where nobody is named. Whether they may be looked at, package access says.
func ownOr(v *access.Viewer, staffID *string) uuid.UUID {
	if staffID == nil {
		return v.Staff.ID
	}
	id, _ := nounStaff.parse(*staffID)
	return id
}

func (r *queryResolver) SignIns(ctx context.Context, first *int, after *string, staffID *string) (*SignInConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	v := access.From(ctx).Viewer
	rows, err := r.Access.SignIns(ctx, v, ownOr(v, staffID), p.afterID(), int(p.rows()))
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(s *queries.SignIn) cursor { return cursor{ID: s.ID} })
	return &SignInConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.SignIn) *SignInEdge { return &SignInEdge{Cursor: c, Node: n} })}, nil
}

func (r *mutationResolver) RevokeSignIn(ctx context.Context, input RevokeSignInInput) (*RevokeSignInPayload, error) {
	id, _ := nounSignIn.parse(input.ID)
	refusals, err := userErrors(r.Access.RevokeSignIn(ctx, access.From(ctx).Viewer, Actor(ctx), id))
	return &RevokeSignInPayload{UserErrors: refusals}, err
}

func (r *mutationResolver) RevokeOtherSignIns(ctx context.Context) (*RevokeOtherSignInsPayload, error) {
	n, err := r.Access.RevokeOtherSignIns(ctx, access.From(ctx).Viewer, Actor(ctx))
	refusals, err := userErrors(err)
	return &RevokeOtherSignInsPayload{Count: n, UserErrors: refusals}, err
}

func (r *signInResolver) ID(_ context.Context, obj *queries.SignIn) (string, error) {
	return nounSignIn.id(obj.ID), nil
}

func (r *signInResolver) IP(_ context.Context, obj *queries.SignIn) (*string, error) {
	if obj.Ip == nil {
		return nil, nil
	}
	ip := obj.Ip.String()
	return &ip, nil
}

func (r *signInResolver) Current(ctx context.Context, obj *queries.SignIn) (bool, error) {
	return access.From(ctx).Viewer.IsCurrent(obj), nil
}
