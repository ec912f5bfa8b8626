package migration

import (
	"errors"
	"fmt"
	"time"

	"carryover/civil"
	"carryover/queries"
)

// Why a first charge cannot be planned. The wrapping error names the dates and says what would be right.
var (
	ErrAnchorDay        = errors.New("anchor day is not a day of the month")
	ErrStartOption      = errors.New("unknown start option")
	ErrFirstBillPast    = errors.New("first bill date is in the past")
	ErrFirstBillDay     = errors.New("first bill date is not on the anchor day")
	ErrFirstBillTooLate = errors.New("first bill date is two years ahead or more")
)

// Date is a civil date at the location.
type Date = civil.Date

// DateIn is the date at t on a calendar hanging in loc.
func DateIn(t time.Time, loc *time.Location) Date { return civil.In(t, loc) }

// ParseDate reads "2006-01-02" and nothing else.
func ParseDate(s string) (Date, error) { return civil.Parse(s) }

// AnchorDate is the anchor day in a month, or the month's last day where it is shorter. Only legacy memberships come
// with days 29 to 31. An anchor day below 1 counts as 1; PlanStart and PlanFirstBill refuse it.
func AnchorDate(year int, month time.Month, anchorDay int) Date {
	return civil.OnDay(year, month, anchorDay)
}

// LastAnchor is the latest anchor date that is not after today: today itself on the anchor day.
func LastAnchor(today Date, anchorDay int) Date {
	if this := AnchorDate(today.Year, today.Month, anchorDay); this.Compare(today) <= 0 {
		return this
	}
	return today.AddMonths(-1, anchorDay)
}

// NextAnchor is the first anchor date strictly after today: on the anchor day itself it is the one a month later, in
// the morning as in the evening, since dates are compared and never hours.
func NextAnchor(today Date, anchorDay int) Date {
	if this := AnchorDate(today.Year, today.Month, anchorDay); this.Compare(today) > 0 {
		return this
	}
	return today.AddMonths(1, anchorDay)
}

// Moment is the instant at which a local date is billed: 12:00 UTC on that date, or 06:00 UTC where the zone ever
// reaches UTC+12. The date in UTC and the date in the zone are then the same in summer and in winter, so a cycle that
// Stripe keeps in UTC never slips to a neighbouring local day.
func Moment(d Date, zone *time.Location) time.Time {
	if _, east := offsets(zone); east >= 12*time.Hour {
		return d.At(6 * time.Hour)
	}
	return d.At(12 * time.Hour)
}

// offsets are the westernmost and easternmost offset from UTC that a zone has from 2012 to 2040. It starts after Samoa
// and Tokelau crossed the date line (tz database, 30 December 2011): nothing is billed before, and the old side of the
// line would deny them any hour at all. Go extends the last rule of a zone beyond its table, so 2040 is not special.
func offsets(zone *time.Location) (west, east time.Duration) {
	until := Date{Year: 2040, Month: time.January, Day: 1}.At(0)
	west, east = 24*time.Hour, -24*time.Hour
	for t := (Date{Year: 2012, Month: time.January, Day: 1}).At(0).In(zone); t.Before(until); {
		_, seconds := t.Zone()
		offset := time.Duration(seconds) * time.Second
		west, east = min(west, offset), max(east, offset)
		_, end := t.ZoneBounds()
		if end.IsZero() {
			break // no further change
		}
		if tomorrow := t.Add(24 * time.Hour); end.Before(tomorrow) {
			end = tomorrow // on the last day of a leap year Go 1.26 can answer t itself, and the loop would stand still
		}
		t = end
	}
	return west, east
}

// keepsDate tells whether this time of day in UTC falls on the UTC date all year in the zone, as Moment's does.
func keepsDate(t time.Time, zone *time.Location) bool {
	west, east := offsets(zone)
	sinceMidnight := t.Sub(DateIn(t, time.UTC).At(0))
	return sinceMidnight+west >= 0 && sinceMidnight+east < 24*time.Hour
}

// addMonth is Stripe's month: the same day and time in UTC, or the last day of a shorter month ("a subscription
// starting on January 31 bills on February 28", https://docs.stripe.com/billing/subscriptions/billing-cycle).
func addMonth(t time.Time) time.Time {
	d := DateIn(t, time.UTC)
	return d.AddMonths(1, d.Day).At(t.Sub(d.At(0)))
}

// StartOption is the choice at approval: what happens to the month that is running.
type StartOption = queries.StartOption

