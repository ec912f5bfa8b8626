package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// variety is a number of invitations that are equal and different in every column, some of which are not there.
func variety(t *testing.T, b *bundle, n int) {
	t.Helper()
	plans := []*queries.Plan{b.Studio, b.Wash, b.Maple, b.Kiwi}
	for i := range n {
		inv := b.Invited(t, testkit.At(plans[i%len(plans)]), testkit.OnDay(1+i%3), func(d *migration.InvitationDraft) {
			d.NewTenant.Name = []string{"Zoë", "zoe", "Anna", "Ärni", "Łukas"}[i%5]
			if i%4 == 0 && i%3 == 0 {
				d.InsurancePlanID = &b.Insurance.ID
			}
			if i%5 == 0 {
				d.CardPrice = &migration.Price{Amount: "129", Currency: plans[i%len(plans)].Currency}
			}
		})
		if i%4 == 1 {
			b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, inv.ID)
		}
		b.Clock.Move(time.Duration(i%2) * time.Second)
	}
}

func TestInvitationsInEveryOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	variety(t, b, 23)
	b.invitations().inEveryOrder(t, 12, "TENANT", "PLAN", "LOCATION", "CARD_PRICE", "ACH_PRICE", "INSURANCE", "ANCHOR_DAY", "STATUS", "CREATED_AT")
}

// invitations are walked while two people are invited, one of whom stands first in many orders and one last.
func (b *bundle) invitations() walked {
	return walked{b, "invitations", "Invitation", func(t *testing.T) (leave func()) {
		t.Helper()
		for name, plan := range map[string]*queries.Plan{"Aaron Newcomer": b.Kiwi, "Zyta Newcomer": b.Wash} {
			b.Invited(t, testkit.At(plan), testkit.OnDay(28), func(d *migration.InvitationDraft) { d.NewTenant.Name = name })
		}
		return func() { b.Exec(t, `DELETE FROM invitations WHERE tenant_key LIKE '%newcomer'`) }
	}}
}

func TestInvitationsAreInTheOrderThatTheColumnsShow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	variety(t, b, 12)
	shown := func(by string) (column []string) {
		data := b.data(t, b.Admin, `query($o:InvitationOrder){invitations(first:100,orderBy:$o){nodes{
			tenant{name} plan{name} location{name} cardPrice{amount} achPrice{amount} insurancePlan{price{amount}} anchorDay status createdAt}}}`,
			vars{"o": vars{"by": by}})
		nodes, _ := at(data, "invitations", "nodes").([]any)
		for _, n := range nodes {
			column = append(column, fmt.Sprint(map[string]any{
				"TENANT": at(n, "tenant", "name"), "PLAN": at(n, "plan", "name"), "LOCATION": at(n, "location", "name"),
				"CARD_PRICE": at(n, "cardPrice", "amount"), "ACH_PRICE": at(n, "achPrice", "amount"), "INSURANCE": at(n, "insurancePlan", "price", "amount"),
				"ANCHOR_DAY": at(n, "anchorDay"), "STATUS": at(n, "status"), "CREATED_AT": at(n, "createdAt")}[by]))
		}
		return slices.Compact(column)
	}
	require.Equal(t, []string{"Anna", "Ärni", "Łukas", "Zoë", "zoe"}, slices.Compact(firsts(shown("TENANT"))), "without accents and case")
	require.Equal(t, []string{"Studio 12", "Studio K", "Studio M", "Unlimited Wash"}, shown("PLAN"))
	require.Equal(t, []string{"Auckland Studios", "Denver Studios", "Toronto Studios"}, shown("LOCATION"))
	require.Equal(t, []string{"39.00", "129.00", "149.00", "159.00"}, shown("CARD_PRICE"))
	require.Equal(t, []string{"<nil>", "125.00"}, shown("ACH_PRICE"), "without one come first")
	require.Equal(t, []string{"<nil>", "15.00"}, shown("INSURANCE"))
	require.Equal(t, []string{"1", "2", "3"}, shown("ANCHOR_DAY"))
	require.Equal(t, []string{"PENDING", "REVOKED"}, shown("STATUS"))
	require.True(t, slices.IsSorted(shown("CREATED_AT")))
}

// firsts are the first of each spelling, since Zoë and zoe are equal to the order.
func firsts(names []string) (out []string) {
	for _, name := range names {
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int {
		if strings.EqualFold(strings.ReplaceAll(a, "ë", "e"), strings.ReplaceAll(b, "ë", "e")) {
			return strings.Compare(a, b)
		}
		return 0
	})
	return out
}

