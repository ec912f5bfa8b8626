package legacy

import (
	"bufio"
	"io"
	"strings"
	"unicode/utf8"
)

// partings are where a program that was not told of our commas may begin another cell.
const partings = ";|\t\r\n"

// Safe is a cell that no spreadsheet takes for a formula, wherever it parts a line into cells: what begins like one, in the cell or behind what
// may be taken for its end, has an apostrophe before it. A phone number in E.164 is none.
func Safe(cell string) string {
	return eachPart(cell, func(part string) string {
		if beginsFormula(part) {
			return "'" + part
		}
		return part
	})
}

// unsafe takes back what Safe has put into a cell: refused rows come back mended.
func unsafe(cell string) string {
	if !strings.Contains(cell, "'") {
		return cell
	}
	return eachPart(cell, func(part string) string {
		if rest, ok := strings.CutPrefix(part, "'"); ok && beginsFormula(rest) {
			return rest
		}
		return part
	})
}

// eachPart changes what stands before, between and behind the partings.
func eachPart(cell string, change func(string) string) string {
	at := strings.IndexAny(cell, partings)
	if at <= 0 {
		at = len(cell) // a tab or a line's end at the very beginning is part of what it begins
	}
	out := change(cell[:at])
	for at < len(cell) {
		rest := cell[at+1:]
		end := strings.IndexAny(rest, partings)
		if end < 0 {
			end = len(rest)
		}
		out += cell[at:at+1] + change(rest[:end])
		at += 1 + end
	}
	return out
}

func beginsFormula(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", first) && !isE164(s)
}

// isE164: digits behind a plus, as many as a phone number has.
func isE164(s string) bool {
	digits, plus := strings.CutPrefix(s, "+")
	return plus && len(digits) >= 7 && len(digits) <= 15 && strings.Trim(digits, "0123456789") == ""
}

// Writer writes CSV for spreadsheets and for old systems: commas, UTF-8, every cell safe and in quotes.
type Writer struct{ out *bufio.Writer }

// NewWriter writes to w.
func NewWriter(w io.Writer) *Writer { return &Writer{bufio.NewWriter(w)} }

// Row writes one line.
func (w *Writer) Row(cells ...string) error {
	for i, cell := range cells {
		if i > 0 {
			_ = w.out.WriteByte(',') // the last write, and Flush, answer the first error of all
		}
		_, _ = w.out.WriteString(`"` + strings.ReplaceAll(Safe(cell), `"`, `""`) + `"`)
	}
	return w.out.WriteByte('\n')
}

// Flush hands on what is written; it answers the first error of all.
func (w *Writer) Flush() error { return w.out.Flush() }
