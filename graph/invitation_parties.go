package graph

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"carryover/queries"
)

// prime reads what a page's rows point to in one statement and hands it to the request's loaders, which then have nothing to
// wait for. A tenant whom the invitation's location knows by another name is left to the loader: another location of the
// viewer's may know the record.
func (r *Resolver) prime(ctx context.Context, rows []*queries.Invitation) error {
	if len(rows) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.ID
	}
	parties, err := r.q.InvitationListParties(ctx, r.Pool, ids)
	if err != nil {
		return fmt.Errorf("read whom a page is about: %w", err)
	}
	l := from(ctx)
	for _, p := range parties {
		l.tenants.Prime(p.Tenant.ID, &p.Tenant)
		l.plans.Prime(p.Plan.ID, &p.Plan)
		l.locations.Prime(p.Location.ID, &p.Location)
		if insurance := insuranceOf(p); insurance != nil {
			l.insurance.Prime(insurance.ID, insurance)
		}
		if p.ByRecord {
			l.knownAs.Prime(p.Tenant.ID, &queries.TenantListKnownAsRow{TenantID: p.Tenant.ID})
		}
	}
	return nil
}

func insuranceOf(p *queries.InvitationListPartiesRow) *queries.InsurancePlan {
	if p.InsuranceID == nil {
		return nil
	}
	return &queries.InsurancePlan{ID: *p.InsuranceID, Name: *p.InsuranceName, Currency: p.Plan.Currency, // one by foreign keys

		PriceMinor: *p.InsurancePriceMinor, CreatedAt: *p.InsuranceCreatedAt, ArchivedAt: p.InsuranceArchivedAt}
}
