package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type billingAlarmResolver struct{ *Resolver }

func (r *queryResolver) BillingAlarms(ctx context.Context, first *int, after *string, filter *BillingAlarmFilter) (*BillingAlarmConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &BillingAlarmFilter{}
	}
	rows, err := r.q.BillingAlarmListManaged(ctx, r.Pool, queries.BillingAlarmListManagedParams{
		StaffID: viewerID(ctx), Kinds: words(filter.Kinds), LocationIds: onlyAny(nounLocation, filter.LocationIds),
		Open: filter.Open, AfterID: p.afterID(), RowLimit: p.rows()})
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(a *queries.BillingAlarm) cursor { return cursor{ID: a.ID} })
	return &BillingAlarmConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.BillingAlarm) *BillingAlarmEdge {
			return &BillingAlarmEdge{Cursor: c, Node: n}
		})}, nil
}

func (r *mutationResolver) HandleBillingAlarm(ctx context.Context, input HandleBillingAlarmInput) (*HandleBillingAlarmPayload, error) {
	u, _ := nounAlarm.parse(input.ID)
	row, err := r.Migration.HandleAlarm(ctx, Actor(ctx), u, input.Note)
	refusals, err := userErrors(err)
	return &HandleBillingAlarmPayload{Alarm: row, UserErrors: refusals}, err
}

func (r *Resolver) alarm(ctx context.Context, id uuid.UUID) (*queries.BillingAlarm, error) {
	return found(r.q.BillingAlarmGetManaged(ctx, r.Pool, queries.BillingAlarmGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *billingAlarmResolver) ID(_ context.Context, obj *queries.BillingAlarm) (string, error) {
	return nounAlarm.id(obj.ID), nil
}

func (r *billingAlarmResolver) Message(_ context.Context, obj *queries.BillingAlarm) (string, error) {
	return migration.AlarmMessage(obj), nil
}

func (r *billingAlarmResolver) Location(ctx context.Context, obj *queries.BillingAlarm) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
}

func (r *billingAlarmResolver) Subscription(ctx context.Context, obj *queries.BillingAlarm) (*queries.Subscription, error) {
	return from(ctx).subscriptions.Load(ctx, obj.SubscriptionID)
}

// Invoice is the one that the alarm is about by name; an alarm about something else has none.
func (r *billingAlarmResolver) Invoice(ctx context.Context, obj *queries.BillingAlarm) (*queries.SubscriptionInvoice, error) {
	all, err := from(ctx).invoices.Load(ctx, obj.SubscriptionID)
	for _, one := range all {
		if one.StripeInvoiceID == obj.About {
			return one, err
		}
	}
	return nil, err
}

func (r *billingAlarmResolver) ExpectedAmount(_ context.Context, obj *queries.BillingAlarm) (*money.Money, error) {
	return amountOr(obj.ExpectedMinor, obj.Currency), nil
}

func (r *billingAlarmResolver) ActualAmount(_ context.Context, obj *queries.BillingAlarm) (*money.Money, error) {
	return amountOr(obj.ActualMinor, obj.Currency), nil
}

func amountOr(minor *int64, currency string) *money.Money {
	if minor == nil {
		return nil
	}
	return &money.Money{Minor: *minor, Currency: currency}
}

func (r *billingAlarmResolver) HandledBy(ctx context.Context, obj *queries.BillingAlarm) (*queries.Staff, error) {
	return optional(ctx, from(ctx).staff, obj.HandledBy)
}
