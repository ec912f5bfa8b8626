package stripeapi_test

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
)

func TestFindCustomer(t *testing.T) {
	t.Parallel()
	ours := fmt.Sprintf(`{"carryover_tenant_id":%q,"carryover_currency":"USD","note":"x"}`, tenantID)

	t.Run("OKOldestOfAllPages", func(t *testing.T) {
		t.Parallel()
		rec := record(t,
			ok(`{"data":[{"id":"cus_9","metadata":`+ours+`},{"id":"cus_8","metadata":{}}],"has_more":true}`),
			ok(`{"data":[{"id":"cus_7","metadata":`+ours+`},{"id":"cus_6","metadata":{"carryover_currency":"USD"}}],"has_more":false}`),
		)
		id, err := rec.client(t).FindCustomer(t.Context(), customer())
		require.NoError(t, err)
		require.Equal(t, "cus_7", id)
		asked := rec.requests()
		require.Len(t, asked, 2)
		require.Equal(t, "GET /v1/customers", asked[0].method+" "+asked[0].path)
		require.Equal(t, url.Values{"email": {"ann@example.com"}, "limit": {"100"}}, asked[0].params)
		require.Equal(t, url.Values{"email": {"ann@example.com"}, "limit": {"100"}, "starting_after": {"cus_8"}}, asked[1].params)
	})

	t.Run("OtherCurrency", func(t *testing.T) {
		t.Parallel()
		wanted := customer()
		wanted.Currency = "CAD"
		id, err := record(t, ok(`{"data":[{"id":"cus_9","metadata":`+ours+`}]}`)).client(t).FindCustomer(t.Context(), wanted)
		require.NoError(t, err)
		require.Empty(t, id)
	})

	t.Run("NoEmail", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"data":[]}`))
		wanted := customer()
		wanted.Email = ""
		id, err := rec.client(t).FindCustomer(t.Context(), wanted)
		require.NoError(t, err)
		require.Empty(t, id)
		require.Empty(t, rec.requests())
	})

	t.Run("ErrSecondPage", func(t *testing.T) {
		t.Parallel()
		rec := record(t,
			ok(`{"data":[{"id":"cus_9","metadata":`+ours+`}],"has_more":true}`),
			answer{status: 429, body: `{"error":{"type":"invalid_request_error","code":"rate_limit"}}`},
		)
		id, err := rec.client(t).FindCustomer(t.Context(), customer())
		requireKind(t, migration.ProviderThrottled, err)
		require.Empty(t, id, "an older one may be on the page that did not come")
	})
}

func TestCreateCustomer(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"cus_1"}`))
		id, err := rec.client(t).CreateCustomer(t.Context(), "key-1", customer())
		require.NoError(t, err)
		require.Equal(t, "cus_1", id)
		asked := rec.only(t)
		require.Equal(t, "POST /v1/customers", asked.method+" "+asked.path)
		require.Equal(t, "key-1", asked.header.Get("Idempotency-Key"))
		require.Equal(t, url.Values{
			"name": {"Ann Vogel"}, "email": {"ann@example.com"},
			"metadata[carryover_tenant_id]": {tenantID.String()}, "metadata[carryover_currency]": {"USD"},
		}, asked.params)
	})

	t.Run("WithoutEmail", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"cus_1"}`))
		wanted := customer()
		wanted.Email = ""
		_, err := rec.client(t).CreateCustomer(t.Context(), "key-1", wanted)
		require.NoError(t, err)
		require.False(t, rec.only(t).params.Has("email"), "Stripe refuses empty values")
	})
}

func TestUpdateCustomer(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"cus_1"}`))
		require.NoError(t, rec.client(t).UpdateCustomer(t.Context(), "cus_1", customer()))
		asked := rec.only(t)
		require.Equal(t, "POST /v1/customers/cus_1", asked.method+" "+asked.path)
		require.Equal(t, url.Values{"name": {"Ann Vogel"}, "email": {"ann@example.com"}}, asked.params, "the metadata by which it is found stays")
	})

	t.Run("ErrNoCustomer", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{}`))
		requireKind(t, migration.ProviderRefused, rec.client(t).UpdateCustomer(t.Context(), "", customer()))
		requireKind(t, migration.ProviderRefused, rec.client(t).SetCustomerMethod(t.Context(), "", "pm_1"))
		requireKind(t, migration.ProviderRefused, rec.client(t).SetSubscriptionMethod(t.Context(), "", "pm_1"))
		require.Empty(t, rec.requests(), "an empty id would turn a change into a creation")
	})
}

func TestSetMethod(t *testing.T) {
	t.Parallel()
	rec := record(t, ok(`{"id":"cus_1"}`), ok(`{"id":"sub_1"}`))
	c := rec.client(t)
	require.NoError(t, c.SetCustomerMethod(t.Context(), "cus_1", "pm_2"))
	require.NoError(t, c.SetSubscriptionMethod(t.Context(), "sub_1", "pm_2"))
	asked := rec.requests()
	require.Equal(t, "POST /v1/customers/cus_1", asked[0].method+" "+asked[0].path)
	require.Equal(t, url.Values{"invoice_settings[default_payment_method]": {"pm_2"}}, asked[0].params)
	require.Equal(t, "POST /v1/subscriptions/sub_1", asked[1].method+" "+asked[1].path)
	require.Equal(t, url.Values{"default_payment_method": {"pm_2"}}, asked[1].params, "neither amount nor day")
}

func TestEnsureProduct(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"plan_1"}`))
		require.NoError(t, rec.client(t).EnsureProduct(t.Context(), "plan_1", "Monthly parking"))
		asked := rec.only(t)
		require.Equal(t, "POST /v1/products", asked.method+" "+asked.path)
		require.Equal(t, url.Values{"id": {"plan_1"}, "name": {"Monthly parking"}}, asked.params)
	})

	t.Run("Exists", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{status: 400, body: `{"error":{"type":"invalid_request_error","code":"resource_already_exists","message":"Product already exists."}}`})
		require.NoError(t, rec.client(t).EnsureProduct(t.Context(), "plan_1", "Monthly parking"))
	})

	t.Run("Err", func(t *testing.T) {
		t.Parallel()
		rec := record(t, answer{status: 400, body: `{"error":{"type":"invalid_request_error","code":"parameter_invalid_empty","param":"name","message":"m"}}`})
		err := rec.client(t).EnsureProduct(t.Context(), "plan_1", "")
		require.Equal(t, "parameter_invalid_empty", requireKind(t, migration.ProviderRefused, err).Code)
	})

	t.Run("ErrNoID", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{}`))
		requireKind(t, migration.ProviderRefused, rec.client(t).EnsureProduct(t.Context(), "", "Monthly parking"))
		require.Empty(t, rec.requests())
	})
}
