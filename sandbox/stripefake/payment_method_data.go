package stripefake

import (
	"strings"
	"time"
)

func billingSpec() spec {
	return spec{
		"address": hash(addressSpec()).clear(), "email": email().clear(), "name": text().clear(), "phone": text().clear(),
	}
}

func redisplay() field { return oneOf("always", "limited", "unspecified") }

// methodData is payment_method_data: a method typed in with the request.
func methodData() spec {
	return spec{
		"type": oneOf("card", "us_bank_account").must(), "billing_details": hash(billingSpec()),
		"metadata": metadata(), "allow_redisplay": redisplay(),
		"card": hash(spec{
			"number": text(), "exp_month": integer(), "exp_year": integer(), "cvc": text(), "token": text(),
		}),
		"us_bank_account": hash(spec{
			"account_holder_type": oneOf("individual", "company"), "account_number": text(), "routing_number": text(),
			"account_type": oneOf("checking", "savings"), "financial_connections_account": text(),
		}),
	}
}

// newPaymentMethod makes what payment_method_data describes, without storing it.
func (t *tx) newPaymentMethod(p params, at string) (paymentMethod, error) {
	pm := paymentMethod{
		ID: newID("pm"), Object: "payment_method", AllowRedisplay: p.or("allow_redisplay", "unspecified"),
		Created: t.now, Metadata: p.metadata(nil), Type: p.text("type"), BillingDetails: p.at("billing_details").billing(),
	}
	if !p.has(pm.Type) {
		return pm, invalidParam("parameter_missing", join(at, pm.Type), "Missing required param: %s.", join(at, pm.Type))
	}
	if pm.Type == "us_bank_account" {
		return t.fillBank(pm, p.at("us_bank_account"), join(at, "us_bank_account"))
	}
	card, err := t.cardFrom(p.at("card"), join(at, "card"))
	if err != nil {
		return pm, err
	}
	return pm.withCard(card, p.at("card"), t.now), nil
}

func (t *tx) cardFrom(p params, at string) (testCard, error) {
	if id := p.text("token"); id != "" {
		card, ok := cardByAlias(id)
		if !ok {
			return card, missing("token", id, join(at, "token"))
		}
		return card, nil
	}
	return typedCard(p, at, t.now)
}

func (m paymentMethod) withCard(card testCard, p params, now int64) paymentMethod {
	m.Type = "card"
	m.hidden.Number = card.number
	m.Card = &cardDetails{
		Brand: card.brand, Country: "US", ExpMonth: p.int("exp_month"), ExpYear: fullYear(p.int("exp_year")),
		Fingerprint: fingerprintOf(card.number), Funding: "credit", Last4: card.number[len(card.number)-4:],
	}
	if p.text("cvc") != "" {
		m.Card.Checks.CVCCheck = "unchecked"
	}
	if !p.has("exp_month") {
		m.Card.ExpMonth, m.Card.ExpYear = 12, int64(time.Unix(now, 0).UTC().Year())+3
	}
	return m
}

func (p params) billing() billingDetails {
	b := billingDetails{Email: maybe(p.text("email")), Name: maybe(p.text("name")), Phone: maybe(p.text("phone"))}
	if a := p.at("address").address(); a != nil {
		b.Address = *a
	}
	return b
}

// resolvePaymentMethod finds a method by id; one of the vendor's test ids makes
// a new method each time it is named, as it does at Stripe.
func (t *tx) resolvePaymentMethod(id, param string) (paymentMethod, error) {
	fresh := paymentMethod{
		ID: newID("pm"), Object: "payment_method", AllowRedisplay: "unspecified", Created: t.now, Metadata: map[string]string{},
	}
	if card, ok := cardByAlias(id); ok && strings.HasPrefix(id, "pm_") {
		return fresh.withCard(card, params{}, t.now), nil
	}
	if account, ok := bankByAlias(id); ok {
		return fresh.withAccount(account), nil
	}
	return t.paymentMethods.param(id, param)
}
