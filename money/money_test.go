package money

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, decimal, currency string
		want                    int64
	}{
		{"Cents", "129.00", "USD", 12900},
		{"WholeDollars", "129", "USD", 12900},
		{"OneDecimal", "129.5", "USD", 12950},
		{"LessThanOne", "0.05", "EUR", 5},
		{"LeadingZeros", "007.50", "USD", 750},
		{"Negative", "-3.5", "USD", -350},
		{"NegativeLessThanOne", "-0.01", "USD", -1},
		{"NegativeZero", "-0.00", "USD", 0},
		{"Yen", "1500", "JPY", 1500},
		{"AriaryHasNoDecimalsAtStripe", "1500", "MGA", 1500},
		{"KronaIsSentAsHundredths", "5", "ISK", 500},
		{"ShillingIsSentAsHundredths", "5", "UGX", 500},
		{"ForintHasDecimalsWhenCharged", "10.45", "HUF", 1045},
		{"TaiwanDollarHasDecimalsWhenCharged", "800.45", "TWD", 80045},
		{"RupiahHasDecimalsAtStripeNotInCLDR", "60000", "IDR", 6000000},
		{"PakistaniRupeeHasDecimalsAtStripeNotInCLDR", "10.50", "PKR", 1050},
		{"DinarHasThreeDecimals", "5.120", "KWD", 5120},
		{"Largest", "92233720368547758.07", "USD", math.MaxInt64},
		{"Smallest", "-92233720368547758.08", "USD", math.MinInt64},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := Parse(tt.decimal, tt.currency)
			require.NoError(t, err)
			require.Equal(t, Money{Minor: tt.want, Currency: tt.currency}, got)
		})
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, decimal, currency, want string }{
		{"DecimalsOfYen", "129.5", "JPY", "129.5 has 1 decimal, JPY takes none"},
		{"ZerosAsDecimalsOfYen", "129.00", "JPY", "129.00 has 2 decimals, JPY takes none"},
		{"ThirdDecimal", "129.505", "USD", "129.505 has 3 decimals, USD takes 2"},
		{"ThirdDecimalThatIsZero", "129.500", "USD", "129.500 has 3 decimals, USD takes 2"},
		{"DecimalsOfKrona", "5.50", "ISK", "5.50 has 2 decimals, ISK takes none"},
		{"DinarNotEndingInZero", "5.125", "KWD", "5.125 KWD cannot be charged, the last decimal must be 0: write 5.120"},
		{"Blank", "", "USD", `"" is no amount: write digits like 129.00`},
		{"Spaces", " 129.00", "USD", `" 129.00" is no amount: write digits like 129.00`},
		{"Exponent", "1e3", "JPY", `"1e3" is no amount: write digits like 1500`},
		{"NaN", "NaN", "USD", `"NaN" is no amount: write digits like 129.00`},
		{"Infinity", "Inf", "USD", `"Inf" is no amount: write digits like 129.00`},
		{"Hex", "0x10", "USD", `"0x10" is no amount: write digits like 129.00`},
		{"Underscore", "1_000", "USD", `"1_000" is no amount: write digits like 129.00`},
		{"ThousandsSeparator", "1,234.50", "USD", `"1,234.50" is no amount: write digits like 129.00`},
		{"DecimalComma", "129,50", "EUR", `"129,50" is no amount: write digits like 129.00`},
		{"PlusSign", "+5", "USD", `"+5" is no amount: write digits like 129.00`},
		{"TwoSigns", "--5", "USD", `"--5" is no amount: write digits like 129.00`},
		{"SignOnly", "-", "USD", `"-" is no amount: write digits like 129.00`},
		{"SignAfterPoint", "1.-5", "USD", `"1.-5" is no amount: write digits like 129.00`},
		{"NothingAfterPoint", "129.", "USD", `"129." is no amount: write digits like 129.00`},
		{"NothingBeforePoint", ".50", "USD", `".50" is no amount: write digits like 129.00`},
		{"TwoPoints", "1.2.3", "USD", `"1.2.3" is no amount: write digits like 129.00`},
		{"ArabicDigits", "١٢", "KWD", `"١٢" is no amount: write digits like 129.000`},
		{"TooLarge", "92233720368547758.08", "USD", "92233720368547758.08 USD is out of range: the largest amount is 92233720368547758.07"},
		{"TooLargeOnlyInMinorUnits", "9223372036854775807", "ISK", "9223372036854775807 ISK is out of range: the largest amount is 92233720368547758"},
		{"LowerCaseCurrency", "1", "usd", `currency "usd" is no ISO 4217 code in upper case: write one like USD`},
		{"UnknownCurrency", "1", "QQQ", `currency "QQQ" is no ISO 4217 code in upper case: write one like USD`},
		{"NoCurrency", "1", "XXX", `currency "XXX" is no ISO 4217 code in upper case: write one like USD`},
		{"MissingCurrency", "1", "", `currency "" is no ISO 4217 code in upper case: write one like USD`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(tt.decimal, tt.currency)
			require.EqualError(t, err, tt.want)
		})
	}
	t.Run("EndlessInputIsNotEchoed", func(t *testing.T) {
		t.Parallel()
		_, err := Parse(strings.Repeat("9", 1<<20), "USD")
		require.ErrorContains(t, err, "is no amount")
		require.Less(t, len(err.Error()), 100)
	})
}

