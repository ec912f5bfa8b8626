package migration

import (
	"context"
	"crypto/sha256"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// RetryBatch sends those again that failed and surely got nothing, or approves again what came back without anything made, as a batch
// of its own. Nobody is in two retries of one batch, and
// nobody in one to whom another act has sent since. The same client key again answers the same batch and sends nothing.
func (s *Service) RetryBatch(ctx context.Context, by Actor, id uuid.UUID, clientKey string) (*queries.Batch, error) {
	var r Refusals
	if checkClientKey(&r, clientKey); len(r) > 0 {
		return nil, r
	}
	failed, err := found(s.q.BatchGetVisible(ctx, s.Pool, queries.BatchGetVisibleParams{ID: id, StaffID: by.staffID()}))
	if err != nil {
		return nil, fmt.Errorf("read batch: %w", err)
	}
	if failed == nil || (failed.Kind != queries.BatchKindSend && failed.Kind != queries.BatchKindApprove) {
		return nil, errNoBatch
	}
	request := sha256.Sum256(fmt.Appendf(nil, "retry of %s", id))
	return s.startBatch(ctx, by, newBatch{kind: failed.Kind, channel: failed.Channel, option: failed.Option, clientKey: clientKey, request: request[:], retryOf: &id,
		choose: func(tx pgx.Tx, batch *queries.Batch) error { return s.chooseFailed(ctx, tx, by, id, batch) }})
}

// chooseFailed writes the parts of a retry, under the lock of the batch that it is of.
func (s *Service) chooseFailed(ctx context.Context, tx pgx.Tx, by Actor, failed uuid.UUID, batch *queries.Batch) error {
	locked, err := s.q.BatchLockVisible(ctx, tx, queries.BatchLockVisibleParams{ID: failed, StaffID: by.staffID()})
	if err != nil {
		return fmt.Errorf("lock batch: %w", err)
	}
	if locked.FinishedAt == nil {
		return Refuse(CodeWrongState, "It is still under way. What failed can be tried again once it is finished.", "id")
	}
	again := s.q.BatchPartInsertRetry
	if locked.Kind == queries.BatchKindApprove {
		again = func(ctx context.Context, db queries.DBTX, p queries.BatchPartInsertRetryParams) (int, error) {
			return s.q.BatchPartInsertApprovalRetry(ctx, db, queries.BatchPartInsertApprovalRetryParams(p))
		}
	}
	n, err := again(ctx, tx, queries.BatchPartInsertRetryParams{BatchID: batch.ID, RetryOf: failed, StaffID: by.staffID()})
	if err != nil {
		return fmt.Errorf("insert batch parts: %w", err)
	}
	if n == 0 {
		return Refuse(CodeWrongState, "Nobody is left to try again: whoever failed may have got it, or was tried again already.", "id")
	}
	counted, err := s.q.BatchSetTotal(ctx, tx, queries.BatchSetTotalParams{ID: batch.ID, Total: n})
	if err != nil {
		return fmt.Errorf("set batch total: %w", err)
	}
	*batch = *counted
	return nil
}