func TestInvitationsRefuse(t *testing.T) {
	t.Parallel()
	b := setup(t)
	variety(t, b, 3)
	cursor := func(order string) string {
		page := at(b.data(t, b.Admin, `{invitations(first:1,orderBy:`+order+`){pageInfo{endCursor}}}`, nil), "invitations", "pageInfo", "endCursor")
		return page.(string)
	}
	tenant := cursor("{by:TENANT}")
	for name, tt := range map[string]struct {
		args string
		say  string
	}{
		"BothWays":            {`first:1,last:1`, "`first` and `after` to read forward, or `last` and `before`"},
		"LastAfter":           {`last:1,after:"x"`, "not both"},
		"FirstBefore":         {`first:1,before:"x"`, "not both"},
		"LastOfNone":          {`last:0`, "`last` must be 1 to 100"},
		"LastOfTooMany":       {`last:101`, "`last` must be 1 to 100"},
		"BeforeNoCursor":      {`before:"x"`, "`before` must be an `startCursor`"},
		"AnotherOrder":        {`after:"` + tenant + `"`, `another order than this list's, "CREATED_AT DESC"`},
		"AnotherDirection":    {`orderBy:{by:TENANT,direction:DESC},after:"` + tenant + `"`, `"TENANT DESC"`},
		"CursorOfAnotherList": {`after:"eyJpIjoiMDAwMDAwMDAtMDAwMC0wMDAwLTAwMDAtMDAwMDAwMDAwMDAwIiwibiI6IngifQ"`, "must be an `endCursor`"},
		"SearchTooLong":       {`filter:{search:"` + strings.Repeat("ä", 101) + `"}`, "at most 100 characters"},
		"NUL":                 {`filter:{search:"a\u0000b"}`, "NUL"},
	} {
		t.Run(name, func(t *testing.T) {
			a := b.ask(t, b.Manager, `{invitations(`+tt.args+`){nodes{id}}}`, nil)
			require.Equal(t, []string{"BAD_REQUEST"}, codes(a))
			require.Contains(t, a.Errors[0].Message, tt.say)
		})
	}
	t.Run("KeysThatNoRowHas", func(t *testing.T) {
		for order, key := range map[string]string{"CARD_PRICE ASC": "x", "ANCHOR_DAY ASC": "99999", "STATUS ASC": "lost", "CREATED_AT ASC": "yesterday"} {
			by, _, _ := strings.Cut(order, " ")
			forged := encode(`{"i":"00000000-0000-0000-0000-000000000000","o":"` + order + `","k":"` + key + `"}`)
			a := b.ask(t, b.Manager, `query($a:String){invitations(after:$a,orderBy:{by:`+by+`}){nodes{id}}}`, vars{"a": forged})
			require.Equal(t, []string{"BAD_REQUEST"}, codes(a), order)
		}
	})
}

