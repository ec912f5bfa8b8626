package legacy

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"carryover/civil"
)

// Parser turns records into rows.
type Parser struct {
	Reading  *Reading
	Currency string
	// Email and Phone answer an address in the one spelling in which it is kept, or an error that says what would be right.
	Email, Phone func(string) (string, error)

	mistakes []Mistake
}

// maxText is more than any value needs and less than what would break a page.
const maxText = 120

func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' })
}

// Row answers what a record says, or everything that is wrong in it.
func (p *Parser) Row(record Record) (Row, []Mistake) {
	p.mistakes = nil
	if record.Broken != nil {
		return Row{}, []Mistake{*record.Broken}
	}
	cells := record.Cells
	for len(cells) > len(p.Reading.Fields) && trim(cells[len(cells)-1]) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != len(p.Reading.Fields) {
		return Row{SourceID: p.idOf(cells)}, []Mistake{{Wants: fmt.Sprintf("%d values stand here, but the first line names %d columns", len(cells), len(p.Reading.Fields))}}
	}
	if at := p.leftOver(cells); at >= 0 {
		return Row{SourceID: p.idOf(cells)}, []Mistake{{Column: p.Reading.Headers[at], Value: cut(cells[at]),
			Wants: "put each of these values into its column, and leave this one empty"}}
	}
	row := Row{State: "active", Period: "monthly"}
	var first, last, percent string
	percentAt := 0
	for i, f := range p.Reading.Fields {
		if f == "" {
			continue
		}
		cell := unsafe(trim(cells[i]))
		if !p.isText(i, cell) || standsForNothing(f, cell) {
			continue
		}
		switch f {
		case SourceID:
			row.SourceID = cell
		case Name:
			row.Name = cell
		case FirstName:
			first = cell
		case LastName:
			last = cell
		case Email:
			row.Emails = p.contacts(i, row.Emails, cell, p.Email)
		case Phone:
			row.Phones = p.contacts(i, row.Phones, cell, p.Phone)
		case Plate:
			row.Plate = cell
		case RFID:
			row.RFID = cell
		case MemberNumber:
			row.MemberNumber = cell
		case Unit:
			row.Unit = cell
		case PlanName:
			row.PlanName = cell
		case Price:
			row.PriceMinor = p.amount(i, cell)
		case Discount:
			if percent, percentAt = strings.TrimSuffix(cell, "%"), i; percent == cell {
				row.DiscountMinor, percent = p.amount(i, cell), ""
			}
		case DiscountEndsOn:
			row.DiscountEndsOn = p.date(i, cell)
		case NextBillingOn:
			row.NextBillingOn = p.date(i, cell)
		case PaidThrough:
			row.PaidThrough = p.date(i, cell)
		case EndsOn:
			row.EndsOn = p.date(i, cell)
		case CancelledOn:
			row.CancelledOn = p.date(i, cell)
		case BillingDay:
			if day, wrong := parseDay(cell); wrong == "" {
				row.BillingDay = &day
			} else {
				p.wrong(i, cell, wrong)
			}
		case Period:
			row.Period = periodOf(cell)
		case State:
			p.state(i, cell, &row)
		}
	}
	if percent != "" {
		row.DiscountMinor = p.percentOf(percentAt, percent, row.PriceMinor)
	}
	p.whole(&row, first, last)
	return row, p.mistakes
}

// leftOver is the column in which a refused row that came back still has what had no column; -1 where there is none.
func (p *Parser) leftOver(cells []string) int {
	for i, h := range p.Reading.Headers {
		if h == LeftOver && p.Reading.Fields[i] == "" && trim(cells[i]) != "" {
			return i
		}
	}
	return -1
}

// idOf is the id of a row that is refused whole, as far as it can be told.
func (p *Parser) idOf(cells []string) string {
	for _, f := range []Field{SourceID, MemberNumber} {
		for i, one := range p.Reading.Fields {
			if one == f && i < len(cells) {
				return unsafe(trim(cells[i]))
			}
		}
	}
	return ""
}

func (p *Parser) wrong(column int, value, wants string) {
	p.mistakes = append(p.mistakes, Mistake{Column: p.Reading.Headers[column], Value: cut(value), Wants: wants})
}

func (p *Parser) isText(column int, cell string) bool {
	wants := ""
	switch {
	case isPlain(cell) && len(cell) <= maxText:
		return true
	case !utf8.ValidString(cell):
		wants, cell = "this is not UTF-8, as the rest of the file is. Save the file as UTF-8", strings.ToValidUTF8(cell, "�")
	case strings.ContainsRune(cell, 0):
		wants, cell = "a character that is no text stands here (NUL). Type the value again", strings.ReplaceAll(cell, "\x00", "�")
	case utf8.RuneCountInString(cell) > maxText:
		wants = fmt.Sprintf("at most %d characters", maxText)
	case strings.ContainsFunc(cell, unicode.IsControl):
		wants = "line breaks and control characters are not allowed here"
	case strings.ContainsFunc(cell, turnsWriting):
		wants = "characters that turn the direction of writing round are not allowed here"
	default:
		return true
	}
	p.wrong(column, cell, wants)
	return false
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

func turnsWriting(r rune) bool { return (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) }

// maxContacts is how many addresses of one kind a person has.
const maxContacts = 5

// contacts takes one or, parted by ; or / or |, several.
func (p *Parser) contacts(column int, have []string, cell string, parse func(string) (string, error)) []string {
	for one := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == ';' || r == '/' || r == '|' }) {
		one = trim(one)
		if isNothing(one) {
			continue
		}
		address, err := parse(one)
		switch {
		case err != nil:
			p.wrong(column, one, err.Error())
		case len(have) < maxContacts && !contains(have, address):
			have = append(have, address)
		}
	}
	return have
}

