package stripefake

import "slices"

// firstPatience is how long Stripe waits for the first payment of an
// incomplete subscription before it expires.
const firstPatience = 23 * 60 * 60

func createSubscription(c *call) (any, error) {
	cus, err := c.livingCustomer(c.p.text("customer"), "customer")
	if err != nil {
		return nil, err
	}
	t, err := c.terms(cus, creationNames)
	if err != nil {
		return nil, err
	}
	if id := c.p.text("default_payment_method"); id != "" {
		if err := c.owns(cus.ID, id, "default_payment_method"); err != nil {
			return nil, err
		}
	}
	sub := c.newSubscription(cus, t)
	lines := sub.lines(t.plan.billed)
	if err := c.payable(sub, totalOf(lines)+cus.Balance); err != nil {
		return nil, err
	}
	return c.start(sub, t, lines), nil
}

func (c *call) newSubscription(cus customer, t terms) subscription {
	sub := subscription{
		ID: newID("sub"), Object: "subscription", AutomaticTax: map[string]bool{"enabled": false},
		BillingCycleAnchor: t.plan.anchor, CollectionMethod: "charge_automatically", Created: c.now,
		Currency: t.items[0].Price.Currency, CurrentPeriodStart: t.plan.periodStart, CurrentPeriodEnd: t.plan.periodEnd,
		Customer: cus.ID, DefaultPaymentMethod: maybe(c.p.text("default_payment_method")),
		Description: maybe(c.p.text("description")), Metadata: c.p.metadata(nil), StartDate: t.plan.start,
		Status: "active", TrialEnd: maybeInt(t.plan.trialEnd),
	}
	if t.plan.trialEnd > 0 {
		sub.Status, sub.TrialStart = "trialing", maybeInt(c.now)
	}
	if c.p.bool("cancel_at_period_end") {
		sub.cancelLater(true, c.now)
	}
	for i := range t.items {
		t.items[i].Subscription = sub.ID
	}
	sub.Items = newSublist(slices.Clone(t.items), "/v1/subscription_items?subscription="+sub.ID)
	return sub
}

// payable refuses, before anything is stored, what must not begin: nobody to
// charge, a bank debit in a foreign currency, and under error_if_incomplete
// anything but a payment.
func (c *call) payable(sub subscription, due int64) error {
	behavior := c.p.or("payment_behavior", "allow_incomplete")
	pm, has := c.methodToCharge(sub)
	if has && pm.Type == "us_bank_account" && sub.Currency != "usd" {
		return badRequest("", "The currency provided (%s) is invalid for payments with us_bank_account. Payments with us_bank_account support the following currencies: usd.", sub.Currency)
	}
	if due <= 0 || behavior == "default_incomplete" {
		return nil
	}
	if !has {
		return badRequest("resource_missing", "This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.")
	}
	v := pm.onCharging()
	if behavior != "error_if_incomplete" || v.ruling == approved || v.ruling == underway {
		return nil
	}
	if v.ruling == challenged && !c.p.bool("off_session") {
		v = verdict{challenged, "subscription_payment_intent_requires_action", "", "Payment for this subscription requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with `subscription.latest_invoice`."}
	}
	e := cardError(v)
	e.PaymentMethod = pm
	return e
}

// start stores the subscription with its prices and its first invoice.
func (c *call) start(sub subscription, t terms, lines []line) subscription {
	for _, item := range t.items {
		c.prices.put(item.Price)
	}
	if cus, ok := c.customers.get(sub.Customer); ok && cus.Currency == "" {
		cus.Currency = maybe(sub.Currency)
		c.customers.put(cus)
	}
	if len(lines) > 0 {
		return c.startWithInvoice(sub, lines)
	}
	sub = c.askToProve(sub)
	c.subscriptions.put(sub)
	c.emit("customer.subscription.created", sub)
	return sub
}

func (c *call) startWithInvoice(sub subscription, lines []line) subscription {
	c.subscriptions.put(sub) // the lines refer to it
	inv := c.finalize(c.draftInvoice(sub, lines, "subscription_create"))
	sub.LatestInvoice = maybe(inv.ID)
	if inv.AmountDue == 0 {
		sub = c.askToProve(sub)
	} else {
		sub.Status, sub.hidden.Expires = "incomplete", c.now+firstPatience
	}
	c.subscriptions.put(sub)
	c.emit("customer.subscription.created", sub)
	if c.p.text("payment_behavior") == "default_incomplete" && inv.AmountDue > 0 {
		c.intendPayment(&inv, sub)
		c.invoices.put(inv)
	} else {
		c.collect(inv, sub)
	}
	sub, _ = c.subscriptions.get(sub.ID)
	return sub
}

// askToProve makes the pending SetupIntent of a start that charges nothing,
// where the bank will want the person before it lets anything be charged.
func (c *call) askToProve(sub subscription) subscription {
	pm, ok := c.methodToCharge(sub)
	if !ok || pm.onCharging().ruling != challenged {
		return sub
	}
	id := newID("seti")
	si := setupIntent{
		ID: id, Object: "setup_intent", ClientSecret: id + "_secret_" + token(24), Created: c.now, Customer: maybe(sub.Customer),
		Metadata: map[string]string{}, PaymentMethodTypes: []string{"card"}, Usage: "off_session",
	}
	sub.PendingSetupIntent = maybe(c.challenge(si, pm).ID)
	return sub
}

// proven lets a subscription go that waited for the person. A method that they
// gave instead of the first one is charged from then on.
func (t *tx) proven(si setupIntent) {
	for _, sub := range t.subscriptions.of(string(si.Customer)) {
		if string(sub.PendingSetupIntent) != si.ID {
			continue
		}
		before := sub
		sub.PendingSetupIntent, sub.DefaultPaymentMethod = "", si.PaymentMethod
		t.subscriptions.put(sub)
		t.emitChange("customer.subscription.updated", before, sub)
	}
}

// methodToCharge is the subscription's own default or else the customer's.
func (t *tx) methodToCharge(sub subscription) (paymentMethod, bool) {
	id := string(sub.DefaultPaymentMethod)
	if id == "" {
		cus, _ := t.customers.get(sub.Customer)
		id = string(cus.InvoiceSettings.DefaultPaymentMethod)
	}
	return t.paymentMethods.get(id)
}
