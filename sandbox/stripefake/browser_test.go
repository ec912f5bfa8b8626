package stripefake_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
)

func (b *testBundle) confirmFromBrowser(si *stripe.SetupIntent, form url.Values) (int, string) {
	b.Helper()
	form.Set("client_secret", si.ClientSecret)
	form.Set("key", publishableKey)
	return b.post("/v1/setup_intents/"+si.ID+"/confirm", "", form)
}

func TestBrowser(t *testing.T) {
	t.Parallel()

	t.Run("SeesNobodyInErrorsOrExpansions", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus := b.customer()
		si := b.cardIntent(cus)
		status, body := b.confirmFromBrowser(si, typed("4000000000000002"))
		require.Equal(t, http.StatusPaymentRequired, status)
		require.Contains(t, body, "generic_decline")
		require.NotContains(t, body, cus.ID)

		form := typed("4242424242424242")
		form.Set("expand[]", "customer")
		status, _ = b.confirmFromBrowser(si, form)
		require.Equal(t, http.StatusBadRequest, status)
		form.Set("expand[]", "payment_method")
		status, body = b.confirmFromBrowser(si, form)
		require.Equal(t, http.StatusOK, status, body)
		require.Contains(t, body, `"last4": "4242"`)
		require.NotContains(t, body, cus.ID)
	})

	t.Run("BankPageReturnsThePerson", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		si := b.cardIntent(b.customer())
		form := typed("4000002500003155")
		form.Set("return_url", "https://example.com/back?a=b")
		status, _ := b.confirmFromBrowser(si, form)
		require.Equal(t, http.StatusOK, status)
		status, location := b.press("/sandbox/setup_intents/"+si.ID+"/bank", url.Values{"outcome": {"succeed"}})
		require.Equal(t, http.StatusSeeOther, status)
		back, err := url.Parse(location)
		require.NoError(t, err)
		require.Equal(t, "b", back.Query().Get("a"))
		require.Equal(t, si.ID, back.Query().Get("setup_intent"))
		require.Equal(t, "succeeded", back.Query().Get("redirect_status"))
	})

	t.Run("BankPageTakesTheCode", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, si := b.waiting("000123456789")
		page := "/sandbox/setup_intents/" + si.ID + "/bank"
		_, body := b.get(page, "")
		require.Contains(t, body, "ending in 6789")
		status, _ := b.press(page, url.Values{"descriptor_code": {"SM99ZZ"}})
		require.Equal(t, http.StatusBadRequest, status)
		status, location := b.press(page, url.Values{"descriptor_code": {"SM11AA"}})
		require.Equal(t, http.StatusSeeOther, status)
		require.Equal(t, "bank", location)
		_, body = b.get(page, "")
		require.Contains(t, body, "The status is succeeded")
	})

	t.Run("HostedInvoiceLeadsToTheBank", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_authenticationRequired")
		params := order(cus.ID, pm, 2500)
		params.PaymentBehavior = stripe.String("allow_incomplete")
		params.AddExpand("latest_invoice")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		status, body := b.get(sub.LatestInvoice.HostedInvoiceURL, "")
		require.Equal(t, http.StatusOK, status)
		require.Contains(t, body, "Is it you?")
		status, _ = b.press("/sandbox/payment_intents/"+sub.LatestInvoice.PaymentIntent.ID+"/bank", url.Values{"outcome": {"fail"}})
		require.Equal(t, http.StatusSeeOther, status)
		require.Equal(t, "incomplete", b.server.Books().Subscriptions[0].Status)
		require.Equal(t, "failed", b.server.Books().Charges[0].Status)
	})
}

// press posts a form without following where it leads.
func (b *testBundle) press(path string, form url.Values) (status int, location string) {
	b.Helper()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, b.url+path, strings.NewReader(form.Encode()))
	require.NoError(b, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := client.Do(r)
	require.NoError(b, err)
	defer func() { _ = answer.Body.Close() }()
	return answer.StatusCode, answer.Header.Get("Location")
}