func contains(all []string, one string) bool {
	for _, s := range all {
		if s == one {
			return true
		}
	}
	return false
}

func (p *Parser) amount(column int, cell string) *int64 {
	minor, wrong := parseAmount(cell, p.Currency, p.Reading.DecimalMarks[column])
	if wrong != "" {
		p.wrong(column, cell, wrong)
		return nil
	}
	return &minor
}

func (p *Parser) date(column int, cell string) *civil.Date {
	d, wrong := parseDate(cell, p.Reading.DateOrders[column])
	if wrong != "" {
		p.wrong(column, cell, wrong)
		return nil
	}
	return &d
}

// percentOf is a share of the price, rounded to the minor unit.
func (p *Parser) percentOf(column int, percent string, price *int64) *int64 {
	share, err := strconv.ParseFloat(strings.ReplaceAll(trim(percent), ",", "."), 64)
	switch {
	case err != nil || !(share >= 0 && share <= 100):
		p.wrong(column, percent+"%", "write a share of 0% to 100%, or an amount")
		return nil
	case price == nil:
		p.wrong(column, percent+"%", "a share of a price needs the price. Write the discount as an amount")
		return nil
	}
	minor := int64(math.Round(float64(*price) * share / 100))
	return &minor
}

var states = map[string][]string{
	"active":    {"active", "current", "live", "open", "ok", "yes", "good", "enabled", "valid", "activa", "activo", "a", "1", "true", "recurring"},
	"paused":    {"paused", "pause", "frozen", "freeze", "suspended", "onhold", "hold", "dormant"},
	"past_due":  {"pastdue", "overdue", "delinquent", "declined", "unpaid", "arrears", "failed", "paymentfailed"},
	"cancelled": {"cancelled", "canceled", "cancel", "terminated", "ended", "expired", "inactive", "closed", "deactivated", "disabled", "no", "c", "0", "false", "cancelada", "cancelado"},
}

var statesByWord = func() map[string]string {
	all := map[string]string{}
	for state, words := range states {
		for _, word := range words {
			all[word] = state
		}
	}
	return all
}()

func (p *Parser) state(column int, cell string, row *Row) {
	row.StateSaid = cell
	state, ok := statesByWord[plainHeading(cell)]
	if !ok {
		p.wrong(column, cell, "write active, paused, past due or cancelled")
		return
	}
	row.State = state
}

func periodOf(cell string) string {
	switch plainHeading(cell) {
	case "monthly", "month", "permonth", "1month", "everymonth", "m", "1", "mensual", "1months":
		return "monthly"
	case "weekly", "week", "w", "everyweek", "1week":
		return "weekly"
	case "quarterly", "quarter", "3months", "every3months":
		return "quarterly"
	case "yearly", "annual", "annually", "year", "12months", "1year", "y":
		return "yearly"
	}
	return "other"
}

// whole looks at what only several columns together say.
func (p *Parser) whole(row *Row, first, last string) {
	if row.Name == "" {
		row.Name = trim(first + " " + last)
	}
	if row.SourceID == "" && !p.Reading.Has(SourceID) {
		row.SourceID = row.MemberNumber
	}
	if len(p.mistakes) > 0 {
		return // what is missing may be what could not be read
	}
	if row.SourceID == "" {
		p.mistakes = append(p.mistakes, Mistake{Column: p.IDHeading(), Wants: "the old system's id must not be empty: by it a second file updates this membership"})
	}
	if row.Name == "" {
		p.mistakes = append(p.mistakes, Mistake{Column: p.heading(Name, LastName, FirstName), Wants: "the name must not be empty"})
	}
	if row.PriceMinor != nil && row.DiscountMinor != nil && *row.DiscountMinor > *row.PriceMinor {
		p.mistakes = append(p.mistakes, Mistake{Column: p.heading(Discount), Wants: "the discount is more than the price"})
	}
	if row.CancelledOn != nil && row.StateSaid == "" {
		row.State = "cancelled"
	}
}

// heading is that of the first of some fields that the file has.
func (p *Parser) heading(fields ...Field) string {
	for _, f := range fields {
		for i, one := range p.Reading.Fields {
			if one == f {
				return p.Reading.Headers[i]
			}
		}
	}
	return ""
}

// IDHeading is the heading of the column by which a second file updates a membership.
func (p *Parser) IDHeading() string { return p.heading(SourceID, MemberNumber) }
