package load

import (
	"fmt"
	"slices"
	"strings"
)

// Mistake is one thing that is wrong in a file.
type Mistake struct {
	File   string
	Line   int    // 0: the file as a whole
	Column string // empty: the line as a whole
	Value  string // what stands there, empty where it is a secret
	Wants  string // what would be right
}

func (m Mistake) String() string {
	where := m.File
	if m.Line > 0 {
		where = fmt.Sprintf("%s:%d", m.File, m.Line)
	}
	switch {
	case m.Column == "":
		return where + ": " + m.Wants
	case m.Value == "":
		return fmt.Sprintf("%s: %s: %s", where, m.Column, m.Wants)
	}
	return fmt.Sprintf("%s: %s %q: %s", where, m.Column, shorten(m.Value), m.Wants)
}

// Mistakes is every mistake of all files. As an error it has one line for each.
type Mistakes []Mistake

func (m Mistakes) Error() string {
	lines := make([]string, len(m))
	for i, one := range m {
		lines[i] = one.String()
	}
	return strings.Join(lines, "\n")
}

// err answers nil where nothing is wrong. Mistakes come in the order of files and lines, whatever was checked first.
func (m Mistakes) err() error {
	if len(m) == 0 {
		return nil
	}
	order := map[string]int{}
	for i, t := range tables() {
		order[t.file] = i
	}
	slices.SortStableFunc(m, func(a, b Mistake) int {
		if a.File != b.File {
			return order[a.File] - order[b.File]
		}
		return a.Line - b.Line
	})
	return m
}

func shorten(s string) string {
	if runes := []rune(s); len(runes) > 60 {
		return string(runes[:60]) + "…"
	}
	return s
}
