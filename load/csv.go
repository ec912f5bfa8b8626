package load

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
)

// each reads a file row by row. An absent file has no rows. Lines that cannot be read as CSV end the file: where one row ends
// is no longer known behind them.
func (l *loader) each(t table, take func(row)) error {
	file, err := l.files.Open(t.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return fmt.Errorf("open %s: %w", t.file, err)
	}
	defer func() { _ = file.Close() }()
	reader := csv.NewReader(skipMark(file))
	reader.FieldsPerRecord = -1 // told in our own words
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		l.wrong(t, 0, "the file is empty: its first line must name the columns "+strings.Join(t.columns, ","))
		return nil
	}
	if err != nil || !l.headerFits(t, header) {
		return l.broken(t, err)
	}
	return l.rows(t, reader, clean(header), take)
}

func (l *loader) rows(t table, reader *csv.Reader, header []string, take func(row)) error {
	for {
		record, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return l.broken(t, err)
		}
		line, _ := reader.FieldPos(0)
		if len(record) != len(header) {
			l.wrong(t, line, fmt.Sprintf("%d values stand here, but the first line names %d columns", len(record), len(header)))
			continue
		}
		r := row{l: l, table: t, line: line, cells: make(map[string]string, len(header))}
		for i, column := range header {
			r.cells[column] = strings.TrimSpace(record[i])
		}
		take(r)
	}
}

func (l *loader) headerFits(t table, header []string) bool {
	header = clean(header)
	fits := true
	for i, column := range header {
		switch {
		case !slices.Contains(t.columns, column):
			l.wrong(t, 1, fmt.Sprintf("there is no column %q: the columns are %s", shorten(column), strings.Join(t.columns, ",")))
		case slices.Contains(header[:i], column):
			l.wrong(t, 1, fmt.Sprintf("the column %q is there twice", column))
		default:
			continue
		}
		fits = false
	}
	for _, column := range t.columns {
		if !slices.Contains(header, column) && !slices.Contains(t.optional, column) {
			l.wrong(t, 1, fmt.Sprintf("the column %q is missing", column))
			fits = false
		}
	}
	return fits
}

// broken notes what makes a file unreadable as CSV; an error of the disk is not a mistake of the file.
func (l *loader) broken(t table, err error) error {
	var pe *csv.ParseError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &pe):
		l.wrong(t, pe.Line, fmt.Sprintf("not CSV: %v. A value with a quote in it is written \"like \"\"this\"\" one\"; the rest of the file was not read", pe.Err))
		return nil
	}
	return fmt.Errorf("read %s: %w", t.file, err)
}

func (l *loader) wrong(t table, line int, wants string) {
	l.mistakes = append(l.mistakes, Mistake{File: t.file, Line: line, Wants: wants})
}

func clean(header []string) []string {
	names := make([]string, len(header))
	for i, name := range header {
		names[i] = strings.ToLower(strings.TrimSpace(name))
	}
	return names
}

// skipMark drops the byte order mark that spreadsheets put before UTF-8.
func skipMark(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = b.Discard(3)
	}
	return b
}
