package stripefake

type invoice struct {
	ID                   string          `json:"id,omitempty"`
	Object               string          `json:"object"`
	AccountCountry       string          `json:"account_country"`
	AmountDue            int64           `json:"amount_due"`
	AmountPaid           int64           `json:"amount_paid"`
	AmountRemaining      int64           `json:"amount_remaining"`
	AttemptCount         int64           `json:"attempt_count"`
	Attempted            bool            `json:"attempted"`
	AutoAdvance          bool            `json:"auto_advance"`
	AutomaticTax         map[string]bool `json:"automatic_tax"`
	BillingReason        string          `json:"billing_reason"`
	Charge               maybe           `json:"charge"`
	CollectionMethod     string          `json:"collection_method"`
	Created              int64           `json:"created"`
	Currency             string          `json:"currency"`
	Customer             string          `json:"customer"`
	CustomerEmail        maybe           `json:"customer_email"`
	CustomerName         maybe           `json:"customer_name"`
	CustomerPhone        maybe           `json:"customer_phone"`
	DefaultPaymentMethod maybe           `json:"default_payment_method"`
	EffectiveAt          maybeInt        `json:"effective_at"`
	EndingBalance        *int64          `json:"ending_balance"`
	HostedInvoiceURL     maybe           `json:"hosted_invoice_url"`

	LastFinalizationError *apiError `json:"last_finalization_error"`

	Lines              sublist[line]     `json:"lines"`
	Livemode           bool              `json:"livemode"`
	Metadata           map[string]string `json:"metadata"`
	NextPaymentAttempt maybeInt          `json:"next_payment_attempt"`
	Number             maybe             `json:"number"`
	Paid               bool              `json:"paid"`
	PaidOutOfBand      bool              `json:"paid_out_of_band"`
	PaymentIntent      maybe             `json:"payment_intent"`
	PeriodEnd          int64             `json:"period_end"`
	PeriodStart        int64             `json:"period_start"`

	PostPaymentCreditNotesAmount int64 `json:"post_payment_credit_notes_amount"`

	StartingBalance     int64               `json:"starting_balance"`
	Status              string              `json:"status"`
	StatusTransitions   statusTransitions   `json:"status_transitions"`
	Subscription        maybe               `json:"subscription"`
	SubscriptionDetails subscriptionDetails `json:"subscription_details"`
	Subtotal            int64               `json:"subtotal"`
	Total               int64               `json:"total"`
}

type statusTransitions struct {
	FinalizedAt maybeInt `json:"finalized_at"`
	PaidAt      maybeInt `json:"paid_at"`
	VoidedAt    maybeInt `json:"voided_at"`
}

type subscriptionDetails struct {
	Metadata map[string]string `json:"metadata"`
}

type line struct {
	ID                 string            `json:"id"`
	Object             string            `json:"object"`
	Amount             int64             `json:"amount"`
	AmountExcludingTax int64             `json:"amount_excluding_tax"`
	Currency           string            `json:"currency"`
	Description        string            `json:"description"`
	Discountable       bool              `json:"discountable"`
	Invoice            maybe             `json:"invoice"`
	Livemode           bool              `json:"livemode"`
	Metadata           map[string]string `json:"metadata"`
	Period             period            `json:"period"`
	Price              price             `json:"price"`
	Proration          bool              `json:"proration"`
	Quantity           int64             `json:"quantity"`
	Subscription       maybe             `json:"subscription"`
	SubscriptionItem   maybe             `json:"subscription_item"`
	Type               string            `json:"type"`
}

type period struct {
	End   int64 `json:"end"`
	Start int64 `json:"start"`
}

func (i invoice) ident() (id, group string) { return i.ID, i.Customer }

// dueAt is when a failed payment is tried again.
func (i invoice) dueAt() int64 {
	if i.Status == "open" {
		return int64(i.NextPaymentAttempt)
	}
	return 0
}

func invoiceRoutes() []endpoint {
	filter := spec{
		"customer": text(), "subscription": text(), "status": oneOf("draft", "open", "paid", "uncollectible", "void"),
	}
	expand := spec{"expand": list(text())}
	return []endpoint{
		{pattern: "GET /v1/invoices", spec: paging().with(filter), act: listInvoices},
		{pattern: "GET /v1/invoices/{id}", spec: expand, act: func(c *call) (any, error) { return c.invoices.path(c.id, "id") }},
		{pattern: "GET /v1/invoices/{id}/lines", spec: paging(), act: func(c *call) (any, error) {
			inv, err := c.invoices.path(c.id, "invoice")
			return pageOfLines(c, inv), err
		}},
		{pattern: "POST /v1/invoices/{id}/finalize", spec: expand.with(spec{"auto_advance": boolean()}), act: finalizeInvoice},
		{pattern: "POST /v1/invoices/{id}/void", spec: expand, act: voidInvoice},
		{pattern: "POST /v1/invoices/{id}/pay", spec: expand.with(spec{"payment_method": text(), "off_session": boolean(), "paid_out_of_band": boolean()}), act: payInvoice},
	}
}
