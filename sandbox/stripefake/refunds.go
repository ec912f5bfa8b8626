package stripefake

import (
	"cmp"
	"math"
)

type refund struct {
	ID            string            `json:"id"`
	Object        string            `json:"object"`
	Amount        int64             `json:"amount"`
	Charge        string            `json:"charge"`
	Created       int64             `json:"created"`
	Currency      string            `json:"currency"`
	Metadata      map[string]string `json:"metadata"`
	PaymentIntent maybe             `json:"payment_intent"`
	Reason        maybe             `json:"reason"`
	Status        string            `json:"status"`
}

// ident groups refunds by their charge.
func (r refund) ident() (id, group string) { return r.ID, r.Charge }

func refundRoutes() []endpoint {
	create := spec{
		"charge": text(), "payment_intent": text(), "amount": between(1, math.MaxInt32), "metadata": metadata(),
		"reason": oneOf("duplicate", "fraudulent", "requested_by_customer"), "expand": list(text()),
	}
	return []endpoint{
		{pattern: "POST /v1/refunds", spec: create, act: createRefund},
		{pattern: "GET /v1/refunds", spec: paging().with(spec{"charge": text(), "payment_intent": text()}), act: listRefunds},
		{pattern: "GET /v1/refunds/{id}", spec: spec{"expand": list(text())}, act: func(c *call) (any, error) {
			return c.refunds.path(c.id, "id")
		}},
	}
}

// createRefund gives back all that is left, or the amount asked for.
func createRefund(c *call) (any, error) {
	ch, err := c.chargeToRefund()
	if err != nil {
		return nil, err
	}
	left := ch.Amount - ch.AmountRefunded
	amount := left
	if c.p.has("amount") {
		amount = c.p.int("amount")
	}
	switch {
	case !c.refundable(ch):
		return nil, badRequest("charge_disputed", "Charge %s has been charged back; cannot issue a refund.", ch.ID)
	case ch.Status != "succeeded":
		return nil, badRequest("charge_not_refundable", "This charge cannot be refunded: its status is %s.", ch.Status)
	case left == 0:
		return nil, badRequest("charge_already_refunded", "Charge %s has already been refunded.", ch.ID)
	case amount > left:
		return nil, badRequest("", "Refund amount (%s) is greater than unrefunded amount on charge (%s)", money(amount, ch.Currency), money(left, ch.Currency)).withParam("amount")
	}
	return c.refund(ch, amount), nil
}

func (c *call) chargeToRefund() (charge, error) {
	if id := c.p.text("charge"); id != "" {
		return c.charges.param(id, "charge")
	}
	if id := c.p.text("payment_intent"); id != "" {
		pi, err := c.paymentIntents.param(id, "payment_intent")
		if err != nil {
			return charge{}, err
		}
		if pi.LatestCharge == "" {
			return charge{}, badRequest("", "This PaymentIntent (%s) does not have a successful charge to refund.", id).withParam("payment_intent")
		}
		return c.charges.param(string(pi.LatestCharge), "payment_intent")
	}
	return charge{}, invalidParam("parameter_missing", "charge", "One of the following params should be provided for this request: payment_intent or charge.")
}

func (c *call) refund(ch charge, amount int64) refund {
	r := refund{
		ID: newID("re"), Object: "refund", Amount: amount, Charge: ch.ID, Created: c.now, Currency: ch.Currency,
		Metadata: c.p.metadata(nil), PaymentIntent: ch.PaymentIntent, Reason: maybe(c.p.text("reason")), Status: "succeeded",
	}
	ch.AmountRefunded += amount
	ch.Refunded = ch.AmountRefunded == ch.Amount
	c.refunds.put(r)
	c.charges.put(ch)
	c.emit("charge.refunded", ch)
	return r
}

func listRefunds(c *call) (any, error) {
	id := c.p.text("charge")
	if of := c.p.text("payment_intent"); of != "" {
		pi, err := c.paymentIntents.param(of, "payment_intent")
		if err != nil {
			return nil, err
		}
		id = cmp.Or(string(pi.LatestCharge), of) // without a charge there is no refund
	}
	return paged(c, c.refunds, id, func(r refund) bool { return c.p.created(r.Created) })
}

// failRefund is a bank that does not take the money, days after the refund was
// made: it comes back to the merchant, and the charge is not refunded any more
// (https://stripe.com/docs/refunds#failed-refunds).
func failRefund(c *call) (any, error) {
	r, err := c.refunds.path(c.id, "id")
	if err != nil {
		return nil, err
	}
	if r.Status == "failed" {
		return nil, badRequest("", "This refund has failed already.")
	}
	ch, _ := c.charges.get(r.Charge)
	ch.AmountRefunded -= r.Amount
	ch.Refunded = false
	r.Status = "failed"
	c.charges.put(ch)
	c.refunds.put(r)
	c.emit("charge.refund.updated", r)
	return r, nil
}
