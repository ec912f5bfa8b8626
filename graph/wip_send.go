package graph

import (
	"context"

	"carryover/migration"
	"carryover/queries"
)

type batchReasonResolver struct{ *Resolver }
type liveResolver struct{ *Resolver }

func (r *batchResolver) StartedBy(ctx context.Context, obj *queries.Batch) (*queries.Staff, error) {
	panic("not here yet")
}
func (r *batchResolver) RetryOf(ctx context.Context, obj *queries.Batch) (*queries.Batch, error) {
	panic("not here yet")
}
func (r *batchResolver) Reasons(ctx context.Context, obj *queries.Batch) ([]*migration.BatchReason, error) {
	panic("not here yet")
}
func (r *batchResolver) CanCancel(ctx context.Context, obj *queries.Batch) (bool, error) {
	panic("not here yet")
}
func (r *batchResolver) CanRetry(ctx context.Context, obj *queries.Batch) (bool, error) {
	panic("not here yet")
}
func (r *batchReasonResolver) Message(ctx context.Context, obj *migration.BatchReason) (string, error) {
	panic("not here yet")
}
func (r *mutationResolver) CancelBatch(ctx context.Context, input CancelBatchInput) (*CancelBatchPayload, error) {
	panic("not here yet")
}
func (r *mutationResolver) RetryBatch(ctx context.Context, input RetryBatchInput) (*RetryBatchPayload, error) {
	panic("not here yet")
}
func (r *queryResolver) Batches(ctx context.Context, first *int, after *string) (*BatchConnection, error) {
	panic("not here yet")
}
func (r *queryResolver) PreviewSend(ctx context.Context, input PreviewSendInput) (*SendPreview, error) {
	panic("not here yet")
}
func (r *liveResolver) BatchProgressed(ctx context.Context, id string) (<-chan *queries.Batch, error) {
	panic("not here yet")
}
