package stripefake_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/sandbox/stripefake"
)

// FuzzForm sends any form to every kind of address: it is answered or refused,
// and nothing a stranger sends is the stand-in's own failure.
func FuzzForm(f *testing.F) {
	f.Add("items[0][price_data][currency]=usd&items[0][price_data][product]=p&customer=c&expand[]=latest_invoice")
	f.Add("payment_method_data[type]=card&payment_method_data[card][number]=4242424242424242&confirm=true")
	f.Add("a[=1&a]b=2&[c]=3&a[]=1&a[b]=2&metadata=&metadata[x]=")
	f.Add("limit=0&starting_after=x&created[gt]=1&amounts[0]=1&amounts[x]=2")
	server, err := stripefake.New(stripefake.Options{SecretKey: secretKey})
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, form string) {
		for _, path := range []string{
			"/v1/customers", "/v1/setup_intents", "/v1/subscriptions", "/v1/payment_methods", "/v1/products", "/v1/prices", "/v1/refunds",
		} {
			for _, method := range []string{http.MethodPost, http.MethodGet} {
				r := httptest.NewRequestWithContext(t.Context(), method, path, strings.NewReader(form))
				if method == http.MethodGet {
					r.URL.RawQuery = form
				}
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				r.Header.Set("Authorization", "Bearer "+secretKey)
				w := httptest.NewRecorder()
				server.ServeHTTP(w, r)
				require.Less(t, w.Code, 500, w.Body.String())
			}
		}
	})
}
