package graph_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// nodesOf is one thing of every kind that belongs to Denver, by what it is.
func nodesOf(t *testing.T, b *bundle) map[string]string {
	t.Helper()
	inv := b.Sent(t, testkit.Insured(b.Insurance))
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	a := b.Decided(t, sub, migration.CurrentMonth)
	b.MustWork(t)
	one := func(sql string) uuid.UUID { return uuid.MustParse(b.Strings(t, sql)[0]) }
	return map[string]string{
		"Invitation": id("inv", inv.ID), "Submission": id("sbm", sub.ID), "Reservation": id("rsv", sub.ReservationID),
		"Tenant": id("ten", sub.TenantID), "Batch": id("bat", one(`SELECT id::text FROM batches`)), "Location": id("loc", b.Denver.ID),
		"Plan": id("pln", b.Studio.ID), "InsurancePlan": id("ins", b.Insurance.ID), "Approval": id("apr", a.ID),
		"Delivery":           id("dlv", one(`SELECT id::text FROM deliveries WHERE purpose = 'invitation'`)),
		"StripeSubscription": id("sbs", one(`SELECT id::text FROM subscriptions`)), "Staff": id("stf", b.Manager.ID),
	}
}

func TestManagerElsewhereSeesNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	nodes := nodesOf(t, b)
	inv, sub := nodes["Invitation"], nodes["Submission"]
	email := b.Strings(t, `SELECT email FROM tenants`)[0]

	t.Run("WhoeverManagesItSeesAll", func(t *testing.T) {
		for kind, nodeID := range nodes {
			data := b.data(t, b.Manager, `query($i:ID!){node(id:$i){__typename id}}`, vars{"i": nodeID})
			require.Equal(t, map[string]any{"__typename": kind, "id": nodeID}, data["node"])
			require.NotNil(t, b.data(t, b.Admin, `query($i:ID!){node(id:$i){id}}`, vars{"i": nodeID})["node"], kind)
		}
	})

	t.Run("Node", func(t *testing.T) {
		for kind, nodeID := range nodes {
			require.Nil(t, b.data(t, b.Stranger, `query($i:ID!){node(id:$i){id}}`, vars{"i": nodeID})["node"], kind)
		}
	})

	t.Run("EachByItsOwnField", func(t *testing.T) {
		for field, nodeID := range map[string]string{"invitation": inv, "submission": sub, "reservation": nodes["Reservation"], "batch": nodes["Batch"]} {
			require.NotNil(t, b.data(t, b.Manager, `query($i:ID!){`+field+`(id:$i){id}}`, vars{"i": nodeID})[field], field)
			require.Nil(t, b.data(t, b.Stranger, `query($i:ID!){`+field+`(id:$i){id}}`, vars{"i": nodeID})[field], field)
		}
		data := b.data(t, b.Stranger, `query($i:ID!){billingPreview(submissionId:$i){option}}`, vars{"i": sub})
		require.Empty(t, data["billingPreview"])
	})

	t.Run("Lists", func(t *testing.T) {
		const lists = `query($l:[ID!],$e:String){
			invitations(filter:{locationIds:$l}){nodes{id} pageInfo{hasNextPage endCursor}} submissions(filter:{locationIds:$l}){nodes{id} pageInfo{hasNextPage endCursor}}
			tenants{nodes{id}} byEmail:tenants(email:$e){nodes{id}} locations{nodes{id}} plans{nodes{id}} insurancePlans{nodes{id}}}`
		count := func(by *queries.Staff, list string, v vars) int {
			nodes, ok := at(b.data(t, by, lists, v), list, "nodes").([]any)
			require.True(t, ok)
			return len(nodes)
		}
		for _, v := range []vars{{"e": email}, {"e": email, "l": []string{nodes["Location"]}}} {
			for _, list := range []string{"invitations", "submissions", "tenants", "byEmail"} {
				require.Equal(t, 1, count(b.Manager, list, v), list)
				require.Zero(t, count(b.Stranger, list, v), list)
			}
		}
		require.Equal(t, 3, count(b.Manager, "locations", nil))
		require.Equal(t, 1, count(b.Stranger, "locations", nil))
		require.Equal(t, 4, count(b.Admin, "locations", nil))
		require.Equal(t, 1, count(b.Stranger, "plans", nil))
		require.Equal(t, 1, count(b.Stranger, "insurancePlans", nil))
	})

	t.Run("ListsNarrowedToAForeignLocation", func(t *testing.T) {
		data := b.data(t, b.Stranger, `query($l:ID){plans(locationId:$l){nodes{id}} insurancePlans(locationId:$l){nodes{id}}}`, vars{"l": nodes["Location"]})
		require.Empty(t, at(data, "plans", "nodes"))
		require.Empty(t, at(data, "insurancePlans", "nodes"))
	})

	t.Run("Mutations", func(t *testing.T) {
		foreign := func(query string, v vars) (code, message string) {
			data := b.data(t, b.Stranger, query, v)
			for _, payload := range data {
				code, _ = at(payload, "userErrors", 0, "code").(string)
				message, _ = at(payload, "userErrors", 0, "message").(string)
			}
			return code, message
		}
		ofInvitation := func(inv, _, _, _ string) vars { return vars{"i": inv} }
		for name, m := range map[string]struct {
			query string
			v     func(inv, sub, plan, tenant string) vars
		}{
			"createInvitation": {`mutation($p:ID!){createInvitation(input:{planId:$p,newTenant:{name:"A",email:"a@b.test"},anchorDay:1}){invitation{id} userErrors{code message}}}`,
				func(_, _, plan, _ string) vars { return vars{"p": plan} }},
			"createInvitationForTheirTenant": {`mutation($p:ID!,$t:ID!){createInvitation(input:{planId:$p,tenantId:$t,anchorDay:1}){invitation{id} userErrors{code message}}}`,
				func(_, _, _, tenant string) vars { return vars{"p": id("pln", b.Loft.ID), "t": tenant} }},
			"sendInvitations": {`mutation($i:ID!){sendInvitations(input:{channel:EMAIL,ids:[$i],expectedCount:1,clientKey:"k"}){batch{id} userErrors{code message}}}`,
				func(inv, _, _, _ string) vars { return vars{"i": inv} }},
			"approveSubmission": {`mutation($s:ID!){approveSubmission(input:{submissionId:$s,option:NEXT_MONTH,expectedDueToday:{amount:"0",currency:"USD"}}){submission{id} approval{id} preview{option} userErrors{code message}}}`,
				func(_, sub, _, _ string) vars { return vars{"s": sub} }},
			"updateInvitation": {`mutation($i:ID!,$p:ID!){updateInvitation(input:{id:$i,revision:1,planId:$p,anchorDay:1}){invitation{id} warnings{message} userErrors{code message}}}`,
				func(inv, _, plan, _ string) vars { return vars{"i": inv, "p": plan} }},
			"deleteInvitation":    {`mutation($i:ID!){deleteInvitation(input:{id:$i}){deletedId userErrors{code message}}}`, ofInvitation},
			"revokeInvitation":    {`mutation($i:ID!){revokeInvitation(input:{id:$i}){invitation{id} userErrors{code message}}}`, ofInvitation},
			"renewInvitationLink": {`mutation($i:ID!){renewInvitationLink(input:{id:$i,replace:true}){invitation{id} userErrors{code message}}}`, ofInvitation},
			"copyInvitationLink":  {`mutation($i:ID!){copyInvitationLink(input:{id:$i}){link expiresAt userErrors{code message}}}`, ofInvitation},
			"updateTenant": {`mutation($t:ID!){updateTenant(input:{id:$t,name:"Theirs"}){tenant{id} warnings{message} userErrors{code message}}}`,
				func(_, _, _, tenant string) vars { return vars{"t": tenant} }},
		} {
			code, message := foreign(m.query, m.v(inv, sub, nodes["Plan"], nodes["Tenant"]))
			require.Equal(t, "NOT_FOUND", code, name)
			none := ids.New()
			_, missing := foreign(m.query, m.v(id("inv", none), id("sbm", none), id("pln", none), id("ten", none)))
			require.Equal(t, missing, message, "%s: what is foreign is answered like what is not there", name)
		}
	})
}

