package migration

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"carryover/legacy"
	"carryover/queries"
)

const (
	// importTurn is how long one run of the job takes rows before it lets others have its place.
	importTurn = 2 * time.Minute
	// hopelessRefusals and more than half of what was read: the columns are not what they were taken for, and the rest is not read.
	hopelessRefusals = 1000
)

// running is an import in one run of its job.
type running struct {
	service  *Service
	by       Actor
	row      *queries.LegacyImport
	batch    *queries.Batch
	source   *queries.LegacySource
	location *queries.Location
	upload   *queries.Upload
	reading  legacy.Reading
	zone     *time.Location // the location's
	dryRun   bool
}

// RunImport is the job that takes the rows of one file. A piece and the place behind it are one transaction: wherever the process dies, the
// next run goes on from there, and of two at once the later one finds the place moved on. It answers *Later while there is more to take;
// where it waits for somebody to look at the first rows, or is over, it does nothing.
func (s *Service) RunImport(ctx context.Context, by Actor, id uuid.UUID) error {
	r, err := s.openImport(ctx, by, id)
	if err != nil || r == nil {
		return err
	}
	if r.row.SurveyedAt == nil {
		if err := r.survey(ctx); err != nil {
			return fmt.Errorf("survey import %s: %w", id, err)
		}
	}
	for until := s.Wall().Add(importTurn); s.Wall().Before(until); {
		over, err := r.take(ctx, until)
		switch {
		case errors.Is(err, errMovedOn):
			return &Later{After: time.Second, Why: err.Error()}
		case err != nil:
			return fmt.Errorf("import %s: %w", id, err)
		case over:
			return nil
		}
	}
	return &Later{After: 10 * time.Millisecond, Why: "there are more rows"}
}

// openImport answers nil for one that is over or waits.
func (s *Service) openImport(ctx context.Context, by Actor, id uuid.UUID) (r *running, err error) {
	r = &running{service: s}
	if r.batch, err = s.q.BatchGet(ctx, s.Pool, id); err != nil {
		return nil, fmt.Errorf("read batch: %w", err)
	}
	if r.row, err = s.q.LegacyImportGet(ctx, s.Pool, id); err != nil {
		return nil, fmt.Errorf("read import: %w", err)
	}
	if r.batch.FinishedAt != nil || r.waits() {
		return nil, nil
	}
	r.by, r.dryRun = batchActor(r.batch, by.RequestID), r.row.DryRun
	if err := readReading(r.row, &r.reading); err != nil {
		return nil, err
	}
	if r.source, err = s.q.LegacySourceGet(ctx, s.Pool, r.row.SourceID); err == nil {
		r.location, err = s.q.LocationGet(ctx, s.Pool, r.row.LocationID)
	}
	if err == nil {
		r.zone, err = time.LoadLocation(r.location.TimeZone)
	}
	if err == nil {
		r.upload, err = s.q.UploadGet(ctx, s.Pool, r.row.UploadID)
	}
	return r, err
}

// readReading is how an import's file is read.
func readReading(row *queries.LegacyImport, into *legacy.Reading) error {
	if err := json.Unmarshal(row.Reading, into); err != nil {
		return fmt.Errorf("read how the file is read: %w", err)
	}
	return nil
}

// taken are the rows that are in, or in a trial would be.
func (r *running) taken() int { return r.row.CreatedRows + r.row.UpdatedRows + r.row.SameRows }

// waits tells whether the first rows are in and nobody has looked at them.
func (r *running) waits() bool { return AwaitsLook(r.row) }

// AwaitsLook tells whether an import's first rows are in and it waits for somebody to look at them.
func AwaitsLook(row *queries.LegacyImport) bool {
	return row.Canary != nil && row.LookedAt == nil && row.CreatedRows+row.UpdatedRows+row.SameRows >= *row.Canary
}

func (r *running) records(ctx context.Context) (*legacy.Records, error) {
	return legacy.NewRecords(r.service.openUpload(ctx, r.upload), []rune(r.reading.Separator)[0], r.row.NextByte, r.row.NextLine)
}

