package testkit

import (
	"encoding/json"
	"net/url"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76/webhook"

	"carryover/migration"
	"carryover/providers/stripeapi"
)

const hookSecret = "whsec_of_the_tests"

// StripeEvents is everything that Stripe has to tell, oldest first, as our webhook reads it. Nothing of it was told yet: a test
// hands it to RecordStripeEvent in whatever order, as often, and as late as it likes.
func (b *Bundle) StripeEvents(t testing.TB) (all []migration.StripeEvent) {
	t.Helper()
	require.NoError(t, b.Stripe.Advance())
	hooks := stripeapi.Webhooks{Secrets: []string{hookSecret}}
	for after := ""; ; {
		query := url.Values{"limit": {"100"}}
		if after != "" {
			query.Set("starting_after", after)
		}
		answer := b.Stripe.Ask(t, "GET", "/v1/events?"+query.Encode(), nil)
		for _, one := range answer["data"].([]any) {
			raw, err := json.Marshal(one)
			require.NoError(t, err)
			signed := webhook.GenerateTestSignedPayload(&webhook.UnsignedPayload{Payload: raw, Secret: hookSecret})
			event, err := hooks.Verify(signed.Payload, signed.Header)
			require.NoError(t, err)
			all, after = append(all, event), event.ID
		}
		if answer["has_more"] != true {
			slices.Reverse(all)
			return all
		}
	}
}

// Hear lets Stripe tell these, and does what comes of it.
func (b *Bundle) Hear(t testing.TB, events ...migration.StripeEvent) {
	t.Helper()
	for _, e := range events {
		require.NoError(t, b.Rules.RecordStripeEvent(t.Context(), e))
	}
	b.MustWork(t)
}

// LookAfter lets the look-for-work find what is due by the clock, and does it.
func (b *Bundle) LookAfter(t testing.TB) {
	t.Helper()
	require.NoError(t, b.Stripe.Advance())
	require.NoError(t, b.Rules.LookForSubscriptions(t.Context()))
	b.MustWork(t)
}