const (
	// CurrentMonth charges the full running month at once and then on every anchor date.
	CurrentMonth = queries.StartOptionCurrentMonth
	// NextMonth charges nothing until the next anchor date.
	NextMonth = queries.StartOptionNextMonth
)

// Schedule says how a subscription is created and what the tenant is told about it. A nil parameter is not sent;
// without Backdate, Anchor and Trial the cycle starts with the call.
//
// It holds for a call at the instant it was planned for, or at NotBefore. What was approved is frozen with the approval; a
// job that comes so late that Stripe would refuse it gives the approval back.
//
// Stripe keeps the day of month of the first anchor it is given. A legacy membership on day 29 to 31 whose first anchor
// falls into a shorter month therefore stays on that month's last day; NextChargeOn shows it before anybody agrees.
type Schedule struct {
	Option       StartOption // a first bill that is due today is CurrentMonth, any other NextMonth
	StartsOn     Date        // local date on which the first paid month begins
	NextChargeOn Date        // local date of the first charge that is not made at once
	Backdate     *time.Time  // backdate_start_date
	Anchor       *time.Time  // billing_cycle_anchor
	Trial        *time.Time  // trial_end
	NotBefore    time.Time   // the call must wait until then; zero means now
	DueNow       bool        // exactly one full month is charged by the call itself
	Prorate      bool        // proration_behavior: create_prorations or none
}

// DueToday is what the call itself charges of a monthly price: all of it or nothing, never a part.
func DueToday(s Schedule, monthlyMinor int64) int64 {
	if s.DueNow {
		return monthlyMinor
	}
	return 0
}

// PlanStart plans the subscription of an approval as if it were created at now. It never bills the month of one anchor
// date twice.
//
// CurrentMonth on the anchor day, before its moment, starts the cycle with the call where that keeps the local date all
// year, and otherwise waits for the moment. NextMonth on the anchor day charges nothing until one month later, also
// before the moment.
func PlanStart(option StartOption, now time.Time, zone *time.Location, anchorDay int) (Schedule, error) {
	if err := checkAnchorDay(anchorDay); err != nil {
		return Schedule{}, err
	}
	now = now.UTC().Truncate(time.Second)
	switch option {
	case CurrentMonth:
		return planCurrentMonth(now, zone, anchorDay).underCeiling(now, zone), nil
	case NextMonth:
		next := NextAnchor(DateIn(now, zone), anchorDay)
		return planUnpaid(next, zone).underCeiling(now, zone), nil
	}
	return Schedule{}, fmt.Errorf("%w %q: choose %q or %q", ErrStartOption, option, CurrentMonth, NextMonth)
}

// PlanStartFrom is PlanStart for an offer with which a legacy cycle may go on: with NextMonth the first charge is on firstBillOn
// where that is after today at the location. Today's or an earlier one says nothing: the old system has billed that day, or is
// about to, and NextMonth never charges at once.
func PlanStartFrom(option StartOption, now time.Time, zone *time.Location, anchorDay int, firstBillOn *Date) (Schedule, error) {
	if option == NextMonth && firstBillOn != nil && firstBillOn.Compare(DateIn(now, zone)) > 0 {
		return PlanFirstBill(now, zone, *firstBillOn, anchorDay)
	}
	return PlanStart(option, now, zone, anchorDay)
}

// PlanFirstBill plans the subscription of somebody whose legacy cycle goes on: the first charge is on firstBillOn, which
// must be an anchor date from today on. Today's is charged at its moment, or at once where the moment has passed. Beyond
// Stripe's ceiling for an anchor the time until then is a trial.
func PlanFirstBill(now time.Time, zone *time.Location, firstBillOn Date, anchorDay int) (Schedule, error) {
	if err := checkAnchorDay(anchorDay); err != nil {
		return Schedule{}, err
	}
	now = now.UTC().Truncate(time.Second)
	if err := checkFirstBill(DateIn(now, zone), firstBillOn, anchorDay); err != nil {
		return Schedule{}, err
	}
	moment := Moment(firstBillOn, zone)
	if !moment.After(now) {
		return planCurrentMonth(now, zone, anchorDay).underCeiling(now, zone), nil
	}
	s := planUnpaid(firstBillOn, zone)
	if moment.After(addMonth(now)) {
		s.Anchor, s.Trial = nil, &moment
	}
	return s, nil
}

