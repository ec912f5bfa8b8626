package graph_test

import (
	"bytes"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/graph"
)

func TestTimesAreInUTC(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	graph.MarshalTime(time.Date(2026, 3, 15, 14, 0, 0, 0, time.FixedZone("office", 2*3600))).MarshalGQL(&out)
	require.Equal(t, `"2026-03-15T12:00:00Z"`, out.String())
	read, err := graph.UnmarshalTime("2026-03-15T14:00:00+02:00")
	require.NoError(t, err)
	require.True(t, read.Equal(time.Date(2026, 3, 15, 12, 0, 0, 0, time.UTC)))
}

func TestErrNoTime(t *testing.T) {
	t.Parallel()
	for _, wrong := range []any{"", "x", "2026-03-15", 5, nil, true} {
		_, err := graph.UnmarshalTime(wrong)
		require.ErrorContains(t, err, "Write a time like")
	}
}
