package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/queries"
)

type textReplyResolver struct{ *Resolver }

func (r *mutationResolver) HandleTextReply(ctx context.Context, input HandleTextReplyInput) (*HandleTextReplyPayload, error) {
	u, _ := nounTextReply.parse(input.ID)
	row, err := r.Migration.HandleTextReply(ctx, Actor(ctx), u)
	refusals, err := userErrors(err)
	return &HandleTextReplyPayload{Reply: row, UserErrors: refusals}, err
}

func (r *queryResolver) TextReplies(ctx context.Context, first *int, after *string, handled *bool, kinds []queries.TextReplyKind) (*TextReplyConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	rows, err := r.q.TextReplyListVisible(ctx, r.Pool, queries.TextReplyListVisibleParams{
		StaffID: viewerID(ctx), Handled: handled, Kinds: words(kinds), AfterID: p.afterID(), RowLimit: p.rows()})
	if err != nil {
		return nil, err
	}
	shown := make([]*queries.TextReply, len(rows))
	for i, row := range rows {
		shown[i] = migration.ShownReply(&row.TextReply, row.Told)
	}
	list := cut(p, shown, func(t *queries.TextReply) cursor { return cursor{ID: t.ID} })
	return &TextReplyConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.TextReply) *TextReplyEdge { return &TextReplyEdge{Cursor: c, Node: n} })}, nil
}

func (r *Resolver) textReply(ctx context.Context, id uuid.UUID) (*queries.TextReply, error) {
	row, err := found(r.q.TextReplyGetVisible(ctx, r.Pool, queries.TextReplyGetVisibleParams{ID: id, StaffID: viewerID(ctx)}))
	if row == nil || err != nil {
		return nil, err
	}
	return migration.ShownReply(&row.TextReply, row.Told), nil
}

func (r *textReplyResolver) ID(_ context.Context, obj *queries.TextReply) (string, error) {
	return nounTextReply.id(obj.ID), nil
}

func (r *textReplyResolver) Tenants(ctx context.Context, obj *queries.TextReply) ([]*queries.Tenant, error) {
	return from(ctx).repliers.Load(ctx, obj.ID)
}

func (r *textReplyResolver) HandledBy(ctx context.Context, obj *queries.TextReply) (*queries.Staff, error) {
	return optional(ctx, from(ctx).staff, obj.HandledBy)
}
