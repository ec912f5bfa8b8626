package stripefake

var previewNames = naming{
	"subscription_items", "subscription_billing_cycle_anchor", "subscription_start_date",
	"subscription_proration_behavior", "subscription_trial_end",
}

func upcomingRoutes() []endpoint {
	fields := spec{
		"customer": text(), "subscription": text(), "currency": currency(),
		"subscription_items":                list(hash(itemSpec())),
		"subscription_billing_cycle_anchor": moment("now", "unchanged"), "subscription_start_date": moment(),
		"subscription_proration_behavior": prorationBehavior(), "subscription_trial_end": moment("now"),
		"expand": list(text()),
	}
	return []endpoint{
		{pattern: "GET /v1/invoices/upcoming", spec: fields, act: upcoming},
		{pattern: "GET /v1/invoices/upcoming/lines", spec: paging().with(fields), act: upcomingLines},
	}
}

func upcoming(c *call) (any, error) { return c.upcoming() }

func upcomingLines(c *call) (any, error) {
	inv, err := c.upcoming()
	return pageOfLines(c, inv), err
}

// upcoming is the next invoice of a subscription, or the first one that a
// subscription with these items would have. It stores nothing.
func (c *call) upcoming() (invoice, error) {
	if id := c.p.text("subscription"); id != "" {
		return c.nextInvoice(id)
	}
	if !c.p.has("customer") {
		return invoice{}, invalidParam("parameter_missing", "customer", "Missing required param: customer.")
	}
	cus, err := c.livingCustomer(c.p.text("customer"), "customer")
	if err != nil {
		return invoice{}, err
	}
	if !c.p.has("subscription_items") {
		return c.soonest(cus)
	}
	t, err := c.terms(cus, previewNames)
	if err != nil {
		return invoice{}, err
	}
	return c.firstPreview(cus, t), nil
}

// firstPreview is what would be invoiced at once or, where the start is free,
// at the anchor.
func (c *call) firstPreview(cus customer, t terms) invoice {
	sub := c.newSubscription(cus, t)
	sub.ID = ""
	for i := range sub.Items.Data {
		sub.Items.Data[i].Subscription = ""
	}
	billed, reason := t.plan.billed, "upcoming"
	at := *c.tx
	if len(billed) == 0 {
		billed = sub.nextSpan(t.plan.periodEnd)
		at.now = t.plan.periodEnd
	}
	inv := at.previewInvoice(sub, sub.lines(billed), reason)
	inv.NextPaymentAttempt = maybeInt(at.now)
	return inv
}

func (c *call) nextInvoice(id string) (invoice, error) {
	for _, name := range []string{"subscription_items", "subscription_start_date", "subscription_billing_cycle_anchor", "subscription_trial_end"} {
		if c.p.has(name) {
			return invoice{}, badRequest("", "This stand-in previews a running subscription as it is; leave %s out.", name).withParam(name)
		}
	}
	sub, err := c.subscriptions.param(id, "subscription")
	if err != nil {
		return invoice{}, err
	}
	if customer := c.p.text("customer"); customer != "" && customer != sub.Customer {
		return invoice{}, missing("subscription", id, "subscription")
	}
	if sub.nextChargeAt() == 0 {
		return invoice{}, c.noneUpcoming(sub.Customer)
	}
	return c.cyclePreview(sub), nil
}

// soonest is the next invoice of any of the customer's subscriptions.
func (c *call) soonest(cus customer) (invoice, error) {
	var first subscription
	for _, sub := range c.subscriptions.of(cus.ID) {
		at := sub.nextChargeAt()
		if at > 0 && (first.ID == "" || at < first.nextChargeAt()) {
			first = sub
		}
	}
	if first.ID == "" {
		return invoice{}, c.noneUpcoming(cus.ID)
	}
	return c.cyclePreview(first), nil
}

func (c *call) cyclePreview(sub subscription) invoice {
	at := *c.tx
	at.now = sub.CurrentPeriodEnd
	inv := at.previewInvoice(sub, sub.lines(sub.nextSpan(sub.CurrentPeriodEnd)), "subscription_cycle")
	inv.BillingReason, inv.NextPaymentAttempt = "upcoming", maybeInt(at.now)
	return inv
}

func (c *call) noneUpcoming(customer string) error {
	return notFound("upcoming invoices for customer", customer, "").named("invoice_upcoming_none", "No upcoming invoices for customer: '"+customer+"'")
}

func (e *apiError) named(code, message string) *apiError {
	e.Code, e.Message = code, message
	return e
}

// nextChargeAt is when the subscription will be invoiced again, 0 for never.
func (s subscription) nextChargeAt() int64 {
	if s.ended() || s.CancelAtPeriodEnd || s.Status == "incomplete" {
		return 0
	}
	return s.CurrentPeriodEnd
}
