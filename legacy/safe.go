package legacy

import (
	"encoding/csv"
	"io"
	"strings"
)

// Safe is a cell that no spreadsheet takes for a formula: what begins like one has an apostrophe before it.
func Safe(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// Writer writes CSV for spreadsheets and for old systems: commas, UTF-8, every cell safe.
type Writer struct{ out *csv.Writer }

// NewWriter writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{csv.NewWriter(w)} }

// Row writes one line.
func (w *Writer) Row(cells ...string) error {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = Safe(cell)
	}
	return w.out.Write(safe)
}

// Flush hands on what is written; it answers the first error of all.
func (w *Writer) Flush() error {
	w.out.Flush()
	return w.out.Error()
}
