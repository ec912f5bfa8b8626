package migration

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/clock"
	"carryover/queries"
)

// BatchReason is how many rows of a batch had one outcome for one reason.
type BatchReason struct {
	Outcome queries.BatchOutcome `json:"outcome"`
	Reason  string               `json:"reason"`
	Count   int                  `json:"count"`
}

// StopRule says when a sending stops itself: where at least Failures have failed, and they are more than Share of those that are
// decided. That is judged over all of it, and over each Window of those decided last: what went well before a breakdown does not keep
// the rest from being saved.
type StopRule struct {
	Failures int     // zero: 25
	Share    float64 // zero: one half
	Window   int     // zero: 200
}

func (r StopRule) withDefaults() StopRule {
	if r.Failures == 0 {
		r.Failures = 25
	}
	if r.Share == 0 {
		r.Share = 0.5
	}
	if r.Window == 0 {
		r.Window = 200
	}
	return r
}

const (
	// liveCounts is the size up to which a running batch's rows are counted at each look; a larger one's counts are those that its
	// watch wrote down last.
	liveCounts = 2000
	// sweepChunks and sweepTexts are how much of a canceled batch is withdrawn in one transaction.
	sweepChunks = 10
	sweepTexts  = 1000
)

// WithCounts answers a batch with its counts as they are now where it is small, as of the last look of its watch where it is large,
// and for ever where it is finished. An import, which has no rows here but those it refuses, writes its counts itself.
func (s *Service) WithCounts(ctx context.Context, b *queries.Batch) (*queries.Batch, error) {
	if b == nil || b.FinishedAt != nil || b.Total > liveCounts || b.Kind == queries.BatchKindImport {
		return b, nil
	}
	c, err := s.q.BatchItemCount(ctx, s.Pool, b.ID)
	if err != nil {
		return nil, fmt.Errorf("count batch items: %w", err)
	}
	b.Succeeded, b.Skipped, b.Failed, b.Reasons = c.Succeeded, c.Skipped, c.Failed, c.Reasons
	return b, nil
}

// BatchReasons answers why, most first, and adds up to the batch's own counts: of the look that gave them while it runs, and of its
// rows once it is finished. An import's are counted as it goes.
func (s *Service) BatchReasons(ctx context.Context, b *queries.Batch) ([]*BatchReason, error) {
	if b.FinishedAt == nil && b.Kind != queries.BatchKindImport {
		var told []*BatchReason
		if err := json.Unmarshal(b.Reasons, &told); err != nil {
			return nil, fmt.Errorf("read reasons of batch %s: %w", b.ID, err)
		}
		return told, nil
	}
	rows, err := s.q.BatchItemCountByReason(ctx, s.Pool, b.ID)
	if err != nil {
		return nil, fmt.Errorf("count reasons of batch %s: %w", b.ID, err)
	}
	told := make([]*BatchReason, len(rows))
	for i, row := range rows {
		told[i] = &BatchReason{Outcome: row.Outcome, Reason: row.Reason, Count: row.Count}
	}
	return told, nil
}

// WatchBatch is the job that looks after a batch until it is finished: it writes down how far it is and what it waits for, stops it
// where too many fail, withdraws what a canceled or stopped one has left, and finishes it. It answers *Later while there is
// something to look after.
func (s *Service) WatchBatch(ctx context.Context, by Actor, id uuid.UUID) error {
	batch, err := found(s.q.BatchGet(ctx, s.Pool, id))
	if err != nil || batch == nil || batch.FinishedAt != nil {
		return err
	}
	pause, err := s.foldBatch(ctx, by, batch)
	if err != nil {
		return fmt.Errorf("watch batch %s: %w", id, err)
	}
	if err := s.sweepBatch(ctx, by, id); err != nil {
		return fmt.Errorf("sweep batch %s: %w", id, err)
	}
	if err := s.finishBatchIfDone(ctx, by, id); err != nil {
		return err
	}
	if batch, err = s.q.BatchGet(ctx, s.Pool, id); err != nil || batch.FinishedAt != nil {
		return err
	}
	return &Later{After: pause, Why: "the batch is under way"}
}

