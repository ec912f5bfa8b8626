package stripefake

import "math"

type dispute struct {
	ID                 string            `json:"id"`
	Object             string            `json:"object"`
	Amount             int64             `json:"amount"`
	Charge             string            `json:"charge"`
	Created            int64             `json:"created"`
	Currency           string            `json:"currency"`
	IsChargeRefundable bool              `json:"is_charge_refundable"`
	Livemode           bool              `json:"livemode"`
	Metadata           map[string]string `json:"metadata"`
	PaymentIntent      maybe             `json:"payment_intent"`
	Reason             string            `json:"reason"`
	Status             string            `json:"status"`
}

func (d dispute) ident() (id, group string) { return d.ID, d.Charge }

func disputeRoutes() []endpoint {
	return []endpoint{
		{pattern: "GET /v1/disputes", spec: paging().with(spec{"charge": text(), "payment_intent": text()}), act: listDisputes},
		{pattern: "GET /v1/disputes/{id}", spec: spec{"expand": list(text())}, act: func(c *call) (any, error) {
			return c.disputes.path(c.id, "id")
		}},
	}
}

// disputeButtons are the bank: it asks, or takes back all or a part, and decides later.
func disputeButtons() []endpoint {
	order := spec{"reason": text(), "amount": between(1, math.MaxInt32), "status": oneOf("needs_response", "warning_needs_response")}
	return []endpoint{
		{pattern: "POST /sandbox/charges/{id}/dispute", spec: order, act: orderDispute},
		{pattern: "POST /sandbox/disputes/{id}/decide", spec: spec{"status": oneOf("won", "lost", "warning_closed").must()}, act: decideDispute},
	}
}

func listDisputes(c *call) (any, error) {
	id := c.p.text("charge")
	if id != "" {
		if _, err := c.charges.param(id, "charge"); err != nil {
			return nil, err
		}
	}
	if c.p.has("payment_intent") {
		pi, err := c.paymentIntents.param(c.p.text("payment_intent"), "payment_intent")
		if err != nil {
			return nil, err
		}
		id = string(pi.LatestCharge)
	}
	return paged(c, c.disputes, id, func(d dispute) bool { return c.p.created(d.Created) })
}

// dispute is the money going back after it had come: for a bank debit it is
// final and ends the mandate.
func (t *tx) dispute(ch charge, reason string) dispute {
	d := dispute{
		ID: newID("dp"), Object: "dispute", Amount: ch.Amount, Charge: ch.ID, Created: t.now, Currency: ch.Currency,
		Metadata: map[string]string{}, PaymentIntent: ch.PaymentIntent, Reason: reason, Status: "needs_response",
	}
	if pm, _ := t.paymentMethods.get(ch.PaymentMethod); pm.Type == "us_bank_account" {
		d.Status = "lost"
		t.killMandates(pm.ID)
	}
	return t.open(ch, d)
}

func (t *tx) open(ch charge, d dispute) dispute {
	ch.Disputed = true
	t.charges.put(ch)
	t.disputes.put(d)
	t.emit("charge.dispute.created", d)
	return d
}

// orderDispute is the button for a charge that the bank takes back after it
// succeeded, or asks about: an inquiry takes nothing and leaves the charge
// refundable (https://stripe.com/docs/disputes/how-disputes-work#inquiries).
func orderDispute(c *call) (any, error) {
	ch, err := c.charges.path(c.id, "charge")
	if err != nil {
		return nil, err
	}
	if ch.Status != "succeeded" || ch.Disputed {
		return nil, badRequest("", "Only a charge that has succeeded and is not disputed yet can be disputed; this one is %s.", ch.Status)
	}
	reason := c.p.or("reason", "debit_not_authorized")
	if !c.p.has("amount") && !c.p.has("status") {
		return c.dispute(ch, reason), nil
	}
	d := dispute{
		ID: newID("dp"), Object: "dispute", Amount: ch.Amount, Charge: ch.ID, Created: c.now, Currency: ch.Currency,
		Metadata: map[string]string{}, PaymentIntent: ch.PaymentIntent, Reason: reason, Status: c.p.or("status", "needs_response"),
	}
	if c.p.has("amount") {
		d.Amount = min(c.p.int("amount"), ch.Amount)
	}
	d.IsChargeRefundable = d.Status == "warning_needs_response"
	return c.open(ch, d), nil
}

// decideDispute is the end of one: won brings the money back to the merchant.
func decideDispute(c *call) (any, error) {
	d, err := c.disputes.path(c.id, "id")
	if err != nil {
		return nil, err
	}
	d.Status = c.p.text("status")
	d.IsChargeRefundable = d.Status != "lost"
	c.disputes.put(d)
	c.emit("charge.dispute.closed", d)
	return d, nil
}

// refundable is false while a bank holds the money of a charge, or a part of it.
func (t *tx) refundable(ch charge) bool {
	for _, d := range t.disputes.of(ch.ID) {
		if !d.IsChargeRefundable {
			return false
		}
	}
	return true
}
