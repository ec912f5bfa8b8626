package migration

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/legacy"
	"carryover/queries"
)

// uploadLife is how long a file is kept that was not imported, and after its import.
const uploadLife = 30 * 24 * time.Hour

// ImportRequest is one file that is to become the list of one old system at one location.
type ImportRequest struct {
	LocationID, UploadID uuid.UUID
	Source               string
	// Columns says what the column below a heading holds; "" is not taken. It is remembered for the source's next file; what is not said
	// is as remembered, or found out by the heading.
	Columns map[string]legacy.Field
	// DateOrder ("day_first", "month_first"), DecimalMark (".", ",") and Region settle what a file leaves open, and are remembered for the
	// source's next file. Empty: as remembered.
	DateOrder, DecimalMark, Region string
	DryRun                         bool
	Partial                        bool // it holds only some of the list, so that nobody whom it does not hold is missing
	Canary                         *int
	ClientKey                      string
}

// AsShown, as a DateOrder or DecimalMark: nothing is said, and what was is not remembered any more.
const AsShown = "as_shown"

// digest tells one request from another.
func (req ImportRequest) digest() []byte {
	raw, _ := json.Marshal(req) // texts, numbers and ids: cannot fail
	sum := sha256.Sum256(raw)
	return sum[:]
}

var regions = regexp.MustCompile(`^[A-Z]{2}$`)

func (req *ImportRequest) check(r *Refusals) {
	if req.Source = cleanText(r, req.Source, 60, "source"); req.Source == "" {
		r.add(CodeRequired, "Name the old system, the same for each of its files.", "source")
	}
	if req.Source == byHand {
		r.add(CodeInvalid, fmt.Sprintf("%q is what staff enter themselves. Name the old system otherwise.", byHand), "source")
	}
	if req.Region != "" && !regions.MatchString(req.Region) {
		r.add(CodeInvalid, "Write the country as two capitals, like US.", "region")
	}
	if req.Canary != nil && (*req.Canary < 1 || *req.Canary > pieceRows) {
		r.add(CodeInvalid, fmt.Sprintf("Look at 1 to %d rows before the rest.", pieceRows), "canary")
	}
	if req.Canary != nil && req.DryRun {
		r.add(CodeInvalid, "A trial takes no rows, so none can be looked at first. Leave one of the two out.", "canary")
	}
	checkClientKey(r, req.ClientKey)
}

// ImportLegacyMemberships accepts a file and answers its batch at once; a job takes the rows. It refuses as a whole where the headings
// leave open what a row is: then nothing of the file is taken. The same client key again answers the same batch.
func (s *Service) ImportLegacyMemberships(ctx context.Context, by Actor, req ImportRequest) (batch *queries.Batch, err error) {
	var r Refusals
	if req.check(&r); len(r) > 0 {
		return nil, r
	}
	location, upload, err := s.importOf(ctx, by, req)
	if err != nil {
		return nil, err
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		var known bool
		batch, known, err = s.insertBatch(ctx, tx, by, newBatch{kind: queries.BatchKindImport, clientKey: req.ClientKey, request: req.digest()})
		if err != nil || known {
			return err
		}
		source, err := s.legacySource(ctx, tx, location, req.Source)
		if err != nil {
			return err
		}
		if err := s.refuseSecondImport(ctx, tx, req, source); err != nil {
			return err
		}
		if err := s.beginImport(ctx, tx, req, source, upload, batch); err != nil {
			return err
		}
		err = s.record(ctx, tx, by, event{subject: queries.EventSubjectBatch, id: batch.ID, location: location.ID, action: "started", after: string(batch.State),
			detail: map[string]any{"source": req.Source, "file": upload.Name, "bytes": upload.Size, "dryRun": req.DryRun}})
		if err != nil {
			return err
		}
		return s.enqueue(ctx, tx, ImportLegacyArgs{BatchID: batch.ID}, nil)
	})
	if err != nil {
		return nil, err
	}
	return batch, nil
}

// importOf answers where the file goes and what it is; both must be the caller's.
func (s *Service) importOf(ctx context.Context, by Actor, req ImportRequest) (*queries.Location, *queries.Upload, error) {
	managed, err := s.q.StaffManagesLocation(ctx, s.Pool, queries.StaffManagesLocationParams{StaffID: by.staffID(), LocationID: req.LocationID})
	if err != nil {
		return nil, nil, fmt.Errorf("read managed locations: %w", err)
	}
	if !managed {
		return nil, nil, Refuse(CodeNotFound, "There is no such location that you manage.", "locationId")
	}
	upload, err := found(s.q.UploadGetOwn(ctx, s.Pool, queries.UploadGetOwnParams{ID: req.UploadID, StaffID: by.staffID()}))
	if err != nil {
		return nil, nil, fmt.Errorf("read upload: %w", err)
	}
	if upload == nil {
		return nil, nil, Refuse(CodeNotFound, "There is no such file of yours. Upload it first.", "uploadId")
	}
	location, err := s.q.LocationGet(ctx, s.Pool, req.LocationID)
	if err != nil {
		return nil, nil, fmt.Errorf("read location: %w", err)
	}
	return location, upload, nil
}

