package migration

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/google/uuid"

	"carryover/ids"
	"carryover/legacy"
	"carryover/queries"
)

// pieceRows is how many rows are taken in one transaction: enough that a commit costs little for each, few enough that a killed worker
// has little to do again and a few pieces fit into little memory.
const pieceRows = 20_000

// piece is some rows of a file between two places of it.
type piece struct {
	from, place int64
	lines       int
	rows        []queries.LegacyStagingCopyParams
	records     map[int][]string // by line, of the rows
	refused     []queries.LegacyRefusalCopyParams
	last        bool
	unwanted    bool // somebody has ended the import
	err         error
}

// refuse keeps a record whole, with what is wrong in it.
func (p *piece) refuse(batch uuid.UUID, line, columns int, id string, record []string, mistakes ...legacy.Mistake) {
	refusal := queries.LegacyRefusalCopyParams{BatchID: batch, Line: line, SourceID: storable(id, maxKept), Record: make([]string, len(record))}
	for i, cell := range record {
		most := maxKept
		if i >= columns {
			most = maxLeft
		}
		refusal.Record[i] = storable(cell, most)
	}
	for _, m := range mistakes {
		refusal.Columns, refusal.Found, refusal.Wants = append(refusal.Columns, m.Column), append(refusal.Found, storable(m.Value, maxKept)), append(refusal.Wants, m.Wants)
	}
	p.refused = append(p.refused, refusal)
}

// plans are the names of old plans in a piece, each once.
func (p *piece) plans() []string {
	seen := map[string]bool{"": true}
	var names []string
	for i := range p.rows {
		if name := p.rows[i].PlanName; !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

const (
	// maxKept is how much of a refused cell is kept: what is longer was not meant for it.
	maxKept = 2000
	// maxLeft is how much of a line is kept of which no cells can be told.
	maxLeft = 64 << 10
)

// storable is a text that the database takes.
func storable(s string, most int) string {
	return strings.ToValidUTF8(strings.ReplaceAll(cutTo(s, most), "\x00", "�"), "�")
}

// pieceReader reads a file piece by piece.
type pieceReader struct {
	batch   uuid.UUID
	parser  *legacy.Parser
	records *legacy.Records
	limit   int            // valid rows of a piece
	today   Date           // at the location
	before  map[string]int // the first lines of the piece before, by id
}

// run reads ahead by one piece, since the database writes the one before meanwhile. The channel is closed behind the last one.
func (r *pieceReader) run(ctx context.Context) <-chan *piece {
	out := make(chan *piece, 1)
	go func() {
		defer close(out)
		for {
			p := r.next()
			select {
			case out <- p:
			case <-ctx.Done():
				return
			}
			if p.last || p.err != nil || r.limit < pieceRows {
				return
			}
		}
	}()
	return out
}

// next reads until limit rows are there or as many were refused.
func (r *pieceReader) next() *piece {
	p := &piece{rows: make([]queries.LegacyStagingCopyParams, 0, r.limit), records: make(map[int][]string, r.limit)}
	p.from, _ = r.records.Place()
	lines := make(map[string]int, r.limit)
	defer func() { r.before = lines }()
	for len(p.rows) < r.limit && len(p.refused) < pieceRows {
		record, err := r.records.Next()
		if errors.Is(err, io.EOF) {
			p.last = true
			break
		}
		if err != nil {
			p.err = err
			return p
		}
		row, mistakes := r.parser.Row(record)
		if first, twice := r.first(row.SourceID, lines); twice && len(mistakes) == 0 {
			mistakes = []legacy.Mistake{r.twice(row.SourceID, first)}
			lines[row.SourceID] = first
		}
		if len(mistakes) > 0 {
			p.refuse(r.batch, record.Line, len(r.parser.Reading.Headers), row.SourceID, r.whole(record), mistakes...)
			continue
		}
		lines[row.SourceID] = record.Line
		p.records[record.Line] = slices.Clone(record.Cells)
		endAhead(&row, r.today)
		p.rows = append(p.rows, staged(record.Line, row))
	}
	p.place, p.lines = r.records.Place()
	return p
}

// first is the line of this piece or of the one before that has an id. Both may be written at the same time, so that neither finds what the
// other has brought; an id of an earlier piece is met in the database.
func (r *pieceReader) first(id string, lines map[string]int) (line int, there bool) {
	if line, there = lines[id]; !there {
		line, there = r.before[id]
	}
	return line, there
}

// whole is all that stands in a record: a line of which no cells can be told stands behind the columns.
func (r *pieceReader) whole(record legacy.Record) []string {
	if record.Broken == nil {
		return record.Cells
	}
	return append(make([]string, len(r.parser.Reading.Headers)), record.Raw)
}

func (r *pieceReader) twice(id string, line int) legacy.Mistake {
	return legacy.Mistake{Column: r.parser.IDHeading(), Value: id, Wants: "line " + itoa(line) + " has this id already. Each membership has one of its own; of two lines the first was taken"}
}

// endAhead takes a cancellation that is still ahead for what it is: the old system goes on until then, and may bill. Where the file has a word of
// its own for the state, that is overruled only by a bill before the day.
func endAhead(row *legacy.Row, today Date) {
	on := row.CancelledOn
	if on == nil || on.Compare(today) <= 0 {
		return
	}
	if row.EndsOn == nil {
		row.EndsOn = on
	}
	row.CancelledOn = nil
	if row.State == string(queries.LegacyStateCancelled) && (row.StateSaid == "" || (row.NextBillingOn != nil && row.NextBillingOn.Compare(*on) < 0)) {
		row.State = string(queries.LegacyStateActive)
	}
}

// staged is a row as it goes to the database.
func staged(line int, row legacy.Row) queries.LegacyStagingCopyParams {
	p := queries.LegacyStagingCopyParams{Line: line, ID: ids.New(), SourceID: row.SourceID, Name: row.Name, Emails: orNoTexts(row.Emails), Phones: orNoTexts(row.Phones),
		Plate: orNull(row.Plate), Rfid: orNull(row.RFID), MemberNumber: orNull(row.MemberNumber), Unit: row.Unit, PlanName: row.PlanName,
		PriceMinor: row.PriceMinor, DiscountMinor: row.DiscountMinor, DiscountEndsOn: row.DiscountEndsOn, NextBillingOn: row.NextBillingOn,
		BillingDay: row.BillingDay, PaidThrough: row.PaidThrough, EndsOn: row.EndsOn, Period: row.Period, State: row.State, StateSaid: row.StateSaid,
		CancelledOn: row.CancelledOn}
	p.NameKey, p.Keys = legacyKeys(row.Name, row.Plate, row.RFID, row.MemberNumber, row.Emails, row.Phones)
	return p
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

func orNoTexts(all []string) []string {
	if all == nil {
		return []string{}
	}
	return all
}
