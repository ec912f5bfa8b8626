package graph_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/queries"
)

var staffLink = regexp.MustCompile(`/staff/(?:invitation|password)#(\S+)`)

func (b *bundle) linkTo(t *testing.T, address string) string {
	t.Helper()
	b.MustWork(t)
	emails := b.Resend.Emails()
	for i := len(emails) - 1; i >= 0; i-- {
		if found := staffLink.FindStringSubmatch(emails[i].Text); found != nil && emails[i].To[0] == address {
			return found[1]
		}
	}
	require.Fail(t, "no link was mailed to "+address)
	return ""
}

const memberFields = `member{staff{id name email role} active locations{name} invitation{expiresAt mailedAt refused} lastSeenAt deactivatedAt} userErrors{code field message}`

func TestStaffAdministration(t *testing.T) {
	t.Parallel()
	b := setup(t)
	data := b.data(t, b.Admin, `mutation($l:[ID!]!){inviteStaff(input:{name:"Nora New",email:"nora@studios.test",role:MANAGER,locationIds:$l}){`+memberFields+`}}`,
		vars{"l": []string{id("loc", b.Denver.ID)}})
	require.Empty(t, at(data, "inviteStaff", "userErrors"))
	nora, _ := at(data, "inviteStaff", "member", "staff", "id").(string)
	require.Equal(t, "2026-03-13T15:00:00Z", at(data, "inviteStaff", "member", "invitation", "expiresAt"))
	require.Equal(t, "Denver Studios", at(data, "inviteStaff", "member", "locations", 0, "name"))

	t.Run("AcceptedAndSignedIn", func(t *testing.T) {
		a := b.askAs(t, "", `mutation($t:String!){acceptStaffInvitation(input:{token:$t,password:"a horse with no name at all"}){
			token expiresAt viewer{staff{name} locations{name}} userErrors{code field}}}`, vars{"t": b.linkTo(t, "nora@studios.test")})
		require.Empty(t, a.Errors, a.raw)
		require.Equal(t, "Nora New", at(a.Data, "acceptStaffInvitation", "viewer", "staff", "name"))
		require.Equal(t, "Denver Studios", at(a.Data, "acceptStaffInvitation", "viewer", "locations", 0, "name"))
		a = b.askAs(t, "", `mutation{acceptStaffInvitation(input:{token:"k1.x",password:"a horse with no name at all"}){token userErrors{code field}}}`, nil)
		require.Equal(t, "LINK_CLOSED", at(a.Data, "acceptStaffInvitation", "userErrors", 0, "code"))
		require.Equal(t, []any{"token"}, at(a.Data, "acceptStaffInvitation", "userErrors", 0, "field"))
	})

	t.Run("Listed", func(t *testing.T) {
		list := func(filter string) (names []any) {
			after := any(nil)
			for {
				page := b.data(t, b.Admin, `query($a:String){staffMembers(first:3,after:$a,filter:{`+filter+`}){
					nodes{staff{name} invitation{expiresAt} lastSeenAt} edges{cursor} pageInfo{hasNextPage endCursor}}}`, vars{"a": after})
				nodes, _ := at(page, "staffMembers", "nodes").([]any)
				for _, n := range nodes {
					names = append(names, at(n, "staff", "name"))
				}
				if at(page, "staffMembers", "pageInfo", "hasNextPage") != true {
					return names
				}
				after = at(page, "staffMembers", "pageInfo", "endCursor")
			}
		}
		require.Equal(t, []any{"Ada Admin", "Ann Attendant", "Cora Colleague", "Gus Gone", "Max Manager", "Nora New", "Stan Stranger"}, list(""))
		require.Equal(t, []any{"Ann Attendant", "Cora Colleague", "Gus Gone", "Max Manager", "Nora New"}, list(`locationIds:["`+id("loc", b.Denver.ID)+`"]`))
		require.Equal(t, []any{"Gus Gone"}, list(`active:false`))
		require.Equal(t, []any{"Ada Admin", "Ann Attendant"}, list(`active:true roles:[ADMIN,ATTENDANT]`))
		require.Equal(t, []any{"Nora New"}, list(`search:"NORA@"`))
		require.Empty(t, list(`search:"%"`))
	})

	t.Run("ChangedDeactivatedReactivated", func(t *testing.T) {
		v := vars{"id": nora, "l": []string{id("loc", b.Boston.ID)}}
		data := b.data(t, b.Admin, `mutation($id:ID!,$l:[ID!]!){updateStaff(input:{id:$id,name:"Nora N.",role:ATTENDANT,locationIds:$l}){`+memberFields+`}}`, v)
		require.Equal(t, "ATTENDANT", at(data, "updateStaff", "member", "staff", "role"))
		require.Equal(t, "Boston Lofts", at(data, "updateStaff", "member", "locations", 0, "name"))
		data = b.data(t, b.Admin, `mutation($id:ID!){deactivateStaff(input:{id:$id}){`+memberFields+`}}`, vars{"id": nora})
		require.Equal(t, false, at(data, "deactivateStaff", "member", "active"))
		data = b.data(t, b.Admin, `mutation($id:ID!){reactivateStaff(input:{id:$id}){`+memberFields+`}}`, vars{"id": nora})
		require.Equal(t, true, at(data, "reactivateStaff", "member", "active"))
		data = b.data(t, b.Admin, `mutation($id:ID!){deactivateStaff(input:{id:$id}){`+memberFields+`}}`, vars{"id": id("stf", b.Admin.ID)})
		require.Equal(t, "WRONG_STATE", at(data, "deactivateStaff", "userErrors", 0, "code"))
		require.Nil(t, at(data, "deactivateStaff", "member"))
		for _, wrong := range []string{"x", id("loc", b.Denver.ID), "stf_00000000000000000000000000000000"} {
			data = b.data(t, b.Admin, `mutation($id:ID!){deactivateStaff(input:{id:$id}){`+memberFields+`}}`, vars{"id": wrong})
			require.Equal(t, "NOT_FOUND", at(data, "deactivateStaff", "userErrors", 0, "code"), wrong)
		}
	})

	t.Run("Audited", func(t *testing.T) {
		data := b.data(t, b.Admin, `query($id:ID!){auditEvents(filter:{subjectId:$id}){nodes{action actorName before after}}}`, vars{"id": nora})
		require.Equal(t, "reactivated", at(data, "auditEvents", "nodes", 0, "action"))
		require.Equal(t, "Ada Admin", at(data, "auditEvents", "nodes", 0, "actorName"))
	})
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("Changed", func(t *testing.T) {
		a := b.ask(t, b.Attendant, `mutation{changePassword(input:{current:"wrong",password:"a horse with no name at all"}){token userErrors{code field}}}`, nil)
		require.Equal(t, []any{"current"}, at(a.Data, "changePassword", "userErrors", 0, "field"), a.raw)
		a = b.ask(t, b.Attendant, `mutation{changePassword(input:{current:"`+testkit.Password+`",password:"a horse with no name at all"}){token userErrors{code field}}}`, nil)
		token, _ := at(a.Data, "changePassword", "token").(string)
		require.NotEmpty(t, token, a.raw)
		require.Equal(t, "Ann Attendant", at(b.askAs(t, token, `{viewer{staff{name}}}`, nil).Data, "viewer", "staff", "name"))
		require.Nil(t, at(b.ask(t, b.Attendant, `{viewer{staff{name}}}`, nil).Data, "viewer"), "the sign-in before has ended")
	})

	t.Run("Reset", func(t *testing.T) {
		const ask = `mutation($e:String!){requestPasswordReset(input:{email:$e}){userErrors{code field}}}`
		known, unknown := b.askAs(t, "", ask, vars{"e": b.Manager.Email}), b.askAs(t, "", ask, vars{"e": "nobody@studios.test"})
		require.Equal(t, known.raw, unknown.raw)
		const reset = `mutation($t:String!,$p:String!){resetPassword(input:{token:$t,password:$p}){userErrors{code field}}}`
		token := b.linkTo(t, b.Manager.Email)
		require.Equal(t, []any{"password"}, at(b.askAs(t, "", reset, vars{"t": token, "p": b.Manager.Email}).Data, "resetPassword", "userErrors", 0, "field"))
		require.Empty(t, at(b.askAs(t, "", reset, vars{"t": token, "p": "a horse with no name at all"}).Data, "resetPassword", "userErrors"))
		require.Nil(t, at(b.ask(t, b.Manager, `{viewer{staff{name}}}`, nil).Data, "viewer"))
	})

	t.Run("TriedTooOften", func(t *testing.T) {
		const try = `mutation{signIn(input:{email:"stranger@studios.test",password:"guess"}){userErrors{code field message retryAfter}}}`
		for range 10 {
			b.askAs(t, "", try, nil)
		}
		a := b.askAs(t, "", try, nil)
		require.Equal(t, "RATE_LIMITED", at(a.Data, "signIn", "userErrors", 0, "code"), a.raw)
		require.Equal(t, "That was tried too often. Try again in 15 minutes.", at(a.Data, "signIn", "userErrors", 0, "message"))
		require.EqualValues(t, 900, at(a.Data, "signIn", "userErrors", 0, "retryAfter"))
	})
}

func TestSignInsOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	other := b.askAs(t, "", `mutation{signIn(input:{email:"manager@studios.test",password:"`+testkit.Password+`"}){token}}`, nil)
	token, _ := at(other.Data, "signIn", "token").(string)
	const list = `query($s:ID){signIns(staffId:$s){nodes{id way createdAt lastUsedAt expiresAt ip userAgent current} pageInfo{hasNextPage}}}`
	data := b.data(t, b.Manager, list, nil)
	require.Len(t, at(data, "signIns", "nodes"), 2)
	require.Equal(t, false, at(data, "signIns", "nodes", 0, "current"))
	require.Equal(t, "127.0.0.1", at(data, "signIns", "nodes", 0, "ip"))
	require.Equal(t, "2026-03-10T18:00:00Z", at(data, "signIns", "nodes", 0, "expiresAt"), "if it is not used any more")
	require.Equal(t, true, at(data, "signIns", "nodes", 1, "current"))
	require.Nil(t, at(data, "signIns", "nodes", 1, "ip"))
	require.Empty(t, at(b.data(t, b.Colleague, list, vars{"s": id("stf", b.Manager.ID)}), "signIns", "nodes"))
	require.Len(t, at(b.data(t, b.Admin, list, vars{"s": id("stf", b.Manager.ID)}), "signIns", "nodes"), 2)

	const revoke = `mutation($i:ID!){revokeSignIn(input:{id:$i}){userErrors{code field}}}`
	theirs := vars{"i": at(data, "signIns", "nodes", 0, "id")}
	require.Equal(t, "NOT_FOUND", at(b.data(t, b.Colleague, revoke, theirs), "revokeSignIn", "userErrors", 0, "code"))
	require.Empty(t, at(b.data(t, b.Manager, revoke, theirs), "revokeSignIn", "userErrors"))
	require.Nil(t, at(b.askAs(t, token, `{viewer{staff{name}}}`, nil).Data, "viewer"))
	require.EqualValues(t, 0, at(b.data(t, b.Manager, `mutation{revokeOtherSignIns{count userErrors{code}}}`, nil), "revokeOtherSignIns", "count"))
}

