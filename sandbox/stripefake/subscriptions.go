package stripefake

type subscription struct {
	ID                   string                    `json:"id"`
	Object               string                    `json:"object"`
	AutomaticTax         map[string]bool           `json:"automatic_tax"`
	BillingCycleAnchor   int64                     `json:"billing_cycle_anchor"`
	CancelAt             maybeInt                  `json:"cancel_at"`
	CancelAtPeriodEnd    bool                      `json:"cancel_at_period_end"`
	CanceledAt           maybeInt                  `json:"canceled_at"`
	CancellationDetails  cancellation              `json:"cancellation_details"`
	CollectionMethod     string                    `json:"collection_method"`
	Created              int64                     `json:"created"`
	Currency             string                    `json:"currency"`
	CurrentPeriodEnd     int64                     `json:"current_period_end"`
	CurrentPeriodStart   int64                     `json:"current_period_start"`
	Customer             string                    `json:"customer"`
	DefaultPaymentMethod maybe                     `json:"default_payment_method"`
	Description          maybe                     `json:"description"`
	EndedAt              maybeInt                  `json:"ended_at"`
	Items                sublist[subscriptionItem] `json:"items"`
	LatestInvoice        maybe                     `json:"latest_invoice"`
	Livemode             bool                      `json:"livemode"`
	Metadata             map[string]string         `json:"metadata"`
	PendingSetupIntent   maybe                     `json:"pending_setup_intent"`
	StartDate            int64                     `json:"start_date"`
	Status               string                    `json:"status"`
	TrialEnd             maybeInt                  `json:"trial_end"`
	TrialStart           maybeInt                  `json:"trial_start"`

	hidden subscriptionSecret
}

// subscriptionSecret is when an incomplete subscription is given up, and what
// will go wrong.
type subscriptionSecret struct {
	Expires int64 `json:"expires"`
	Spoiled bool  `json:"spoiled"` // the next invoice cannot be finalized
}

type subscriptionItem struct {
	ID           string            `json:"id"`
	Object       string            `json:"object"`
	Created      int64             `json:"created"`
	Metadata     map[string]string `json:"metadata"`
	Price        price             `json:"price"`
	Quantity     int64             `json:"quantity"`
	Subscription string            `json:"subscription"`
}

type cancellation struct {
	Comment  maybe `json:"comment"`
	Feedback maybe `json:"feedback"`
	Reason   maybe `json:"reason"`
}

func (s subscription) ident() (id, group string) { return s.ID, s.Customer }

func (s *subscription) secret() any { return &s.hidden }

// dueAt is the end of the period, or of the patience with a first payment.
func (s subscription) dueAt() int64 {
	switch {
	case s.ended():
		return 0
	case s.Status == "incomplete":
		return s.hidden.Expires
	}
	return s.CurrentPeriodEnd
}

func (s subscription) ended() bool {
	return s.Status == "canceled" || s.Status == "incomplete_expired"
}

func (s subscription) interval() interval { return s.Items.Data[0].Price.interval() }

func subscriptionRoutes() []endpoint {
	update := spec{
		"metadata": metadata(), "default_payment_method": text().clear(), "cancel_at_period_end": boolean(),
		"description": text().clear(), "proration_behavior": prorationBehavior(), "off_session": boolean(),
		"cancellation_details": hash(cancellationSpec()), "expand": list(text()),
	}
	filter := spec{
		"customer": text(), "price": text(),
		"status": oneOf("all", "ended", "active", "canceled", "incomplete", "incomplete_expired", "past_due", "trialing", "unpaid", "paused"),
	}
	cancel := spec{
		"invoice_now": boolean(), "prorate": boolean(), "expand": list(text()),
		"cancellation_details": hash(cancellationSpec()),
	}
	return []endpoint{
		{pattern: "POST /v1/subscriptions", spec: subscribeSpec(), act: createSubscription},
		{pattern: "GET /v1/subscriptions", spec: paging().with(filter), act: listSubscriptions},
		{pattern: "GET /v1/subscriptions/{id}", spec: spec{"expand": list(text())}, act: func(c *call) (any, error) {
			return c.subscriptions.path(c.id, "id")
		}},
		{pattern: "POST /v1/subscriptions/{id}", spec: update, act: updateSubscription},
		{pattern: "DELETE /v1/subscriptions/{id}", spec: cancel, act: cancelSubscription},
	}
}

func prorationBehavior() field { return oneOf("create_prorations", "none", "always_invoice") }

// listSubscriptions leaves out canceled ones unless a status is asked for.
func listSubscriptions(c *call) (any, error) {
	if id := c.p.text("customer"); id != "" {
		if _, err := c.customers.param(id, "customer"); err != nil {
			return nil, err
		}
	}
	return paged(c, c.subscriptions, c.p.text("customer"), func(s subscription) bool {
		return c.p.created(s.Created) && s.matches(c.p.text("status")) && s.charges(c.p.text("price"))
	})
}

func (s subscription) matches(status string) bool {
	switch status {
	case "all":
		return true
	case "":
		return s.Status != "canceled"
	case "ended":
		return s.ended()
	}
	return s.Status == status
}

func (s subscription) charges(price string) bool {
	for _, item := range s.Items.Data {
		if price == "" || item.Price.ID == price {
			return true
		}
	}
	return false
}

func updateSubscription(c *call) (any, error) {
	sub, err := c.subscriptions.path(c.id, "id")
	if err != nil {
		return nil, err
	}
	if sub.ended() {
		return nil, badRequest("", "A canceled subscription can only update its cancellation_details and metadata.")
	}
	before := sub
	if id := c.p.text("default_payment_method"); id != "" {
		if err := c.owns(sub.Customer, id, "default_payment_method"); err != nil {
			return nil, err
		}
	}
	if c.p.has("default_payment_method") {
		sub.DefaultPaymentMethod = maybe(c.p.text("default_payment_method"))
	}
	if c.p.has("description") {
		sub.Description = maybe(c.p.text("description"))
	}
	if c.p.has("cancel_at_period_end") {
		sub.cancelLater(c.p.bool("cancel_at_period_end"), c.now)
	}
	sub.Metadata = c.p.metadata(sub.Metadata)
	c.subscriptions.put(sub)
	c.emitChange("customer.subscription.updated", before, sub)
	return sub, nil
}
