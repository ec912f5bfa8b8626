package stripefake

// afterwardsButtons are what may happen once a subscription runs, and once a
// method is saved: what the bank, the account's owner or the person does, and
// the merchant learns of by an event.
func afterwardsButtons() []endpoint {
	return []endpoint{
		{pattern: "POST /sandbox/mandates/{id}/revoke", spec: spec{}, act: revokeMandate},
		{pattern: "POST /sandbox/payment_methods/{id}/block", spec: spec{"reason": blockReasons()}, act: blockAccount},
		{pattern: "POST /sandbox/payment_methods/{id}/charging", spec: spec{"answer": oneOf("approve", "decline", "authenticate", "refuse").must()}, act: changeMind},
		{pattern: "POST /sandbox/subscriptions/{id}/cancel", spec: spec{}, act: cancelAtDashboard},
		{pattern: "POST /sandbox/subscriptions/{id}/spoil_next_invoice", spec: spec{}, act: spoilNextInvoice},
	}
}

// blockReasons are Stripe's (us_bank_account.status_details.blocked.reason).
func blockReasons() field {
	return oneOf("bank_account_closed", "bank_account_frozen", "bank_account_invalid_details", "bank_account_restricted",
		"bank_account_unusable", "debit_not_authorized")
}

// revokeMandate is the person telling their bank to allow no more debits.
func revokeMandate(c *call) (any, error) {
	m, err := c.mandates.path(c.id, "mandate")
	if err != nil {
		return nil, err
	}
	if m.Status == "inactive" {
		return nil, badRequest("", "This mandate is inactive already.")
	}
	c.setMandate(m.ID, "inactive")
	return c.mandates.path(c.id, "mandate")
}

type statusDetails struct {
	Blocked *block `json:"blocked,omitempty"`
}

type block struct {
	NetworkCode string `json:"network_code"`
	Reason      string `json:"reason"`
}

// blockAccount is a return that is final: the account takes no debits from
// then on, and its mandates end.
func blockAccount(c *call) (any, error) {
	pm, err := c.paymentMethods.path(c.id, "payment_method")
	if err != nil {
		return nil, err
	}
	if pm.USBankAccount == nil {
		return nil, badRequest("", "Only bank accounts are blocked; this payment method is a %s.", pm.Type)
	}
	account := *pm.USBankAccount
	account.StatusDetails = &statusDetails{&block{"R02", c.p.or("reason", "bank_account_closed")}}
	pm.USBankAccount = &account
	c.paymentMethods.put(pm)
	c.killMandates(pm.ID)
	return pm, nil
}

// changeMind is a bank that will answer charges otherwise from now on. It tells
// nobody: the next charge shows it.
func changeMind(c *call) (any, error) {
	pm, err := c.paymentMethods.path(c.id, "payment_method")
	if err != nil {
		return nil, err
	}
	if pm.Type == "us_bank_account" && c.p.text("answer") == "authenticate" {
		return nil, badRequest("", "Banks do not ask for authentication of a debit.")
	}
	if pm.Type != "us_bank_account" && c.p.text("answer") == "refuse" {
		return nil, badRequest("", "A card declines at once: use decline.")
	}
	pm.hidden.Charging = c.p.text("answer")
	c.paymentMethods.put(pm)
	return pm, nil
}

// changed is what the bank says since it changed its mind; ok is false where it
// has not.
func (m paymentMethod) changed() (v verdict, ok bool) {
	switch m.hidden.Charging {
	case "refuse": // a debit that is not even tried (https://stripe.com/docs/error-codes#charge-exceeds-transaction-limit)
		return verdict{refused, "charge_exceeds_transaction_limit", "", "The requested charge amount exceeds the transaction limit for the account."}, true
	case "approve":
		return verdict{}, true
	case "decline":
		return insufficient, true
	case "authenticate":
		return mustProve, true
	}
	return verdict{}, false
}

// bounce is why a debit of this account comes back; a zero verdict means that
// it does not.
func (m paymentMethod) bounce() verdict {
	if v, changed := m.changed(); changed {
		if v.ruling == refused {
			return bounced("insufficient_funds", "The customer's account has insufficient funds to cover this payment.")
		}
		return v
	}
	account, _ := accountByNumber(m.hidden.Number)
	return account.bounce
}

// cancelAtDashboard is somebody who cancels without asking the program.
func cancelAtDashboard(c *call) (any, error) {
	sub, err := c.subscriptions.path(c.id, "id")
	if err != nil || sub.ended() {
		return nil, notFound("subscription", c.id, "id")
	}
	sub.CancellationDetails.Reason = "cancellation_requested"
	return c.end(sub, "canceled"), nil
}

// spoilNextInvoice lets the next renewal's invoice stay a draft that Stripe
// cannot finalize, as a tax that cannot be worked out does.
func spoilNextInvoice(c *call) (any, error) {
	sub, err := c.subscriptions.path(c.id, "id")
	if err != nil || sub.ended() {
		return nil, notFound("subscription", c.id, "id")
	}
	sub.hidden.Spoiled = true
	c.subscriptions.put(sub)
	return sub, nil
}

// refuseToFinalize leaves the invoice a draft. Nothing happens to it by itself
// any more (https://stripe.com/docs/api/events/types#event_types-invoice.finalization_failed).
func (t *tx) refuseToFinalize(inv invoice) {
	e := badRequest("customer_tax_location_invalid", "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.")
	inv.LastFinalizationError, inv.AutoAdvance = e, false
	t.invoices.put(inv)
	t.emit("invoice.finalization_failed", inv)
}

// finalizeInvoice is the merchant trying again after it was mended. With
// auto_advance=false the invoice is open and nobody collects it.
func finalizeInvoice(c *call) (any, error) {
	inv, err := c.invoices.path(c.id, "id")
	if err != nil {
		return nil, err
	}
	sub, ok := c.subscriptions.get(string(inv.Subscription))
	if inv.Status != "draft" || !ok {
		return nil, badRequest("invoice_not_editable", "This invoice is already finalized, you can't re-finalize a non-draft invoice.")
	}
	inv.LastFinalizationError, inv.AutoAdvance = nil, !c.p.has("auto_advance") || c.p.bool("auto_advance")
	if !inv.AutoAdvance {
		return c.finalize(inv), nil
	}
	return c.collect(c.finalize(inv), sub), nil
}

// afterLastTry is what the account's settings say about a subscription whose
// invoice nobody could collect (Options.AfterRetries).
func (t *tx) afterLastTry(sub subscription) {
	switch t.opts.AfterRetries {
	case "cancel":
		sub.CancellationDetails.Reason = "payment_failed"
		t.end(sub, "canceled")
	case "unpaid":
		t.setStatus(sub, "unpaid")
	default:
		t.setStatus(sub, "past_due")
	}
}
