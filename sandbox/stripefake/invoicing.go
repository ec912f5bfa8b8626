package stripefake

import (
	"fmt"
	"math/big"
	"time"
)

// lines charges every item for every span, spans first, as Stripe orders them.
func (s subscription) lines(billed []span) []line {
	var all []line
	for _, b := range billed {
		for _, item := range s.Items.Data {
			all = append(all, s.line(item, b))
		}
	}
	return all
}

func (s subscription) line(item subscriptionItem, b span) line {
	amount := item.Price.UnitAmount * item.Quantity
	description := fmt.Sprintf("%d × %s (at %s)", item.Quantity, item.Price.Product, item.Price.perInterval())
	switch {
	case b.trial:
		amount, description = 0, "Trial period for "+item.Price.Product
	case b.prorated:
		amount = prorate(amount, item.Price.interval().share(b.start, b.end))
	}
	return line{
		ID: newID("il"), Object: "line_item", Amount: amount, AmountExcludingTax: amount, Currency: s.Currency,
		Description: description, Discountable: !b.prorated, Metadata: s.Metadata, Period: period{b.end, b.start},
		Price: item.Price, Proration: b.prorated, Quantity: item.Quantity, Subscription: maybe(s.ID),
		SubscriptionItem: maybe(item.ID), Type: "subscription",
	}
}

// unusedLines gives back, per item, the part of the period that lies ahead.
func (s subscription) unusedLines(now int64) []line {
	var all []line
	for _, item := range s.Items.Data {
		b := span{start: now, end: s.CurrentPeriodEnd, prorated: true}
		l := s.line(item, b)
		full := s.CurrentPeriodEnd - s.CurrentPeriodStart
		l.Amount = -prorate(item.Price.UnitAmount*item.Quantity, big.NewRat(s.CurrentPeriodEnd-now, full))
		l.AmountExcludingTax = l.Amount
		l.Description = fmt.Sprintf("Unused time on %s after %s", item.Price.Product, time.Unix(now, 0).UTC().Format("02 Jan 2006"))
		all = append(all, l)
	}
	return all
}

func totalOf(lines []line) int64 {
	var total int64
	for _, l := range lines {
		total += l.Amount
	}
	return total
}

// draftInvoice makes an invoice that nothing has happened to yet.
func (t *tx) draftInvoice(sub subscription, lines []line, reason string) invoice {
	inv := t.previewInvoice(sub, lines, reason)
	inv.ID = newID("in")
	for i := range lines {
		lines[i].Invoice = maybe(inv.ID)
	}
	inv.Lines = newSublist(lines, "/v1/invoices/"+inv.ID+"/lines")
	t.invoices.put(inv)
	t.emit("invoice.created", inv)
	return inv
}

// previewInvoice is the invoice without an id, as the upcoming one is shown.
func (t *tx) previewInvoice(sub subscription, lines []line, reason string) invoice {
	cus, _ := t.customers.get(sub.Customer)
	total := totalOf(lines)
	inv := invoice{
		Object: "invoice", AccountCountry: "US", AutoAdvance: true, AutomaticTax: map[string]bool{"enabled": false},
		BillingReason: reason, CollectionMethod: "charge_automatically", Created: t.now, Currency: sub.Currency,
		Customer: sub.Customer, CustomerEmail: cus.Email, CustomerName: cus.Name, CustomerPhone: cus.Phone,
		Metadata: map[string]string{}, PeriodStart: t.now, PeriodEnd: t.now, Status: "draft",
		StartingBalance: cus.Balance, Subscription: maybe(sub.ID), Subtotal: total, Total: total,
		SubscriptionDetails: subscriptionDetails{sub.Metadata},
		Lines:               newSublist(lines, "/v1/invoices/upcoming/lines"),
	}
	inv.AmountDue = max(total+cus.Balance, 0)
	inv.AmountRemaining = inv.AmountDue
	if reason == "subscription_cycle" {
		inv.PeriodStart, inv.PeriodEnd = sub.CurrentPeriodStart, sub.CurrentPeriodEnd
	}
	return inv
}

// finalize numbers the invoice, spends the customer's credit on it, and has it
// paid at once where nothing is left to pay.
func (t *tx) finalize(inv invoice) invoice {
	cus, _ := t.customers.get(inv.Customer)
	inv.Number = maybe(fmt.Sprintf("%s-%04d", cus.InvoicePrefix, cus.NextInvoiceSequence))
	cus.NextInvoiceSequence++
	cus.Balance = min(cus.Balance+inv.Total, 0)
	inv.EndingBalance = &cus.Balance
	t.customers.put(cus)
	inv.Status, inv.StatusTransitions.FinalizedAt, inv.EffectiveAt = "open", maybeInt(t.now), maybeInt(t.now)
	inv.HostedInvoiceURL = maybe(t.opts.PublicURL + "/sandbox/invoices/" + inv.ID)
	t.invoices.put(inv)
	t.emit("invoice.finalized", inv)
	if inv.AmountDue == 0 {
		return t.markPaid(inv)
	}
	return inv
}

// markPaid closes the invoice; its subscription is then in good standing.
func (t *tx) markPaid(inv invoice) invoice {
	inv.Status, inv.Paid, inv.StatusTransitions.PaidAt = "paid", true, maybeInt(t.now)
	inv.AmountPaid, inv.AmountRemaining, inv.NextPaymentAttempt, inv.AutoAdvance = inv.AmountDue, 0, 0, false
	inv.Attempted = true
	t.invoices.put(inv)
	t.emit("invoice.paid", inv)
	t.emit("invoice.payment_succeeded", inv)
	if sub, ok := t.subscriptions.get(string(inv.Subscription)); ok && string(sub.LatestInvoice) == inv.ID {
		t.setStatus(sub, map[string]string{"incomplete": "active", "past_due": "active"}[sub.Status])
	}
	return inv
}

// setStatus tells of the change; an empty status is no change.
func (t *tx) setStatus(sub subscription, status string) {
	if status == "" || status == sub.Status {
		return
	}
	before := sub
	sub.Status = status
	t.subscriptions.put(sub)
	t.emitChange("customer.subscription.updated", before, sub)
}

// void takes an open invoice out of the books for good.
func (t *tx) void(inv invoice) invoice {
	inv.Status, inv.StatusTransitions.VoidedAt = "void", maybeInt(t.now)
	inv.NextPaymentAttempt, inv.AutoAdvance = 0, false
	t.invoices.put(inv)
	if pi, ok := t.paymentIntents.get(string(inv.PaymentIntent)); ok && pi.Status != "succeeded" {
		pi.Status, pi.NextAction, pi.CanceledAt = "canceled", nil, maybeInt(t.now)
		pi.CancellationReason = "void_invoice"
		t.paymentIntents.put(pi)
	}
	t.emit("invoice.voided", inv)
	return inv
}
