package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// claims is a number of submissions that are equal and different in every column, some of which are not there.
func claims(t *testing.T, b *bundle, n int) {
	t.Helper()
	plans := []*queries.Plan{b.Studio, b.Wash, b.Maple, b.Kiwi}
	for i := range n {
		sub := b.Claimed(t, testkit.Visa, testkit.At(plans[i%len(plans)]), testkit.OnDay(1+i%3), func(d *migration.InvitationDraft) {
			d.NewTenant.Name = []string{"Zoë", "zoe", "Anna", "Ärni", "Łukas"}[i%5]
			if i%4 == 0 && i%3 == 0 {
				d.InsurancePlanID = &b.Insurance.ID
			}
			if i%5 == 0 {
				d.CardPrice = &migration.Price{Amount: "129", Currency: plans[i%len(plans)].Currency}
			}
		})
		switch i % 4 {
		case 1:
			b.Exec(t, `UPDATE submissions SET status = 'rejected', status_changed_at = $2 WHERE id = $1`, sub.ID, b.Clock.Now().Add(time.Hour))
		case 2:
			b.Exec(t, `UPDATE submissions SET status = 'approving' WHERE id = $1`, sub.ID)
		}
		b.Clock.Move(time.Duration(i%2) * time.Second)
	}
}

// submitted writes n submissions at a location as the tenants' own way would, but for their people, money and evidence.
func (b *bundle) submitted(t *testing.T, n int, name string, plan *queries.Plan) {
	t.Helper()
	b.Exec(t, `WITH people AS (
			INSERT INTO tenants (id, name, created_at) SELECT gen_random_uuid(), $1, $3 FROM generate_series(1, $4::integer) RETURNING id),
		claims AS (
			INSERT INTO reservations (id, tenant_id, location_id, plan_id, currency, created_at)
			SELECT gen_random_uuid(), people.id, p.location_id, p.id, p.currency, $3 FROM people, plans p WHERE p.id = $2 RETURNING *)
		INSERT INTO submissions (id, reservation_id, tenant_id, location_id, status, status_changed_at, submitted_at, payment_method_type, stripe_customer_id,
			stripe_setup_intent_id, stripe_payment_method_id, method_label, currency, monthly_total_minor, anchor_day, quote_digest,
			terms_version_id, terms_sha256, language, signature_kind, signature_name, card_key)
		SELECT gen_random_uuid(), c.id, c.tenant_id, c.location_id, 'ready_for_approval', $3, $3, 'card', 'cus_' || c.id, 'seti_' || c.id, 'pm_1', 'Visa',
			c.currency, 100, 28, sha256(''), w.id, w.body_sha256, 'en', 'typed', $1, 100
		FROM claims c JOIN terms_versions w ON w.location_id = c.location_id AND w.language = 'en'`, name, plan.ID, b.Clock.Now(), n)
}

func (b *bundle) submissions() walked {
	return walked{b, "submissions", "Submission", func(t *testing.T) (leave func()) {
		t.Helper()
		b.submitted(t, 1, "Aaron Newcomer", b.Kiwi)
		b.submitted(t, 1, "Zyta Newcomer", b.Wash)
		return func() { b.Exec(t, `DELETE FROM submissions WHERE tenant_key LIKE '%newcomer'`) }
	}}
}

func TestSubmissionsInEveryOrder(t *testing.T) {
	t.Parallel()
	b := setup(t)
	claims(t, b, 23)
	var columns []string
	for _, by := range loadSchema(t).Types["SubmissionSort"].EnumValues {
		columns = append(columns, by.Name)
	}
	require.Len(t, columns, 11)
	b.submissions().inEveryOrder(t, 12, columns...)
}