func TestWriting(t *testing.T) {
	t.Parallel()
	tests := []struct {
		money           Money
		decimal, people string
	}{
		{Money{12900, "USD"}, "129.00", "$129.00"},
		{Money{123450, "EUR"}, "1234.50", "€1,234.50"},
		{Money{1500, "JPY"}, "1500", "¥1,500"},
		{Money{12900, "CAD"}, "129.00", "CA$129.00"},
		{Money{12900, "CHF"}, "129.00", "CHF\u00a0129.00"},
		{Money{100000000, "GBP"}, "1000000.00", "£1,000,000.00"},
		{Money{500, "ISK"}, "5", "ISK\u00a05"},
		{Money{550, "ISK"}, "5.50", "ISK\u00a05.50"},
		{Money{5120, "KWD"}, "5.120", "KWD\u00a05.120"},
		{Money{5, "USD"}, "0.05", "$0.05"},
		{Money{0, "USD"}, "0.00", "$0.00"},
		{Money{0, "JPY"}, "0", "¥0"},
		{Money{-5, "USD"}, "-0.05", "-$0.05"},
		{Money{-123450, "USD"}, "-1234.50", "-$1,234.50"},
		{Money{math.MinInt64, "JPY"}, "-9223372036854775808", "-¥9,223,372,036,854,775,808"},
		{Money{12900, "??"}, "129.00", "??129.00"},
	}
	for _, tt := range tests {
		t.Run(tt.people, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tt.decimal, tt.money.Decimal())
			require.Equal(t, tt.people, tt.money.String())
		})
	}
}

func TestAdd(t *testing.T) {
	t.Parallel()
	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		sum, err := Money{12900, "USD"}.Add(Money{1250, "USD"})
		require.NoError(t, err)
		require.Equal(t, Money{14150, "USD"}, sum)
	})
	t.Run("ErrOtherCurrency", func(t *testing.T) {
		t.Parallel()
		_, err := Money{12900, "USD"}.Add(Money{1250, "EUR"})
		require.EqualError(t, err, "add €12.50 to $129.00: both must be in one currency")
	})
	t.Run("ErrOutOfRange", func(t *testing.T) {
		t.Parallel()
		_, err := Money{math.MaxInt64, "JPY"}.Add(Money{1, "JPY"})
		require.ErrorContains(t, err, "the sum is out of range")
		_, err = Money{math.MinInt64, "JPY"}.Add(Money{-1, "JPY"})
		require.ErrorContains(t, err, "the sum is out of range")
	})
	t.Run("EitherTheExactSumOrAnError", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
			sum, err := Money{a, "USD"}.Add(Money{b, "USD"})
			fits := !(b > 0 && a > math.MaxInt64-b) && !(b < 0 && a < math.MinInt64-b)
			require.Equal(t, fits, err == nil)
			if fits {
				require.Equal(t, a+b, sum.Minor)
			}
		})
	})
}

func TestParseDecimalIsIdentity(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := rapid.SampledFrom([]string{"USD", "EUR", "JPY", "CAD", "KRW", "ISK", "UGX", "KWD", "TND", "MGA", "IDR", "HUF"}).Draw(t, "currency")
		sc, err := scaleOf(code)
		require.NoError(t, err)
		minor := rapid.Int64().Draw(t, "minor")
		want := Money{Minor: minor - minor%sc.step, Currency: code}
		got, err := Parse(want.Decimal(), code)
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"129.00", "-0.5", "1e9", "NaN", "٣", "0x1p-2", ".", "-", "9223372036854775808"} {
		f.Add(seed, "USD")
		f.Add(seed, "JPY")
	}
	f.Fuzz(func(t *testing.T, decimal, code string) {
		got, err := Parse(decimal, code)
		if err != nil {
			require.Zero(t, got)
			return
		}
		again, err := Parse(got.Decimal(), code)
		require.NoError(t, err)
		require.Equal(t, got, again)
	})
}

func BenchmarkString(b *testing.B) {
	for b.Loop() {
		_ = Money{123450, "EUR"}.String()
	}
}
