package stripeapi

import (
	"context"

	"github.com/stripe/stripe-go/v76"
)

// EndSubscription cancels at once, without a last invoice and without credit for the time not used. One that is not there (any
// more) has ended.
func (c *Client) EndSubscription(ctx context.Context, id string) error {
	const op = "cancel subscription"
	if id == "" {
		return missing(op, "subscription", id)
	}
	_, err := call(ctx, op, func() (*stripe.Subscription, error) {
		return c.api.Subscriptions.Cancel(id, &stripe.SubscriptionCancelParams{
			Params: stripe.Params{Context: ctx}, InvoiceNow: new(false), Prorate: new(false)})
	})
	if isCode(err, stripe.ErrorCodeResourceMissing) {
		return nil
	}
	return err
}
