package graph_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/queries"
)

const (
	editFields = `{id status revision revokedReason revokedAt canEdit canDelete canRevoke anchorDay unit linkExpiresAt isExpired cardPrice{amount} plan{name}
		tenant{name} history{action} revisions{revision unit anchorDay changedAt changedBy{name} plan{name} insurancePlan{name} cardPrice{amount} achPrice{amount}}}`
	updateInvitation = `mutation($i:UpdateInvitationInput!){updateInvitation(input:$i){invitation` + editFields + ` warnings{code field message} userErrors{code field message}}}`
	updateTenant     = `mutation($i:UpdateTenantInput!){updateTenant(input:$i){tenant{name email phone language phoneConsentAt phoneConsentSource}
		warnings{code field message} userErrors{code field message}}}`
)

// refused are the payload's errors: "INVALID newTenant.email".
func refused(payload any) []string {
	list, _ := at(payload, "userErrors").([]any)
	out := []string{}
	for _, one := range list {
		field := []string{}
		path, _ := at(one, "field").([]any)
		for _, step := range path {
			field = append(field, fmt.Sprint(step))
		}
		out = append(out, fmt.Sprint(at(one, "code"), " ", strings.Join(field, ".")))
	}
	return out
}

func TestEditOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	created := at(b.data(t, b.Manager, `mutation($p:ID!,$n:ID!){createInvitation(input:{planId:$p,insurancePlanId:$n,anchorDay:15,cardPrice:{amount:"9",currency:"USD"},
		newTenant:{name:"Tess Tenant",email:"tess@home.test",phone:"+1 303 555 0123",phoneConsent:{givenAt:"2026-03-01T10:00:00Z",source:"Lease"}}}){
		invitation`+editFields+` warnings{code field message} userErrors{code}}}`, vars{"p": id("pln", b.Studio.ID), "n": id("ins", b.Insurance.ID)}), "createInvitation")
	inv := at(created, "invitation", "id")
	require.Equal(t, "UNUSUAL_PRICE", at(created, "warnings", 0, "code"))
	require.Equal(t, []any{"cardPrice", "amount"}, at(created, "warnings", 0, "field"))
	for _, flag := range []string{"canEdit", "canDelete", "canRevoke"} {
		require.Equal(t, true, at(created, "invitation", flag), flag)
	}
	require.Equal(t, []any{}, at(created, "invitation", "revisions"))

	copied := at(b.data(t, b.Manager, `mutation($i:ID!){copyInvitationLink(input:{id:$i}){link expiresAt userErrors{code}}}`, vars{"i": inv}), "copyInvitationLink")
	token, ours := strings.CutPrefix(at(copied, "link").(string), testkit.PublicURL+"/setup/")
	require.True(t, ours)
	require.Equal(t, "OPEN", at(b.data(t, nil, `query($t:String!){setup(token:$t){state}}`, vars{"t": token}), "setup", "state"))

	offer := vars{"id": inv, "revision": 1, "planId": id("pln", b.Studio.ID), "anchorDay": 20, "unit": "12b"}
	edited := at(b.data(t, b.Manager, updateInvitation, vars{"i": offer}), "updateInvitation")
	require.Empty(t, refused(edited))
	require.EqualValues(t, 2, at(edited, "invitation", "revision"))
	require.Equal(t, "129.00", at(edited, "invitation", "cardPrice", "amount"), "what is left out becomes empty")
	require.Equal(t, false, at(edited, "invitation", "canDelete"))
	before := at(edited, "invitation", "revisions", 0)
	require.EqualValues(t, 15, at(before, "anchorDay"))
	require.Equal(t, "9.00", at(before, "cardPrice", "amount"))
	require.Equal(t, "125.00", at(before, "achPrice", "amount"))
	require.Equal(t, "Gear cover", at(before, "insurancePlan", "name"))
	require.Equal(t, "Max Manager", at(before, "changedBy", "name"))

	stale := at(b.data(t, b.Colleague, updateInvitation, vars{"i": offer}), "updateInvitation")
	require.Equal(t, []string{"STALE revision"}, refused(stale))
	require.EqualValues(t, 2, at(stale, "invitation", "revision"), "the payload holds it as it is now")

	kept := at(b.data(t, b.Manager, `mutation($i:ID!){deleteInvitation(input:{id:$i}){deletedId userErrors{code field message}}}`, vars{"i": inv}), "deleteInvitation")
	require.Equal(t, []string{"WRONG_STATE id"}, refused(kept))
	require.Nil(t, at(kept, "deletedId"))

	const renew = `mutation($i:ID!,$r:Boolean!){renewInvitationLink(input:{id:$i,replace:$r}){invitation` + editFields + ` userErrors{code field}}}`
	b.Exec(t, `UPDATE invitations SET link_expires_at = created_at`)
	require.Equal(t, true, at(b.data(t, b.Manager, `query($i:ID!){invitation(id:$i){isExpired canEdit}}`, vars{"i": inv}), "invitation", "isExpired"))
	renewed := at(b.data(t, b.Manager, renew, vars{"i": inv, "r": true}), "renewInvitationLink")
	require.Equal(t, false, at(renewed, "invitation", "isExpired"))
	require.Equal(t, "REPLACED", at(b.data(t, nil, `query($t:String!){setup(token:$t){state}}`, vars{"t": token}), "setup", "state"))

	const revoke = `mutation($i:ID!,$r:String){revokeInvitation(input:{id:$i,reason:$r}){invitation` + editFields + ` userErrors{code field}}}`
	revoked := at(b.data(t, b.Manager, revoke, vars{"i": inv, "r": "moved out"}), "revokeInvitation", "invitation")
	require.Equal(t, "REVOKED", at(revoked, "status"))
	require.Equal(t, "moved out", at(revoked, "revokedReason"))
	for _, flag := range []string{"canEdit", "canDelete", "canRevoke"} {
		require.Equal(t, false, at(revoked, flag), flag)
	}
	require.Equal(t, revoked, at(b.data(t, b.Manager, revoke, vars{"i": inv}), "revokeInvitation", "invitation"), "twice is once")
	require.Equal(t, []string{"WRONG_STATE id"}, refused(b.data(t, b.Manager, renew, vars{"i": inv, "r": false})["renewInvitationLink"]))
	require.Equal(t, "REVOKED", at(b.data(t, nil, `query($t:String!){setup(token:$t){state}}`, vars{"t": token}), "setup", "state"))
	require.NotContains(t, b.Log.Text(), token)

	never := id("inv", b.Invited(t).ID)
	gone := at(b.data(t, b.Manager, `mutation($i:ID!){deleteInvitation(input:{id:$i}){deletedId userErrors{code}}}`, vars{"i": never}), "deleteInvitation")
	require.Equal(t, never, at(gone, "deletedId"))
	require.Nil(t, b.data(t, b.Manager, `query($i:ID!){invitation(id:$i){id}}`, vars{"i": never})["invitation"])
}

func TestMendATenantOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	tenant := id("ten", b.Invited(t).TenantID)
	mended := at(b.data(t, b.Manager, updateTenant, vars{"i": vars{"id": tenant, "name": "Tessa", "email": "Right@home.test", "language": "ES",
		"phone": "+1 303 555 0199", "phoneConsent": vars{"givenAt": "2026-03-01T03:00:00-07:00", "source": "Web form"}}}), "updateTenant")
	require.Empty(t, refused(mended))
	require.Equal(t, map[string]any{"name": "Tessa", "email": "right@home.test", "phone": "+13035550199", "language": "ES",
		"phoneConsentAt": "2026-03-01T10:00:00Z", "phoneConsentSource": "Web form"}, at(mended, "tenant"))
	again := at(b.data(t, b.Manager, updateTenant, vars{"i": vars{"id": tenant, "phone": ""}}), "updateTenant", "tenant")
	require.Nil(t, at(again, "phone"))
	require.Nil(t, at(again, "phoneConsentAt"))
	require.Empty(t, at(again, "phoneConsentSource"))
	require.Equal(t, "Tessa", at(again, "name"))
	require.Equal(t, "ES", at(again, "language"))
}

func TestTwoMutationsOfOneRequest(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first := b.Invited(t)
	email := b.Strings(t, `SELECT email FROM tenants`)[0]
	mine := b.data(t, b.Stranger, inviteKnown, vars{"p": id("pln", b.Loft.ID), "n": vars{"name": "Typed", "email": email}})
	both := b.data(t, b.Stranger, `mutation($t:ID!,$i:ID!){
		a:updateTenant(input:{id:$t,name:"First"}){tenant{name}} b:updateTenant(input:{id:$t,name:"Second"}){tenant{name}}
		c:renewInvitationLink(input:{id:$i}){invitation{canDelete}} d:copyInvitationLink(input:{id:$i}){link} e:renewInvitationLink(input:{id:$i}){invitation{canDelete}}}`,
		vars{"t": id("ten", first.TenantID), "i": at(mine, "createInvitation", "invitation", "id")})
	require.Equal(t, "First", at(both, "a", "tenant", "name"))
	require.Equal(t, "Second", at(both, "b", "tenant", "name"), "each answers what it did")
	require.Equal(t, true, at(both, "c", "invitation", "canDelete"))
	require.Equal(t, false, at(both, "e", "invitation", "canDelete"))
}

