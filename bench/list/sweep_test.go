package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/bench/list/million"
	"carryover/internal/listplans"
)

// Every order with every filter and search, on a fiftieth of the data that the measurement has: no statement reads the whole table,
// and none looks at more than a page's own rows and what a walk or a find may cost.
func TestSweep(t *testing.T) {
	t.Parallel()
	server, err := million.Open(t.Context(), million.Options{Rows: 20_000, Dir: t.TempDir(), Say: t.Logf})
	require.NoError(t, err)
	defer func() { require.NoError(t, server.Stop(t.Context())) }()
	for _, email := range []string{million.AdminEmail, million.ManagerEmail} {
		pages, totals, err := sweepAs(t.Context(), server.URL(million.Database), email)
		require.NoError(t, err)
		require.NotEmpty(t, pages)
		for _, one := range append(pages, totals...) {
			require.Empty(t, one.plan.Fault(listplans.Limits{Buffers: 2_500, Examined: 25_000}), "%s as %s: %v", one.name, email, one.plan.Indexes())
		}
		tell(email, append(pages, totals...), 8)
	}
}