// foldBatch writes the counts down, tells whoever listens where they have changed, and answers how long to wait for the next look.
func (s *Service) foldBatch(ctx context.Context, by Actor, batch *queries.Batch) (pause time.Duration, err error) {
	waitsFor, pause, err := s.waitsFor(ctx, batch)
	if err != nil {
		return 0, err
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		row, err := found(s.q.BatchFold(ctx, tx, queries.BatchFoldParams{ID: batch.ID, WaitsFor: waitsFor, Now: ptr(s.now())}))
		if err != nil || row == nil {
			return err
		}
		pause = time.Second
		if err := s.stopIfFailing(ctx, tx, by, &row.Batch); err != nil {
			return err
		}
		return s.q.BatchTell(ctx, tx, batch.ID.String())
	})
	// Counting takes a fraction of the pause, however large the batch is.
	return pause + time.Duration(batch.Total/100_000)*time.Second, err
}

// waitsFor says in words why nothing of a running batch goes on: a pause of its provider, or the night at its locations.
func (s *Service) waitsFor(ctx context.Context, batch *queries.Batch) (words string, pause time.Duration, err error) {
	name := stripeLane
	if batch.Channel != nil {
		name = string(*batch.Channel)
	}
	lane, err := found(s.q.ProviderLanePause(ctx, s.Pool, queries.ProviderLanePauseParams{Lane: name, WallNow: clock.System()}))
	if err != nil {
		return "", 0, fmt.Errorf("read provider lane: %w", err)
	}
	if lane != nil {
		return "Waits for the provider: " + lane.PausedWhy, 5 * time.Second, nil
	}
	if batch.Channel == nil || *batch.Channel != queries.MessageChannelSms {
		return "", 3 * time.Second, nil
	}
	night, err := found(s.q.BatchWaitsForNight(ctx, s.Pool, queries.BatchWaitsForNightParams{ID: &batch.ID, Now: s.now()}))
	if err != nil || night == nil {
		return "", 3 * time.Second, err
	}
	zone, err := time.LoadLocation(night.TimeZone)
	if err != nil {
		return "", 0, fmt.Errorf("time zone of the first texts: %w", err)
	}
	return fmt.Sprintf("Waits for the morning at the locations: the first texts go at %s.", momentInWords(night.Until.In(zone))), 30 * time.Second, nil
}

// stopIfFailing stops a batch by its counts as folded last. Texts that were begun by a process that died are no sign that the next
// ones would fail: they do not count.
func (s *Service) stopIfFailing(ctx context.Context, tx pgx.Tx, by Actor, batch *queries.Batch) error {
	if batch.State != queries.BatchStateRunning {
		return nil
	}
	reasons, err := s.BatchReasons(ctx, batch)
	if err != nil {
		return err
	}
	ours, err := s.lostStarts(ctx, tx, batch, reasons)
	if err != nil {
		return err
	}
	if batch.Failed-ours < s.Stop.Failures {
		return s.beginWindow(ctx, tx, batch, ours)
	}
	stopped, err := found(s.q.BatchStopIfFailing(ctx, tx, queries.BatchStopIfFailingParams{
		ID: batch.ID, Least: s.Stop.Failures, Share: s.Stop.Share, Latest: s.Stop.Window, Ours: ours, StateReason: s.whyStopped(batch, reasons, ours)}))
	if err != nil {
		return fmt.Errorf("stop: %w", err)
	}
	if stopped == nil {
		return s.beginWindow(ctx, tx, batch, ours)
	}
	return s.record(ctx, tx, by, batchEvent(stopped, "stopped", batch.State))
}

