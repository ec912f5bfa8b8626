package load

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

// row is one line of a file. Its methods answer what stands in a column, and note a mistake where that is not what should;
// the zero value then answered is never written, since a load with a mistake writes nothing.
type row struct {
	l     *loader
	table table
	line  int
	cells map[string]string
}

func (r row) wrong(column, wants string) {
	m := Mistake{File: r.table.file, Line: r.line, Column: column, Value: r.cells[column], Wants: wants}
	if column == "password" {
		m.Value = ""
	}
	r.l.mistakes = append(r.l.mistakes, m)
}

// maxText is more than any name needs and less than what would break a page.
const maxText = 120

func (r row) optionalText(column string) string {
	text := r.cells[column]
	switch {
	case !utf8.ValidString(text):
		r.wrong(column, "save the file as UTF-8")
	case utf8.RuneCountInString(text) > maxText:
		r.wrong(column, fmt.Sprintf("at most %d characters", maxText))
	case strings.ContainsFunc(text, unicode.IsControl):
		r.wrong(column, "line breaks and control characters are not allowed here")
	case strings.ContainsFunc(text, migration.TurnsWriting):
		r.wrong(column, "characters that turn the direction of writing round are not allowed here")
	}
	return text
}

func (r row) text(column string) string {
	text := r.optionalText(column)
	if text == "" {
		r.wrong(column, "must not be empty")
	}
	return text
}

// choice takes one of words, in any case.
func (r row) choice(column string, words ...string) string {
	word := strings.ToLower(r.cells[column])
	if !slices.Contains(words, word) {
		r.wrong(column, "write "+oneOf(words))
	}
	return word
}

func oneOf(words []string) string {
	upper := make([]string, len(words))
	for i, word := range words {
		upper[i] = strings.ToUpper(word)
	}
	last := len(upper) - 1
	return strings.Join(upper[:last], ", ") + " or " + upper[last]
}

// language may be left empty; nil then says that nothing was chosen.
func (r row) language(column string) *queries.MessageLanguage {
	if r.cells[column] == "" {
		return nil
	}
	language := queries.MessageLanguage(r.choice(column, "en", "es"))
	return &language
}

func (r row) email(column string) string {
	email, err := migration.ParseEmail(r.cells[column])
	if err != nil {
		r.wrong(column, "write an address like name@example.com")
	}
	return email
}

func (r row) optionalEmail(column string) *string {
	if r.cells[column] == "" {
		return nil
	}
	email := r.email(column)
	return &email
}

func (r row) optionalPhone(column string) *string {
	if r.cells[column] == "" {
		return nil
	}
	phone, err := migration.ParsePhone(r.cells[column])
	if err != nil {
		r.wrong(column, "write the number with its country code, like +1 303 555 0123")
	}
	return &phone
}

func (r row) currency(column string) string {
	if err := money.Check(r.cells[column]); err != nil {
		r.wrong(column, "write an ISO 4217 code in upper case, like USD")
	}
	return r.cells[column]
}

// maxPrice is what the database takes (domain minor_amount): the most that Stripe charges at once.
const maxPrice = 99_999_999

// price is an amount in the minor unit. Where the currency itself is unknown that is told elsewhere, and nothing here.
func (r row) price(column, currency string) int64 {
	if money.Check(currency) != nil {
		return 0
	}
	m, err := money.Parse(r.cells[column], currency)
	switch {
	case err != nil:
		r.wrong(column, err.Error())
	case m.Minor < 0:
		r.wrong(column, "a price must not be negative")
	case m.Minor > maxPrice:
		r.wrong(column, fmt.Sprintf("the largest price is %s", money.Money{Minor: maxPrice, Currency: currency}.Decimal()))
	}
	return m.Minor
}

// names splits a cell that names several things.
func (r row) names(column string) []string {
	var names []string
	for name := range strings.SplitSeq(r.cells[column], list) {
		name = strings.TrimSpace(name)
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// once notes a key that an earlier line had. Where one of two lines wins is a matter of luck, and so neither does.
func (r row) once(seen map[string]int, column, key string) {
	if first, twice := seen[key]; twice {
		r.wrong(column, fmt.Sprintf("line %d has it already", first))
		return
	}
	seen[key] = r.line
}
