package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const (
	suppress     = `mutation($i:SuppressInput!){suppress(input:$i){suppressions{id channel address scope reason note createdBy{name} canLift} userErrors{code field message}}}`
	suppressions = `query($c:MessageChannel,$a:String,$n:Int,$after:String){suppressions(channel:$c,address:$a,first:$n,after:$after){
		nodes{id address reason note createdBy{name} canLift} pageInfo{hasNextPage endCursor}}}`
	nodeOf = `query($i:ID!){node(id:$i){__typename id}}`
)

// listed are the entries that a staff member reads: "a@b.test BOUNCE by Max Manager, liftable".
func listed(t *testing.T, b *bundle, by *queries.Staff, v vars) (entries []string) {
	t.Helper()
	nodes, ok := at(b.data(t, by, suppressions, v), "suppressions", "nodes").([]any)
	require.True(t, ok)
	for _, n := range nodes {
		entry := at(n, "address").(string) + " " + at(n, "reason").(string)
		if name, ok := at(n, "createdBy", "name").(string); ok {
			entry += " by " + name
		}
		if note := at(n, "note").(string); note != "" {
			entry += ": " + note
		}
		if at(n, "canLift") == true {
			entry += " (liftable)"
		}
		entries = append(entries, entry)
	}
	return entries
}

func stop(t *testing.T, b *bundle, phone, body string) {
	t.Helper()
	require.NoError(t, b.Rules.HearReply(t.Context(), migration.IntegrationActor("req"),
		migration.IncomingText{ProviderID: "SM" + ids.New().String(), From: phone, To: "+13035559999", Body: body}))
}

func TestSuppressions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t, func(d *migration.InvitationDraft) { d.NewTenant.Email = "tess@home.test" })
	tenant := id("ten", inv.TenantID)
	put := at(b.data(t, b.Manager, suppress, vars{"i": vars{"tenantId": tenant, "note": "Asked us at the desk."}}), "suppress")
	require.Empty(t, at(put, "userErrors"))
	require.Equal(t, "Max Manager", at(put, "suppressions", 0, "createdBy", "name"))
	require.Equal(t, "ALL", at(put, "suppressions", 1, "scope"))
	stop(t, b, "+13035550123", "STOP")

	t.Run("WhoManagesReadsAll", func(t *testing.T) {
		want := []string{"+13035550123 STOP", "+13035550123 DO_NOT_CONTACT by Max Manager: Asked us at the desk. (liftable)",
			"tess@home.test DO_NOT_CONTACT by Max Manager: Asked us at the desk. (liftable)"}
		require.Equal(t, want, listed(t, b, b.Manager, nil))
		require.Equal(t, want, listed(t, b, b.Admin, nil))
		require.Equal(t, "+13035550123 DO_NOT_CONTACT by Max Manager: Asked us at the desk.", listed(t, b, b.Colleague, nil)[1], "a colleague reads and does not lift")
	})
	t.Run("Narrowed", func(t *testing.T) {
		require.Len(t, listed(t, b, b.Manager, vars{"c": "SMS"}), 2)
		require.Len(t, listed(t, b, b.Manager, vars{"a": " Tess@Home.test"}), 1)
		require.Len(t, listed(t, b, b.Manager, vars{"a": "+1 303 555 0123"}), 2)
		require.Empty(t, listed(t, b, b.Manager, vars{"a": "tess@home.test", "c": "SMS"}))
	})
	t.Run("Paged", func(t *testing.T) {
		seen := 0
		v := vars{"n": 2}
		for {
			page := at(b.data(t, b.Manager, suppressions, v), "suppressions")
			nodes, _ := at(page, "nodes").([]any)
			seen += len(nodes)
			if at(page, "pageInfo", "hasNextPage") != true {
				break
			}
			v["after"] = at(page, "pageInfo", "endCursor")
		}
		require.Equal(t, 3, seen)
	})
	t.Run("OnTheTenant", func(t *testing.T) {
		data := b.data(t, b.Colleague, `query($i:ID!){node(id:$i){... on Tenant{suppressions{reason canLift}}}}`, vars{"i": tenant})
		all, _ := at(data, "node", "suppressions").([]any)
		require.Len(t, all, 3)
	})
	t.Run("Lifted", func(t *testing.T) {
		entry := at(put, "suppressions", 0, "id")
		unsuppress := `mutation($i:ID!){unsuppress(input:{id:$i}){userErrors{code field}}}`
		require.Equal(t, "WRONG_STATE", at(b.data(t, b.Colleague, unsuppress, vars{"i": entry}), "unsuppress", "userErrors", 0, "code"))
		require.Empty(t, at(b.data(t, b.Manager, unsuppress, vars{"i": entry}), "unsuppress", "userErrors"))
		require.Len(t, listed(t, b, b.Manager, nil), 2)
		data := b.data(t, b.Manager, `query($i:ID!){node(id:$i){... on Suppression{canLift}}}`, vars{"i": entry})
		require.Equal(t, false, at(data, "node", "canLift"))
	})
	t.Run("ErrNotSignedInOrAttendant", func(t *testing.T) {
		require.Equal(t, []string{"UNAUTHENTICATED"}, codes(b.ask(t, nil, suppressions, nil)))
		require.Equal(t, []string{"FORBIDDEN"}, codes(b.ask(t, b.Attendant, suppressions, nil)))
		require.Equal(t, []string{"FORBIDDEN"}, codes(b.ask(t, b.Attendant, suppress, vars{"i": vars{"email": "a@b.test"}})))
	})
	t.Run("ErrBesideTheField", func(t *testing.T) {
		data := b.data(t, b.Manager, suppress, vars{"i": vars{"email": "nobody"}})
		require.Equal(t, []any{"email"}, at(data, "suppress", "userErrors", 0, "field"))
		require.Empty(t, at(data, "suppress", "suppressions"))
	})
}

