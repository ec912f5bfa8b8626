package messages

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/migration"
	"carryover/sandbox/twiliofake"
)

func TestMeasure(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		body       string
		segments   int
		encoding   migration.TextEncoding
		characters int
	}{
		"Empty":                      {"", 1, migration.TextGSM7, 0},
		"OneFull":                    {strings.Repeat("a", 160), 1, migration.TextGSM7, 160},
		"OneTooMany":                 {strings.Repeat("a", 161), 2, migration.TextGSM7, 161},
		"TwoFull":                    {strings.Repeat("ñ", 306), 2, migration.TextGSM7, 306},
		"ThreeBegin":                 {strings.Repeat("é", 307), 3, migration.TextGSM7, 307},
		"ExtensionCountsTwo":         {strings.Repeat("€", 80), 1, migration.TextGSM7, 160},
		"ExtensionOneTooMany":        {strings.Repeat("€", 80) + "a", 2, migration.TextGSM7, 161},
		"ExtensionIsNotSplit":        {strings.Repeat("a", 152) + strings.Repeat("€", 77), 3, migration.TextGSM7, 306},
		"OneLetterOutside":           {strings.Repeat("a", 69) + "á", 1, migration.TextUCS2, 70},
		"OneLetterOutsideAndTooMany": {strings.Repeat("a", 70) + "á", 2, migration.TextUCS2, 71},
		"UCS2TwoFull":                {strings.Repeat("李", 134), 2, migration.TextUCS2, 134},
		"UCS2ThreeBegin":             {strings.Repeat("李", 135), 3, migration.TextUCS2, 135},
		"BeyondTheBMPCountsTwo":      {strings.Repeat("🎸", 35), 1, migration.TextUCS2, 70},
		"SurrogatesAreNotSplit":      {strings.Repeat("🎸", 67), 3, migration.TextUCS2, 134},
		"BackquoteIsOutside":         {"`", 1, migration.TextUCS2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, migration.RenderedText{Body: tc.body, Segments: tc.segments, Encoding: tc.encoding, Characters: tc.characters}, measure(tc.body))
		})
	}
}

// The stand-in counts by code of its own, as the provider would.
func TestMeasureAgreesWithTheProvider(t *testing.T) {
	t.Parallel()
	encodings := map[string]migration.TextEncoding{"GSM-7": migration.TextGSM7, "UCS-2": migration.TextUCS2}
	gsm := rapid.RuneFrom([]rune(gsmBasic + gsmExtension))
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.OneOf(
			rapid.StringOfN(gsm, 0, 500, -1),
			rapid.StringN(0, 250, -1),
			rapid.StringOfN(rapid.OneOf(gsm, rapid.RuneFrom([]rune("áíóú…🎸李"))), 0, 300, -1),
		).Draw(t, "body")
		got := measure(body)
		segments, encoding := twiliofake.Segments(body)
		require.Equal(t, segments, got.Segments)
		require.Equal(t, encodings[encoding], got.Encoding)
	})
}
