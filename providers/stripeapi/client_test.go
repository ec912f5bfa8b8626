package stripeapi_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/stripeapi"
)

func TestNew(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name, key, base, want string // an empty want is success
	}{
		{"OK", "sk_test_abc", "", ""},
		{"OKTestKeyElsewhere", "rk_test_abc", "http://127.0.0.1:8080", ""},
		{"OKLiveKeyAtStripe", "sk_live_abc", "", ""},
		{"OKLiveKeyAtStripeSpelledOut", "rk_live_abc", "https://api.stripe.com/", ""},
		{"OKPastedWithALineBreak", "sk_test_abc\n", "", ""},
		{"ErrLiveKeyElsewhere", "sk_live_abc", "http://127.0.0.1:8080", "live Stripe key is never sent to \"http://127.0.0.1:8080\""},
		{"ErrRestrictedLiveKeyElsewhere", "rk_live_abc", "https://example.com", "live Stripe key"},
		{"ErrLiveKeyElsewhereDespiteBlanks", " sk_live_abc", "https://example.com", "live Stripe key"},
		{"ErrLiveKeyInPlainText", "sk_live_abc", "http://api.stripe.com", "live Stripe key"},
		{"ErrLiveKeyLookalike", "sk_live_abc", "https://api.stripe.com.example.com", "live Stripe key"},
		{"ErrNoKey", " ", "", "missing"},
		{"ErrPublishableKey", "pk_live_abc", "", "must start with"},
		{"ErrBaseURL", "sk_test_abc", "localhost:8080", "base URL is not valid"},
		{"ErrBaseURLWithPassword", "sk_test_abc", "https://u:p@example.com", "base URL is not valid"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := stripeapi.New(stripeapi.Options{SecretKey: c.key, BaseURL: c.base})
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, c.want)
			require.NotContains(t, err.Error(), "_abc", "keys never stand in errors")
		})
	}
}

func TestEveryCall(t *testing.T) {
	t.Parallel()

	t.Run("SaysWhoAsks", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"cus_1"}`))
		_, err := rec.client(t).CreateCustomer(t.Context(), "key-1", customer())
		require.NoError(t, err)
		header := rec.only(t).header
		require.Equal(t, "Bearer "+testKey, header.Get("Authorization"))
		require.Equal(t, "2023-10-16", header.Get("Stripe-Version"))
		require.Contains(t, header.Get("User-Agent"), "Carryover")
		require.Empty(t, header.Get("X-Stripe-Client-Telemetry"))
	})

	t.Run("RetriesALostAnswerUnderTheSameKey", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{}, ok(`{"id":"cus_1"}`))
		id, err := newClient(t, stripeapi.Options{BaseURL: rec.url}).CreateCustomer(t.Context(), "key-1", customer())
		require.NoError(t, err)
		require.Equal(t, "cus_1", id)
		asked := rec.requests()
		require.Len(t, asked, 2)
		require.Equal(t, "key-1", asked[0].header.Get("Idempotency-Key"))
		require.Equal(t, "key-1", asked[1].header.Get("Idempotency-Key"))
		require.Equal(t, asked[0].raw, asked[1].raw)
	})

	t.Run("ErrKey", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{}`))
		for _, key := range []string{"", "  ", string(bytes.Repeat([]byte("k"), 256))} {
			_, err := rec.client(t).CreateSubscription(t.Context(), key, currentMonth())
			require.Equal(t, "idempotency_key_invalid", requireKind(t, migration.ProviderRefused, err).Code)
		}
		require.Empty(t, rec.requests())
	})
}

// overdue is a context whose time is over when the test says so.
type overdue struct {
	context.Context
	over chan struct{}
}

func (c overdue) Done() <-chan struct{} { return c.over }

func (c overdue) Err() error {
	select {
	case <-c.over:
		return context.DeadlineExceeded
	default:
		return nil
	}
}

func TestDeadline(t *testing.T) {
	t.Parallel()

	for name, ask := range map[string]func(context.Context, *stripeapi.Client) error{
		"DuringARead": func(ctx context.Context, c *stripeapi.Client) error {
			_, err := c.Subscriptions(ctx, "cus_1")
			return err
		},
		"DuringACreation": func(ctx context.Context, c *stripeapi.Client) error {
			_, err := c.CreateSubscription(ctx, "key-1", currentMonth())
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx, gone := overdue{t.Context(), make(chan struct{})}, make(chan struct{})
			server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				_ = r.ParseForm() // the server notices a caller who leaves only once the body is read
				close(ctx.over)
				<-r.Context().Done()
				close(gone)
			}))
			defer server.Close()
			err := ask(ctx, newClient(t, stripeapi.Options{BaseURL: server.URL}))
			require.ErrorIs(t, requireKind(t, migration.ProviderUncertain, err), context.DeadlineExceeded)
			<-gone
		})
	}

	t.Run("Canceled", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{}`))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := rec.client(t).PaymentMethod(ctx, "pm_1")
		requireKind(t, migration.ProviderUncertain, err)
		require.ErrorIs(t, err, context.Canceled)
	})
}

func TestLog(t *testing.T) {
	t.Parallel()
	const secret = "seti_1_secret_x"
	cases := map[string]answer{
		"Success":  ok(`{"object":"list","data":[{"id":"cus_1","name":"` + secret + `"}]}`),
		"Refusal":  {status: 400, body: `{"error":{"type":"invalid_request_error","code":"odd","message":"` + secret + `","setup_intent":{"client_secret":"` + secret + `"}}}`},
		"Decline":  {status: 402, body: `{"error":{"type":"card_error","code":"odd","message":"` + secret + `"}}`},
		"NotJSON":  {status: 502, body: "<html>" + secret},
		"BadJSON":  ok(`{"client_secret":"` + secret + `"`),
		"NoAnswer": {},
	}
	for name, given := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			rec := record(t, given)
			c := newClient(t, stripeapi.Options{
				BaseURL: rec.url, MaxNetworkRetries: new(int64(0)),
				Logger: slog.New(slog.NewTextHandler(&out, &slog.HandlerOptions{Level: slog.LevelDebug})),
			})
			_, err := c.FindCustomer(t.Context(), customer())
			require.Contains(t, out.String(), "/v1/customers", "it is logged")
			for _, hidden := range []string{secret, "ann@example.com", "ann%40example.com", testKey} {
				require.NotContains(t, out.String(), hidden)
				require.NotContains(t, chain(err), hidden)
			}
		})
	}
}

// chain is what anybody could print of an error.
func chain(err error) string {
	all := ""
	for ; err != nil; err = errors.Unwrap(err) {
		all += err.Error() + "\n"
	}
	return all
}
