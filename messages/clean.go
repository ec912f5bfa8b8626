package messages

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// oneLine answers a tenant-controlled text as one line of characters that stay where they are written: line ends, tabs and
// control characters become a space (so a header or the text part cannot be continued), bidirectional controls and
// invisible format characters go. The joiners U+200C and U+200D stay: Persian names and emoji are spelled with them.
// A text of nothing visible answers "".
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Bidi_Control, r), invisible(r):
			return -1
		case unicode.IsControl(r), unicode.IsSpace(r):
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	if !strings.ContainsFunc(s, seen) {
		return ""
	}
	return strings.Join(strings.Fields(s), " ")
}

// invisible names the format characters that only hide or break up text; those that show, such as the Arabic number
// signs, are not among them.
func invisible(r rune) bool {
	switch r {
	case '\u00ad', '\u180e', '\u200b', '\ufeff':
		return true
	}
	return r >= '\u2060' && r <= '\u2064' || r >= '\u206a' && r <= '\u206f' || r >= '\ufff9' && r <= '\ufffb' ||
		r >= 0xe0000 && r <= 0xe007f
}

func seen(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.IsMark(r)
}

// cut shortens s to at most limit characters, the last of which is then "…". It does not tear an accent off its letter or
// an emoji apart, and prefers the end of a word where one is near.
func cut(s string, limit int) string { return cutWith(s, limit, "…") }

// cutWith is cut with another mark for what is missing; limit leaves room for it.
func cutWith(s string, limit int, mark string) string {
	runes := []rune(s)
	if len(runes) <= limit {
		return s
	}
	end := limit - utf8.RuneCountInString(mark)
	for end > 1 && (joins(runes[end]) || runes[end-1] == '\u200d') {
		end--
	}
	for i := end; i > end*2/3; i-- {
		if runes[i] == ' ' {
			end = i
			break
		}
	}
	return strings.TrimRight(string(runes[:end]), " ,;:-") + mark
}

// joins tells the characters that belong to the one before them.
func joins(r rune) bool {
	return unicode.IsMark(r) || r == '\u200d' || r == '\u200c' || r >= 0x1f3fb && r <= 0x1f3ff
}