func TestSuppressionsOfOthers(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t, func(d *migration.InvitationDraft) { d.NewTenant.Email = "tess@home.test" })
	mine := b.data(t, b.Manager, suppress, vars{"i": vars{"email": "tess@home.test", "note": "Denver's own words"}})
	stop(t, b, "+13035550123", "STOP")
	entry := at(mine, "suppress", "suppressions", 0, "id")

	t.Run("AManagerElsewhereSeesNothing", func(t *testing.T) {
		require.Empty(t, listed(t, b, b.Stranger, nil))
		require.Empty(t, listed(t, b, b.Stranger, vars{"a": "tess@home.test"}))
		require.Empty(t, listed(t, b, b.Stranger, vars{"a": "+13035550123"}))
		require.Nil(t, b.data(t, b.Stranger, nodeOf, vars{"i": entry})["node"])
		require.Equal(t, "Suppression", at(b.data(t, b.Manager, nodeOf, vars{"i": entry}), "node", "__typename"))
		lift := `mutation($i:ID!){unsuppress(input:{id:$i}){userErrors{code message}}}`
		require.Equal(t, b.data(t, b.Stranger, lift, vars{"i": id("sup", ids.New())}), b.data(t, b.Stranger, lift, vars{"i": entry}))
	})
	t.Run("NorByMakingOneOfTheirOwn", func(t *testing.T) {
		ask := vars{"i": vars{"email": "tess@home.test"}}
		theirs := at(b.data(t, b.Stranger, suppress, ask), "suppress", "suppressions", 0)
		unknown := at(b.data(t, b.Stranger, suppress, vars{"i": vars{"email": "unknown@home.test"}}), "suppress", "suppressions", 0)
		for _, field := range []string{"scope", "reason", "note", "canLift"} {
			require.Equal(t, at(unknown, field), at(theirs, field), "a known address is answered like an unknown one")
		}
		require.Equal(t, []string{"unknown@home.test DO_NOT_CONTACT by Stan Stranger (liftable)", "tess@home.test DO_NOT_CONTACT by Stan Stranger (liftable)"},
			listed(t, b, b.Stranger, nil))
	})
	t.Run("WhoKnowsTheTenantReadsNoStrangersWords", func(t *testing.T) {
		b.data(t, b.Stranger, suppress, vars{"i": vars{"phone": "+13035550123", "note": "Boston's own words"}})
		require.Contains(t, listed(t, b, b.Colleague, nil), "+13035550123 DO_NOT_CONTACT")
		require.Contains(t, listed(t, b, b.Admin, nil), "+13035550123 DO_NOT_CONTACT by Stan Stranger: Boston's own words (liftable)")
		raw := b.ask(t, b.Colleague, `query($i:ID!){node(id:$i){... on Tenant{suppressions{note createdBy{name}}}}}`, vars{"i": id("ten", inv.TenantID)}).raw
		require.NotContains(t, raw, "Boston")
		require.NotContains(t, raw, "Stan")
		require.Contains(t, raw, "Denver's own words")
	})
	t.Run("ThePhoneOfARecordIsItsLocations", func(t *testing.T) {
		b.data(t, b.Stranger, inviteKnown, vars{"p": id("pln", b.Loft.ID), "n": vars{"name": "Typed in Boston", "email": "tess@home.test"}})
		require.Contains(t, listed(t, b, b.Stranger, nil), "tess@home.test DO_NOT_CONTACT", "the email is known now")
		for _, entry := range listed(t, b, b.Stranger, vars{"c": "SMS"}) {
			require.NotContains(t, entry, "STOP", "the record's phone is not")
		}
		b.Exec(t, `UPDATE tenant_locations SET known_phone = '+13035550123' WHERE location_id = $1`, b.Boston.ID)
		require.Contains(t, listed(t, b, b.Stranger, vars{"c": "SMS"}), "+13035550123 STOP", "a phone that was typed here is")
	})
	t.Run("ATenantNotKnownIsNotThere", func(t *testing.T) {
		other := b.Invited(t)
		data := b.data(t, b.Stranger, suppress, vars{"i": vars{"tenantId": id("ten", other.TenantID)}})
		missing := b.data(t, b.Stranger, suppress, vars{"i": vars{"tenantId": id("ten", ids.New())}})
		require.Equal(t, missing, data)
		require.Equal(t, "NOT_FOUND", at(data, "suppress", "userErrors", 0, "code"))
	})
}

