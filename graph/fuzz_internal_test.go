package graph

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzID: an id has one spelling, and opens nothing of another noun.
func FuzzID(f *testing.F) {
	for _, seed := range []string{"inv_01a2207a76d372e895fedaa767e59414", "inv_01A2207A76D372E895FEDAA767E59414", "sbm_01a2207a76d372e895fedaa767e59414", "inv_", "inv_{01a2207a76d372e895fedaa767e594}", "inv_urn:uuid:", "\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		id, ok := nounInvitation.parse(text)
		if !ok {
			return
		}
		require.Equal(t, text, nounInvitation.id(id))
		_, ok = nounSubmission.parse(text)
		require.False(t, ok)
	})
}

// FuzzCursor: what is read is a place in a list or nothing, and a page asked for with anything is refused or begins there.
func FuzzCursor(f *testing.F) {
	for _, seed := range []string{cursor{Name: "Ann", Position: 7}.String(), cursor{Order: "TENANT ASC", Key: "ann"}.String(), "", "bnVsbA", "e30", "W10", "eyJpIjoieCJ9", strings.Repeat("A", 5_000)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := newPage(nil, &text)
		if err != nil {
			require.Less(t, len(err.Error()), 300)
			return
		}
		require.NotNil(t, p.after)
		again := readCursor(p.after.String())
		require.Equal(t, p.after, again)
		_, err = p.afterMoment()
		if err != nil {
			require.Less(t, len(err.Error()), 300)
		}
	})
}
