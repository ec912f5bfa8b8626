package stripeapi

import (
	"context"
	"time"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
	"carryover/queries"
)

// Subscriptions lists all of a customer's, newest first, from the list and not from the search: the search lags by up to a
// minute, and a second subscription would slip through (https://docs.stripe.com/search#data-freshness).
func (c *Client) Subscriptions(ctx context.Context, customer string) ([]migration.StripeSubscription, error) {
	const op = "list subscriptions"
	if customer == "" {
		return nil, missing(op, "customer", customer)
	}
	return call(ctx, op, func() ([]migration.StripeSubscription, error) {
		listed := c.api.Subscriptions.List(&stripe.SubscriptionListParams{
			ListParams: stripe.ListParams{Context: ctx, Limit: new(int64(pageSize))},
			Customer:   &customer,
			Status:     new("all"),
			Expand:     []*string{new("data.latest_invoice.payment_intent")},
		})
		var all []migration.StripeSubscription
		for listed.Next() {
			all = append(all, subscription(listed.Subscription()))
		}
		return all, listed.Err()
	})
}

// SetSubscriptionMethod lets one be charged to another method of its customer from the next charge on. It charges nothing, and
// changes neither amount nor day.
func (c *Client) SetSubscriptionMethod(ctx context.Context, id, method string) error {
	const op = "set subscription's method"
	if id == "" {
		return missing(op, "subscription", id)
	}
	_, err := call(ctx, op, func() (*stripe.Subscription, error) {
		return c.api.Subscriptions.Update(id, &stripe.SubscriptionParams{Params: stripe.Params{Context: ctx}, DefaultPaymentMethod: &method})
	})
	return err
}

// subscription reads one whose latest_invoice.payment_intent was expanded.
func subscription(s *stripe.Subscription) migration.StripeSubscription {
	return migration.StripeSubscription{
		ID:             s.ID,
		CustomerID:     customerID(s.Customer),
		Status:         queries.SubscriptionStatus(s.Status),
		ReservationID:  idIn(s.Metadata, keyReservation),
		ApprovalID:     idIn(s.Metadata, keyApproval),
		StartedAt:      time.Unix(s.StartDate, 0).UTC(),
		NextChargeAt:   nextCharge(s),
		ActionRequired: actionRequired(s), FirstPaymentFailed: firstPayment(s) == stripe.PaymentIntentStatusRequiresPaymentMethod,
	}
}

// nextCharge is the end of the current period, nil where nothing follows it. With a future anchor or a trial the current
// period ends there.
func nextCharge(s *stripe.Subscription) *time.Time {
	ended := s.Status == stripe.SubscriptionStatusCanceled || s.Status == stripe.SubscriptionStatusIncompleteExpired
	if ended || s.CancelAtPeriodEnd || s.CurrentPeriodEnd == 0 {
		return nil
	}
	return new(time.Unix(s.CurrentPeriodEnd, 0).UTC())
}

// actionRequired: Stripe asks for the tenant in two places. Where nothing is charged at once it is a pending SetupIntent on
// a subscription that looks fine; where the first charge waits for the tenant, it is that charge's PaymentIntent.
func actionRequired(s *stripe.Subscription) bool {
	if s.PendingSetupIntent != nil {
		return true
	}
	return firstPayment(s) == stripe.PaymentIntentStatusRequiresAction
}

// firstPayment is how the charge stands that an incomplete subscription waits for; "" for every other subscription.
func firstPayment(s *stripe.Subscription) stripe.PaymentIntentStatus {
	if s.Status != stripe.SubscriptionStatusIncomplete || s.LatestInvoice == nil || s.LatestInvoice.PaymentIntent == nil {
		return ""
	}
	return s.LatestInvoice.PaymentIntent.Status
}
