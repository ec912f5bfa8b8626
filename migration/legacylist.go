package migration

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"carryover/queries"
)

// LegacyFilter is the filter of the list; all that is given must hold. An empty list is no condition.
type LegacyFilter struct {
	Search                 string
	LocationIDs            []uuid.UUID
	Sources                []string
	States                 []queries.LegacyState
	CancelledThere         *bool
	Migrated               *bool
	Missing                *bool // whether its source's newest whole file does not hold it
	StillBilled            *bool // whether a file bills it whose cancellation is recorded
	BillsFrom, BillsBefore *Date
}

// Match is the filter as the statements take it, for one staff member. ids, where there are any, narrow it to themselves.
func (f LegacyFilter) Match(staff uuid.UUID, ids []uuid.UUID) queries.BatchPartInsertLegacyParams {
	p := queries.BatchPartInsertLegacyParams{StaffID: staff, LocationIds: sorted(f.LocationIDs), Sources: append([]string{}, f.Sources...), States: []string{},
		Cancelled: f.CancelledThere, Migrated: f.Migrated, Missing: f.Missing, StillBilled: f.StillBilled, BillsFrom: f.BillsFrom, BillsBefore: f.BillsBefore, Ids: sorted(ids), Wanted: LegacySearch(f.Search)}
	for _, state := range f.States {
		p.States = append(p.States, string(state))
	}
	slices.Sort(p.Sources)
	slices.Sort(p.States)
	return p
}

// searchWords is how many words of a search count.
const searchWords = 6

// LegacySearch is what somebody searches the list for, as a text search over its keys: every word at the beginning of a plate, a tag, a
// member number, an email, a phone's digits or a word of the name; or all of it together, as a plate with a blank in it is one. A search in
// which nothing can be looked for finds nothing; an empty one is "".
func LegacySearch(search string) string {
	search = strings.ReplaceAll(strings.TrimSpace(search), "\x00", "")
	if search == "" {
		return ""
	}
	var every keyQuery
	for i, word := range strings.Fields(search) {
		if i == searchWords {
			break
		}
		if one := wordQuery(word); len(one) > 0 {
			every = append(every, "("+one.any()+")")
		}
	}
	var all keyQuery
	if len(every) > 0 {
		all = append(all, "("+strings.Join(every, " & ")+")")
	}
	all.beginning(keyPlate, PlateKey(search))
	all.beginning(keyRFID, CardKey(search))
	all.beginning(keyMember, CardKey(search))
	all.beginning(keyPhone, longEnough(search))
	if len(all) == 0 {
		return quoteLexeme("nothing")
	}
	return all.any()
}

func wordQuery(word string) (one keyQuery) {
	one.beginning(keyPlate, PlateKey(word))
	one.beginning(keyRFID, CardKey(word))
	one.beginning(keyMember, CardKey(word))
	one.beginning(keyEmail, strings.ToLower(cutTo(word, maxKey)))
	one.beginning(keyPhone, longEnough(word))
	if name := strings.Fields(NameKey(word)); len(name) > 0 {
		var words keyQuery
		for _, w := range name {
			words.beginning(keyName, w)
		}
		one = append(one, "("+strings.Join(words, " & ")+")")
	}
	return one
}

// longEnough are the digits of what may be a phone number: three or more, and nothing but what is written in one.
func longEnough(s string) string {
	if digits := onlyDigits(s); len(digits) >= 3 && strings.Trim(s, "+0123456789 ().-/") == "" {
		return digits
	}
	return ""
}
