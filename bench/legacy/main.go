// Command legacy measures the lists of an old system at a million rows: how many pages of the database each statement behind them looks at,
// as an administrator and as a manager of twenty locations, with their totals, what each row of a page becomes, the worklist and the
// counter's match. See docs/benchmarks.md.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/bench/list/million"
	"carryover/civil"
	"carryover/internal/listplans"
	"carryover/migration"
	"carryover/postgres"
	"carryover/queries"
)

// mostBuffers is what no statement of a page of fifty, or of a total up to ten thousand, may exceed.
const mostBuffers = 5_000

const rowsOfAPage, mostCounted = 51, 10_001

func main() {
	rows := flag.Int("rows", 1_000_000, "old memberships in the database")
	dir := flag.String("dir", filepath.Join(".cache", "bench-legacy"), "where the data are kept")
	flag.Parse()
	if err := run(context.Background(), *rows, *dir); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, rows int, dir string) (err error) {
	server, err := million.OpenOld(ctx, million.Options{Rows: rows, Dir: dir, Say: func(format string, args ...any) { fmt.Printf(format+"\n", args...) }})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop(context.WithoutCancel(ctx))) }()
	all, err := measure(ctx, server.URL(million.Database))
	if err != nil {
		return err
	}
	fmt.Printf("%-58s %-8s %8s %9s\n", "statement", "as", "pages", "ms")
	for _, m := range all {
		fmt.Printf("%-58s %-8s %8d %9.1f\n", m.name, m.as, m.plan.Buffers(), m.plan.Execution)
	}
	out := json.NewEncoder(os.Stdout)
	for _, m := range all {
		if err := out.Encode(map[string]any{"bench": "legacy", "case": m.name + ", " + m.as, "unit": "pages", "ours": m.plan.Buffers(),
			"reference": mostBuffers, "against": "aim", "ratio": float64(m.plan.Buffers()) / mostBuffers}); err != nil {
			return err
		}
	}
	return nil
}

// measured is one statement, as whom it was asked and how it was carried out.
type measured struct {
	name, as string
	plan     listplans.Plan
}

// asker asks as one staff member.
type asker struct {
	q           *queries.Queries
	staff       uuid.UUID
	as          string
	lists, pool *listplans.Explainer
	all         []measured
}

func measure(ctx context.Context, databaseURL string) (all []measured, err error) {
	var pools [2]*pgxpool.Pool
	for i, planned := range []postgres.Lists{postgres.ListsPlannedEachTime, postgres.NoLists} {
		if pools[i], err = postgres.Open(ctx, databaseURL, postgres.PoolOptions{Lists: planned}); err != nil {
			return nil, err
		}
		defer pools[i].Close()
	}
	lists, pool := &listplans.Explainer{Pool: pools[0]}, &listplans.Explainer{Pool: pools[1]}
	defer lists.Close()
	defer pool.Close()
	for _, email := range []string{million.AdminEmail, million.ManagerEmail} {
		staff, err := queries.New().StaffGetByEmail(ctx, pools[1], email)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", email, err)
		}
		a := &asker{q: queries.New(), staff: staff.ID, as: string(staff.Role), lists: lists, pool: pool}
		for _, ask := range []func(context.Context, *pgxpool.Pool) error{a.pages, a.totals, a.worklist} {
			if err := ask(ctx, pools[1]); err != nil {
				return nil, err
			}
		}
		all = append(all, a.all...)
	}
	a := &asker{q: queries.New(), as: "counter", lists: lists, pool: pool}
	err = a.counter(ctx, pools[1])
	return append(all, a.all...), err
}

func (a *asker) took(name string) {
	for _, e := range []*listplans.Explainer{a.lists, a.pool} {
		for _, plan := range e.Take() {
			a.all = append(a.all, measured{name, a.as, plan})
		}
	}
}

// match is a filter as the statements take it.
func (a *asker) match(f migration.LegacyFilter) queries.BatchPartInsertLegacyParams {
	return f.Match(a.staff, nil)
}

type filter struct {
	name string
	f    migration.LegacyFilter
}

// filters begin with none and with one location.
func filters(ctx context.Context, db *pgxpool.Pool) ([]filter, error) {
	var large uuid.UUID
	if err := db.QueryRow(ctx, `SELECT l.location_id FROM legacy_memberships l JOIN staff_locations s USING (location_id)
		GROUP BY 1 ORDER BY count(*) DESC LIMIT 1`).Scan(&large); err != nil {
		return nil, err
	}
	yes, no := true, false
	from := civil.Date{Year: 2026, Month: 3, Day: 20}
	before := civil.Date{Year: 2026, Month: 3, Day: 22}
	return []filter{
		{"", migration.LegacyFilter{}},
		{", one location", migration.LegacyFilter{LocationIDs: []uuid.UUID{large}}},
		{", past due", migration.LegacyFilter{States: []queries.LegacyState{queries.LegacyStatePastDue}}},
		{", cancelled there", migration.LegacyFilter{CancelledThere: &yes}},
		{", migrated", migration.LegacyFilter{Migrated: &yes}},
		{", not migrated, not cancelled", migration.LegacyFilter{Migrated: &no, CancelledThere: &no}},
		{", billed on two days", migration.LegacyFilter{BillsFrom: &from, BillsBefore: &before}},
		{", still billed", migration.LegacyFilter{StillBilled: &yes}},
		{", missing", migration.LegacyFilter{Missing: &yes}},
		{", a rare name", migration.LegacyFilter{Search: million.Rare}},
		{", a common name", migration.LegacyFilter{Search: "smith"}},
	}, nil
}

