package graph_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// named invites somebody new with this name, email and phone.
func (b *bundle) named(t *testing.T, by *queries.Staff, plan *queries.Plan, name, email, phone string) *queries.Invitation {
	t.Helper()
	saved, err := b.Rules.CreateInvitation(t.Context(), testkit.By(by), migration.InvitationDraft{PlanID: plan.ID, AnchorDay: 5,
		NewTenant: &migration.NewTenant{Name: name, Email: email, Phone: phone}})
	require.NoError(t, err)
	return saved.Invitation
}

const listTenants = `query($n:Int,$a:String,$s:String,$e:String){tenants(first:$n,after:$a,search:$s,email:$e){nodes{name} pageInfo{hasNextPage endCursor} totalCount totalCountPrecision}}`

// tenantsFound are the names on a list, all its pages; the total must be theirs.
func (b *bundle) tenantsFound(t *testing.T, by *queries.Staff, v vars) (names []string) {
	t.Helper()
	v["n"], v["a"] = 2, nil
	for {
		page := b.data(t, by, listTenants, v)["tenants"]
		nodes, _ := at(page, "nodes").([]any)
		for _, n := range nodes {
			name, _ := at(n, "name").(string)
			names = append(names, name)
		}
		if at(page, "pageInfo", "hasNextPage") != true {
			require.EqualValues(t, len(names), at(page, "totalCount"))
			require.Equal(t, "EXACT", at(page, "totalCountPrecision"))
			return names
		}
		v["a"] = at(page, "pageInfo", "endCursor")
	}
}

func TestTenants(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.named(t, b.Manager, b.Studio, "Örs Zöld", "zoe@home.test", "+1 303 555 0111")
	b.named(t, b.Manager, b.Wash, "Anna Berg", "berg@home.test", "+1 303 555 0122")
	b.named(t, b.Manager, b.Maple, "anna adler", "adler@work.test", "")
	b.named(t, b.Manager, b.Studio, "Bo Anders", "bo@home.test", "")
	b.named(t, b.Stranger, b.Loft, "Typed In Boston", "zoe@home.test", "+1 617 555 0100")
	b.named(t, b.Stranger, b.Loft, "Lea Loft", "lea@loft.test", "")

	t.Run("ByName", func(t *testing.T) {
		require.Equal(t, []string{"anna adler", "Anna Berg", "Bo Anders", "Örs Zöld"}, b.tenantsFound(t, b.Manager, vars{}))
		require.Equal(t, []string{"Lea Loft", "Typed In Boston"}, b.tenantsFound(t, b.Stranger, vars{}))
		require.Equal(t, []string{"anna adler", "Anna Berg", "Bo Anders", "Lea Loft", "Örs Zöld"}, b.tenantsFound(t, b.Admin, vars{}), "each once, by the record")
		require.Empty(t, b.tenantsFound(t, b.Colleague, vars{"e": "lea@loft.test"}))
	})

	t.Run("BySearch", func(t *testing.T) {
		for search, want := range map[string][]string{
			"anna": {"anna adler", "Anna Berg"}, "ANNA berg": {"Anna Berg"}, "an": {"anna adler", "Anna Berg", "Bo Anders"}, "zold ors": {"Örs Zöld"},
			"home.test": {"Anna Berg", "Bo Anders", "Örs Zöld"}, "3035550122": {"Anna Berg"}, "%": nil, "nobody": nil, "typed": nil, "  ": {"anna adler", "Anna Berg", "Bo Anders", "Örs Zöld"},
		} {
			require.Equal(t, want, b.tenantsFound(t, b.Manager, vars{"s": search}), search)
		}
		require.Equal(t, []string{"Anna Berg"}, b.tenantsFound(t, b.Manager, vars{"e": "Berg@home.test"}))
	})

	t.Run("ByWhatIsShownAlone", func(t *testing.T) {
		require.Equal(t, []string{"Typed In Boston"}, b.tenantsFound(t, b.Stranger, vars{"s": "6175550100 zoe@home.test"}))
		require.Empty(t, b.tenantsFound(t, b.Stranger, vars{"s": "ors"}), "another location's record")
		require.Empty(t, b.tenantsFound(t, b.Stranger, vars{"s": "3035550111"}))
	})

	t.Run("FollowsWhatIsMended", func(t *testing.T) {
		b := setup(t)
		inv := b.named(t, b.Manager, b.Studio, "Old Name", "x@home.test", "")
		name := "Neu Name"
		_, err := b.Rules.UpdateTenant(t.Context(), testkit.By(b.Manager), migration.TenantEdit{ID: inv.TenantID, Name: &name})
		require.NoError(t, err)
		require.Equal(t, []string{"Neu Name"}, b.tenantsFound(t, b.Manager, vars{"s": "neu"}))
		require.Empty(t, b.tenantsFound(t, b.Manager, vars{"s": "old name"}))
	})

	t.Run("ErrSearchTooLong", func(t *testing.T) {
		require.Equal(t, []string{"BAD_REQUEST"}, codes(b.ask(t, b.Manager, listTenants, vars{"s": strings.Repeat("x", 101)})))
	})
}