func TestSubmissionsAreInTheOrderThatTheColumnsShow(t *testing.T) {
	t.Parallel()
	b := setup(t)
	claims(t, b, 12)
	b.later(t, 50*time.Hour)
	shown := func(by string) (column []string) {
		data := b.data(t, b.Admin, `query($o:SubmissionOrder){submissions(first:100,orderBy:$o){nodes{tenant{name} plan{name} unit location{name}
			cardPrice{amount} achPrice{amount} insurancePrice{amount} monthlyTotal{amount} anchorDay status submittedAt waitingSince daysWaiting}}}`,
			vars{"o": vars{"by": by}})
		nodes, _ := at(data, "submissions", "nodes").([]any)
		for _, n := range nodes {
			require.Equal(t, at(n, "waitingSince") == nil, at(n, "daysWaiting") == nil)
			column = append(column, fmt.Sprint(map[string]any{
				"TENANT": at(n, "tenant", "name"), "PLAN": at(n, "plan", "name"), "LOCATION": at(n, "location", "name"),
				"CARD_PRICE": at(n, "cardPrice", "amount"), "ACH_PRICE": at(n, "achPrice", "amount"), "INSURANCE": at(n, "insurancePrice", "amount"),
				"ANCHOR_DAY": at(n, "anchorDay"), "STATUS": at(n, "status"), "SUBMITTED_AT": at(n, "submittedAt"),
				"MONTHLY_TOTAL": at(n, "monthlyTotal", "amount"), "WAITING_SINCE": at(n, "daysWaiting")}[by]))
		}
		return slices.Compact(column)
	}
	require.Equal(t, []string{"Anna", "Ärni", "Łukas", "Zoë", "zoe"}, slices.Compact(firsts(shown("TENANT"))), "without accents and case")
	require.Equal(t, []string{"Studio 12", "Studio K", "Studio M", "Unlimited Wash"}, shown("PLAN"))
	require.Equal(t, []string{"Auckland Studios", "Denver Studios", "Toronto Studios"}, shown("LOCATION"))
	require.Equal(t, []string{"39.00", "129.00", "149.00", "159.00"}, shown("CARD_PRICE"))
	require.Equal(t, []string{"<nil>", "125.00"}, shown("ACH_PRICE"), "without one come first")
	require.Equal(t, []string{"<nil>", "15.00"}, shown("INSURANCE"))
	require.Equal(t, []string{"39.00", "129.00", "144.00", "149.00", "159.00"}, shown("MONTHLY_TOTAL"))
	require.Equal(t, []string{"1", "2", "3"}, shown("ANCHOR_DAY"))
	require.Equal(t, []string{"READY_FOR_APPROVAL", "APPROVING", "REJECTED"}, shown("STATUS"))
	require.Equal(t, []string{"2", "<nil>"}, shown("WAITING_SINCE"), "what waits no more comes last")
	require.True(t, slices.IsSorted(shown("SUBMITTED_AT")))
}

// What was offered stays as it was, whatever the plan costs since.
func TestSubmissionsKeepWhatWasOffered(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Sent(t, testkit.Insured(b.Insurance))
	a, _ := b.BankAcceptance(t, inv)
	b.Submit(t, inv, a)
	b.Exec(t, `UPDATE plans SET card_price_minor = 1, ach_price_minor = 2 WHERE id = $1`, b.Studio.ID)
	b.Exec(t, `UPDATE insurance_plans SET price_minor = 3`)
	node := at(b.data(t, b.Manager, `{submissions{nodes{cardPrice{amount currency} achPrice{amount} insurancePrice{amount} monthlyTotal{amount} quote{total{amount}}}}}`, nil), "submissions", "nodes", 0)
	require.Equal(t, map[string]any{"amount": "129.00", "currency": "USD"}, at(node, "cardPrice"))
	require.Equal(t, []any{"125.00", "15.00", "140.00", "140.00"},
		[]any{at(node, "achPrice", "amount"), at(node, "insurancePrice", "amount"), at(node, "monthlyTotal", "amount"), at(node, "quote", "total", "amount")})
}

