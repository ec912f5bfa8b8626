package stripefake_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"

	"carryover/sandbox/stripefake"
)

const (
	secretKey      = "sk_test_sandbox"
	publishableKey = "pk_test_sandbox"
)

// clock is moved by hand; it starts on a Monday at noon.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newClock() *clock { return &clock{now: time.Date(2024, 1, 15, 12, 0, 0, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

func (c *clock) Move(d time.Duration) { c.Set(c.Now().Add(d)) }

// testBundle is a stand-in behind a real HTTP server and stripe-go before it.
type testBundle struct {
	*testing.T
	server *stripefake.Server
	url    string
	api    *client.API
	clock  *clock
}

func setup(t *testing.T) *testBundle {
	t.Helper()
	return setupWith(t, func(*stripefake.Options) {})
}

func setupWith(t *testing.T, change func(*stripefake.Options)) *testBundle {
	t.Helper()
	clock := newClock()
	options := stripefake.Options{SecretKey: secretKey, PublishableKey: publishableKey, Now: clock.Now, WebhookRetry: 5 * time.Millisecond}
	change(&options)
	server, err := stripefake.New(options)
	require.NoError(t, err)
	web := httptest.NewUnstartedServer(server)
	web.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	web.Start()
	t.Cleanup(func() {
		require.NoError(t, server.Close())
		web.Close()
	})
	return &testBundle{T: t, server: server, url: web.URL, clock: clock, api: newClient(web.URL, secretKey, 0)}
}

func newClient(url, key string, retries int64) *client.API {
	config := &stripe.BackendConfig{
		URL: stripe.String(url), MaxNetworkRetries: stripe.Int64(retries), EnableTelemetry: stripe.Bool(false),
		LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
	}
	backend := stripe.GetBackendWithConfig(stripe.APIBackend, config)
	return client.New(key, &stripe.Backends{API: backend, Connect: backend, Uploads: backend})
}

// post sends a form as it stands, for what stripe-go would not send.
func (b *testBundle) post(path, key string, form url.Values) (int, string) {
	b.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, b.url+path, strings.NewReader(form.Encode()))
	require.NoError(b, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return b.send(r, key)
}

func (b *testBundle) get(path, key string) (int, string) {
	b.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, b.url+path, http.NoBody)
	require.NoError(b, err)
	return b.send(r, key)
}

func (b *testBundle) send(r *http.Request, key string) (int, string) {
	b.Helper()
	if key != "" {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	answer, err := http.DefaultClient.Do(r)
	require.NoError(b, err)
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	require.NoError(b, err)
	return answer.StatusCode, string(body)
}

func (b *testBundle) customer() *stripe.Customer {
	b.Helper()
	cus, err := b.api.Customers.New(&stripe.CustomerParams{Email: stripe.String("ann@example.com"), Name: stripe.String("Ann")})
	require.NoError(b, err)
	return cus
}

func (b *testBundle) products() {
	b.Helper()
	for _, id := range []string{"parking", "insurance"} {
		_, err := b.api.Products.New(&stripe.ProductParams{ID: stripe.String(id), Name: stripe.String(id)})
		require.NoError(b, err)
	}
}

// saved is a customer with a card saved through a SetupIntent.
func (b *testBundle) saved(card string) (cus *stripe.Customer, method string) {
	b.Helper()
	cus = b.customer()
	si, err := b.api.SetupIntents.New(&stripe.SetupIntentParams{
		Customer: stripe.String(cus.ID), PaymentMethodTypes: []*string{stripe.String("card")},
		PaymentMethod: stripe.String(card), Confirm: stripe.Bool(true),
	})
	require.NoError(b, err)
	if si.Status == stripe.SetupIntentStatusRequiresAction {
		status, _ := b.post("/sandbox/setup_intents/"+si.ID+"/authenticate", "", url.Values{"outcome": {"succeed"}})
		require.Equal(b, http.StatusOK, status)
	}
	return cus, si.PaymentMethod.ID
}

func items(amounts ...int64) []*stripe.SubscriptionItemsParams {
	products := []string{"parking", "insurance"}
	var all []*stripe.SubscriptionItemsParams
	for i, amount := range amounts {
		all = append(all, &stripe.SubscriptionItemsParams{PriceData: &stripe.SubscriptionItemPriceDataParams{
			Currency: stripe.String("usd"), Product: stripe.String(products[i%2]), UnitAmount: stripe.Int64(amount),
			Recurring: &stripe.SubscriptionItemPriceDataRecurringParams{Interval: stripe.String("month")},
		}})
	}
	return all
}

// order is a subscription for parking and insurance charged to the method.
func order(customer, method string, amounts ...int64) *stripe.SubscriptionParams {
	return &stripe.SubscriptionParams{
		Customer: stripe.String(customer), DefaultPaymentMethod: stripe.String(method), Items: items(amounts...),
		OffSession: stripe.Bool(true), PaymentBehavior: stripe.String("error_if_incomplete"),
	}
}

func stripeError(t require.TestingT, err error) *stripe.Error {
	var e *stripe.Error
	require.ErrorAs(t, err, &e)
	return e
}

func moment(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}
