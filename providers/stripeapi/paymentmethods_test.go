package stripeapi_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

func TestPaymentMethod(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"pm_1","type":"card","customer":"cus_1","card":{"brand":"visa","last4":"4242"}}`))
		got, err := rec.client(t).PaymentMethod(t.Context(), "pm_1")
		require.NoError(t, err)
		require.Equal(t, migration.PaymentMethod{
			ID: "pm_1", CustomerID: "cus_1", Type: queries.PaymentMethodTypeCard, Label: "Visa ending 4242",
		}, got)
		require.Equal(t, "GET /v1/payment_methods/pm_1", rec.only(t).method+" "+rec.only(t).path)
	})

	t.Run("Detached", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"id":"pm_1","type":"card","customer":null,"card":{"brand":"visa","last4":"4242"}}`))
		got, err := rec.client(t).PaymentMethod(t.Context(), "pm_1")
		require.NoError(t, err)
		require.Empty(t, got.CustomerID)
	})

	t.Run("ErrNoID", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"data":[]}`))
		_, err := rec.client(t).PaymentMethod(t.Context(), "")
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
		require.Empty(t, rec.requests(), "an empty id would list all")
	})
}

func TestLabels(t *testing.T) {
	t.Parallel()
	card := func(brand, last4 string) string {
		return fmt.Sprintf(`{"id":"pm_1","type":"card","card":{"brand":%q,"last4":%q}}`, brand, last4)
	}
	bank := func(name string) string {
		return fmt.Sprintf(`{"id":"pm_1","type":"us_bank_account","us_bank_account":{"bank_name":%q,"last4":"6789"}}`, name)
	}
	for want, body := range map[string]string{
		"Visa ending 4242":                     card("visa", "4242"),
		"Mastercard ending 4444":               card("mastercard", "4444"),
		"American Express ending 0005":         card("amex", "0005"),
		"Diners Club ending 0004":              card("diners", "0004"),
		"Discover ending 1117":                 card("discover", "1117"),
		"JCB ending 0505":                      card("jcb", "0505"),
		"UnionPay ending 0005":                 card("unionpay", "0005"),
		"Card ending 1234":                     card("unknown", "1234"),
		"Card":                                 card("", ""),
		"STRIPE TEST BANK account ending 6789": bank("STRIPE TEST BANK"),
		"Bank account ending 6789":             bank(""),
		"Payment method":                       `{"id":"pm_1","type":"paypal"}`,
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			got, err := record(t, ok(body)).client(t).PaymentMethod(t.Context(), "pm_1")
			require.NoError(t, err)
			require.Equal(t, want, got.Label)
		})
	}
}
