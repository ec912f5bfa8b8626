package migration

import (
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"
)

// PhoneConsent is when and where a tenant agreed to be texted at one number.
type PhoneConsent struct {
	GivenAt time.Time
	Source  string
}

// consent is one in which nothing is wrong, as rows hold it; both nil where none was given.
type consent struct {
	at     *time.Time
	source *string
}

// checkConsent wants a consent to have happened, to say where, and to be for a number. It looks at the number as it was typed,
// so that a number with a mistake in it is said once.
func (s *Service) checkConsent(c *PhoneConsent, phone string, r *Refusals, field ...string) consent {
	if c == nil {
		return consent{}
	}
	if strings.TrimSpace(phone) == "" {
		r.add(CodeRequired, "Enter the phone number that the consent was given for.", append(field[:len(field)-1:len(field)-1], "phone")...)
	}
	at := append(field[:len(field):len(field)], "givenAt")
	switch {
	case c.GivenAt.After(s.now()):
		r.add(CodeInvalid, "The consent must not be in the future. Enter when the tenant gave it.", at...)
	case c.GivenAt.Year() < 1970:
		r.add(CodeInvalid, "That is before anybody was texted. Enter when the tenant gave the consent.", at...)
	}
	from := append(field[:len(field):len(field)], "source")
	source := cleanText(r, c.Source, 120, from...)
	if source == "" {
		r.add(CodeRequired, "Say where the consent was given, for instance in which lease or form.", from...)
	}
	return consent{at: &c.GivenAt, source: &source}
}

// ParseEmail answers an address in lower case, or an error that says what would be right.
func ParseEmail(raw string) (string, error) {
	raw = strings.TrimSpace(raw)
	addr, err := mail.ParseAddress(raw)
	domain := raw[strings.LastIndexByte(raw, '@')+1:]
	if err != nil || addr.Address != raw || len(raw) > 254 || !strings.Contains(domain, ".") || strings.HasPrefix(domain, "[") || strings.ContainsFunc(raw, unseen) {
		return "", fmt.Errorf("%q is not an email address. Enter one like name@example.com", shorten(raw))
	}
	return strings.ToLower(raw), nil
}

// ParsePhone answers a number in E.164, or an error that says what would be right. The country code must be there: a guess
// would text a stranger.
func ParsePhone(raw string) (string, error) {
	wrong := fmt.Errorf("%q is not a phone number. Enter it with its country code, like +1 303 555 0123", shorten(raw))
	raw = strings.TrimSpace(raw)
	if !strings.HasPrefix(raw, "+") {
		return "", wrong
	}
	n, err := phonenumbers.Parse(raw, "ZZ")
	if err != nil || !phonenumbers.IsPossibleNumber(n) {
		return "", wrong
	}
	return phonenumbers.Format(n, phonenumbers.E164), nil
}

// cleanText trims a line of text and refuses what cannot be one.
func cleanText(r *Refusals, raw string, most int, field ...string) string {
	text := strings.TrimSpace(raw)
	if utf8.RuneCountInString(text) > most {
		r.add(CodeInvalid, fmt.Sprintf("At most %d characters.", most), field...)
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, unicode.IsControl) {
		r.add(CodeInvalid, "Line breaks and control characters are not allowed here.", field...)
	}
	if strings.ContainsFunc(text, TurnsWriting) {
		r.add(CodeInvalid, "Characters that turn the direction of writing round are not allowed here.", field...)
	}
	return text
}

// TurnsWriting is true of the characters that put what follows into another order (Unicode Standard Annex 9, section 2): with them a
// name could turn round the text that it stands in. The marks U+200E and U+200F, which names in Hebrew and Arabic need, do not.
func TurnsWriting(r rune) bool { return (r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) }

// unseen is true of what stands in no address that a person could read out.
func unseen(r rune) bool { return unicode.In(r, unicode.C) }

func shorten(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}
