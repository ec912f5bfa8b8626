package stripefake

type product struct {
	ID                  string            `json:"id"`
	Object              string            `json:"object"`
	Active              bool              `json:"active"`
	Created             int64             `json:"created"`
	DefaultPrice        maybe             `json:"default_price"`
	Description         maybe             `json:"description"`
	Images              []string          `json:"images"`
	Livemode            bool              `json:"livemode"`
	Metadata            map[string]string `json:"metadata"`
	Name                string            `json:"name"`
	StatementDescriptor maybe             `json:"statement_descriptor"`
	Type                string            `json:"type"`
	UnitLabel           maybe             `json:"unit_label"`
	Updated             int64             `json:"updated"`
	URL                 maybe             `json:"url"`
}

func (p product) ident() (id, group string) { return p.ID, "" }

func productRoutes() []endpoint {
	fields := spec{
		"name": text(), "active": boolean(), "description": text().clear(), "metadata": metadata(),
		"statement_descriptor": text(), "unit_label": text().clear(), "url": text().clear(), "expand": list(text()),
	}
	return []endpoint{
		{pattern: "POST /v1/products", spec: fields.with(spec{"id": text(), "name": text().must()}), act: createProduct},
		{pattern: "GET /v1/products", spec: paging().with(spec{"active": boolean(), "ids": list(text())}), act: listProducts},
		{pattern: "GET /v1/products/{id}", spec: spec{"expand": list(text())}, act: func(c *call) (any, error) {
			return c.products.path(c.id, "id")
		}},
		{pattern: "POST /v1/products/{id}", spec: fields, act: updateProduct},
	}
}

// createProduct takes an id of the caller's choice, which makes creating one
// twice harmless: the second is refused as already there.
func createProduct(c *call) (any, error) {
	id := c.p.or("id", newID("prod"))
	if _, taken := c.products.get(id); taken {
		return nil, badRequest("resource_already_exists", "Product already exists.").withParam("id")
	}
	p := product{ID: id, Object: "product", Active: true, Created: c.now, Images: []string{}, Type: "service"}
	c.fillProduct(&p)
	c.products.put(p)
	return p, nil
}

func updateProduct(c *call) (any, error) {
	p, err := c.products.path(c.id, "id")
	if err != nil {
		return nil, err
	}
	c.fillProduct(&p)
	c.products.put(p)
	return p, nil
}

func (c *call) fillProduct(p *product) {
	for name, target := range map[string]*maybe{
		"description": &p.Description, "statement_descriptor": &p.StatementDescriptor,
		"unit_label": &p.UnitLabel, "url": &p.URL,
	} {
		if c.p.has(name) {
			*target = maybe(c.p.text(name))
		}
	}
	p.Name = c.p.or("name", p.Name)
	if c.p.has("active") {
		p.Active = c.p.bool("active")
	}
	p.Metadata = c.p.metadata(p.Metadata)
	p.Updated = c.now
}

func listProducts(c *call) (any, error) {
	wanted := map[string]bool{}
	for _, id := range c.p.texts("ids") {
		wanted[id] = true
	}
	return paged(c, c.products, "", func(p product) bool {
		return (len(wanted) == 0 || wanted[p.ID]) && c.p.created(p.Created) &&
			(!c.p.has("active") || p.Active == c.p.bool("active"))
	})
}
