package server

import (
	"context"
	"io"
	"net/http"
	"net/url"

	"carryover/migration"
)

// VerifyStripe answers the event of a request that Stripe signed, or an error for every other.
type VerifyStripe func(payload []byte, signature string) (migration.StripeEvent, error)

// VerifyResend answers the event of a request that Resend signed, or an error for every other.
type VerifyResend func(payload []byte, header http.Header) (migration.EmailEvent, error)

// VerifyTextStatus answers what a status callback says that Twilio signed for this path, or an error for every other.
type VerifyTextStatus func(path, delivery string, form url.Values, signature string) (migration.TextEvent, error)

// VerifyTextReply answers the text of a request that Twilio signed for this path, or an error for every other.
type VerifyTextReply func(path string, form url.Values, signature string) (migration.IncomingText, error)

// webhook answers as soon as note has committed what a provider tells. Who did not sign learns nothing; what could not be noted
// is answered with 503, for the provider to send it again. verify answers what to note.
func (o Options) webhook(refusal int, verify func(r *http.Request) (note func(context.Context) error, err error), taken http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, id := r.Context(), requestID(r.Context())
		note, err := verify(r)
		if err != nil {
			o.Log.WarnContext(ctx, "refused a webhook", "route", r.Pattern, "request_id", id, "error", err)
			http.Error(w, http.StatusText(refusal), refusal)
			return
		}
		if err := note(ctx); err != nil {
			o.Log.ErrorContext(ctx, "webhook could not be noted", "route", r.Pattern, "request_id", id, "error", err)
			http.Error(w, "could not be noted, send it again", http.StatusServiceUnavailable)
			return
		}
		taken(w, r)
	}
}

func noContent(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }

func (o Options) stripeWebhook() http.HandlerFunc {
	return o.webhook(http.StatusBadRequest, func(r *http.Request) (func(context.Context) error, error) {
		payload, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		event, err := o.VerifyStripe(payload, r.Header.Get("Stripe-Signature"))
		return func(ctx context.Context) error { return o.Resolver.Migration.RecordStripeEvent(ctx, event) }, err
	}, noContent)
}