// survey goes through the whole file before any row is taken: how many there are, and what its columns show together.
func (r *running) survey(ctx context.Context) error {
	records, err := r.records(ctx)
	if err != nil {
		return err
	}
	found, err := legacy.Look(ctx, records, &r.reading)
	if errors.Is(err, legacy.ErrHopeless) {
		return r.stop(ctx, "Nothing was taken: "+err.Error()+".")
	}
	if err != nil {
		return err
	}
	if found.Plans > legacy.MaxPlans {
		return r.stop(ctx, fmt.Sprintf("Nothing was taken: the column of plans holds more than %d different ones. Choose the right column and import the file again.", legacy.MaxPlans))
	}
	raw, err := json.Marshal(r.reading)
	if err != nil {
		return err
	}
	s := r.service
	s.Step("import_surveyed")
	return s.inTx(ctx, func(tx pgx.Tx) error {
		n, err := s.q.LegacyImportSurveyed(ctx, tx, queries.LegacyImportSurveyedParams{BatchID: r.batch.ID, Reading: raw, Now: ptr(s.now())})
		if err != nil || n == 0 {
			return err
		}
		if !r.row.DryRun && len(r.reading.Seen) > 0 {
			if err := r.remember(ctx, tx); err != nil {
				return err
			}
		}
		return r.tell(ctx, tx, found.Rows, "")
	})
}

// remember keeps what the file has shown of its columns for the source's next one.
func (r *running) remember(ctx context.Context, tx pgx.Tx) error {
	sights, err := json.Marshal(r.reading.Seen)
	if err != nil {
		return fmt.Errorf("write what was seen: %w", err)
	}
	if err := r.service.q.LegacySourceSee(ctx, tx, queries.LegacySourceSeeParams{ID: r.source.ID, Sights: sights}); err != nil {
		return fmt.Errorf("remember what was seen: %w", err)
	}
	return nil
}

// stop ends an import that cannot be meant.
func (r *running) stop(ctx context.Context, why string) error {
	s := r.service
	err := s.inTx(ctx, func(tx pgx.Tx) error { return s.endImport(ctx, tx, r.by, r.batch.ID, queries.BatchStateStopped, why) })
	now := s.now()
	r.batch.FinishedAt = &now
	return err
}

// piecesAtOnce is how many pieces of a file are on their way into the database at the same time, each in a transaction of its own: most of
// an import is PostgreSQL's work, which gives a connection one processor. They are committed in the order of the file.
const piecesAtOnce = 2

// errEnough ends a run of the job that has not failed.
var errEnough = errors.New("no more pieces are wanted now")

// take reads and writes pieces until the time is over, the file ends, or somebody has to look.
func (r *running) take(ctx context.Context, until time.Time) (over bool, err error) {
	if r.batch.FinishedAt != nil || r.waits() {
		return true, nil
	}
	records, err := r.records(ctx)
	if err != nil {
		return false, err
	}
	limit := pieceRows
	if r.row.Canary != nil && r.row.LookedAt == nil {
		limit = min(limit, *r.row.Canary-r.taken())
	}
	reader := &pieceReader{batch: r.batch.ID, records: records, limit: limit, today: DateIn(r.service.now(), r.zone),
		parser: &legacy.Parser{Reading: &r.reading, Currency: r.location.Currency, Email: readEmail, Phone: phoneReader(or(r.source.Region, regionOf(r.location)))}}
	g, run := errgroup.WithContext(ctx)
	var end *piece
	turn := make(chan struct{})
	close(turn)
	for p := range reader.run(run) {
		// The places are the process's, beside those of inBulk, which messages wait for. They are taken in the order of the file: a piece that
		// waits for its turn never holds the one that an earlier piece needs.
		if !entered(run, r.service.importing) {
			break
		}
		r.service.Step("import_read")
		mine, next := turn, make(chan struct{})
		turn = next
		g.Go(func() error {
			defer func() { <-r.service.importing }()
			if err := r.write(run, p, reader, mine); err != nil {
				return err
			}
			if p.last && !p.unwanted {
				end = p
				return errEnough
			}
			if over, err = r.settle(ctx, p); err != nil || over || !r.service.Wall().Before(until) {
				return cmp.Or(err, errEnough)
			}
			close(next)
			return nil
		})
	}
	if err := g.Wait(); err != nil && !errors.Is(err, errEnough) {
		return false, err
	}
	if end != nil {
		return r.finish(ctx, end.place, until)
	}
	return over, ctx.Err()
}