func TestInvitationsFilter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	plain := b.Invited(t)
	b.Clock.Move(time.Hour)
	sent := b.Sent(t, testkit.OnDay(3))
	maple := b.Invited(t, testkit.At(b.Maple), func(d *migration.InvitationDraft) { d.NewTenant.Phone = "" })
	b.Exec(t, `UPDATE invitations SET link_expires_at = created_at + interval '1 minute' WHERE id = $1`, plain.ID)
	b.Clock.Move(time.Hour)
	failed := b.Invited(t, testkit.At(b.Wash))
	b.Exec(t, `UPDATE invitations SET delivery_failed = true, sms_sent_at = created_at WHERE id = $1`, failed.ID)
	claimed := *b.Claimed(t, testkit.Visa).InvitationID

	const all = "plain sent maple failed claimed"
	named := map[string]string{id("inv", plain.ID): "plain", id("inv", sent.ID): "sent", id("inv", maple.ID): "maple", id("inv", failed.ID): "failed", id("inv", claimed): "claimed"}
	for name, tt := range map[string]struct {
		filter string
		want   string
	}{
		"None":                 {`{}`, all},
		"NoneOfEach":           {`{statuses:[],locationIds:[],planIds:[],anchorDays:[],search:"  "}`, all},
		"Status":               {`{statuses:[SENT]}`, "sent"},
		"Statuses":             {`{statuses:[SENT,CLAIMED,SENT]}`, "sent claimed"},
		"Location":             {`{locationIds:["` + id("loc", b.Toronto.ID) + `"]}`, "maple"},
		"Locations":            {`{locationIds:["` + id("loc", b.Toronto.ID) + `","` + id("loc", b.Denver.ID) + `","` + id("loc", b.Denver.ID) + `"]}`, all},
		"ForeignLocation":      {`{locationIds:["` + id("loc", b.Boston.ID) + `"]}`, ""},
		"LocationThatIsNone":   {`{locationIds:["loc_x"]}`, ""},
		"ForeignAndOwn":        {`{locationIds:["` + id("loc", b.Boston.ID) + `","` + id("loc", b.Toronto.ID) + `"]}`, "maple"},
		"Plan":                 {`{planIds:["` + id("pln", b.Wash.ID) + `"]}`, "failed"},
		"Plans":                {`{planIds:["` + id("pln", b.Wash.ID) + `","` + id("pln", b.Maple.ID) + `"]}`, "maple failed"},
		"PlanThatIsNone":       {`{planIds:["` + id("ten", b.Wash.ID) + `"]}`, ""},
		"AnchorDay":            {`{anchorDays:[3]}`, "sent"},
		"AnchorDays":           {`{anchorDays:[3,15]}`, all},
		"NoDay":                {`{anchorDays:[-1,0,32,2147483647]}`, ""},
		"HasPhone":             {`{hasPhone:true}`, "plain sent failed claimed"},
		"HasNoPhone":           {`{hasPhone:false}`, "maple"},
		"Texted":               {`{texted:true}`, "failed"},
		"NotTexted":            {`{texted:false}`, "plain sent maple claimed"},
		"DeliveryFailed":       {`{deliveryFailed:true}`, "failed"},
		"DeliveryNotFailed":    {`{deliveryFailed:false}`, "plain sent maple claimed"},
		"LinkExpired":          {`{linkExpired:true}`, "plain"},
		"LinkNotExpired":       {`{linkExpired:false}`, "sent maple failed claimed"},
		"CreatedFrom":          {`{createdFrom:"2026-03-10T15:00:01Z"}`, "sent maple failed claimed"},
		"CreatedBefore":        {`{createdBefore:"2026-03-10T16:00:00Z"}`, "plain"},
		"CreatedBetween":       {`{createdFrom:"2026-03-10T16:00:00Z",createdBefore:"2026-03-10T16:00:01Z"}`, "sent maple"},
		"CreatedInNoTime":      {`{createdFrom:"2026-03-11T00:00:00Z",createdBefore:"2026-03-10T00:00:00Z"}`, ""},
		"AllMustHold":          {`{statuses:[PENDING],hasPhone:true,texted:false}`, "plain"},
		"AllMustHoldWithWords": {`{search:"wash",statuses:[PENDING],locationIds:["` + id("loc", b.Denver.ID) + `"]}`, "failed"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, order := range []string{"by:CREATED_AT", "by:TENANT", "by:LOCATION", "by:STATUS", "by:STATUS,direction:DESC"} {
				data := b.data(t, b.Manager, `{invitations(orderBy:{`+order+`},filter:`+tt.filter+`){nodes{id} totalCount totalCountPrecision}
					head:invitations(first:1,orderBy:{`+order+`},filter:`+tt.filter+`){nodes{id}}}`, nil)
				got, listed := []string{}, idsOf(data["invitations"])
				for _, one := range listed {
					got = append(got, named[one])
				}
				require.Equal(t, listed[:min(1, len(listed))], idsOf(data["head"]), order)
				require.ElementsMatch(t, strings.Fields(tt.want), got, order)
				require.EqualValues(t, len(got), at(data, "invitations", "totalCount"))
				require.Equal(t, "EXACT", at(data, "invitations", "totalCountPrecision"))
			}
		})
	}
}

func TestInvitationsByHowManyLocations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	variety(t, b, 8)
	theirs := b.Invited(t, testkit.At(b.Loft))
	count := func(by *queries.Staff, filter string) any {
		return at(b.data(t, by, `{invitations(filter:`+filter+`){totalCount}}`, nil), "invitations", "totalCount")
	}
	nobody := func() *queries.Staff { return b.Stranger }
	require.EqualValues(t, 9, count(b.Admin, `{}`))
	require.EqualValues(t, 8, count(b.Manager, `{}`))
	require.EqualValues(t, 4, count(b.Colleague, `{}`))
	require.EqualValues(t, 1, count(b.Stranger, `{}`))
	require.Equal(t, []string{id("inv", theirs.ID)}, idsOf(at(b.data(t, b.Stranger, `{invitations{nodes{id}}}`, nil), "invitations")))
	b.Exec(t, `DELETE FROM staff_locations WHERE staff_id = $1`, b.Stranger.ID)
	for _, filter := range []string{`{}`, `{search:"e"}`, `{locationIds:["` + id("loc", b.Boston.ID) + `"]}`} {
		require.EqualValues(t, 0, count(nobody(), filter), "who manages nothing sees nothing")
		require.Empty(t, idsOf(at(b.data(t, nobody(), `{invitations(filter:`+filter+`){nodes{id} pageInfo{endCursor}}}`, nil), "invitations")))
	}
}
