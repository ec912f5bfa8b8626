package stripefake

import "math"

type creditNote struct {
	ID              string            `json:"id"`
	Object          string            `json:"object"`
	Amount          int64             `json:"amount"`
	Created         int64             `json:"created"`
	Currency        string            `json:"currency"`
	Customer        string            `json:"customer"`
	Invoice         string            `json:"invoice"`
	Livemode        bool              `json:"livemode"`
	Metadata        map[string]string `json:"metadata"`
	OutOfBandAmount int64             `json:"out_of_band_amount"`
	Status          string            `json:"status"`
	Type            string            `json:"type"`
}

func creditNoteRoutes() []endpoint {
	create := spec{
		"invoice": text().must(), "amount": between(1, math.MaxInt32), "out_of_band_amount": between(1, math.MaxInt32),
		"metadata": metadata(), "expand": list(text()),
	}
	return []endpoint{{pattern: "POST /v1/credit_notes", spec: create, act: createCreditNote}}
}

// createCreditNote takes something off an invoice that was paid already. Here
// the money itself always goes back outside of Stripe
// (https://stripe.com/docs/api/credit_notes/create).
func createCreditNote(c *call) (any, error) {
	inv, err := c.invoices.param(c.p.text("invoice"), "invoice")
	if err != nil {
		return nil, err
	}
	amount := c.p.int("amount")
	switch {
	case inv.Status != "paid":
		return nil, badRequest("", "This stand-in credits paid invoices only; this one is %s.", inv.Status)
	case amount != c.p.int("out_of_band_amount"):
		return nil, badRequest("", "The sum of credit amount, refund amount and out of band amount must equal the credit note amount.")
	case inv.PostPaymentCreditNotesAmount+amount > inv.Total:
		return nil, badRequest("", "The amount of the credit note exceeds the amount of the invoice that is left.").withParam("amount")
	}
	inv.PostPaymentCreditNotesAmount += amount
	c.invoices.put(inv)
	note := creditNote{
		ID: newID("cn"), Object: "credit_note", Amount: amount, Created: c.now, Currency: inv.Currency, Customer: inv.Customer,
		Invoice: inv.ID, Metadata: c.p.metadata(nil), OutOfBandAmount: amount, Status: "issued", Type: "post_payment",
	}
	c.emit("credit_note.created", note)
	return note, nil
}
