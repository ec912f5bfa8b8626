package stripefake

func cancellationSpec() spec {
	return spec{
		"comment": text().clear(),
		"feedback": oneOf("customer_service", "low_quality", "missing_features", "other", "switched_service",
			"too_complex", "too_expensive", "unused").clear(),
	}
}

func (s *subscription) cancelLater(yes bool, now int64) {
	s.CancelAtPeriodEnd, s.CancelAt, s.CanceledAt = yes, 0, 0
	s.CancellationDetails.Reason = ""
	if yes {
		s.CancelAt, s.CanceledAt = maybeInt(s.CurrentPeriodEnd), maybeInt(now)
		s.CancellationDetails.Reason = "cancellation_requested"
	}
}

// cancelSubscription ends it now. prorate credits the time not used; with
// invoice_now the credit is invoiced at once, into the customer's balance.
// Money that was taken is not given back: that is a refund.
func cancelSubscription(c *call) (any, error) {
	sub, err := c.subscriptions.path(c.id, "id")
	if err != nil || sub.ended() {
		return nil, notFound("subscription", c.id, "id")
	}
	sub.CancellationDetails = cancellation{
		Comment:  maybe(c.p.text("cancellation_details", "comment")),
		Feedback: maybe(c.p.text("cancellation_details", "feedback")), Reason: "cancellation_requested",
	}
	if c.p.bool("prorate") && c.p.bool("invoice_now") && sub.Status == "active" {
		inv := c.draftInvoice(sub, sub.unusedLines(c.now), "subscription_update")
		inv = c.collect(c.finalize(inv), sub)
		sub.LatestInvoice = maybe(inv.ID)
	}
	return c.end(sub, "canceled"), nil
}

// end stops a subscription. An invoice that never got its first payment is
// void; other open invoices stay, but nobody tries to collect them again.
func (t *tx) end(sub subscription, status string) subscription {
	first := sub.Status == "incomplete"
	sub.Status, sub.EndedAt = status, maybeInt(t.now)
	if sub.CanceledAt == 0 && status == "canceled" {
		sub.CanceledAt = maybeInt(t.now)
	}
	t.subscriptions.put(sub)
	for _, inv := range t.invoices.of(sub.Customer) {
		switch {
		case string(inv.Subscription) != sub.ID || inv.Status != "open":
		case first:
			t.void(inv)
		default:
			inv.NextPaymentAttempt, inv.AutoAdvance = 0, false
			t.invoices.put(inv)
		}
	}
	if status == "canceled" {
		t.emit("customer.subscription.deleted", sub)
	} else {
		t.emit("customer.subscription.updated", sub)
	}
	return sub
}
