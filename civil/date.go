// Package civil is the calendar on the wall: dates without a time and without a zone.
//
// It owns the type that a date is kept in, from the database to the API. It does not own which date bills; that is
// migration/anchor.go.
package civil

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgtype"
)

// Date is a civil date: what a calendar on the wall shows, in no zone. Its zero value is no date, and NULL in the
// database is a nil *Date, never a zero one.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// In is the date at t on a calendar hanging in loc.
func In(t time.Time, loc *time.Location) Date {
	year, month, day := t.In(loc).Date()
	return Date{year, month, day}
}

// Parse reads "2006-01-02" and nothing else; 30 February is refused, not moved into March.
func Parse(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if d := In(t, time.UTC); err == nil && d.Valid() {
		return d, nil
	}
	return Date{}, fmt.Errorf("date %.20q: write an existing day as YYYY-MM-DD", s)
}

// Valid tells whether the calendar has this day, in the years 1 to 9999 that both ISO 8601 and PostgreSQL can write.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= time.January && d.Month <= time.December &&
		d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

// String is "2006-01-02".
func (d Date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day) }

// Compare is negative where d is before other, zero on the same day, positive after it.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// AddMonths goes n months on (or back) to the wanted day, or to the month's last day where it is shorter. The wanted day
// is asked for because a clamped date has forgotten it: 28 February may stand for the 31st.
func (d Date) AddMonths(n, wantedDay int) Date {
	first := time.Date(d.Year, d.Month+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	return OnDay(first.Year(), first.Month(), wantedDay)
}

// AddDays counts on the calendar; n may be negative.
func (d Date) AddDays(n int) Date { return In(d.At(time.Duration(n)*24*time.Hour), time.UTC) }

// At is the instant of a time of day in UTC on this date.
func (d Date) At(sinceMidnight time.Duration) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Add(sinceMidnight)
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// DateValue lets pgx write a Date to a date column; a date that does not exist is an error, not NULL.
func (d Date) DateValue() (pgtype.Date, error) {
	if !d.Valid() {
		return pgtype.Date{}, fmt.Errorf("write date %s: no such day; for NULL use a nil *Date", d)
	}
	return pgtype.Date{Time: d.At(0), Valid: true}, nil
}

// ScanDate lets pgx read a date column; NULL and infinity are errors (a nullable column is read into a **Date).
func (d *Date) ScanDate(v pgtype.Date) error {
	if !v.Valid || v.InfinityModifier != pgtype.Finite {
		return errors.New("read date: the column holds NULL or infinity; read a nullable column into a *Date")
	}
	*d = In(v.Time, time.UTC)
	return nil
}

// MarshalText writes "2006-01-02", also for JSON; a date that does not exist is an error.
func (d Date) MarshalText() ([]byte, error) {
	if !d.Valid() {
		return nil, fmt.Errorf("write date %s: no such day", d)
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what Parse reads.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = Parse(string(text))
	return err
}

// OnDay is a day of a month, or the month's last day where the month is shorter. A day below 1 counts as 1.
func OnDay(year int, month time.Month, day int) Date {
	return Date{year, month, min(max(day, 1), daysIn(year, month))}
}
