package migration

import (
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the properties hold for the tz database, whatever the machine has installed

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// zoneNames are the zones of zone1970.tab (tz database), and the ends of the world.
const zoneNames = `
	Africa/Abidjan Africa/Algiers Africa/Bissau Africa/Cairo Africa/Casablanca Africa/Ceuta Africa/El_Aaiun
	Africa/Johannesburg Africa/Juba Africa/Khartoum Africa/Lagos Africa/Maputo Africa/Monrovia Africa/Nairobi
	Africa/Ndjamena Africa/Sao_Tome Africa/Tripoli Africa/Tunis Africa/Windhoek America/Adak America/Anchorage
	America/Araguaina America/Argentina/Buenos_Aires America/Argentina/Catamarca America/Argentina/Cordoba
	America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza America/Argentina/Rio_Gallegos
	America/Argentina/Salta America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman
	America/Argentina/Ushuaia America/Asuncion America/Bahia America/Bahia_Banderas America/Barbados America/Belem
	America/Belize America/Boa_Vista America/Bogota America/Boise America/Cambridge_Bay America/Campo_Grande
	America/Cancun America/Caracas America/Cayenne America/Chicago America/Chihuahua America/Ciudad_Juarez
	America/Costa_Rica America/Coyhaique America/Cuiaba America/Danmarkshavn America/Dawson America/Dawson_Creek
	America/Denver America/Detroit America/Edmonton America/Eirunepe America/El_Salvador America/Fort_Nelson
	America/Fortaleza America/Glace_Bay America/Goose_Bay America/Grand_Turk America/Guatemala America/Guayaquil
	America/Guyana America/Halifax America/Havana America/Hermosillo America/Indiana/Indianapolis America/Indiana/Knox
	America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Tell_City America/Indiana/Vevay
	America/Indiana/Vincennes America/Indiana/Winamac America/Inuvik America/Iqaluit America/Jamaica America/Juneau
	America/Kentucky/Louisville America/Kentucky/Monticello America/La_Paz America/Lima America/Los_Angeles America/Maceio
	America/Managua America/Manaus America/Martinique America/Matamoros America/Mazatlan America/Menominee America/Merida
	America/Metlakatla America/Mexico_City America/Miquelon America/Moncton America/Monterrey America/Montevideo
	America/New_York America/Nome America/Noronha America/North_Dakota/Beulah America/North_Dakota/Center
	America/North_Dakota/New_Salem America/Nuuk America/Ojinaga America/Panama America/Paramaribo America/Phoenix
	America/Port-au-Prince America/Porto_Velho America/Puerto_Rico America/Punta_Arenas America/Rankin_Inlet
	America/Recife America/Regina America/Resolute America/Rio_Branco America/Santarem America/Santiago
	America/Santo_Domingo America/Sao_Paulo America/Scoresbysund America/Sitka America/St_Johns America/Swift_Current
	America/Tegucigalpa America/Thule America/Tijuana America/Toronto America/Vancouver America/Whitehorse
	America/Winnipeg America/Yakutat Antarctica/Casey Antarctica/Davis Antarctica/Macquarie Antarctica/Mawson
	Antarctica/Palmer Antarctica/Rothera Antarctica/Troll Antarctica/Vostok Asia/Almaty Asia/Amman Asia/Anadyr Asia/Aqtau
	Asia/Aqtobe Asia/Ashgabat Asia/Atyrau Asia/Baghdad Asia/Baku Asia/Bangkok Asia/Barnaul Asia/Beirut Asia/Bishkek
	Asia/Chita Asia/Colombo Asia/Damascus Asia/Dhaka Asia/Dili Asia/Dubai Asia/Dushanbe Asia/Famagusta Asia/Gaza
	Asia/Hebron Asia/Ho_Chi_Minh Asia/Hong_Kong Asia/Hovd Asia/Irkutsk Asia/Jakarta Asia/Jayapura Asia/Jerusalem
	Asia/Kabul Asia/Kamchatka Asia/Karachi Asia/Kathmandu Asia/Khandyga Asia/Kolkata Asia/Krasnoyarsk Asia/Kuching
	Asia/Macau Asia/Magadan Asia/Makassar Asia/Manila Asia/Nicosia Asia/Novokuznetsk Asia/Novosibirsk Asia/Omsk Asia/Oral
	Asia/Pontianak Asia/Pyongyang Asia/Qatar Asia/Qostanay Asia/Qyzylorda Asia/Riyadh Asia/Sakhalin Asia/Samarkand
	Asia/Seoul Asia/Shanghai Asia/Singapore Asia/Srednekolymsk Asia/Taipei Asia/Tashkent Asia/Tbilisi Asia/Tehran
	Asia/Thimphu Asia/Tokyo Asia/Tomsk Asia/Ulaanbaatar Asia/Urumqi Asia/Ust-Nera Asia/Vladivostok Asia/Yakutsk
	Asia/Yangon Asia/Yekaterinburg Asia/Yerevan Atlantic/Azores Atlantic/Bermuda Atlantic/Canary Atlantic/Cape_Verde
	Atlantic/Faroe Atlantic/Madeira Atlantic/South_Georgia Atlantic/Stanley Australia/Adelaide Australia/Brisbane
	Australia/Broken_Hill Australia/Darwin Australia/Eucla Australia/Hobart Australia/Lindeman Australia/Lord_Howe
	Australia/Melbourne Australia/Perth Australia/Sydney Europe/Andorra Europe/Astrakhan Europe/Athens Europe/Belgrade
	Europe/Berlin Europe/Brussels Europe/Bucharest Europe/Budapest Europe/Chisinau Europe/Dublin Europe/Gibraltar
	Europe/Helsinki Europe/Istanbul Europe/Kaliningrad Europe/Kirov Europe/Kyiv Europe/Lisbon Europe/London Europe/Madrid
	Europe/Malta Europe/Minsk Europe/Moscow Europe/Paris Europe/Prague Europe/Riga Europe/Rome Europe/Samara
	Europe/Saratov Europe/Simferopol Europe/Sofia Europe/Tallinn Europe/Tirane Europe/Ulyanovsk Europe/Vienna
	Europe/Vilnius Europe/Volgograd Europe/Warsaw Europe/Zurich Indian/Chagos Indian/Maldives Indian/Mauritius
	Pacific/Apia Pacific/Auckland Pacific/Bougainville Pacific/Chatham Pacific/Easter Pacific/Efate Pacific/Fakaofo
	Pacific/Fiji Pacific/Galapagos Pacific/Gambier Pacific/Guadalcanal Pacific/Guam Pacific/Honolulu Pacific/Kanton
	Pacific/Kiritimati Pacific/Kosrae Pacific/Kwajalein Pacific/Marquesas Pacific/Nauru Pacific/Niue Pacific/Norfolk
	Pacific/Noumea Pacific/Pago_Pago Pacific/Palau Pacific/Pitcairn Pacific/Port_Moresby Pacific/Rarotonga Pacific/Tahiti
	Pacific/Tarawa Pacific/Tongatapu Etc/GMT+12 Etc/GMT-14 UTC`

func zone(t require.TestingT, name string) *time.Location {
	loc, err := time.LoadLocation(name)
	require.NoError(t, err)
	return loc
}

func date(t require.TestingT, s string) Date {
	d, err := ParseDate(s)
	require.NoError(t, err)
	return d
}

func instant(t require.TestingT, s string) time.Time {
	at, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return at
}

func TestMoment(t *testing.T) {
	t.Parallel()
	t.Run("Hour", func(t *testing.T) {
		t.Parallel()
		for name, hour := range map[string]int{
			"Pacific/Honolulu": 12, "Pacific/Pago_Pago": 12, "America/New_York": 12, "Europe/London": 12, "Asia/Tokyo": 12,
			"Australia/Sydney": 12, "Etc/GMT+12": 12, "Pacific/Guadalcanal": 12, "Pacific/Auckland": 6, "Pacific/Chatham": 6,
			"Pacific/Apia": 6, "Pacific/Tongatapu": 6, "Pacific/Fiji": 6, "Pacific/Kiritimati": 6, "Asia/Kamchatka": 6,
			"Pacific/Norfolk": 6, // UTC+12 in summer only, since 2019
		} {
			require.Equal(t, hour, Moment(Date{Year: 2026, Month: time.July, Day: 1}, zone(t, name)).Hour(), name)
		}
	})
	t.Run("IsOnItsLocalDateInEveryZoneOnEveryDay", func(t *testing.T) {
		t.Parallel()
		for _, name := range strings.Fields(zoneNames) {
			loc := zone(t, name)
			// The hour is the zone's and not the date's, so it is asked for once.
			hour := Moment(Date{Year: 2012, Month: time.January, Day: 1}, loc).Sub(Date{Year: 2012, Month: time.January, Day: 1}.At(0))
			for midnight := (Date{Year: 2012, Month: time.January, Day: 1}).At(0); midnight.Year() < 2042; midnight = midnight.AddDate(0, 0, 1) {
				if d := DateIn(midnight, time.UTC); DateIn(d.At(hour), loc) != d {
					require.Equal(t, d, DateIn(d.At(hour), loc), name)
				}
			}
		}
	})
	t.Run("IsOnItsLocalDate", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			loc := drawZone(t)
			d := Date{Year: rapid.IntRange(2012, 2200).Draw(t, "year"), Month: time.January, Day: 1}.AddMonths(rapid.IntRange(0, 11).Draw(t, "month"), rapid.IntRange(1, 31).Draw(t, "day"))
			require.Equal(t, d, DateIn(Moment(d, loc), loc))
			require.Equal(t, d, DateIn(Moment(d, loc), time.UTC))
		})
	})
}

