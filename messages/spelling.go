package messages

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainSpelling writes a name in GSM 7 wherever it stays the same name to its reader: typographic quotes, dashes and ellipses
// become those of a typewriter, an accent that GSM 7 lacks goes (José stays, since é is in the alphabet; María becomes
// Maria, never Marìa), and symbols and emoji that only decorate go too. Other scripts stay as they are. A name that is already
// in GSM 7 is not changed.
func plainSpelling(name string) string {
	var plain strings.Builder
	for _, r := range norm.NFC.String(name) {
		plain.WriteString(plainLetter(r))
	}
	if said := oneLine(plain.String()); said != "" {
		return said
	}
	return name // nothing but decoration: then it is the name
}

func plainLetter(r rune) string {
	if septets[r] > 0 {
		return string(r)
	}
	if s, ok := typewriter[r]; ok {
		return s
	}
	base, marks := decompose(r)
	switch {
	case marks && inGSM7(base):
		return base
	case decoration(r):
		return ""
	}
	return string(r)
}

// decompose answers what is left of a Latin letter, a ligature or a full-width form without its marks, and whether that is
// another letter than before. The Greek that GSM 7 has stands there for its capitals alone, so Greek words stay whole.
func decompose(r rune) (base string, other bool) {
	if !unicode.Is(unicode.Latin, r) && !unicode.In(r, unicode.Nd, unicode.No, unicode.P) {
		return "", false
	}
	base = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsMark(r):
			return -1
		case r == '\u2044': // the bar of ½
			return '/'
		}
		return r
	}, norm.NFKD.String(string(r)))
	return base, base != string(r) && base != ""
}

// decoration tells characters that say nothing: trade marks, bullets, emoji and what joins or colours them.
func decoration(r rune) bool {
	return unicode.In(r, unicode.So, unicode.Sk, unicode.Variation_Selector) || r == '\u200d' || r == '\u200c' || r == '\u20e3'
}

// typewriter is how people spell, without the key for it, what has no simpler form in Unicode.
var typewriter = map[rune]string{
	'‘': "'", '’': "'", '‚': "'", '‛': "'", '′': "'", 'ʼ': "'", 'ʹ': "'", '´': "'", '`': "'", '‹': "'", '›': "'",
	'“': `"`, '”': `"`, '„': `"`, '‟': `"`, '″': `"`, '«': `"`, '»': `"`,
	'‐': "-", '‑': "-", '‒': "-", '–': "-", '—': "-", '―': "-", '−': "-",
	'•': "-", '·': "-", '…': "...", '×': "x",
	'Ł': "L", 'ł': "l", 'Đ': "D", 'đ': "d", 'Ð': "D", 'ð': "d", 'Þ': "Th", 'þ': "th", 'Œ': "OE", 'œ': "oe", 'ı': "i",
	'Ħ': "H", 'ħ': "h", 'Ŋ': "N", 'ŋ': "n", 'ẞ': "SS", 'Ə': "E", 'ə': "e",
}

var (
	// aNumber is written with a dot or a colon that links nothing: 2.5, 24:7.
	aNumber = regexp.MustCompile(`^\p{Nd}+[.:]\p{Nd}+$`)
	// aPhone is what a phone offers to call.
	aPhone = regexp.MustCompile(`\+?\p{Nd}(?:[ ()./-]{0,2}\p{Nd}){6,}`)
)

// unlinked keeps a phone from making a link of a name: behind a dot or colon inside of a word stands a space, so "evil.com"
// is "evil. com". Numbers stay.
func unlinked(s string) string {
	words := strings.Fields(s)
	for i, word := range words {
		if !aNumber.MatchString(word) {
			words[i] = apart(word)
		}
	}
	return strings.Join(words, " ")
}

func apart(word string) string {
	var said strings.Builder
	before := ' '
	for _, r := range word {
		if before == ':' || dots[before] && !unicode.IsPunct(r) {
			said.WriteByte(' ')
		}
		said.WriteRune(r)
		before = r
	}
	return said.String()
}

// dots are the characters that part the labels of a domain (RFC 3490, section 3.1), and two that look like them.
var dots = map[rune]bool{'.': true, '。': true, '．': true, '｡': true, '․': true, '﹒': true}

// uncalled leaves telephone numbers out of the name of a person.
func uncalled(name string) string {
	return oneLine(aPhone.ReplaceAllString(name, " "))
}
