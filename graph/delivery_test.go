package graph_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/twiliofake"
)

const (
	resolve = `mutation($i:ID!,$s:Boolean!,$n:String!){resolveDelivery(input:{id:$i,sent:$s,note:$n}){
		delivery{status canResolve resolvedBy{name}} userErrors{code field}}}`
	listDeliveries = `query($f:DeliveryFilter,$n:Int,$a:String){deliveries(filter:$f,first:$n,after:$a){nodes{id} pageInfo{hasNextPage endCursor}}}`
)

// unknown is a text of which the answer was lost.
func unknown(t *testing.T, b *bundle) uuid.UUID {
	t.Helper()
	phone := testkit.NewPhone()
	d := b.QueueText(t, b.Invited(t, testkit.WithPhone(phone)), phone)
	b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.CutBefore, Times: 1})
	require.NoError(t, b.Rules.SendText(t.Context(), migration.SystemActor("job-1"), d))
	return d
}

func TestResolveDelivery(t *testing.T) {
	t.Parallel()
	b := setup(t)
	d := unknown(t, b)
	show := func() any {
		return at(b.data(t, b.Manager, `query($i:ID!){node(id:$i){... on Delivery{channel purpose status address canResolve resolvedBy{name} invitation{id}}}}`,
			vars{"i": id("dlv", d)}), "node")
	}
	row := b.Delivery(t, d)
	want := map[string]any{"channel": "SMS", "purpose": "INVITATION", "status": "UNKNOWN", "address": row.Address, "canResolve": false,
		"resolvedBy": nil, "invitation": map[string]any{"id": id("inv", *row.InvitationID)}}
	require.Equal(t, want, show())
	b.Clock.Move(10 * time.Minute)
	want["canResolve"] = true
	require.Equal(t, want, show())

	for name, by := range map[string]*queries.Staff{"Elsewhere": b.Stranger} {
		data := b.data(t, by, resolve, vars{"i": id("dlv", d), "s": true, "n": "Trust me."})
		require.Equal(t, []any{map[string]any{"code": "NOT_FOUND", "field": []any{"id"}}}, at(data, "resolveDelivery", "userErrors"), name)
	}
	data := b.data(t, b.Manager, resolve, vars{"i": id("dlv", d), "s": true, "n": "The tenant has it."})
	require.Equal(t, map[string]any{"delivery": map[string]any{"status": "ACCEPTED", "canResolve": false, "resolvedBy": map[string]any{"name": b.Manager.Name}},
		"userErrors": []any{}}, at(data, "resolveDelivery"))
	data = b.data(t, b.Manager, resolve, vars{"i": "dlv_no", "s": true, "n": "x"})
	require.Equal(t, []any{map[string]any{"code": "NOT_FOUND", "field": []any{"id"}}}, at(data, "resolveDelivery", "userErrors"))
}

func TestDeliveries(t *testing.T) {
	t.Parallel()
	b := setup(t)
	text := unknown(t, b)
	theirs, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Stranger), migration.InvitationDraft{PlanID: b.Loft.ID, AnchorDay: 1,
		NewTenant: &migration.NewTenant{Name: "Bo Boston", Email: "bo@home.test", Phone: "+1 617 555 0101"}})
	require.NoError(t, err)
	elsewhere := b.QueueText(t, theirs.Invitation, "+16175550101")
	b.Send(t, b.Invited(t))
	email := b.Strings(t, `SELECT id::text FROM deliveries WHERE channel = 'email'`)[0]
	ids := func(by *queries.Staff, v vars) (found []string) {
		nodes, ok := at(b.data(t, by, listDeliveries, v), "deliveries", "nodes").([]any)
		require.True(t, ok)
		for _, n := range nodes {
			node, ok := n.(map[string]any)
			require.True(t, ok)
			s, ok := node["id"].(string)
			require.True(t, ok)
			found = append(found, s)
		}
		return found
	}
	newest, oldest, foreign := id("dlv", uuid.MustParse(email)), id("dlv", text), id("dlv", elsewhere)

	require.Equal(t, []string{newest, oldest}, ids(b.Manager, nil))
	require.Equal(t, []string{newest, foreign, oldest}, ids(b.Admin, nil))
	require.Equal(t, []string{foreign}, ids(b.Stranger, nil))
	require.Equal(t, []string{oldest}, ids(b.Manager, vars{"f": vars{"statuses": []string{"UNKNOWN"}}}))
	require.Equal(t, []string{newest}, ids(b.Manager, vars{"f": vars{"channel": "EMAIL"}}))
	require.Empty(t, ids(b.Manager, vars{"f": vars{"purposes": []string{"RECEIPT"}}}))
	require.Empty(t, ids(b.Manager, vars{"f": vars{"locationIds": []string{id("loc", b.Boston.ID)}}}), "a foreign location is none")
	require.Empty(t, ids(b.Manager, vars{"f": vars{"locationIds": []string{"nonsense"}}}))

	first := b.data(t, b.Manager, listDeliveries, vars{"n": 1})
	require.Equal(t, true, at(first, "deliveries", "pageInfo", "hasNextPage"))
	require.Equal(t, []string{oldest}, ids(b.Manager, vars{"n": 1, "a": at(first, "deliveries", "pageInfo", "endCursor")}))
}

