package main

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
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

// swept is one statement of a list and how it was carried out.
type swept struct {
	name string
	plan listplans.Plan
}

// asking is one list as a client asks for it; its page answers how its total is asked for.
type asking struct {
	name, matching string
	page           func(context.Context, *graph.Resolver) (total func(context.Context) (int, error), err error)
}

func askings(of list, v listplans.Values) (all []asking) {
	if of.name == invitationList.name {
		for _, c := range listplans.Invitations(v) {
			all = append(all, asking{c.Name, c.Matching, func(ctx context.Context, r *graph.Resolver) (func(context.Context) (int, error), error) {
				page, err := r.Query().Invitations(ctx, nil, nil, nil, nil, &c.Filter, &c.Order)
				if err != nil {
					return nil, err
				}
				return page.TotalCount, nil
			}})
		}
		return all
	}
	for _, c := range listplans.Submissions(v) {
		all = append(all, asking{c.Name, c.Matching, func(ctx context.Context, r *graph.Resolver) (func(context.Context) (int, error), error) {
			page, err := r.Query().Submissions(ctx, nil, nil, nil, nil, &c.Filter, &c.Order)
			if err != nil {
				return nil, err
			}
			return page.TotalCount, nil
		}})
	}
	return all
}

// sweep asks for every order of both lists with every filter and search, as an administrator and as a manager of twenty locations, each
// with its total, and shows the statements that looked at most.
func sweep(ctx context.Context, databaseURL, only string, worst int) error {
	for _, of := range []list{invitationList, submissionList} {
		for _, email := range []string{million.AdminEmail, million.ManagerEmail} {
			if !strings.Contains(of.name+" "+email, only) {
				continue
			}
			pages, totals, err := sweepAs(ctx, databaseURL, email, of, 1)
			if err != nil {
				return err
			}
			tell(of.name+", "+email+", pages", pages, worst)
			tell(of.name+", "+email+", totals", totals, worst)
		}
	}
	return nil
}

// sweepAs answers the plans of pages and totals that a staff member asks for: of all combinations, or of each so-many-th.
func sweepAs(ctx context.Context, databaseURL, email string, of list, each int) (pages, totals []swept, err error) {
	address, err := url.Parse(databaseURL)
	if err != nil {
		return nil, nil, err
	}
	patient := address.Query()
	patient.Set("statement_timeout", "60s") // the worst are what is looked for
	address.RawQuery = patient.Encode()
	var pools [3]*pgxpool.Pool
	for i, planned := range []postgres.Lists{postgres.NoLists, postgres.ListsPlannedOnce, postgres.ListsPlannedEachTime} {
		if pools[i], err = postgres.Open(ctx, address.String(), postgres.PoolOptions{Lists: planned}); err != nil {
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
	all := askings(of, values)
	seen := map[string]bool{}
	for i := 0; i < len(all); i += each {
		one := all[i]
		total, err := one.page(viewer, resolver)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", one.name, err)
		}
		pages = take(pages, one, explainers)
		if seen[one.matching] { // the order does not matter to a total
			continue
		}
		seen[one.matching] = true
		if _, err = total(viewer); err != nil {
			return nil, nil, fmt.Errorf("total of %s: %w", one.name, err)
		}
		totals = take(totals, one, explainers)
	}
	return pages, totals, nil
}

func take(all []swept, one asking, from []*listplans.Explainer) []swept {
	for _, explainer := range from {
		for _, plan := range explainer.Take() {
			all = append(all, swept{one.name, plan})
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
