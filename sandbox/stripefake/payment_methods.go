package stripefake

type paymentMethod struct {
	ID             string            `json:"id"`
	Object         string            `json:"object"`
	AllowRedisplay string            `json:"allow_redisplay"`
	BillingDetails billingDetails    `json:"billing_details"`
	Card           *cardDetails      `json:"card,omitempty"`
	CardPresent    *cardDetails      `json:"card_present,omitempty"`
	Created        int64             `json:"created"`
	Customer       maybe             `json:"customer"`
	Livemode       bool              `json:"livemode"`
	Metadata       map[string]string `json:"metadata"`
	Type           string            `json:"type"`
	USBankAccount  *bankDetails      `json:"us_bank_account,omitempty"`

	hidden methodSecret
}

// methodSecret is what the bank knows about the method.
type methodSecret struct {
	Number   string `json:"number"`
	Proven   bool   `json:"proven"`   // the person has authenticated while saving it
	Verified bool   `json:"verified"` // the account is known to be theirs
	Detached bool   `json:"detached"` // for good: Stripe never attaches it again
	Charging string `json:"charging"` // what the bank says to charges since it changed its mind
}

type billingDetails struct {
	Address address `json:"address"`
	Email   maybe   `json:"email"`
	Name    maybe   `json:"name"`
	Phone   maybe   `json:"phone"`
}

type cardDetails struct {
	Brand       string     `json:"brand"`
	Checks      cardChecks `json:"checks"`
	Country     string     `json:"country"`
	ExpMonth    int64      `json:"exp_month"`
	ExpYear     int64      `json:"exp_year"`
	Fingerprint string     `json:"fingerprint"`
	Funding     string     `json:"funding"`
	Last4       string     `json:"last4"`
}

type cardChecks struct {
	CVCCheck maybe `json:"cvc_check"`
}

func (m paymentMethod) ident() (id, group string) { return m.ID, string(m.Customer) }

func (m *paymentMethod) secret() any { return &m.hidden }

func paymentMethodRoutes() []endpoint {
	expand := spec{"expand": list(text())}
	filter := spec{"customer": text(), "type": oneOf("card", "us_bank_account", "card_present")}
	update := spec{"billing_details": hash(billingSpec()), "metadata": metadata(), "allow_redisplay": redisplay()}
	return []endpoint{
		{pattern: "POST /v1/payment_methods", spec: methodData().with(expand), act: createPaymentMethod},
		{pattern: "GET /v1/payment_methods", spec: paging().with(filter), act: listPaymentMethods},
		{pattern: "GET /v1/payment_methods/{id}", spec: expand, act: retrievePaymentMethod},
		{pattern: "POST /v1/payment_methods/{id}", spec: update.with(expand), act: updatePaymentMethod},
		{pattern: "POST /v1/payment_methods/{id}/attach", spec: expand.with(spec{"customer": text().must()}), act: attachPaymentMethod},
		{pattern: "POST /v1/payment_methods/{id}/detach", spec: expand, act: detachPaymentMethod},
		{pattern: "GET /v1/customers/{id}/payment_methods", spec: paging().with(filter), act: listPaymentMethods},
	}
}

func createPaymentMethod(c *call) (any, error) {
	pm, err := c.newPaymentMethod(c.p, "")
	if err != nil {
		return nil, err
	}
	c.paymentMethods.put(pm)
	return pm, nil
}

func retrievePaymentMethod(c *call) (any, error) {
	pm, err := c.resolvePaymentMethod(c.id, "")
	if err != nil {
		return nil, notFound("PaymentMethod", c.id, "payment_method")
	}
	c.paymentMethods.put(pm)
	return pm, nil
}

func listPaymentMethods(c *call) (any, error) {
	id := c.p.or("customer", c.id)
	if id == "" {
		return nil, invalidParam("parameter_missing", "customer", "Missing required param: customer.")
	}
	if _, err := c.livingCustomer(id, "customer"); err != nil {
		return nil, err
	}
	return paged(c, c.paymentMethods, id, func(pm paymentMethod) bool {
		return c.p.created(pm.Created) && (!c.p.has("type") || pm.Type == c.p.text("type"))
	})
}

func updatePaymentMethod(c *call) (any, error) {
	pm, err := c.paymentMethods.path(c.id, "payment_method")
	if err != nil {
		return nil, err
	}
	if pm.Customer == "" {
		return nil, badRequest("", "You must save this PaymentMethod to a customer before you can update it.")
	}
	if c.p.has("billing_details") {
		pm.BillingDetails = c.p.at("billing_details").billing()
	}
	pm.AllowRedisplay = c.p.or("allow_redisplay", pm.AllowRedisplay)
	pm.Metadata = c.p.metadata(pm.Metadata)
	c.paymentMethods.put(pm)
	return pm, nil
}
