package stripefake_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
)

func TestCustomers(t *testing.T) {
	t.Parallel()

	t.Run("CreateRetrieveUpdate", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus, err := b.api.Customers.New(&stripe.CustomerParams{
			Email: stripe.String("ann@example.com"), Metadata: map[string]string{"tenant": "7", "house": "a"},
			Address: &stripe.AddressParams{City: stripe.String("Austin")},
		})
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(cus.ID, "cus_"))
		require.Equal(t, b.clock.Now().Unix(), cus.Created)
		require.NotEmpty(t, cus.LastResponse.RequestID)

		_, err = b.api.Customers.Update(cus.ID, &stripe.CustomerParams{
			Name: stripe.String("Ann"), Metadata: map[string]string{"house": "", "unit": "9"},
		})
		require.NoError(t, err)
		got, err := b.api.Customers.Get(cus.ID, nil)
		require.NoError(t, err)
		require.Equal(t, map[string]string{"tenant": "7", "unit": "9"}, got.Metadata)
		require.Equal(t, "Ann", got.Name)
		require.Equal(t, "Austin", got.Address.City)
		require.Nil(t, got.DefaultSource)
	})

	t.Run("ListByEmailAndPages", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		var ids []string
		for i := range 5 {
			cus, err := b.api.Customers.New(&stripe.CustomerParams{Email: stripe.String(fmt.Sprintf("c%d@example.com", i%2))})
			require.NoError(t, err)
			ids = append([]string{cus.ID}, ids...)
		}
		all := b.api.Customers.List(&stripe.CustomerListParams{ListParams: stripe.ListParams{Limit: stripe.Int64(2)}})
		var got []string
		for all.Next() {
			got = append(got, all.Customer().ID)
		}
		require.NoError(t, all.Err())
		require.Equal(t, ids, got)

		back := b.api.Customers.List(&stripe.CustomerListParams{ListParams: stripe.ListParams{
			Limit: stripe.Int64(2), EndingBefore: stripe.String(ids[4]), Single: true,
		}})
		got = nil
		for back.Next() {
			got = append(got, back.Customer().ID)
		}
		require.ElementsMatch(t, ids[2:4], got)
		require.True(t, back.Meta().HasMore)

		odd := b.api.Customers.List(&stripe.CustomerListParams{Email: stripe.String("c1@example.com")})
		got = nil
		for odd.Next() {
			got = append(got, odd.Customer().ID)
		}
		require.Equal(t, []string{ids[1], ids[3]}, got)
	})

	t.Run("Deleted", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus := b.customer()
		_, err := b.api.Customers.Del(cus.ID, nil)
		require.NoError(t, err)
		got, err := b.api.Customers.Get(cus.ID, nil)
		require.NoError(t, err)
		require.True(t, got.Deleted)
		_, err = b.api.Customers.Update(cus.ID, &stripe.CustomerParams{Name: stripe.String("x")})
		require.Equal(t, http.StatusNotFound, stripeError(t, err).HTTPStatusCode)
	})

	t.Run("ErrMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.api.Customers.Get("cus_none", nil)
		e := stripeError(t, err)
		require.Equal(t, http.StatusNotFound, e.HTTPStatusCode)
		require.Equal(t, stripe.ErrorCodeResourceMissing, e.Code)
		require.Equal(t, "No such customer: 'cus_none'", e.Msg)
	})
}

