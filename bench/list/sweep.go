package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/access"
	"carryover/bench/list/million"
	"carryover/graph"
	"carryover/internal/listplans"
	"carryover/migration"
	"carryover/postgres"
	"carryover/queries"
)

// Of a page's statements none may look at more pages of the database than this.
const mostBuffers = 5_000

type swept struct {
	name string
	plan listplans.Plan
}

// sweep asks for every order with every filter and search, as an administrator and as a manager of twenty locations, each with its
// total, and shows the statements that looked at most.
func sweep(ctx context.Context, databaseURL string, worst int) error {
	for _, email := range []string{million.AdminEmail, million.ManagerEmail} {
		pages, totals, err := sweepAs(ctx, databaseURL, email)
		if err != nil {
			return err
		}
		tell(email+", pages", pages, worst)
		tell(email+", totals", totals, worst)
	}
	return nil
}

// sweepAs answers the plans of all pages and totals that a staff member asks for.
func sweepAs(ctx context.Context, databaseURL, email string) (pages, totals []swept, err error) {
	var pools [3]*pgxpool.Pool
	for i, planned := range []postgres.Lists{postgres.NoLists, postgres.ListsPlannedOnce, postgres.ListsPlannedEachTime} {
		if pools[i], err = postgres.Open(ctx, databaseURL, postgres.PoolOptions{Lists: planned}); err != nil {
			return nil, nil, err
		}
		defer pools[i].Close()
	}
	explainers := []*listplans.Explainer{{Pool: pools[1]}, {Pool: pools[2]}}
	defer explainers[0].Close()
	defer explainers[1].Close()
	values, err := sweptValues(ctx, pools[0])
	if err != nil {
		return nil, nil, err
	}
	staff, err := queries.New().StaffGetByEmail(ctx, pools[0], email)
	if err != nil {
		return nil, nil, fmt.Errorf("find %s: %w", email, err)
	}
	resolver := &graph.Resolver{Pool: pools[0], Pages: explainers[0], Lists: explainers[1],
		Migration: migration.New(migration.Options{Clock: func() time.Time { return million.Until }})}
	viewer := graph.WithLoaders(access.With(ctx, &access.Request{Viewer: &access.Viewer{Staff: staff}}), pools[0])
	combinations := listplans.Combinations(values)
	first := combinations[0].Order
	for _, one := range combinations {
		page, err := resolver.Query().Invitations(viewer, nil, nil, nil, nil, &one.Filter, &one.Order)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", one.Name, err)
		}
		pages = take(pages, one.Name, explainers)
		if one.Order != first { // the order does not matter to a total
			continue
		}
		if _, err = page.TotalCount(viewer); err != nil {
			return nil, nil, fmt.Errorf("total of %s: %w", one.Name, err)
		}
		totals = take(totals, one.Name, explainers)
	}
	return pages, totals, nil
}

func take(all []swept, name string, from []*listplans.Explainer) []swept {
	for _, explainer := range from {
		for _, plan := range explainer.Take() {
			all = append(all, swept{name, plan})
		}
	}
	return all
}

func tell(what string, all []swept, worst int) {
	slices.SortFunc(all, func(a, b swept) int { return cmp.Compare(b.plan.Buffers(), a.plan.Buffers()) })
	var above int
	var planning, execution float64
	for _, s := range all {
		if s.plan.Buffers() > mostBuffers {
			above++
		}
		planning, execution = planning+s.plan.Planning, execution+s.plan.Execution
	}
	n := float64(len(all))
	fmt.Printf("%s: %d statements, %d of them above %d pages; on average planned in %.2f ms and run in %.2f ms. The worst:\n",
		what, len(all), above, mostBuffers, planning/n, execution/n)
	fmt.Printf("%8s %9s %9s  %s\n", "pages", "plan, ms", "run, ms", "list")
	for _, s := range all[:min(worst, len(all))] {
		fmt.Printf("%8d %9.2f %9.2f  %s [%s]\n", s.plan.Buffers(), s.plan.Planning, s.plan.Execution, s.name, strings.Join(s.plan.Indexes(), ", "))
	}
}

// sweptValues are three locations of the larger ones, a plan, an afternoon, and words of every frequency.
func sweptValues(ctx context.Context, db queries.DBTX) (listplans.Values, error) {
	v := listplans.Values{Common: "smith", Middle: "nguyen", Rare: million.Rare, Two: "smith denver", From: million.Until.AddDate(0, -6, 0), To: million.Until.AddDate(0, -6, 1)}
	err := db.QueryRow(ctx, `SELECT array_agg('loc_' || replace(id::text, '-', '')), (SELECT 'pln_' || replace(p.id::text, '-', '') FROM plans p
			WHERE p.location_id = (array_agg(larger.id))[1] ORDER BY p.name LIMIT 1)
		FROM (SELECT location_id AS id FROM invitations GROUP BY 1 ORDER BY count(*) DESC, 1 OFFSET 5 LIMIT 3) larger`).Scan(&v.Locations, &v.Plan)
	if err != nil {
		return v, fmt.Errorf("choose what to filter by: %w", err)
	}
	return v, nil
}
