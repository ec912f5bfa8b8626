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
	// Disputes lists those about one charge, oldest first.
	Disputes(ctx context.Context, chargeID string) ([]StripeDispute, error)
	// MandateEnded tells whether a mandate allows no debit any more.
	MandateEnded(ctx context.Context, id string) (bool, error)
	// Confirmation reads where and how the tenant confirms what a subscription waits for; a zero one where it waits for nothing.
	Confirmation(ctx context.Context, subscriptionID string) (Confirmation, error)
	// InvoiceConfirmation reads the same of one invoice, of a subscription that runs already; a zero one where it waits for nothing.
	InvoiceConfirmation(ctx context.Context, invoiceID string) (Confirmation, error)
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
	PaidAt                 *time.Time
	// Attempts is how often Stripe tried by its own schedule; what the tenant confirms is no attempt more.
	Attempts        int
	PaymentIntentID string
	ChargeID        string
	Disputed        bool // or asked about: its disputes say which
	// CreditedMinor is what credit notes took off it after it was paid; money that goes back outside of Stripe is noted there as one.
	CreditedMinor int64
	// PaidElsewhere is true where somebody noted at Stripe that it was paid outside of Stripe: there is nothing to refund there.
	PaidElsewhere bool
	Payment       PaymentState
	Failure       string // why the last attempt failed, in plain words
	// FinalizationFailure is why Stripe could not finalize it and therefore charges nothing; "" where it could.
	FinalizationFailure string
}

// StripeDispute is a bank's question about a charge, or the money that it took back.
type StripeDispute struct {
	ID          string
	AmountMinor int64
	Currency    string
	Reason      string
	State       DisputeState
}

// DisputeState is where the money of a dispute is.
type DisputeState string

// The states of a dispute in our words; Stripe's are in its documentation under "The Dispute object".
const (
	DisputeInquiry   DisputeState = "inquiry"   // the bank asks; nothing was taken so far
	DisputeWithdrawn DisputeState = "withdrawn" // the bank took the amount back, for good or until it is decided
	DisputeOver      DisputeState = "over"      // nothing was taken, or it came back
)

// Confirmation is how a tenant answers their bank. Whoever holds the secret or the address answers for the tenant, so neither is
// stored or logged.
type Confirmation struct {
	// Payment is true where a charge waits, false where only the card does.
	Payment      bool
	ClientSecret string
	URL          string // Stripe's own page of the invoice; "" where only the card waits
}