func TestAnchors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, today string
		anchorDay   int
		last, next  string
	}{
		{"Before", "2026-07-14", 15, "2026-06-15", "2026-07-15"},
		{"OnTheDay", "2026-07-15", 15, "2026-07-15", "2026-08-15"},
		{"After", "2026-07-16", 15, "2026-07-15", "2026-08-15"},
		{"OverNewYear", "2026-12-20", 15, "2026-12-15", "2027-01-15"},
		{"BackOverNewYear", "2027-01-10", 15, "2026-12-15", "2027-01-15"},
		{"Day31InFebruary", "2027-02-10", 31, "2027-01-31", "2027-02-28"},
		{"Day31OnClampedDay", "2027-02-28", 31, "2027-02-28", "2027-03-31"},
		{"Day29InLeapYear", "2028-02-29", 29, "2028-02-29", "2028-03-29"},
		{"Day30BeforeShortMonthsEnd", "2027-03-01", 30, "2027-02-28", "2027-03-30"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.last, LastAnchor(date(t, tt.today), tt.anchorDay).String())
			require.Equal(t, tt.next, NextAnchor(date(t, tt.today), tt.anchorDay).String())
		})
	}
	t.Run("NoneBetweenLastAndNext", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			day := rapid.IntRange(1, 31).Draw(t, "anchor day")
			today := Date{Year: 2026, Month: time.January, Day: 1}.AddMonths(rapid.IntRange(0, 60).Draw(t, "months"), rapid.IntRange(1, 31).Draw(t, "day"))
			last, next := LastAnchor(today, day), NextAnchor(today, day)
			require.LessOrEqual(t, last.Compare(today), 0)
			require.Positive(t, next.Compare(today))
			require.Equal(t, next, last.AddMonths(1, day))
		})
	})
}

