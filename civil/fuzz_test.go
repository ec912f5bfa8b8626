package civil_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/civil"
)

// FuzzParse: there is one spelling of a day, and it is the one that was read.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{"2026-02-28", "2026-02-30", "2024-02-29", "0000-01-01", "9999-12-31", "2026-2-3", "２０２６-02-03", "2026-02-03T00:00:00Z", "-001-01-01"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		day, err := civil.Parse(text)
		if err != nil {
			require.Zero(t, day)
			return
		}
		require.True(t, day.Valid())
		require.Equal(t, text, day.String())
	})
}
