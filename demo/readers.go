package demo

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"carryover/migration"
	"carryover/queries"
)

// counter is a location of the demo where cards are held to readers, with the address that Stripe asks for.
type counter struct {
	slug    string
	address url.Values
}

func counters() []counter {
	return []counter{
		{"larimer", address("1512 Larimer Street", "Denver", "CO", "80202")},
		{"roosevelt", address("515 North 2nd Street", "Phoenix", "AZ", "85004")},
	}
}

func address(street, city, state, code string) url.Values {
	return url.Values{"address[country]": {"US"}, "address[line1]": {street}, "address[city]": {city},
		"address[state]": {state}, "address[postal_code]": {code}}
}

// readers are those of each counter. Stripe lists the newest first.
func readers() []string { return []string{"Gate", "Counter 1"} }

// dashboard is somebody who registers readers in Stripe's dashboard.
type dashboard struct {
	stripeURL, key string
	http           *http.Client
}

// openCounters makes what is not there yet. A location is kept before its readers are made, so that an interrupted start leaves no
// readers behind that nobody uses.
func (d *Demo) openCounters(ctx context.Context, local string) error {
	at := dashboard{local + stripePath, d.stripeKey, &http.Client{Timeout: 30 * time.Second}}
	for _, c := range counters() {
		if err := d.openCounter(ctx, at, c); err != nil {
			return fmt.Errorf("register the card readers of %q: %w", c.slug, err)
		}
	}
	return nil
}

func (d *Demo) openCounter(ctx context.Context, at dashboard, c counter) error {
	place, registered, err := d.openPlace(ctx, at, c)
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, r := range registered {
		there[r.Label] = true
	}
	for _, label := range readers() {
		if there[label] {
			continue
		}
		_, err := at.make(ctx, "/v1/terminal/readers", url.Values{"registration_code": {"simulated-wpe"}, "label": {label}, "location": {place}})
		if err != nil {
			return err
		}
	}
	return nil
}

// openPlace answers Stripe's location of a counter and the readers there. One that the stand-in does not know is of a folder that
// was removed, and another is made.
func (d *Demo) openPlace(ctx context.Context, at dashboard, c counter) (string, []migration.CardReader, error) {
	q := queries.New()
	location, err := q.LocationGetBySlug(ctx, d.app.Pool, c.slug)
	if err != nil {
		return "", nil, err
	}
	if location.TerminalLocation != nil {
		registered, err := d.app.Rules.Payments.Readers(ctx, *location.TerminalLocation)
		var pe *migration.ProviderError
		if !errors.As(err, &pe) || pe.Kind != migration.ProviderRefused {
			return *location.TerminalLocation, registered, err
		}
	}
	form := url.Values{"display_name": {location.Name}}
	for name, value := range c.address {
		form[name] = value
	}
	place, err := at.make(ctx, "/v1/terminal/locations", form)
	if err != nil {
		return "", nil, err
	}
	return place, nil, q.LocationSetTerminal(ctx, d.app.Pool, queries.LocationSetTerminalParams{ID: location.ID, TerminalLocation: &place})
}

// make answers the id of what was made.
func (a dashboard) make(ctx context.Context, path string, form url.Values) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, a.stripeURL+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+a.key)
	answer, err := a.http.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = answer.Body.Close() }()
	var made struct {
		ID    string `json:"id"`
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&made); err != nil {
		return "", fmt.Errorf("read the stand-in's answer: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("the stand-in answers %s: %s", answer.Status, made.Error.Message)
	}
	return made.ID, nil
}
