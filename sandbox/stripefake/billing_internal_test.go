package stripefake

import (
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func noon(year int, month time.Month, day int) int64 {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC).Unix()
}

func date(at int64) string { return time.Unix(at, 0).UTC().Format(time.DateOnly) }

var monthly = interval{"month", 1}

func TestIntervalKeepsTheAnchorsDay(t *testing.T) {
	t.Parallel()
	var dates []string
	for n := range 5 {
		dates = append(dates, date(monthly.after(noon(2024, time.January, 31), n)))
	}
	require.Equal(t, []string{"2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"}, dates)
	require.Equal(t, "2025-02-28", date(interval{"year", 1}.after(noon(2024, time.February, 29), 1)))
	require.Equal(t, "2024-01-29", date(interval{"week", 2}.after(noon(2024, time.January, 15), 1)))
}

func TestShare(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		start, end int64
		want       *big.Rat
	}{
		// The two examples of https://stripe.com/docs/billing/subscriptions/backdating.
		"HalfOfFebruary":   {noon(2023, time.February, 15), noon(2023, time.March, 1), big.NewRat(14, 28)},
		"SeventeenDays":    {noon(2023, time.January, 15), noon(2023, time.February, 1), big.NewRat(17, 31)},
		"ExactlyOneMonth":  {noon(2023, time.January, 15), noon(2023, time.February, 15), big.NewRat(1, 1)},
		"TwoMonthsAndMore": {noon(2023, time.January, 1), noon(2023, time.March, 16), big.NewRat(2*31+15, 31)},
		"Nothing":          {noon(2023, time.January, 15), noon(2023, time.January, 15), new(big.Rat)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want.RatString(), monthly.share(test.start, test.end).RatString())
		})
	}
}

func TestProrateRoundsHalfUp(t *testing.T) {
	t.Parallel()
	require.Equal(t, int64(3), prorate(5, big.NewRat(1, 2)))
	require.Equal(t, int64(2), prorate(9, big.NewRat(1, 4)))
	require.Equal(t, int64(1371), prorate(2500, big.NewRat(17, 31)))
	require.Equal(t, int64(0), prorate(0, big.NewRat(1, 3)))
}

func TestBillingProperties(t *testing.T) {
	t.Parallel()
	at := rapid.Int64Range(noon(2020, time.January, 1), noon(2040, time.January, 1))

	t.Run("OneMonthIsTheFullAmount", rapid.MakeCheck(func(t *rapid.T) {
		start, amount := at.Draw(t, "start"), rapid.Int64Range(0, 1_000_000).Draw(t, "amount")
		require.Equal(t, amount, prorate(amount, monthly.share(start, monthly.after(start, 1))))
	}))
	t.Run("LongerCostsNoLess", rapid.MakeCheck(func(t *rapid.T) {
		start := at.Draw(t, "start")
		a := start + rapid.Int64Range(0, 100*day).Draw(t, "a")
		b := a + rapid.Int64Range(0, 40*day).Draw(t, "b")
		require.LessOrEqual(t, monthly.share(start, a).Cmp(monthly.share(start, b)), 0)
	}))
	t.Run("NextIsTheFirstGridPointAfter", rapid.MakeCheck(func(t *rapid.T) {
		anchor, now := at.Draw(t, "anchor"), at.Draw(t, "now")
		v := interval{rapid.SampledFrom([]string{"day", "week", "month", "year"}).Draw(t, "unit"), rapid.IntRange(1, 6).Draw(t, "count")}
		next := v.next(anchor, now)
		require.Greater(t, next, now)
		n := 0
		for v.after(anchor, n) < next {
			n++
		}
		for v.after(anchor, n) > next {
			n--
		}
		require.Equal(t, next, v.after(anchor, n), "on the grid")
		require.LessOrEqual(t, v.after(anchor, n-1), now, "and the first")
	}))
}

func TestBusinessDays(t *testing.T) {
	t.Parallel()
	require.Equal(t, "2024-01-19", date(addBusinessDays(noon(2024, time.January, 15), 4)))
	require.Equal(t, "2024-01-25", date(addBusinessDays(noon(2024, time.January, 19), 4)))
	require.Equal(t, "2024-01-22", date(addBusinessDays(noon(2024, time.January, 20), 1)))
}

func TestLuhn(t *testing.T) {
	t.Parallel()
	for _, card := range testCards() {
		require.True(t, luhn(card.number), card.number)
	}
	require.False(t, luhn("4242424242424243"))
	require.False(t, luhn("42424242x2424242"))
}
