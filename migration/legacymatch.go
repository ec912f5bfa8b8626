package migration

import (
	"slices"
	"strings"
)

// LegacyQuery is what is known of somebody who stands at a location. What is empty is not looked for; of the rest any may match. Each is
// compared in the one spelling of its kind, so a plate may be typed with blanks and a name without accents.
type LegacyQuery struct {
	Plate, RFID, MemberNumber string
	Phone                     string // E.164, or as it is said at the location: digits at the least
	phone                     string // E.164, where Phone can be read as a number of the location's country
	Email                     string
	Name                      string // every word must be there, each as the beginning of one
}

// maxMatches is more than anybody would read at a counter. One more is answered, by which it is known that there are more.
const maxMatches = 20

// matchKinds are the kinds of keys by how sure they are, with their names for clients.
var matchKinds = []struct{ kind, name string }{
	{keyPlate, "plate"}, {keyRFID, "rfid"}, {keyMember, "memberNumber"}, {keyPhone, "phone"}, {keyEmail, "email"}, {keyName, "name"}}

func sureness(by []string) int {
	return slices.IndexFunc(matchKinds, func(k struct{ kind, name string }) bool { return slices.Contains(by, k.name) })
}

// exact are the keys that must be there to the letter.
func (query LegacyQuery) exact() (keys []string) {
	for _, one := range []struct{ kind, value string }{
		{keyPlate, PlateKey(query.Plate)}, {keyRFID, CardKey(query.RFID)}, {keyMember, CardKey(query.MemberNumber)},
		{keyPhone, onlyDigits(query.Phone)}, {keyPhone, onlyDigits(query.phone)}, {keyEmail, strings.ToLower(strings.TrimSpace(query.Email))}} {
		if one.value != "" {
			keys = append(keys, one.kind+one.value)
		}
	}
	return keys
}

func (query LegacyQuery) words() []string { return strings.Fields(NameKey(query.Name)) }

// surest is the query without the name, which many share.
func (query LegacyQuery) surest() (surest keyQuery) {
	for _, key := range query.exact() {
		surest.exactly("", key)
	}
	return surest
}

// named is the name alone: all of its words.
func (query LegacyQuery) named() (named keyQuery) {
	var all keyQuery
	for _, word := range query.words() {
		all.beginning(keyName, word)
	}
	if len(all) > 0 {
		named = append(named, strings.Join(all, " & "))
	}
	return named
}

// matched says which kinds of the query's keys are among some keys.
func (query LegacyQuery) matched(keys []string) (by []string) {
	exact, words := query.exact(), query.words()
	for _, k := range matchKinds {
		found := slices.ContainsFunc(exact, func(key string) bool { return strings.HasPrefix(key, k.kind) && slices.Contains(keys, key) })
		if k.kind == keyName {
			found = len(words) > 0 && !slices.ContainsFunc(words, func(word string) bool {
				return !slices.ContainsFunc(keys, func(key string) bool { return strings.HasPrefix(key, keyName+word) })
			})
		}
		if found {
			by = append(by, k.name)
		}
	}
	return by
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