func TestWhatAStaffMemberLosesIsGoneAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	nodes := nodesOf(t, b)
	batch := `query($i:ID!){batch(id:$i){total succeeded outcomes{nodes{outcome invitation{id tenant{name email}}}}}}`
	require.NotNil(t, at(b.data(t, b.Manager, batch, vars{"i": nodes["Batch"]}), "batch", "outcomes", "nodes", 0, "invitation", "tenant", "email"))

	_, err := b.DB.Pool.Exec(t.Context(), `DELETE FROM staff_locations WHERE staff_id = $1 AND location_id = $2`, b.Manager.ID, b.Denver.ID)
	require.NoError(t, err)
	for kind, nodeID := range nodes {
		if kind != "Batch" && kind != "Staff" {
			require.Nil(t, b.data(t, b.Manager, `query($i:ID!){node(id:$i){id}}`, vars{"i": nodeID})["node"], kind)
		}
	}
	data := b.data(t, b.Manager, batch, vars{"i": nodes["Batch"]})
	require.EqualValues(t, 1, at(data, "batch", "succeeded"), "one's own act and its numbers stay")
	require.Nil(t, at(data, "batch", "outcomes", "nodes", 0, "invitation"), "its people do not")

	b.Exec(t, `UPDATE staff SET role = 'attendant' WHERE id = $1`, b.Colleague.ID)
	require.Equal(t, []string{"FORBIDDEN"}, codes(b.ask(t, b.Colleague, `{invitations{nodes{id}}}`, nil)))
	b.Exec(t, `UPDATE staff SET deactivated_at = created_at WHERE id = $1`, b.Colleague.ID)
	require.Equal(t, []string{"UNAUTHENTICATED"}, codes(b.ask(t, b.Colleague, `{invitations{nodes{id}}}`, nil)))
}

