package stripefake

import "slices"

func confirmSpec() spec {
	return spec{
		"payment_method": text(), "payment_method_data": hash(methodData()), "mandate_data": hash(mandateSpec()),
		"payment_method_options": hash(spec{
			"card": hash(spec{"request_three_d_secure": oneOf("any", "automatic", "challenge")}),
			"us_bank_account": hash(spec{
				"verification_method": oneOf("automatic", "instant", "microdeposits"),
				"financial_connections": hash(spec{
					"permissions": list(oneOf("balances", "ownership", "payment_method", "transactions")), "prefetch": list(text()),
				}),
			}),
			"card_present": hash(spec{}).clear(),
		}),
		"return_url": text(), "use_stripe_sdk": boolean(), "client_secret": text(), "expand": list(text()),
	}
}

func createSetupIntent(c *call) (any, error) {
	si, err := c.newSetupIntent()
	if err != nil {
		return nil, err
	}
	if c.p.has("mandate_data") && !c.p.bool("confirm") {
		return nil, invalidParam("", "mandate_data", "You can only provide `mandate_data` when creating a SetupIntent if you also set `confirm=true`.")
	}
	if id := c.p.text("payment_method"); id != "" && !c.p.bool("confirm") {
		if si, err = c.choose(si, id); err != nil {
			return nil, err
		}
	}
	c.setupIntents.put(si)
	c.emit("setup_intent.created", si)
	if c.p.bool("confirm") {
		return c.confirm(si)
	}
	return si, nil
}

func (c *call) newSetupIntent() (setupIntent, error) {
	id := newID("seti")
	si := setupIntent{
		ID: id, Object: "setup_intent", ClientSecret: id + "_secret_" + token(24), Created: c.now,
		Description: maybe(c.p.text("description")), Metadata: c.p.metadata(nil),
		PaymentMethodTypes: c.p.texts("payment_method_types"), PaymentMethodOptions: map[string]any{},
		Status: "requires_payment_method", Usage: c.p.or("usage", "off_session"),
	}
	if c.p.has("automatic_payment_methods") || len(si.PaymentMethodTypes) == 0 {
		if c.p.has("payment_method_types") {
			return si, invalidParam("", "payment_method_types", "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.")
		}
		si.AutomaticMethods = &automatic{c.p.at("automatic_payment_methods").or("allow_redirects", "always"), true}
		si.PaymentMethodTypes = []string{"card", "us_bank_account"}
	}
	if id := c.p.text("customer"); id != "" {
		if _, err := c.livingCustomer(id, "customer"); err != nil {
			return si, err
		}
		si.Customer = maybe(id)
	}
	c.noteOptions(&si)
	return si, nil
}

// noteOptions keeps how a bank account is to be verified.
func (c *call) noteOptions(si *setupIntent) {
	if method := c.p.text("payment_method_options", "us_bank_account", "verification_method"); method != "" {
		si.hidden.Verification = method
	}
	options := map[string]any{}
	if slices.Contains(si.PaymentMethodTypes, "card") {
		options["card"] = map[string]any{"mandate_options": nil, "network": nil, "request_three_d_secure": "automatic"}
	}
	if slices.Contains(si.PaymentMethodTypes, "us_bank_account") {
		options["us_bank_account"] = map[string]any{"verification_method": si.verification()}
	}
	si.PaymentMethodOptions = options
}

// choose puts a method into the intent without confirming it.
func (c *call) choose(si setupIntent, id string) (setupIntent, error) {
	pm, err := c.methodFor(si, id)
	if err != nil {
		return si, err
	}
	c.paymentMethods.put(pm)
	si.PaymentMethod, si.Status = maybe(pm.ID), "requires_confirmation"
	return si, nil
}

// methodFor finds a method this intent may use.
func (c *call) methodFor(si setupIntent, id string) (paymentMethod, error) {
	pm, err := c.resolvePaymentMethod(id, "payment_method")
	if err != nil {
		return pm, err
	}
	return pm, si.admits(pm)
}

func (i setupIntent) admits(pm paymentMethod) error {
	switch {
	case !slices.Contains(i.PaymentMethodTypes, pm.Type):
		return badRequest("", "The PaymentMethod provided (%s) is not allowed for this SetupIntent. Please attach a PaymentMethod of one of the following types: %s. Alternatively update the allowed payment_method_types for this SetupIntent to include %q.", pm.Type, orList(i.PaymentMethodTypes), pm.Type).withParam("payment_method")
	case pm.Customer != "" && pm.Customer != i.Customer:
		return badRequest("", "The payment method supplied (%s) belongs to the Customer %s. Please include the Customer in the `customer` parameter on the SetupIntent.", pm.ID, pm.Customer).withParam("payment_method")
	case pm.hidden.Detached:
		return badRequest("", "The provided PaymentMethod cannot be attached. To reuse a PaymentMethod, you must attach it to a Customer first.").withParam("payment_method")
	}
	return nil
}
