package stripefake

type mandate struct {
	ID                   string         `json:"id"`
	Object               string         `json:"object"`
	CustomerAcceptance   acceptance     `json:"customer_acceptance"`
	Livemode             bool           `json:"livemode"`
	MultiUse             struct{}       `json:"multi_use"`
	PaymentMethod        string         `json:"payment_method"`
	PaymentMethodDetails map[string]any `json:"payment_method_details"`
	Status               string         `json:"status"`
	Type                 string         `json:"type"`
}

// acceptance is how the person agreed to be debited.
type acceptance struct {
	AcceptedAt int64             `json:"accepted_at"`
	Offline    *struct{}         `json:"offline,omitempty"`
	Online     *onlineAcceptance `json:"online,omitempty"`
	Type       string            `json:"type"`
}

type onlineAcceptance struct {
	IPAddress maybe `json:"ip_address"`
	UserAgent maybe `json:"user_agent"`
}

func (m mandate) ident() (id, group string) { return m.ID, m.PaymentMethod }

func mandateRoutes() []endpoint {
	return []endpoint{
		{pattern: "GET /v1/mandates/{id}", spec: spec{"expand": list(text())}, act: func(c *call) (any, error) {
			return c.mandates.path(c.id, "mandate")
		}},
	}
}

func mandateSpec() spec {
	return spec{"customer_acceptance": hash(spec{
		"type": oneOf("online", "offline").must(), "accepted_at": moment(), "offline": hash(spec{}).clear(),
		"online": hash(spec{"ip_address": text(), "user_agent": text(), "infer_from_client": boolean()}),
	}).must()}
}

// acceptance reads mandate_data. Online acceptance needs the address and the
// browser it came from; Stripe.js alone may leave them to be read off the request.
func (c *call) acceptance(pm paymentMethod) (acceptance, error) {
	p := c.p.at("mandate_data", "customer_acceptance")
	if p.n == nil && c.browser {
		return acceptance{AcceptedAt: c.now, Type: "online", Online: &onlineAcceptance{"0.0.0.0", "inferred from client"}}, nil
	}
	if p.n == nil {
		return acceptance{}, badRequest("setup_intent_mandate_invalid", "This SetupIntent requires a mandate, but no existing mandate was found for PaymentMethod %s. Provide `mandate_data` to create one.", pm.ID).withParam("mandate_data")
	}
	accepted := acceptance{AcceptedAt: c.now, Type: p.text("type")}
	if at := p.int("accepted_at"); at > 0 {
		accepted.AcceptedAt = at
	}
	if accepted.Type == "offline" {
		accepted.Offline = &struct{}{}
		return accepted, nil
	}
	for _, name := range []string{"ip_address", "user_agent"} {
		if p.text("online", name) == "" && !(c.browser && p.bool("online", "infer_from_client")) {
			at := "mandate_data[customer_acceptance][online][" + name + "]"
			return accepted, invalidParam("parameter_missing", at, "Missing required param: %s.", at)
		}
	}
	accepted.Online = &onlineAcceptance{maybe(p.text("online", "ip_address")), maybe(p.text("online", "user_agent"))}
	return accepted, nil
}

// grant makes the mandate; it is pending until the account is verified.
func (t *tx) grant(accepted acceptance, pm paymentMethod, verified bool) mandate {
	m := mandate{
		ID: newID("mandate"), Object: "mandate", CustomerAcceptance: accepted, PaymentMethod: pm.ID,
		PaymentMethodDetails: map[string]any{"type": pm.Type, pm.Type: map[string]any{}}, Status: "pending", Type: "multi_use",
	}
	if verified {
		m.Status = "active"
	}
	t.mandates.put(m)
	t.emit("mandate.updated", m)
	return m
}

func (t *tx) setMandate(id, status string) {
	m, ok := t.mandates.get(id)
	if !ok || m.Status == status {
		return
	}
	m.Status = status
	t.mandates.put(m)
	t.emit("mandate.updated", m)
}

// killMandates ends what a returned debit ends for good.
func (t *tx) killMandates(paymentMethod string) {
	for _, m := range t.mandates.of(paymentMethod) {
		t.setMandate(m.ID, "inactive")
	}
}