func TestWrongInputOfEdits(t *testing.T) {
	t.Parallel()
	b := setup(t)
	invited := b.Invited(t)
	inv, tenant, plan := id("inv", invited.ID), id("ten", invited.TenantID), id("pln", b.Studio.ID)
	huge := strings.Repeat("x", 100_000)

	t.Run("UpdateInvitation", func(t *testing.T) {
		all := vars{"id": inv, "revision": 1, "planId": id("pln", b.Loft.ID), "unit": "a\x00", "anchorDay": 0,
			"newTenant": vars{"name": "", "email": huge, "phone": "\x00", "phoneConsent": vars{"givenAt": "2100-01-01T00:00:00Z", "source": ""}}}
		payload := b.data(t, b.Manager, updateInvitation, vars{"i": all})["updateInvitation"]
		require.Equal(t, []string{"INVALID anchorDay", "INVALID unit", "REQUIRED newTenant.name", "INVALID newTenant.email", "INVALID newTenant.phone",
			"INVALID newTenant.phoneConsent.givenAt", "REQUIRED newTenant.phoneConsent.source", "NOT_FOUND planId"}, refused(payload))
		for _, wrong := range []string{"", "\x00", huge, tenant, "inv_" + strings.Repeat("0", 32)} {
			payload := b.data(t, b.Manager, updateInvitation, vars{"i": vars{"id": wrong, "revision": 1, "planId": plan, "anchorDay": 1}})["updateInvitation"]
			require.Equal(t, []string{"NOT_FOUND id"}, refused(payload), "%.20q", wrong)
		}
		both := vars{"id": inv, "revision": 1, "planId": plan, "anchorDay": 1, "tenantId": tenant, "newTenant": vars{"name": "A", "email": "a@b.test"}}
		require.Equal(t, []string{"REQUIRED tenantId"}, refused(b.data(t, b.Manager, updateInvitation, vars{"i": both})["updateInvitation"]))
	})

	t.Run("UpdateTenant", func(t *testing.T) {
		payload := b.data(t, b.Manager, updateTenant, vars{"i": vars{"id": tenant, "name": huge, "email": "\x00", "phone": huge,
			"phoneConsent": vars{"givenAt": "0001-01-01T00:00:00Z", "source": "\u0007"}}})["updateTenant"]
		require.Equal(t, []string{"INVALID name", "INVALID email", "INVALID phone", "INVALID phoneConsent.givenAt", "INVALID phoneConsent.source"}, refused(payload))
		require.Equal(t, []string{"NOT_FOUND id"}, refused(b.data(t, b.Manager, updateTenant, vars{"i": vars{"id": inv}})["updateTenant"]))
	})

	t.Run("TheOthers", func(t *testing.T) {
		for _, wrong := range []string{"", "\x00", huge, tenant} {
			data := b.data(t, b.Manager, `mutation($i:ID!){
				a:deleteInvitation(input:{id:$i}){userErrors{code field}} b:revokeInvitation(input:{id:$i}){userErrors{code field}}
				c:renewInvitationLink(input:{id:$i}){userErrors{code field}} d:copyInvitationLink(input:{id:$i}){userErrors{code field}}}`, vars{"i": wrong})
			for name, payload := range data {
				require.Equal(t, []string{"NOT_FOUND id"}, refused(payload), "%s %.20q", name, wrong)
			}
		}
		data := b.data(t, b.Manager, `mutation($i:ID!,$r:String){revokeInvitation(input:{id:$i,reason:$r}){userErrors{code field}}}`, vars{"i": inv, "r": huge})
		require.Equal(t, []string{"INVALID reason"}, refused(data["revokeInvitation"]))
	})

	t.Run("NotForTheCounter", func(t *testing.T) {
		for _, by := range []*queries.Staff{nil, b.Attendant} {
			answer := b.ask(t, by, updateTenant, vars{"i": vars{"id": tenant, "name": "Mine"}})
			require.Equal(t, map[bool][]string{true: {"UNAUTHENTICATED"}, false: {"FORBIDDEN"}}[by == nil], codes(answer))
		}
	})
	require.Equal(t, invited, b.Invitation(t, invited.ID), "nothing was changed")
}
