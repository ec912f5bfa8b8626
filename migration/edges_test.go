package migration_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the dates hold for the tz database, whatever the machine has installed

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

const (
	honolulu   = "Pacific/Honolulu"
	denver     = "America/Denver"
	newYork    = "America/New_York"
	london     = "Europe/London"
	kolkata    = "Asia/Kolkata"
	tokyo      = "Asia/Tokyo"
	auckland   = "Pacific/Auckland"
	chatham    = "Pacific/Chatham"
	kiritimati = "Pacific/Kiritimati"
)

// edge is one moment of approval and what each choice then charges. All times and dates are read off the wall at the location,
// dates without their year. monthly is 144.00 in two items.
//
// Current Month charges monthly when it is made, for the month from currentFrom on; currentThen are the dates after that. Next
// Month charges nothing when it is made; nextThen are its dates. Where one date is given, the day of the month stays. What must
// wait is made at currentWaits or nextWaits, and not before.
type edge struct {
	zone, at                               string
	day                                    int
	currentWaits, currentFrom, currentThen string
	nextWaits, nextThen                    string
}

const monthly = 14400

// edges are the edge matrix of the billing day. The billing moment is 12:00 UTC, and 06:00 UTC from Auckland eastwards.
var edges = []edge{
	// From west to east: the last minute before the day, its first minute, around its moment, its last minute.
	// zone     approved at          day Current Month: waits, from, then       Next Month: waits, then
	{honolulu, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{honolulu, "2026-07-15 00:01", 15, "", "07-15", "08-15", "", "08-15"},
	{honolulu, "2026-07-15 01:59", 15, "", "07-15", "08-15", "", "08-15"},
	{honolulu, "2026-07-15 02:01", 15, "", "07-15", "08-15", "", "08-15"},
	{honolulu, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},
	{denver, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{denver, "2026-07-15 00:01", 15, "2026-07-15 06:00", "07-15", "08-15", "2026-07-15 06:00", "08-15"},
	{denver, "2026-07-15 05:59", 15, "", "07-15", "08-15", "", "08-15"},
	{denver, "2026-07-15 06:00", 15, "", "07-15", "08-15", "", "08-15"},
	{denver, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},
	{newYork, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{newYork, "2026-07-15 00:01", 15, "2026-07-15 08:00", "07-15", "08-15", "2026-07-15 08:00", "08-15"},
	{newYork, "2026-07-15 07:59", 15, "", "07-15", "08-15", "", "08-15"},
	{newYork, "2026-07-15 08:01", 15, "", "07-15", "08-15", "", "08-15"},
	{newYork, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},
	{london, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{london, "2026-07-15 00:01", 15, "2026-07-15 13:00", "07-15", "08-15", "2026-07-15 13:00", "08-15"},
	{london, "2026-07-15 12:59", 15, "", "07-15", "08-15", "", "08-15"},
	{london, "2026-07-15 13:01", 15, "", "07-15", "08-15", "", "08-15"},
	{london, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},
	{kolkata, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{kolkata, "2026-07-15 00:01", 15, "2026-07-15 17:30", "07-15", "08-15", "2026-07-15 17:30", "08-15"},
	{kolkata, "2026-07-15 17:29", 15, "", "07-15", "08-15", "", "08-15"},
	{kolkata, "2026-07-15 17:31", 15, "", "07-15", "08-15", "", "08-15"},
	{kolkata, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},
	{tokyo, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{tokyo, "2026-07-15 00:01", 15, "2026-07-15 21:00", "07-15", "08-15", "2026-07-15 21:00", "08-15"},
	{tokyo, "2026-07-15 20:59", 15, "", "07-15", "08-15", "", "08-15"},
	{tokyo, "2026-07-15 21:01", 15, "", "07-15", "08-15", "", "08-15"},
	{tokyo, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},
	{auckland, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{auckland, "2026-07-15 00:01", 15, "2026-07-15 18:00", "07-15", "08-15", "2026-07-15 18:00", "08-15"},
	{auckland, "2026-07-15 17:59", 15, "", "07-15", "08-15", "", "08-15"},
	{auckland, "2026-07-15 18:01", 15, "", "07-15", "08-15", "", "08-15"},
	{auckland, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},
	{chatham, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{chatham, "2026-07-15 00:01", 15, "2026-07-15 18:45", "07-15", "08-15", "2026-07-15 18:45", "08-15"},
	{chatham, "2026-07-15 18:44", 15, "", "07-15", "08-15", "", "08-15"},
	{chatham, "2026-07-15 18:46", 15, "", "07-15", "08-15", "", "08-15"},
	{chatham, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},
	{kiritimati, "2026-07-14 23:59", 15, "", "06-15", "07-15", "", "07-15"},
	{kiritimati, "2026-07-15 00:01", 15, "2026-07-15 20:00", "07-15", "08-15", "2026-07-15 20:00", "08-15"},
	{kiritimati, "2026-07-15 19:59", 15, "", "07-15", "08-15", "", "08-15"},
	{kiritimati, "2026-07-15 20:01", 15, "", "07-15", "08-15", "", "08-15"},
	{kiritimati, "2026-07-15 23:59", 15, "", "07-15", "08-15", "", "08-15"},

	// The clocks change: on the day itself, in the night before it, and in the month that is charged.
	{denver, "2026-03-07 23:59", 8, "", "02-08", "03-08", "", "03-08"},
	{denver, "2026-03-08 00:30", 8, "", "03-08", "04-08", "", "04-08"},
	{denver, "2026-03-08 03:30", 8, "", "03-08", "04-08", "", "04-08"},
	{denver, "2026-03-10 10:00", 1, "", "03-01", "04-01", "", "04-01"},
	{denver, "2026-10-31 23:59", 1, "", "10-01", "11-01", "", "11-01"},
	{denver, "2026-11-01 00:30", 1, "2026-11-01 05:00", "11-01", "12-01", "2026-11-01 05:00", "12-01"},
	{denver, "2026-11-10 10:00", 1, "", "11-01", "12-01", "", "12-01"},
	{newYork, "2026-03-08 00:59", 8, "", "03-08", "04-08", "", "04-08"},
	{newYork, "2026-11-01 03:00", 1, "", "11-01", "12-01", "", "12-01"},
	{london, "2026-03-29 00:30", 28, "", "03-28", "04-28", "", "04-28"},
	{london, "2026-10-25 00:30", 25, "2026-10-25 12:00", "10-25", "11-25", "2026-10-25 12:00", "11-25"},
	{london, "2026-10-25 03:00", 25, "", "10-25", "11-25", "", "11-25"},
	{auckland, "2026-04-05 00:30", 5, "2026-04-05 18:00", "04-05", "05-05", "2026-04-05 18:00", "05-05"},
	{auckland, "2026-09-27 00:01", 27, "2026-09-27 19:00", "09-27", "10-27", "2026-09-27 19:00", "10-27"},
	{auckland, "2026-10-10 12:00", 27, "", "09-27", "10-27", "", "10-27"},
	{chatham, "2026-04-05 00:01", 5, "2026-04-05 18:45", "04-05", "05-05", "2026-04-05 18:45", "05-05"},

	// Stripe's ceiling of one month: met exactly, clamped within the anchor's date, and waited for.
	{denver, "2027-01-30 05:00", 28, "", "01-28", "02-28", "", "02-28"},
	{denver, "2027-01-30 01:00", 28, "", "01-28", "02-28", "", "02-28"},
	{denver, "2027-01-29 20:00", 28, "2027-01-30 05:00", "01-28", "02-28", "2027-01-30 05:00", "02-28"},
	{denver, "2027-01-31 10:00", 28, "", "01-28", "02-28", "", "02-28"},
	{auckland, "2027-01-30 14:00", 28, "", "01-28", "02-28", "", "02-28"},

	// Ends of months and of the year.
	{denver, "2027-02-27 23:59", 28, "", "01-28", "02-28", "", "02-28"},
	{denver, "2027-02-28 00:30", 28, "", "02-28", "03-28", "", "03-28"},
	{denver, "2027-03-01 00:01", 28, "", "02-28", "03-28", "", "03-28"},
	{denver, "2028-02-29 10:00", 28, "", "02-28", "03-28", "", "03-28"},
	{denver, "2027-01-31 23:59", 1, "", "01-01", "02-01", "", "02-01"},
	{denver, "2026-12-31 23:59", 1, "", "12-01", "01-01", "", "01-01"},
	{denver, "2027-01-01 00:01", 1, "", "01-01", "02-01", "", "02-01"},

	// Days 29 to 31 come with a legacy membership. Stripe keeps the day of the first anchor that it is given.
	{denver, "2027-01-30 10:00", 30, "", "01-30", "02-28 03-28 04-28", "", "02-28 03-28 04-28"},
	{denver, "2027-02-10 10:00", 31, "", "01-31", "02-28 03-28 04-28", "", "02-28 03-28 04-28"},
	{denver, "2027-02-28 10:00", 29, "", "02-28", "03-28 04-28 05-28", "2027-02-28 17:00", "03-29 04-29 05-29"},
	{denver, "2027-02-28 10:00", 31, "", "02-28", "03-28 04-28 05-28", "2027-02-28 17:00", "03-31 04-30 05-31"},
	{denver, "2028-02-29 10:00", 29, "", "02-29", "03-29 04-29 05-29", "", "03-29 04-29 05-29"},
	{denver, "2027-03-10 10:00", 31, "", "02-28", "03-28 04-28 05-28", "", "03-31 04-30 05-31"},
	{denver, "2027-03-29 10:00", 31, "", "03-01", "04-01 05-01 06-01", "", "03-31 04-30 05-31"},
	{denver, "2027-03-31 10:00", 31, "", "03-31", "04-30 05-30 06-30", "", "04-30 05-30 06-30"},
	{denver, "2027-04-30 10:00", 31, "", "04-30", "05-30 06-30 07-30", "2027-04-30 18:00", "05-31 06-30 07-31"},
}

// TestEdges approves at each edge with both choices and then lets the months pass: what Stripe charged when, and for which time.
func TestEdges(t *testing.T) {
	t.Parallel()
	for _, e := range edges {
		t.Run(strings.ReplaceAll(e.zone[strings.LastIndex(e.zone, "/")+1:]+" "+e.at, " ", "/")+"/"+ordinal(e.day), func(t *testing.T) {
			t.Parallel()
			e.run(t)
		})
	}
}

func ordinal(day int) string { return "day" + string(rune('0'+day/10)) + string(rune('0'+day%10)) }

func (e edge) run(t *testing.T) {
	b := setup(t)
	zone, err := time.LoadLocation(e.zone)
	require.NoError(t, err)
	approvedAt := onWall(t, zone, e.at)
	b.Clock.Set(approvedAt)
	b.Exec(t, `UPDATE locations SET time_zone = $2 WHERE id = $1`, b.Denver.ID, e.zone)
	current := choice{bundle: b, zone: zone, option: migration.CurrentMonth, made: approvedAt, from: e.currentFrom, then: e.currentThen}
	next := choice{bundle: b, zone: zone, option: migration.NextMonth, made: approvedAt, from: firstOf(e.nextThen), then: e.nextThen}
	if e.currentWaits != "" {
		current.made = onWall(t, zone, e.currentWaits)
	}
	if e.nextWaits != "" {
		next.made = onWall(t, zone, e.nextWaits)
	}
	for _, c := range []*choice{&current, &next} {
		c.submit(t, e.day)
		c.decide(t)
	}
	b.Work(t)
	for _, waiting := range inOrder(&current, &next) {
		b.Clock.Set(waiting.made.Add(-time.Second))
		b.Work(t)
		require.Empty(t, b.Booked(waiting.sub.ReservationID), "made before its time")
		b.Clock.Set(waiting.made)
		b.Work(t)
	}
	current.requireMade(t)
	next.requireMade(t)
	b.Clock.Set(approvedAt.AddDate(0, 4, 0))
	require.NoError(t, b.Stripe.Advance())
	current.requireCharges(t)
	next.requireCharges(t)
	b.RequireStories(t)
}

// late is an approval whose job runs only later: what was approved is what happens, or staff decide again.
type late struct {
	at, worked string
	option     migration.StartOption
	day        int
	givenBack  bool
	from, then string // as approved, or as decided again at the moment of the work
}

// TestEdgesWhereTheJobIsLate lets the worker come after the edge that the approval stood before, at Denver.
func TestEdgesWhereTheJobIsLate(t *testing.T) {
	t.Parallel()
	for _, l := range []late{
		{"2026-07-14 23:59", "2026-07-15 00:01", migration.CurrentMonth, 15, false, "06-15", "07-15"},
		{"2026-07-14 23:59", "2026-07-15 00:01", migration.NextMonth, 15, false, "07-15", "07-15"},
		{"2026-07-14 23:59", "2026-07-15 06:01", migration.CurrentMonth, 15, true, "07-15", "08-15"},
		{"2026-07-14 23:59", "2026-07-15 06:01", migration.NextMonth, 15, true, "08-15", "08-15"},
		{"2026-07-15 05:59", "2026-07-15 06:01", migration.CurrentMonth, 15, true, "07-15", "08-15"},
		{"2026-07-15 05:59", "2026-07-15 06:01", migration.NextMonth, 15, false, "08-15", "08-15"},
		{"2026-07-15 00:01", "2026-07-15 20:00", migration.CurrentMonth, 15, false, "07-15", "08-15"},
		{"2026-07-15 00:01", "2026-07-16 01:00", migration.NextMonth, 15, false, "08-15", "08-15"},
		{"2027-02-28 10:00", "2027-03-01 09:00", migration.NextMonth, 31, false, "03-31", "03-31 04-30 05-31"},
	} {
		t.Run(strings.ReplaceAll(l.at+" "+l.worked, " ", "/")+"/"+string(l.option), func(t *testing.T) {
			t.Parallel()
			l.run(t)
		})
	}
}

func (l late) run(t *testing.T) {
	b := setup(t)
	zone, err := time.LoadLocation(denver)
	require.NoError(t, err)
	worked := onWall(t, zone, l.worked)
	b.Clock.Set(onWall(t, zone, l.at))
	c := choice{bundle: b, zone: zone, option: l.option, made: worked, from: l.from, then: l.then}
	c.submit(t, l.day)
	b.Decided(t, c.sub, l.option)
	b.Clock.Set(worked)
	b.Work(t)
	require.Equal(t, l.givenBack, b.Submission(t, c.sub.ID).Status == queries.SubmissionStatusReadyForApproval)
	if l.givenBack {
		require.Empty(t, b.Stripe.Charged(t))
		c.decide(t)
		b.Work(t)
	}
	c.requireMade(t)
	b.Clock.Set(worked.AddDate(0, 4, 0))
	require.NoError(t, b.Stripe.Advance())
	c.requireCharges(t)
	b.RequireStories(t)
}

// inOrder are the choices whose subscription is still to be made, one for each moment, earliest first.
func inOrder(choices ...*choice) (waiting []*choice) {
	for _, c := range choices {
		if c.made.After(c.Clock.Now()) {
			waiting = append(waiting, c)
		}
	}
	slices.SortFunc(waiting, func(a, b *choice) int { return a.made.Compare(b.made) })
	return slices.CompactFunc(waiting, func(a, b *choice) bool { return a.made.Equal(b.made) })
}

// choice is one approval of an edge.
type choice struct {
	*bundle
	zone   *time.Location
	option migration.StartOption
	made   time.Time
	from   string // the first day that is paid for
	then   string // the days of the charges that are not made at once
	sub    *queries.Submission
}

// submit brings the tenant to where staff decide.
func (c *choice) submit(t *testing.T, day int) {
	t.Helper()
	inv := c.Invited(t, testkit.Insured(c.Insurance), testkit.OnDay(min(day, 28)))
	if day > 28 {
		c.legacy(t, inv.ID, day)
	}
	c.sub = c.Submit(t, inv, c.Acceptance(t, inv, testkit.Visa))
}

// decide approves what the preview says, after a look at what that is.
func (c *choice) decide(t *testing.T) {
	t.Helper()
	previews, err := c.Rules.BillingPreviews(t.Context(), c.sub)
	require.NoError(t, err)
	shown := previews[slices.IndexFunc(previews, func(p migration.StartPreview) bool { return p.Option == c.option })]
	require.Equal(t, c.atOnce(), shown.DueToday.Minor)
	require.Equal(t, firstOf(c.then), monthDay(shown.Schedule.NextChargeOn))
	a := c.Decided(t, c.sub, c.option)
	require.Equal(t, firstOf(c.then), monthDay(a.NextChargeOn))
	require.Equal(t, c.atOnce(), a.DueTodayMinor)
}

// legacy gives the invitation a membership of the old system, with the billing day that only those have.
func (c *choice) legacy(t *testing.T, inv uuid.UUID, day int) {
	t.Helper()
	membership := ids.New()
	c.Exec(t, `INSERT INTO legacy_memberships (id, location_id, source, source_id, name, currency, created_at, updated_at)
		VALUES ($1, $2, 'old', $3, 'Tess Tenant', 'USD', $4, $4)`, membership, c.Denver.ID, membership.String(), c.Clock.Now())
	c.Exec(t, `UPDATE invitations SET anchor_day = $2, legacy_membership_id = $3 WHERE id = $1`, inv, day, membership)
}

func (c *choice) atOnce() int64 {
	if c.option == migration.CurrentMonth {
		return monthly
	}
	return 0
}

// requireMade wants the subscription to be there since its moment, with one charge or none, and our record to say the same.
func (c *choice) requireMade(t *testing.T) {
	t.Helper()
	booked := requireOne(t, c.bundle, c.sub)
	require.Equal(t, c.made, time.Unix(booked.Created, 0).UTC(), "%s", c.option)
	invoices := c.invoices()
	require.Len(t, invoices, map[bool]int{true: 1}[c.atOnce() > 0], "%s", c.option)
	require.Equal(t, firstOf(c.then), c.day(booked.NextChargeAt), "%s", c.option)
	require.Equal(t, booked.NextChargeAt, c.subscribed(t, c.sub).NextChargeAt.Unix())
}

// requireCharges wants the amount that was agreed on each of the dates and on no other, each for the month that follows the one
// paid before: nothing is charged twice and no day is left out.
func (c *choice) requireCharges(t *testing.T) {
	t.Helper()
	var on []string
	paidUntil := c.from
	for _, inv := range c.invoices() {
		require.Equal(t, "paid", inv.Status)
		require.EqualValues(t, monthly, inv.AmountPaid)
		on = append(on, c.day(inv.Created))
		require.Len(t, inv.Lines, 2)
		for _, line := range inv.Lines {
			require.Equal(t, paidUntil, c.day(line.PeriodStart), "%s: paid for twice, or left out", c.option)
			require.Equal(t, inv.Lines[0].PeriodEnd, line.PeriodEnd)
		}
		paidUntil = c.day(inv.Lines[0].PeriodEnd)
	}
	want := dates(c.then)
	if c.atOnce() > 0 {
		want = append([]string{c.day(c.made.Unix())}, want...)
	}
	require.GreaterOrEqual(t, len(on), len(want))
	require.Equal(t, want, on[:len(want)], "%s", c.option)
	require.LessOrEqual(t, len(on)-len(want), 2)
}

// invoices are the subscription's, oldest first.
func (c *choice) invoices() (all []stripefake.BookInvoice) {
	id := c.Booked(c.sub.ReservationID)[0].ID
	for _, inv := range slices.Backward(c.Stripe.Books().Invoices) {
		if inv.Subscription == id {
			all = append(all, inv)
		}
	}
	return all
}

func (c *choice) day(unix int64) string {
	return monthDay(migration.DateIn(time.Unix(unix, 0), c.zone))
}

func monthDay(d migration.Date) string { return d.String()[len("2006-"):] }

func firstOf(dates string) string { return strings.Fields(dates)[0] }

// dates are those that are given, or three on the day of the month that is.
func dates(given string) []string {
	all := strings.Fields(given)
	for len(all) < 3 {
		last, _ := time.Parse("01-02", all[len(all)-1]) // the table's own; a wrong one fits no charge
		all = append(all, last.AddDate(0, 1, 0).Format("01-02"))
	}
	return all
}

func onWall(t *testing.T, zone *time.Location, at string) time.Time {
	t.Helper()
	moment, err := time.ParseInLocation("2006-01-02 15:04", at, zone)
	require.NoError(t, err)
	return moment.UTC()
}
