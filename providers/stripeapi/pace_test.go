package stripeapi_test

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/stripeapi"
)

// noted is a pace that lets everything through, or nothing, and remembers it.
type noted struct {
	mu      sync.Mutex
	refuse  error
	entered []string
	left    []error
}

func (n *noted) Enter(_ context.Context, endpoint string) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.entered = append(n.entered, endpoint)
	return n.refuse
}

func (n *noted) Leave(_ context.Context, err error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.left = append(n.left, err)
}

func pacedClient(t *testing.T, b *sandbox, pace *noted) *stripeapi.Client {
	t.Helper()
	return newClient(t, stripeapi.Options{BaseURL: b.url, MaxNetworkRetries: new(int64(2)), Pace: pace})
}

func TestPace(t *testing.T) {
	t.Parallel()

	t.Run("EveryRequestByItsEndpoint", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		r := b.saved(t, cardGood, nextMonth())
		pace := &noted{}
		c := pacedClient(t, b, pace)
		_, err := c.PaymentMethod(t.Context(), r.PaymentMethodID)
		require.NoError(t, err)
		require.NoError(t, c.SetCustomerMethod(t.Context(), r.CustomerID, r.PaymentMethodID))
		_, err = c.CreateSubscription(t.Context(), "key", r)
		require.NoError(t, err)
		require.Equal(t, []string{"GET /v1/payment_methods/{id}", "POST /v1/customers/{id}", "POST /v1/subscriptions"}, pace.entered)
		require.Equal(t, []error{nil, nil, nil}, pace.left)
	})

	t.Run("ATurnThatDoesNotComeIsAskedForLater", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		before := len(b.Requests())
		pace := &noted{refuse: &migration.Later{After: 2500 * time.Millisecond, Why: "others have their turn first"}}
		_, err := pacedClient(t, b, pace).Subscriptions(t.Context(), "cus_1")
		pe := migration.ProviderErrorAs(err)
		require.Equal(t, migration.ProviderThrottled, pe.Kind)
		require.Equal(t, 3*time.Second, pe.RetryAfter)
		require.Len(t, pace.entered, 1, "the SDK does not try again by itself")
		require.Empty(t, pace.left)
		require.Len(t, b.Requests(), before, "nothing was sent")
	})

	t.Run("TellsHowItWent", func(t *testing.T) {
		t.Parallel()
		for _, c := range []struct {
			status int
			want   []migration.ProviderErrorKind
		}{
			{http.StatusTooManyRequests, []migration.ProviderErrorKind{migration.ProviderThrottled}},
			{http.StatusBadRequest, []migration.ProviderErrorKind{""}},
			{http.StatusUnauthorized, []migration.ProviderErrorKind{migration.ProviderShut}},
			{http.StatusInternalServerError, []migration.ProviderErrorKind{migration.ProviderUncertain}},
		} {
			pace := &noted{}
			rec := record(t, answer{status: c.status, body: `{"error":{"type":"api_error"}}`})
			_, err := newClient(t, stripeapi.Options{BaseURL: rec.url, MaxNetworkRetries: new(int64(0)), Pace: pace}).Subscriptions(t.Context(), "cus_1")
			require.Error(t, err)
			var kinds []migration.ProviderErrorKind
			for _, left := range pace.left {
				kind := migration.ProviderErrorKind("")
				if left != nil {
					kind = migration.ProviderErrorAs(left).Kind
				}
				kinds = append(kinds, kind)
			}
			require.True(t, slices.Equal(c.want, kinds), "%d: %v", c.status, kinds)
		}
	})
}
