package stripefake

func attachPaymentMethod(c *call) (any, error) {
	cus, err := c.livingCustomer(c.p.text("customer"), "customer")
	if err != nil {
		return nil, err
	}
	pm, err := c.resolvePaymentMethod(c.id, "")
	if err != nil {
		return nil, notFound("PaymentMethod", c.id, "payment_method")
	}
	if err := attachable(pm, cus.ID); err != nil {
		return nil, err
	}
	return c.attach(pm, cus.ID), nil
}

// attachable asks the card's bank, as Stripe does whenever a method is saved.
func attachable(pm paymentMethod, customer string) error {
	switch {
	case string(pm.Customer) == customer:
		return nil
	case pm.Customer != "":
		return badRequest("", "The payment method you provided has already been attached to a customer.").withParam("payment_method")
	case pm.hidden.Detached:
		return badRequest("", "This PaymentMethod was previously used without being attached to a Customer or was detached from a Customer, and may not be used again.").withParam("payment_method")
	case pm.Type == "us_bank_account" && !pm.hidden.Verified:
		return badRequest("", "The payment method you provided must be verified before it can be attached to a customer. Use a SetupIntent to verify it.").withParam("payment_method")
	case pm.Type == "card_present":
		return badRequest("", "PaymentMethods of type card_present cannot be attached to a customer; use its generated_card.").withParam("payment_method")
	}
	if v := pm.onSaving(); v.ruling == refused {
		return cardError(v)
	}
	return nil
}

// attach makes the method the customer's and tells so. A method that already
// is theirs stays as it is.
func (t *tx) attach(pm paymentMethod, customer string) paymentMethod {
	if string(pm.Customer) == customer {
		return pm
	}
	pm.Customer = maybe(customer)
	if pm.Card != nil && pm.Card.Checks.CVCCheck == "unchecked" {
		checked := *pm.Card
		checked.Checks.CVCCheck = "pass"
		pm.Card = &checked
	}
	t.paymentMethods.put(pm)
	t.emit("payment_method.attached", pm)
	return pm
}

func detachPaymentMethod(c *call) (any, error) {
	pm, err := c.paymentMethods.path(c.id, "payment_method")
	if err != nil {
		return nil, err
	}
	if pm.Customer == "" {
		return nil, badRequest("", "The payment method you provided is not attached to a customer so detachment is impossible.").withParam("payment_method")
	}
	return c.detach(pm), nil
}

// detach is final. Subscriptions that charged the method are left without one.
func (t *tx) detach(pm paymentMethod) paymentMethod {
	if cus, ok := t.customers.get(string(pm.Customer)); ok && string(cus.InvoiceSettings.DefaultPaymentMethod) == pm.ID {
		cus.InvoiceSettings.DefaultPaymentMethod = ""
		t.customers.put(cus)
	}
	for _, sub := range t.subscriptions.of(string(pm.Customer)) {
		if string(sub.DefaultPaymentMethod) == pm.ID {
			sub.DefaultPaymentMethod = ""
			t.subscriptions.put(sub)
		}
	}
	pm.Customer, pm.hidden.Detached = "", true
	t.paymentMethods.put(pm)
	t.emit("payment_method.detached", pm)
	return pm
}

// owns checks that a method to be charged by default is the customer's.
func (t *tx) owns(customer, id, param string) error {
	pm, err := t.paymentMethods.param(id, param)
	if err != nil {
		return err
	}
	if string(pm.Customer) != customer {
		return badRequest("resource_missing", "The customer does not have a payment method with the ID %s. The payment method must be attached to the customer.", id).withParam(param)
	}
	return nil
}

// onSaving is what the bank says to the card being kept for later.
func (m paymentMethod) onSaving() verdict {
	card, _ := cardByNumber(m.hidden.Number)
	if card.saving.ruling == challenged && m.hidden.Proven {
		return verdict{}
	}
	return card.saving
}

// onCharging is what the bank says to a charge while the person is away.
func (m paymentMethod) onCharging() verdict {
	v, changed := m.changed()
	if m.Type == "us_bank_account" && m.hidden.Charging != "refuse" {
		return verdict{ruling: underway}
	}
	if changed {
		return v
	}
	card, _ := cardByNumber(m.hidden.Number)
	if card.saving.ruling == challenged && card.charging.ruling == approved && !m.hidden.Proven {
		return mustProve
	}
	return card.charging
}
