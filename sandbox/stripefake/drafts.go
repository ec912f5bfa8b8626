package stripefake

func draftRoutes() []endpoint {
	fields := spec{"customer": text().must(), "subscription": text().must(), "auto_advance": boolean(), "expand": list(text())}
	return []endpoint{{pattern: "POST /v1/invoices", spec: fields, act: createDraft}}
}

// createDraft is an invoice of a subscription beside its cycle, with nothing on it, as somebody makes one in the dashboard.
func createDraft(c *call) (any, error) {
	sub, err := c.subscriptions.param(c.p.text("subscription"), "subscription")
	if err != nil || sub.Customer != c.p.text("customer") {
		return nil, missing("subscription", c.p.text("subscription"), "subscription")
	}
	return c.draftInvoice(sub, []line{}, "manual"), nil
}
