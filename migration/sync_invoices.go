package migration

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// noteInvoices writes down those that are not as they were read last, and answers what is to be told of them. The subscription
// is locked and was found in the state.
func (s *Service) noteInvoices(ctx context.Context, tx pgx.Tx, c billed, invoices []StripeInvoice, in queries.SubscriptionStatus) ([]event, error) {
	rows, err := s.q.SubscriptionInvoiceListBySubscription(ctx, tx, c.row.ID)
	if err != nil {
		return nil, fmt.Errorf("read invoices: %w", err)
	}
	known := make(map[string]*queries.SubscriptionInvoice, len(rows))
	for _, row := range rows {
		known[row.StripeInvoiceID] = row
	}
	var events []event
	first := firstInvoice(invoices)
	for i := range invoices {
		one := &invoices[i]
		put := s.invoiceRow(c, one, first)
		before := known[one.ID]
		if before != nil {
			if before.ReadAt = put.Now; isRead(before, put) {
				continue
			}
		}
		if err := s.q.SubscriptionInvoicePut(ctx, tx, put); err != nil {
			return nil, fmt.Errorf("put invoice %s: %w", one.ID, err)
		}
		events = append(events, c.invoiceEvents(before, one, in)...)
	}
	return events, nil
}

// firstInvoice is the first that asks for money: a trial's and the like ask for none. One that was voided counts only where no
// other came after it.
func firstInvoice(invoices []StripeInvoice) *StripeInvoice {
	var void *StripeInvoice
	for i := range invoices {
		one := &invoices[i]
		switch {
		case one.AmountDueMinor == 0:
		case one.Status != queries.InvoiceStatusVoid:
			return one
		case void == nil:
			void = one
		}
	}
	return void
}

func (s *Service) invoiceRow(c billed, i, first *StripeInvoice) queries.SubscriptionInvoicePutParams {
	failure := i.Failure
	if i.FinalizationFailure != "" {
		failure = i.FinalizationFailure
	}
	return queries.SubscriptionInvoicePutParams{
		ID: ids.New(), SubscriptionID: c.row.ID, StripeInvoiceID: i.ID, StripePaymentIntentID: i.PaymentIntentID, StripeChargeID: i.ChargeID,
		Status: i.Status, Currency: i.Currency, AmountDueMinor: i.AmountDueMinor, AmountPaidMinor: i.AmountPaidMinor,
		AmountRefundedMinor: i.AmountRefundedMinor, PeriodStart: i.PeriodStart, PeriodEnd: i.PeriodEnd, ChargedAt: i.CreatedAt,
		ChargedOn: DateIn(i.CreatedAt, c.zone), PaidAt: i.PaidAt, Attempts: i.Attempts, Failure: failure, First: i == first, Confirming: wantsTenant(*i),
		Now: s.now()}
}

// isRead tells that the row says what was read, so that nothing need be written.
func isRead(row *queries.SubscriptionInvoice, p queries.SubscriptionInvoicePutParams) bool {
	paid := (row.PaidAt == nil) == (p.PaidAt == nil) && (p.PaidAt == nil || row.PaidAt.Equal(*p.PaidAt))
	return paid && row.Status == p.Status && row.StripePaymentIntentID == p.StripePaymentIntentID && row.StripeChargeID == p.StripeChargeID &&
		row.AmountDueMinor == p.AmountDueMinor && row.AmountPaidMinor == p.AmountPaidMinor &&
		row.AmountRefundedMinor == p.AmountRefundedMinor && row.Attempts == p.Attempts && row.Failure == p.Failure && row.First == p.First &&
		(row.ConfirmingSince != nil) == p.Confirming
}

// invoiceEvents tell of an invoice's state and of money that went back.
func (c billed) invoiceEvents(before *queries.SubscriptionInvoice, i *StripeInvoice, in queries.SubscriptionStatus) (events []event) {
	detail := map[string]any{"stripe_invoice_id": i.ID, "amount_due_minor": i.AmountDueMinor, "currency": i.Currency}
	if before == nil || before.Status != i.Status {
		e := c.told("invoice_"+string(i.Status), in)
		e.detail = detail
		events = append(events, e)
	}
	if wants := wantsTenant(*i); wants != (before != nil && before.ConfirmingSince != nil) {
		e := c.told(map[bool]string{true: "confirmation_wanted", false: "confirmation_over"}[wants], in)
		e.detail = detail
		events = append(events, e)
	}
	if i.AmountRefundedMinor > 0 && (before == nil || before.AmountRefundedMinor != i.AmountRefundedMinor) {
		e := c.told("refunded", in)
		e.detail = map[string]any{"stripe_invoice_id": i.ID, "amount_refunded_minor": i.AmountRefundedMinor, "currency": i.Currency}
		events = append(events, e)
	}
	return events
}
