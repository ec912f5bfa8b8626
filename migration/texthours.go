package migration

import (
	"fmt"
	"time"

	"carryover/queries"
)

// textTime answers the first moment, from at on, when people of a location may be texted: at itself, or the next opening in
// the location's zone.
func textTime(l *queries.Location, at time.Time) (time.Time, error) {
	zone, err := time.LoadLocation(l.TimeZone)
	if err != nil {
		return at, fmt.Errorf("time zone of location %s: %w", l.ID, err)
	}
	from, until := time.Duration(l.TextsFrom.Microseconds)*time.Microsecond, time.Duration(l.TextsUntil.Microseconds)*time.Microsecond
	local := at.In(zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, time.UTC)
	clock := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC).Sub(midnight)
	switch {
	case clock < from:
		return onClock(local, 0, from), nil
	case clock >= until:
		return onClock(local, 1, from), nil
	}
	return at, nil
}

// textsEnd answers the end of the location's day on the date of a moment: a text of that day is not to go out later.
func textsEnd(l *queries.Location, at time.Time) (time.Time, error) {
	zone, err := time.LoadLocation(l.TimeZone)
	if err != nil {
		return at, fmt.Errorf("time zone of location %s: %w", l.ID, err)
	}
	return onClock(at.In(zone), 0, time.Duration(l.TextsUntil.Microseconds)*time.Microsecond), nil
}

// onClock is a time of day, some days on. Where the clocks are put forward over it, it is the moment that much later.
func onClock(local time.Time, days int, timeOfDay time.Duration) time.Time {
	minutes := int(timeOfDay / time.Minute)
	return time.Date(local.Year(), local.Month(), local.Day()+days, minutes/60, minutes%60, 0, 0, local.Location()).UTC()
}
