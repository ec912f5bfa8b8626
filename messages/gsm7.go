package messages

import (
	"unicode/utf16"

	"carryover/migration"
)

// The GSM 7 bit default alphabet and its extension table: 3GPP TS 23.038, sections 6.2.1 and 6.2.1.1. A letter of the second
// takes two septets, because an escape stands before it.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtension = "\f^{}\\[~]|€"
)

// How many units one message holds, and each part of a longer one, whose header takes the rest (TS 23.040, section 9.2.3.24.1).
const (
	gsmSingle, gsmPart   = 160, 153
	ucs2Single, ucs2Part = 70, 67
)

var septets = func() map[rune]int {
	widths := map[rune]int{}
	for _, r := range gsmBasic {
		widths[r] = 1
	}
	for _, r := range gsmExtension {
		widths[r] = 2
	}
	return widths
}()

// measure says what a text costs: its segments, its alphabet, and its length as that alphabet counts it. One letter outside
// of GSM 7 sends the whole text in UCS-2. A letter of two units is never split between two segments.
func measure(body string) migration.RenderedText {
	m := migration.RenderedText{Body: body, Encoding: migration.TextGSM7}
	width, single, part := func(r rune) int { return septets[r] }, gsmSingle, gsmPart
	if !inGSM7(body) {
		m.Encoding = migration.TextUCS2
		width, single, part = func(r rune) int { return utf16.RuneLen(r) }, ucs2Single, ucs2Part
	}
	parts, room := 1, part
	for _, r := range body {
		w := width(r)
		if m.Characters += w; w > room {
			parts, room = parts+1, part
		}
		room -= w
	}
	if m.Segments = parts; m.Characters <= single {
		m.Segments = 1
	}
	return m
}

func inGSM7(s string) bool {
	for _, r := range s {
		if septets[r] == 0 {
			return false
		}
	}
	return true
}
