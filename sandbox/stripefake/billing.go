package stripefake

import (
	"math/big"
	"time"
)

const day = 24 * 60 * 60

// interval is a price's period: 1 month, 2 weeks.
type interval struct {
	unit  string
	count int
}

// after is start plus n intervals. Months keep the day of start and fall back
// to the month's last day where it has no such day: 31 January, 28 February,
// 31 March (https://stripe.com/docs/billing/subscriptions/billing-cycle).
func (v interval) after(start int64, n int) int64 {
	t := time.Unix(start, 0).UTC()
	steps := n * v.count
	switch v.unit {
	case "day":
		return start + int64(steps)*day
	case "week":
		return start + int64(steps)*7*day
	case "year":
		steps *= 12
	}
	return addMonths(t, steps).Unix()
}

func addMonths(t time.Time, months int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(months), 1, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), last)-1)
}

// next is the first billing date after moment on the grid through anchor.
func (v interval) next(anchor, moment int64) int64 {
	n := int((moment - anchor) / (v.after(anchor, 1) - anchor + 3*day))
	for v.after(anchor, n) > moment {
		n--
	}
	for v.after(anchor, n) <= moment {
		n++
	}
	return v.after(anchor, n)
}

// share is the part of an interval that lies between start and end. It is
// counted in whole intervals from start and a fraction of the one that is
// begun, so one calendar month is exactly one whatever its length. Stripe calls
// it an imagined interval that starts on the start date
// (https://stripe.com/docs/billing/subscriptions/backdating).
func (v interval) share(start, end int64) *big.Rat {
	if end <= start {
		return new(big.Rat)
	}
	whole := 0
	for v.after(start, whole+1) <= end {
		whole++
	}
	from := v.after(start, whole)
	part := big.NewRat(end-from, v.after(start, whole+1)-from)
	return part.Add(part, big.NewRat(int64(whole), 1))
}

// prorate is amount times share, rounded half up to the minor unit.
func prorate(amount int64, share *big.Rat) int64 {
	x := new(big.Rat).Mul(big.NewRat(amount, 1), share)
	x.Add(x, big.NewRat(1, 2))
	return new(big.Int).Div(x.Num(), x.Denom()).Int64() // rounds down, which with the half added is half up
}

// opening is what was asked of a new subscription: moments are 0 where not given.
type opening struct {
	now, backdate, anchor, trialEnd int64
	prorations                      bool
}

// span is a time an invoice charges for.
type span struct {
	start, end int64
	prorated   bool
	trial      bool
}

// plan is how a new subscription begins.
type plan struct {
	start, anchor          int64
	periodStart, periodEnd int64
	trialEnd               int64
	// billed is what the first invoice covers; empty means that there is no
	// invoice until periodEnd.
	billed []span
}

// natural is the latest anchor Stripe takes: one interval after the creation.
func (o opening) natural(v interval) int64 { return v.after(o.now, 1) }

// plan works out the first period and the first invoice.
func (o opening) plan(v interval) plan {
	start := o.now
	if o.backdate > 0 {
		start = o.backdate
	}
	p := plan{start: start, anchor: o.anchor, periodStart: start, periodEnd: o.anchor}
	switch {
	case o.trialEnd > 0:
		p.anchor, p.periodEnd, p.trialEnd = o.trialEnd, o.trialEnd, o.trialEnd
		p.billed = []span{{start, o.trialEnd, false, true}}
	case o.anchor > 0 && o.prorations:
		p.billed = []span{{start, o.anchor, !isWhole(v, start, o.anchor), false}}
	case o.anchor == 0:
		p.anchor, p.periodStart, p.periodEnd = o.now, o.now, v.after(o.now, 1)
		p.billed = []span{{o.now, p.periodEnd, false, false}}
		if start < o.now && o.prorations {
			p.billed = append([]span{{start, o.now, true, false}}, p.billed...)
		}
	}
	return p
}

func isWhole(v interval, start, end int64) bool { return v.after(start, 1) == end }

// addBusinessDays skips Saturdays and Sundays; bank holidays are not known here.
func addBusinessDays(at int64, days int) int64 {
	t := time.Unix(at, 0).UTC()
	for days > 0 {
		t = t.AddDate(0, 0, 1)
		if t.Weekday() != time.Saturday && t.Weekday() != time.Sunday {
			days--
		}
	}
	return t.Unix()
}

// monthOf numbers the calendar month a moment lies in, for expiry dates.
func monthOf(at int64) int64 {
	t := time.Unix(at, 0).UTC()
	return monthIndex(int64(t.Year()), int64(t.Month()))
}
