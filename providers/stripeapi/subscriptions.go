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
			Expand:     []*string{new("data.latest_invoice.payment_intent"), new("data.pending_setup_intent")},
		})
		var all []migration.StripeSubscription
		for listed.Next() {
			all = append(all, subscription(listed.Subscription()))
		}
		return all, listed.Err()
	})
}

// Subscription reads one back by its name, whatever its metadata say and whoever's it is by now.
func (c *Client) Subscription(ctx context.Context, id string) (migration.StripeSubscription, error) {
	const op = "read subscription"
	if id == "" {
		return migration.StripeSubscription{}, missing(op, "subscription", id)
	}
	return call(ctx, op, func() (migration.StripeSubscription, error) {
		read, err := c.api.Subscriptions.Get(id, &stripe.SubscriptionParams{
			Params: stripe.Params{Context: ctx},
			Expand: []*string{new("latest_invoice.payment_intent"), new("pending_setup_intent")},
		})
		if err != nil {
			return migration.StripeSubscription{}, err
		}
		return subscription(read), nil
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

// subscription reads one whose latest_invoice.payment_intent was expanded, and perhaps its pending_setup_intent too.
func subscription(s *stripe.Subscription) migration.StripeSubscription {
	return migration.StripeSubscription{
		ID:             s.ID,
		CustomerID:     customerID(s.Customer),
		Status:         queries.SubscriptionStatus(s.Status),
		ReservationID:  idIn(s.Metadata, keyReservation),
		ApprovalID:     idIn(s.Metadata, keyApproval),
		StartedAt:      time.Unix(s.StartDate, 0).UTC(),
		NextChargeAt:   nextCharge(s),
		EndedAt:        moment(s.EndedAt),
		ActionRequired: actionRequired(s), FirstPaymentFailed: firstPaymentFailed(s), ConfirmationFailed: confirmationFailed(s),
	}
}

// moment is nil for Stripe's "never".
func moment(seconds int64) *time.Time {
	if seconds == 0 {
		return nil
	}
	return new(time.Unix(seconds, 0).UTC())
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
	if i := s.PendingSetupIntent; i != nil && i.Status != stripe.SetupIntentStatusSucceeded && !confirmationFailed(s) {
		return true
	}
	return confirming(firstPayment(s))
}

// confirmationFailed: the bank did not take the tenant's confirmation, or somebody withdrew the question.
func confirmationFailed(s *stripe.Subscription) bool {
	i := s.PendingSetupIntent
	return i != nil && (i.Status == stripe.SetupIntentStatusCanceled ||
		(i.Status == stripe.SetupIntentStatusRequiresPaymentMethod && i.LastSetupError != nil))
}

func firstPaymentFailed(s *stripe.Subscription) bool {
	i := firstPayment(s)
	return i != nil && i.Status == stripe.PaymentIntentStatusRequiresPaymentMethod && !confirming(i)
}

// confirming: a charge that the bank wants the tenant for waits as requires_action or, where it was tried without the tenant, as
// failed for that very reason. Stripe's page of the invoice takes the confirmation of both.
func confirming(i *stripe.PaymentIntent) bool {
	if i == nil || i.Status == stripe.PaymentIntentStatusRequiresAction {
		return i != nil
	}
	return i.Status == stripe.PaymentIntentStatusRequiresPaymentMethod && i.LastPaymentError != nil &&
		(i.LastPaymentError.Code == stripe.ErrorCodeAuthenticationRequired || i.LastPaymentError.DeclineCode == "authentication_required")
}

// firstPayment is the charge that an incomplete subscription waits for; nil for every other subscription.
func firstPayment(s *stripe.Subscription) *stripe.PaymentIntent {
	if s.Status != stripe.SubscriptionStatusIncomplete || s.LatestInvoice == nil {
		return nil
	}
	return s.LatestInvoice.PaymentIntent
}
