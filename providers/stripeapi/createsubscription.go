package stripeapi

import (
	"context"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
	"carryover/queries"
)

// CreateSubscription makes one and charges what is due at once. The same request is always sent as the same bytes, so
// Stripe takes a retry under the same key for the same request; in a later release too, or a retry over a deployment
// would be refused with idempotency_error. Bounding ctx is the caller's: the SDK alone may take four minutes.
//
// A card that cannot be charged makes nothing and answers ProviderDeclined, unless its tenant is to confirm. A bank debit that is under way, or that fails
// at once, leaves an incomplete subscription, which is answered.
func (c *Client) CreateSubscription(ctx context.Context, key string, r migration.SubscriptionRequest) (migration.StripeSubscription, error) {
	return callOnce(ctx, "create subscription", key, func() (migration.StripeSubscription, error) {
		p := subscriptionParams(r)
		p.Context, p.IdempotencyKey = ctx, &key
		made, err := c.api.Subscriptions.New(p)
		if err != nil {
			return migration.StripeSubscription{}, err
		}
		return subscription(made), nil
	})
}

func subscriptionParams(r migration.SubscriptionRequest) *stripe.SubscriptionParams {
	return &stripe.SubscriptionParams{
		Customer:             &r.CustomerID,
		Items:                itemParams(r),
		DefaultPaymentMethod: &r.PaymentMethodID,
		OffSession:           new(!r.TenantConfirms),
		PaymentBehavior:      new(paymentBehavior(r)),
		BackdateStartDate:    seconds(r.Backdate),
		BillingCycleAnchor:   seconds(r.Anchor),
		ProrationBehavior:    prorationBehavior(r),
		TrialEnd:             seconds(r.TrialEnd),
		Metadata:             subscriptionMetadata(r),
		Expand:               []*string{new("latest_invoice.payment_intent")},
	}
}

// paymentBehavior: a card answers at once, so what it cannot pay is not made. A debit takes days, so its subscription
// must be allowed to wait for it as incomplete, and so must one whose tenant has to come to the bank's page.
func paymentBehavior(r migration.SubscriptionRequest) string {
	if r.Method == queries.PaymentMethodTypeUsBankAccount || r.TenantConfirms {
		return "allow_incomplete"
	}
	return "error_if_incomplete"
}

// prorationBehavior is left to Stripe where the cycle starts now and nothing is to be prorated.
func prorationBehavior(r migration.SubscriptionRequest) *string {
	switch {
	case r.Backdate == nil && r.Anchor == nil:
		return nil
	case r.Prorate:
		return new("create_prorations")
	}
	return new("none")
}

func itemParams(r migration.SubscriptionRequest) []*stripe.SubscriptionItemsParams {
	items := make([]*stripe.SubscriptionItemsParams, len(r.Items))
	for i, item := range r.Items {
		items[i] = &stripe.SubscriptionItemsParams{PriceData: &stripe.SubscriptionItemPriceDataParams{
			Currency:   new(strings.ToLower(r.Currency)),
			Product:    &item.ProductID,
			Recurring:  &stripe.SubscriptionItemPriceDataRecurringParams{Interval: new("month")},
			UnitAmount: &item.AmountMinor,
		}}
	}
	return items
}

// seconds is nil for nil; Stripe has no fractions of a second.
func seconds(t *time.Time) *int64 {
	if t == nil {
		return nil
	}
	return new(t.Unix())
}
