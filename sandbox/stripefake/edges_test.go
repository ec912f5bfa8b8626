package stripefake_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"

	"carryover/sandbox/stripefake"
)

func TestCustomerWithItsFirstMethod(t *testing.T) {
	t.Parallel()
	b := setup(t)
	cus, err := b.api.Customers.New(&stripe.CustomerParams{
		PaymentMethod:   stripe.String("pm_card_visa"),
		InvoiceSettings: &stripe.CustomerInvoiceSettingsParams{DefaultPaymentMethod: stripe.String("pm_card_visa")},
	})
	require.NoError(t, err)
	book := b.server.Books().Customers[0]
	require.Equal(t, cus.InvoiceSettings.DefaultPaymentMethod.ID, book.DefaultPaymentMethod)
	require.Equal(t, "4242", book.PaymentMethods[0].Last4)

	_, err = b.api.Customers.New(&stripe.CustomerParams{PaymentMethod: stripe.String("pm_card_chargeDeclined")})
	require.Equal(t, http.StatusPaymentRequired, stripeError(t, err).HTTPStatusCode)
	require.Len(t, b.server.Books().Customers, 1)

	b.products() // the customer's default is charged where the subscription has none
	params := order(cus.ID, "", 2500)
	params.DefaultPaymentMethod = nil
	sub, err := b.api.Subscriptions.New(params)
	require.NoError(t, err)
	require.Equal(t, stripe.SubscriptionStatusActive, sub.Status)
}

func TestSetupIntentChosenBeforehand(t *testing.T) {
	t.Parallel()
	b := setup(t)
	cus := b.customer()
	si := b.cardIntent(cus)
	got, err := b.api.SetupIntents.Update(si.ID, &stripe.SetupIntentParams{
		PaymentMethod: stripe.String("pm_card_visa"), Metadata: map[string]string{"a": "b"},
	})
	require.NoError(t, err)
	require.Equal(t, stripe.SetupIntentStatusRequiresConfirmation, got.Status)
	got, err = b.api.SetupIntents.Confirm(si.ID, nil)
	require.NoError(t, err)
	require.Equal(t, stripe.SetupIntentStatusSucceeded, got.Status)
	require.Equal(t, map[string]string{"a": "b"}, got.Metadata)

	attempts := b.api.SetupAttempts.List(&stripe.SetupAttemptListParams{SetupIntent: stripe.String(si.ID)})
	require.True(t, attempts.Next())
	require.Equal(t, got.LatestAttempt.ID, attempts.SetupAttempt().ID)

	_, bank := b.bankIntent("")
	_, err = b.api.SetupIntents.Confirm(bank.ID, &stripe.SetupIntentConfirmParams{PaymentMethod: stripe.String("pm_card_visa")})
	require.Contains(t, stripeError(t, err).Msg, "(card) is not allowed for this SetupIntent")
	_, err = b.api.SetupIntents.Confirm(bank.ID, nil)
	require.Contains(t, stripeError(t, err).Msg, "missing a payment method")
	_, err = b.api.SetupIntents.Confirm(b.cardIntent(b.customer()).ID, &stripe.SetupIntentConfirmParams{PaymentMethod: stripe.String(got.PaymentMethod.ID)})
	require.Contains(t, stripeError(t, err).Msg, "belongs to the Customer")
}

func TestPaymentMethodByItself(t *testing.T) {
	t.Parallel()
	b := setup(t)
	pm, err := b.api.PaymentMethods.New(&stripe.PaymentMethodParams{
		Type: stripe.String("card"), Card: &stripe.PaymentMethodCardParams{Token: stripe.String("tok_visa")},
	})
	require.NoError(t, err)
	require.Nil(t, pm.Customer)
	_, err = b.api.PaymentMethods.Update(pm.ID, &stripe.PaymentMethodParams{Metadata: map[string]string{"a": "b"}})
	require.Error(t, err, "only a saved method can be changed")
	_, err = b.api.PaymentMethods.Attach(pm.ID, &stripe.PaymentMethodAttachParams{Customer: stripe.String(b.customer().ID)})
	require.NoError(t, err)
	got, err := b.api.PaymentMethods.Update(pm.ID, &stripe.PaymentMethodParams{
		BillingDetails: &stripe.PaymentMethodBillingDetailsParams{Name: stripe.String("Ann")},
	})
	require.NoError(t, err)
	require.Equal(t, "Ann", got.BillingDetails.Name)

	status, body := b.post("/sandbox/payment_methods/"+pm.ID+"/update_card", "", url.Values{"exp_month": {"7"}, "exp_year": {"2031"}})
	require.Equal(t, http.StatusOK, status, body)
	list := b.api.Events.List(&stripe.EventListParams{Type: stripe.String("payment_method.automatically_updated")})
	require.True(t, list.Next())
	require.Contains(t, string(list.Event().Data.Raw), `"exp_year": 2031`)
	got, err = b.api.PaymentMethods.Get(pm.ID, nil)
	require.NoError(t, err)
	require.Equal(t, int64(7), got.Card.ExpMonth)
}

