package stripeapi_test

import (
	"encoding/json"
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

	"carryover/migration"
	"carryover/providers/stripeapi"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

const publishableKey = "pk_test_browser"

// sandbox is the stand-in behind a real server, with a clock that is moved by hand and our client before it. No retries,
// so that each fault is seen: the SDK has its own, and net/http repeats a request with an idempotency key by itself when a
// connection that it used before turns out to be closed.
type sandbox struct {
	*stripefake.Server
	*stripeapi.Client
	url string

	mu  sync.Mutex
	now time.Time
}

// startSandbox begins five days after the date that the current month is backdated to.
func startSandbox(t *testing.T) *sandbox {
	t.Helper()
	b := &sandbox{now: backdate.AddDate(0, 0, 5)}
	server, err := stripefake.New(stripefake.Options{SecretKey: testKey, PublishableKey: publishableKey, Now: b.clock})
	require.NoError(t, err)
	web := httptest.NewUnstartedServer(server)
	web.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	web.Start()
	t.Cleanup(func() {
		require.NoError(t, server.Close())
		web.Close()
	})
	b.Server, b.url = server, web.URL
	b.Client = newClient(t, stripeapi.Options{
		BaseURL: web.URL, MaxNetworkRetries: new(int64(0)),
		HTTPClient: &http.Client{Transport: &http.Transport{DisableKeepAlives: true}},
	})
	return b
}

func (b *sandbox) clock() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.now
}

func (b *sandbox) moveTo(t *testing.T, at time.Time) {
	t.Helper()
	b.mu.Lock()
	b.now = at
	b.mu.Unlock()
	require.NoError(t, b.Advance())
}

// browse posts what Stripe.js would, with the publishable key and the client secret alone, or presses a button.
func (b *sandbox) browse(t *testing.T, path string, form url.Values) (status int, answer map[string]any) {
	t.Helper()
	if strings.HasPrefix(path, "/v1/") {
		form.Set("key", publishableKey)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &answer), "%s", raw)
	return resp.StatusCode, answer
}

// ask is somebody with the account's key: the operator in Stripe's dashboard. No form: reads.
func (b *sandbox) ask(t *testing.T, path string, form url.Values) (answer map[string]any) {
	t.Helper()
	method := http.MethodPost
	if form == nil {
		method = http.MethodGet
	}
	r, err := http.NewRequestWithContext(t.Context(), method, b.url+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Authorization", "Bearer "+testKey)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, resp.StatusCode, "%s", raw)
	require.NoError(t, json.Unmarshal(raw, &answer), "%s", raw)
	return answer
}

func (b *sandbox) newCustomer(t *testing.T) string {
	t.Helper()
	id, err := b.CreateCustomer(t.Context(), "customer-"+tenantID.String(), customer())
	require.NoError(t, err)
	return id
}

func (b *sandbox) open(t *testing.T, customer string, method queries.PaymentMethodType) migration.SetupIntent {
	t.Helper()
	r := setupRequest(method)
	r.CustomerID = customer
	intent, err := b.OpenSetupIntent(t.Context(), r)
	require.NoError(t, err)
	return intent
}

func (b *sandbox) confirm(t *testing.T, intent migration.SetupIntent, form url.Values) map[string]any {
	t.Helper()
	form.Set("client_secret", intent.ClientSecret)
	status, answer := b.browse(t, "/v1/setup_intents/"+intent.ID+"/confirm", form)
	require.Equal(t, http.StatusOK, status, "%v", answer)
	return answer
}

func cardForm(number string) url.Values {
	return url.Values{
		"payment_method_data[type]":            {"card"},
		"payment_method_data[card][number]":    {number},
		"payment_method_data[card][exp_month]": {"12"},
		"payment_method_data[card][exp_year]":  {"2034"},
		"payment_method_data[card][cvc]":       {"123"},
	}
}

// accountForm is a bank account typed by hand, with the mandate accepted.
func accountForm(number string) url.Values {
	return url.Values{
		"payment_method_data[type]":                                    {"us_bank_account"},
		"payment_method_data[us_bank_account][account_number]":         {number},
		"payment_method_data[us_bank_account][routing_number]":         {"110000000"},
		"payment_method_data[billing_details][name]":                   {"Tess Tenant"},
		"mandate_data[customer_acceptance][type]":                      {"online"},
		"mandate_data[customer_acceptance][online][infer_from_client]": {"true"},
	}
}

// saved is a request for a customer who gave this card in the browser.
func (b *sandbox) saved(t *testing.T, number string, r migration.SubscriptionRequest) migration.SubscriptionRequest {
	t.Helper()
	r.CustomerID = b.newCustomer(t)
	intent := b.open(t, r.CustomerID, queries.PaymentMethodTypeCard)
	if answer := b.confirm(t, intent, cardForm(number)); answer["status"] == "requires_action" {
		status, _ := b.browse(t, "/sandbox/setup_intents/"+intent.ID+"/authenticate", url.Values{"outcome": {"succeed"}})
		require.Equal(t, http.StatusOK, status)
	}
	read, err := b.SetupIntent(t.Context(), intent.ID)
	require.NoError(t, err)
	require.Equal(t, migration.SetupSucceeded, read.State)
	r.PaymentMethodID = read.PaymentMethod.ID
	for _, item := range r.Items {
		require.NoError(t, b.EnsureProduct(t.Context(), item.ProductID, "Monthly parking"))
	}
	return r
}

// charged is every amount that was taken, oldest first.
func (b *sandbox) charged() []int64 {
	amounts := []int64{}
	charges := b.Books().Charges
	for i := range charges {
		if c := charges[len(charges)-1-i]; c.Status == "succeeded" {
			amounts = append(amounts, c.Amount)
		}
	}
	return amounts
}
