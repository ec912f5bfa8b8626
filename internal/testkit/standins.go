package testkit

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/sandbox/resendfake"
	"carryover/sandbox/stripefake"
	"carryover/sandbox/twiliofake"
)

// StripePublishableKey is what the tenant's browser is given.
const StripePublishableKey = "pk_test_studios"

const (
	stripeSecretKey = "sk_test_4eC39HqLyjWDarjtT1zdp7dc"
	resendKey       = "re_123abc_456def"
	twilioAccount   = "AC00000000000000000000000000000001"
	twilioToken     = "token0123456789"
	twilioNumber    = "+15551110000"
)

// Stripe is the stand-in behind a real server.
type Stripe struct {
	*stripefake.Server
	URL string
}

// Resend is the stand-in behind a real server.
type Resend struct {
	*resendfake.Server
	URL string
}

// Twilio is the stand-in behind a real server.
type Twilio struct {
	*twiliofake.Server
	URL string
}

// ChangeStripe puts a stand-in with other options in the place of the one that the bundle began with, before anything is in it.
func (b *Bundle) ChangeStripe(t testing.TB, change func(*stripefake.Options)) {
	t.Helper()
	b.Stripe = startStripe(t, b.Clock, change)
	b.Rules = b.Service(t, func(*migration.Options) {})
}

func startStripe(t testing.TB, c *Clock, change func(*stripefake.Options)) *Stripe {
	t.Helper()
	o := stripefake.Options{SecretKey: stripeSecretKey, PublishableKey: StripePublishableKey, Now: c.Now}
	change(&o)
	server, err := stripefake.New(o)
	require.NoError(t, err)
	web := serve(server)
	t.Cleanup(func() {
		require.NoError(t, server.Close())
		web.Close()
	})
	return &Stripe{Server: server, URL: web.URL}
}

func startResend(t testing.TB, c *Clock) *Resend {
	t.Helper()
	server, err := resendfake.New(resendfake.Options{APIKey: resendKey, Now: c.Now, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	web := serve(server)
	t.Cleanup(func() {
		server.Faults.Clear()
		web.Close()
		require.NoError(t, server.Close())
	})
	return &Resend{Server: server, URL: web.URL}
}

func startTwilio(t testing.TB, c *Clock) *Twilio {
	t.Helper()
	server, err := twiliofake.New(twiliofake.Options{AccountSID: twilioAccount, AuthToken: twilioToken, Now: c.Now,
		Numbers: []string{twilioNumber}, Logger: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	web := serve(server)
	t.Cleanup(func() {
		server.Faults.Clear()
		web.Close()
		require.NoError(t, server.Close())
	})
	return &Twilio{Server: server, URL: web.URL}
}

func serve(h http.Handler) *httptest.Server {
	web := httptest.NewUnstartedServer(h)
	web.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError) // cut connections are ordered, not news
	web.Start()
	return web
}

// Browse posts what Stripe.js would, or presses one of the stand-in's buttons.
func (s *Stripe) Browse(t testing.TB, path string, form url.Values) map[string]any {
	t.Helper()
	if strings.HasPrefix(path, "/v1/") {
		form.Set("key", StripePublishableKey)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.URL+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	return answered(t, r)
}

// Confirm gives a test card ("pm_card_visa") to the SetupIntent of a client secret, as the tenant's browser does, and answers
// the intent's id.
func (s *Stripe) Confirm(t testing.TB, clientSecret, card string) string {
	t.Helper()
	id, _, _ := strings.Cut(clientSecret, "_secret_")
	s.Browse(t, "/v1/setup_intents/"+id+"/confirm", url.Values{"client_secret": {clientSecret}, "payment_method": {card}})
	return id
}

// Order makes the next creations of a subscription, or whatever else the path begins with, go wrong.
func (s *Stripe) Order(kind stripefake.FaultKind, path string, times int) {
	s.Faults.Add(stripefake.Fault{Kind: kind, Method: http.MethodPost, PathPrefix: path, Times: times, RetryAfter: 30})
}

// Charged is every amount that was taken, oldest first.
func (s *Stripe) Charged(t testing.TB) []int64 {
	t.Helper()
	require.NoError(t, s.Advance())
	amounts := []int64{}
	charges := s.Books().Charges
	for i := range charges {
		if c := charges[len(charges)-1-i]; c.Status == "succeeded" {
			amounts = append(amounts, c.Amount)
		}
	}
	return amounts
}

// Calls counts the requests of one method and path.
func (s *Stripe) Calls(method, path string) (n int) {
	for _, r := range s.Requests() {
		if r.Method == method && r.Path == path {
			n++
		}
	}
	return n
}

// Addresses is who was mailed, oldest first, once for each email.
func (r *Resend) Addresses() []string {
	to := []string{}
	for _, e := range r.Emails() {
		to = append(to, e.To...)
	}
	return to
}

// Order makes the next batches go wrong.
func (r *Resend) Order(f resendfake.Fault) {
	f.Path = "/emails/batch"
	r.Faults.Add(f)
}

// Held is an order whose held answers can be waited for.
type Held interface {
	Wait(ctx context.Context, n int) error
}

// Order makes the next texts go wrong, and answers the order, on which held answers can be waited for.
func (w *Twilio) Order(f twiliofake.Fault) Held {
	f.Method, f.Path = http.MethodPost, "/2010-04-01/"
	return w.Faults.Add(f)
}

// Texts is what each phone was sent, oldest first, in the vendor's own books.
func (w *Twilio) Texts(phone string) (sent []twiliofake.Message) {
	for _, m := range w.Messages() {
		if m.To == phone && !m.Inbound() {
			sent = append(sent, m)
		}
	}
	return sent
}

// Calls is how often a text was asked for.
func (w *Twilio) Calls() (n int) {
	for _, r := range w.Requests() {
		if r.Method == http.MethodPost {
			n++
		}
	}
	return n
}

// Ask is somebody with the account's key: another system, or the operator in Stripe's dashboard.
func (s *Stripe) Ask(t testing.TB, method, path string, form url.Values) map[string]any {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+stripeSecretKey)
	return answered(t, r)
}

func answered(t testing.TB, r *http.Request) (answer map[string]any) {
	t.Helper()
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(raw, &answer), "%s", raw)
	require.Equal(t, http.StatusOK, resp.StatusCode, "%s", raw)
	return answer
}
