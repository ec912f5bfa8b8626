package stripefake_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"

	"carryover/sandbox/stripefake"
)

func keyed(key, email string) *stripe.CustomerParams {
	p := &stripe.CustomerParams{Email: stripe.String(email)}
	p.SetIdempotencyKey(key)
	return p
}

func TestIdempotency(t *testing.T) {
	t.Parallel()

	t.Run("Replays", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		first, err := b.api.Customers.New(keyed("k", "ann@example.com"))
		require.NoError(t, err)
		require.Empty(t, first.LastResponse.Header.Get("Idempotent-Replayed"))
		again, err := b.api.Customers.New(keyed("k", "ann@example.com"))
		require.NoError(t, err)
		require.Equal(t, first.ID, again.ID)
		require.Equal(t, first.LastResponse.RawJSON, again.LastResponse.RawJSON)
		require.Equal(t, "true", again.LastResponse.Header.Get("Idempotent-Replayed"))
		require.Len(t, b.server.Books().Customers, 1)
	})

	t.Run("ErrOtherParameters", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.api.Customers.New(keyed("k", "ann@example.com"))
		require.NoError(t, err)
		_, err = b.api.Customers.New(keyed("k", "bob@example.com"))
		e := stripeError(t, err)
		require.Equal(t, stripe.ErrorTypeIdempotency, e.Type)
		require.Equal(t, http.StatusBadRequest, e.HTTPStatusCode)
	})

	t.Run("KeepsDeclines", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_chargeCustomerFail")
		p := order(cus.ID, pm, 2500)
		p.SetIdempotencyKey("approval-1")
		for range 2 {
			_, err := b.api.Subscriptions.New(p)
			require.Equal(t, stripe.ErrorCodeCardDeclined, stripeError(t, err).Code)
		}
		log := b.server.Requests()
		require.True(t, log[len(log)-1].Replayed)
		require.Equal(t, http.StatusPaymentRequired, log[len(log)-1].Status)
		require.Equal(t, "approval-1", log[len(log)-1].IdempotencyKey)
	})

	t.Run("ForgetsRefusedParameters", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.api.Customers.New(keyed("k", "no address"))
		require.Error(t, err)
		_, err = b.api.Customers.New(keyed("k", "ann@example.com"))
		require.NoError(t, err)
	})

	t.Run("ExpiresByTheClock", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		first, err := b.api.Customers.New(keyed("k", "ann@example.com"))
		require.NoError(t, err)
		b.clock.Move(24*time.Hour - time.Second)
		same, err := b.api.Customers.New(keyed("k", "ann@example.com"))
		require.NoError(t, err)
		require.Equal(t, first.ID, same.ID)
		b.clock.Move(time.Second)
		second, err := b.api.Customers.New(keyed("k", "ann@example.com"))
		require.NoError(t, err)
		require.NotEqual(t, first.ID, second.ID)
	})

	t.Run("ErrConcurrent", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.server.Faults.Add(stripefake.Fault{Kind: stripefake.HoldBefore, Times: 1})
		first := make(chan error, 1)
		go func() {
			_, err := b.api.Customers.New(keyed("k", "ann@example.com"))
			first <- err
		}()
		require.NoError(t, b.server.Faults.WaitHeld(t.Context(), 1))
		require.Empty(t, b.server.Books().Customers, "nothing is done yet")
		_, err := b.api.Customers.New(keyed("k", "ann@example.com"))
		require.Equal(t, http.StatusConflict, stripeError(t, err).HTTPStatusCode)
		b.server.Faults.Release()
		require.NoError(t, <-first)
		_, err = b.api.Customers.New(keyed("k", "ann@example.com"))
		require.NoError(t, err)
		require.Len(t, b.server.Books().Customers, 1)
	})
}
