package demo

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"carryover/queries"
)

// book finds what the script names.
type book struct {
	admin     *queries.Staff
	locations map[string]*queries.Location // by slug
	plans     map[offered]*queries.Plan
	insurance map[string]*queries.InsurancePlan // by name
	tenants   map[string]*queries.Tenant        // by name
	made      map[claimed]*queries.Invitation   // by an interrupted run
}

type offered struct {
	location uuid.UUID
	name     string
}

type claimed struct {
	tenant, plan uuid.UUID
	unit         string
}

// most is more than the data set has of anything.
const most = 1000

func (f *filling) openBook(ctx context.Context) (b book, err error) {
	if b.admin, err = f.q.StaffGetByEmail(ctx, f.pool, AdminEmail); err != nil {
		return b, fmt.Errorf("read the demo's admin: %w", err)
	}
	steps := []func(context.Context, *book) error{f.noteCatalogue, f.noteTenants, f.noteInvitations}
	for _, step := range steps {
		if err := step(ctx, &b); err != nil {
			return b, err
		}
	}
	return b, nil
}

func (f *filling) noteCatalogue(ctx context.Context, b *book) error {
	locations, err := f.q.LocationListManaged(ctx, f.pool, queries.LocationListManagedParams{StaffID: b.admin.ID, RowLimit: most})
	if err != nil {
		return fmt.Errorf("list locations: %w", err)
	}
	plans, err := f.q.PlanListOffered(ctx, f.pool, queries.PlanListOfferedParams{StaffID: b.admin.ID, RowLimit: most})
	if err != nil {
		return fmt.Errorf("list plans: %w", err)
	}
	insurance, err := f.q.InsurancePlanListOffered(ctx, f.pool, queries.InsurancePlanListOfferedParams{StaffID: b.admin.ID, RowLimit: most})
	if err != nil {
		return fmt.Errorf("list insurance plans: %w", err)
	}
	b.locations = by(locations, func(l *queries.Location) string { return l.Slug })
	b.plans = by(plans, func(p *queries.Plan) offered { return offered{p.LocationID, p.Name} })
	b.insurance = by(insurance, func(i *queries.InsurancePlan) string { return i.Name })
	return nil
}

func (f *filling) noteTenants(ctx context.Context, b *book) error {
	tenants, err := f.q.TenantListByName(ctx, f.pool, queries.TenantListByNameParams{
		StaffID: b.admin.ID, LocationIds: []uuid.UUID{}, Words: []string{}, RowLimit: most})
	if err != nil {
		return fmt.Errorf("list tenants: %w", err)
	}
	b.tenants = map[string]*queries.Tenant{}
	for _, row := range tenants {
		b.tenants[row.Tenant.Name] = &row.Tenant
	}
	return nil
}

func (f *filling) noteInvitations(ctx context.Context, b *book) error {
	invitations, err := f.q.InvitationListManaged(ctx, f.pool, queries.InvitationListManagedParams{
		StaffID: b.admin.ID, Statuses: []string{}, LocationIds: []uuid.UUID{}, RowLimit: most})
	if err != nil {
		return fmt.Errorf("list invitations: %w", err)
	}
	b.made = by(invitations, func(i *queries.Invitation) claimed { return claimed{i.TenantID, i.PlanID, i.Unit} })
	return nil
}

func by[K comparable, V any](rows []*V, key func(*V) K) map[K]*V {
	found := make(map[K]*V, len(rows))
	for _, row := range rows {
		found[key(row)] = row
	}
	return found
}
