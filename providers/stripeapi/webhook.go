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
		var object struct{ ID string }
		if event.Data == nil || json.Unmarshal(event.Data.Raw, &object) != nil {
			return migration.StripeEvent{}, fmt.Errorf("event %q holds no object", event.ID)
		}
		return migration.StripeEvent{ID: event.ID, Type: string(event.Type), ObjectID: object.ID}, nil
	}
	return migration.StripeEvent{}, fmt.Errorf("verify Stripe's signature: %w", err)
}