// TestTotals of lists that had none: what a filter matches, at managed locations.
func TestTotals(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)
	b.Claimed(t, testkit.Visa)
	b.Sent(t)
	b.Sent(t)
	_, err := b.Rules.Suppress(t.Context(), testkit.By(b.Manager), migration.SuppressRequest{TenantID: &sub.TenantID, Scope: queries.SuppressionScopeAll})
	require.NoError(t, err)
	require.NoError(t, b.Rules.RequestEmailChange(t.Context(), testkit.SignedIn(sub.TenantID), "other@home.test"))
	for list, want := range map[string]float64{
		"reservations": 2, "reservations(filter:{ended:true})": 0, "deliveries": 2, "deliveries(filter:{channel:SMS})": 0,
		"suppressions": 2, "suppressions(channel:EMAIL)": 1, "emailCorrections": 1, "emailCorrections(filter:{states:[ACCEPTED]})": 0,
	} {
		query := `{list:` + list + `{totalCount totalCountPrecision}}`
		require.Equal(t, map[string]any{"totalCount": want, "totalCountPrecision": "EXACT"}, b.data(t, b.Manager, query, nil)["list"], list)
		require.Zero(t, at(b.data(t, b.Stranger, query, nil), "list", "totalCount"), list)
	}
}

func TestEmailCorrections(t *testing.T) {
	t.Parallel()
	b := setup(t)
	first, second := b.Claimed(t, testkit.Visa), b.Claimed(t, testkit.Visa)
	require.NoError(t, b.Rules.RequestEmailChange(t.Context(), testkit.SignedIn(first.TenantID), "first@home.test"))
	entered := at(b.data(t, b.Manager, `mutation($t:ID!){enterEmailCorrection(input:{tenantId:$t,email:"second@home.test"}){
		correction{id state enteredBy{name} location{name}} tenant{emailCorrection{email}} userErrors{code}}}`, vars{"t": id("ten", second.TenantID)}), "enterEmailCorrection")
	require.Equal(t, map[string]any{"id": at(entered, "correction", "id"), "state": "PENDING", "enteredBy": map[string]any{"name": "Max Manager"},
		"location": map[string]any{"name": "Denver Studios"}}, at(entered, "correction"))
	require.Equal(t, "second@home.test", at(entered, "tenant", "emailCorrection", "email"))
	found := func(by *queries.Staff, filter vars) (emails []any) {
		nodes, _ := at(b.data(t, by, `query($f:EmailCorrectionFilter){emailCorrections(filter:$f){nodes{email}}}`, vars{"f": filter}), "emailCorrections", "nodes").([]any)
		for _, n := range nodes {
			emails = append(emails, at(n, "email"))
		}
		return emails
	}
	require.Equal(t, []any{"second@home.test", "first@home.test"}, found(b.Manager, nil), "newest first")
	require.Empty(t, found(b.Stranger, nil))
	require.Empty(t, found(b.Manager, vars{"locationIds": []string{id("loc", b.Toronto.ID)}}))
	b.data(t, b.Manager, `mutation($i:ID!){declineEmailCorrection(input:{id:$i,reason:"No."}){userErrors{code}}}`, vars{"i": at(entered, "correction", "id")})
	require.Equal(t, []any{"first@home.test"}, found(b.Manager, vars{"states": []string{"PENDING"}}))
	require.Equal(t, []any{"second@home.test"}, found(b.Manager, vars{"states": []string{"DECLINED"}, "locationIds": []string{id("loc", b.Denver.ID)}}))
}
