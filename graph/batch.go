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
	batchReasonResolver  struct{ *Resolver }
)

func (r *queryResolver) Batch(ctx context.Context, id string) (*queries.Batch, error) {
	u, _ := nounBatch.parse(id)
	return r.batch(ctx, u)
}

func (r *Resolver) batch(ctx context.Context, id uuid.UUID) (*queries.Batch, error) {
	b, err := found(r.q.BatchGetVisible(ctx, r.Pool, queries.BatchGetVisibleParams{ID: id, StaffID: viewerID(ctx)}))
	if err != nil {
		return nil, err
	}
	return r.Migration.WithCounts(ctx, b)
}

func (r *queryResolver) Batches(ctx context.Context, first *int, after *string, kinds []queries.BatchKind) (*BatchConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	match := queries.BatchListVisibleParams{StaffID: viewerID(ctx), Kinds: []string{}, AfterID: p.afterID(), RowLimit: p.rows()}
	for _, kind := range kinds {
		match.Kinds = append(match.Kinds, string(kind))
	}
	rows, err := r.q.BatchListVisible(ctx, r.Pool, match)
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(b *queries.Batch) cursor { return cursor{ID: b.ID} })
	for _, b := range list.nodes {
		if _, err := r.Migration.WithCounts(ctx, b); err != nil {
			return nil, err
		}
	}
	return &BatchConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Batch) *BatchEdge { return &BatchEdge{Cursor: c, Node: n} })}, nil
}

func (r *batchResolver) ID(_ context.Context, obj *queries.Batch) (string, error) {
	return nounBatch.id(obj.ID), nil
}

// Pending is what is not decided, whether its row is written yet or not.
func (r *batchResolver) Pending(_ context.Context, obj *queries.Batch) (int, error) {
	return obj.Total - obj.Succeeded - obj.Skipped - obj.Failed, nil
}

func (r *batchResolver) StartedBy(ctx context.Context, obj *queries.Batch) (*queries.Staff, error) {
	return from(ctx).staff.Load(ctx, obj.StaffID)
}

func (r *batchResolver) RetryOf(ctx context.Context, obj *queries.Batch) (*queries.Batch, error) {
	if obj.RetryOf == nil {
		return nil, nil
	}
	return r.batch(ctx, *obj.RetryOf)
}

func (r *batchResolver) Reasons(ctx context.Context, obj *queries.Batch) ([]*migration.BatchReason, error) {
	return r.Migration.BatchReasons(ctx, obj)
}

func (r *batchReasonResolver) Message(_ context.Context, obj *migration.BatchReason) (string, error) {
	return migration.OutcomeMessage(obj.Reason, ""), nil
}

func (r *batchResolver) CanCancel(_ context.Context, obj *queries.Batch) (bool, error) {
	return obj.State == queries.BatchStateRunning && obj.FinishedAt == nil, nil
}

func (r *batchResolver) CanRetry(ctx context.Context, obj *queries.Batch) (bool, error) {
	if obj.FinishedAt == nil || obj.Failed == 0 || !isCarriedOut(obj) {
		return false, nil
	}
	if obj.Kind == queries.BatchKindApprove {
		return r.q.BatchItemRetryableApprovalExists(ctx, r.Pool, obj.ID)
	}
	return r.q.BatchItemRetryableExists(ctx, r.Pool, obj.ID)
}

// isCarriedOut: row by row, by jobs that ask a provider, so that what failed can be tried again.
func isCarriedOut(b *queries.Batch) bool {
	return b.Kind == queries.BatchKindSend || b.Kind == queries.BatchKindApprove
}

func (r *batchResolver) Outcomes(ctx context.Context, obj *queries.Batch, first *int, after *string, outcomes []queries.BatchOutcome, reason *string) (*BatchOutcomeConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	afterPosition := -1
	if p.after != nil {
		afterPosition = p.after.Position
	}
	rows, err := r.q.BatchItemList(ctx, r.Pool, queries.BatchItemListParams{
		BatchID: obj.ID, AfterPosition: afterPosition, Outcomes: words(outcomes), Reason: reason, RowLimit: p.rows()})
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

func (r *batchOutcomeResolver) Submission(ctx context.Context, obj *queries.BatchItem) (*queries.Submission, error) {
	return optional(ctx, from(ctx).own, obj.SubmissionID)
}

func (r *batchOutcomeResolver) LegacyMembership(ctx context.Context, obj *queries.BatchItem) (*queries.LegacyMembership, error) {
	if obj.LegacyMembershipID == nil {
		return nil, nil
	}
	return r.legacyMembership(ctx, *obj.LegacyMembershipID) // a batch stays its starter's when the location does not
}

func (r *batchOutcomeResolver) Message(_ context.Context, obj *queries.BatchItem) (string, error) {
	return migration.OutcomeMessage(obj.Reason, obj.Detail), nil
}
