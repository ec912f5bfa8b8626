package testkit

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/stripeapi"
)

const hookSecret = "whsec_of_the_tests"

// StripeEvents is everything that Stripe has to tell, oldest first, as our webhook reads it. Nothing of it was told yet: a test
// hands it to RecordStripeEvent in whatever order, as often, and as late as it likes.
func (b *Bundle) StripeEvents(t testing.TB) (all []migration.StripeEvent) {
	t.Helper()
	require.NoError(t, b.Stripe.Advance())
	for after := ""; ; {
		query := url.Values{"limit": {"100"}}
		if after != "" {
			query.Set("starting_after", after)
		}
		answer := b.Stripe.Ask(t, "GET", "/v1/events?"+query.Encode(), nil)
		for _, one := range answer["data"].([]any) {
			event := ReadStripeEvent(t, one)
			all, after = append(all, event), event.ID
		}
		if answer["has_more"] != true {
			slices.Reverse(all)
			return all
		}
	}
}

// ReadStripeEvent is one of Stripe's list of events as our webhook reads it.
func ReadStripeEvent(t testing.TB, one any) migration.StripeEvent {
	t.Helper()
	raw, err := json.Marshal(one)
	require.NoError(t, err)
	event, err := stripeapi.Webhooks{Secrets: []string{hookSecret}}.Verify(raw, signed(raw))
	require.NoError(t, err)
	return event
}

// signed is Stripe's signature (its documentation, "Verify webhook signatures manually").
func signed(payload []byte) string {
	mac, at := hmac.New(sha256.New, []byte(hookSecret)), time.Now().Unix()
	_, _ = fmt.Fprintf(mac, "%d.%s", at, payload) // a hash takes everything
	return fmt.Sprintf("t=%d,v1=%x", at, mac.Sum(nil))
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
