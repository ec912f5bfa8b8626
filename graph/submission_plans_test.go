package graph_test

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/listplans"
	"carryover/internal/testkit"
	"carryover/live"
	"carryover/migration"
	"carryover/queries"
	"carryover/server"
)

// many writes three thousand submissions of a few names at each of four locations, in every state, by both methods, over a year.
func (b *bundle) many(t *testing.T) {
	t.Helper()
	owner := func(sql string) {
		_, err := b.DB.Owner.Exec(t.Context(), sql)
		require.NoError(t, err)
	}
	for _, plan := range []*queries.Plan{b.Studio, b.Loft, b.Maple, b.Kiwi} {
		b.submitted(t, 1600, "Sam Smith", plan)
		b.submitted(t, 1300, "Ada Miller", plan)
		b.submitted(t, 100, "Nam Nguyen", plan)
	}
	b.submitted(t, 1, "Rare Rosenquist", b.Studio)
	owner(`ALTER TABLE submissions DISABLE TRIGGER USER; UPDATE submissions s SET
		status = (enum_range(NULL::submission_status))[1 + floor(random() * 10)::integer],
		submitted_at = submitted_at - random() * interval '365 days', status_changed_at = status_changed_at - random() * interval '30 days',
		anchor_day = 1 + floor(random() * 28)::integer, monthly_total_minor = 100 * floor(random() * 200), card_key = 100 * floor(random() * 200),
		ach_key = 100 * floor(random() * 200) - 100, insurance_key = 100 * floor(random() * 3) - 100,
		payment_method_type = CASE WHEN r.by_bank THEN 'us_bank_account' ELSE 'card' END::payment_method_type, mandate_text = CASE WHEN r.by_bank THEN 'Yes.' END
		FROM (SELECT id, currency = 'USD' AND random() < 0.3 AS by_bank FROM submissions) r WHERE r.id = s.id`)
	require.Eventually(t, func() bool { // a snapshot of somebody's, such as the server's own upkeep, keeps VACUUM from its work
		owner(`VACUUM ANALYZE submissions`)
		return b.Count(t, `SELECT relpages - relallvisible FROM pg_class WHERE oid = 'submissions'::regclass`) == 0
	}, time.Minute, 100*time.Millisecond)
}

// TestPlansOfSubmissions asks for every order with every filter and search, as an administrator and as a manager of three locations,
// and looks at how each statement was carried out: none may read the whole table, or much of it for a page.
func TestPlansOfSubmissions(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.many(t)
	pages, lists := &listplans.Explainer{Pool: b.DB.Pages(t)}, &listplans.Explainer{Pool: b.DB.Lists(t)}
	defer pages.Close()
	defer lists.Close()
	resolver := &graph.Resolver{Pool: b.DB.Pool, Pages: pages, Lists: lists, Migration: b.Rules}
	from := b.Clock.Now().AddDate(0, 0, -20)
	combinations := listplans.Submissions(listplans.Values{Locations: []string{id("loc", b.Denver.ID), id("loc", b.Toronto.ID), id("loc", b.Auckland.ID)},
		From: from, To: from.AddDate(0, 0, 1), Common: "smith", Middle: "nguyen", Rare: "rosenquist", Two: "smith denver"})
	require.Len(t, combinations, 12*7*22)
	total := combinations[0].Order
	for i := 0; i < len(combinations); i += 3 { // every order with every search, each for a third of the filters
		one, staff := combinations[i], []*queries.Staff{b.Admin, b.Manager}[i%2]
		viewer := graph.WithLoaders(access.With(t.Context(), &access.Request{Viewer: &access.Viewer{Staff: staff}}), b.DB.Pool)
		page, err := resolver.Query().Submissions(viewer, nil, nil, nil, nil, &one.Filter, &one.Order)
		require.NoError(t, err, one.Name)
		plans := append(pages.Take(), lists.Take()...)
		require.NotEmpty(t, plans, "%s: not by the lists' own connections", one.Name)
		for _, plan := range plans {
			// Ten times as many rows would not change it: so far a search goes before it gives up, and so many it sorts.
			require.Empty(t, plan.Fault(listplans.Limits{Table: "submissions", Buffers: 5_000, Examined: 12_100}), "%s, by way of %v", one.Name, plan.Indexes())
		}
		if one.Order != total { // the order does not matter to a total
			continue
		}
		_, err = page.TotalCount(viewer)
		require.NoError(t, err, one.Name)
		require.NotEmpty(t, append(pages.Take(), lists.Take()...), one.Name)
	}
}

