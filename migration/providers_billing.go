package migration

import (
	"context"
	"time"

	"carryover/queries"
)

// Billing is what the rules need of Stripe once a subscription exists.
type Billing interface {
	// Invoices lists all of a subscription's, oldest first, each with how its payment stands.
	Invoices(ctx context.Context, subscriptionID string) ([]StripeInvoice, error)
	// EndSubscription ends one at once: nothing more is invoiced and nothing is given back. One that has ended already is no error.
	EndSubscription(ctx context.Context, id string) error
}

// PaymentState is how the payment of an invoice stands where it is neither paid nor waits for its turn.
type PaymentState string

// The states of a payment in our words; Stripe's are in its documentation under "PaymentIntents".
const (
	PaymentUntried    PaymentState = ""
	PaymentProcessing PaymentState = "processing" // a bank takes its days
	PaymentConfirming PaymentState = "confirming" // the tenant's bank wants the tenant
	PaymentFailed     PaymentState = "failed"
	PaymentPaid       PaymentState = "paid"
)

// StripeInvoice is an invoice of a subscription read from Stripe.
type StripeInvoice struct {
	ID                     string
	Status                 queries.InvoiceStatus
	Currency               string
	AmountDueMinor         int64
	AmountPaidMinor        int64
	AmountRefundedMinor    int64
	CreatedAt              time.Time
	PeriodStart, PeriodEnd time.Time
	PaymentIntentID        string
	ChargeID               string
	Disputed               bool
	Payment                PaymentState
}
