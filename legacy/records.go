package legacy

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// Open answers the text as UTF-8 from a place on.
type Open func(at int64) (io.Reader, error)

// Record is one line of a file with its cells, or with why it has none.
type Record struct {
	Line   int
	Cells  []string
	Broken *Mistake
	Raw    string // of a broken one, the line as it stands, up to maxLine
}

// maxRecord is more than any row has, and what a quote that nobody closes can cost.
const maxRecord = 1 << 20

// maxLine is how much of a line with an open quote is kept: more than any row has that is one line.
const maxLine = 64 << 10

// maxMended bounds how often reading begins anew behind a line with an open quote: each time costs up to maxRecord.
const maxMended = 1000

// ErrHopeless is of a file in which so many quotes are left open that it cannot be told where rows begin.
var ErrHopeless = errors.New("too many lines have a quote that is not closed: this is no CSV file, or not with this separator")

// Records reads a file record by record. A broken one costs its line and nothing behind it.
type Records struct {
	open      Open
	separator rune
	reader    *csv.Reader
	source    *bounded
	base      int64 // where the reader began
	baseLine  int   // lines before that
	place     int64 // where the next record begins
	line      int   // lines before it
	mended    int
}

// NewRecords begins at a place of the text that has so many lines before it.
func NewRecords(open Open, separator rune, at int64, lines int) (*Records, error) {
	r := &Records{open: open, separator: separator, place: at, line: lines}
	return r, r.begin()
}

func (r *Records) begin() error {
	in, err := r.open(r.place)
	if err != nil {
		return err
	}
	r.source = &bounded{in: in}
	r.reader = csv.NewReader(r.source)
	r.reader.Comma, r.reader.FieldsPerRecord, r.reader.ReuseRecord = r.separator, -1, true
	r.base, r.baseLine = r.place, r.line
	return nil
}

// Place is where the next record begins, and how many lines stand before it: whoever begins there goes on.
func (r *Records) Place() (at int64, lines int) { return r.place, r.line }

// Next answers io.EOF behind the last record. The cells hold until it is called again.
func (r *Records) Next() (Record, error) {
	r.source.left = maxRecord
	cells, err := r.reader.Read()
	var broken *csv.ParseError
	switch {
	case err == nil:
		line, _ := r.reader.FieldPos(0)
		line += r.baseLine
		r.line = line
		for _, cell := range cells {
			r.line += strings.Count(cell, "\n")
		}
		r.place = r.base + r.reader.InputOffset()
		return Record{Line: line, Cells: cells}, nil
	case errors.As(err, &broken) && broken.Line == broken.StartLine && !r.source.ended:
		raw, err := r.rawLine(r.place)
		if err != nil {
			return Record{}, err
		}
		r.line, r.place = r.baseLine+broken.Line, r.base+r.reader.InputOffset()
		return Record{Line: r.line, Broken: openQuote(raw), Raw: string(raw)}, nil
	case errors.As(err, &broken), errors.Is(err, errTooLong):
		return r.behindLine()
	}
	return Record{}, err
}

// rawLine is the first line from a place on that is not blank.
func (r *Records) rawLine(at int64) ([]byte, error) {
	in, err := r.open(at)
	if err != nil {
		return nil, err
	}
	for lines := bufio.NewReader(in); ; {
		line, _, err := firstLine(lines)
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if len(line) > 0 || err != nil {
			return line, err
		}
	}
}

func openQuote(line []byte) *Mistake {
	return &Mistake{Value: cut(string(line)), Wants: `a quote stands here that is not closed, or not doubled. A value with a quote in it is written "like ""this"" one"`}
}

// behindLine gives up one line, in which a quote was opened that took the following ones with it, and begins anew behind it.
func (r *Records) behindLine() (Record, error) {
	if r.mended++; r.mended > maxMended {
		return Record{}, ErrHopeless
	}
	in, err := r.open(r.place)
	if err != nil {
		return Record{}, err
	}
	lines := bufio.NewReader(in)
	for {
		line, size, err := firstLine(lines)
		if err != nil {
			return Record{}, err
		}
		r.place += size
		r.line++
		if len(line) == 0 {
			continue // a blank line before it
		}
		return Record{Line: r.line, Broken: openQuote(line), Raw: string(line)}, r.begin()
	}
}

// firstLine answers the beginning of a line and how long all of it is.
func firstLine(in *bufio.Reader) (beginning []byte, size int64, err error) {
	for {
		part, err := in.ReadSlice('\n')
		size += int64(len(part))
		beginning = append(beginning, part[:min(len(part), maxLine-len(beginning))]...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && size == 0:
			return nil, 0, err
		}
		return []byte(strings.TrimRight(string(beginning), "\r\n")), size, nil
	}
}

// bounded ends a record that takes too much.
type bounded struct {
	in    io.Reader
	left  int
	ended bool
}

var errTooLong = errors.New("a record is too long")

func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTooLong
	}
	n, err := b.in.Read(p[:min(len(p), 64<<10)])
	b.left -= n
	b.ended = b.ended || err == io.EOF
	return n, err
}

func cut(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}
