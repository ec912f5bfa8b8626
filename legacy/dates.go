package legacy

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"carryover/civil"
)

// The orders of day and month, as a Reading names them.
const (
	DayFirst   = "day_first"
	MonthFirst = "month_first"
)

// standsForNothing: what is nothing in a date or an amount may be somebody's name, plate or id. There only what is no word is nothing.
func standsForNothing(f Field, s string) bool {
	switch f {
	case SourceID, Name, FirstName, LastName, Plate, RFID, MemberNumber, PlanName:
		switch strings.ToLower(s) {
		case "", "-", "--", "n/a", "#n/a", "(null)", "(none)":
			return true
		}
		return false
	case Unit, Email, Phone, Price, Discount, DiscountEndsOn, NextBillingOn, BillingDay, PaidThrough, EndsOn, Period, State, CancelledOn:
	}
	return isNothing(s)
}

// isNothing is true of what people and programs write for nothing.
func isNothing(s string) bool {
	switch strings.ToLower(s) {
	case "", "-", "--", "n/a", "na", "null", "none", "nil", "(null)", "(none)", "unknown", "0000-00-00", "#n/a":
		return true
	}
	return false
}

// numbersOfDate are the three numbers of a date that is written in numbers, in their order; ok is false for every other form.
func numbersOfDate(s string) (n [3]int, by byte, ok bool) {
	at, digits := 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
			if digits++; digits > 4 {
				return n, 0, false
			}
			n[at] = n[at]*10 + int(c-'0')
		case (c == '/' || c == '-' || c == '.') && digits > 0 && at < 2 && (by == 0 || by == c):
			by, at, digits = c, at+1, 0
		default:
			return n, 0, false
		}
	}
	return n, by, at == 2 && digits > 0
}

// withoutTime cuts a time of day off a date that has one.
func withoutTime(s string) string {
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') && s[4] == '-' {
		return s[:10]
	}
	date, rest, found := strings.Cut(s, " ")
	if found && strings.Contains(rest, ":") && strings.ContainsFunc(date, unicode.IsDigit) && strings.ContainsAny(date, "/-.") {
		return date
	}
	return s
}

// orderShown is what a date says of the order of day and month in its column: "" where it could be either, or where its form leaves no doubt.
func orderShown(s string) string {
	n, by, ok := numbersOfDate(withoutTime(s))
	switch {
	case !ok || by == '.' || n[0] > 31:
		return ""
	case n[0] > 12 && n[1] <= 12:
		return DayFirst
	case n[1] > 12 && n[0] <= 12:
		return MonthFirst
	}
	return ""
}

// parseDate reads a date in any usual form. order settles which of two small numbers is the day.
func parseDate(s, order string) (civil.Date, string) {
	s = withoutTime(s)
	n, by, ok := numbersOfDate(s)
	if !ok {
		return parseWordyDate(s)
	}
	year, month, day := n[0], n[1], n[2]
	if n[0] <= 31 {
		year = n[2]
		switch {
		case by == '.' || order == DayFirst || (order == "" && n[0] > 12):
			day, month = n[0], n[1]
		case order == MonthFirst || n[1] > 12 || n[0] == n[1]:
			month, day = n[0], n[1]
		default:
			return civil.Date{}, fmt.Sprintf("this can be %s or %s, and nothing in the column tells which. Say the order of day and month, or write YYYY-MM-DD",
				wordy(n[0], n[1], year), wordy(n[1], n[0], year))
		}
	}
	d := civil.Date{Year: wholeYear(year), Month: time.Month(month), Day: day}
	if !d.Valid() || d.Year < 1990 || d.Year > 2100 {
		return civil.Date{}, noSuchDay(order, by)
	}
	return d, ""
}

func noSuchDay(order string, by byte) string {
	const write = "Write an existing day, best as YYYY-MM-DD"
	switch {
	case order == DayFirst && by != '.':
		return "there is no such day where the day comes first, as it does in this column. " + write
	case order == MonthFirst && by != '.':
		return "there is no such day where the month comes first, as it does in this column. " + write
	}
	return "there is no such day. " + write
}

// wholeYear: two digits are of this century.
func wholeYear(y int) int {
	if y < 100 {
		return 2000 + y
	}
	return y
}

func wordy(day, month, year int) string {
	return fmt.Sprintf("%d %s %d", day, time.Month(month), wholeYear(year))
}

var wordyForms = []string{"Jan 2 2006", "January 2 2006", "2 Jan 2006", "2 January 2006", "Mon Jan 2 2006", "Monday January 2 2006", "2 Jan 06", "20060102"}

func parseWordyDate(s string) (civil.Date, string) {
	plain := strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == '-' || unicode.IsSpace(r) }), " ")
	for _, form := range wordyForms {
		if t, err := time.Parse(form, plain); err == nil && t.Year() >= 1990 && t.Year() <= 2100 {
			return civil.In(t, time.UTC), ""
		}
	}
	return civil.Date{}, "this is no date. Write it as YYYY-MM-DD"
}

func parseDay(s string) (int, string) {
	day, err := strconv.Atoi(strings.TrimRight(strings.ToLower(s), "sthndr"))
	if err != nil || day < 1 || day > 31 {
		return 0, "write the day of the month, 1 to 31"
	}
	return day, ""
}
