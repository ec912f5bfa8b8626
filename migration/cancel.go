package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// CancelBatch withdraws what has not gone to the provider. It holds at once, since a message looks at its batch before it goes; what
// is with the provider ends as it ends. The rows follow: some here, and where there are many, the rest by the batch's watch.
func (s *Service) CancelBatch(ctx context.Context, by Actor, id uuid.UUID) (batch *queries.Batch, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if batch, err = found(s.q.BatchLockVisible(ctx, tx, queries.BatchLockVisibleParams{ID: id, StaffID: by.staffID()})); err != nil {
			return fmt.Errorf("lock batch: %w", err)
		}
		if batch == nil {
			return errNoBatch
		}
		before := batch.State
		if batch, err = found(s.q.BatchCancelIfRunning(ctx, tx, id)); err != nil {
			return fmt.Errorf("cancel batch: %w", err)
		}
		if batch == nil {
			return Refuse(CodeWrongState, "It is over already: nothing is left to cancel.", "id")
		}
		if err := s.record(ctx, tx, by, batchEvent(batch, "canceled", before)); err != nil {
			return err
		}
		if batch.Kind == queries.BatchKindImport { // nothing watches over one that has to be ended
			return s.endImport(ctx, tx, by, id, queries.BatchStateCanceled, "")
		}
		return s.q.BatchTell(ctx, tx, id.String())
	})
	if err != nil {
		return nil, err
	}
	if batch.Kind == queries.BatchKindImport {
		return s.q.BatchGet(ctx, s.Pool, id)
	}
	if _, err := s.sweepPiece(ctx, by, batch); err != nil {
		return nil, err
	}
	if err := s.finishBatchIfDone(ctx, by, id); err != nil {
		return nil, err
	}
	if batch, err = s.q.BatchGet(ctx, s.Pool, id); err != nil {
		return nil, err
	}
	return s.WithCounts(ctx, batch)
}

var errNoBatch = Refuse(CodeNotFound, "There is no such sending of yours.", "id")

// sweepBatch withdraws everything of a canceled or stopped batch that surely nobody was asked about. What somebody is at work on is
// left for the next sweep.
func (s *Service) sweepBatch(ctx context.Context, by Actor, id uuid.UUID) error {
	batch, err := s.q.BatchGet(ctx, s.Pool, id)
	if err != nil || overReasons[batch.State] == "" {
		return err
	}
	for {
		n, err := s.sweepPiece(ctx, by, batch)
		if err != nil || n == 0 {
			return err
		}
	}
}

// sweepPiece withdraws some, in one transaction, and answers how many.
func (s *Service) sweepPiece(ctx context.Context, by Actor, batch *queries.Batch) (n int, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) (err error) {
		if batch.Kind == queries.BatchKindApprove {
			n, err = s.withdrawApprovals(ctx, tx, by, batch)
			return err
		}
		if batch.Channel == nil {
			return nil // invitations that are not made yet leave nothing to withdraw: their part finds the batch over
		}
		rows, err := s.withdrawSome(ctx, tx, batch)
		if n = len(rows); err != nil || n == 0 {
			return err
		}
		return s.tellWithdrawn(ctx, tx, by, batch, rows)
	})
	return n, err
}

// withdrawn is a delivery that was canceled.
type withdrawn = queries.DeliveryCancelByChunksRow

func (s *Service) withdrawSome(ctx context.Context, tx pgx.Tx, batch *queries.Batch) (rows []*withdrawn, err error) {
	words := outcomeMessages[overReasons[batch.State]]
	if *batch.Channel == queries.MessageChannelEmail {
		chunks, err := s.q.EmailChunkSettleUncalled(ctx, tx, queries.EmailChunkSettleUncalledParams{BatchID: &batch.ID, Chunks: sweepChunks, Now: ptr(s.now())})
		if err != nil {
			return nil, fmt.Errorf("settle chunks: %w", err)
		}
		return s.q.DeliveryCancelByChunks(ctx, tx, queries.DeliveryCancelByChunksParams{ChunkIds: chunks, StatusReason: words, Now: s.now()})
	}
	texts, err := s.q.DeliveryCancelTexts(ctx, tx, queries.DeliveryCancelTextsParams{BatchID: &batch.ID, Texts: sweepTexts, StatusReason: words, Now: s.now()})
	if err != nil {
		return nil, fmt.Errorf("cancel texts: %w", err)
	}
	claims := make([]uuid.UUID, len(texts))
	for i, t := range texts {
		claims[i] = t.ID
		rows = append(rows, &withdrawn{ID: t.ID, LocationID: t.LocationID, BatchID: t.BatchID, BatchPosition: t.BatchPosition, Before: t.Before})
	}
	_, err = s.q.PhoneClaimReleaseMany(ctx, tx, claims)
	return rows, err
}

// tellWithdrawn writes the events and the rows' outcomes.
func (s *Service) tellWithdrawn(ctx context.Context, tx pgx.Tx, by Actor, batch *queries.Batch, rows []*withdrawn) error {
	events, items := make([]event, len(rows)), itemOutcomes{}
	reason := overReasons[batch.State]
	for i, d := range rows {
		events[i] = deliveryEvent(&queries.Delivery{ID: d.ID, LocationID: d.LocationID, Status: queries.DeliveryStatusCanceled,
			Purpose: queries.DeliveryPurposeInvitation, Channel: *batch.Channel}, "withdrawn", d.Before)
		items.add(d.BatchID, d.BatchPosition, outcomeBefore(reason), reason, "")
	}
	if err := s.record(ctx, tx, by, events...); err != nil {
		return err
	}
	return s.settleItems(ctx, tx, items)
}
