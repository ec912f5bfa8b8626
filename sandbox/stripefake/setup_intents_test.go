package stripefake_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
)

func (b *testBundle) cardIntent(cus *stripe.Customer) *stripe.SetupIntent {
	b.Helper()
	si, err := b.api.SetupIntents.New(&stripe.SetupIntentParams{
		Customer: stripe.String(cus.ID), PaymentMethodTypes: []*string{stripe.String("card")}, Usage: stripe.String("off_session"),
	})
	require.NoError(b, err)
	return si
}

func typed(number string) url.Values {
	return url.Values{
		"payment_method_data[type]": {"card"}, "payment_method_data[card][number]": {number},
		"payment_method_data[card][exp_month]": {"12"}, "payment_method_data[card][exp_year]": {"30"},
		"payment_method_data[card][cvc]": {"123"},
	}
}

func TestSetupIntentCard(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus := b.customer()
		si := b.cardIntent(cus)
		require.Equal(t, stripe.SetupIntentStatusRequiresPaymentMethod, si.Status)
		params := &stripe.SetupIntentConfirmParams{PaymentMethod: stripe.String("pm_card_visa")}
		params.AddExpand("payment_method")
		params.AddExpand("latest_attempt")
		params.AddExpand("customer")
		done, err := b.api.SetupIntents.Confirm(si.ID, params)
		require.NoError(t, err)
		require.Equal(t, stripe.SetupIntentStatusSucceeded, done.Status)
		require.Equal(t, "4242", done.PaymentMethod.Card.Last4)
		require.Equal(t, cus.ID, done.PaymentMethod.Customer.ID)
		require.Equal(t, "ann@example.com", done.Customer.Email)
		require.Equal(t, stripe.SetupAttemptStatusSucceeded, done.LatestAttempt.Status)

		list := b.api.PaymentMethods.List(&stripe.PaymentMethodListParams{Customer: stripe.String(cus.ID), Type: stripe.String("card")})
		require.True(t, list.Next())
		require.Equal(t, done.PaymentMethod.ID, list.PaymentMethod().ID)

		_, err = b.api.SetupIntents.Confirm(si.ID, params)
		e := stripeError(t, err)
		require.Equal(t, stripe.ErrorCodeSetupIntentUnexpectedState, e.Code)
		require.Equal(t, stripe.SetupIntentStatusSucceeded, e.SetupIntent.Status)
	})

	t.Run("TypedFromBrowser", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for number, want := range map[string]string{
			"4242 4242 4242 4242": "succeeded", "5555555555554444": "succeeded", "4000000000000341": "succeeded",
			"4000000000009995": "succeeded", "4000002500003155": "requires_action", "4000002760003184": "requires_action",
		} {
			cus := b.customer()
			si := b.cardIntent(cus)
			form := typed(number)
			form.Set("client_secret", si.ClientSecret)
			form.Set("key", publishableKey)
			status, body := b.post("/v1/setup_intents/"+si.ID+"/confirm", "", form)
			require.Equal(t, http.StatusOK, status, body)
			require.Contains(t, body, `"status": "`+want+`"`, number)
			require.NotContains(t, body, cus.ID)
		}
	})

	t.Run("ErrDeclined", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus := b.customer()
		si := b.cardIntent(cus)
		_, err := b.api.SetupIntents.Confirm(si.ID, &stripe.SetupIntentConfirmParams{PaymentMethod: stripe.String("pm_card_chargeDeclined")})
		e := stripeError(t, err)
		require.Equal(t, http.StatusPaymentRequired, e.HTTPStatusCode)
		require.Equal(t, stripe.ErrorTypeCard, e.Type)
		require.Equal(t, stripe.ErrorCodeCardDeclined, e.Code)
		require.Equal(t, stripe.DeclineCode("generic_decline"), e.DeclineCode)

		got, err := b.api.SetupIntents.Get(si.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.SetupIntentStatusRequiresPaymentMethod, got.Status)
		require.Equal(t, stripe.ErrorCodeCardDeclined, got.LastSetupError.Code)
		require.Nil(t, got.PaymentMethod)

		again, err := b.api.SetupIntents.Confirm(si.ID, &stripe.SetupIntentConfirmParams{PaymentMethod: stripe.String("pm_card_visa")})
		require.NoError(t, err)
		require.Equal(t, stripe.SetupIntentStatusSucceeded, again.Status)
		require.Nil(t, again.LastSetupError)
	})

	t.Run("ErrBadNumbers", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		si := b.cardIntent(b.customer())
		for number, code := range map[string]string{"4242424242424241": "incorrect_number", "4111111111111111": "test_mode_live_card"} {
			status, body := b.post("/v1/setup_intents/"+si.ID+"/confirm", secretKey, typed(number))
			require.Equal(t, http.StatusPaymentRequired, status)
			require.Contains(t, body, code)
		}
		form := typed("4242424242424242")
		form.Set("payment_method_data[card][exp_year]", "23")
		status, body := b.post("/v1/setup_intents/"+si.ID+"/confirm", secretKey, form)
		require.Equal(t, http.StatusPaymentRequired, status)
		require.Contains(t, body, "invalid_expiry_year")
	})

	t.Run("Challenge", func(t *testing.T) {
		t.Parallel()
		for outcome, want := range map[string]stripe.SetupIntentStatus{
			"succeed": stripe.SetupIntentStatusSucceeded, "fail": stripe.SetupIntentStatusRequiresPaymentMethod,
		} {
			b := setup(t)
			si := b.cardIntent(b.customer())
			si, err := b.api.SetupIntents.Confirm(si.ID, &stripe.SetupIntentConfirmParams{
				PaymentMethod: stripe.String("pm_card_authenticationRequired"), ReturnURL: stripe.String("https://example.com/back"),
			})
			require.NoError(t, err)
			require.Equal(t, stripe.SetupIntentStatusRequiresAction, si.Status)
			require.Equal(t, "https://example.com/back", si.NextAction.RedirectToURL.ReturnURL)
			status, page := b.get("/sandbox/setup_intents/"+si.ID+"/bank", "")
			require.Equal(t, http.StatusOK, status)
			require.Contains(t, page, "Is it you?")

			status, _ = b.post("/sandbox/setup_intents/"+si.ID+"/authenticate", "", url.Values{"outcome": {outcome}})
			require.Equal(t, http.StatusOK, status)
			got, err := b.api.SetupIntents.Get(si.ID, nil)
			require.NoError(t, err)
			require.Equal(t, want, got.Status)
			require.Equal(t, outcome == "fail", got.LastSetupError != nil)
			require.Nil(t, got.NextAction)
		}
	})

	t.Run("CancelAndList", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus := b.customer()
		first, second := b.cardIntent(cus), b.cardIntent(cus)
		b.cardIntent(b.customer())
		got, err := b.api.SetupIntents.Cancel(first.ID, &stripe.SetupIntentCancelParams{CancellationReason: stripe.String("abandoned")})
		require.NoError(t, err)
		require.Equal(t, stripe.SetupIntentStatusCanceled, got.Status)
		_, err = b.api.SetupIntents.Cancel(first.ID, nil)
		require.Equal(t, stripe.ErrorCodeSetupIntentUnexpectedState, stripeError(t, err).Code)

		list := b.api.SetupIntents.List(&stripe.SetupIntentListParams{Customer: stripe.String(cus.ID)})
		var ids []string
		for list.Next() {
			ids = append(ids, list.SetupIntent().ID)
		}
		require.Equal(t, []string{second.ID, first.ID}, ids)
	})
}