// planTest is one hand-worked row: instants are written in the zone or in UTC, whichever explains the row.
type planTest struct {
	name, zone, now        string
	option                 StartOption // or a first bill date, or both
	firstBill              string
	anchorDay              int
	startsOn, nextChargeOn string
	backdate, anchor       string
	trial, notBefore       string
	dueNow                 bool
}

func (tt planTest) plan(t *testing.T) (Schedule, error) {
	switch {
	case tt.option != "" && tt.firstBill != "":
		first := date(t, tt.firstBill)
		return PlanStartFrom(tt.option, instant(t, tt.now), zone(t, tt.zone), tt.anchorDay, &first)
	case tt.firstBill != "":
		return PlanFirstBill(instant(t, tt.now), zone(t, tt.zone), date(t, tt.firstBill), tt.anchorDay)
	}
	return PlanStart(tt.option, instant(t, tt.now), zone(t, tt.zone), tt.anchorDay)
}

func (tt planTest) run(t *testing.T) {
	t.Parallel()
	s, err := tt.plan(t)
	require.NoError(t, err)
	require.Equal(t, tt.startsOn, s.StartsOn.String(), "starts on")
	require.Equal(t, tt.nextChargeOn, s.NextChargeOn.String(), "next charge on")
	require.Equal(t, tt.backdate, written(s.Backdate), "backdate")
	require.Equal(t, tt.anchor, written(s.Anchor), "anchor")
	require.Equal(t, tt.trial, written(s.Trial), "trial")
	require.Equal(t, tt.notBefore, written(&s.NotBefore), "not before")
	require.Equal(t, tt.dueNow, s.DueNow, "due now")
	require.Equal(t, tt.dueNow, s.Prorate, "prorate")
}