// lostStarts answers how many of the failures our own processes are to blame for, as folded last.
func (s *Service) lostStarts(ctx context.Context, tx pgx.Tx, batch *queries.Batch, reasons []*BatchReason) (int, error) {
	if !slices.ContainsFunc(reasons, func(r *BatchReason) bool { return r.Reason == ReasonUnknown }) {
		return 0, nil
	}
	n, err := s.q.BatchItemCountUnknown(ctx, tx, queries.BatchItemCountUnknownParams{BatchID: batch.ID, Detail: doubleStart})
	if err != nil {
		return 0, fmt.Errorf("count lost starts: %w", err)
	}
	return n, nil
}

// beginWindow counts anew from here where a window is full.
func (s *Service) beginWindow(ctx context.Context, tx pgx.Tx, batch *queries.Batch, ours int) error {
	if batch.Succeeded-batch.WindowSucceeded+batch.Failed-ours-batch.WindowFailed < s.Stop.Window {
		return nil
	}
	return s.q.BatchBeginWindow(ctx, tx, queries.BatchBeginWindowParams{ID: batch.ID, Ours: ours})
}

// tooMany tells whether so many failures among so many decided are a reason to stop.
func (r StopRule) tooMany(failed, decided int) bool {
	return failed >= r.Failures && float64(failed) > float64(decided)*r.Share
}

// whyStopped says it in words, with the counts that are the reason if there is one: lost starts of ours do not count.
func (s *Service) whyStopped(batch *queries.Batch, reasons []*BatchReason, ours int) string {
	often, most := "", 0
	for _, r := range reasons {
		n := r.Count
		if r.Reason == ReasonUnknown {
			n -= ours
		}
		if r.Outcome == queries.BatchOutcomeFailed && n > most {
			often, most = outcomeMessages[r.Reason], n
		}
	}
	failed, which := batch.Failed-ours, "first"
	decided := failed + batch.Succeeded
	if !s.Stop.tooMany(failed, decided) {
		failed, which, decided = failed-batch.WindowFailed, "last", decided-batch.WindowFailed-batch.WindowSucceeded
	}
	return fmt.Sprintf("It stopped itself: %d of the %s %d failed. Most often: %s What was left was not tried.", failed, which, decided, often)
}

// finishBatchIfDone closes a batch of which every part is planned and nothing is pending. It is called after the commit of what may
// have been the last; a process that dies between the two leaves it to the batch's watch.
func (s *Service) finishBatchIfDone(ctx context.Context, by Actor, id uuid.UUID) error {
	done, err := s.q.BatchMayBeDone(ctx, s.Pool, id)
	if err != nil || !done {
		return err
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		// The lock first: a row of which nobody knew what became may be corrected at this moment.
		if err := s.q.BatchLock(ctx, tx, id); err != nil {
			return err
		}
		before, err := s.q.BatchGet(ctx, tx, id)
		if err != nil {
			return err
		}
		row, err := found(s.q.BatchFinishIfDone(ctx, tx, queries.BatchFinishIfDoneParams{ID: id, Now: ptr(s.now())}))
		if err != nil || row == nil {
			return err
		}
		if err := s.record(ctx, tx, by, batchEvent(&row.Batch, "finished", before.State)); err != nil {
			return err
		}
		return s.q.BatchTell(ctx, tx, id.String())
	})
	if err != nil {
		return fmt.Errorf("finish batch %s: %w", id, err)
	}
	return nil
}

// finishBatches looks at each.
func (s *Service) finishBatches(ctx context.Context, by Actor, batches map[uuid.UUID]bool) error {
	for id := range batches {
		if err := s.finishBatchIfDone(ctx, by, id); err != nil {
			return err
		}
	}
	return nil
}

func batchEvent(b *queries.Batch, action string, before queries.BatchState) event {
	return event{subject: queries.EventSubjectBatch, id: b.ID, action: action, before: string(before), after: string(b.State),
		detail: map[string]any{"succeeded": b.Succeeded, "skipped": b.Skipped, "failed": b.Failed}}
}
