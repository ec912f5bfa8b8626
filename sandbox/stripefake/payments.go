package stripefake

type paymentIntent struct {
	ID                 string            `json:"id"`
	Object             string            `json:"object"`
	Amount             int64             `json:"amount"`
	AmountReceived     int64             `json:"amount_received"`
	CanceledAt         maybeInt          `json:"canceled_at"`
	CancellationReason maybe             `json:"cancellation_reason"`
	CaptureMethod      string            `json:"capture_method"`
	ClientSecret       string            `json:"client_secret"`
	ConfirmationMethod string            `json:"confirmation_method"`
	Created            int64             `json:"created"`
	Currency           string            `json:"currency"`
	Customer           string            `json:"customer"`
	Description        maybe             `json:"description"`
	Invoice            maybe             `json:"invoice"`
	LastPaymentError   *apiError         `json:"last_payment_error"`
	LatestCharge       maybe             `json:"latest_charge"`
	Livemode           bool              `json:"livemode"`
	Metadata           map[string]string `json:"metadata"`
	NextAction         *nextAction       `json:"next_action"`
	PaymentMethod      maybe             `json:"payment_method"`
	PaymentMethodTypes []string          `json:"payment_method_types"`
	SetupFutureUsage   maybe             `json:"setup_future_usage"`
	Status             string            `json:"status"`

	hidden paymentSecret
}

// paymentSecret is when a bank debit will be decided; 0 is never.
type paymentSecret struct {
	SettleAt int64 `json:"settle_at"`
}

func (p paymentIntent) ident() (id, group string) { return p.ID, p.Customer }
func (p *paymentIntent) secret() any              { return &p.hidden }

func (p paymentIntent) dueAt() int64 {
	if p.Status == "processing" {
		return p.hidden.SettleAt
	}
	return 0
}

type charge struct {
	ID                   string            `json:"id"`
	Object               string            `json:"object"`
	Amount               int64             `json:"amount"`
	AmountCaptured       int64             `json:"amount_captured"`
	AmountRefunded       int64             `json:"amount_refunded"`
	BillingDetails       billingDetails    `json:"billing_details"`
	Captured             bool              `json:"captured"`
	Created              int64             `json:"created"`
	Currency             string            `json:"currency"`
	Customer             string            `json:"customer"`
	Description          maybe             `json:"description"`
	Disputed             bool              `json:"disputed"`
	FailureCode          maybe             `json:"failure_code"`
	FailureMessage       maybe             `json:"failure_message"`
	Invoice              maybe             `json:"invoice"`
	Livemode             bool              `json:"livemode"`
	Metadata             map[string]string `json:"metadata"`
	Outcome              *outcome          `json:"outcome"`
	Paid                 bool              `json:"paid"`
	PaymentIntent        maybe             `json:"payment_intent"`
	PaymentMethod        string            `json:"payment_method"`
	PaymentMethodDetails map[string]any    `json:"payment_method_details"`
	Refunded             bool              `json:"refunded"`
	Status               string            `json:"status"`
}

type outcome struct {
	NetworkStatus string `json:"network_status"`
	Reason        maybe  `json:"reason"`
	SellerMessage string `json:"seller_message"`
	Type          string `json:"type"`
}

func (ch charge) ident() (id, group string) { return ch.ID, ch.Customer }

func paymentRoutes() []endpoint {
	expand := spec{"expand": list(text())}
	return []endpoint{
		{pattern: "GET /v1/payment_intents", spec: paging().with(spec{"customer": text()}), act: listPaymentIntents},
		{pattern: "GET /v1/payment_intents/{id}", spec: expand, act: func(c *call) (any, error) {
			return c.paymentIntents.path(c.id, "intent")
		}},
		{pattern: "GET /v1/charges", spec: paging().with(spec{"customer": text(), "payment_intent": text()}), act: listCharges},
		{pattern: "GET /v1/charges/{id}", spec: expand, act: func(c *call) (any, error) { return c.charges.path(c.id, "id") }},
	}
}

func listPaymentIntents(c *call) (any, error) {
	return paged(c, c.paymentIntents, c.p.text("customer"), func(p paymentIntent) bool { return c.p.created(p.Created) })
}

func listCharges(c *call) (any, error) {
	customer := c.p.text("customer")
	if id := c.p.text("payment_intent"); id != "" {
		pi, err := c.paymentIntents.param(id, "payment_intent")
		if err != nil {
			return nil, err
		}
		customer = pi.Customer
	}
	return paged(c, c.charges, customer, func(ch charge) bool {
		return c.p.created(ch.Created) && (!c.p.has("payment_intent") || string(ch.PaymentIntent) == c.p.text("payment_intent"))
	})
}
