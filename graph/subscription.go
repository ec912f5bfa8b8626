package graph

import (
	"context"

	"carryover/money"
	"carryover/queries"
)

type (
	subscriptionResolver        struct{ *Resolver }
	subscriptionInvoiceResolver struct{ *Resolver }
)

func (r *subscriptionResolver) ID(_ context.Context, obj *queries.Subscription) (string, error) {
	return nounSubscription.id(obj.ID), nil
}

func (r *subscriptionResolver) MonthlyTotal(_ context.Context, obj *queries.Subscription) (*money.Money, error) {
	return &money.Money{Minor: obj.MonthlyTotalMinor, Currency: obj.Currency}, nil
}

func (r *subscriptionResolver) Reservation(ctx context.Context, obj *queries.Subscription) (*queries.Reservation, error) {
	return from(ctx).reservations.Load(ctx, obj.ReservationID)
}

func (r *subscriptionResolver) Invoices(ctx context.Context, obj *queries.Subscription) ([]*queries.SubscriptionInvoice, error) {
	return from(ctx).invoices.Load(ctx, obj.ID)
}

func (r *subscriptionResolver) History(ctx context.Context, obj *queries.Subscription) ([]*queries.Event, error) {
	return r.history(ctx, queries.EventSubjectSubscription, obj.ID)
}

func (r *subscriptionInvoiceResolver) AmountDue(_ context.Context, obj *queries.SubscriptionInvoice) (*money.Money, error) {
	return &money.Money{Minor: obj.AmountDueMinor, Currency: obj.Currency}, nil
}

func (r *subscriptionInvoiceResolver) AmountPaid(_ context.Context, obj *queries.SubscriptionInvoice) (*money.Money, error) {
	return &money.Money{Minor: obj.AmountPaidMinor, Currency: obj.Currency}, nil
}

func (r *subscriptionInvoiceResolver) AmountRefunded(_ context.Context, obj *queries.SubscriptionInvoice) (*money.Money, error) {
	return &money.Money{Minor: obj.AmountRefundedMinor, Currency: obj.Currency}, nil
}
