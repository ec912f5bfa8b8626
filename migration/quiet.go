package migration

import (
	"fmt"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgtype"

	"carryover/queries"
)

// textHours are the hours of a day, in a location's zone, in which its people may be texted: from the first on, up to and without
// the last.
type textHours struct {
	zone        *time.Location
	from, until time.Duration // since midnight by the clock on the wall
}

// zones are the time zones that were read: reading one opens files, and each text asks for its location's.
var zones sync.Map

func hoursOf(l *queries.Location) (textHours, error) {
	known, ok := zones.Load(l.TimeZone)
	if !ok {
		zone, err := time.LoadLocation(l.TimeZone)
		if err != nil {
			return textHours{}, fmt.Errorf("time zone of location %s: %w", l.ID, err)
		}
		known, _ = zones.LoadOrStore(l.TimeZone, zone)
	}
	zone := known.(*time.Location) //nolint:forcetypeassert // nothing else is stored
	return textHours{zone, sinceMidnight(l.TextsFrom), sinceMidnight(l.TextsUntil)}, nil
}

func sinceMidnight(t pgtype.Time) time.Duration {
	return time.Duration(t.Microseconds) * time.Microsecond
}

// next answers t where people may be texted at t, and else the moment at which they next may. Hours are read off the wall: on the
// day on which the clock is changed 08:00 is still 08:00. Where the change leaves the opening hour out, it is the moment at which the
// clock jumps over it, and where it leaves the whole time out, the next day's.
func (h textHours) next(t time.Time) time.Time {
	local := t.In(h.zone)
	y, m, d := local.Date()
	switch wall := onTheWall(local).Sub(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)); {
	case wall < h.from:
		return h.next(h.opens(y, m, d))
	case wall >= h.until:
		return h.next(h.opens(y, m, d+1))
	default:
		return t
	}
}

// end is when the day of a moment ends: a text of that day is not to go out later.
func (h textHours) end(t time.Time) time.Time {
	y, m, d := t.In(h.zone).Date()
	return time.Date(y, m, d, 0, int(h.until/time.Minute), 0, 0, h.zone).UTC()
}

// opens is the first moment of a date at which the clock shows the opening hour or later. It begins with the larger of the offsets
// around it, which gives the first of a wall time that is there twice, and goes on from there where that is too early.
func (h textHours) opens(y int, m time.Month, d int) time.Time {
	want := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Add(h.from)
	around := time.Date(y, m, d, 0, 0, 0, int(h.from), h.zone)
	_, before := around.Add(-12 * time.Hour).Zone()
	_, after := around.Add(12 * time.Hour).Zone()
	at := want.Add(-time.Duration(max(before, after)) * time.Second)
	for onTheWall(at.In(h.zone)).Before(want) {
		at = at.Add(time.Minute)
	}
	return at
}

// onTheWall is what the clock shows, written as if it were of UTC.
func onTheWall(local time.Time) time.Time {
	y, m, d := local.Date()
	return time.Date(y, m, d, local.Hour(), local.Minute(), local.Second(), local.Nanosecond(), time.UTC)
}
