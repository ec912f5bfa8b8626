// Package money owns amounts: how they are read from people and imports, added, and written for people.
//
// The minor unit is Stripe's, because what we store is what Stripe is sent. It is not always ISO 4217's and often
// not CLDR's (which gives the rupiah and the Pakistani rupee no decimals), see scaleOf. The package does not own
// prices, proration or exchange, and it does not judge a sign: a caller that must not charge a negative amount checks.
package money

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
)

// Money is an amount in the minor unit of an ISO 4217 currency, the code in upper case. It is comparable with ==.
type Money struct {
	Minor    int64
	Currency string
}

// maxDecimalLen bounds what Parse looks at: an int64 with sign and point has 21 characters.
const maxDecimalLen = 32

// Parse reads a decimal such as "129.00", "1500" or "-3.5" exactly. It refuses, with a sentence that says what would be
// right, an unknown or lower-case currency, blanks, signs other than a leading minus, exponents, thousands separators, NaN,
// more decimals than the currency has (zeros too), fractions Stripe cannot charge, and whatever does not fit.
func Parse(decimal, currencyCode string) (Money, error) {
	sc, err := scaleOf(currencyCode)
	if err != nil {
		return Money{}, err
	}
	whole, fraction, ok := split(decimal)
	if !ok {
		return Money{}, fmt.Errorf("%.*q is no amount: write digits like %s", maxDecimalLen, decimal, sc.example())
	}
	if len(fraction) > sc.written {
		return Money{}, fmt.Errorf("%s has %s, %s takes %s", decimal, decimals(len(fraction)), currencyCode, numeral(sc.written))
	}
	minor, err := strconv.ParseInt(whole+fraction+strings.Repeat("0", sc.minor-len(fraction)), 10, 64)
	if err != nil {
		return Money{}, fmt.Errorf("%s %s is out of range: the largest amount is %s",
			decimal, currencyCode, Money{math.MaxInt64 - math.MaxInt64%sc.step, currencyCode}.Decimal())
	}
	if minor%sc.step != 0 {
		below := Money{minor - minor%sc.step, currencyCode}
		return Money{}, fmt.Errorf("%s %s cannot be charged, the last decimal must be 0: write %s", decimal, currencyCode, below.Decimal())
	}
	return Money{Minor: minor, Currency: currencyCode}, nil
}

// split cuts -?[0-9]+(\.[0-9]+)? at its point; the sign stays with the whole part.
func split(decimal string) (whole, fraction string, ok bool) {
	if len(decimal) > maxDecimalLen {
		return "", "", false
	}
	whole, fraction, pointed := strings.Cut(decimal, ".")
	return whole, fraction, allDigits(strings.TrimPrefix(whole, "-")) && (!pointed || allDigits(fraction))
}

func allDigits(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}

// Decimal writes the amount as the API does: "129.00", "1500" for JPY, no separators. Parse reads it back to the same
// Money. An amount Stripe itself could not charge (5.50 ISK in stored data) keeps its decimals rather than lose them.
func (m Money) Decimal() string {
	sign, whole, fraction := m.parts()
	return sign + join(whole, fraction)
}

// String writes the amount for English-speaking people: "$129.00", "€1,234.50", "¥1,500", "CA$129.00", "CHF 129.00".
func (m Money) String() string {
	sign, whole, fraction := m.parts()
	return sign + symbol(m.Currency) + join(group(whole), fraction)
}

// parts are the sign and the digits before and after the point. An unknown currency is written with two decimals.
func (m Money) parts() (sign, whole, fraction string) {
	sc, err := scaleOf(m.Currency)
	if err != nil {
		sc = scale{minor: 2, written: 2, step: 1}
	}
	magnitude := uint64(m.Minor) //nolint:gosec // negated below where it wraps, also for the smallest number
	if m.Minor < 0 {
		sign, magnitude = "-", -magnitude
	}
	digits := fmt.Sprintf("%0*d", sc.minor+1, magnitude)
	whole, fraction = digits[:len(digits)-sc.minor], digits[len(digits)-sc.minor:]
	if sc.written == 0 && strings.Trim(fraction, "0") == "" {
		fraction = ""
	}
	return sign, whole, fraction
}

// Add answers the sum, or an error where the currencies differ or the sum does not fit; it never wraps round.
func (m Money) Add(other Money) (Money, error) {
	if m.Currency != other.Currency {
		return Money{}, fmt.Errorf("add %s to %s: both must be in one currency", other, m)
	}
	sum := m.Minor + other.Minor
	if (sum > m.Minor) != (other.Minor > 0) {
		return Money{}, fmt.Errorf("add %s to %s: the sum is out of range", other, m)
	}
	return Money{Minor: sum, Currency: m.Currency}, nil
}

// scale is how a currency is stored and written: the digits of Stripe's minor unit, the digits a person may write
// after the point, and the step in minor units that Stripe can charge.
type scale struct {
	minor, written int
	step           int64
}

// scaleOf follows https://docs.stripe.com/currencies, "Zero-decimal currencies", "Three-decimal currencies" and
// "Special cases". Stripe takes every other currency in hundredths, also those that CLDR writes without decimals, so
// CLDR (golang.org/x/text/currency) is only asked whether the code exists and whether it has three.
//
//   - MGA is zero-decimal at Stripe although ISO 4217 divides it by five.
//   - ISK and UGX have no decimals, and yet 5 ISK is sent as 500. UGX also stands in Stripe's zero-decimal list; the
//     special case is the more exact text and the one with an example.
//   - HUF and TWD are restricted for payouts only; charges have two decimals.
//   - Three-decimal amounts must end in 0.
func scaleOf(code string) (scale, error) {
	unit, err := currency.ParseISO(code)
	if err != nil || code != unit.String() || code == "XXX" || code == "XTS" {
		return scale{}, fmt.Errorf("currency %.8q is no ISO 4217 code in upper case: write one like USD", code)
	}
	switch code {
	case "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF", "XOF", "XPF":
		return scale{minor: 0, written: 0, step: 1}, nil
	case "ISK", "UGX":
		return scale{minor: 2, written: 0, step: 100}, nil
	}
	if digits, _ := currency.Standard.Rounding(unit); digits == 3 {
		return scale{minor: 3, written: 3, step: 10}, nil
	}
	return scale{minor: 2, written: 2, step: 1}, nil
}

// Check answers an error that says what would be right unless code is a currency Parse takes.
func Check(code string) error {
	_, err := scaleOf(code)
	return err
}

func (s scale) example() string {
	if s.written == 0 {
		return "1500"
	}
	return "129." + strings.Repeat("0", s.written)
}

func decimals(n int) string {
	if n == 1 {
		return "1 decimal"
	}
	return strconv.Itoa(n) + " decimals"
}

func numeral(n int) string {
	if n == 0 {
		return "none"
	}
	return strconv.Itoa(n)
}

func join(whole, fraction string) string {
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// group sets a comma before every third digit from the right.
func group(digits string) string {
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// symbol is CLDR's for English ("$" is the US dollar, "CA$" the Canadian); one that ends in a letter is kept apart from
// the digits by a no-break space.
func symbol(code string) string {
	sign := code
	if unit, err := currency.ParseISO(code); err == nil {
		sign = message.NewPrinter(language.English).Sprint(currency.Symbol(unit))
	}
	if last, _ := utf8.DecodeLastRuneInString(sign); unicode.IsLetter(last) {
		return sign + "\u00a0"
	}
	return sign
}