func TestStaffSeeThemselvesOnly(t *testing.T) {
	t.Parallel()
	b := setup(t)
	node := func(by *queries.Staff, of *queries.Staff) any {
		return b.data(t, by, `query($i:ID!){node(id:$i){... on Staff{email}}}`, vars{"i": id("stf", of.ID)})["node"]
	}
	require.NotNil(t, node(b.Manager, b.Manager))
	require.Nil(t, node(b.Manager, b.Colleague))
	require.NotNil(t, node(b.Admin, b.Colleague))
}

func TestAnIDOfAnotherNounFindsNothing(t *testing.T) {
	t.Parallel()
	b := setup(t)
	nodes := nodesOf(t, b)
	for kind, nodeID := range nodes {
		uuidPart := nodeID[4:]
		for _, wrong := range []string{"trm_" + uuidPart, "evt_" + uuidPart, "xxx_" + uuidPart, uuidPart, nodeID + "0", nodeID[:35], "INV_" + uuidPart,
			nodeID[:4] + "ZZ" + uuidPart[2:], nodeID + "\x00", "", "_", nodeID[:4] + "urn:uuid:" + uuidPart} {
			require.Nil(t, b.data(t, b.Admin, `query($i:ID!){node(id:$i){id}}`, vars{"i": wrong})["node"], "%s as %q", kind, wrong)
		}
		if kind != "Invitation" {
			require.Nil(t, b.data(t, b.Admin, `query($i:ID!){invitation(id:$i){id}}`, vars{"i": "inv_" + uuidPart})["invitation"], kind)
			require.Nil(t, b.data(t, b.Admin, `query($i:ID!){invitation(id:$i){id}}`, vars{"i": nodeID})["invitation"], kind)
		}
	}
}
