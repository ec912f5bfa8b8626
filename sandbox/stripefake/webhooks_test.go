package stripefake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/webhook"

	"carryover/sandbox/stripefake"
)

// receiver verifies deliveries as stripe-go does and refuses the first few.
type receiver struct {
	mu     sync.Mutex
	events []stripe.Event
	errs   []error
	refuse int
}

func (r *receiver) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(req.Body)
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.refuse > 0 {
		r.refuse--
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	e, bad := webhook.ConstructEvent(body, req.Header.Get("Stripe-Signature"), "whsec_old")
	r.errs = append(r.errs, err, bad)
	r.events = append(r.events, e)
}

func (r *receiver) types() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []string
	for _, e := range r.events {
		all = append(all, string(e.Type))
	}
	return all
}

func hooked(t *testing.T, refuse int) (*testBundle, *receiver) {
	r := &receiver{refuse: refuse}
	web := httptest.NewServer(r)
	t.Cleanup(web.Close)
	b := setupWith(t, func(o *stripefake.Options) {
		o.WebhookURL, o.WebhookSecrets = web.URL, []string{"whsec_new", "whsec_old"}
	})
	return b, r
}

func TestWebhooks(t *testing.T) {
	t.Parallel()

	t.Run("SignedAndComplete", func(t *testing.T) {
		t.Parallel()
		b, r := hooked(t, 0)
		b.products()
		cus, pm := b.saved("pm_card_visa")
		sub, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
		require.NoError(t, err)
		want := []string{
			"setup_intent.created", "setup_intent.succeeded", "payment_method.attached", "customer.subscription.created",
			"invoice.created", "invoice.finalized", "charge.succeeded", "payment_intent.succeeded", "invoice.paid",
			"invoice.payment_succeeded", "customer.subscription.updated",
		}
		require.Eventually(t, func() bool { return len(r.types()) >= len(want) }, time.Minute, time.Millisecond)
		require.ElementsMatch(t, want, r.types())
		for _, err := range r.errs {
			require.NoError(t, err)
		}
		e := r.events[slices.Index(r.types(), "customer.subscription.updated")]
		require.Equal(t, "incomplete", e.Data.PreviousAttributes["status"])
		var told stripe.Subscription
		require.NoError(t, json.Unmarshal(e.Data.Raw, &told))
		require.Equal(t, sub.ID, told.ID)
		require.Equal(t, stripe.SubscriptionStatusActive, told.Status)
	})

	t.Run("RetriesUntilTaken", func(t *testing.T) {
		t.Parallel()
		b, r := hooked(t, 3)
		b.saved("pm_card_visa")
		require.Eventually(t, func() bool { return len(r.types()) == 3 }, time.Minute, time.Millisecond)
		require.Eventually(t, func() bool {
			list := b.api.Events.List(&stripe.EventListParams{Types: []*string{stripe.String("setup_intent.*")}})
			pending, seen := int64(0), 0
			for list.Next() {
				seen++
				pending += list.Event().PendingWebhooks
			}
			return seen == 2 && pending == 0
		}, time.Minute, time.Millisecond)
	})

	t.Run("OwedOnesAreDeliveredAfterARestart", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(t.TempDir(), "journal")
		nobody := setupWith(t, func(o *stripefake.Options) {
			o.Journal, o.WebhookURL, o.WebhookRetry = path, "http://127.0.0.1:1/", time.Hour
		})
		nobody.saved("pm_card_visa")
		require.NoError(t, nobody.server.Close())

		r := &receiver{}
		web := httptest.NewServer(r)
		t.Cleanup(web.Close)
		setupWith(t, func(o *stripefake.Options) {
			o.Journal, o.WebhookURL, o.WebhookSecrets = path, web.URL, []string{"whsec_old"}
		})
		require.Eventually(t, func() bool { return len(r.types()) == 3 }, time.Minute, time.Millisecond)
	})

	t.Run("TwiceLateSwapped", func(t *testing.T) {
		t.Parallel()
		b, r := hooked(t, 0)
		b.server.Faults.Add(stripefake.Fault{Kind: stripefake.WebhookTwice, PathPrefix: "setup_intent.created", Times: 1})
		b.server.Faults.Add(stripefake.Fault{Kind: stripefake.WebhookSwap, PathPrefix: "payment_method.attached", Times: 1})
		b.saved("pm_card_visa")
		require.Eventually(t, func() bool { return len(r.types()) == 4 }, time.Minute, time.Millisecond)
		types := r.types()
		require.ElementsMatch(t, []string{
			"setup_intent.created", "setup_intent.created", "setup_intent.succeeded", "payment_method.attached",
		}, types)
		require.Less(t, slices.Index(types, "setup_intent.succeeded"), slices.Index(types, "payment_method.attached"))

		b.server.Faults.Add(stripefake.Fault{Kind: stripefake.WebhookLate, PathPrefix: "setup_intent.created", DelayMS: 600_000, Times: 1})
		b.saved("pm_card_visa")
		require.Eventually(t, func() bool { return len(r.types()) == 6 }, time.Minute, time.Millisecond)
		require.NotContains(t, r.types()[4:], "setup_intent.created")
		b.server.Faults.Release()
		require.Eventually(t, func() bool { return len(r.types()) == 7 }, time.Minute, time.Millisecond)
		require.Equal(t, "setup_intent.created", r.types()[6])
	})
}
