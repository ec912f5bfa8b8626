package stripefake

func listInvoices(c *call) (any, error) {
	customer := c.p.text("customer")
	if id := c.p.text("subscription"); id != "" {
		sub, err := c.subscriptions.param(id, "subscription")
		if err != nil {
			return nil, err
		}
		if customer == "" {
			customer = sub.Customer
		}
	}
	if customer != "" {
		if _, err := c.customers.param(customer, "customer"); err != nil {
			return nil, err
		}
	}
	return paged(c, c.invoices, customer, func(i invoice) bool {
		return c.p.created(i.Created) && (!c.p.has("status") || i.Status == c.p.text("status")) &&
			(!c.p.has("subscription") || string(i.Subscription) == c.p.text("subscription"))
	})
}

// pageOfLines pages through lines in the order they stand on the invoice.
func pageOfLines(c *call, inv invoice) page[line] {
	out := page[line]{Object: "list", Data: []line{}, URL: c.path}
	limit := 10
	if c.p.has("limit") {
		limit = int(c.p.int("limit"))
	}
	begun := !c.p.has("starting_after")
	for _, l := range inv.Lines.Data {
		if begun && len(out.Data) == limit {
			out.HasMore = true
			break
		}
		if begun {
			out.Data = append(out.Data, l)
		}
		begun = begun || l.ID == c.p.text("starting_after")
	}
	return out
}

func voidInvoice(c *call) (any, error) {
	inv, err := c.invoices.path(c.id, "invoice")
	if err != nil {
		return nil, err
	}
	if inv.Status != "open" && inv.Status != "uncollectible" {
		return nil, badRequest("", "You can only pass in open invoices. This invoice isn't open.")
	}
	if pi, _ := c.paymentIntents.get(string(inv.PaymentIntent)); pi.Status == "processing" {
		return nil, badRequest("invoice_payment_intent_requires_action", "You cannot void this invoice because a payment of it is processing.")
	}
	return c.void(inv), nil
}

// payInvoice tries again now, with another method if one is given.
func payInvoice(c *call) (any, error) {
	inv, err := c.invoices.path(c.id, "invoice")
	if err != nil {
		return nil, err
	}
	if inv.Status == "paid" {
		return nil, badRequest("invoice_already_paid", "Invoice is already paid")
	}
	sub, ok := c.subscriptions.get(string(inv.Subscription))
	if inv.Status != "open" || !ok {
		return nil, badRequest("invoice_not_editable", "You can only pay open invoices. This invoice isn't open.")
	}
	if pi, _ := c.paymentIntents.get(string(inv.PaymentIntent)); pi.Status == "processing" {
		return nil, badRequest("invoice_payment_intent_requires_action", "A payment of this invoice is already processing.")
	}
	if c.p.bool("paid_out_of_band") {
		return c.paidElsewhere(inv), nil
	}
	if id := c.p.text("payment_method"); id != "" {
		if err := c.owns(inv.Customer, id, "payment_method"); err != nil {
			return nil, err
		}
		sub.DefaultPaymentMethod = maybe(id) // only for this attempt: sub is not stored
	}
	pm, has := c.methodToCharge(sub)
	if !has {
		return nil, badRequest("resource_missing", "There is no default_payment_method set on this Customer or Invoice. Please set a default payment method or pass a payment_method.")
	}
	inv = c.collect(inv, sub)
	if v := pm.onCharging(); inv.Status == "open" && v.ruling != underway {
		if v.ruling == challenged {
			v.code, v.decline = "invoice_payment_intent_requires_action", ""
			v.message = "Invoice payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice."
		}
		e := cardError(v)
		e.PaymentMethod = pm
		return nil, e
	}
	return inv, nil
}

// paidElsewhere takes the merchant's word for it: no charge is made, and its
// payment intent is not waited for any more.
func (t *tx) paidElsewhere(inv invoice) invoice {
	if pi, ok := t.paymentIntents.get(string(inv.PaymentIntent)); ok {
		pi.Status, pi.NextAction, pi.CanceledAt = "canceled", nil, maybeInt(t.now)
		t.paymentIntents.put(pi)
	}
	inv.PaidOutOfBand = true
	return t.markPaid(inv)
}
