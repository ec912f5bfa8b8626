package stripefake

// debitDays is how long a bank takes over a debit
// (https://stripe.com/docs/payments/ach-debit).
const debitDays = 4

func (ch *charge) settle() {
	if ch.Status == "succeeded" {
		ch.Paid, ch.Captured, ch.AmountCaptured = true, true, ch.Amount
	}
}

// debit asks the bank, which answers after some days; until then the
// subscription is what Options.BankStart says.
func (t *tx) debit(inv invoice, pi paymentIntent, pm paymentMethod, sub subscription) invoice {
	ch := t.record(&inv, &pi, pm, "pending", verdict{})
	pi.Status, pi.LastPaymentError = "processing", nil
	inv.NextPaymentAttempt = 0 // this attempt has yet to end
	if account, _ := accountByNumber(pm.hidden.Number); !account.stuck {
		pi.hidden.SettleAt = addBusinessDays(t.now, debitDays)
	}
	t.paymentIntents.put(pi)
	t.invoices.put(inv)
	t.emit("charge.pending", ch)
	t.emit("payment_intent.processing", pi)
	if sub.Status == "incomplete" && t.opts.BankStart != "incomplete" {
		t.setStatus(sub, "active")
	}
	return inv
}

// settle ends a bank debit: paid, or returned by the bank.
func (t *tx) settle(pi paymentIntent) {
	ch, _ := t.charges.get(string(pi.LatestCharge))
	pm, _ := t.paymentMethods.get(ch.PaymentMethod)
	inv, _ := t.invoices.get(string(pi.Invoice))
	account, _ := accountByNumber(pm.hidden.Number)
	if v := pm.bounce(); v.ruling == refused {
		t.returned(inv, pi, ch, v)
		return
	}
	ch.Status = "succeeded"
	ch.settle()
	t.charges.put(ch)
	t.charged(inv, pi, ch)
	if account.disputed {
		t.dispute(ch, "debit_not_authorized")
	}
}

func (t *tx) returned(inv invoice, pi paymentIntent, ch charge, v verdict) {
	ch.Status, ch.FailureCode, ch.FailureMessage = "failed", maybe(v.code), maybe(v.message)
	ch.Outcome = &outcome{"declined_by_network", maybe(v.code), v.message, "issuer_declined"}
	t.charges.put(ch)
	e := cardError(verdict{refused, "payment_intent_payment_attempt_failed", v.code, v.message})
	e.Charge = ch.ID
	pi.Status, pi.PaymentMethod, pi.LastPaymentError = "requires_payment_method", "", e
	t.paymentIntents.put(pi)
	t.emit("charge.failed", ch)
	t.emit("payment_intent.payment_failed", pi)
	t.unpaid(inv, "invoice.payment_failed")
}

// authenticatePayment is the person at their bank's page, for a subscription
// whose first or next charge the bank wants them for.
func authenticatePayment(c *call) (any, error) {
	pi, err := c.paymentIntents.path(c.id, "intent")
	if err != nil {
		return nil, err
	}
	if pi.Status != "requires_action" {
		return nil, badRequest("payment_intent_unexpected_state", "This PaymentIntent does not wait for authentication: its status is %s.", pi.Status)
	}
	pm, _ := c.paymentMethods.get(string(pi.PaymentMethod))
	inv, _ := c.invoices.get(string(pi.Invoice))
	pi.NextAction = nil
	if c.p.text("outcome") == "fail" {
		c.declinedCharge(inv, pi, pm, verdict{refused, "payment_intent_authentication_failure", "", "The provided PaymentMethod has failed authentication."})
	} else {
		c.charged(inv, pi, c.record(&inv, &pi, pm, "succeeded", verdict{}))
	}
	return c.paymentIntents.path(c.id, "intent")
}
