package graph_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/queries"
)

// seen is a tenant as every way to them shows it to one staff member.
func seen(t *testing.T, b *bundle, by *queries.Staff, invitation, tenant, email string) map[string]any {
	t.Helper()
	const fields = `{nodes{name phone phoneConsentAt phoneConsentSource language activatedAt}}`
	data := b.data(t, by, `query($i:ID!,$t:ID!,$e:String){tenants`+fields+` byEmail:tenants(email:$e)`+fields+`
		invitation(id:$i){tenant{name phone phoneConsentAt phoneConsentSource language activatedAt}} invitations{nodes{id tenant{name phone phoneConsentAt phoneConsentSource language activatedAt}}}
		node(id:$t){... on Tenant{name phone phoneConsentAt phoneConsentSource language activatedAt}}}`, vars{"i": invitation, "t": tenant, "e": email})
	first, ok := data["node"].(map[string]any)
	require.True(t, ok)
	require.Equal(t, first, at(data, "tenants", "nodes", 0))
	require.Equal(t, first, at(data, "byEmail", "nodes", 0))
	require.Equal(t, first, at(data, "invitation", "tenant"))
	require.Equal(t, first, at(data, "invitations", "nodes", 0, "tenant"))
	return first
}

const inviteKnown = `mutation($p:ID!,$t:ID,$n:NewTenantInput){createInvitation(input:{planId:$p,tenantId:$t,newTenant:$n,anchorDay:1}){
	invitation{id tenant{id name phone activatedAt}} userErrors{code}}}`

func TestAnotherLocationsRecordIsNotShown(t *testing.T) {
	t.Parallel()
	b := setup(t)
	theirs := b.Claimed(t, testkit.Visa)
	b.Exec(t, `UPDATE tenants SET language = 'es', phone_consent_at = '2026-01-02T03:04:05Z', phone_consent_source = 'Their lease'`)
	email := b.Strings(t, `SELECT email FROM tenants`)[0]
	typed := vars{"name": "Typed in Boston", "email": email, "phone": "+1 617 555 0100",
		"phoneConsent": vars{"givenAt": "2026-02-01T00:00:00Z", "source": "Our form"}}
	created := at(b.data(t, b.Stranger, inviteKnown, vars{"p": id("pln", b.Loft.ID), "n": typed}), "createInvitation", "invitation")
	inv, ok := at(created, "id").(string)
	require.True(t, ok)
	tenant := id("ten", theirs.TenantID)
	hidden := map[string]any{"name": "Typed in Boston", "phone": "+16175550100", "phoneConsentAt": "2026-02-01T00:00:00Z",
		"phoneConsentSource": "Our form", "language": nil, "activatedAt": nil}
	record := map[string]any{"name": "Tess Tenant", "phone": "+13035550123", "phoneConsentAt": "2026-01-02T03:04:05Z",
		"phoneConsentSource": "Their lease", "language": "ES", "activatedAt": "2026-03-10T15:00:00Z"}

	t.Run("InThePayload", func(t *testing.T) {
		require.Equal(t, map[string]any{"id": tenant, "name": "Typed in Boston", "phone": "+16175550100", "activatedAt": nil}, at(created, "tenant"))
	})

	t.Run("InEveryList", func(t *testing.T) {
		require.Equal(t, hidden, seen(t, b, b.Stranger, inv, tenant, email))
	})

	t.Run("WhoKnowsTheRecordGoesOnSeeingIt", func(t *testing.T) {
		require.Equal(t, record, seen(t, b, b.Manager, id("inv", *theirs.InvitationID), tenant, email))
		require.Equal(t, record, seen(t, b, b.Admin, inv, tenant, email))
	})

	t.Run("NotByInvitingThemByIDAtAThirdLocation", func(t *testing.T) {
		require.NoError(t, queries.New().StaffLocationInsert(t.Context(), b.DB.Pool, queries.StaffLocationInsertParams{
			StaffID: b.Stranger.ID, LocationID: b.Toronto.ID}))
		again := b.data(t, b.Stranger, inviteKnown, vars{"p": id("pln", b.Maple.ID), "t": tenant})
		require.Equal(t, "Typed in Boston", at(again, "createInvitation", "invitation", "tenant", "name"))
		require.Equal(t, hidden, seen(t, b, b.Stranger, inv, tenant, email))
	})

	t.Run("UntilTheTenantSubmitsThere", func(t *testing.T) {
		mine := b.Invitation(t, uuid.MustParse(inv[4:]))
		b.Submit(t, mine, b.Acceptance(t, mine, testkit.Visa))
		require.Equal(t, record, seen(t, b, b.Stranger, inv, tenant, email))
		require.Equal(t, []string{"Toronto Studios"}, b.Strings(t, `SELECT l.name FROM tenant_locations k JOIN locations l ON l.id = k.location_id WHERE k.known_as IS NOT NULL`))
	})
}

// The list is the location's: whoever looks at it finds and sees what its messages go by.
func TestAListShowsWhatItIsSearchedBy(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Claimed(t, testkit.Visa)
	email := b.Strings(t, `SELECT email FROM tenants`)[0]
	b.data(t, b.Stranger, inviteKnown, vars{"p": id("pln", b.Loft.ID), "n": vars{"name": "Typed in Boston", "email": email}})
	find := func(by *queries.Staff, filter vars) any {
		return at(b.data(t, by, `query($f:InvitationFilter){invitations(filter:$f){nodes{recipientName recipientPhone tenant{name phone}}}}`,
			vars{"f": filter}), "invitations", "nodes")
	}
	typed := map[string]any{"recipientName": "Typed in Boston", "recipientPhone": nil,
		"tenant": map[string]any{"name": "Tess Tenant", "phone": "+13035550123"}}
	require.Equal(t, []any{typed}, find(b.Admin, vars{"search": "boston typed"}))
	require.Equal(t, []any{typed}, find(b.Admin, vars{"hasPhone": false}))
	recorded := map[string]any{"recipientName": "Tess Tenant", "recipientPhone": "+13035550123", "tenant": typed["tenant"]}
	require.Equal(t, []any{recorded}, find(b.Admin, vars{"hasPhone": true}))
	typed["tenant"] = map[string]any{"name": "Typed in Boston", "phone": nil}
	require.Equal(t, []any{typed}, find(b.Stranger, nil))
}

func TestAManagerOfBothLocationsSeesTheRecord(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Invited(t)
	email := b.Strings(t, `SELECT email FROM tenants`)[0]
	created := b.data(t, b.Manager, inviteKnown, vars{"p": id("pln", b.Maple.ID), "n": vars{"name": "Typed in Toronto", "email": email}})
	require.Equal(t, "Tess Tenant", at(created, "createInvitation", "invitation", "tenant", "name"))
	require.Equal(t, "+13035550123", at(created, "createInvitation", "invitation", "tenant", "phone"))
	require.Empty(t, b.Strings(t, `SELECT known_as FROM tenant_locations WHERE known_as IS NOT NULL`))
}

func TestANewPersonIsTheirOwnRecord(t *testing.T) {
	t.Parallel()
	b := setup(t)
	created := b.data(t, b.Stranger, inviteKnown, vars{"p": id("pln", b.Loft.ID),
		"n": vars{"name": "Nora New", "email": "nora@home.test", "phone": "+1 617 555 0100"}})
	require.Equal(t, "Nora New", at(created, "createInvitation", "invitation", "tenant", "name"))
	require.Equal(t, "+16175550100", at(created, "createInvitation", "invitation", "tenant", "phone"))
}
