package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/queries"
)

type (
	batchResolver        struct{ *Resolver }
	batchOutcomeResolver struct{ *Resolver }
	deliveryResolver     struct{ *Resolver }
)

func (r *mutationResolver) SendInvitations(ctx context.Context, input SendInvitationsInput) (*SendInvitationsPayload, error) {
	batch, err := r.Migration.SendInvitations(ctx, actor(ctx), migration.SendRequest{
		Channel: input.Channel, IDs: onlyAny(nounInvitation, input.Ids), ExpectedCount: input.ExpectedCount, ClientKey: input.ClientKey})
	refusals, err := userErrors(err)
	if len(refusals) > 0 {
		batch = nil
	}
	return &SendInvitationsPayload{Batch: batch, UserErrors: refusals}, err
}

func (r *queryResolver) Batch(ctx context.Context, id string) (*queries.Batch, error) {
	u, _ := nounBatch.parse(id)
	return r.batch(ctx, u)
}

func (r *Resolver) batch(ctx context.Context, id uuid.UUID) (*queries.Batch, error) {
	return found(r.q.BatchGetVisible(ctx, r.Pool, queries.BatchGetVisibleParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *batchResolver) ID(_ context.Context, obj *queries.Batch) (string, error) {
	return nounBatch.id(obj.ID), nil
}

// count reads the four numbers of one batch; a batch stands alone in a request, so there is nothing to gather.
func (r *batchResolver) count(ctx context.Context, obj *queries.Batch) (*queries.BatchItemCountRow, error) {
	return r.q.BatchItemCount(ctx, r.Pool, obj.ID)
}

func (r *batchResolver) Succeeded(ctx context.Context, obj *queries.Batch) (int, error) {
	c, err := r.count(ctx, obj)
	if err != nil {
		return 0, err
	}
	return c.Succeeded, nil
}

func (r *batchResolver) Skipped(ctx context.Context, obj *queries.Batch) (int, error) {
	c, err := r.count(ctx, obj)
	if err != nil {
		return 0, err
	}
	return c.Skipped, nil
}

func (r *batchResolver) Failed(ctx context.Context, obj *queries.Batch) (int, error) {
	c, err := r.count(ctx, obj)
	if err != nil {
		return 0, err
	}
	return c.Failed, nil
}

func (r *batchResolver) Pending(ctx context.Context, obj *queries.Batch) (int, error) {
	c, err := r.count(ctx, obj)
	if err != nil {
		return 0, err
	}
	return c.Pending, nil
}

func (r *batchResolver) Outcomes(ctx context.Context, obj *queries.Batch, first *int, after *string, _ []queries.BatchOutcome, _ *string) (*BatchOutcomeConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	afterPosition := -1
	if p.after != nil {
		afterPosition = p.after.Position
	}
	rows, err := r.q.BatchItemList(ctx, r.Pool, queries.BatchItemListParams{
		BatchID: obj.ID, AfterPosition: afterPosition, RowLimit: p.rows()})
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(i *queries.BatchItem) cursor { return cursor{ID: i.BatchID, Position: i.Position} })
	return &BatchOutcomeConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.BatchItem) *BatchOutcomeEdge { return &BatchOutcomeEdge{Cursor: c, Node: n} })}, nil
}

func (r *batchOutcomeResolver) Invitation(ctx context.Context, obj *queries.BatchItem) (*queries.Invitation, error) {
	return optional(ctx, from(ctx).invitations, obj.InvitationID)
}

func (r *batchOutcomeResolver) Message(_ context.Context, obj *queries.BatchItem) (string, error) {
	return migration.OutcomeMessage(obj.Reason, obj.Detail), nil
}
