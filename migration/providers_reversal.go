package migration

import (
	"context"

	"github.com/google/uuid"
)

// Reversal is what the rules need of Stripe to take charges back.
type Reversal interface {
	// Refunds lists those of one payment, newest first.
	Refunds(ctx context.Context, paymentIntentID string) ([]StripeRefund, error)
	// Refund gives back all that is left of a payment, under the idempotency key. Stripe never gives back more than was paid.
	Refund(ctx context.Context, key, paymentIntentID string, undo uuid.UUID) (StripeRefund, error)
	// FinalizeInvoice makes a draft an open invoice and lets nobody collect it.
	FinalizeInvoice(ctx context.Context, id string) error
	// VoidInvoice takes an open invoice out of the books for good.
	VoidInvoice(ctx context.Context, id string) error
}

// StripeRefund is money on its way back, or that could not go.
type StripeRefund struct {
	ID          string
	AmountMinor int64
	// Failed is true where the money came back to us: the bank did not take it.
	Failed bool
}
