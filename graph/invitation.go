package graph

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type invitationResolver struct{ *Resolver }

func (r *queryResolver) Invitation(ctx context.Context, id string) (*queries.Invitation, error) {
	u, _ := nounInvitation.parse(id)
	return r.invitation(ctx, u)
}

func (r *Resolver) invitation(ctx context.Context, id uuid.UUID) (*queries.Invitation, error) {
	return found(r.q.InvitationGetManaged(ctx, r.Pool, queries.InvitationGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

// offer gathers what an invitation's prices depend on, through the request's loaders. An open one follows its plan and insurance;
// a closed one keeps the prices that it had when it was closed, which are its copies.
func (r *Resolver) offer(ctx context.Context, inv *queries.Invitation) (o migration.Offer, err error) {
	o.Invitation = inv
	if o.Plan, err = from(ctx).plans.Load(ctx, inv.PlanID); err != nil {
		return o, err
	}
	if o.Insurance, err = optional(ctx, from(ctx).insurance, inv.InsurancePlanID); err != nil {
		return o, err
	}
	return asItStands(o), nil
}

func asItStands(o migration.Offer) migration.Offer {
	if isOpen(o.Invitation) {
		return o
	}
	return asClosed(o)
}

var openStatuses = []queries.InvitationStatus{queries.InvitationStatusPending, queries.InvitationStatusSent}

func isOpen(inv *queries.Invitation) bool { return slices.Contains(openStatuses, inv.Status) }

// asClosed puts the copies in the place of what plan and insurance cost today. The loaded rows stay as they are: others read them.
func asClosed(o migration.Offer) migration.Offer {
	plan := *o.Plan
	plan.CardPriceMinor, plan.AchPriceMinor = o.Invitation.CardKey, nil
	if o.Invitation.AchKey >= 0 {
		plan.AchPriceMinor = &o.Invitation.AchKey
	}
	o.Plan = &plan
	if o.Insurance != nil {
		insurance := *o.Insurance
		insurance.PriceMinor = o.Invitation.InsuranceKey
		o.Insurance = &insurance
	}
	return o
}

func (r *invitationResolver) ID(_ context.Context, obj *queries.Invitation) (string, error) {
	return nounInvitation.id(obj.ID), nil
}

func (r *invitationResolver) Tenant(ctx context.Context, obj *queries.Invitation) (*queries.Tenant, error) {
	return from(ctx).tenants.Load(ctx, obj.TenantID)
}

func (r *invitationResolver) RecipientName(ctx context.Context, obj *queries.Invitation) (string, error) {
	known, err := from(ctx).recipients.Load(ctx, obj.ID)
	if err != nil {
		return "", err
	}
	return known.Name, nil
}

func (r *invitationResolver) RecipientPhone(ctx context.Context, obj *queries.Invitation) (*string, error) {
	known, err := from(ctx).recipients.Load(ctx, obj.ID)
	if err != nil || known.Phone == "" {
		return nil, err
	}
	return &known.Phone, nil
}

func (r *invitationResolver) Location(ctx context.Context, obj *queries.Invitation) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
}

func (r *invitationResolver) Plan(ctx context.Context, obj *queries.Invitation) (*queries.Plan, error) {
	return from(ctx).plans.Load(ctx, obj.PlanID)
}

func (r *invitationResolver) InsurancePlan(ctx context.Context, obj *queries.Invitation) (*queries.InsurancePlan, error) {
	return optional(ctx, from(ctx).insurance, obj.InsurancePlanID)
}

func (r *invitationResolver) HasPriceOverride(_ context.Context, obj *queries.Invitation) (bool, error) {
	return obj.CardPriceOverrideMinor != nil || obj.AchPriceOverrideMinor != nil, nil
}

func (r *invitationResolver) CardPriceOverride(_ context.Context, obj *queries.Invitation) (*money.Money, error) {
	return orNoMoney(obj.CardPriceOverrideMinor, obj.Currency), nil
}

func (r *invitationResolver) AchPriceOverride(_ context.Context, obj *queries.Invitation) (*money.Money, error) {
	return orNoMoney(obj.AchPriceOverrideMinor, obj.Currency), nil
}

func (r *invitationResolver) CardPrice(ctx context.Context, obj *queries.Invitation) (*money.Money, error) {
	offer, err := r.offer(ctx, obj)
	if err != nil {
		return nil, err
	}
	m := offer.CardPrice()
	return &m, nil
}

func (r *invitationResolver) AchPrice(ctx context.Context, obj *queries.Invitation) (*money.Money, error) {
	offer, err := r.offer(ctx, obj)
	if err != nil {
		return nil, err
	}
	return offer.AchPrice(), nil
}

func (r *invitationResolver) Card(ctx context.Context, obj *queries.Invitation) (*migration.Quote, error) {
	offer, err := r.offer(ctx, obj)
	if err != nil {
		return nil, err
	}
	q := offer.Card()
	return &q, nil
}

func (r *invitationResolver) Ach(ctx context.Context, obj *queries.Invitation) (*migration.Quote, error) {
	offer, err := r.offer(ctx, obj)
	if err != nil {
		return nil, err
	}
	return offer.Ach(), nil
}

func (r *invitationResolver) IsExpired(_ context.Context, obj *queries.Invitation) (bool, error) {
	return isExpired(obj.Status, obj.LinkExpiresAt, r.Migration.Clock()), nil
}

func isExpired(status queries.InvitationStatus, linkExpiresAt, now time.Time) bool {
	return slices.Contains(openStatuses, status) && !now.Before(linkExpiresAt)
}

func (r *invitationResolver) CreatedBy(ctx context.Context, obj *queries.Invitation) (*queries.Staff, error) {
	return from(ctx).staff.Load(ctx, obj.CreatedBy)
}

func (r *invitationResolver) Reservation(ctx context.Context, obj *queries.Invitation) (*queries.Reservation, error) {
	return optional(ctx, from(ctx).reservations, obj.ReservationID)
}

func (r *invitationResolver) Deliveries(ctx context.Context, obj *queries.Invitation) ([]*queries.Delivery, error) {
	return r.q.DeliveryListByInvitation(ctx, r.Pool, &obj.ID)
}

func (r *invitationResolver) History(ctx context.Context, obj *queries.Invitation) ([]*queries.Event, error) {
	return r.history(ctx, queries.EventSubjectInvitation, obj.ID)
}

// words are the values of an enum as text, which is what lists of them are handed to PostgreSQL as. None means "all".
func words[E ~string](list []E) []string {
	out := make([]string, len(list))
	for i, one := range list {
		out[i] = string(one)
	}
	return out
}
