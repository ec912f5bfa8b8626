package legacy

import (
	"fmt"
	"strings"
	"unicode"

	"carryover/money"
)

// bareAmount takes signs of currencies and blanks away. code is a currency that is written out.
func bareAmount(s string) (bare, code string) {
	var digits, letters strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9', r == '.', r == ',', r == '-':
			digits.WriteRune(r)
		case r == '(' || r == ')':
			digits.WriteByte('-') // how accountants write less than nothing
		case unicode.IsLetter(r):
			letters.WriteRune(unicode.ToUpper(r))
		case unicode.Is(unicode.Sc, r), unicode.IsSpace(r), r == '\'', r == '’':
		default:
			digits.WriteByte('?') // refused below
		}
	}
	return digits.String(), letters.String()
}

// markShown is which sign parts the decimals, where an amount leaves no doubt.
func markShown(s string) string {
	bare, _ := bareAmount(s)
	dot, comma := strings.LastIndexByte(bare, '.'), strings.LastIndexByte(bare, ',')
	switch {
	case dot >= 0 && comma > dot:
		return ","
	case comma >= 0 && dot > comma:
		return "."
	case dot >= 0 && strings.Count(bare, ".") == 1 && len(bare)-dot-1 != 3:
		return "."
	case comma >= 0 && strings.Count(bare, ",") == 1 && len(bare)-comma-1 != 3:
		return ","
	}
	return ""
}

// parseAmount reads a price as people write it, with either sign before its decimals. mark settles whether 1,234 is more than a thousand.
func parseAmount(s, currency, mark string) (int64, string) {
	bare, code := bareAmount(s)
	if code != "" && code != currency && code != map[string]string{"USD": "US", "CAD": "CA", "NZD": "NZ", "AUD": "A"}[currency] {
		return 0, fmt.Sprintf("the location's currency is %s. Write the price in it, like 129.00", currency)
	}
	decimal, wrong := oneMark(bare, currency, mark)
	if wrong != "" {
		return 0, wrong
	}
	m, err := money.Parse(decimal, currency)
	switch {
	case err != nil:
		return 0, err.Error()
	case m.Minor < 0:
		return 0, "a price is not less than nothing"
	case m.Minor > maxMinor:
		return 0, "this is more than is ever charged at once"
	}
	return m.Minor, ""
}

// maxMinor is what the database takes.
const maxMinor = 99_999_999

// oneMark writes an amount with a point before its decimals and nothing between thousands.
func oneMark(bare, currency, mark string) (decimal, wrong string) {
	shown := markShown(bare)
	if shown == "" && strings.ContainsAny(bare, ".,") {
		sign := "."
		if strings.Contains(bare, ",") {
			sign = ","
		}
		three := money.Money{Minor: 1, Currency: currency}.Decimal()
		switch {
		case strings.Count(bare, sign) > 1, mark != "" && mark != sign, !strings.Contains(three, "."):
			shown = map[string]string{".": ",", ",": "."}[sign]
		case mark == sign:
			shown = sign
		default:
			return "", fmt.Sprintf("this can be %s or %s, and nothing in the column tells which. Write it with its decimals, like 129.00",
				strings.ReplaceAll(bare, sign, ""), strings.Replace(bare, sign, ".", 1))
		}
	}
	thousands := map[string]string{".": ",", ",": "."}[shown]
	whole, fraction, pointed := bare, "", false
	if shown != "" {
		if at := strings.LastIndex(bare, shown); at >= 0 {
			whole, fraction, pointed = bare[:at], bare[at+1:], true
		}
	}
	if thousands != "" {
		if groups := strings.Split(whole, thousands); len(groups) > 1 {
			for _, g := range groups[1:] {
				if len(g) != 3 {
					return "", "this is no amount. Write it like 129.00"
				}
			}
			whole = strings.Join(groups, "")
		}
	}
	if whole == "" {
		whole = "0"
	}
	if strings.ContainsAny(whole+fraction, ".,?") {
		return "", "this is no amount. Write it like 129.00"
	}
	if pointed && fraction != "" {
		return whole + "." + fraction, ""
	}
	return whole, ""
}