func written(t *time.Time) string {
	if t == nil || t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

const (
	newYork    = "America/New_York"
	auckland   = "Pacific/Auckland"
	honolulu   = "Pacific/Honolulu"
	kiritimati = "Pacific/Kiritimati"
)

func TestPlanStartCurrentMonth(t *testing.T) {
	t.Parallel()
	tests := []planTest{
		{name: "MidMonth", zone: newYork, now: "2026-07-20T10:00:00-04:00", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T12:00:00Z", anchor: "2026-08-15T12:00:00Z"},
		{name: "BeforeTheAnchorDay", zone: newYork, now: "2026-07-10T10:00:00-04:00", anchorDay: 15,
			startsOn: "2026-06-15", nextChargeOn: "2026-07-15", backdate: "2026-06-15T12:00:00Z", anchor: "2026-07-15T12:00:00Z"},
		{name: "OneMinuteBeforeTheAnchorDay", zone: newYork, now: "2026-07-14T23:59:00-04:00", anchorDay: 15,
			startsOn: "2026-06-15", nextChargeOn: "2026-07-15", backdate: "2026-06-15T12:00:00Z", anchor: "2026-07-15T12:00:00Z"},
		{name: "AnchorDayAfterItsMoment", zone: newYork, now: "2026-07-15T09:00:00-04:00", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T12:00:00Z", anchor: "2026-08-15T12:00:00Z"},
		{name: "AnchorDayAtItsMoment", zone: newYork, now: "2026-07-15T12:00:00Z", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T12:00:00Z", anchor: "2026-08-15T12:00:00Z"},
		{name: "AnchorDayBeforeItsMomentStartsWithTheCall", zone: newYork, now: "2026-07-15T07:00:00-04:00", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15"},
		// 00:30 EDT is 23:30 EST: a cycle begun now would charge on the 14th in winter.
		{name: "AnchorDayJustAfterMidnightWaits", zone: newYork, now: "2026-07-15T00:30:00-04:00", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T12:00:00Z", anchor: "2026-08-15T12:00:00Z", notBefore: "2026-07-15T12:00:00Z"},
		{name: "AnchorDayWhileUTCIsADayBehindWaits", zone: auckland, now: "2026-07-15T08:00:00+12:00", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T06:00:00Z", anchor: "2026-08-15T06:00:00Z", notBefore: "2026-07-15T06:00:00Z"},
		{name: "AnchorDayOnceUTCHasItToo", zone: auckland, now: "2026-07-15T14:00:00+12:00", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15"},
		{name: "AnchorDayWhileUTCIsADayAhead", zone: honolulu, now: "2026-07-15T20:00:00-10:00", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T12:00:00Z", anchor: "2026-08-15T12:00:00Z"},
		{name: "FarEastTodayIsUTCsYesterday", zone: kiritimati, now: "2026-07-16T01:00:00+14:00", anchorDay: 15,
			startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T06:00:00Z", anchor: "2026-08-15T06:00:00Z"},
		{name: "OverTheChangeToSummerTime", zone: newYork, now: "2026-03-10T10:00:00-04:00", anchorDay: 1,
			startsOn: "2026-03-01", nextChargeOn: "2026-04-01", backdate: "2026-03-01T12:00:00Z", anchor: "2026-04-01T12:00:00Z"},
		{name: "OverTheChangeToWinterTime", zone: newYork, now: "2026-11-10T10:00:00-05:00", anchorDay: 1,
			startsOn: "2026-11-01", nextChargeOn: "2026-12-01", backdate: "2026-11-01T12:00:00Z", anchor: "2026-12-01T12:00:00Z"},
		{name: "OverNewYear", zone: newYork, now: "2027-01-05T10:00:00-05:00", anchorDay: 20,
			startsOn: "2026-12-20", nextChargeOn: "2027-01-20", backdate: "2026-12-20T12:00:00Z", anchor: "2027-01-20T12:00:00Z"},
		// One month after 30 January 08:00 is 28 February 08:00, before the anchor's noon. Both ends move.
		{name: "MonthEndCeilingMovesBothEnds", zone: newYork, now: "2027-01-30T08:00:00Z", anchorDay: 28,
			startsOn: "2027-01-28", nextChargeOn: "2027-02-28", backdate: "2027-01-28T08:00:00Z", anchor: "2027-02-28T08:00:00Z"},
		{name: "MonthEndCeilingOnAnotherLocalDateWaits", zone: newYork, now: "2027-01-30T03:00:00Z", anchorDay: 28,
			startsOn: "2027-01-28", nextChargeOn: "2027-02-28", backdate: "2027-01-28T12:00:00Z", anchor: "2027-02-28T12:00:00Z", notBefore: "2027-01-30T12:00:00Z"},
		{name: "LegacyDay31InFebruary", zone: newYork, now: "2027-02-10T10:00:00-05:00", anchorDay: 31,
			startsOn: "2027-01-31", nextChargeOn: "2027-02-28", backdate: "2027-01-31T12:00:00Z", anchor: "2027-02-28T12:00:00Z"},
		{name: "LegacyDay31AfterFebruary", zone: newYork, now: "2027-03-10T10:00:00-05:00", anchorDay: 31,
			startsOn: "2027-02-28", nextChargeOn: "2027-03-28", backdate: "2027-02-28T12:00:00Z", anchor: "2027-03-28T12:00:00Z"},
		{name: "LegacyDay31AfterTheMonthFromFebruaryIsOver", zone: newYork, now: "2027-03-29T10:00:00-04:00", anchorDay: 31,
			startsOn: "2027-03-01", nextChargeOn: "2027-04-01", backdate: "2027-03-01T12:00:00Z", anchor: "2027-04-01T12:00:00Z"},
		{name: "LegacyDay31OnTheDayTheMonthFromFebruaryIsOver", zone: newYork, now: "2027-03-28T07:00:00-04:00", anchorDay: 31,
			startsOn: "2027-03-01", nextChargeOn: "2027-04-01", backdate: "2027-03-01T12:00:00Z", anchor: "2027-04-01T12:00:00Z"},
		{name: "LegacyDay29InALeapYear", zone: newYork, now: "2028-02-29T10:00:00-05:00", anchorDay: 29,
			startsOn: "2028-02-29", nextChargeOn: "2028-03-29", backdate: "2028-02-29T12:00:00Z", anchor: "2028-03-29T12:00:00Z"},
	}
	for _, tt := range tests {
		tt.option, tt.dueNow = CurrentMonth, true
		t.Run(tt.name, tt.run)
	}
}

func TestPlanStartNextMonth(t *testing.T) {
	t.Parallel()
	tests := []planTest{
		{name: "MidMonth", zone: newYork, now: "2026-07-20T10:00:00-04:00", anchorDay: 15, startsOn: "2026-08-15", anchor: "2026-08-15T12:00:00Z"},
		{name: "BeforeTheAnchorDay", zone: newYork, now: "2026-07-14T23:59:00-04:00", anchorDay: 15, startsOn: "2026-07-15", anchor: "2026-07-15T12:00:00Z"},
		{name: "AnchorDayAfterItsMoment", zone: newYork, now: "2026-07-15T09:00:00-04:00", anchorDay: 15, startsOn: "2026-08-15", anchor: "2026-08-15T12:00:00Z"},
		{name: "AnchorDayAtItsMomentReachesTheCeilingExactly", zone: newYork, now: "2026-07-15T12:00:00Z", anchorDay: 15, startsOn: "2026-08-15", anchor: "2026-08-15T12:00:00Z"},
		{name: "AnchorDayBeforeItsMomentIsClamped", zone: newYork, now: "2026-07-15T07:00:01.9-04:00", anchorDay: 15, startsOn: "2026-08-15", anchor: "2026-08-15T11:00:01Z"},
		{name: "AnchorDayJustAfterMidnightWaits", zone: newYork, now: "2026-07-15T00:30:00-04:00", anchorDay: 15, startsOn: "2026-08-15", anchor: "2026-08-15T12:00:00Z", notBefore: "2026-07-15T12:00:00Z"},
		{name: "AnchorDayWhileUTCIsADayBehindWaits", zone: auckland, now: "2026-07-15T08:00:00+12:00", anchorDay: 15, startsOn: "2026-08-15", anchor: "2026-08-15T06:00:00Z", notBefore: "2026-07-15T06:00:00Z"},
		{name: "MonthEndCeilingIsClamped", zone: newYork, now: "2027-01-30T08:00:00Z", anchorDay: 28, startsOn: "2027-02-28", anchor: "2027-02-28T08:00:00Z"},
		{name: "LegacyDay31OnFebruarysEndWaitsForMarch", zone: newYork, now: "2027-02-28T10:00:00-05:00", anchorDay: 31, startsOn: "2027-03-31", anchor: "2027-03-31T12:00:00Z", notBefore: "2027-03-01T00:00:00Z"},
		{name: "LegacyDay31InMarch", zone: newYork, now: "2027-03-10T10:00:00-05:00", anchorDay: 31, startsOn: "2027-03-31", anchor: "2027-03-31T12:00:00Z"},
	}
	for _, tt := range tests {
		tt.option, tt.nextChargeOn = NextMonth, tt.startsOn
		t.Run(tt.name, tt.run)
	}
}

func TestPlanStartRefuses(t *testing.T) {
	t.Parallel()
	now := instant(t, "2026-07-15T12:00:00Z")
	for _, day := range []int{-1, 0, 32} {
		_, err := PlanStart(NextMonth, now, time.UTC, day)
		require.ErrorIs(t, err, ErrAnchorDay)
	}
	_, err := PlanStart("", now, time.UTC, 15)
	require.ErrorIs(t, err, ErrStartOption)
}

func TestPlanFirstBill(t *testing.T) {
	t.Parallel()
	tests := []planTest{
		{name: "WithinAMonth", zone: newYork, now: "2026-07-20T10:00:00-04:00", firstBill: "2026-08-15", anchorDay: 15, anchor: "2026-08-15T12:00:00Z"},
		{name: "ExactlyAMonth", zone: newYork, now: "2026-07-15T12:00:00Z", firstBill: "2026-08-15", anchorDay: 15, anchor: "2026-08-15T12:00:00Z"},
		{name: "AnHourBeyondAMonth", zone: newYork, now: "2026-07-15T11:00:00Z", firstBill: "2026-08-15", anchorDay: 15, trial: "2026-08-15T12:00:00Z"},
		{name: "BeyondAMonth", zone: newYork, now: "2026-07-20T10:00:00-04:00", firstBill: "2026-10-15", anchorDay: 15, trial: "2026-10-15T12:00:00Z"},
		{name: "LegacyDay31InFebruary", zone: newYork, now: "2027-02-10T10:00:00-05:00", firstBill: "2027-02-28", anchorDay: 31, anchor: "2027-02-28T12:00:00Z"},
		{name: "TodayBeforeItsMoment", zone: newYork, now: "2026-07-15T07:00:00-04:00", firstBill: "2026-07-15", anchorDay: 15, anchor: "2026-07-15T12:00:00Z"},
	}
	for _, tt := range tests {
		tt.startsOn, tt.nextChargeOn = tt.firstBill, tt.firstBill
		t.Run(tt.name, tt.run)
	}
	today := planTest{name: "TodayAfterItsMoment", zone: newYork, now: "2026-07-15T15:00:00-04:00", firstBill: "2026-07-15", anchorDay: 15,
		startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T12:00:00Z", anchor: "2026-08-15T12:00:00Z", dueNow: true}
	t.Run(today.name, today.run)

	refused := map[string]struct {
		firstBill Date
		anchorDay int
		want      error
	}{
		"ErrPast":         {Date{Year: 2026, Month: time.July, Day: 14}, 14, ErrFirstBillPast},
		"ErrNotAnchorDay": {Date{Year: 2026, Month: time.July, Day: 20}, 15, ErrFirstBillDay},
		"ErrNoSuchDay":    {Date{Year: 2027, Month: time.February, Day: 29}, 29, ErrFirstBillDay},
		"ErrTooLate":      {Date{Year: 2028, Month: time.July, Day: 15}, 15, ErrFirstBillTooLate},
		"ErrAnchorDay":    {Date{Year: 2026, Month: time.July, Day: 20}, 0, ErrAnchorDay},
	}
	for name, tt := range refused {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := PlanFirstBill(instant(t, "2026-07-15T15:00:00-04:00"), zone(t, newYork), tt.firstBill, tt.anchorDay)
			require.ErrorIs(t, err, tt.want)
		})
	}
}

func TestPlanStartFrom(t *testing.T) {
	t.Parallel()
	tests := []planTest{
		{name: "Ahead", zone: newYork, now: "2026-07-10T10:00:00-04:00", firstBill: "2026-07-15", startsOn: "2026-07-15", anchor: "2026-07-15T12:00:00Z"},
		{name: "NotTheNextAnchorDate", zone: newYork, now: "2026-07-14T15:00:00-04:00", firstBill: "2026-08-15", startsOn: "2026-08-15", trial: "2026-08-15T12:00:00Z"},
		{name: "AtTheCeiling", zone: newYork, now: "2026-07-15T12:00:00Z", firstBill: "2026-08-15", startsOn: "2026-08-15", anchor: "2026-08-15T12:00:00Z"},
		{name: "ASecondBeyondTheCeiling", zone: newYork, now: "2026-07-15T11:59:59Z", firstBill: "2026-08-15", startsOn: "2026-08-15", trial: "2026-08-15T12:00:00Z"},
		{name: "ThreeMonthsAhead", zone: newYork, now: "2026-07-10T10:00:00-04:00", firstBill: "2026-10-15", startsOn: "2026-10-15", trial: "2026-10-15T12:00:00Z"},
		{name: "Tomorrow", zone: newYork, now: "2026-07-14T23:59:59-04:00", firstBill: "2026-07-15", startsOn: "2026-07-15", anchor: "2026-07-15T12:00:00Z"},
		{name: "TomorrowOnlyAtTheLocation", zone: honolulu, now: "2026-07-15T08:00:00Z", firstBill: "2026-07-15", startsOn: "2026-07-15", anchor: "2026-07-15T12:00:00Z"},
		{name: "TodayOnlyAtTheLocation", zone: kiritimati, now: "2026-07-14T11:00:00Z", firstBill: "2026-07-15", startsOn: "2026-08-15", anchor: "2026-08-15T06:00:00Z", notBefore: "2026-07-15T06:00:00Z"},
		{name: "TodayBeforeItsMoment", zone: newYork, now: "2026-07-15T07:00:00-04:00", firstBill: "2026-07-15", startsOn: "2026-08-15", anchor: "2026-08-15T11:00:00Z"},
		{name: "TodayAfterItsMoment", zone: newYork, now: "2026-07-15T15:00:00-04:00", firstBill: "2026-07-15", startsOn: "2026-08-15", anchor: "2026-08-15T12:00:00Z"},
		{name: "Past", zone: newYork, now: "2026-07-20T10:00:00-04:00", firstBill: "2026-07-15", startsOn: "2026-08-15", anchor: "2026-08-15T12:00:00Z"},
		{name: "LongPast", zone: newYork, now: "2026-07-10T10:00:00-04:00", firstBill: "2026-01-15", startsOn: "2026-07-15", anchor: "2026-07-15T12:00:00Z"},
	}
	for _, tt := range tests {
		tt.option, tt.anchorDay, tt.nextChargeOn = NextMonth, 15, tt.startsOn
		t.Run(tt.name, tt.run)
	}
	current := planTest{name: "CurrentMonthTakesNoNotice", zone: newYork, now: "2026-07-20T10:00:00-04:00", option: CurrentMonth, firstBill: "2026-10-15", anchorDay: 15,
		startsOn: "2026-07-15", nextChargeOn: "2026-08-15", backdate: "2026-07-15T12:00:00Z", anchor: "2026-08-15T12:00:00Z", dueNow: true}
	t.Run(current.name, current.run)

	t.Run("Refuses", func(t *testing.T) {
		t.Parallel()
		now := instant(t, "2026-07-15T15:00:00-04:00")
		for first, want := range map[string]error{"2026-07-20": ErrFirstBillDay, "2028-07-15": ErrFirstBillTooLate} {
			on := date(t, first)
			_, err := PlanStartFrom(NextMonth, now, zone(t, newYork), 15, &on)
			require.ErrorIs(t, err, want)
		}
	})
}

func TestDueToday(t *testing.T) {
	t.Parallel()
	require.Equal(t, int64(12900), DueToday(Schedule{DueNow: true}, 12900))
	require.Zero(t, DueToday(Schedule{}, 12900))
}

func drawZone(t *rapid.T) *time.Location {
	extremes := []string{honolulu, "Pacific/Pago_Pago", newYork, "America/St_Johns", "UTC", "Europe/London", "Asia/Kolkata",
		"Australia/Lord_Howe", "Pacific/Norfolk", auckland, "Pacific/Chatham", "Pacific/Tongatapu", kiritimati}
	return zone(t, rapid.OneOf(rapid.SampledFrom(extremes), rapid.SampledFrom(strings.Fields(zoneNames))).Draw(t, "zone"))
}

// drawNow prefers what goes wrong: anchor days and their neighbours, month ends, the last minute of a local day, and
// the seconds around the billing moment.
func drawNow(t *rapid.T, loc *time.Location, anchorDay int) time.Time {
	month := Date{Year: 2024, Month: time.January, Day: 1}.AddMonths(rapid.IntRange(0, 100).Draw(t, "month"), 1)
	day := rapid.OneOf(rapid.Just(anchorDay), rapid.Just(anchorDay+1), rapid.IntRange(28, 31), rapid.IntRange(1, 31)).Draw(t, "day")
	today := month.AddMonths(0, day)
	second := rapid.IntRange(0, 59).Draw(t, "second")
	switch rapid.IntRange(0, 3).Draw(t, "time of day") {
	case 0:
		return time.Date(today.Year, today.Month, today.Day, 23, 59, second, 0, loc)
	case 1:
		return time.Date(today.Year, today.Month, today.Day, 0, second, 0, 0, loc)
	case 2:
		return Moment(today, loc).Add(time.Duration(second-30) * time.Second)
	}
	return time.Date(today.Year, today.Month, today.Day, 0, 0, rapid.IntRange(0, 86399).Draw(t, "seconds"), second, loc)
}

// stripeMonth is one calendar month the way Stripe counts it, written without the code under test.
func stripeMonth(t time.Time, n int) time.Time {
	t = t.UTC()
	moved := t.AddDate(0, n, 0)
	if moved.Day() != t.Day() { // it overflowed into the month after
		moved = moved.AddDate(0, 0, -moved.Day())
	}
	return moved
}

// requireAccepted is what Stripe would say to a call at the instant.
func requireAccepted(t *rapid.T, s Schedule, call time.Time) {
	call = call.Truncate(time.Second)
	if s.Backdate != nil {
		require.False(t, s.Backdate.After(call), "backdate in the future")
		require.Equal(t, stripeMonth(*s.Backdate, 1), s.Anchor.UTC(), "the fraction is not one")
	}
	if s.Anchor != nil {
		require.True(t, s.Anchor.After(call), "anchor in the past")
		require.False(t, s.Anchor.After(stripeMonth(call, 1)), "anchor %s past the ceiling of %s", s.Anchor, call)
		require.Zero(t, s.Anchor.Nanosecond())
	}
	if s.Trial != nil {
		require.True(t, s.Trial.After(call))
		require.False(t, s.Trial.After(call.AddDate(2, 0, 0)))
	}
}

// callTime is when a job that obeys the schedule calls.
func callTime(s Schedule, now time.Time) time.Time {
	if s.NotBefore.After(now) {
		return s.NotBefore
	}
	return now
}

// charges are the local dates on which Stripe charges a regular month, the first two years of them.
func charges(s Schedule, call time.Time, loc *time.Location) (on []Date) {
	anchor := call.UTC()
	for _, given := range []*time.Time{s.Anchor, s.Trial} {
		if given != nil {
			anchor = *given
		}
	}
	for n := range 24 {
		on = append(on, DateIn(stripeMonth(anchor, n), loc))
	}
	return on
}

// requireCycle holds a schedule to the dates it promises, all year and every year.
func requireCycle(t *rapid.T, s Schedule, call time.Time, loc *time.Location) {
	on := charges(s, call, loc)
	if s.DueNow && s.Backdate == nil {
		require.Equal(t, s.StartsOn, on[0], "the cycle starts with the call")
		require.Equal(t, DateIn(call, loc), on[0])
		on = on[1:]
	}
	require.Equal(t, s.NextChargeOn, on[0])
	kept := on[0].Day
	if s.DueNow && s.Backdate == nil {
		kept = s.StartsOn.Day
	}
	for n, d := range on {
		require.Equal(t, s.NextChargeOn.AddMonths(n, kept), d, "charge %d", n)
	}
	if s.DueNow {
		require.Negative(t, DateIn(call, loc).Compare(s.NextChargeOn), "charged twice on one date")
	}
}

func TestPlanStartProperties(t *testing.T) {
	t.Parallel()
	for _, option := range []StartOption{CurrentMonth, NextMonth} {
		for name, latest := range map[string]int{"Days1To28": 28, "LegacyDaysTo31": 31} {
			t.Run(string(option)+"/"+name, func(t *testing.T) {
				t.Parallel()
				rapid.Check(t, func(t *rapid.T) { checkStart(t, option, latest) })
			})
		}
	}
}

func checkStart(t *rapid.T, option StartOption, latestDay int) {
	loc := drawZone(t)
	day := rapid.IntRange(1, latestDay).Draw(t, "anchor day")
	now := drawNow(t, loc, day)
	today := DateIn(now, loc)
	s, err := PlanStart(option, now, loc, day)
	require.NoError(t, err)
	call := callTime(s, now)

	require.Equal(t, option, s.Option)
	require.Equal(t, option == CurrentMonth, s.DueNow)
	require.Nil(t, s.Trial)
	requireAccepted(t, s, call)
	requireCycle(t, s, call, loc)
	requirePromise(t, s, today, day)

	again, err := PlanStart(option, call, loc, day)
	require.NoError(t, err)
	require.Zero(t, again.NotBefore, "a call that has waited waits no more")
	again.NotBefore = s.NotBefore
	require.Equal(t, s, again, "the plan is another after waiting")
	require.Less(t, call.Sub(now), 24*time.Hour+time.Duration(max(latestDay-28, 0))*12*time.Hour, "waits too long")
}

// requirePromise is what the option says in words, by the calendar alone.
func requirePromise(t *rapid.T, s Schedule, today Date, day int) {
	last, next := LastAnchor(today, day), NextAnchor(today, day)
	if s.Option == NextMonth {
		require.Nil(t, s.Backdate)
		require.Equal(t, next, s.NextChargeOn)
		require.Equal(t, next, s.StartsOn)
		require.LessOrEqual(t, next.Compare(today.AddMonths(1, 31)), 0)
		return
	}
	require.LessOrEqual(t, s.StartsOn.Compare(today), 0)
	require.Positive(t, s.NextChargeOn.Compare(today))
	require.Equal(t, s.StartsOn.AddMonths(1, s.StartsOn.Day), s.NextChargeOn)
	if day <= 28 {
		require.Equal(t, last, s.StartsOn)
		require.Equal(t, next, s.NextChargeOn)
	}
	require.GreaterOrEqual(t, s.StartsOn.Compare(last), 0, "a month before the last anchor date is not charged")
}

func TestPlanFirstBillProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		day := rapid.IntRange(1, 31).Draw(t, "anchor day")
		now := drawNow(t, loc, day)
		today := DateIn(now, loc)
		first := LastAnchor(today, day).AddMonths(rapid.IntRange(0, 22).Draw(t, "months"), day)
		s, err := PlanFirstBill(now, loc, first, day)
		if first.Compare(today) < 0 {
			require.ErrorIs(t, err, ErrFirstBillPast)
			return
		}
		require.NoError(t, err)
		call := callTime(s, now)
		requireAccepted(t, s, call)
		requireCycle(t, s, call, loc)
		require.Equal(t, first, s.StartsOn)
		require.Equal(t, s.DueNow, first != s.NextChargeOn)
		require.False(t, s.DueNow && first != today, "charged before the first bill date")
		require.False(t, s.Anchor != nil && s.Trial != nil)
		if !s.DueNow {
			require.Zero(t, s.NotBefore, "nobody waits at the counter")
		}
	})
}

func TestPlanStartFromProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		loc := drawZone(t)
		day := rapid.IntRange(1, 31).Draw(t, "anchor day")
		now := drawNow(t, loc, day)
		today := DateIn(now, loc)
		option := rapid.SampledFrom(startOptions).Draw(t, "option")
		var first *Date
		if months := rapid.IntRange(-3, 23).Draw(t, "months"); months > -3 {
			on := LastAnchor(today, day).AddMonths(months, day)
			first = &on
		}
		s, err := PlanStartFrom(option, now, loc, day, first)
		require.NoError(t, err)
		call := callTime(s, now)
		requireAccepted(t, s, call)
		requireCycle(t, s, call, loc)
		require.Equal(t, option == CurrentMonth, s.DueNow, "the next month never charges at once")
		if option == CurrentMonth || first == nil || first.Compare(today) <= 0 {
			plain, err := PlanStart(option, now, loc, day)
			require.NoError(t, err)
			require.Equal(t, plain, s)
			return
		}
		require.Equal(t, *first, s.StartsOn)
		require.Equal(t, *first, s.NextChargeOn)
		require.NotEqual(t, s.Anchor == nil, s.Trial == nil, "one of the two")
		require.Equal(t, s.Trial != nil, Moment(*first, loc).After(stripeMonth(now.Truncate(time.Second), 1)))
		require.Zero(t, s.NotBefore)
	})
}

func BenchmarkMoment(b *testing.B) {
	loc := zone(b, newYork)
	for b.Loop() {
		Moment(Date{Year: 2026, Month: time.July, Day: 15}, loc)
	}
}
