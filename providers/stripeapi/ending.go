package stripeapi

import (
	"context"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
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

// Confirmation reads what the tenant's browser confirms with Stripe.js, and Stripe's page that takes the same.
func (c *Client) Confirmation(ctx context.Context, subscription string) (migration.Confirmation, error) {
	const op = "read confirmation"
	if subscription == "" {
		return migration.Confirmation{}, missing(op, "subscription", subscription)
	}
	return call(ctx, op, func() (migration.Confirmation, error) {
		s, err := c.api.Subscriptions.Get(subscription, &stripe.SubscriptionParams{
			Params: stripe.Params{Context: ctx},
			Expand: []*string{new("latest_invoice.payment_intent"), new("pending_setup_intent")},
		})
		if err != nil || !actionRequired(s) {
			return migration.Confirmation{}, err
		}
		if i := firstPayment(s); confirming(i) {
			return migration.Confirmation{Payment: true, ClientSecret: i.ClientSecret, URL: s.LatestInvoice.HostedInvoiceURL}, nil
		}
		return migration.Confirmation{ClientSecret: s.PendingSetupIntent.ClientSecret}, nil
	})
}

// InvoiceConfirmation reads the same of a later invoice. One that is paid, void or refused waits for nothing.
func (c *Client) InvoiceConfirmation(ctx context.Context, invoice string) (migration.Confirmation, error) {
	const op = "read invoice's confirmation"
	if invoice == "" {
		return migration.Confirmation{}, missing(op, "invoice", invoice)
	}
	return call(ctx, op, func() (migration.Confirmation, error) {
		i, err := c.api.Invoices.Get(invoice, &stripe.InvoiceParams{
			Params: stripe.Params{Context: ctx}, Expand: []*string{new("payment_intent")}})
		if err != nil || i.Status != stripe.InvoiceStatusOpen || !confirming(i.PaymentIntent) {
			return migration.Confirmation{}, err
		}
		return migration.Confirmation{Payment: true, ClientSecret: i.PaymentIntent.ClientSecret, URL: i.HostedInvoiceURL}, nil
	})
}

// MandateEnded tells whether a mandate is inactive. One that is pending waits for the account to be verified.
func (c *Client) MandateEnded(ctx context.Context, id string) (bool, error) {
	const op = "read mandate"
	if id == "" {
		return false, missing(op, "mandate", id)
	}
	return call(ctx, op, func() (bool, error) {
		m, err := c.api.Mandates.Get(id, &stripe.MandateParams{Params: stripe.Params{Context: ctx}})
		if err != nil {
			return false, err
		}
		return m.Status == stripe.MandateStatusInactive, nil
	})
}
