package server

import (
	"context"
	"io"
	"net/http"

	"carryover/migration"
)

// resendWebhook takes the body as it came: the signature is over its bytes.
func (o Options) resendWebhook() http.HandlerFunc {
	return o.webhook(http.StatusBadRequest, func(r *http.Request) (func(context.Context) error, error) {
		payload, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		event, err := o.VerifyResend(payload, r.Header)
		by := migration.IntegrationActor(requestID(r.Context()))
		return func(ctx context.Context) error { return o.Resolver.Migration.HearEmail(ctx, by, event) }, err
	}, noContent)
}
