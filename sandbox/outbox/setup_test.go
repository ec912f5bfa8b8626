package outbox_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/resend/resend-go/v2"
	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"

	"carryover/sandbox/outbox"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
	"carryover/sandbox/twiliofake"
)

const (
	stripeKey = "sk_test_outbox"
	ours      = "+15551110000"
)

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.now }

func (c *clock) Advance(d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
	return nil
}

type testBundle struct {
	clock  *clock
	mail   *resendfake.Server
	phone  *twiliofake.Server
	stripe *stripefake.Server

	url     string // of the page
	resend  *resend.Client
	money   *client.API
	twilios string // base URL of Twilio
}

func setup(t *testing.T) testBundle {
	t.Helper()
	b := testBundle{clock: &clock{now: time.Date(2030, 1, 15, 9, 30, 0, 0, time.UTC)}}
	quiet := slog.New(slog.DiscardHandler)
	var err error
	b.mail, err = resendfake.New(resendfake.Options{Now: b.clock.Now, Logger: quiet})
	require.NoError(t, err)
	b.phone, err = twiliofake.New(twiliofake.Options{AccountSID: "AC1", AuthToken: "token", Now: b.clock.Now, Numbers: []string{ours}, Logger: quiet})
	require.NoError(t, err)
	b.stripe, err = stripefake.New(stripefake.Options{SecretKey: stripeKey, Now: b.clock.Now, Logger: quiet})
	require.NoError(t, err)
	page, err := outbox.New(outbox.Options{
		Mail: b.mail, Stripe: b.stripe, Phone: b.phone, Clock: b.clock, Title: "Carryover sandbox", StripeKey: stripeKey, Logger: quiet,
		Console: "/console", SignIn: "sign in as you like",
	})
	require.NoError(t, err)
	b.url = serve(t, page)
	b.twilios = serve(t, b.phone)
	b.connect(t)
	t.Cleanup(func() {
		require.NoError(t, b.mail.Close())
		require.NoError(t, b.phone.Close())
		require.NoError(t, b.stripe.Close())
	})
	return b
}

func serve(t *testing.T, handler http.Handler) string {
	t.Helper()
	web := httptest.NewServer(handler)
	t.Cleanup(web.Close)
	return web.URL
}

func (b *testBundle) connect(t *testing.T) {
	t.Helper()
	b.resend = resend.NewCustomClient(http.DefaultClient, "re_x")
	var err error
	b.resend.BaseURL, err = url.Parse(serve(t, b.mail) + "/")
	require.NoError(t, err)
	b.money = client.New(stripeKey, stripe.NewBackendsWithConfig(&stripe.BackendConfig{
		URL: stripe.String(serve(t, b.stripe)), LeveledLogger: &stripe.LeveledLogger{Level: stripe.LevelNull},
	}))
}

func (b *testBundle) email(t *testing.T, to, subject, html, text string) string {
	t.Helper()
	sent, err := b.resend.Emails.SendWithContext(t.Context(), &resend.SendEmailRequest{
		From: "Northlight Studios <hello@northlight.test>", To: []string{to}, Subject: subject, Html: html, Text: text,
		Headers: map[string]string{"List-Unsubscribe": "<https://northlight.test/u/1>"}, Tags: []resend.Tag{{Name: "delivery", Value: "d_1"}},
	})
	require.NoError(t, err)
	return sent.Id
}

func (b *testBundle) text(t *testing.T, to, body string) {
	t.Helper()
	form := url.Values{"From": {ours}, "To": {to}, "Body": {body}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.twilios+"/2010-04-01/Accounts/AC1/Messages.json", strings.NewReader(form.Encode()))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.SetBasicAuth("AC1", "token")
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	require.Equal(t, http.StatusCreated, resp.StatusCode)
}

// subscriber is a customer with a card and a paid monthly subscription.
func (b *testBundle) subscriber(t *testing.T, name, email string, cents int64) string {
	t.Helper()
	customer, err := b.money.Customers.New(&stripe.CustomerParams{Name: &name, Email: &email})
	require.NoError(t, err)
	method, err := b.money.PaymentMethods.Attach("pm_card_visa", &stripe.PaymentMethodAttachParams{Customer: &customer.ID})
	require.NoError(t, err)
	product, err := b.money.Products.New(&stripe.ProductParams{Name: stripe.String("Studio 14")})
	require.NoError(t, err)
	_, err = b.money.Subscriptions.New(&stripe.SubscriptionParams{
		Customer: &customer.ID, DefaultPaymentMethod: &method.ID,
		Items: []*stripe.SubscriptionItemsParams{{PriceData: &stripe.SubscriptionItemPriceDataParams{
			Currency: stripe.String("usd"), Product: &product.ID, UnitAmount: &cents,
			Recurring: &stripe.SubscriptionItemPriceDataRecurringParams{Interval: stripe.String("month")},
		}}},
	})
	require.NoError(t, err)
	return customer.ID
}

func (b *testBundle) get(t *testing.T, path string) (int, http.Header, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.url+path, nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	return resp.StatusCode, resp.Header, string(raw)
}

func (b *testBundle) page(t *testing.T, path string) string {
	t.Helper()
	status, _, body := b.get(t, path)
	require.Equal(t, http.StatusOK, status, body)
	return body
}

// press posts a form as a browser on the page does and does not follow.
func (b *testBundle) press(t *testing.T, path string, form url.Values, headers ...string) *http.Response {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	once := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := once.Do(req)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return resp
}

func invitation(name string) string {
	return fmt.Sprintf(`<!doctype html><html><body style="margin:0;background:#f4f4f7;font-family:Helvetica,Arial,sans-serif">
<table width="100%%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 16px">
<table width="100%%" style="max-width:520px;background:#fff;border-radius:12px" cellpadding="0" cellspacing="0"><tr><td style="padding:36px">
<h1 style="margin:0 0 16px;font-size:24px;color:#111">Hello %s</h1>
<p style="font-size:16px;line-height:1.6;color:#444">Your studio is moving to simpler billing. Choose a card or your bank once, and your rent is paid on the same day every month.</p>
<p style="margin:28px 0"><a href="https://northlight.test/setup/abc" style="background:#4f46e5;color:#fff;padding:14px 24px;border-radius:8px;text-decoration:none;font-weight:bold">Set up my payments</a></p>
<p style="font-size:13px;color:#888">Nothing is charged today.</p></td></tr></table></td></tr></table></body></html>`, name)
}