func TestSubmissionsRefuse(t *testing.T) {
	t.Parallel()
	b := setup(t)
	claims(t, b, 2)
	page := at(b.data(t, b.Admin, `{submissions(first:1,orderBy:{by:TENANT}){pageInfo{endCursor}}}`, nil), "submissions", "pageInfo", "endCursor")
	tenant := page.(string)
	for name, tt := range map[string]struct{ args, say string }{
		"BothWays":         {`first:1,last:1`, "`first` and `after` to read forward, or `last` and `before`"},
		"LastOfTooMany":    {`last:101`, "`last` must be 1 to 100"},
		"BeforeNoCursor":   {`before:"x"`, "`before` must be an `startCursor`"},
		"AnotherOrder":     {`after:"` + tenant + `"`, `another order than this list's, "SUBMITTED_AT DESC"`},
		"AnotherDirection": {`orderBy:{by:TENANT,direction:DESC},after:"` + tenant + `"`, `"TENANT DESC"`},
		"SearchTooLong":    {`filter:{search:"` + strings.Repeat("ä", 101) + `"}`, "at most 100 characters"},
	} {
		a := b.ask(t, b.Manager, `{submissions(`+tt.args+`){nodes{id}}}`, nil)
		require.Equal(t, []string{"BAD_REQUEST"}, codes(a), name)
		require.Contains(t, a.Errors[0].Message, tt.say, name)
	}
	for order, key := range map[string]string{"MONTHLY_TOTAL ASC": "x", "ANCHOR_DAY ASC": "99999", "STATUS ASC": "lost", "WAITING_SINCE ASC": "yesterday"} {
		by, _, _ := strings.Cut(order, " ")
		forged := encode(`{"i":"00000000-0000-0000-0000-000000000000","o":"` + order + `","k":"` + key + `"}`)
		a := b.ask(t, b.Manager, `query($a:String){submissions(after:$a,orderBy:{by:`+by+`}){nodes{id}}}`, vars{"a": forged})
		require.Equal(t, []string{"BAD_REQUEST"}, codes(a), order)
	}
}

func TestSubmissionsFilter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ready := b.Claimed(t, testkit.Visa, func(d *migration.InvitationDraft) { d.NewTenant.Name = "Søren Ünal" })
	b.Clock.Move(time.Hour)
	approved := b.Approved(t, migration.NextMonth, testkit.At(b.Maple))
	inv := b.Sent(t)
	a, _ := b.BankAcceptance(t, inv)
	banked := b.Submit(t, inv, a)
	b.Clock.Move(time.Hour)
	failed := b.Claimed(t, testkit.NoFunds, testkit.At(b.Wash), func(d *migration.InvitationDraft) { d.NewTenant.Email = "100%_sure@home.test" })
	b.Decided(t, failed, migration.CurrentMonth)
	b.MustWork(t)
	theirs := b.Claimed(t, testkit.Visa, testkit.At(b.Loft), func(d *migration.InvitationDraft) { d.NewTenant.Name = "Bob Boston" })

	const all = "ready approved banked failed"
	named := map[string]string{id("sbm", ready.ID): "ready", id("sbm", approved.ID): "approved", id("sbm", banked.ID): "banked",
		id("sbm", failed.ID): "failed", id("sbm", theirs.ID): "theirs"}
	for name, tt := range map[string]struct{ filter, want string }{
		"None":               {`{}`, all},
		"NoneOfEach":         {`{statuses:[],locationIds:[],methods:[],search:"  "}`, all},
		"Status":             {`{statuses:[APPROVED]}`, "approved"},
		"Statuses":           {`{statuses:[APPROVED,PAYMENT_FAILED,APPROVED]}`, "approved failed"},
		"Location":           {`{locationIds:["` + id("loc", b.Toronto.ID) + `"]}`, "approved"},
		"Locations":          {`{locationIds:["` + id("loc", b.Toronto.ID) + `","` + id("loc", b.Denver.ID) + `","` + id("loc", b.Denver.ID) + `"]}`, all},
		"ForeignLocation":    {`{locationIds:["` + id("loc", b.Boston.ID) + `"]}`, ""},
		"LocationThatIsNone": {`{locationIds:["loc_x"]}`, ""},
		"ForeignAndOwn":      {`{locationIds:["` + id("loc", b.Boston.ID) + `","` + id("loc", b.Toronto.ID) + `"]}`, "approved"},
		"Method":             {`{methods:[US_BANK_ACCOUNT]}`, "banked"},
		"Methods":            {`{methods:[US_BANK_ACCOUNT,CARD]}`, all},
		"SubmittedFrom":      {`{submittedFrom:"2026-03-10T15:00:01Z"}`, "approved banked failed"},
		"SubmittedBefore":    {`{submittedBefore:"2026-03-10T16:00:00Z"}`, "ready"},
		"SubmittedBetween":   {`{submittedFrom:"2026-03-10T16:00:00Z",submittedBefore:"2026-03-10T16:00:01Z"}`, "approved banked"},
		"WaitingSinceBefore": {`{waitingSinceBefore:"2026-03-10T16:00:01Z"}`, "ready banked"},
		"WaitingAtAll":       {`{waitingSinceBefore:"9999-12-31T00:00:00Z"}`, "ready banked"},
		"Search":             {`{search:"soren"}`, "ready"},
		"SearchWords":        {`{search:"UNAL denver"}`, "ready"},
		"SearchPlan":         {`{search:"unlimited"}`, "failed"},
		"SearchLocation":     {`{search:"toronto"}`, "approved"},
		"SearchIsItself":     {`{search:"100%_"}`, "failed"},
		"SearchOfNobody":     {`{search:"s%n"}`, ""},
		"SearchElsewhere":    {`{search:"boston"}`, ""},
		"AllMustHold":        {`{search:"studio",statuses:[READY_FOR_APPROVAL],methods:[CARD]}`, "ready"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, order := range []string{"SUBMITTED_AT", "TENANT", "LOCATION", "WAITING_SINCE"} {
				data := b.data(t, b.Manager, `{submissions(orderBy:{by:`+order+`},filter:`+tt.filter+`){nodes{id} totalCount totalCountPrecision}}`, nil)
				got := []string{}
				for _, one := range idsOf(data["submissions"]) {
					got = append(got, named[one])
				}
				require.ElementsMatch(t, strings.Fields(tt.want), got, order)
				require.EqualValues(t, len(got), at(data, "submissions", "totalCount"))
				require.Equal(t, "EXACT", at(data, "submissions", "totalCountPrecision"))
			}
		})
	}

	t.Run("ByHowManyLocations", func(t *testing.T) {
		count := func(by *queries.Staff, filter string) any {
			return at(b.data(t, by, `{submissions(filter:`+filter+`){totalCount}}`, nil), "submissions", "totalCount")
		}
		require.EqualValues(t, 5, count(b.Admin, `{}`))
		require.EqualValues(t, 4, count(b.Manager, `{}`))
		require.EqualValues(t, 3, count(b.Colleague, `{}`))
		require.EqualValues(t, 1, count(b.Stranger, `{}`))
		require.EqualValues(t, 0, count(b.Stranger, `{search:"soren"}`))
		b.Exec(t, `DELETE FROM staff_locations WHERE staff_id = $1`, b.Stranger.ID)
		for _, filter := range []string{`{}`, `{search:"e"}`, `{locationIds:["` + id("loc", b.Boston.ID) + `"]}`} {
			require.EqualValues(t, 0, count(b.Stranger, filter), "who manages nothing sees nothing")
			require.Empty(t, idsOf(at(b.data(t, b.Stranger, `{submissions(filter:`+filter+`){nodes{id} pageInfo{endCursor}}}`, nil), "submissions")))
		}
	})
}

