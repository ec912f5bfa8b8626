package storm_test

import (
	"log/slog"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/e2e/storm"
)

func TestMain(m *testing.M) {
	if storm.Child() {
		return
	}
	os.Exit(m.Run())
}

// options are a storm that is short enough for every run of the tests; `make bench/storm` has the long one.
func options(t *testing.T, naive bool) storm.Options {
	t.Helper()
	return storm.Options{Recipients: 400, Kills: 4, Stops: 4, Restarts: 1, Workers: 2, Seed: 7, Naive: naive,
		Dir: t.TempDir(), Log: slog.New(slog.DiscardHandler)}
}

func TestNobodyIsReachedTwiceInAStorm(t *testing.T) {
	t.Parallel()
	report, err := storm.Run(t.Context(), options(t, false))
	require.NoError(t, err)
	t.Log(report)
	require.Zero(t, report.EmailsTwice)
	require.Zero(t, report.TextsTwice)
	require.Empty(t, report.Lies)
	require.Greater(t, report.Emails, 300, "the storm let nearly everything through in the end")
	require.Greater(t, report.Texts, 250)
}

// TestTheStormIsABadOne: under the same seed a worker that calls and then marks reaches people twice.
func TestTheStormIsABadOne(t *testing.T) {
	t.Parallel()
	report, err := storm.Run(t.Context(), options(t, true))
	require.NoError(t, err)
	t.Log(report)
	require.Positive(t, report.EmailsTwice)
	require.Positive(t, report.TextsTwice)
}
