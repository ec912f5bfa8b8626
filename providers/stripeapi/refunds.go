package stripeapi

import (
	"context"

	"github.com/google/uuid"
	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
)

// Refunds lists those of one payment, newest first, whoever made them.
func (c *Client) Refunds(ctx context.Context, payment string) ([]migration.StripeRefund, error) {
	const op = "list refunds"
	if payment == "" {
		return nil, missing(op, "payment_intent", payment)
	}
	return call(ctx, op, func() ([]migration.StripeRefund, error) {
		listed := c.api.Refunds.List(&stripe.RefundListParams{
			ListParams:    stripe.ListParams{Context: ctx, Limit: new(int64(pageSize))},
			PaymentIntent: &payment,
		})
		var all []migration.StripeRefund
		for listed.Next() {
			all = append(all, refund(listed.Refund()))
		}
		return all, listed.Err()
	})
}

// Refund names no amount: Stripe then gives back what is left, and refuses where nothing is. So the same request, made again after
// Stripe has forgotten its key, can never give back twice (https://docs.stripe.com/api/refunds/create).
func (c *Client) Refund(ctx context.Context, key, payment string, undo uuid.UUID) (migration.StripeRefund, error) {
	const op = "refund"
	if payment == "" {
		return migration.StripeRefund{}, missing(op, "payment_intent", payment)
	}
	return callOnce(ctx, op, key, func() (migration.StripeRefund, error) {
		made, err := c.api.Refunds.New(&stripe.RefundParams{
			Params:        stripe.Params{Context: ctx, IdempotencyKey: &key},
			PaymentIntent: &payment,
			Reason:        new(string(stripe.RefundReasonRequestedByCustomer)),
			Metadata:      map[string]string{keyUndo: undo.String()},
		})
		if err != nil {
			return migration.StripeRefund{}, err
		}
		return refund(made), nil
	})
}

// refund: a bank takes its days over money that goes back, and may not take it at all.
func refund(r *stripe.Refund) migration.StripeRefund {
	failed := r.Status == stripe.RefundStatusFailed || r.Status == stripe.RefundStatusCanceled
	return migration.StripeRefund{ID: r.ID, AmountMinor: r.Amount, Failed: failed}
}

// FinalizeInvoice does not let Stripe collect it by itself. Only a draft can be finalized.
func (c *Client) FinalizeInvoice(ctx context.Context, id string) error {
	const op = "finalize invoice"
	if id == "" {
		return missing(op, "invoice", id)
	}
	_, err := call(ctx, op, func() (*stripe.Invoice, error) {
		return c.api.Invoices.FinalizeInvoice(id, &stripe.InvoiceFinalizeInvoiceParams{
			Params: stripe.Params{Context: ctx}, AutoAdvance: new(false)})
	})
	return err
}

// VoidInvoice is refused by Stripe for an invoice that is a draft, paid, or void.
func (c *Client) VoidInvoice(ctx context.Context, id string) error {
	const op = "void invoice"
	if id == "" {
		return missing(op, "invoice", id)
	}
	_, err := call(ctx, op, func() (*stripe.Invoice, error) {
		return c.api.Invoices.VoidInvoice(id, &stripe.InvoiceVoidInvoiceParams{Params: stripe.Params{Context: ctx}})
	})
	return err
}
