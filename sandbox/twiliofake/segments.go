package twiliofake

import "strings"

// The GSM 03.38 alphabet and its extension, whose characters take two septets.
const (
	gsmBasic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡" +
		"ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsmExtended = "\f^{}\\[~]|€"
)

// Segments counts the segments a text is sent in, and names its encoding:
// GSM-7 with 160 characters, 153 in each part of several, or, as soon as one
// character is not in that alphabet, UCS-2 with 70 and 67. A character of two
// units is never split between two parts.
func Segments(body string) (n int, encoding string) {
	units, encoding := widths(body)
	single, part := 160, 153
	if encoding == "UCS-2" {
		single, part = 70, 67
	}
	total := 0
	for _, unit := range units {
		total += unit
	}
	if total <= single {
		return 1, encoding
	}
	n, room := 1, part
	for _, unit := range units {
		if unit > room {
			n, room = n+1, part
		}
		room -= unit
	}
	return n, encoding
}

func widths(body string) (units []int, encoding string) {
	for _, r := range body {
		switch {
		case strings.ContainsRune(gsmBasic, r):
			units = append(units, 1)
		case strings.ContainsRune(gsmExtended, r):
			units = append(units, 2)
		default:
			return ucs2Widths(body), "UCS-2"
		}
	}
	return units, "GSM-7"
}

func ucs2Widths(body string) (units []int) {
	for _, r := range body {
		if r > 0xFFFF {
			units = append(units, 2)
			continue
		}
		units = append(units, 1)
	}
	return units
}
