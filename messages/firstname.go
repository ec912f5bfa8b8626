package messages

import (
	"strings"
	"unicode"
)

// FirstName answers how a person is greeted: by the first name where it can be told ("Jane Doe", "Doe, Jane"), else by the
// whole name. It cannot be told for a single word, a company or a couple ("Jane & John Doe"), a title, an initial, a name
// that starts with a particle ("de la Cruz Ana"), or a script that writes the family name first. A blank name answers "".
func FirstName(name string) string {
	whole := oneLine(name)
	given, ok := givenNames(whole)
	if ok {
		words := strings.Fields(given)
		if isGiven(words[0]) {
			return cut(words[0], maxName)
		}
	}
	return cut(whole, maxName)
}

// givenNames answers the part of a name that starts with the first name.
func givenNames(whole string) (string, bool) {
	for _, word := range strings.Fields(whole) {
		if noPerson[bare(word)] {
			return "", false
		}
	}
	family, given, inverted := strings.Cut(whole, ",")
	if !inverted {
		return whole, len(strings.Fields(whole)) > 1
	}
	given = strings.TrimSpace(given)
	return given, given != "" && strings.TrimSpace(family) != "" && !strings.Contains(given, ",") && !suffixes[bare(given)]
}

// isGiven tells whether a name's first word can stand alone after "Hi".
func isGiven(word string) bool {
	letters := 0
	for _, r := range word {
		switch {
		case unicode.In(r, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana):
			return false
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsMark(r) && !strings.ContainsRune("'’-\u200c\u200d", r):
			return false
		}
	}
	return letters > 1 && !notFirst[bare(word)]
}

func bare(word string) string {
	return strings.ToLower(strings.ReplaceAll(strings.Trim(word, ".,"), ".", ""))
}

func set(words string) map[string]bool {
	s := map[string]bool{}
	for _, w := range strings.Fields(words) {
		s[w] = true
	}
	return s
}

var (
	// noPerson marks a couple, a household or a company.
	noPerson = set("& + and y or o/b/o c/o dba family familia llc llp inc ltd corp corporation company co gmbh sl sa plc studio studios " +
		"the group services partners association club")
	// notFirst are titles and the particles of family names.
	notFirst = set("mr mrs ms mx miss dr prof rev sir sr sra srta srs don doña fr de del della der di da dos la las los le van von " +
		"den al el bin ibn mac st")
	suffixes = set("jr sr ii iii iv md phd dds esq cpa rn")
)
