package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/bench/list/million"
	"carryover/internal/listplans"
)

// Orders, filters and searches together on a fiftieth of the data that the measurement has: each fifth combination, which meets
// every pair of them. No statement reads the whole table, and none looks at more than a page's own rows and a walk or a find may
// cost.
func TestSweep(t *testing.T) {
	t.Parallel()
	const each, most = 5, 1_500
	server, err := million.Open(t.Context(), million.Options{Rows: 20_000, Dir: t.TempDir(), Say: t.Logf})
	require.NoError(t, err)
	defer func() { require.NoError(t, server.Stop(t.Context())) }()
	for _, of := range []list{invitationList, submissionList} {
		for _, email := range []string{million.AdminEmail, million.ManagerEmail} {
			pages, totals, err := sweepAs(t.Context(), server.URL(million.Database), email, of, each)
			require.NoError(t, err)
			require.NotEmpty(t, pages)
			require.NotEmpty(t, totals)
			for _, one := range append(pages, totals...) {
				limits := listplans.Limits{Table: of.name, Buffers: most, Examined: 25_000}
				require.Empty(t, one.plan.Fault(limits), "%s of %s as %s: %v", one.name, of.name, email, one.plan.Indexes())
			}
		}
	}
}