// entered takes a place, or answers false where nobody waits for it any more.
func entered(ctx context.Context, places chan<- struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

// settle looks at where the import is behind a piece, and answers over where no more are taken.
func (r *running) settle(ctx context.Context, p *piece) (over bool, err error) {
	switch {
	case errors.Is(p.err, legacy.ErrHopeless):
		return true, r.stop(ctx, "It stopped itself: "+p.err.Error()+". What was taken before stays.")
	case p.unwanted, r.waits(): // the reader may be further already: what it has read is not taken
		return true, nil
	case r.row.RefusedRows >= hopelessRefusals && r.row.RefusedRows > r.taken():
		return true, r.stop(ctx, fmt.Sprintf("It stopped itself: %d of the first %d rows were refused. Look at why, choose the columns anew, and import the file again.",
			r.row.RefusedRows, r.row.RefusedRows+r.taken()))
	}
	return false, nil
}

// write is one transaction. What needs nothing of the pieces before comes first; the turn comes when those are committed.
func (r *running) write(ctx context.Context, p *piece, reader *pieceReader, turn <-chan struct{}) error {
	s := r.service
	if p.err != nil {
		if err := await(ctx, turn); err != nil || errors.Is(p.err, legacy.ErrHopeless) {
			return err
		}
		return p.err
	}
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		known, fresh, err := r.part(ctx, tx, p.rows)
		if err != nil {
			return err
		}
		if err := r.stage(ctx, tx, known); err != nil {
			return err
		}
		if err := r.takeFresh(ctx, tx, fresh); err != nil {
			return err
		}
		s.Step("import_ahead")
		if err := await(ctx, turn); err != nil {
			return err
		}
		at, err := r.at(ctx, tx, p.from)
		if err != nil {
			return err
		}
		if at == nil {
			p.unwanted = true
			return errEnough
		}
		if err := r.advance(ctx, tx, p, known, len(fresh), reader); err != nil {
			return err
		}
		s.Step("import_written")
		why := ""
		if r.waits() {
			why = fmt.Sprintf("The first %d rows are in. Look at them, then let the import go on, or cancel it.", r.taken())
		}
		return r.tell(ctx, tx, r.batch.Total, why)
	})
	switch {
	case p.unwanted:
		return nil
	case err != nil: // the pieces before are not undone with this one
		return cmp.Or(await(ctx, turn), err)
	}
	s.Step("import_committed")
	return nil
}