func TestTextReplies(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	b.Invited(t, testkit.At(b.Loft), func(d *migration.InvitationDraft) { d.NewTenant.Phone = "+1 617 555 0100" })
	stop(t, b, "+13035550123", "STOP")
	stop(t, b, "+13035550123", "Who is this?")
	stop(t, b, "+16175550100", "Boston calling")
	stop(t, b, "+14155550100", "From nobody that is known")
	const query = `query($h:Boolean,$k:[TextReplyKind!]){textReplies(handled:$h,kinds:$k){nodes{id phone body kind handledAt handledBy{name} tenants{id name}}}}`
	bodies := func(by *queries.Staff, v vars) (out []string) {
		nodes, ok := at(b.data(t, by, query, v), "textReplies", "nodes").([]any)
		require.True(t, ok)
		for _, n := range nodes {
			out = append(out, at(n, "body").(string))
		}
		return out
	}
	first := at(b.data(t, b.Manager, query, vars{"h": false}), "textReplies", "nodes", 0)

	t.Run("OfKnownNumbers", func(t *testing.T) {
		require.Equal(t, []string{"Who is this?", "STOP"}, bodies(b.Manager, nil))
		require.Equal(t, []string{"Who is this?"}, bodies(b.Manager, vars{"h": false}))
		require.Equal(t, []string{"STOP"}, bodies(b.Manager, vars{"h": true}))
		require.Equal(t, []string{"STOP"}, bodies(b.Manager, vars{"k": []string{"STOP", "START"}}))
		require.Equal(t, []string{"Boston calling"}, bodies(b.Stranger, nil))
		require.Len(t, bodies(b.Admin, nil), 4)
	})
	t.Run("WithTheirTenants", func(t *testing.T) {
		require.Equal(t, []any{map[string]any{"id": id("ten", inv.TenantID), "name": "Tess Tenant"}}, at(first, "tenants"))
		require.Empty(t, at(b.data(t, b.Admin, query, nil), "textReplies", "nodes", 0, "tenants"))
	})
	t.Run("Handled", func(t *testing.T) {
		handle := `mutation($i:ID!){handleTextReply(input:{id:$i}){reply{id handledAt handledBy{name}} userErrors{code message}}}`
		foreign := b.data(t, b.Stranger, handle, vars{"i": at(first, "id")})
		require.Equal(t, b.data(t, b.Stranger, handle, vars{"i": id("rpl", ids.New())}), foreign)
		require.Nil(t, b.data(t, b.Stranger, nodeOf, vars{"i": at(first, "id")})["node"])
		done := b.data(t, b.Manager, handle, vars{"i": at(first, "id")})
		require.Equal(t, "Max Manager", at(done, "handleTextReply", "reply", "handledBy", "name"))
		require.Empty(t, bodies(b.Manager, vars{"h": false}))
		require.Equal(t, "TextReply", at(b.data(t, b.Manager, nodeOf, vars{"i": at(first, "id")}), "node", "__typename"))
	})
}
