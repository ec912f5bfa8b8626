package stripefake

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

type price struct {
	ID                string            `json:"id"`
	Object            string            `json:"object"`
	Active            bool              `json:"active"`
	BillingScheme     string            `json:"billing_scheme"`
	Created           int64             `json:"created"`
	Currency          string            `json:"currency"`
	Livemode          bool              `json:"livemode"`
	LookupKey         maybe             `json:"lookup_key"`
	Metadata          map[string]string `json:"metadata"`
	Nickname          maybe             `json:"nickname"`
	Product           string            `json:"product"`
	Recurring         *recurring        `json:"recurring"`
	TaxBehavior       string            `json:"tax_behavior"`
	Type              string            `json:"type"`
	UnitAmount        int64             `json:"unit_amount"`
	UnitAmountDecimal string            `json:"unit_amount_decimal"`
}

type recurring struct {
	Interval      string `json:"interval"`
	IntervalCount int64  `json:"interval_count"`
	UsageType     string `json:"usage_type"`
}

func (p price) ident() (id, group string) { return p.ID, p.Product }

func priceRoutes() []endpoint {
	create := priceData().with(spec{
		"active": boolean(), "nickname": text(), "metadata": metadata(), "lookup_key": text(), "expand": list(text()),
	})
	return []endpoint{
		{pattern: "POST /v1/prices", spec: create, act: createPrice},
		{pattern: "GET /v1/prices", spec: paging().with(spec{"product": text(), "active": boolean(), "currency": currency()}), act: listPrices},
		{pattern: "GET /v1/prices/{id}", spec: spec{"expand": list(text())}, act: func(c *call) (any, error) {
			return c.prices.path(c.id, "id")
		}},
	}
}

// priceData is a price written inline. There is no inline product: it has to
// exist (https://stripe.com/docs/api/subscriptions/create).
func priceData() spec {
	return spec{
		"currency": currency().must(), "product": text().must(),
		"recurring": hash(spec{
			"interval": oneOf("month", "year", "week", "day").must(), "interval_count": between(1, 36),
		}).must(),
		"unit_amount": between(0, math.MaxInt32), "tax_behavior": oneOf("exclusive", "inclusive", "unspecified"),
	}
}

func createPrice(c *call) (any, error) {
	p, err := c.inlinePrice(c.p, "")
	if err != nil {
		return nil, err
	}
	p.Active = !c.p.has("active") || c.p.bool("active")
	p.Nickname, p.LookupKey = maybe(c.p.text("nickname")), maybe(c.p.text("lookup_key"))
	p.Metadata = c.p.metadata(nil)
	c.prices.put(p)
	return p, nil
}

// inlinePrice makes the price that price_data describes and does not store it.
// Such prices are inactive: nobody else may subscribe to them.
func (t *tx) inlinePrice(p params, at string) (price, error) {
	param := join(at, "product")
	if at == "" {
		param = "product"
	}
	item, err := t.products.param(p.text("product"), param)
	if err != nil {
		return price{}, err
	}
	if !item.Active {
		return price{}, badRequest("", "The product %s is marked as inactive, and thus cannot be used for new subscriptions.", item.ID).withParam(param)
	}
	if !p.has("unit_amount") {
		return price{}, invalidParam("parameter_missing", join(at, "unit_amount"), "Prices require an `unit_amount` or `unit_amount_decimal` parameter to be set.")
	}
	amount := p.int("unit_amount")
	return price{
		ID: newID("price"), Object: "price", BillingScheme: "per_unit", Created: t.now,
		Currency: strings.ToLower(p.text("currency")), Metadata: map[string]string{}, Product: item.ID, Type: "recurring",
		Recurring: &recurring{
			Interval: p.text("recurring", "interval"), IntervalCount: max(p.int("recurring", "interval_count"), 1), UsageType: "licensed",
		},
		TaxBehavior: p.or("tax_behavior", "unspecified"), UnitAmount: amount, UnitAmountDecimal: strconv.FormatInt(amount, 10),
	}, nil
}

func listPrices(c *call) (any, error) {
	return paged(c, c.prices, c.p.text("product"), func(p price) bool {
		return c.p.created(p.Created) && (!c.p.has("active") || p.Active == c.p.bool("active")) &&
			(!c.p.has("currency") || p.Currency == strings.ToLower(c.p.text("currency")))
	})
}

// interval is how often the price is charged.
func (p price) interval() interval {
	return interval{unit: p.Recurring.Interval, count: int(p.Recurring.IntervalCount)}
}

// perInterval is what an invoice line says: "$25.00 / month".
func (p price) perInterval() string {
	every := p.Recurring.Interval
	if p.Recurring.IntervalCount > 1 {
		every = fmt.Sprintf("every %d %ss", p.Recurring.IntervalCount, every)
	} else {
		every = "/ " + every
	}
	return money(p.UnitAmount, p.Currency) + " " + every
}

// money is an amount as Stripe writes it into descriptions.
func money(minor int64, currency string) string {
	sign := map[string]string{"usd": "$", "cad": "CA$", "eur": "€", "gbp": "£", "aud": "A$"}[currency]
	if sign == "" {
		sign = strings.ToUpper(currency) + " "
	}
	if currency == "jpy" {
		return fmt.Sprintf("%s%d", sign, minor)
	}
	return fmt.Sprintf("%s%d.%02d", sign, minor/100, minor%100)
}
