package graph_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const listReservations = `query($n:Int,$a:String,$f:ReservationFilter){reservations(first:$n,after:$a,filter:$f){
	nodes{id status endedAt submission{id status} submissions{id} subscription{status}} edges{cursor node{id}} pageInfo{hasNextPage endCursor}}}`

func TestReservations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ready := b.Claimed(t, testkit.Visa)
	approved := b.Approved(t, migration.NextMonth, testkit.At(b.Wash))
	failed := b.Claimed(t, testkit.NoFunds, testkit.At(b.Maple))
	b.Decided(t, failed, migration.CurrentMonth)
	b.MustWork(t)
	theirs := b.Claimed(t, testkit.Visa, testkit.At(b.Loft))
	ended := b.Claimed(t, testkit.Visa)
	b.Exec(t, `UPDATE reservations SET ended_at = created_at WHERE id = $1`, ended.ReservationID)

	named := map[string]string{id("rsv", ready.ReservationID): "ready", id("rsv", approved.ReservationID): "approved",
		id("rsv", failed.ReservationID): "failed", id("rsv", theirs.ReservationID): "theirs", id("rsv", ended.ReservationID): "ended"}
	list := func(by *queries.Staff, v vars) (names []string) {
		for _, one := range idsOf(at(b.data(t, by, listReservations, v), "reservations")) {
			names = append(names, named[one])
		}
		return names
	}
	filtered := func(f vars) vars { return vars{"f": f} }

	t.Run("NewestFirstAtManagedLocations", func(t *testing.T) {
		require.Equal(t, []string{"ended", "failed", "approved", "ready"}, list(b.Manager, nil))
		require.Equal(t, []string{"ended", "theirs", "failed", "approved", "ready"}, list(b.Admin, nil))
		require.Equal(t, []string{"ended", "approved", "ready"}, list(b.Colleague, nil))
		require.Equal(t, []string{"theirs"}, list(b.Stranger, nil))
	})

	t.Run("TheStateOfTheSubmission", func(t *testing.T) {
		nodes, _ := at(b.data(t, b.Manager, listReservations, nil), "reservations", "nodes").([]any)
		for _, n := range nodes {
			require.Equal(t, at(n, "submission", "status"), at(n, "status"))
			require.Equal(t, at(n, "submission", "id"), at(n, "submissions", 0, "id"))
			require.Equal(t, named[at(n, "id").(string)] == "approved", at(n, "subscription") != nil)
			require.Equal(t, named[at(n, "id").(string)] == "ended", at(n, "endedAt") != nil)
		}
	})

	t.Run("Filtered", func(t *testing.T) {
		require.Equal(t, []string{"failed"}, list(b.Manager, filtered(vars{"statuses": []string{"PAYMENT_FAILED"}})))
		require.Equal(t, []string{"approved"}, list(b.Admin, filtered(vars{"statuses": []string{"APPROVED", "UNDONE"}})))
		require.Equal(t, []string{"failed"}, list(b.Manager, filtered(vars{"locationIds": []string{id("loc", b.Toronto.ID), id("loc", b.Boston.ID)}})))
		require.Equal(t, []string{"ended"}, list(b.Manager, filtered(vars{"ended": true})))
		require.Equal(t, []string{"failed", "approved", "ready"}, list(b.Manager, filtered(vars{"ended": false})))
		require.Equal(t, []string{"ready"}, list(b.Manager, filtered(vars{"tenantId": id("ten", ready.TenantID)})))
	})

	t.Run("NothingOfAnotherLocation", func(t *testing.T) {
		require.Empty(t, list(b.Manager, filtered(vars{"locationIds": []string{id("loc", b.Boston.ID)}})))
		require.Empty(t, list(b.Manager, filtered(vars{"tenantId": id("ten", theirs.TenantID)})))
		require.Empty(t, list(b.Stranger, filtered(vars{"tenantId": id("ten", ready.TenantID)})))
		require.Empty(t, list(b.Manager, filtered(vars{"tenantId": "ten_x"})))
	})

	t.Run("Paged", func(t *testing.T) {
		var all []string
		for after := any(nil); ; {
			page := at(b.data(t, b.Admin, listReservations, vars{"n": 2, "a": after}), "reservations")
			all = append(all, idsOf(page)...)
			if at(page, "pageInfo", "hasNextPage") == false {
				break
			}
			after = at(page, "pageInfo", "endCursor")
		}
		require.Len(t, all, 5)
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(all))), 5)
	})
}