// refuseSecondImport: of two files of one source that are taken at once, or one behind the back of one that waits, the older could be
// written over the newer.
func (s *Service) refuseSecondImport(ctx context.Context, tx pgx.Tx, req ImportRequest, source *queries.LegacySource) error {
	if req.DryRun {
		return nil
	}
	if err := s.q.LegacySourceLock(ctx, tx, source.ID); err != nil {
		return fmt.Errorf("lock source: %w", err)
	}
	first, err := found(s.q.LegacyImportGetUnderWay(ctx, tx, source.ID))
	if err != nil || first == nil {
		return err
	}
	now := "It is still being taken: wait until it is over, or cancel it."
	if AwaitsLook(&first.LegacyImport) {
		now = "It waits until somebody has looked at its first rows: let it go on, or cancel it."
	}
	return Refuse(CodeTaken, fmt.Sprintf("The import of %q, which %s began on %s, is not over. %s", first.FileName, first.StartedBy,
		first.StartedAt.UTC().Format("2 January 2006 at 15:04 UTC"), now), "source")
}

// legacySource finds or makes the source of a name at a location.
func (s *Service) legacySource(ctx context.Context, tx pgx.Tx, at *queries.Location, name string) (*queries.LegacySource, error) {
	err := s.q.LegacySourceInsertOrNothing(ctx, tx, queries.LegacySourceInsertOrNothingParams{ID: ids.New(), LocationID: at.ID, Name: name, Now: s.now()})
	if err != nil {
		return nil, fmt.Errorf("insert legacy source: %w", err)
	}
	source, err := s.q.LegacySourceGetByName(ctx, tx, queries.LegacySourceGetByNameParams{LocationID: at.ID, Name: name})
	if err != nil {
		return nil, fmt.Errorf("read legacy source: %w", err)
	}
	if source.Region == "" {
		source.Region = regionOf(at)
	}
	return source, nil
}

// beginImport reads the headings, remembers what was said of them, and writes down where the rows begin.
func (s *Service) beginImport(ctx context.Context, tx pgx.Tx, req ImportRequest, source *queries.LegacySource, upload *queries.Upload, batch *queries.Batch) error {
	remembered := map[string]legacy.Field{}
	for i, h := range source.Headers {
		remembered[h] = legacy.Field(source.Fields[i])
	}
	reading, wrong, err := s.readHeadings(ctx, upload, remembered, req.Columns)
	if err != nil {
		return fmt.Errorf("read headings: %w", err)
	}
	var r Refusals
	for _, sentence := range wrong {
		r.add(CodeInvalid, sentence, "columns")
	}
	if len(r) > 0 {
		return r
	}
	said := queries.LegacySourceRememberParams{ID: source.ID, Now: s.now(), DateOrder: orShown(req.DateOrder, source.DateOrder),
		DecimalMark: orShown(req.DecimalMark, source.DecimalMark), Region: or(req.Region, source.Region), Headers: reading.Headers}
	for _, f := range reading.Fields {
		said.Fields = append(said.Fields, string(f))
	}
	reading.DateOrder, reading.DecimalMark = said.DateOrder, said.DecimalMark
	if err := rememberedSights(source, req, reading); err != nil {
		return err
	}
	if said.Sights, err = json.Marshal(reading.Remembered); err != nil {
		return fmt.Errorf("write what is remembered: %w", err)
	}
	if err := s.q.LegacySourceRemember(ctx, tx, said); err != nil {
		return fmt.Errorf("remember columns: %w", err)
	}
	raw, err := json.Marshal(reading)
	if err != nil {
		return fmt.Errorf("write reading: %w", err)
	}
	err = s.q.LegacyImportInsert(ctx, tx, queries.LegacyImportInsertParams{BatchID: batch.ID, SourceID: source.ID, LocationID: source.LocationID,
		UploadID: upload.ID, DryRun: req.DryRun, Partial: req.Partial || reading.IsRefused(), Canary: req.Canary, Reading: raw, NextByte: reading.FirstRow, NextLine: reading.FirstLines})
	if err != nil {
		return fmt.Errorf("insert import: %w", err)
	}
	return nil
}

