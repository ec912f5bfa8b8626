package migration

import (
	"fmt"
	"strings"

	"github.com/nyaruka/phonenumbers"

	"carryover/queries"
)

// regionsByCurrency are the countries whose numbers need no country code at a location; of a currency of several countries the zone says
// which.
var regionsByCurrency = map[string]string{"USD": "US", "CAD": "CA", "NZD": "NZ", "AUD": "AU", "GBP": "GB", "MXN": "MX", "CHF": "CH", "DKK": "DK",
	"SEK": "SE", "NOK": "NO", "PLN": "PL", "CZK": "CZ", "JPY": "JP", "SGD": "SG", "HKD": "HK", "INR": "IN", "ZAR": "ZA", "BRL": "BR"}

var regionsByZone = map[string]string{"Europe/Berlin": "DE", "Europe/Paris": "FR", "Europe/Madrid": "ES", "Europe/Rome": "IT", "Europe/Vienna": "AT",
	"Europe/Dublin": "IE", "Europe/Amsterdam": "NL", "Europe/Brussels": "BE", "Europe/Lisbon": "PT", "Europe/Helsinki": "FI", "Europe/Athens": "GR"}

// regionOf is where a number without a country code is from. "": nobody knows, and such a number is refused.
func regionOf(l *queries.Location) string {
	if region, ok := regionsByZone[l.TimeZone]; ok {
		return region
	}
	return regionsByCurrency[l.Currency]
}

// phoneReader reads numbers as an old system has them: with a country code, or as they are said in the region. North America's, which are
// most, are read without the library.
func phoneReader(region string) func(string) (string, error) {
	northAmerica := region == "US" || region == "CA"
	return func(raw string) (string, error) {
		digits := onlyDigits(raw)
		national, hasCode := strings.CutPrefix(digits, "1")
		if !hasCode || len(national) != 10 {
			national = digits
		}
		written := strings.Trim(raw, "+0123456789 ().-\u00a0") == ""
		if written && northAmerica && len(national) == 10 && (!strings.HasPrefix(raw, "+") || hasCode) && national[0] >= '2' && national[3] >= '2' {
			return "+1" + national, nil
		}
		if n, err := phonenumbers.Parse(raw, or(region, "ZZ")); err == nil && phonenumbers.IsPossibleNumber(n) {
			return phonenumbers.Format(n, phonenumbers.E164), nil
		}
		return "", fmt.Errorf("this is no phone number. Write it with its country code, like +1 303 555 0123")
	}
}

// readEmail is ParseEmail, quick for what most addresses look like.
func readEmail(raw string) (string, error) {
	local, domain, ok := strings.Cut(raw, "@")
	if ok && len(raw) <= 254 && plainAddress(local, "._+-") && plainAddress(domain, ".-") && strings.Contains(domain, ".") {
		return strings.ToLower(raw), nil
	}
	email, err := ParseEmail(raw)
	if err != nil {
		return "", fmt.Errorf("this is no email address. Write one like name@example.com")
	}
	return email, nil
}

// plainAddress: letters, digits, and single ones of some signs between them.
func plainAddress(s, signs string) bool {
	sign := true
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
			sign = false
		case strings.IndexByte(signs, c) >= 0 && !sign:
			sign = true
		default:
			return false
		}
	}
	return !sign
}
