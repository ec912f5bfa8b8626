package stripefake

import (
	"regexp"
	"unicode/utf8"
)

// terminalLocation is where readers stand.
type terminalLocation struct {
	ID          string            `json:"id"`
	Object      string            `json:"object"`
	Address     placeAddress      `json:"address"`
	DisplayName string            `json:"display_name"`
	Livemode    bool              `json:"livemode"`
	Metadata    map[string]string `json:"metadata"`
}

// placeAddress shows what is not there as "", where a customer's address shows null.
type placeAddress struct {
	City       string `json:"city"`
	Country    string `json:"country"`
	Line1      string `json:"line1"`
	Line2      string `json:"line2"`
	PostalCode string `json:"postal_code"`
	State      string `json:"state"`
}

func (l terminalLocation) ident() (id, group string) { return l.ID, "" }

func terminalLocationRoutes() []endpoint {
	expand := spec{"expand": list(text())}
	place := spec{"country": country().must(), "line1": text(), "line2": text(), "city": text(), "state": text(), "postal_code": text()}
	create := expand.with(spec{"display_name": displayName().must(), "address": hash(place).must(), "metadata": metadata()})
	return []endpoint{
		{pattern: "POST /v1/terminal/locations", spec: create, act: createTerminalLocation},
		{pattern: "GET /v1/terminal/locations", spec: paging(), act: func(c *call) (any, error) {
			return paged(c, c.places, "", func(terminalLocation) bool { return true })
		}},
		{pattern: "GET /v1/terminal/locations/{id}", spec: expand, act: func(c *call) (any, error) { return c.places.path(c.id, "location") }},
	}
}

func displayName() field {
	return leaf(func(t, at string) *apiError {
		if utf8.RuneCountInString(t) > 1000 {
			return invalidParam("parameter_invalid_string", at, "Invalid string: %s must be at most 1000 characters", at)
		}
		return nil
	})
}

var twoLetters = regexp.MustCompile(`^[A-Z]{2}$`)

func country() field {
	return leaf(func(t, at string) *apiError {
		if !twoLetters.MatchString(t) {
			return invalidParam("", at, "Country '%s' is unknown. Try using a 2-character alphanumeric country code instead, such as 'US', 'EG', or 'GB'.", t)
		}
		return nil
	})
}

// requiredOfAddress is what Stripe asks for in a country where Terminal is played here
// (https://docs.stripe.com/terminal/fleet/locations-and-zones), nil for every other.
func requiredOfAddress(country string) []string {
	switch country {
	case "US", "CA", "AU":
		return []string{"line1", "city", "state", "postal_code"}
	case "NZ", "GB", "DE", "FR", "NL":
		return []string{"line1", "city", "postal_code"}
	}
	return nil
}

func createTerminalLocation(c *call) (any, error) {
	at := c.p.at("address")
	required := requiredOfAddress(at.text("country"))
	if required == nil {
		return nil, badRequest("terminal_location_country_unsupported", "Terminal is not supported in the country %s.", at.text("country")).withParam("address[country]")
	}
	for _, name := range required {
		if !at.has(name) {
			return nil, invalidParam("parameter_missing", join("address", name), "Missing required param: %s.", join("address", name))
		}
	}
	l := terminalLocation{
		ID: newID("tml"), Object: "terminal.location", DisplayName: c.p.text("display_name"), Metadata: c.p.metadata(nil),
		Address: placeAddress{
			City: at.text("city"), Country: at.text("country"), Line1: at.text("line1"), Line2: at.text("line2"),
			PostalCode: at.text("postal_code"), State: at.text("state"),
		},
	}
	c.places.put(l)
	return l, nil
}