// A name or an email of another location's record is found at no location before the tenant submits there.
func TestSubmissionsSearchTellsNothingOfAnotherLocation(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Claimed(t, testkit.Visa, func(d *migration.InvitationDraft) { d.NewTenant.Name = "Tess Recorded" })
	email := b.Strings(t, `SELECT email FROM tenants`)[0]
	b.data(t, b.Stranger, inviteKnown, vars{"p": id("pln", b.Loft.ID), "n": vars{"name": "Typed in Boston", "email": email}})
	found := func(search string) []string {
		return idsOf(b.data(t, b.Stranger, `query($s:String){submissions(filter:{search:$s}){nodes{id}}}`, vars{"s": search})["submissions"])
	}
	require.Empty(t, found("recorded"))
	require.Empty(t, found(email))
	row := b.Strings(t, `SELECT id::text FROM invitations WHERE location_id = $1`, b.Boston.ID)[0]
	inv := b.Invitation(t, uuid.MustParse(row))
	b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	require.Len(t, found("recorded"), 1, "after a submission here the record is shown")
	require.Empty(t, found("typed"), "and what was typed is forgotten")
	name := b.data(t, b.Stranger, `{submissions{nodes{tenant{name}}}}`, nil)
	require.Equal(t, "Tess Recorded", at(name, "submissions", "nodes", 0, "tenant", "name"))
}

func TestSubmissionsTotalIsHonest(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.submitted(t, 10_000, "Many", b.Wash)
	total := func() []any {
		list := b.data(t, b.Manager, `{submissions(first:1){totalCount totalCountPrecision}}`, nil)["submissions"]
		return []any{at(list, "totalCount"), at(list, "totalCountPrecision")}
	}
	require.Equal(t, []any{10_000.0, "EXACT"}, total())
	b.submitted(t, 1, "One more", b.Wash)
	require.Equal(t, []any{10_000.0, "AT_LEAST"}, total())
}
