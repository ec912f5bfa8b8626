package load

import (
	"cmp"
	"context"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
)

type plan struct {
	at     *place
	params queries.PlanUpsertParams
}

func (l *loader) readPlans(ctx context.Context) error {
	seen := map[string]int{}
	var failed error
	err := l.each(plansTable(), func(r row) {
		at, err := l.placeIn(ctx, r, "location", r.cells["location"])
		failed = cmp.Or(failed, err)
		l.plans = append(l.plans, l.plan(r, at, seen))
	})
	return cmp.Or(err, failed)
}

func (l *loader) plan(r row, at *place, seen map[string]int) plan {
	p := queries.PlanUpsertParams{
		ID: ids.New(), Name: r.text("name"), Now: l.clock(),
		Kind:    queries.PlanKind(r.choice("kind", "studio", "membership")),
		Cadence: queries.PlanCadence(r.choice("cadence", "monthly", "hourly")),
	}
	r.once(seen, "name", r.cells["location"]+"\x00"+p.Name)
	if at == nil {
		return plan{params: p}
	}
	p.Currency = at.currency
	p.CardPriceMinor = r.price("card_price", at.currency)
	switch {
	case r.cells["ach_price"] == "":
	case at.currency != "USD":
		r.wrong("ach_price", fmt.Sprintf("bank accounts are taken for USD only, and %q bills in %s: leave it empty", at.slug, at.currency))
	default:
		p.AchPriceMinor = new(r.price("ach_price", at.currency))
	}
	return plan{at: at, params: p}
}

func (l *loader) writePlans(ctx context.Context, tx pgx.Tx) error {
	for _, one := range l.plans {
		one.params.LocationID = one.at.id
		if err := l.writePlan(ctx, tx, one.params); err != nil {
			return fmt.Errorf("write plan %q of %q: %w", one.params.Name, one.at.slug, err)
		}
	}
	return nil
}

// writePlan lets the list follow where the prices are others than they were.
func (l *loader) writePlan(ctx context.Context, tx pgx.Tx, p queries.PlanUpsertParams) error {
	was, err := found(l.q.PlanGetByName(ctx, tx, queries.PlanGetByNameParams{LocationID: p.LocationID, Name: p.Name}))
	if err != nil {
		return err
	}
	is, err := l.q.PlanUpsert(ctx, tx, p)
	if err != nil || was == nil || (was.CardPriceMinor == is.CardPriceMinor && reflect.DeepEqual(was.AchPriceMinor, is.AchPriceMinor)) {
		return err
	}
	return migration.EnqueueListRefresh(ctx, tx, l.jobs, migration.CopyOfPlan, is.ID)
}
