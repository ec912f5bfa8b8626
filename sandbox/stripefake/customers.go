package stripefake

import "slices"

type customer struct {
	ID                  string            `json:"id"`
	Object              string            `json:"object"`
	Address             *address          `json:"address"`
	Balance             int64             `json:"balance"`
	Created             int64             `json:"created"`
	Currency            maybe             `json:"currency"`
	DefaultSource       maybe             `json:"default_source"`
	Delinquent          bool              `json:"delinquent"`
	Description         maybe             `json:"description"`
	Discount            *struct{}         `json:"discount"`
	Email               maybe             `json:"email"`
	InvoicePrefix       string            `json:"invoice_prefix"`
	InvoiceSettings     invoiceSettings   `json:"invoice_settings"`
	Livemode            bool              `json:"livemode"`
	Metadata            map[string]string `json:"metadata"`
	Name                maybe             `json:"name"`
	NextInvoiceSequence int64             `json:"next_invoice_sequence"`
	Phone               maybe             `json:"phone"`
	PreferredLocales    []string          `json:"preferred_locales"`
	TaxExempt           string            `json:"tax_exempt"`
	Deleted             bool              `json:"deleted,omitempty"`
}

type invoiceSettings struct {
	DefaultPaymentMethod maybe `json:"default_payment_method"`
}

type address struct {
	City       maybe `json:"city"`
	Country    maybe `json:"country"`
	Line1      maybe `json:"line1"`
	Line2      maybe `json:"line2"`
	PostalCode maybe `json:"postal_code"`
	State      maybe `json:"state"`
}

// ident groups customers by email, which is how they are looked for.
func (c customer) ident() (id, group string) { return c.ID, string(c.Email) }

func customerRoutes() []endpoint {
	fields := spec{
		"email": email().clear(), "name": text().clear(), "phone": text().clear(), "description": text().clear(),
		"metadata": metadata(), "address": hash(addressSpec()).clear(), "preferred_locales": list(text()),
		"payment_method": text(), "balance": integer(),
		"invoice_settings": hash(spec{"default_payment_method": text().clear()}),
		"expand":           list(text()),
	}
	update := fields.with(nil)
	delete(update, "payment_method")
	return []endpoint{
		{pattern: "POST /v1/customers", spec: fields, act: createCustomer},
		{pattern: "GET /v1/customers", spec: paging().with(spec{"email": text()}), act: listCustomers},
		{pattern: "GET /v1/customers/{id}", spec: spec{"expand": list(text())}, act: retrieveCustomer},
		{pattern: "POST /v1/customers/{id}", spec: update, act: updateCustomer},
		{pattern: "DELETE /v1/customers/{id}", spec: spec{}, act: deleteCustomer},
	}
}

func addressSpec() spec {
	s := spec{}
	for _, name := range []string{"city", "country", "line1", "line2", "postal_code", "state"} {
		s[name] = text().clear()
	}
	return s
}

func createCustomer(c *call) (any, error) {
	cus := customer{
		ID: newID("cus"), Object: "customer", Created: c.now, InvoicePrefix: token(8), NextInvoiceSequence: 1,
		PreferredLocales: []string{}, TaxExempt: "none",
	}
	c.fillCustomer(&cus)
	if err := c.firstMethod(&cus); err != nil {
		return nil, err
	}
	c.customers.put(cus)
	return cus, nil
}

// firstMethod attaches the method a new customer comes with. Only that one can
// be the default: a new customer has no other.
func (c *call) firstMethod(cus *customer) error {
	id, preset := c.p.text("payment_method"), c.p.text("invoice_settings", "default_payment_method")
	if preset != "" && preset != id {
		return badRequest("resource_missing", "The customer does not have a payment method with the ID %s. The payment method must be attached to the customer.", preset).withParam("invoice_settings[default_payment_method]")
	}
	if id == "" {
		return nil
	}
	pm, err := c.resolvePaymentMethod(id, "payment_method")
	if err != nil {
		return err
	}
	if err := attachable(pm, cus.ID); err != nil {
		return err
	}
	c.attach(pm, cus.ID)
	if preset != "" {
		cus.InvoiceSettings.DefaultPaymentMethod = maybe(pm.ID)
	}
	return nil
}

// fillCustomer sets what was sent and leaves the rest.
func (c *call) fillCustomer(cus *customer) {
	for name, target := range map[string]*maybe{
		"email": &cus.Email, "name": &cus.Name, "phone": &cus.Phone, "description": &cus.Description,
	} {
		if c.p.has(name) {
			*target = maybe(c.p.text(name))
		}
	}
	if c.p.has("address") {
		cus.Address = c.p.at("address").address()
	}
	if c.p.has("preferred_locales") {
		cus.PreferredLocales = c.p.texts("preferred_locales")
	}
	if c.p.has("invoice_settings", "default_payment_method") {
		cus.InvoiceSettings.DefaultPaymentMethod = maybe(c.p.text("invoice_settings", "default_payment_method"))
	}
	if c.p.has("balance") { // below zero is a credit (https://stripe.com/docs/api/customers/object#customer_object-balance)
		cus.Balance = c.p.int("balance")
	}
	cus.Metadata = c.p.metadata(cus.Metadata)
}

func (p params) address() *address {
	if p.n == nil || p.n.kids == nil {
		return nil
	}
	return &address{
		City: maybe(p.text("city")), Country: maybe(p.text("country")), Line1: maybe(p.text("line1")),
		Line2: maybe(p.text("line2")), PostalCode: maybe(p.text("postal_code")), State: maybe(p.text("state")),
	}
}

func listCustomers(c *call) (any, error) {
	return paged(c, c.customers, c.p.text("email"), func(cus customer) bool {
		return !cus.Deleted && c.p.created(cus.Created)
	})
}

// retrieveCustomer answers a deleted customer with little more than its id.
func retrieveCustomer(c *call) (any, error) {
	cus, err := c.customers.path(c.id, "id")
	if err == nil && cus.Deleted {
		return map[string]any{"id": cus.ID, "object": "customer", "deleted": true}, nil
	}
	return cus, err
}

func updateCustomer(c *call) (any, error) {
	cus, err := c.customers.path(c.id, "id")
	if err != nil {
		return nil, err
	}
	if cus.Deleted {
		return nil, notFound("customer", c.id, "id")
	}
	if id := c.p.text("invoice_settings", "default_payment_method"); id != "" {
		if err := c.owns(cus.ID, id, "invoice_settings[default_payment_method]"); err != nil {
			return nil, err
		}
	}
	c.fillCustomer(&cus)
	c.customers.put(cus)
	return cus, nil
}

// deleteCustomer also cancels the customer's subscriptions at once.
func deleteCustomer(c *call) (any, error) {
	cus, err := c.customers.path(c.id, "id")
	if err != nil {
		return nil, err
	}
	for _, sub := range slices.Clone(c.subscriptions.of(cus.ID)) {
		if !sub.ended() {
			c.end(sub, "canceled")
		}
	}
	cus.Deleted = true
	c.customers.put(cus)
	return map[string]any{"id": cus.ID, "object": "customer", "deleted": true}, nil
}

// livingCustomer finds the customer a parameter names; a deleted one is no customer.
func (t *tx) livingCustomer(id, param string) (customer, error) { //nolint:unparam // every look-up here names its parameter, for the error
	cus, err := t.customers.param(id, param)
	if err == nil && cus.Deleted {
		return cus, missing("customer", id, param)
	}
	return cus, err
}
