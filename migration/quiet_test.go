package migration

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func zoned(t require.TestingT, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	require.NoError(t, err)
	return zone
}

func TestTextHours(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		zone        string
		from, until string // "8h30m"
		at, want    string // UTC; want "" where it may go at once
	}{
		"InTheMorning":                 {"America/Denver", "8h", "21h", "2026-03-10T15:00:00Z", ""},
		"BeforeItOpens":                {"America/Denver", "8h", "21h", "2026-03-10T13:59:59Z", "2026-03-10T14:00:00Z"},
		"TheMomentItOpens":             {"America/Denver", "8h", "21h", "2026-03-10T14:00:00Z", ""},
		"TheLastMoment":                {"America/Denver", "8h", "21h", "2026-03-11T02:59:59Z", ""},
		"TheMomentItCloses":            {"America/Denver", "8h", "21h", "2026-03-11T03:00:00Z", "2026-03-11T14:00:00Z"},
		"AfterMidnight":                {"America/Denver", "8h", "21h", "2026-03-11T07:30:00Z", "2026-03-11T14:00:00Z"},
		"HalfPast":                     {"Asia/Kolkata", "9h30m", "20h15m", "2026-03-10T14:45:00Z", "2026-03-11T04:00:00Z"},
		"TheDateIsTheLocations":        {"Pacific/Auckland", "8h", "21h", "2026-03-09T18:59:00Z", "2026-03-09T19:00:00Z"},
		"AllDay":                       {"America/Denver", "0h", "24h", "2026-03-10T07:00:00Z", ""},
		"TheNightBeforeSpring":         {"America/New_York", "8h", "21h", "2026-03-08T02:00:00Z", "2026-03-08T12:00:00Z"}, // EDT
		"TheNightBeforeAutumn":         {"America/New_York", "8h", "21h", "2026-11-01T02:00:00Z", "2026-11-01T13:00:00Z"}, // EST
		"OpensInTheHourThatIsLeftOut":  {"America/New_York", "2h30m", "21h", "2026-03-08T05:00:00Z", "2026-03-08T07:00:00Z"},
		"OpensInTheHourThatIsTwice":    {"America/New_York", "1h30m", "21h", "2026-11-01T04:30:00Z", "2026-11-01T05:30:00Z"},
		"MidnightThatIsLeftOut":        {"Asia/Beirut", "0h", "21h", "2026-03-28T20:00:00Z", "2026-03-28T22:00:00Z"},
		"AtTheEndOfTheMonth":           {"America/Denver", "8h", "21h", "2026-05-01T03:30:00Z", "2026-05-01T14:00:00Z"},
		"ADateThatIsLeftOutAltogether": {"Pacific/Apia", "8h", "21h", "2011-12-30T08:00:00Z", "2011-12-30T18:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, err := time.ParseDuration(tt.from)
			require.NoError(t, err)
			until, err := time.ParseDuration(tt.until)
			require.NoError(t, err)
			at, err := time.Parse(time.RFC3339, tt.at)
			require.NoError(t, err)
			want := at
			if tt.want != "" {
				want, err = time.Parse(time.RFC3339, tt.want)
				require.NoError(t, err)
			}
			require.Equal(t, want.UTC(), textHours{zoned(t, tt.zone), from, until}.next(at).UTC())
		})
	}
}

// TestTextHoursAlways: whatever the zone, the hours and the moment, a text waits for less than two days, the clock shows an allowed
// hour when it goes, and no allowed moment was let pass.
func TestTextHoursAlways(t *testing.T) {
	t.Parallel()
	zones := []string{"America/Denver", "America/New_York", "Europe/London", "Pacific/Auckland", "Asia/Kolkata", "Australia/Lord_Howe",
		"America/St_Johns", "Asia/Beirut", "Pacific/Chatham", "America/Santiago", "UTC"}
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.IntRange(0, 22*60).Draw(t, "from")
		until := rapid.IntRange(from+60, 24*60).Draw(t, "until")
		h := textHours{zoned(t, rapid.SampledFrom(zones).Draw(t, "zone")), time.Duration(from) * time.Minute, time.Duration(until) * time.Minute}
		at := time.Unix(begin+rapid.Int64Range(0, 2*366*24*3600).Draw(t, "at"), 0).UTC()
		got := h.next(at)
		require.False(t, got.Before(at))
		require.Less(t, got.Sub(at), 48*time.Hour)
		require.Equal(t, got, h.next(got), "it may go then")
		for probe := at; probe.Before(got); probe = probe.Add(7 * time.Minute) {
			require.NotEqual(t, probe, h.next(probe), "%s would have been allowed", probe)
		}
	})
}
