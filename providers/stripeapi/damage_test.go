package stripeapi_test

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// The ways in which one parameter of a request is made wrong.
const (
	misspelled   = "misspelled"
	leftOut      = "left out"
	noNumber     = "a word for a number"
	noBoolean    = "a word for a boolean"
	unknownValue = "an unknown value"
)

// pathID is the parameter that stands in an endpoint's path.
const pathID = "{id}"

// damage is one parameter of one endpoint made wrong in one way. A parameter is named as it is sent,
// items[0][price_data][currency], or by what several names begin with, items[0][price_data].
type damage struct {
	endpoint, param, kind string
}

func (d damage) String() string { return d.endpoint + " " + d.param + ", " + d.kind }

func (d *damage) hits(e exchange) bool {
	return d != nil && d.endpoint == e.endpoint && (d.param == pathID || slices.ContainsFunc(names(e.params), d.covers))
}

func (d *damage) covers(name string) bool {
	return name == d.param || strings.HasPrefix(name, d.param+"[")
}

func (d *damage) strike(r *http.Request, params url.Values) {
	if d.param == pathID {
		r.URL.Path = someID.ReplaceAllString(r.URL.Path, "/${1}_nobody")
		return
	}
	for _, name := range names(params) {
		if !d.covers(name) {
			continue
		}
		values := params[name]
		params.Del(name)
		switch d.kind {
		case misspelled:
			params[misspell(d.param)+strings.TrimPrefix(name, d.param)] = values
		case leftOut:
		default:
			params.Set(name, "nonsense")
		}
	}
}

// misspell doubles the last letter: customer to customerr, items[0][price_data] to items[0][price_dataa].
func misspell(param string) string {
	word := strings.TrimSuffix(param, "]")
	return word + word[len(word)-1:] + param[len(word):]
}

// damages are all that can be done to one parameter of a request. What is left out is only what Stripe asks for: it
// accepts a request without an optional parameter, and rightly so.
func (e exchange) damages() []damage {
	var all []damage
	add := func(param, kind string) { all = append(all, damage{e.endpoint, param, kind}) }
	if strings.HasSuffix(e.endpoint, pathID) {
		add(pathID, unknownValue)
	}
	for _, param := range parameters(e.params) {
		if !element.MatchString(param) {
			add(param, misspelled)
		}
		if e.params.Has(param) {
			add(param, wrong(e.params.Get(param)))
		}
		if slices.Contains(required()[e.endpoint], param) {
			add(param, leftOut)
		}
	}
	return all
}

func wrong(value string) string {
	switch {
	case number.MatchString(value):
		return noNumber
	case value == "true" || value == "false":
		return noBoolean
	}
	return unknownValue
}

var (
	number  = regexp.MustCompile(`^\d+$`)
	element = regexp.MustCompile(`\[\d+\]$`)
	further = regexp.MustCompile(`\[[1-9]\d*\]`)
)

// parameters are all that was sent and what holds it. Of a list the first element stands for all.
func parameters(params url.Values) []string {
	found := map[string]bool{}
	for name := range params {
		for ; name != ""; name = parent(name) {
			if !further.MatchString(name) && (params.Has(name) || !element.MatchString(name)) {
				found[name] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// parent of items[0][price_data] is items[0], and of items it is "".
func parent(name string) string {
	return name[:max(strings.LastIndex(name, "["), 0)]
}

func names(params url.Values) []string { return slices.Sorted(maps.Keys(params)) }

// required are the parameters without which Stripe makes nothing (https://docs.stripe.com/api).
func required() map[string][]string {
	return map[string][]string{
		"POST /v1/products":         {"name"},
		"GET /v1/invoices/upcoming": append(requiredOfPrice("subscription_items[0]"), "customer"),
		"POST /v1/subscriptions":    append(requiredOfPrice("items[0]"), "customer", "items"),

		"POST /v1/terminal/readers/{id}/process_setup_intent": {"customer_consent_collected", "setup_intent"},
	}
}

func requiredOfPrice(item string) []string {
	var all []string
	for _, name := range []string{"[currency]", "[product]", "[recurring]", "[recurring][interval]", "[unit_amount]"} {
		all = append(all, item+"[price_data]"+name)
	}
	return all
}
