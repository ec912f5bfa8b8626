package load

import (
	"cmp"
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/migration"
	"carryover/queries"
)

type insurance struct {
	row    row
	at     []*place
	params queries.InsurancePlanUpsertParams
}

func (l *loader) readInsurance(ctx context.Context) error {
	seen := map[string]int{}
	var failed error
	err := l.each(insuranceTable(), func(r row) {
		at, err := l.placesIn(ctx, r, "locations")
		failed = cmp.Or(failed, err)
		l.insurance = append(l.insurance, l.oneInsurance(r, at, seen))
	})
	return cmp.Or(err, failed)
}

func (l *loader) oneInsurance(r row, at []*place, seen map[string]int) insurance {
	currency := r.currency("currency")
	p := queries.InsurancePlanUpsertParams{
		ID: ids.New(), Name: r.text("name"), Currency: currency, PriceMinor: r.price("price", currency), Now: l.clock()}
	r.once(seen, "name", p.Name)
	if r.cells["locations"] == "" {
		r.wrong("locations", "name the locations that offer it, with "+list+" between them")
	}
	for _, one := range at {
		if one.currency != currency {
			r.wrong("locations", fmt.Sprintf("%q bills in %s, and this insurance is in %s", one.slug, one.currency, currency))
		}
	}
	return insurance{row: r, at: at, params: p}
}

func (l *loader) writeInsurance(ctx context.Context, tx pgx.Tx) error {
	for _, one := range l.insurance {
		stored, err := l.writeInsurancePlan(ctx, tx, one.params)
		if err != nil {
			return fmt.Errorf("write insurance %q: %w", one.params.Name, err)
		}
		if stored.Currency != one.params.Currency {
			one.row.wrong("currency", fmt.Sprintf("this insurance is in %s, and its currency does not change: give the new one another name", stored.Currency))
			continue
		}
		for _, at := range one.at {
			err := l.q.InsurancePlanLocationInsert(ctx, tx, queries.InsurancePlanLocationInsertParams{
				InsurancePlanID: stored.ID, LocationID: at.id, Currency: stored.Currency})
			if err != nil {
				return fmt.Errorf("offer insurance %q at %q: %w", one.params.Name, at.slug, err)
			}
		}
	}
	return nil
}

// writeInsurancePlan lets the list follow where the price is another than it was.
func (l *loader) writeInsurancePlan(ctx context.Context, tx pgx.Tx, p queries.InsurancePlanUpsertParams) (*queries.InsurancePlan, error) {
	was, err := found(l.q.InsurancePlanGetByName(ctx, tx, p.Name))
	if err != nil {
		return nil, err
	}
	is, err := l.q.InsurancePlanUpsert(ctx, tx, p)
	if err != nil || was == nil || was.PriceMinor == is.PriceMinor {
		return is, err
	}
	return is, migration.EnqueueListRefresh(ctx, tx, l.jobs, migration.CopyOfInsurance, is.ID)
}
