package stripefake

func finalizeRoutes() []endpoint {
	draft := spec{"customer": text().must(), "subscription": text().must(), "auto_advance": boolean(), "expand": list(text())}
	return []endpoint{
		{pattern: "POST /v1/invoices", spec: draft, act: createDraft},
		{pattern: "POST /v1/invoices/{id}/finalize", spec: spec{"auto_advance": boolean(), "expand": list(text())}, act: finalizeInvoice},
	}
}

// createDraft is an invoice of a subscription beside its cycle, with nothing on it, as somebody makes one in the dashboard.
func createDraft(c *call) (any, error) {
	sub, err := c.subscriptions.param(c.p.text("subscription"), "subscription")
	if err != nil || sub.Customer != c.p.text("customer") {
		return nil, missing("subscription", c.p.text("subscription"), "subscription")
	}
	return c.draftInvoice(sub, []line{}, "manual"), nil
}

// finalizeInvoice makes a draft an open invoice. With auto_advance=false nobody tries to collect it.
func finalizeInvoice(c *call) (any, error) {
	inv, err := c.invoices.path(c.id, "invoice")
	if err != nil {
		return nil, err
	}
	if inv.Status != "draft" {
		return nil, badRequest("invoice_not_editable", "This invoice is already finalized, you can't re-finalize a non-draft invoice.")
	}
	if c.p.has("auto_advance") {
		inv.AutoAdvance = c.p.bool("auto_advance")
	}
	return c.finalize(inv), nil
}
