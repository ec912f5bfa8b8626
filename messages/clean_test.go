package messages

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestFirstName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Jane Doe":                 "Jane",
		"  jane\tdoe ":             "jane",
		"Doe, Jane":                "Jane",
		"de la Cruz, Ana María":    "Ana",
		"Mary-Ann O'Neil":          "Mary-Ann",
		"D’Angelo Russell":         "D’Angelo",
		"Zoë Saldaña":              "Zoë",
		"Élodie Martin":            "Élodie",
		"Иван Петров":              "Иван",
		"דוד לוי":                  "דוד",
		"\u202eJane\u202c Doe":     "Jane",
		"Jane":                     "Jane",
		"Jane & John Doe":          "Jane & John Doe",
		"María y José Ruiz":        "María y José Ruiz",
		"The Smith Family":         "The Smith Family",
		"Acme Wash LLC":            "Acme Wash LLC",
		"Acme, Inc.":               "Acme, Inc.",
		"Acme S.L.":                "Acme S.L.",
		"Jane Doe, Jr.":            "Jane Doe, Jr.",
		"Dr. Jane Doe":             "Dr. Jane Doe",
		"Sra. Ruiz":                "Sra. Ruiz",
		"J. Doe":                   "J. Doe",
		"J Doe":                    "J Doe",
		"de la Cruz Ana":           "de la Cruz Ana",
		"李 小龙":                     "李 小龙",
		"jane@example.com Doe":     "jane@example.com Doe",
		"https://evil.example now": "https://evil.example now",
		"Doe,":                     "Doe,",
		", Jane":                   ", Jane",
		"4 Walls":                  "4 Walls",
		" \u200b ":                 "",
	} {
		require.Equal(t, want, FirstName(name), "%q", name)
	}
}

func TestOneLine(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"a\r\nb\tc":                         "a b c",
		"a\u2028b\u2029c\u0085d\u00a0e":     "a b c d e",
		"\u202eabc\u202c\u2066\u2069\u061c": "abc",
		"zero\u200bwidth\ufeff\u00ad":       "zerowidth",
		"می\u200cروم":                       "می\u200cروم",
		"👩\u200d👩\u200d👧":                   "👩\u200d👩\u200d👧",
		"a\xffb":                            "ab",
		"\u0301\u200d":                      "",
	} {
		require.Equal(t, want, oneLine(given), "%q", given)
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		given string
		limit int
		want  string
	}{
		{"Jane Doe", 8, "Jane Doe"},
		{"Jane Doe and Sons", 12, "Jane Doe…"},
		{"Jane Doe, and Sons", 12, "Jane Doe…"},
		{"WWWWWWWWWWWW", 6, "WWWWW…"},
		{"abcde\u0301fgh", 6, "abcd…"},
		{"abc👩\u200d👩\u200d👧xyz", 7, "abc…"},
	} {
		require.Equal(t, tc.want, cut(tc.given, tc.limit), "%q", tc.given)
	}

	t.Run("NeverLongerNeverBroken", func(t *testing.T) {
		t.Parallel()
		rapid.Check(t, func(t *rapid.T) {
			given := rapid.String().Draw(t, "given")
			limit := rapid.IntRange(2, 40).Draw(t, "limit")
			got := cut(given, limit)
			require.LessOrEqual(t, utf8.RuneCountInString(got), limit)
			if got != given {
				require.True(t, strings.HasSuffix(got, "…"))
			}
		})
	})
}
