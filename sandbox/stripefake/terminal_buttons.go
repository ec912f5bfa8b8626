package stripefake

// atWork finds the reader and the intent of its running action.
func (c *call) atWork() (reader, setupIntent, error) {
	r, err := c.readers.path(c.id, "reader")
	if err != nil {
		return r, setupIntent{}, err
	}
	if r.Action == nil || r.Action.Status != "in_progress" {
		return r, setupIntent{}, badRequest("", "The reader is not asking for a card.")
	}
	si, err := c.setupIntents.param(r.Action.ProcessSetupIntent.SetupIntent, "setup_intent")
	return r, si, err
}

// presentCard holds a test card (pm_card_visa unless named) to the reader. The
// method to charge later is generated_card; the intent's own is card_present
// and cannot be charged again. A wallet may give none.
func presentCard(c *call) (any, error) {
	r, si, err := c.atWork()
	if err != nil {
		return nil, err
	}
	card, ok := cardByAlias(c.p.or("card", "pm_card_visa"))
	if !ok {
		return nil, missing("PaymentMethod", c.p.text("card"), "card")
	}
	present := paymentMethod{ID: newID("pm"), Object: "payment_method", AllowRedisplay: "unspecified", Created: c.now, Metadata: map[string]string{}}.withCard(card, params{}, c.now)
	present.Type, present.CardPresent, present.Card = "card_present", present.Card, nil
	if v := card.saving; v.ruling == refused {
		_ = c.failSetup(si, present, cardError(v)) // the reader shows it: the action fails, not this button
		return c.finishAction(r, "failed", v.code, v.message), nil
	}
	generated := ""
	if !c.p.bool("wallet") {
		generated = c.generateCard(si, card)
	}
	c.succeedAtReader(si, present, generated)
	action := *r.Action
	action.ProcessSetupIntent = &processSetupIntent{GeneratedCard: maybe(generated), SetupIntent: si.ID}
	r.Action = &action
	return c.finishAction(r, "succeeded", "", ""), nil
}

func (c *call) generateCard(si setupIntent, card testCard) string {
	pm := paymentMethod{ID: newID("pm"), Object: "payment_method", AllowRedisplay: "always", Created: c.now, Metadata: map[string]string{}}.withCard(card, params{}, c.now)
	pm.hidden.Proven = true // chip and PIN were there
	c.paymentMethods.put(pm)
	if si.Customer != "" {
		c.attach(pm, string(si.Customer))
	}
	return pm.ID
}

// succeedAtReader is succeedSetup without attaching, which card_present cannot be.
func (c *call) succeedAtReader(si setupIntent, present paymentMethod, generated string) {
	c.attempt(&si, present, "succeeded", nil)
	a, _ := c.setupAttempts.get(string(si.LatestAttempt))
	a.PaymentMethodDetails = map[string]any{"type": "card_present", "card_present": map[string]any{"generated_card": maybe(generated)}}
	c.setupAttempts.put(a)
	c.paymentMethods.put(present)
	si.Status, si.PaymentMethod, si.LastSetupError = "succeeded", maybe(present.ID), nil
	c.setupIntents.put(si)
	c.emit("setup_intent.succeeded", si)
}

func (c *call) finishAction(r reader, status, code, message string) reader {
	action := *r.Action
	action.Status, action.FailureCode, action.FailureMessage = status, maybe(code), maybe(message)
	r.Action = &action
	c.readers.put(r)
	c.emit("terminal.reader.action_"+status, r)
	return r
}

func declineAtReader(c *call) (any, error) {
	c.p = params{&node{kids: map[string]*node{"card": {text: "pm_card_chargeDeclined"}}}}
	return presentCard(c)
}

// cancelAtReader is the tenant pressing the red key.
func cancelAtReader(c *call) (any, error) {
	r, _, err := c.atWork()
	if err != nil {
		return nil, err
	}
	return c.finishAction(r, "failed", "customer_canceled", "The customer canceled the transaction."), nil
}

// plug turns the reader on or off; what it was doing fails.
func plug(status string) func(c *call) (any, error) {
	return func(c *call) (any, error) {
		r, err := c.readers.path(c.id, "reader")
		if err != nil {
			return nil, err
		}
		r.Status = status
		c.readers.put(r)
		if status == "offline" && r.Action != nil && r.Action.Status == "in_progress" {
			return c.finishAction(r, "failed", "connection_error", "The reader could not be reached."), nil
		}
		return r, nil
	}
}
