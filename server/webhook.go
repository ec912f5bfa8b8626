package server

import (
	"io"
	"net/http"

	"carryover/migration"
)

// VerifyStripe answers the event of a request that Stripe signed, or an error for every other.
type VerifyStripe func(payload []byte, signature string) (migration.StripeEvent, error)

// stripeWebhook takes note of an event and answers as soon as that is committed. A request that Stripe did not sign learns
// nothing; an event that could not be noted is answered with 503, and Stripe sends it again.
func (o Options) stripeWebhook(w http.ResponseWriter, r *http.Request) {
	payload, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "the body is too large or was cut off", http.StatusBadRequest)
		return
	}
	event, err := o.VerifyStripe(payload, r.Header.Get("Stripe-Signature"))
	if err != nil {
		o.Log.WarnContext(r.Context(), "refused a webhook that is not signed as Stripe signs", "request_id", requestID(r.Context()), "error", err)
		http.Error(w, "the signature is not right", http.StatusBadRequest)
		return
	}
	if err := o.Resolver.Migration.RecordStripeEvent(r.Context(), event); err != nil {
		o.Log.ErrorContext(r.Context(), "webhook could not be noted", "request_id", requestID(r.Context()), "event", event.ID, "error", err)
		http.Error(w, "could not be noted, send it again", http.StatusServiceUnavailable)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}
