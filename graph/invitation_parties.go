package graph

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/queries"
)

// listed is a row of a page with what a list shows of whom and what it is about. Of tenant, plan, location and insurance it has no
// more than that; who needs them whole asks the request's loaders.
type listed struct {
	*queries.Invitation
	tenant    queries.Tenant
	plan      queries.Plan
	location  queries.Location
	insurance *queries.InsurancePlan
	offer     migration.Offer
	now       time.Time
	ready     bool // all of the above was found
}

// parties reads what a page's rows are about in one statement.
func (r *Resolver) parties(ctx context.Context, rows []*queries.Invitation) ([]listed, error) {
	ids, page, places := make([]uuid.UUID, len(rows)), make([]listed, len(rows)), make(map[uuid.UUID]int, len(rows))
	now := r.Migration.Clock()
	for i, row := range rows {
		ids[i], page[i], places[row.ID] = row.ID, listed{Invitation: row, now: now}, i
	}
	parties, err := r.q.InvitationListParties(ctx, r.Pool, ids)
	if err != nil {
		return nil, fmt.Errorf("read whom a page is about: %w", err)
	}
	var guests []*listed
	for _, p := range parties {
		l := &page[places[p.InvitationID]]
		l.fill(p)
		if !p.ByRecord {
			guests = append(guests, l)
		}
	}
	return page, nameGuests(ctx, guests)
}

// nameGuests shows tenants whom the invitation's location does not know by the record as the viewer knows them: another location of
// theirs may know the record.
func nameGuests(ctx context.Context, guests []*listed) error {
	if len(guests) == 0 {
		return nil
	}
	ids := make([]uuid.UUID, len(guests))
	for i, l := range guests {
		ids[i] = l.tenant.ID
	}
	known, err := from(ctx).knownAs.LoadAll(ctx, ids)
	if err != nil {
		return err
	}
	for i, l := range guests {
		if known[i].KnownAs != nil {
			l.tenant.Name, l.tenant.Phone, l.tenant.ActivatedAt = *known[i].KnownAs, nil, nil
		}
	}
	return nil
}

func (l *listed) fill(p *queries.InvitationListPartiesRow) {
	l.tenant = queries.Tenant{ID: p.TenantID, Name: p.TenantName, Email: p.TenantEmail, Phone: p.TenantPhone, ActivatedAt: p.TenantActivatedAt}
	l.plan = queries.Plan{ID: p.PlanID, Name: p.PlanName, Currency: p.Currency, CardPriceMinor: p.CardPriceMinor, AchPriceMinor: p.AchPriceMinor, ArchivedAt: p.PlanArchivedAt}
	l.location = queries.Location{ID: p.LocationID, Name: p.LocationName, TimeZone: p.TimeZone, Currency: p.Currency} // one currency by foreign keys
	if p.InsuranceID != nil {
		l.insurance = &queries.InsurancePlan{ID: *p.InsuranceID, Name: *p.InsuranceName, Currency: p.Currency, PriceMinor: *p.InsurancePriceMinor, ArchivedAt: p.InsuranceArchivedAt}
	}
	l.offer, l.ready = asItStands(migration.Offer{Invitation: l.Invitation, Plan: &l.plan, Insurance: l.insurance}), true
}
