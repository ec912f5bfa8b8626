package graph

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/queries"
)

// prime reads what a page's rows point to in one statement, for the rows themselves and for the request's loaders, which then have
// nothing to wait for. A tenant whom the invitation's location knows by another name is left to the loader: another location of the
// viewer's may know the record.
func (r *Resolver) prime(ctx context.Context, rows []*queries.Invitation) ([]*listed, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	ids, places := make([]uuid.UUID, len(rows)), make(map[uuid.UUID]int, len(rows))
	for i, row := range rows {
		ids[i], places[row.ID] = row.ID, i
	}
	parties, err := r.q.InvitationListParties(ctx, r.Pool, ids)
	if err != nil {
		return nil, fmt.Errorf("read whom a page is about: %w", err)
	}
	l, now, page := from(ctx), r.Migration.Clock(), make([]*listed, len(rows))
	for _, p := range parties {
		l.tenants.Prime(p.Tenant.ID, &p.Tenant)
		l.plans.Prime(p.Plan.ID, &p.Plan)
		l.locations.Prime(p.Location.ID, &p.Location)
		insurance := insuranceOf(p)
		if insurance != nil {
			l.insurance.Prime(insurance.ID, insurance)
		}
		if p.ByRecord {
			l.knownAs.Prime(p.Tenant.ID, &queries.TenantListKnownAsRow{TenantID: p.Tenant.ID})
		}
		at := places[p.InvitationID]
		page[at] = &listed{Invitation: rows[at], parties: p, insurance: insurance, now: now,
			offer: asItStands(migration.Offer{Invitation: rows[at], Plan: &p.Plan, Insurance: insurance})}
	}
	// A row that was deleted since the page was read is not on it.
	return slices.DeleteFunc(page, func(l *listed) bool { return l == nil }), nil
}

func insuranceOf(p *queries.InvitationListPartiesRow) *queries.InsurancePlan {
	if p.InsuranceID == nil {
		return nil
	}
	return &queries.InsurancePlan{ID: *p.InsuranceID, Name: *p.InsuranceName, Currency: p.Plan.Currency, // one by foreign keys

		PriceMinor: *p.InsurancePriceMinor, CreatedAt: *p.InsuranceCreatedAt, ArchivedAt: p.InsuranceArchivedAt}
}
