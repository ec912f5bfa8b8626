package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/bench/list/million"
	"carryover/internal/listplans"
)

// The same statements on a fiftieth of the rows: none looks at more pages than is aimed at for all of them, none reads the whole list, and each
// goes by the index that is made for it.
func TestPlansOfTheOldList(t *testing.T) {
	t.Parallel()
	server, err := million.OpenOld(t.Context(), million.Options{Rows: 20_000, Dir: t.TempDir(), Say: t.Logf})
	require.NoError(t, err)
	defer func() { require.NoError(t, server.Stop(t.Context())) }()
	all, err := measure(t.Context(), server.URL(million.Database))
	require.NoError(t, err)
	indexes := map[string]string{"page by name": "legacy_memberships_name_idx", "page by next billing": "legacy_memberships_next_billing_idx",
		"worklist": "legacy_memberships_work_idx", "worklist's total": "legacy_memberships_work_idx", "total, past due": "legacy_memberships_count_idx"}
	seen := map[string]bool{}
	for _, m := range all {
		require.Empty(t, m.plan.Fault(listplans.Limits{Table: "legacy_memberships", Buffers: mostBuffers, Examined: 25_000}), "%s as %s: %v", m.name, m.as, m.plan.Indexes())
		if index := indexes[m.name]; index != "" {
			seen[m.name] = true
			require.Contains(t, m.plan.Indexes(), index, "%s as %s", m.name, m.as)
		}
	}
	require.Len(t, seen, len(indexes))
}