func TestSkips(t *testing.T) {
	t.Parallel()
	b := setup(t)
	skips := func(inv *queries.Invitation) [2]any {
		data := b.data(t, b.Admin, `query($i:ID!){invitation(id:$i){emailSkip textSkip}}`, vars{"i": id("inv", inv.ID)})
		return [2]any{at(data, "invitation", "emailSkip"), at(data, "invitation", "textSkip")}
	}
	suppressed := func(channel, address, lifted string) {
		b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, created_at, lifted_at)
			VALUES ($1, $2, $3, 'invitations', 'unsubscribe', now(), $4::timestamptz)`, testkit.Missing(), channel, address, map[bool]any{true: nil, false: lifted}[lifted == ""])
	}
	with := func() (*queries.Invitation, string) {
		phone := testkit.NewPhone()
		return b.Invited(t, testkit.WithPhone(phone)), phone
	}

	inv, phone := with()
	require.Equal(t, [2]any{nil, nil}, skips(inv))
	suppressed("sms", phone, "2026-01-01")
	require.Equal(t, [2]any{nil, nil}, skips(inv), "lifted")
	suppressed("sms", phone, "")
	require.Equal(t, [2]any{nil, "SUPPRESSED"}, skips(inv))
	suppressed("email", b.Strings(t, `SELECT email FROM tenants WHERE id = $1`, inv.TenantID)[0], "")
	require.Equal(t, [2]any{"SUPPRESSED", "SUPPRESSED"}, skips(inv))

	texted, phone := with()
	require.NoError(t, b.Rules.SendText(t.Context(), migration.SystemActor("job-1"), b.QueueText(t, texted, phone)))
	require.Equal(t, [2]any{nil, "ALREADY_TEXTED"}, skips(texted))
	require.Equal(t, [2]any{nil, "ALREADY_TEXTED"}, skips(b.Invited(t, testkit.WithPhone(phone))), "the number counts, not the invitation")

	bare, _ := with()
	b.Exec(t, `UPDATE tenants SET phone = NULL, email = NULL WHERE id = $1`, bare.TenantID)
	require.Equal(t, [2]any{"NO_EMAIL", "NO_PHONE"}, skips(bare))
	typed, _ := with()
	b.Exec(t, `UPDATE tenant_locations SET known_as = 'Typed' WHERE tenant_id = $1`, typed.TenantID)
	require.Equal(t, [2]any{nil, "NO_PHONE"}, skips(typed), "the record's phone is another location's")
	b.Exec(t, `UPDATE tenant_locations SET known_phone = $2 WHERE tenant_id = $1`, typed.TenantID, testkit.NewPhone())
	require.Equal(t, [2]any{nil, nil}, skips(typed))

	claimed := b.Claimed(t, testkit.Visa)
	require.Equal(t, [2]any{"CLAIMED", "CLAIMED"}, skips(b.Invitation(t, *claimed.InvitationID)))
	revoked, _ := with()
	b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = now() WHERE id = $1`, revoked.ID)
	require.Equal(t, [2]any{"REVOKED", "REVOKED"}, skips(revoked))
}
