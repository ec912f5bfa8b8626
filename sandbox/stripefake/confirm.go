package stripefake

import "errors"

type setupAttempt struct {
	ID                   string         `json:"id"`
	Object               string         `json:"object"`
	AttachToSelf         bool           `json:"attach_to_self"`
	Created              int64          `json:"created"`
	Customer             maybe          `json:"customer"`
	Livemode             bool           `json:"livemode"`
	PaymentMethod        maybe          `json:"payment_method"`
	PaymentMethodDetails map[string]any `json:"payment_method_details"`
	SetupError           *apiError      `json:"setup_error"`
	SetupIntent          string         `json:"setup_intent"`
	Status               string         `json:"status"`
	Usage                string         `json:"usage"`
}

// ident groups attempts by their intent, the only way they are listed.
func (a setupAttempt) ident() (id, group string) { return a.ID, a.SetupIntent }

func listSetupAttempts(c *call) (any, error) {
	id := c.p.text("setup_intent")
	if _, err := c.setupIntents.param(id, "setup_intent"); err != nil {
		return nil, err
	}
	return paged(c, c.setupAttempts, id, func(a setupAttempt) bool { return c.p.created(a.Created) })
}

func confirmSetupIntent(c *call) (any, error) {
	si, err := c.setupIntents.path(c.id, "intent")
	if err != nil {
		return nil, err
	}
	if !si.open() && (si.Status != "requires_action" || si.hidden.Deadline > 0) {
		return nil, si.wrongState("confirm")
	}
	return c.confirm(si)
}

// confirm tries to save the chosen method: succeeded, a challenge for the
// person, or a decline, which is HTTP 402 and leaves the intent open.
func (c *call) confirm(si setupIntent) (any, error) {
	pm, err := c.methodToConfirm(si)
	if err != nil {
		return nil, err
	}
	c.noteOptions(&si)
	if pm.Type == "us_bank_account" {
		return c.confirmBank(si, pm)
	}
	if pm.Type == "card_present" {
		return nil, badRequest("", "A SetupIntent with card_present is confirmed by a reader: use process_setup_intent.").withParam("payment_method")
	}
	c.paymentMethods.put(pm)
	switch v := pm.onSaving(); v.ruling {
	case refused:
		return nil, c.failSetup(si, pm, cardError(v))
	case challenged:
		return c.challenge(si, pm), nil
	default:
		return c.succeedSetup(si, pm), nil
	}
}

func (c *call) methodToConfirm(si setupIntent) (paymentMethod, error) {
	if c.p.has("payment_method_data") {
		pm, err := c.newPaymentMethod(c.p.at("payment_method_data"), "payment_method_data")
		if err != nil {
			return pm, c.attributed(err, si)
		}
		return pm, si.admits(pm)
	}
	id := c.p.or("payment_method", string(si.PaymentMethod))
	if id == "" {
		e := badRequest("parameter_missing", "You cannot confirm this SetupIntent because it's missing a payment method. You can either update the SetupIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.")
		e.SetupIntent = si
		return paymentMethod{}, e
	}
	return c.methodFor(si, id)
}

// attributed shows the intent beside a refusal of typed-in card data.
func (c *call) attributed(err error, si setupIntent) error {
	var e *apiError
	if errors.As(err, &e) && e.Type == "card_error" {
		e.SetupIntent = si
	}
	return err
}

// attempt records one try of an intent; a try that goes on is updated in place.
func (t *tx) attempt(si *setupIntent, pm paymentMethod, status string, failure *apiError) {
	a := setupAttempt{
		ID: newID("setatt"), Object: "setup_attempt", Created: t.now, Customer: si.Customer,
		SetupIntent: si.ID, Usage: si.Usage, PaymentMethodDetails: attemptDetails(pm),
	}
	if last, ok := t.setupAttempts.get(string(si.LatestAttempt)); ok && last.Status == "requires_action" {
		a = last
	}
	a.Status, a.SetupError, a.PaymentMethod = status, failure, maybe(pm.ID)
	t.setupAttempts.put(a)
	si.LatestAttempt = maybe(a.ID)
}

func attemptDetails(pm paymentMethod) map[string]any {
	kind := map[string]any{}
	if pm.Card != nil {
		kind["brand"], kind["last4"] = pm.Card.Brand, pm.Card.Last4
	}
	return map[string]any{"type": pm.Type, pm.Type: kind}
}

// succeedSetup makes the method the customer's, where there is one.
func (t *tx) succeedSetup(si setupIntent, pm paymentMethod) setupIntent {
	t.attempt(&si, pm, "succeeded", nil)
	si.Status, si.NextAction, si.LastSetupError = "succeeded", nil, nil
	si.PaymentMethod = maybe(pm.ID)
	si.hidden.Deadline = 0
	if si.Customer != "" {
		pm = t.attach(pm, string(si.Customer))
	}
	t.paymentMethods.put(pm)
	t.setupIntents.put(si)
	t.emit("setup_intent.succeeded", si)
	t.proven(si)
	return si
}

// failSetup leaves the intent open for another method and answers the failure.
func (t *tx) failSetup(si setupIntent, pm paymentMethod, e *apiError) *apiError {
	inner := *e
	inner.PaymentMethod = pm
	t.attempt(&si, pm, "failed", &inner)
	si.Status, si.NextAction, si.PaymentMethod = "requires_payment_method", nil, ""
	si.LastSetupError = &inner
	si.hidden.Deadline = 0
	t.setupIntents.put(si)
	t.emit("setup_intent.setup_failed", si)
	e.SetupIntent = si
	return e
}

// challenge asks the person to prove who they are. With a return_url they are
// sent to the bank's page, otherwise Stripe.js shows it.
func (c *call) challenge(si setupIntent, pm paymentMethod) setupIntent {
	page := c.opts.PublicURL + "/sandbox/setup_intents/" + si.ID + "/bank"
	action := &nextAction{Type: "use_stripe_sdk", UseStripeSDK: map[string]any{
		"type": "three_d_secure_redirect", "stripe_js": page, "source": newID("src"),
	}}
	si.hidden.ReturnURL = c.p.text("return_url")
	if back := si.hidden.ReturnURL; back != "" {
		action = &nextAction{Type: "redirect_to_url", RedirectToURL: &redirect{ReturnURL: maybe(back), URL: page}}
	}
	c.attempt(&si, pm, "requires_action", nil)
	si.Status, si.PaymentMethod, si.NextAction, si.LastSetupError = "requires_action", maybe(pm.ID), action, nil
	c.setupIntents.put(si)
	c.emit("setup_intent.requires_action", si)
	return si
}

// authenticate is what the person does at their bank's page: outcome succeed or fail.
func authenticate(c *call) (any, error) {
	si, err := c.setupIntents.path(c.id, "intent")
	if err != nil {
		return nil, err
	}
	if si.Status != "requires_action" || si.hidden.Deadline > 0 {
		return nil, si.wrongState("authenticate")
	}
	pm, err := c.paymentMethods.param(string(si.PaymentMethod), "payment_method")
	if err != nil {
		return nil, err
	}
	if c.p.text("outcome") == "fail" {
		e := badRequest("setup_intent_authentication_failure", "We are unable to authenticate your payment method. Please choose a different payment method and try again.")
		_ = c.failSetup(si, pm, e) // the button itself worked: it answers the intent
		return c.setupIntents.path(c.id, "intent")
	}
	pm.hidden.Proven = true
	return c.succeedSetup(si, pm), nil
}
