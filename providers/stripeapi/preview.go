package stripeapi

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
	"carryover/money"
)

const opPreview = "preview subscription"

// UpcomingInvoice asks Stripe for the first invoice that the subscription would have; nil where Stripe knows of none. It makes
// nothing, tries no charge, and does not look at the payment method.
//
// The endpoint answers the next invoice, whenever that is (https://docs.stripe.com/api/invoices/upcoming). [INF] Where
// the first cycle begins at a future anchor without proration, or after a trial, creating makes no invoice or one of
// zero, and the preview may show the invoice of the first cycle instead. That one is told from an invoice of today by
// its lines: a month is billed in advance, so every line's period begins at the anchor or later. It is answered as Later.
// Where a line begins before, the invoice is of today and its whole amount_due counts: what Stripe adds, a balance or a
// tax, then shows as a difference from what staff confirmed.
func (c *Client) UpcomingInvoice(ctx context.Context, r migration.SubscriptionRequest) (*migration.UpcomingInvoice, error) {
	invoice, err := call(ctx, opPreview, func() (*stripe.Invoice, error) {
		p := previewParams(r)
		p.Context = ctx
		return c.api.Invoices.Upcoming(p)
	})
	switch {
	case isCode(err, stripe.ErrorCodeInvoiceUpcomingNone):
		return nil, nil
	case err != nil:
		return nil, err
	case !strings.EqualFold(string(invoice.Currency), r.Currency):
		return nil, refused(opPreview, "currency_mismatch",
			fmt.Sprintf("Stripe would charge in %q, and the quote is in %q.", invoice.Currency, r.Currency))
	}
	return &migration.UpcomingInvoice{Due: money.Money{Minor: invoice.AmountDue, Currency: r.Currency}, Later: isLater(invoice, r),
		Lines: upcomingLines(invoice, r.Currency)}, nil
}

func upcomingLines(invoice *stripe.Invoice, currency string) (lines []migration.UpcomingLine) {
	if invoice.Lines == nil {
		return nil
	}
	for _, line := range invoice.Lines.Data {
		read := migration.UpcomingLine{Description: line.Description, Amount: money.Money{Minor: line.Amount, Currency: currency}}
		if line.Price != nil && line.Price.Product != nil {
			read.ProductID = line.Price.Product.ID
		}
		if line.Period != nil {
			read.From, read.Until = time.Unix(line.Period.Start, 0).UTC(), time.Unix(line.Period.End, 0).UTC()
		}
		lines = append(lines, read)
	}
	return lines
}

// isLater is true for the invoice of a first cycle that is still to come.
func isLater(invoice *stripe.Invoice, r migration.SubscriptionRequest) bool {
	begins := firstCycle(r)
	if begins == nil || invoice.Lines == nil || len(invoice.Lines.Data) == 0 {
		return false
	}
	for _, line := range invoice.Lines.Data {
		if line.Period == nil || line.Period.Start < *begins {
			return false
		}
	}
	return true
}

// firstCycle is when the first full month begins, nil where that is at once. A trial ends before the anchor counts.
func firstCycle(r migration.SubscriptionRequest) *int64 {
	if r.TrialEnd != nil {
		return seconds(r.TrialEnd)
	}
	return seconds(r.Anchor)
}

func previewParams(r migration.SubscriptionRequest) *stripe.InvoiceUpcomingParams {
	return &stripe.InvoiceUpcomingParams{
		Customer:                       &r.CustomerID,
		Currency:                       new(strings.ToLower(r.Currency)),
		SubscriptionItems:              itemParams(r),
		SubscriptionStartDate:          seconds(r.Backdate),
		SubscriptionBillingCycleAnchor: seconds(r.Anchor),
		SubscriptionProrationBehavior:  prorationBehavior(r),
		SubscriptionTrialEnd:           seconds(r.TrialEnd),
	}
}
