package graph_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/listplans"
	"carryover/queries"
)

// TestPlansOfTenants looks at how a page of tenants is found among thirty thousand, of whom a manager knows some and a stranger few.
func TestPlansOfTenants(t *testing.T) {
	t.Parallel()
	b := setup(t)
	write := func(n int, name string, at *queries.Location) {
		b.Exec(t, fmt.Sprintf(`WITH made AS (
			INSERT INTO tenants (id, email, name, created_at)
			SELECT gen_random_uuid(), md5('%[2]s' || g) || '@home.test', '%[2]s ' || md5(g::text), now() FROM generate_series(1, %[1]d) g RETURNING id)
			INSERT INTO tenant_locations (tenant_id, location_id) SELECT id, $1 FROM made`, n, name), at.ID)
	}
	write(20_000, "Sam Smith", b.Denver)
	write(9_500, "Ada Miller", b.Toronto)
	write(300, "Nam Nguyen", b.Boston)
	write(1, "Rare Rosenquist", b.Denver)
	_, err := b.DB.Owner.Exec(t.Context(), `VACUUM ANALYZE tenants, tenant_locations`)
	require.NoError(t, err)
	lists := &listplans.Explainer{Pool: b.DB.Lists(t)}
	defer lists.Close()
	resolver := &graph.Resolver{Pool: b.DB.Pool, Pages: b.DB.Pages(t), Lists: lists, Migration: b.Rules}
	for _, staff := range []*queries.Staff{b.Admin, b.Manager, b.Stranger} {
		for search, most := range map[string]int{"": 1_000, "smith": 12_000, "sam smi": 12_000, "rosenquist": 10, "nguyen": 12_000, "nobody": 10} {
			viewer := graph.WithLoaders(access.With(t.Context(), &access.Request{Viewer: &access.Viewer{Staff: staff}}), b.DB.Pool)
			page, err := resolver.Query().Tenants(viewer, nil, nil, &search, nil)
			require.NoError(t, err)
			_, err = resolver.Query().Tenants(viewer, nil, page.PageInfo.EndCursor, &search, nil)
			require.NoError(t, err)
			if staff == b.Stranger { // a few among many are found one way or the other, by what the planner knows at the moment
				most = 12_000
			}
			plans := lists.Take()
			require.Len(t, plans, 2)
			for _, plan := range plans {
				require.LessOrEqual(t, plan.Examined("tenant_locations"), most, "%s asks for %q, by way of %v", staff.Name, search, plan.Indexes())
			}
		}
	}
}