// TestParameters sends what Stripe refuses before it acts.
func TestParameters(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for name, test := range map[string]struct {
		path  string
		form  url.Values
		code  string
		param string
	}{
		"ErrUnknown":        {"/v1/customers", url.Values{"emial": {"x@example.com"}}, "parameter_unknown", "emial"},
		"ErrUnknownNested":  {"/v1/customers", url.Values{"address[town]": {"x"}}, "parameter_unknown", "address[town]"},
		"ErrEmail":          {"/v1/customers", url.Values{"email": {"ann"}}, "email_invalid", "email"},
		"ErrMissing":        {"/v1/products", url.Values{"id": {"x"}}, "parameter_missing", "name"},
		"ErrEmpty":          {"/v1/products", url.Values{"name": {""}}, "parameter_invalid_empty", "name"},
		"ErrBoolean":        {"/v1/products", url.Values{"name": {"x"}, "active": {"yes"}}, "parameter_invalid_boolean", "active"},
		"ErrHashForText":    {"/v1/products", url.Values{"name[a]": {"x"}}, "parameter_invalid_string", "name"},
		"ErrTextForHash":    {"/v1/customers", url.Values{"address": {"x"}}, "parameter_invalid_hash", "address"},
		"ErrBothForms":      {"/v1/customers", url.Values{"address": {"x"}, "address[city]": {"x"}}, "parameter_invalid", ""},
		"ErrBrackets":       {"/v1/customers", url.Values{"address[city": {"x"}}, "parameter_unknown", "address[city"},
		"ErrLongMetadata":   {"/v1/customers", url.Values{"metadata[a]": {strings.Repeat("x", 501)}}, "", "metadata[a]"},
		"ErrExpandUnknown":  {"/v1/customers", url.Values{"expand[]": {"friends"}}, "", "expand"},
		"ErrExpandTooDeep":  {"/v1/customers", url.Values{"expand[]": {"customer.customer.customer.customer.customer"}}, "", "expand"},
		"ErrDecimalAnchor":  {"/v1/subscriptions", url.Values{"customer": {"c"}, "items[0][price]": {"p"}, "billing_cycle_anchor": {"1.5"}}, "", "billing_cycle_anchor"},
		"ErrNestedRequired": {"/v1/subscriptions", url.Values{"customer": {"c"}, "items[0][price_data][currency]": {"usd"}}, "parameter_missing", "items[0][price_data][product]"},
		"ErrNestedWord": {"/v1/setup_intents", url.Values{
			"payment_method_options[us_bank_account][financial_connections][permissions][0]": {"everything"},
		}, "", "payment_method_options[us_bank_account][financial_connections][permissions][0]"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, body := b.post(test.path, secretKey, test.form)
			require.Equal(t, http.StatusBadRequest, status, body)
			require.Contains(t, body, `"type": "invalid_request_error"`)
			if test.code != "" {
				require.Contains(t, body, `"code": "`+test.code+`"`)
			}
			require.Contains(t, body, test.param)
		})
	}

	t.Run("ErrUnknownURL", func(t *testing.T) {
		t.Parallel()
		status, body := b.post("/v1/nonsense", secretKey, url.Values{})
		require.Equal(t, http.StatusNotFound, status)
		require.Contains(t, body, "Unrecognized request URL (POST: /v1/nonsense)")
	})

	t.Run("ErrLimit", func(t *testing.T) {
		t.Parallel()
		status, body := b.get("/v1/customers?limit=101", secretKey)
		require.Equal(t, http.StatusBadRequest, status)
		require.Contains(t, body, "less than or equal to 100")
	})
}

func TestKeys(t *testing.T) {
	t.Parallel()
	b := setup(t)
	cus := b.customer()
	si, err := b.api.SetupIntents.New(&stripe.SetupIntentParams{
		Customer: stripe.String(cus.ID), PaymentMethodTypes: []*string{stripe.String("card")}, Metadata: map[string]string{"a": "b"},
	})
	require.NoError(t, err)

	t.Run("ErrNone", func(t *testing.T) {
		t.Parallel()
		status, body := b.get("/v1/customers", "")
		require.Equal(t, http.StatusUnauthorized, status)
		require.Contains(t, body, "You did not provide an API key")
	})
	t.Run("ErrWrong", func(t *testing.T) {
		t.Parallel()
		status, body := b.get("/v1/customers", "sk_test_somebodyelse")
		require.Equal(t, http.StatusUnauthorized, status)
		require.NotContains(t, body, "somebodyelse")
	})
	t.Run("ErrPublishableElsewhere", func(t *testing.T) {
		t.Parallel()
		for _, path := range []string{"/v1/customers", "/v1/setup_intents", "/v1/payment_methods/pm_card_visa"} {
			status, body := b.get(path, publishableKey)
			require.Equal(t, http.StatusUnauthorized, status)
			require.Contains(t, body, "secret_key_required")
		}
	})
	t.Run("ErrWrongClientSecret", func(t *testing.T) {
		t.Parallel()
		status, _ := b.get("/v1/setup_intents/"+si.ID+"?client_secret=other", publishableKey)
		require.Equal(t, http.StatusBadRequest, status)
		status, _ = b.get("/v1/setup_intents/"+si.ID, publishableKey)
		require.Equal(t, http.StatusBadRequest, status)
	})
	t.Run("OKBrowserSeesLittle", func(t *testing.T) {
		t.Parallel()
		status, body := b.get("/v1/setup_intents/"+si.ID+"?key="+publishableKey+"&client_secret="+si.ClientSecret, "")
		require.Equal(t, http.StatusOK, status, body)
		require.Contains(t, body, `"status": "requires_payment_method"`)
		require.NotContains(t, body, cus.ID)
		require.NotContains(t, body, "metadata")
	})
}