func TestMoneyLists(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.products()
	cus, pm := b.saved("pm_card_visa")
	params := order(cus.ID, pm, 2500)
	params.AddExpand("latest_invoice.payment_intent.latest_charge")
	sub, err := b.api.Subscriptions.New(params)
	require.NoError(t, err)
	intent := sub.LatestInvoice.PaymentIntent
	require.Equal(t, int64(2500), intent.LatestCharge.Amount)

	charges := b.api.Charges.List(&stripe.ChargeListParams{PaymentIntent: stripe.String(intent.ID)})
	require.True(t, charges.Next())
	intents := b.api.PaymentIntents.List(&stripe.PaymentIntentListParams{Customer: stripe.String(cus.ID)})
	require.True(t, intents.Next())
	refund, err := b.api.Refunds.New(&stripe.RefundParams{PaymentIntent: stripe.String(intent.ID), Reason: stripe.String("requested_by_customer")})
	require.NoError(t, err)
	refunds := b.api.Refunds.List(&stripe.RefundListParams{PaymentIntent: stripe.String(intent.ID)})
	require.True(t, refunds.Next())
	require.Equal(t, refund.ID, refunds.Refund().ID)
	charges = b.api.Charges.List(&stripe.ChargeListParams{Customer: stripe.String(cus.ID), CreatedRange: &stripe.RangeQueryParams{GreaterThan: b.clock.Now().Unix()}})
	require.False(t, charges.Next())
}

func TestPayAgain(t *testing.T) {
	t.Parallel()
	for card, code := range map[string]string{
		"pm_card_chargeCustomerFail": "card_declined", "pm_card_authenticationRequired": "invoice_payment_intent_requires_action",
	} {
		b := setup(t)
		b.products()
		cus, pm := b.saved(card)
		params := order(cus.ID, pm, 2500)
		params.PaymentBehavior = nil
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		_, err = b.api.Invoices.Pay(sub.LatestInvoice.ID, nil)
		require.Equal(t, stripe.ErrorCode(code), stripeError(t, err).Code)

		good, err := b.api.PaymentMethods.Attach("pm_card_visa", &stripe.PaymentMethodAttachParams{Customer: stripe.String(cus.ID)})
		require.NoError(t, err)
		inv, err := b.api.Invoices.Pay(sub.LatestInvoice.ID, &stripe.InvoicePayParams{PaymentMethod: stripe.String(good.ID)})
		require.NoError(t, err)
		require.True(t, inv.Paid)
		require.Equal(t, "active", b.server.Books().Subscriptions[0].Status)
		_, err = b.api.Invoices.Pay(inv.ID, nil)
		require.Equal(t, stripe.ErrorCode("invoice_already_paid"), stripeError(t, err).Code)
	}
}

func TestExistingPrice(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.products()
	cus, pm := b.saved("pm_card_visa")
	price, err := b.api.Prices.New(&stripe.PriceParams{
		Currency: stripe.String("usd"), Product: stripe.String("parking"), UnitAmount: stripe.Int64(1200),
		Recurring: &stripe.PriceRecurringParams{Interval: stripe.String("month")},
	})
	require.NoError(t, err)
	params := order(cus.ID, pm)
	params.Items = []*stripe.SubscriptionItemsParams{{Price: stripe.String(price.ID), Quantity: stripe.Int64(2)}}
	sub, err := b.api.Subscriptions.New(params)
	require.NoError(t, err)
	require.Equal(t, int64(2400), b.server.Books().Charges[0].Amount)

	inline, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
	require.NoError(t, err)
	params.Items[0].Price = stripe.String(inline.Items.Data[0].Price.ID)
	_, err = b.api.Subscriptions.New(params)
	require.Contains(t, stripeError(t, err).Msg, "inactive", "an inline price is nobody else's")
	require.NotEqual(t, sub.ID, inline.ID)
}

func TestRateLimit(t *testing.T) {
	t.Parallel()
	b := setupWith(t, func(o *stripefake.Options) { o.WritesPerSecond = 3 })
	refused := 0
	for range 20 {
		if _, err := b.api.Customers.New(nil); err != nil {
			require.Equal(t, stripe.ErrorCodeRateLimit, stripeError(t, err).Code)
			refused++
		}
	}
	require.Greater(t, refused, 10)
	require.True(t, b.api.Customers.List(nil).Next(), "reads have a limit of their own")
}
