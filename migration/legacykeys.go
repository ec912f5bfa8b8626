package migration

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The kinds of keys that a legacy membership is found by. Each key is its kind, a colon and the value in the one spelling in which both
// what is on file and what somebody types are compared.
const (
	keyPlate  = "p:"
	keyRFID   = "r:"
	keyMember = "m:"
	keyPhone  = "t:"
	keyEmail  = "e:"
	keyName   = "n:"
)

const (
	// nameKeyWords is how many words of a name are found by; a name of more is a sentence.
	nameKeyWords = 8
	// maxKey is above what is on any plate or card, and far below what PostgreSQL takes for a word.
	maxKey = 120
)

// PlateKey is a plate in the one spelling: capitals and digits alone.
func PlateKey(plate string) string { return bare(plate, unicode.ToUpper) }

// CardKey is the number of an RFID tag or of a member in the one spelling, as PlateKey. Leading zeros stay: they are part of a tag's number.
func CardKey(number string) string { return bare(number, unicode.ToUpper) }

// NameKey is a name in the one spelling: lower case, without accents, its words with one blank between them.
func NameKey(name string) string {
	if isPlainLower(name) {
		return name
	}
	return strings.Join(strings.FieldsFunc(unaccented(name, unicode.ToLower), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// isPlainLower: most of what is folded twice.
func isPlainLower(s string) bool {
	blank := true // at the beginning, or after another one
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
			blank = false
		case c == ' ' && !blank:
			blank = true
		default:
			return false
		}
	}
	return !blank || s == ""
}

// bare keeps letters and digits.
func bare(s string, to func(rune) rune) string {
	return cutTo(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, unaccented(s, to)), maxKey)
}

// unwritten are letters that Unicode does not take apart into a plain one and its accent.
var unwritten = strings.NewReplacer("ß", "ss", "ẞ", "SS", "æ", "ae", "Æ", "AE", "œ", "oe", "Œ", "OE", "ø", "o", "Ø", "O", "ł", "l", "Ł", "L",
	"đ", "d", "Đ", "D", "ð", "d", "Ð", "D", "þ", "th", "Þ", "TH", "ı", "i")

func unaccented(s string, to func(rune) rune) string {
	if isASCII(s) {
		return strings.Map(to, s)
	}
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return to(r)
	}, norm.NFKD.String(unwritten.Replace(s)))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func cutTo(s string, most int) string {
	for len(s) > most {
		_, size := utf8.DecodeLastRuneInString(s)
		s = s[:len(s)-size]
	}
	return s
}

// legacyKeys are all keys of a membership.
func legacyKeys(name, plate, rfid, member string, emails, phones []string) (nameKey string, keys []string) {
	keys = make([]string, 0, 10)
	add := func(kind, value string) {
		if value != "" {
			keys = append(keys, kind+value)
		}
	}
	add(keyPlate, PlateKey(plate))
	add(keyRFID, CardKey(rfid))
	add(keyMember, CardKey(member))
	for _, phone := range phones {
		for _, digits := range phoneKeys(phone) {
			add(keyPhone, digits)
		}
	}
	for _, email := range emails {
		add(keyEmail, cutTo(email, maxKey))
	}
	nameKey = cutTo(NameKey(name), maxKey)
	words := 0
	for word := range strings.SplitSeq(nameKey, " ") {
		if words++; words > nameKeyWords {
			break
		}
		add(keyName, word)
	}
	return nameKey, keys
}

// phoneKeys are a number's digits with its country code and, where that is North America's, as it is said there.
func phoneKeys(e164 string) []string {
	digits := strings.TrimPrefix(e164, "+")
	if national, ok := strings.CutPrefix(digits, "1"); ok && len(national) == 10 {
		return []string{digits, national}
	}
	return []string{digits}
}

// keyQuery is a text search: any of what is added matches.
type keyQuery []string

func (q *keyQuery) exactly(kind, value string) {
	if value != "" {
		*q = append(*q, quoteLexeme(kind+value))
	}
}

func (q *keyQuery) beginning(kind, value string) {
	if value != "" {
		*q = append(*q, quoteLexeme(kind+value)+":*")
	}
}

func (q *keyQuery) any() string { return strings.Join(*q, " | ") }

// quoteLexeme writes a word for a text search, as PostgreSQL's documentation has it under "tsquery".
func quoteLexeme(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`, "\x00", "").Replace(s) + "'"
}