// rememberedSights is what earlier files of the source have shown, but for what is said otherwise now or is to be remembered no more.
func rememberedSights(source *queries.LegacySource, req ImportRequest, reading *legacy.Reading) error {
	reading.Remembered = map[string]legacy.Sight{}
	if err := json.Unmarshal(source.Sights, &reading.Remembered); err != nil {
		return fmt.Errorf("read what files have shown: %w", err)
	}
	for heading, sight := range reading.Remembered {
		said := req.DecimalMark
		if sight.Way == legacy.DayFirst || sight.Way == legacy.MonthFirst {
			said = req.DateOrder
		}
		if said != "" && said != sight.Way {
			delete(reading.Remembered, heading)
		}
	}
	return nil
}

// readHeadings holds what was said now above what was remembered. A heading that is remembered and not in this file is no mistake.
func (s *Service) readHeadings(ctx context.Context, upload *queries.Upload, remembered, said map[string]legacy.Field) (*legacy.Reading, []string, error) {
	open := s.openUpload(ctx, upload)
	first, wrong, err := legacy.Begin(open, upload.Encoding, said)
	if first == nil || err != nil {
		return nil, wrong, err
	}
	all := map[string]legacy.Field{}
	for _, h := range first.Headers {
		if f, ok := said[strings.TrimSpace(h)]; ok {
			all[h] = f
		} else if f, ok := remembered[h]; ok && !taken(said, f) {
			all[h] = f
		}
	}
	if len(all) == len(said) {
		return first, wrong, nil
	}
	return legacy.Begin(open, upload.Encoding, all)
}

// taken: the field was given to a column by hand, and a single column holds it.
func taken(said map[string]legacy.Field, f legacy.Field) bool {
	for _, one := range said {
		if one == f && f != "" && f != legacy.Email && f != legacy.Phone {
			return true
		}
	}
	return false
}

func or(said, otherwise string) string {
	if said != "" {
		return said
	}
	return otherwise
}

// orShown is or, for what can be unsaid.
func orShown(said, remembered string) string {
	if said == AsShown {
		return ""
	}
	return or(said, remembered)
}

// ContinueImport lets an import go on that has waited for somebody to look at its first rows.
func (s *Service) ContinueImport(ctx context.Context, by Actor, id uuid.UUID) (batch *queries.Batch, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if batch, err = found(s.q.BatchLockVisible(ctx, tx, queries.BatchLockVisibleParams{ID: id, StaffID: by.staffID()})); err != nil {
			return fmt.Errorf("lock batch: %w", err)
		}
		managed, err := s.managedImport(ctx, tx, by, id)
		if err != nil {
			return err
		}
		if batch == nil || managed == nil {
			return Refuse(CodeNotFound, "There is no such import of yours.", "batchId")
		}
		staff := by.staffID()
		goesOn, err := found(s.q.LegacyImportGoOn(ctx, tx, queries.LegacyImportGoOnParams{BatchID: id, StaffID: &staff, Now: ptr(s.now())}))
		if err != nil {
			return fmt.Errorf("let import go on: %w", err)
		}
		if goesOn == nil {
			return Refuse(CodeWrongState, "This import does not wait for anybody.", "batchId")
		}
		if err := s.record(ctx, tx, by, batchEvent(batch, "continued", batch.State)); err != nil {
			return err
		}
		return s.enqueue(ctx, tx, ImportLegacyArgs{BatchID: id, Continued: true}, nil)
	})
	return batch, err
}

// endImport finishes a batch that is not over.
func (s *Service) endImport(ctx context.Context, tx pgx.Tx, by Actor, id uuid.UUID, state queries.BatchState, why string) error {
	before, err := s.q.BatchGet(ctx, tx, id)
	if err != nil {
		return err
	}
	ended, err := found(s.q.BatchEnd(ctx, tx, queries.BatchEndParams{ID: id, State: state, StateReason: why, Now: ptr(s.now())}))
	if err != nil || ended == nil {
		return err
	}
	if err := s.q.LegacyTrialForget(ctx, tx, id); err != nil {
		return fmt.Errorf("forget what a trial met: %w", err)
	}
	if err := s.q.LegacyRepeatedForget(ctx, tx, id); err != nil {
		return fmt.Errorf("forget what an import met: %w", err)
	}
	if err := s.record(ctx, tx, by, batchEvent(ended, "finished", before.State)); err != nil {
		return err
	}
	return s.q.BatchTell(ctx, tx, id.String())
}

// errMovedOn: another worker has taken these rows.
var errMovedOn = errors.New("the import was gone on with elsewhere")
