package stripeapi

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
	"carryover/queries"
)

// Invoices lists all of a subscription's with their payments and charges. Oldest first: Stripe answers the newest first.
func (c *Client) Invoices(ctx context.Context, subscription string) ([]migration.StripeInvoice, error) {
	const op = "list invoices"
	if subscription == "" {
		return nil, missing(op, "subscription", subscription)
	}
	return call(ctx, op, func() ([]migration.StripeInvoice, error) {
		listed := c.api.Invoices.List(&stripe.InvoiceListParams{
			ListParams:   stripe.ListParams{Context: ctx, Limit: new(int64(pageSize))},
			Subscription: &subscription,
			Expand:       []*string{new("data.payment_intent"), new("data.charge")},
		})
		var all []migration.StripeInvoice
		for listed.Next() {
			all = append(all, invoice(listed.Invoice()))
		}
		slices.Reverse(all)
		return all, listed.Err()
	})
}

// invoice reads one whose payment_intent and charge were expanded.
func invoice(i *stripe.Invoice) migration.StripeInvoice {
	read := migration.StripeInvoice{
		ID: i.ID, Status: queries.InvoiceStatus(i.Status), Currency: strings.ToUpper(string(i.Currency)),
		AmountDueMinor: i.AmountDue, AmountPaidMinor: i.AmountPaid, Attempts: int(i.AttemptCount),
		CreditedMinor: i.PostPaymentCreditNotesAmount, PaidElsewhere: i.PaidOutOfBand,
		CreatedAt: time.Unix(i.Created, 0).UTC(), PeriodStart: time.Unix(i.PeriodStart, 0).UTC(), PeriodEnd: time.Unix(i.PeriodEnd, 0).UTC(),
	}
	if i.StatusTransitions != nil {
		read.PaidAt = moment(i.StatusTransitions.PaidAt)
	}
	if i.PaymentIntent != nil {
		read.PaymentIntentID = i.PaymentIntent.ID
		read.Payment, read.Failure = paymentState(i.PaymentIntent)
	}
	if i.Charge != nil {
		read.ChargeID, read.Disputed, read.AmountRefundedMinor = i.Charge.ID, i.Charge.Disputed, i.Charge.AmountRefunded
	}
	if i.LastFinalizationError != nil {
		read.FinalizationFailure = quoted(i.LastFinalizationError)
	}
	return read
}

// paymentState follows https://docs.stripe.com/payments/paymentintents/lifecycle. One that waits for a method and has failed at
// nothing was not tried yet.
func paymentState(i *stripe.PaymentIntent) (migration.PaymentState, string) {
	switch {
	case i.Status == stripe.PaymentIntentStatusSucceeded:
		return migration.PaymentPaid, ""
	case i.Status == stripe.PaymentIntentStatusProcessing:
		return migration.PaymentProcessing, ""
	case confirming(i):
		return migration.PaymentConfirming, "The bank wants its customer to confirm this charge."
	case i.Status == stripe.PaymentIntentStatusRequiresPaymentMethod && i.LastPaymentError != nil:
		return migration.PaymentFailed, declined(i.LastPaymentError)
	}
	return migration.PaymentUntried, ""
}

// Disputes lists those about one charge, oldest first.
func (c *Client) Disputes(ctx context.Context, charge string) ([]migration.StripeDispute, error) {
	const op = "list disputes"
	if charge == "" {
		return nil, missing(op, "charge", charge)
	}
	return call(ctx, op, func() ([]migration.StripeDispute, error) {
		listed := c.api.Disputes.List(&stripe.DisputeListParams{
			ListParams: stripe.ListParams{Context: ctx, Limit: new(int64(pageSize))},
			Charge:     &charge,
		})
		var all []migration.StripeDispute
		for listed.Next() {
			d := listed.Dispute()
			all = append(all, migration.StripeDispute{ID: d.ID, AmountMinor: d.Amount, Currency: strings.ToUpper(string(d.Currency)),
				Reason: strings.ReplaceAll(string(d.Reason), "_", " "), State: disputeState(d.Status)})
		}
		slices.Reverse(all)
		return all, listed.Err()
	})
}

// disputeState follows https://docs.stripe.com/api/disputes/object#dispute_object-status: an inquiry has "warning_" before its
// state and takes nothing; a dispute takes its amount when it opens, and only one that is won brings it back.
func disputeState(status stripe.DisputeStatus) migration.DisputeState {
	switch status {
	case stripe.DisputeStatusWarningNeedsResponse, stripe.DisputeStatusWarningUnderReview:
		return migration.DisputeInquiry
	case stripe.DisputeStatusWarningClosed, stripe.DisputeStatusWon, "prevented":
		return migration.DisputeOver
	default: // needs_response, under_review, lost
		return migration.DisputeWithdrawn
	}
}
