package stripefake_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"

	"carryover/sandbox/stripefake"
)

func TestFaults(t *testing.T) {
	t.Parallel()

	t.Run("NoTraceBefore", func(t *testing.T) {
		t.Parallel()
		for kind, status := range map[stripefake.FaultKind]int{
			stripefake.RateLimit: 429, stripefake.RateLimitDate: 429, stripefake.LockTimeout: 429,
			stripefake.Unavailable: 503, stripefake.ErrorBefore: 500, stripefake.CutBefore: 500,
		} {
			b := setup(t)
			b.server.Faults.Add(stripefake.Fault{Kind: kind, Method: http.MethodPost, PathPrefix: "/v1/customers", Times: 1})
			_, err := b.api.Customers.New(keyed("k", "ann@example.com"))
			require.Error(t, err)
			require.Empty(t, b.server.Books().Customers, kind)
			require.Equal(t, status, b.server.Requests()[0].Status, kind)
			_, err = b.api.Customers.New(keyed("k", "ann@example.com"))
			if kind == stripefake.ErrorBefore { // a 500 is kept under its key
				require.Equal(t, http.StatusInternalServerError, stripeError(t, err).HTTPStatusCode)
				continue
			}
			require.NoError(t, err, kind)
		}
	})

	t.Run("RetryAfter", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.server.Faults.Add(stripefake.Fault{Kind: stripefake.RateLimit, RetryAfter: 7, Times: 1})
		b.server.Faults.Add(stripefake.Fault{Kind: stripefake.RateLimitDate, RetryAfter: 60, Times: 1})
		_, err := b.api.Customers.New(nil)
		e := stripeError(t, err)
		require.Equal(t, stripe.ErrorCodeRateLimit, e.Code)
		require.Equal(t, "7", e.LastResponse.Header.Get("Retry-After"))
		before := time.Now()
		_, err = b.api.Customers.New(nil)
		at, err := http.ParseTime(stripeError(t, err).LastResponse.Header.Get("Retry-After"))
		require.NoError(t, err)
		// An HTTP date has whole seconds.
		require.WithinRange(t, at, before.Add(time.Minute-time.Second), time.Now().Add(time.Minute))
	})

	t.Run("DoneAfter", func(t *testing.T) {
		t.Parallel()
		for _, kind := range []stripefake.FaultKind{stripefake.ErrorAfter, stripefake.DropAfter} {
			b := setup(t)
			b.server.Faults.Add(stripefake.Fault{Kind: kind, Times: 1})
			_, err := b.api.Customers.New(keyed("k", "ann@example.com"))
			require.Error(t, err)
			require.Len(t, b.server.Books().Customers, 1, kind)
			again, err := b.api.Customers.New(keyed("k", "ann@example.com"))
			require.Len(t, b.server.Books().Customers, 1, kind)
			if kind == stripefake.ErrorAfter {
				require.Equal(t, http.StatusInternalServerError, stripeError(t, err).HTTPStatusCode)
				continue
			}
			require.NoError(t, err)
			require.Equal(t, b.server.Books().Customers[0].ID, again.ID)
		}
	})

	t.Run("TheVendorsClientRetriesALostAnswerOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.server.Faults.Add(stripefake.Fault{Kind: stripefake.DropAfter, Times: 1})
		cus, err := newClient(b.url, secretKey, 2).Customers.New(&stripe.CustomerParams{Email: stripe.String("ann@example.com")})
		require.NoError(t, err)
		require.Len(t, b.server.Books().Customers, 1)
		require.Equal(t, b.server.Books().Customers[0].ID, cus.ID)
		require.Len(t, b.server.Requests(), 2)
	})

	t.Run("HoldThenRelease", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.server.Faults.Add(stripefake.Fault{Kind: stripefake.Hold, Times: 1})
		answered := make(chan error, 1)
		go func() {
			_, err := b.api.Customers.New(keyed("k", "ann@example.com"))
			answered <- err
		}()
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		require.NoError(t, b.server.Faults.WaitHeld(ctx, 1))
		require.Len(t, b.server.Books().Customers, 1)
		require.Empty(t, answered)
		_, err := b.api.Customers.New(keyed("k", "ann@example.com")) // a retry is replayed meanwhile
		require.NoError(t, err)
		b.server.Faults.Release()
		require.NoError(t, <-answered)
	})

	t.Run("SkipAndShareAreTheSameEachRun", func(t *testing.T) {
		t.Parallel()
		run := func() []int {
			b := setupWith(t, func(o *stripefake.Options) { o.Seed = 7 })
			b.server.Faults.Add(stripefake.Fault{Kind: stripefake.ErrorBefore, Share: 0.3, Skip: 5})
			var statuses []int
			for range 30 {
				_, _ = b.api.Customers.New(nil)
			}
			for _, r := range b.server.Requests() {
				statuses = append(statuses, r.Status)
			}
			return statuses
		}
		first := run()
		require.Equal(t, first, run())
		require.Contains(t, first, 500)
		require.NotContains(t, first[:5], 500)
		require.Contains(t, first[5:], 200)
	})

	t.Run("OrderedOverHTTP", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Equal(t, http.StatusCreated, b.orderFault(`{"kind":"error_before","path_prefix":"/v1/customers","times":1}`))
		require.Equal(t, http.StatusBadRequest, b.orderFault(`{"kind":"earthquake"}`))
		require.Equal(t, http.StatusBadRequest, b.orderFault(`{"kind":"hold","tmies":1}`))
		_, body := b.get("/sandbox/faults", "")
		require.Contains(t, body, "error_before")
		_, err := b.api.Customers.New(nil)
		require.Error(t, err)
		_, err = b.api.Customers.New(nil)
		require.NoError(t, err)
		_, body = b.get("/sandbox/books", "")
		require.Contains(t, body, `"customers":[{`)
	})
}

func (b *testBundle) orderFault(order string) int {
	b.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, b.url+"/sandbox/faults", strings.NewReader(order))
	require.NoError(b, err)
	status, _ := b.send(r, "")
	return status
}
