// Package legacy reads the files in which an old billing system lists its people: CSV as such systems write it.
//
// It owns what a file may look like (encodings, separators, headings, forms of dates and amounts), how that is found out, and how a
// mistake in a row is told: with its column, what stands there and what would be right. It holds one row at a time, however large the file
// is. It does not own what becomes of a row, which is package migration's, nor where a file is kept.
package legacy

import (
	"slices"

	"carryover/civil"
)

// Field is what a column holds.
type Field string

// The fields. Of emails and phones there may be several columns, of every other field one.
const (
	SourceID       Field = "SOURCE_ID"
	Name           Field = "NAME"
	FirstName      Field = "FIRST_NAME"
	LastName       Field = "LAST_NAME"
	Email          Field = "EMAIL"
	Phone          Field = "PHONE"
	Plate          Field = "PLATE"
	RFID           Field = "RFID"
	MemberNumber   Field = "MEMBER_NUMBER"
	Unit           Field = "UNIT"
	PlanName       Field = "PLAN"
	Price          Field = "PRICE"
	Discount       Field = "DISCOUNT"
	DiscountEndsOn Field = "DISCOUNT_ENDS_ON"
	NextBillingOn  Field = "NEXT_BILLING_ON"
	BillingDay     Field = "BILLING_DAY"
	PaidThrough    Field = "PAID_THROUGH"
	EndsOn         Field = "ENDS_ON"
	Period         Field = "PERIOD"
	State          Field = "STATE"
	CancelledOn    Field = "CANCELLED_ON"
)

// Row is a person of the list. What a file does not say is empty or nil.
type Row struct {
	SourceID, Name                            string
	Emails, Phones                            []string
	Plate, RFID, MemberNumber, Unit, PlanName string
	PriceMinor, DiscountMinor                 *int64
	DiscountEndsOn, NextBillingOn             *civil.Date
	BillingDay                                *int
	PaidThrough, EndsOn, CancelledOn          *civil.Date
	Period                                    string // monthly, weekly, quarterly, yearly or other
	State                                     string // active, paused, past_due or cancelled
	StateSaid                                 string // the file's own word for it
}

// The headings of what stands behind the columns of a file of refused rows. A row that comes back with something left over is not mended.
const (
	LineInTheFile = "line in the file"
	WhatIsWrong   = "what is wrong"
	LeftOver      = "left over"
)

// IsRefused tells whether a file is one of refused rows.
func (r *Reading) IsRefused() bool {
	return slices.Contains(r.Headers, LineInTheFile) && slices.Contains(r.Headers, WhatIsWrong)
}

// Mistake is one thing that is wrong in a row.
type Mistake struct {
	Column string // its heading; empty where the row as a whole is meant
	Value  string // what stands there
	Wants  string // what would be right
}

// Reading is how one file is read: what was found out of it, and what staff have said.
type Reading struct {
	Encoding  string   `json:"encoding"`
	Separator string   `json:"separator"`
	Headers   []string `json:"headers"`
	// Fields says what the column below each heading holds; "" is not taken.
	Fields []Field `json:"fields"`
	// DateOrders and DecimalMarks are those of each column, by its place: "day_first" or "month_first", "." or ",". "" was not settled: what
	// could be read in two ways is then refused.
	DateOrders   []string `json:"dateOrders"`
	DecimalMarks []string `json:"decimalMarks"`
	// DateOrder and DecimalMark are what staff have said, for the columns in which the file shows nothing. "" is nothing said.
	DateOrder   string `json:"dateOrder"`
	DecimalMark string `json:"decimalMark"`
	// Remembered is what earlier files have shown of columns, by heading; Seen is what counts from now on.
	Remembered map[string]Sight `json:"remembered,omitempty"`
	Seen       map[string]Sight `json:"seen,omitempty"`
	// FirstRow is where the rows begin: behind the headings, in bytes of the text as UTF-8, after so many lines.
	FirstRow   int64 `json:"firstRow"`
	FirstLines int   `json:"firstLines"`
}

// Sight is the way in which the cells of a column are written ("day_first", "month_first", "." or ","), and how many have shown it.
type Sight struct {
	Way   string `json:"way"`
	Times int    `json:"times"`
}

// Has tells whether a column holds the field.
func (r *Reading) Has(f Field) bool {
	for _, one := range r.Fields {
		if one == f {
			return true
		}
	}
	return false
}
