package stripefake

// intendPayment gives the invoice its payment intent, one for all attempts.
func (t *tx) intendPayment(inv *invoice, sub subscription) paymentIntent {
	if pi, ok := t.paymentIntents.get(string(inv.PaymentIntent)); ok {
		return pi
	}
	id := newID("pi")
	pi := paymentIntent{
		ID: id, Object: "payment_intent", Amount: inv.AmountDue, CaptureMethod: "automatic", ClientSecret: id + "_secret_" + token(24),
		ConfirmationMethod: "automatic", Created: t.now, Currency: inv.Currency, Customer: inv.Customer,
		Description: "Subscription creation", Invoice: maybe(inv.ID), Metadata: map[string]string{},
		PaymentMethodTypes: []string{"card", "us_bank_account"}, SetupFutureUsage: "off_session", Status: "requires_payment_method",
	}
	if pm, ok := t.methodToCharge(sub); ok {
		pi.PaymentMethod, pi.Status = maybe(pm.ID), "requires_confirmation"
	}
	t.paymentIntents.put(pi)
	inv.PaymentIntent = maybe(pi.ID)
	return pi
}

// collect tries to have the invoice paid by the subscription's method. What
// comes of it stands in the invoice, its payment intent, and the status of the
// subscription; an invoice with nothing to pay is left as it is.
func (t *tx) collect(inv invoice, sub subscription) invoice {
	if inv.Status != "open" {
		return inv
	}
	pi := t.intendPayment(&inv, sub)
	inv.AttemptCount++
	inv.Attempted = true
	pm, ok := t.methodToCharge(sub)
	if !ok {
		pi.Status = "requires_payment_method"
		t.paymentIntents.put(pi)
		return t.unpaid(inv, "invoice.payment_failed")
	}
	pi.PaymentMethod = maybe(pm.ID)
	switch v := pm.onCharging(); v.ruling {
	case approved:
		return t.charged(inv, pi, t.record(&inv, &pi, pm, "succeeded", v))
	case underway:
		return t.debit(inv, pi, pm, sub)
	case challenged:
		return t.requireAction(inv, pi)
	default:
		return t.declinedCharge(inv, pi, pm, v)
	}
}

// record writes the charge of one attempt.
func (t *tx) record(inv *invoice, pi *paymentIntent, pm paymentMethod, status string, v verdict) charge {
	ch := charge{
		ID: newID("ch"), Object: "charge", Amount: pi.Amount, BillingDetails: pm.BillingDetails, Created: t.now, Currency: pi.Currency,
		Customer: pi.Customer, Description: pi.Description, FailureCode: maybe(v.code), FailureMessage: maybe(v.message),
		Invoice: pi.Invoice, Metadata: map[string]string{}, PaymentIntent: maybe(pi.ID), PaymentMethod: pm.ID,
		PaymentMethodDetails: chargeDetails(pm, inv), Status: status,
		Outcome: &outcome{"approved_by_network", "", "Payment complete.", "authorized"},
	}
	if v.ruling == refused {
		ch.Outcome = &outcome{"declined_by_network", maybe(v.decline), "The bank did not return any further details with this decline.", "issuer_declined"}
	}
	ch.settle()
	t.charges.put(ch)
	pi.LatestCharge, inv.Charge = maybe(ch.ID), maybe(ch.ID)
	return ch
}

func chargeDetails(pm paymentMethod, inv *invoice) map[string]any {
	details := map[string]any{}
	switch {
	case pm.Card != nil:
		details = map[string]any{"brand": pm.Card.Brand, "last4": pm.Card.Last4, "exp_month": pm.Card.ExpMonth, "exp_year": pm.Card.ExpYear}
	case pm.USBankAccount != nil:
		details = map[string]any{"bank_name": pm.USBankAccount.BankName, "last4": pm.USBankAccount.Last4, "payment_reference": inv.Number}
	}
	return map[string]any{"type": pm.Type, pm.Type: details}
}

func (t *tx) charged(inv invoice, pi paymentIntent, ch charge) invoice {
	pi.Status, pi.AmountReceived, pi.LastPaymentError, pi.NextAction = "succeeded", pi.Amount, nil, nil
	t.paymentIntents.put(pi)
	t.emit("charge.succeeded", ch)
	t.emit("payment_intent.succeeded", pi)
	return t.markPaid(inv)
}

func (t *tx) requireAction(inv invoice, pi paymentIntent) invoice {
	pi.Status = "requires_action"
	pi.NextAction = &nextAction{Type: "use_stripe_sdk", UseStripeSDK: map[string]any{
		"type": "three_d_secure_redirect", "stripe_js": t.opts.PublicURL + "/sandbox/payment_intents/" + pi.ID + "/bank",
	}}
	t.paymentIntents.put(pi)
	t.emit("payment_intent.requires_action", pi)
	return t.unpaid(inv, "invoice.payment_action_required")
}

func (t *tx) declinedCharge(inv invoice, pi paymentIntent, pm paymentMethod, v verdict) invoice {
	ch := t.record(&inv, &pi, pm, "failed", v)
	e := cardError(v)
	e.Charge, e.PaymentMethod = ch.ID, pm
	pi.Status, pi.PaymentMethod, pi.LastPaymentError = "requires_payment_method", "", e
	t.paymentIntents.put(pi)
	t.emit("charge.failed", ch)
	t.emit("payment_intent.payment_failed", pi)
	return t.unpaid(inv, "invoice.payment_failed")
}

// unpaid leaves the invoice open. A running subscription is then past due and
// the payment is tried three more times, three days apart; a first payment is
// not. What follows the last try is the account's choice.
func (t *tx) unpaid(inv invoice, event string) invoice {
	sub, ok := t.subscriptions.get(string(inv.Subscription))
	running := ok && (sub.Status == "active" || sub.Status == "past_due" || sub.Status == "trialing")
	inv.NextPaymentAttempt = 0
	if running && inv.AttemptCount < 4 {
		inv.NextPaymentAttempt = maybeInt(t.now + 3*day)
	}
	t.invoices.put(inv)
	t.emit(event, inv)
	switch {
	case running && inv.NextPaymentAttempt == 0:
		t.afterLastTry(sub)
	case running:
		t.setStatus(sub, "past_due")
	}
	return inv
}