// statements counts what a pool asks, each statement by itself.
type statements struct {
	pool  *pgxpool.Pool // whose they are
	mu    sync.Mutex
	times map[string]int
}

// TraceQueryStart hears of each statement.
func (s *statements) TraceQueryStart(ctx context.Context, _ *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.times[q.SQL]++
	return ctx
}

// take answers how many different statements were asked since the last time, how often the one that was asked most, and how many in all.
func (s *statements) take() (different, most, all int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.times {
		different, most, all = different+1, max(most, n), all+n
	}
	s.times = map[string]int{}
	return different, most, all
}

// TraceQueryEnd is there because pgx wants both.
func (s *statements) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// counting answers the same installation over a pool whose statements are counted.
func (b *bundle) counting(t *testing.T) (*bundle, *statements) {
	t.Helper()
	asked := &statements{times: map[string]int{}}
	config := b.DB.Pool.Config()
	config.ConnConfig.Tracer = asked
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	asked.pool = pool
	in, err := access.New(b.DB.Pool, b.Clock.Now)
	require.NoError(t, err)
	web := httptest.NewServer(server.New(server.Options{Access: in, Pool: pool, Log: b.Log.Logger,
		Resolver: &graph.Resolver{Pool: pool, Pages: pool, Lists: pool, Migration: b.Rules, Access: in, Live: live.New(pool, b.Log.Logger), Log: b.Log.Logger}}))
	t.Cleanup(web.Close)
	return &bundle{Bundle: b.Bundle, url: web.URL, tokens: b.tokens}, asked
}

// Everything that a page shows of its rows is read together, and a statement is not asked for each row. The loaders wait longer here
// than they do elsewhere, so that how many statements there are does not depend on how busy the machine is.
func TestStatementsOfAPage(t *testing.T) {
	graph.LoadersWait(t, 200*time.Millisecond)
	b := setup(t)
	for i := range 40 {
		plan := []*queries.Plan{b.Studio, b.Wash, b.Maple, b.Kiwi}[i%4]
		sub := b.Claimed(t, testkit.Visa, testkit.At(plan))
		if i%5 == 0 {
			b.Decided(t, sub, migration.NextMonth)
		}
	}
	inv := b.Sent(t)
	a, _ := b.BankAcceptance(t, inv)
	b.Submit(t, inv, a)
	b.MustWork(t)
	counted, asked := b.counting(t)
	const reservation = `id status endedAt tenant{name phone} plan{name} location{name} submission{id} submissions{id} subscription{status} history{action actorName}`
	const submission = `id status tenant{name email phone activatedAt} location{name} plan{name} unit invitation{status} waitingSince daysWaiting
		cardPrice{amount} achPrice{amount} insurancePrice{amount} monthlyTotal{amount} quote{lines{amount{amount}}} evidence{terms{version}}
		bankVerification{daysLeft} canApprove approvals{staff{name}} history{action actorName location{name}} reservation{` + reservation + `}`
	for name, query := range map[string]string{
		"submissions":  `query($n:Int){submissions(first:$n){nodes{` + submission + `} edges{cursor} totalCount totalCountPrecision}}`,
		"reservations": `query($n:Int){reservations(first:$n){nodes{` + reservation + `}}}`,
		"auditEvents":  `query($n:Int){auditEvents(first:$n){nodes{action actorName location{name} subjectId}}}`,
	} {
		ask := func(n int) (different, most, all int) {
			asked.take()
			counted.data(t, b.Manager, query, vars{"n": n})
			return asked.take()
		}
		few, _, ofFew := ask(3)
		many, most, ofMany := ask(40)
		require.LessOrEqual(t, ofFew, 30, name)
		require.LessOrEqual(t, ofMany, ofFew+3, "%s: more statements for forty rows", name)
		require.LessOrEqual(t, many, few+3, "%s: other statements for forty rows", name)
		require.LessOrEqual(t, most, 3, "%s: a statement was asked %d times for forty rows", name, most)
		t.Logf("%s: %d statements for three rows, %d for forty, %d in all, the one asked most %d times", name, few, many, ofMany, most)
	}
	b.later(t, 72*time.Hour)
	asked.take()
	page := counted.data(t, b.Manager, `{stuck{nodes{kind location{name} subject{... on Submission{id}} message}}}`, nil)
	require.Len(t, at(page, "stuck", "nodes"), 33)
	_, _, all := asked.take()
	require.LessOrEqual(t, all, 9)
}
