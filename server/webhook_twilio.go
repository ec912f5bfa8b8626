package server

import (
	"context"
	"io"
	"net/http"

	"carryover/migration"
)

// maxForm is more than any callback or text of 1,600 characters takes.
const maxForm = 64 << 10

const twilioSignature = "X-Twilio-Signature"

// textStatusWebhook takes what became of a text; the delivery's id ends the address that was given with it.
func (o Options) textStatusWebhook() http.HandlerFunc {
	return o.webhook(http.StatusForbidden, func(r *http.Request) (func(context.Context) error, error) {
		if err := parseForm(r); err != nil {
			return nil, err
		}
		event, err := o.VerifyTextStatus(r.URL.RequestURI(), r.PathValue("delivery"), r.PostForm, r.Header.Get(twilioSignature))
		by := migration.IntegrationActor(requestID(r.Context()))
		return func(ctx context.Context) error { return o.Resolver.Migration.HearText(ctx, by, event) }, err
	}, noContent)
}

// textReplyWebhook takes a text that somebody sent to us. The answer says nothing back: STOP, START and HELP are answered by
// Twilio itself, and the rest by a person.
func (o Options) textReplyWebhook() http.HandlerFunc {
	return o.webhook(http.StatusForbidden, func(r *http.Request) (func(context.Context) error, error) {
		if err := parseForm(r); err != nil {
			return nil, err
		}
		text, err := o.VerifyTextReply(r.URL.RequestURI(), r.PostForm, r.Header.Get(twilioSignature))
		by := migration.IntegrationActor(requestID(r.Context()))
		return func(ctx context.Context) error { return o.Resolver.Migration.HearReply(ctx, by, text) }, err
	}, emptyTwiML)
}

// emptyTwiML is the shortest answer that Twilio reads (its documentation, "TwiML for Programmable Messaging").
func emptyTwiML(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = io.WriteString(w, `<?xml version="1.0" encoding="UTF-8"?><Response/>`)
}

func parseForm(r *http.Request) error {
	r.Body = http.MaxBytesReader(nil, r.Body, maxForm)
	return r.ParseForm()
}