// planCurrentMonth charges the paid period from its moment to the moment one month later: Stripe prorates over an
// imagined month that begins at the backdate (https://docs.stripe.com/billing/subscriptions/backdating), so the
// fraction is exactly one.
func planCurrentMonth(now time.Time, zone *time.Location, anchorDay int) Schedule {
	from, until := paidPeriod(DateIn(now, zone), anchorDay)
	s := Schedule{Option: CurrentMonth, StartsOn: from, NextChargeOn: until, DueNow: true, Prorate: true}
	start := Moment(from, zone)
	if start.After(now) { // so from is today
		if keepsDate(now, zone) {
			return s // and today in UTC as well
		}
		s.NotBefore = start
	}
	anchor := addMonth(start)
	s.Backdate, s.Anchor = &start, &anchor
	return s
}

// planUnpaid charges nothing until the moment of the date.
func planUnpaid(first Date, zone *time.Location) Schedule {
	moment := Moment(first, zone)
	return Schedule{Option: NextMonth, StartsOn: first, NextChargeOn: first, Anchor: &moment}
}

// paidPeriod is the full month that CurrentMonth charges: from the last anchor date to one month later.
//
// After a clamped anchor date (28 February for the 31st) one month later can be over while the next anchor date is still
// ahead, on 28 to 30 March. No month that Stripe counts as whole ends on that anchor date, so the calendar month is
// charged instead: its end is the whole month's end nearest to the anchor date and not before it. Nothing is charged
// twice and no month is left out.
func paidPeriod(today Date, anchorDay int) (from, until Date) {
	from = LastAnchor(today, anchorDay)
	until = from.AddMonths(1, from.Day)
	if until.Compare(today) <= 0 {
		from = AnchorDate(today.Year, today.Month, 1)
		until = from.AddMonths(1, 1)
	}
	return from, until
}

// underCeiling mends an anchor that Stripe would refuse: "billing_cycle_anchor cannot be later than next natural
// billing date", one month after the call, equal being accepted. It is met on anchor days and at month ends (on 30
// January at 08:00 the ceiling is 28 February at 08:00). Anchor and backdate move together to the ceiling where that
// stays on the anchor's UTC date and on its local date all year; otherwise the call waits.
func (s Schedule) underCeiling(now time.Time, zone *time.Location) Schedule {
	if s.Anchor == nil || s.NotBefore.After(now) {
		return s // a call that waits for its backdate finds the ceiling exactly at the anchor
	}
	ceiling := addMonth(now)
	excess := s.Anchor.Sub(ceiling)
	switch {
	case excess <= 0:
	case DateIn(ceiling, time.UTC) == DateIn(*s.Anchor, time.UTC) && keepsDate(ceiling, zone):
		s.Anchor = &ceiling
		if s.Backdate != nil {
			earlier := s.Backdate.Add(-excess)
			s.Backdate = &earlier
		}
	default:
		s.NotBefore = admitted(*s.Anchor, now)
	}
	return s
}

// admitted is the earliest instant whose ceiling reaches the anchor, given that now's does not: the anchor's own time of
// day on some day, or the midnight after which a month leads beyond the anchor's date.
func admitted(anchor, now time.Time) time.Time {
	anchorDate := DateIn(anchor, time.UTC)
	for midnight := DateIn(now, time.UTC).At(0); ; midnight = midnight.AddDate(0, 0, 1) {
		reached := DateIn(addMonth(midnight), time.UTC).Compare(anchorDate)
		if reached == 0 {
			return midnight.Add(anchor.Sub(anchorDate.At(0)))
		}
		if reached > 0 {
			return midnight
		}
	}
}

func checkAnchorDay(anchorDay int) error {
	if anchorDay < 1 || anchorDay > 31 {
		return fmt.Errorf("%w: %d: choose 1 to 28, or 29 to 31 for a legacy membership", ErrAnchorDay, anchorDay)
	}
	return nil
}

func checkFirstBill(today, firstBillOn Date, anchorDay int) error {
	switch {
	case !firstBillOn.Valid():
		return fmt.Errorf("%w: %s does not exist", ErrFirstBillDay, firstBillOn)
	case firstBillOn.Compare(today) < 0:
		return fmt.Errorf("%w: %s, today is %s: read the legacy record again", ErrFirstBillPast, firstBillOn, today)
	case firstBillOn != AnchorDate(firstBillOn.Year, firstBillOn.Month, anchorDay):
		return fmt.Errorf("%w: %s, day %d: read the legacy record again", ErrFirstBillDay, firstBillOn, anchorDay)
	case firstBillOn.Compare(today.AddMonths(24, today.Day)) >= 0: // "at most two years", Stripe on trial_end
		return fmt.Errorf("%w: %s: read the legacy record again", ErrFirstBillTooLate, firstBillOn)
	}
	return nil
}
