package stripeapi

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/stripe/stripe-go/v76/webhook"

	"carryover/migration"
)

// Webhooks verifies what claims to come from Stripe. Several secrets are accepted, so that one can be replaced without losing
// an event.
type Webhooks struct{ Secrets []string }

// Verify answers the event of a payload that one of the secrets signed at most 300 seconds ago (wall time; Stripe,
// "Verify webhook signatures"). Events of another API version are accepted: only their names are used.
func (w Webhooks) Verify(payload []byte, signature string) (migration.StripeEvent, error) {
	err := errors.New("no webhook secret is configured")
	for _, secret := range w.Secrets {
		event, refused := webhook.ConstructEventWithOptions(payload, signature, secret, webhook.ConstructEventOptions{IgnoreAPIVersionMismatch: true})
		if refused != nil {
			err = refused
			continue
		}
		var object mentions
		if event.Data == nil || json.Unmarshal(event.Data.Raw, &object) != nil {
			return migration.StripeEvent{}, fmt.Errorf("event %q holds no object", event.ID)
		}
		return migration.StripeEvent{ID: event.ID, Type: string(event.Type), ObjectID: object.ID, CustomerID: string(object.Customer),
			SubscriptionID: string(object.Subscription), PaymentMethodID: string(object.PaymentMethod),
			PaymentIntentID: string(object.PaymentIntent), ChargeID: string(object.Charge),
			ReservationID: idIn(object.Metadata, keyReservation)}, nil
	}
	return migration.StripeEvent{}, fmt.Errorf("verify Stripe's signature: %w", err)
}

// mentions are the names that an event's object holds of other things.
type mentions struct {
	ID            string   `json:"id"`
	Customer      name     `json:"customer"`
	Subscription  name     `json:"subscription"`
	PaymentMethod name     `json:"payment_method"`
	PaymentIntent name     `json:"payment_intent"`
	Charge        name     `json:"charge"`
	Metadata      metadata `json:"metadata"`
}

// name is an id; whatever else an object of some other kind has in its place is none.
type name string

func (n *name) UnmarshalJSON(raw []byte) error {
	var id string
	if json.Unmarshal(raw, &id) == nil {
		*n = name(id)
	}
	return nil
}

// metadata is none where an object of some other kind has something else in its place.
type metadata map[string]string

func (m *metadata) UnmarshalJSON(raw []byte) error {
	var pairs map[string]string
	if json.Unmarshal(raw, &pairs) == nil {
		*m = pairs
	}
	return nil
}
