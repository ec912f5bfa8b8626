package stripefake

import (
	"encoding/json"
	"reflect"
)

// eventLimit bounds how many events are remembered; Stripe forgets them after
// 30 days (https://stripe.com/docs/api/events).
const eventLimit = 20_000

type event struct {
	ID              string       `json:"id"`
	Object          string       `json:"object"`
	APIVersion      string       `json:"api_version"`
	Created         int64        `json:"created"`
	Data            eventData    `json:"data"`
	Livemode        bool         `json:"livemode"`
	PendingWebhooks int          `json:"pending_webhooks"`
	Request         eventRequest `json:"request"`
	Type            string       `json:"type"`
}

type eventData struct {
	Object             json.RawMessage `json:"object"`
	PreviousAttributes map[string]any  `json:"previous_attributes,omitempty"`
}

type eventRequest struct {
	ID             maybe `json:"id"`
	IdempotencyKey maybe `json:"idempotency_key"`
}

func (e event) ident() (id, group string) { return e.ID, "" }

func eventRoutes() []endpoint {
	filter := spec{"type": text(), "types": list(text())}
	return []endpoint{
		{pattern: "GET /v1/events", spec: paging().with(filter), act: listEvents},
		{pattern: "GET /v1/events/{id}", spec: spec{"expand": list(text())}, act: func(c *call) (any, error) {
			return c.events.path(c.id, "id")
		}},
	}
}

func listEvents(c *call) (any, error) {
	types := c.p.texts("types")
	if one := c.p.text("type"); one != "" {
		types = append(types, one)
	}
	return paged(c, c.events, "", func(e event) bool {
		return c.p.created(e.Created) && (len(types) == 0 || e.isOneOf(types))
	})
}

// isOneOf also takes a type that ends in an asterisk: invoice.*
func (e event) isOneOf(types []string) bool {
	for _, wanted := range types {
		if e.Type == wanted {
			return true
		}
		if last := len(wanted) - 1; last > 0 && wanted[last] == '*' && len(e.Type) >= last && e.Type[:last] == wanted[:last] {
			return true
		}
	}
	return false
}

// emit records that something happened to the object, as it now stands.
func (t *tx) emit(kind string, object any) { t.tell(kind, object, nil) }

// emitChange also tells what was different before.
func (t *tx) emitChange(kind string, before, after any) {
	previous := map[string]any{}
	old, errOld := toTree(before)
	current, errNew := toTree(after)
	if errOld == nil && errNew == nil {
		now := current.(map[string]any)
		for name, value := range old.(map[string]any) {
			if !reflect.DeepEqual(value, now[name]) {
				previous[name] = value
			}
		}
	}
	t.tell(kind, after, previous)
}

func (t *tx) tell(kind string, object any, previous map[string]any) {
	raw, err := json.Marshal(object)
	if err != nil {
		raw = []byte("null")
	}
	e := event{
		ID: newID("evt"), Object: "event", APIVersion: apiVersion, Created: t.now, Type: kind,
		Data:    eventData{Object: raw, PreviousAttributes: previous},
		Request: eventRequest{maybe(t.request), maybe(t.key)},
	}
	if t.opts.WebhookURL != "" {
		e.PendingWebhooks = 1
	}
	if len(t.events.order) >= eventLimit {
		t.events.dropOldest()
	}
	t.events.put(e)
}
