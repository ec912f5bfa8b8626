package stripefake

type setupIntent struct {
	ID                   string            `json:"id"`
	Object               string            `json:"object"`
	AutomaticMethods     *automatic        `json:"automatic_payment_methods"`
	CancellationReason   maybe             `json:"cancellation_reason"`
	ClientSecret         string            `json:"client_secret"`
	Created              int64             `json:"created"`
	Customer             maybe             `json:"customer"`
	Description          maybe             `json:"description"`
	LastSetupError       *apiError         `json:"last_setup_error"`
	LatestAttempt        maybe             `json:"latest_attempt"`
	Livemode             bool              `json:"livemode"`
	Mandate              maybe             `json:"mandate"`
	Metadata             map[string]string `json:"metadata"`
	NextAction           *nextAction       `json:"next_action"`
	PaymentMethod        maybe             `json:"payment_method"`
	PaymentMethodOptions map[string]any    `json:"payment_method_options"`
	PaymentMethodTypes   []string          `json:"payment_method_types"`
	Status               string            `json:"status"`
	Usage                string            `json:"usage"`

	hidden intentSecret
}

// intentSecret is how far a bank's verification has come.
type intentSecret struct {
	Verification string `json:"verification"`
	WrongCodes   int    `json:"wrong_codes"`
	WrongAmounts int    `json:"wrong_amounts"`
	Deadline     int64  `json:"deadline"`
	ReturnURL    string `json:"return_url"` // where the bank's page sends the person back to
}

type automatic struct {
	AllowRedirects string `json:"allow_redirects"`
	Enabled        bool   `json:"enabled"`
}

// nextAction is what the person has to do before the intent can go on.
type nextAction struct {
	Type                    string         `json:"type"`
	RedirectToURL           *redirect      `json:"redirect_to_url,omitempty"`
	UseStripeSDK            map[string]any `json:"use_stripe_sdk,omitempty"`
	VerifyWithMicrodeposits *microdeposits `json:"verify_with_microdeposits,omitempty"`
}

type redirect struct {
	ReturnURL maybe  `json:"return_url"`
	URL       string `json:"url"`
}

func (i setupIntent) ident() (id, group string) { return i.ID, string(i.Customer) }

func (i *setupIntent) secret() any { return &i.hidden }

// dueAt is when a verification that nobody finished times out.
func (i setupIntent) dueAt() int64 {
	if i.Status == "requires_action" {
		return i.hidden.Deadline
	}
	return 0
}

func setupIntentRoutes() []endpoint {
	confirm := confirmSpec()
	create := confirm.with(spec{
		"customer": text(), "confirm": boolean(), "description": text(), "metadata": metadata(),
		"payment_method_types": list(oneOf("card", "us_bank_account", "card_present")),
		"usage":                oneOf("off_session", "on_session"),
		"automatic_payment_methods": hash(spec{
			"enabled": boolean().must(), "allow_redirects": oneOf("always", "never"),
		}),
	})
	delete(create, "client_secret")
	update := spec{
		"customer": text(), "description": text(), "metadata": metadata(), "payment_method": text(),
		"payment_method_types": list(oneOf("card", "us_bank_account", "card_present")), "expand": list(text()),
	}
	cancel := spec{
		"cancellation_reason": oneOf("abandoned", "duplicate", "requested_by_customer"), "expand": list(text()),
	}
	return []endpoint{
		{pattern: "POST /v1/setup_intents", spec: create, act: createSetupIntent},
		{pattern: "GET /v1/setup_intents", spec: paging().with(spec{"customer": text(), "payment_method": text()}), act: listSetupIntents},
		{pattern: "GET /v1/setup_intents/{id}", spec: spec{"expand": list(text()), "client_secret": text()}, act: retrieveSetupIntent, browser: true},
		{pattern: "POST /v1/setup_intents/{id}", spec: update, act: updateSetupIntent},
		{pattern: "POST /v1/setup_intents/{id}/confirm", spec: confirm, act: confirmSetupIntent, browser: true},
		{pattern: "POST /v1/setup_intents/{id}/cancel", spec: cancel, act: cancelSetupIntent},
		{pattern: "POST /v1/setup_intents/{id}/verify_microdeposits", spec: microdepositSpec(), act: verifyMicrodeposits, browser: true},
		{pattern: "GET /v1/setup_attempts", spec: paging().with(spec{"setup_intent": text().must()}), act: listSetupAttempts},
	}
}

func retrieveSetupIntent(c *call) (any, error) { return c.setupIntents.path(c.id, "intent") }

func listSetupIntents(c *call) (any, error) {
	if id := c.p.text("customer"); id != "" {
		if _, err := c.livingCustomer(id, "customer"); err != nil {
			return nil, err
		}
	}
	return paged(c, c.setupIntents, c.p.text("customer"), func(i setupIntent) bool {
		return c.p.created(i.Created) && (!c.p.has("payment_method") || string(i.PaymentMethod) == c.p.text("payment_method"))
	})
}

func updateSetupIntent(c *call) (any, error) {
	si, err := c.setupIntents.path(c.id, "intent")
	if err != nil {
		return nil, err
	}
	if !si.open() {
		return nil, si.wrongState("update")
	}
	if types := c.p.texts("payment_method_types"); len(types) > 0 {
		si.PaymentMethodTypes, si.AutomaticMethods = types, nil
	}
	if id := c.p.text("customer"); id != "" {
		if _, err := c.livingCustomer(id, "customer"); err != nil {
			return nil, err
		}
		si.Customer = maybe(id)
	}
	if id := c.p.text("payment_method"); id != "" {
		if si, err = c.choose(si, id); err != nil {
			return nil, err
		}
	}
	si.Description = maybe(c.p.or("description", string(si.Description)))
	si.Metadata = c.p.metadata(si.Metadata)
	c.setupIntents.put(si)
	return si, nil
}

func cancelSetupIntent(c *call) (any, error) {
	si, err := c.setupIntents.path(c.id, "intent")
	if err != nil {
		return nil, err
	}
	if !si.open() && si.Status != "requires_action" {
		return nil, si.wrongState("cancel")
	}
	si.Status, si.NextAction = "canceled", nil
	si.CancellationReason = maybe(c.p.text("cancellation_reason"))
	c.setupIntents.put(si)
	c.setMandate(string(si.Mandate), "inactive")
	c.emit("setup_intent.canceled", si)
	return si, nil
}

// open says whether the intent still waits for a method or for confirmation.
func (i setupIntent) open() bool {
	return i.Status == "requires_payment_method" || i.Status == "requires_confirmation"
}

func (i setupIntent) wrongState(verb string) *apiError {
	e := badRequest("setup_intent_unexpected_state", "You cannot %s this SetupIntent because it has a status of %s.", verb, i.Status)
	if verb == "confirm" && i.Status == "succeeded" {
		e.Message = "You cannot confirm this SetupIntent because it has already succeeded."
	}
	e.SetupIntent = i
	return e
}