func (a *asker) pages(ctx context.Context, db *pgxpool.Pool) error {
	m := a.match(migration.LegacyFilter{})
	by := queries.LegacyMembershipListByNameParams{StaffID: m.StaffID, LocationIds: m.LocationIds, Sources: m.Sources, States: m.States, Ids: m.Ids, RowLimit: rowsOfAPage}
	rows, err := a.q.LegacyMembershipListByName(ctx, a.lists, by)
	if err != nil {
		return err
	}
	a.took("page by name")
	if _, err := a.q.LegacyMembershipListByNextBilling(ctx, a.lists, queries.LegacyMembershipListByNextBillingParams(by)); err != nil {
		return err
	}
	a.took("page by next billing")
	newest, err := a.q.LegacyMembershipListByNewest(ctx, a.lists, queries.LegacyMembershipListByNewestParams{StaffID: m.StaffID, LocationIds: m.LocationIds,
		Sources: m.Sources, States: m.States, Ids: m.Ids, RowLimit: rowsOfAPage})
	if err != nil {
		return err
	}
	a.took("page by newest")
	for i, page := range [][]*queries.LegacyMembership{rows, newest} {
		name := []string{"by name", "by newest"}[i]
		ids := make([]uuid.UUID, len(page))
		for i, l := range page {
			ids[i] = l.ID
		}
		if _, err := a.q.LegacyInvitableListByIDs(ctx, a.pool, ids); err != nil {
			return err
		}
		a.took("what a page " + name + " becomes")
	}
	return nil
}

func (a *asker) totals(ctx context.Context, db *pgxpool.Pool) error {
	all, err := filters(ctx, db)
	if err != nil {
		return err
	}
	for _, one := range all {
		m := a.match(one.f)
		if _, err := a.q.LegacyMembershipCountMatching(ctx, a.lists, queries.LegacyMembershipCountMatchingParams{StaffID: m.StaffID, LocationIds: m.LocationIds,
			Sources: m.Sources, States: m.States, Cancelled: m.Cancelled, Migrated: m.Migrated, BillsFrom: m.BillsFrom, BillsBefore: m.BillsBefore,
			Missing: m.Missing, StillBilled: m.StillBilled, Wanted: m.Wanted, Ids: m.Ids, Most: mostCounted}); err != nil {
			return err
		}
		a.took("total" + one.name)
	}
	return nil
}

func (a *asker) worklist(ctx context.Context, db *pgxpool.Pool) error {
	all, err := filters(ctx, db)
	if err != nil {
		return err
	}
	for _, one := range all[:2] {
		match := queries.LegacyWorkListParams{StaffID: a.staff, LocationIds: append([]uuid.UUID{}, one.f.LocationIDs...), RowLimit: rowsOfAPage}
		rows, err := a.q.LegacyWorkList(ctx, a.lists, match)
		if err != nil {
			return err
		}
		a.took("worklist" + one.name)
		last := rows[len(rows)-1].LegacyMembership
		match.AfterID, match.AfterRenews = &last.ID, &last.NextBillingKey
		if _, err := a.q.LegacyWorkList(ctx, a.lists, match); err != nil {
			return err
		}
		a.took("worklist" + one.name + ", second page")
		if _, err := a.q.LegacyWorkCount(ctx, a.lists, queries.LegacyWorkCountParams{StaffID: a.staff, LocationIds: match.LocationIds}); err != nil {
			return err
		}
		a.took("worklist's total" + one.name)
	}
	return nil
}

// counter matches at the location with most memberships and at the one with fewest.
func (a *asker) counter(ctx context.Context, db *pgxpool.Pool) error {
	var places []uuid.UUID
	if err := db.QueryRow(ctx, `SELECT ARRAY[(array_agg(location_id ORDER BY n DESC))[1], (array_agg(location_id ORDER BY n))[1]]
		FROM (SELECT location_id, count(*) AS n FROM legacy_memberships GROUP BY 1) c`).Scan(&places); err != nil {
		return err
	}
	for i, size := range []string{"the largest location", "the smallest location"} {
		for _, one := range []struct {
			name  string
			query migration.LegacyQuery
		}{
			{"a common name", migration.LegacyQuery{Name: "Smith"}},
			{"one letter", migration.LegacyQuery{Name: "a"}},
			{"first and last name", migration.LegacyQuery{Name: "Mary Smith"}},
			{"two letters", migration.LegacyQuery{Name: "m s"}},
			{"a rare name", migration.LegacyQuery{Name: million.Rare}},
			{"nobody's name", migration.LegacyQuery{Name: "xqzjwv"}},
			{"a plate", migration.LegacyQuery{Plate: "ABC 0123"}},
			{"a phone or common name", migration.LegacyQuery{Phone: "+15551000001", Name: "Smith"}},
		} {
			find := migration.CandidateSearch(places[i], one.query)
			ids, err := a.q.CounterCandidateFind(ctx, a.pool, find)
			if err != nil {
				return err
			}
			a.took("match of " + one.name + ", " + size)
			if _, err := a.q.CounterCandidateList(ctx, a.pool, queries.CounterCandidateListParams{LocationID: places[i], Ids: ids, Surest: find.Exact,
				Now: million.Until, RowLimit: rowsOfAPage}); err != nil {
				return err
			}
			a.took("what comes of " + one.name + ", " + size)
		}
	}
	return nil
}
