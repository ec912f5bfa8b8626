package stripefake

import "math"

func subscribeSpec() spec {
	return spec{
		"customer": text().must(), "items": list(hash(itemSpec())).must(), "metadata": metadata(),
		"backdate_start_date": moment(), "billing_cycle_anchor": moment("now", "unchanged"),
		"proration_behavior": prorationBehavior(), "trial_end": moment("now"),
		"default_payment_method": text(), "off_session": boolean(), "description": text(), "currency": currency(),
		"payment_behavior":     oneOf("allow_incomplete", "default_incomplete", "error_if_incomplete"),
		"collection_method":    oneOf("charge_automatically"),
		"cancel_at_period_end": boolean(), "expand": list(text()),
		"payment_settings": hash(spec{
			"save_default_payment_method": oneOf("off", "on_subscription"),
			"payment_method_types":        list(oneOf("card", "us_bank_account")).clear(),
		}),
	}
}

func itemSpec() spec {
	return spec{
		"price": text(), "price_data": hash(priceData()), "quantity": between(0, math.MaxInt32), "metadata": metadata(),
	}
}

// terms is what a subscription is asked to be, whether to be created or only
// to be previewed: both go through here, so they cannot disagree.
type terms struct {
	items   []subscriptionItem
	opening opening
	plan    plan
}

// naming is how creation and preview call the same parameters.
type naming struct{ items, anchor, backdate, proration, trial string }

var creationNames = naming{"items", "billing_cycle_anchor", "backdate_start_date", "proration_behavior", "trial_end"}

func (c *call) terms(cus customer, names naming) (terms, error) {
	var t terms
	var err error
	if t.items, err = c.items(names.items); err != nil {
		return t, err
	}
	if err := c.oneCurrency(cus, t.items[0].Price.Currency); err != nil {
		return t, err
	}
	interval := t.items[0].Price.interval()
	if t.opening, err = c.opening(names, interval); err != nil {
		return t, err
	}
	t.plan = t.opening.plan(interval)
	return t, nil
}

// items reads the list; all items share one currency and one interval.
func (c *call) items(param string) ([]subscriptionItem, error) {
	sent := c.p.each(param)
	if len(sent) > 20 {
		return nil, badRequest("", "A subscription can have at most 20 items; you passed %d.", len(sent)).withParam(param)
	}
	var items []subscriptionItem
	for i, p := range sent {
		at := join(param, c.p.at(param).n.names()[i])
		price, err := c.itemPrice(p, at)
		if err != nil {
			return nil, err
		}
		if len(items) > 0 && (price.Currency != items[0].Price.Currency || price.interval() != items[0].Price.interval()) {
			return nil, badRequest("", "Currency and interval fields must match across all plans on this subscription. Found mismatch in %s field.", mismatch(price, items[0].Price)).withParam(at)
		}
		quantity := int64(1)
		if p.has("quantity") {
			quantity = p.int("quantity")
		}
		items = append(items, subscriptionItem{
			ID: newID("si"), Object: "subscription_item", Created: c.now, Metadata: p.metadata(nil), Price: price, Quantity: quantity,
		})
	}
	return items, nil
}

func mismatch(a, b price) string {
	if a.Currency != b.Currency {
		return "currency"
	}
	return "interval"
}

func (c *call) itemPrice(p params, at string) (price, error) {
	switch {
	case p.has("price") && p.has("price_data"):
		return price{}, invalidParam("", at, "You may only specify one of these parameters: price, price_data.")
	case p.has("price_data"):
		return c.inlinePrice(p.at("price_data"), join(at, "price_data"))
	case !p.has("price"):
		return price{}, invalidParam("parameter_missing", join(at, "price"), "Missing required param: %s.", join(at, "price"))
	}
	found, err := c.prices.param(p.text("price"), join(at, "price"))
	if err == nil && !found.Active {
		return found, badRequest("price_inactive", "The price specified is inactive. This field only accepts active prices.").withParam(join(at, "price"))
	}
	return found, err
}

// oneCurrency holds that a customer's live subscriptions share a currency.
func (c *call) oneCurrency(cus customer, currency string) error {
	if c.p.has("currency") && c.p.text("currency") != currency {
		return badRequest("", "The price specified only supports `%s`. This doesn't match the expected currency: `%s`.", currency, c.p.text("currency")).withParam("currency")
	}
	for _, sub := range c.subscriptions.of(cus.ID) {
		if !sub.ended() && sub.Currency != currency {
			return badRequest("", "You cannot combine currencies on a single customer. This customer has an active subscription, subscription schedule, discount, quote, or invoice item with currency %s", sub.Currency)
		}
	}
	return nil
}

// opening reads the moments and refuses those Stripe refuses.
func (c *call) opening(names naming, v interval) (opening, error) {
	o := opening{
		now: c.now, backdate: c.p.int(names.backdate), anchor: c.p.int(names.anchor), trialEnd: c.p.int(names.trial),
		prorations: c.p.text(names.proration) != "none",
	}
	latest := c.now + 5*366*day
	switch {
	case c.p.text(names.anchor) == "unchanged":
		return o, badRequest("", "Invalid %s: a new subscription has no anchor that could stay unchanged", names.anchor).withParam(names.anchor)
	case o.backdate > c.now:
		return o, badRequest("", "The subscription start date cannot be in the future; it must be a timestamp in the past (now is %d).", c.now).withParam(names.backdate)
	case c.p.has(names.anchor) && o.anchor != 0 && o.anchor <= c.now:
		return o, badRequest("", "billing_cycle_anchor must be a timestamp in the future").withParam(names.anchor)
	case o.anchor > o.natural(v):
		return o, badRequest("", "billing_cycle_anchor cannot be later than next natural billing date (%d) for plan", o.natural(v)).withParam(names.anchor)
	case o.trialEnd != 0 && o.trialEnd <= c.now:
		return o, badRequest("", "Invalid timestamp: must be an integer Unix timestamp in the future").withParam(names.trial)
	case o.trialEnd > latest:
		return o, badRequest("", "Invalid timestamp: can be no more than five years in the future").withParam(names.trial)
	case o.trialEnd > 0 && (o.anchor > 0 || o.backdate > 0):
		return o, badRequest("", "This stand-in does not play a trial together with %s or %s; leave one of them out.", names.anchor, names.backdate).withParam(names.trial)
	}
	return o, nil
}