// tokenOf makes an API token of a member's.
func (b *bundle) tokenOf(t *testing.T, of *queries.Staff, scope queries.TokenScope) string {
	t.Helper()
	v := vars{"s": map[queries.TokenScope]string{queries.TokenScopeGate: "GATE", queries.TokenScopeReadOnly: "READ_ONLY", queries.TokenScopeStaff: "STAFF"}[scope],
		"e": testkit.Start.Add(24 * time.Hour).Format(time.RFC3339), "l": []string{}}
	if scope == queries.TokenScopeGate {
		v["l"] = []string{id("loc", b.Denver.ID)}
	}
	data := b.data(t, of, `mutation($s:TokenScope!,$e:Time!,$l:[ID!]!){createApiToken(input:{name:"x",scope:$s,expiresAt:$e,locationIds:$l}){
		token apiToken{id name scope locations{name} lastUsedAt} userErrors{code field message}}}`, v)
	require.Empty(t, at(data, "createApiToken", "userErrors"))
	token, _ := at(data, "createApiToken", "token").(string)
	return token
}

func TestAPITokensOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	here, elsewhere := b.Invited(t), id("loc", b.Boston.ID)
	read, act, gate := b.tokenOf(t, b.Manager, queries.TokenScopeReadOnly), b.tokenOf(t, b.Manager, queries.TokenScopeStaff), b.tokenOf(t, b.Manager, queries.TokenScopeGate)

	t.Run("ReadsWhatItsOwnerSeesAndChangesNothing", func(t *testing.T) {
		a := b.askAs(t, read, `{invitations{nodes{id}} locations{nodes{id}}}`, nil)
		require.Empty(t, a.Errors, a.raw)
		require.Equal(t, id("inv", here.ID), at(a.Data, "invitations", "nodes", 0, "id"))
		require.NotContains(t, a.raw, elsewhere)
		a = b.askAs(t, read, `mutation($i:ID!){revokeInvitation(input:{id:$i}){userErrors{code}}}`, vars{"i": id("inv", here.ID)})
		require.Equal(t, []string{"FORBIDDEN"}, codes(a), a.raw)
	})

	t.Run("ActsAsItsOwner", func(t *testing.T) {
		a := b.askAs(t, act, `mutation($i:ID!){revokeInvitation(input:{id:$i}){invitation{status} userErrors{code}}}`, vars{"i": id("inv", here.ID)})
		require.Equal(t, "REVOKED", at(a.Data, "revokeInvitation", "invitation", "status"), a.raw)
		for _, query := range []string{`{signIns{nodes{id}}}`, `{apiTokens{nodes{id}}}`, `mutation{revokeOtherSignIns{count}}`,
			`mutation{createApiToken(input:{name:"y",scope:STAFF,expiresAt:"2026-03-11T00:00:00Z"}){token}}`} {
			require.Equal(t, []string{"FORBIDDEN"}, codes(b.askAs(t, act, query, nil)), query)
		}
	})

	t.Run("WhatItDidIsToldOfItAndItsOwner", func(t *testing.T) {
		told := at(b.data(t, b.Manager, `{auditEvents(filter:{actions:["revoked","created"]}){nodes{action actorName tokenName}}}`, nil), "auditEvents", "nodes")
		require.Equal(t, []any{map[string]any{"action": "revoked", "actorName": "Max Manager", "tokenName": "x"},
			map[string]any{"action": "created", "actorName": "Ada Admin", "tokenName": nil}}, told)
	})

	t.Run("AnAdministratorsReadsNobodyOfStaffButItsOwner", func(t *testing.T) {
		for _, scope := range []queries.TokenScope{queries.TokenScopeReadOnly, queries.TokenScopeStaff} {
			token := b.tokenOf(t, b.Admin, scope)
			ask := func(s *queries.Staff) any {
				a := b.askAs(t, token, `query($i:ID!){node(id:$i){... on Staff{name email}}}`, vars{"i": id("stf", s.ID)})
				require.Empty(t, a.Errors, a.raw)
				return at(a.Data, "node", "name")
			}
			require.Nil(t, ask(b.Manager))
			require.Equal(t, "Ada Admin", ask(b.Admin))
			require.Equal(t, []string{"FORBIDDEN"}, codes(b.askAs(t, token, `{staffMembers{nodes{active}}}`, nil)))
		}
		require.Equal(t, "Max Manager", at(b.data(t, b.Admin, `query($i:ID!){node(id:$i){... on Staff{name}}}`, vars{"i": id("stf", b.Manager.ID)}), "node", "name"))
	})

	t.Run("AGateAsksWhoItIs", func(t *testing.T) {
		a := b.askAs(t, gate, `{viewer{staff{name} token{scope locations{name}}}}`, nil)
		require.Equal(t, "GATE", at(a.Data, "viewer", "token", "scope"), a.raw)
		require.Equal(t, "Denver Studios", at(a.Data, "viewer", "token", "locations", 0, "name"))
		require.Equal(t, []string{"FORBIDDEN"}, codes(b.askAs(t, gate, `{locations{nodes{id}}}`, nil)))
	})

	t.Run("RevokedAtOnce", func(t *testing.T) {
		data := b.data(t, b.Manager, `{apiTokens{nodes{id lastUsedAt}}}`, nil)
		require.Len(t, at(data, "apiTokens", "nodes"), 3)
		for i := range 3 {
			require.NotNil(t, at(data, "apiTokens", "nodes", i, "lastUsedAt"))
			b.data(t, b.Manager, `mutation($i:ID!){revokeApiToken(input:{id:$i}){userErrors{code}}}`, vars{"i": at(data, "apiTokens", "nodes", i, "id")})
		}
		for _, token := range []string{read, act, gate} {
			require.Nil(t, at(b.askAs(t, token, `{viewer{staff{name}}}`, nil).Data, "viewer"))
		}
		require.Empty(t, at(b.data(t, b.Manager, `{apiTokens{nodes{id}}}`, nil), "apiTokens", "nodes"))
	})
}
