package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// LegacyPlanMapping says what an old plan becomes here.
type LegacyPlanMapping struct {
	SourceID uuid.UUID
	PlanName string
	PlanID   *uuid.UUID // nil: nobody knows, as before it was ever said
	Price    *Price     // nil: each keeps the price that they paid there
}

// MapLegacyPlan says once what an old plan becomes. It holds for every membership on it that is invited or comes to the counter from now
// on; offers that were made stay as they are.
func (s *Service) MapLegacyPlan(ctx context.Context, by Actor, m LegacyPlanMapping) (source *queries.LegacySource, err error) {
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		source, err = found(s.q.LegacySourceGetManaged(ctx, tx, queries.LegacySourceGetManagedParams{ID: m.SourceID, StaffID: by.staffID()}))
		if err != nil {
			return fmt.Errorf("read legacy source: %w", err)
		}
		if source == nil {
			return Refuse(CodeNotFound, "There is no such source at a location that you manage.", "sourceId")
		}
		p, err := s.checkMapping(ctx, tx, by, source, m)
		if err != nil {
			return err
		}
		if _, err := found(s.q.LegacyPlanMap(ctx, tx, p)); err != nil {
			return fmt.Errorf("map legacy plan: %w", err)
		}
		return nil
	})
	return source, err
}

func (s *Service) checkMapping(ctx context.Context, tx pgx.Tx, by Actor, source *queries.LegacySource, m LegacyPlanMapping) (p queries.LegacyPlanMapParams, err error) {
	var r Refusals
	p = queries.LegacyPlanMapParams{SourceID: source.ID, Name: cleanText(&r, m.PlanName, 120, "planName")}
	if p.Name == "" {
		r.add(CodeRequired, "Name the plan as the old system calls it.", "planName")
	}
	if m.PlanID != nil {
		plan, err := found(s.q.PlanGetManaged(ctx, tx, queries.PlanGetManagedParams{ID: *m.PlanID, StaffID: by.staffID()}))
		switch {
		case err != nil:
			return p, fmt.Errorf("read plan: %w", err)
		case plan == nil || plan.LocationID != source.LocationID:
			r.add(CodeNotFound, "There is no such plan at the source's location.", "planId")
		case plan.Cadence != queries.PlanCadenceMonthly || plan.ArchivedAt != nil:
			r.add(CodeInvalid, fmt.Sprintf("%q cannot be migrated to. Choose a monthly plan that is offered.", plan.Name), "planId")
		default:
			staff := by.staffID()
			p.PlanID, p.MappedBy, p.MappedAt = m.PlanID, &staff, ptr(s.now())
			p.PriceOverrideMinor = checkPrice(m.Price, plan.Currency, &r, "price")
		}
	} else if m.Price != nil {
		r.add(CodeInvalid, "A price needs a plan. Choose the plan as well.", "price")
	}
	if len(r) > 0 {
		return p, r
	}
	if err := s.q.LegacyPlanInsertOrNothing(ctx, tx, queries.LegacyPlanInsertOrNothingParams{SourceID: source.ID, Name: p.Name}); err != nil {
		return p, fmt.Errorf("insert legacy plan: %w", err)
	}
	return p, nil
}