func TestPaymentMethods(t *testing.T) {
	t.Parallel()

	t.Run("AttachDetach", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus, other := b.customer(), b.customer()
		pm, err := b.api.PaymentMethods.Attach("pm_card_mastercard", &stripe.PaymentMethodAttachParams{Customer: stripe.String(cus.ID)})
		require.NoError(t, err)
		require.Equal(t, stripe.PaymentMethodCardBrand("mastercard"), pm.Card.Brand)
		_, err = b.api.PaymentMethods.Attach(pm.ID, &stripe.PaymentMethodAttachParams{Customer: stripe.String(other.ID)})
		require.Contains(t, stripeError(t, err).Msg, "already been attached")

		_, err = b.api.Customers.Update(cus.ID, &stripe.CustomerParams{InvoiceSettings: &stripe.CustomerInvoiceSettingsParams{DefaultPaymentMethod: stripe.String(pm.ID)}})
		require.NoError(t, err)
		_, err = b.api.Customers.Update(other.ID, &stripe.CustomerParams{InvoiceSettings: &stripe.CustomerInvoiceSettingsParams{DefaultPaymentMethod: stripe.String(pm.ID)}})
		require.Equal(t, stripe.ErrorCodeResourceMissing, stripeError(t, err).Code)

		gone, err := b.api.PaymentMethods.Detach(pm.ID, nil)
		require.NoError(t, err)
		require.Nil(t, gone.Customer)
		got, err := b.api.Customers.Get(cus.ID, nil)
		require.NoError(t, err)
		require.Nil(t, got.InvoiceSettings.DefaultPaymentMethod)
		_, err = b.api.PaymentMethods.Attach(pm.ID, &stripe.PaymentMethodAttachParams{Customer: stripe.String(cus.ID)})
		require.Contains(t, stripeError(t, err).Msg, "may not be used again")
	})

	t.Run("ErrDeclinedOnAttach", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.api.PaymentMethods.Attach("pm_card_chargeDeclined", &stripe.PaymentMethodAttachParams{Customer: stripe.String(b.customer().ID)})
		require.Equal(t, http.StatusPaymentRequired, stripeError(t, err).HTTPStatusCode)
	})
}