// await is nil once the turn has come.
func await(ctx context.Context, turn <-chan struct{}) error {
	select {
	case <-turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// finish ends an import whose file was read to its end. Who is missing in it is marked before, in parts: each holds its memberships for a moment,
// and what a run leaves of it the next one does.
func (r *running) finish(ctx context.Context, place int64, until time.Time) (over bool, err error) {
	for s := r.service; !over && s.Wall().Before(until); {
		err := s.inBulk(ctx, func(tx pgx.Tx) error {
			at, err := r.at(ctx, tx, place)
			if over = at == nil; err != nil || over {
				return err
			}
			if over, err = r.markMissing(ctx, tx); err != nil || !over {
				return err
			}
			return s.endImport(ctx, tx, r.by, r.batch.ID, queries.BatchStateFinished, "")
		})
		if err != nil {
			return false, err
		}
		s.Step("import_marked")
	}
	return over, nil
}

// at locks an import that has come to a place in its file. It answers nil where somebody has ended it.
func (r *running) at(ctx context.Context, tx pgx.Tx, place int64) (*queries.LegacyImportLockAtRow, error) {
	at, err := found(r.service.q.LegacyImportLockAt(ctx, tx, queries.LegacyImportLockAtParams{BatchID: r.batch.ID, NextByte: place}))
	switch {
	case err != nil:
		return nil, fmt.Errorf("lock import: %w", err)
	case at == nil:
		return nil, errMovedOn
	case at.Batch.FinishedAt != nil || at.Batch.State != queries.BatchStateRunning:
		return nil, nil
	}
	return at, nil
}

// advance takes the rows of a piece that are known, notes the refused ones, and moves on the place in the file.
func (r *running) advance(ctx context.Context, tx pgx.Tx, p *piece, known []queries.LegacyStagingCopyParams, fresh int, reader *pieceReader) error {
	s := r.service
	if err := s.q.LegacySourceLock(ctx, tx, r.source.ID); err != nil {
		return fmt.Errorf("lock source: %w", err)
	}
	counted, err := r.takeKnown(ctx, tx, p, known, reader)
	if err != nil {
		return err
	}
	counted.Created += fresh
	if !r.dryRun {
		if err := s.q.LegacyPlanInsertMany(ctx, tx, queries.LegacyPlanInsertManyParams{SourceID: r.source.ID, Names: p.plans()}); err != nil {
			return fmt.Errorf("note old plans: %w", err)
		}
	}
	if _, err := s.q.LegacyRefusalCopy(ctx, tx, p.refused); err != nil {
		return fmt.Errorf("copy refused rows: %w", err)
	}
	counted.BatchID, counted.NextByte, counted.NextLine, counted.Refused = r.batch.ID, p.place, p.lines, len(p.refused)
	if r.row, err = s.q.LegacyImportAdvance(ctx, tx, counted); err != nil {
		return fmt.Errorf("advance import: %w", err)
	}
	return nil
}

// markMissing marks some of those who were on the source's list and are not in its newest whole file: they may have left there. It answers
// over once all are, and counted.
func (r *running) markMissing(ctx context.Context, tx pgx.Tx) (over bool, err error) {
	if r.row.Partial {
		return true, nil
	}
	s, missing := r.service, 0
	if r.dryRun {
		missing, err = s.q.LegacyTrialCountMissing(ctx, tx, queries.LegacyTrialCountMissingParams{LocationID: r.location.ID, Source: r.source.Name, BatchID: r.batch.ID})
	} else {
		var marked int64
		marked, err = s.q.LegacyMembershipMarkMissing(ctx, tx, queries.LegacyMembershipMarkMissingParams{LocationID: r.location.ID, Source: r.source.Name,
			BatchID: r.batch.ID, Now: s.now(), RowLimit: pieceRows})
		if err == nil && marked > 0 {
			return false, nil
		}
		if err == nil {
			missing, err = s.q.LegacyMembershipCountMissing(ctx, tx, queries.LegacyMembershipCountMissingParams{LocationID: r.location.ID,
				Source: r.source.Name, BatchID: r.batch.ID})
		}
	}
	if err != nil {
		return false, fmt.Errorf("look who is missing: %w", err)
	}
	return true, s.q.LegacyImportSetMissing(ctx, tx, queries.LegacyImportSetMissingParams{BatchID: r.batch.ID, MissingRows: &missing})
}

// tell writes how far the import is into its batch, which whoever looks at it reads.
func (r *running) tell(ctx context.Context, tx pgx.Tx, total int, why string) error {
	s := r.service
	r.batch.Total = max(total, r.taken()+r.row.RefusedRows)
	_, err := s.q.BatchSetRunning(ctx, tx, queries.BatchSetRunningParams{ID: r.batch.ID, Total: r.batch.Total, Succeeded: r.taken(),
		Failed: r.row.RefusedRows, StateReason: why, Now: ptr(s.now())})
	if err != nil {
		return fmt.Errorf("write progress: %w", err)
	}
	return s.q.BatchTell(ctx, tx, r.batch.ID.String())
}

func itoa(n int) string { return strconv.Itoa(n) }
