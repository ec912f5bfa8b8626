package stripefake_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"

	"carryover/sandbox/stripefake"
)

func (b *testBundle) bankIntent(method string) (*stripe.Customer, *stripe.SetupIntent) {
	b.Helper()
	cus := b.customer()
	params := &stripe.SetupIntentParams{
		Customer: stripe.String(cus.ID), PaymentMethodTypes: []*string{stripe.String("us_bank_account")},
	}
	if method != "" {
		params.PaymentMethodOptions = &stripe.SetupIntentPaymentMethodOptionsParams{
			USBankAccount: &stripe.SetupIntentPaymentMethodOptionsUSBankAccountParams{VerificationMethod: stripe.String(method)},
		}
	}
	si, err := b.api.SetupIntents.New(params)
	require.NoError(b, err)
	return cus, si
}

func account(number string) *stripe.SetupIntentConfirmParams {
	return &stripe.SetupIntentConfirmParams{
		PaymentMethodData: &stripe.SetupIntentConfirmPaymentMethodDataParams{
			Type:           stripe.String("us_bank_account"),
			BillingDetails: &stripe.SetupIntentConfirmPaymentMethodDataBillingDetailsParams{Name: stripe.String("Ann"), Email: stripe.String("ann@example.com")},
			USBankAccount: &stripe.SetupIntentConfirmPaymentMethodDataUSBankAccountParams{
				AccountHolderType: stripe.String("individual"), AccountNumber: stripe.String(number), RoutingNumber: stripe.String("110000000"),
			},
		},
		MandateData: &stripe.SetupIntentMandateDataParams{CustomerAcceptance: &stripe.SetupIntentMandateDataCustomerAcceptanceParams{
			Type: stripe.MandateCustomerAcceptanceTypeOnline,
			Online: &stripe.SetupIntentMandateDataCustomerAcceptanceOnlineParams{
				IPAddress: stripe.String("203.0.113.9"), UserAgent: stripe.String("Firefox"),
			},
		}},
	}
}

// waiting is a bank account whose micro-deposit is under way.
func (b *testBundle) waiting(number string) (*stripe.Customer, *stripe.SetupIntent) {
	b.Helper()
	cus, si := b.bankIntent("microdeposits")
	si, err := b.api.SetupIntents.Confirm(si.ID, account(number))
	require.NoError(b, err)
	require.Equal(b, stripe.SetupIntentStatusRequiresAction, si.Status)
	return cus, si
}

func (b *testBundle) verify(id, code string) (*stripe.SetupIntent, error) {
	b.Helper()
	return b.api.SetupIntents.VerifyMicrodeposits(id, &stripe.SetupIntentVerifyMicrodepositsParams{DescriptorCode: stripe.String(code)})
}

func TestBankVerification(t *testing.T) {
	t.Parallel()

	t.Run("Microdeposits", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus, si := b.waiting("000123456789")
		next := si.NextAction.VerifyWithMicrodeposits
		require.Equal(t, stripe.SetupIntentNextActionType("verify_with_microdeposits"), si.NextAction.Type)
		require.Equal(t, moment(2024, 1, 17).Unix(), next.ArrivalDate)
		require.Equal(t, "descriptor_code", string(next.MicrodepositType))
		require.NotEmpty(t, next.HostedVerificationURL)
		require.Empty(t, b.server.Books().Customers[0].PaymentMethods)
		mandate, err := b.api.Mandates.Get(si.Mandate.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.MandateStatus("pending"), mandate.Status)
		require.Equal(t, "203.0.113.9", mandate.CustomerAcceptance.Online.IPAddress)

		done, err := b.verify(si.ID, "SM11AA")
		require.NoError(t, err)
		require.Equal(t, stripe.SetupIntentStatusSucceeded, done.Status)
		mandate, err = b.api.Mandates.Get(si.Mandate.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.MandateStatus("active"), mandate.Status)
		require.Equal(t, cus.ID, b.server.Books().Customers[0].ID)
		require.Len(t, b.server.Books().Customers[0].PaymentMethods, 1)
	})

	t.Run("Amounts", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, si := b.waiting("000123456789")
		amounts := func(x, y int64) error {
			_, err := b.api.SetupIntents.VerifyMicrodeposits(si.ID, &stripe.SetupIntentVerifyMicrodepositsParams{Amounts: []*int64{&x, &y}})
			return err
		}
		require.Equal(t, stripe.ErrorCodePaymentMethodMicrodepositVerificationAmountsMismatch, stripeError(t, amounts(1, 2)).Code)
		require.NoError(t, amounts(45, 32))
	})

	t.Run("ErrCodes", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for code, want := range map[string]string{
			"SM33CC": "payment_method_microdeposit_verification_attempts_exceeded",
			"SM44DD": "payment_method_microdeposit_verification_timeout",
		} {
			_, si := b.waiting("000123456789")
			_, err := b.verify(si.ID, code)
			require.Equal(t, stripe.ErrorCode(want), stripeError(t, err).Code)
			got, err := b.api.SetupIntents.Get(si.ID, nil)
			require.NoError(t, err)
			require.Equal(t, stripe.SetupIntentStatusRequiresPaymentMethod, got.Status)
			require.Equal(t, stripe.ErrorCode(want), got.LastSetupError.Code)
		}
	})

	t.Run("TenWrongCodes", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, si := b.waiting("000123456789")
		for range 9 {
			_, err := b.verify(si.ID, "SM99ZZ")
			require.Equal(t, stripe.ErrorCodePaymentMethodMicrodepositVerificationDescriptorCodeMismatch, stripeError(t, err).Code)
		}
		_, err := b.verify(si.ID, "SM99ZZ")
		require.Equal(t, stripe.ErrorCodePaymentMethodMicrodepositVerificationAttemptsExceeded, stripeError(t, err).Code)
		_, err = b.verify(si.ID, "SM11AA")
		require.Equal(t, stripe.ErrorCodeSetupIntentUnexpectedState, stripeError(t, err).Code)
	})

	t.Run("TenDays", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, si := b.waiting("000123456789")
		b.clock.Move(10 * 24 * time.Hour)
		got, err := b.api.SetupIntents.Get(si.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.SetupIntentStatusRequiresPaymentMethod, got.Status)
		require.Equal(t, stripe.ErrorCodePaymentMethodMicrodepositVerificationTimeout, got.LastSetupError.Code)
	})

	t.Run("ErrDepositsCannotBeSent", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, si := b.bankIntent("")
		_, err := b.api.SetupIntents.Confirm(si.ID, account("000666666661"))
		require.Equal(t, stripe.ErrorCodePaymentMethodMicrodepositFailed, stripeError(t, err).Code)
	})

	t.Run("ErrNoMandate", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, si := b.bankIntent("")
		params := account("000123456789")
		params.MandateData = nil
		_, err := b.api.SetupIntents.Confirm(si.ID, params)
		require.Contains(t, stripeError(t, err).Msg, "requires a mandate")
		params = account("000123456789")
		params.MandateData.CustomerAcceptance.Online.IPAddress = nil
		_, err = b.api.SetupIntents.Confirm(si.ID, params)
		require.Equal(t, stripe.ErrorCodeParameterMissing, stripeError(t, err).Code)
	})

	t.Run("ErrNoName", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, si := b.bankIntent("")
		params := account("000123456789")
		params.PaymentMethodData.BillingDetails = nil
		_, err := b.api.SetupIntents.Confirm(si.ID, params)
		require.Equal(t, "billing_details[name]", stripeError(t, err).Param)
	})

	t.Run("LinkedAtTheBank", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, si := b.bankIntent("instant")
		status, body := b.post("/sandbox/setup_intents/"+si.ID+"/verify_bank", "", url.Values{"name": {"Ann"}})
		require.Equal(t, http.StatusOK, status, body)
		params := account("000123456789")
		params.PaymentMethodData = nil
		done, err := b.api.SetupIntents.Confirm(si.ID, params)
		require.NoError(t, err)
		require.Equal(t, stripe.SetupIntentStatusSucceeded, done.Status)
	})
}

func TestBankDebit(t *testing.T) {
	t.Parallel()
	start := func(t *testing.T, number, bankStart string) (*testBundle, *stripe.Subscription) {
		b := setupWith(t, func(o *stripefake.Options) { o.BankStart = bankStart })
		b.products()
		cus, si := b.waiting(number)
		si, err := b.verify(si.ID, "SM11AA")
		require.NoError(t, err)
		params := order(cus.ID, si.PaymentMethod.ID, 2500)
		params.AddExpand("latest_invoice.payment_intent")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		require.Equal(t, stripe.PaymentIntentStatusProcessing, sub.LatestInvoice.PaymentIntent.Status)
		require.Equal(t, stripe.InvoiceStatusOpen, sub.LatestInvoice.Status)
		return b, sub
	}
	later := func(b *testBundle, id string) *stripe.Subscription {
		b.clock.Set(moment(2024, 1, 19)) // four business days after Monday the 15th
		sub, err := b.api.Subscriptions.Get(id, nil)
		require.NoError(b, err)
		return sub
	}

	t.Run("SucceedsAfterFourDays", func(t *testing.T) {
		t.Parallel()
		b, sub := start(t, "000123456789", "")
		require.Equal(t, stripe.SubscriptionStatusActive, sub.Status)
		b.clock.Set(moment(2024, 1, 18))
		require.NoError(t, b.server.Advance())
		require.Equal(t, "pending", b.server.Books().Charges[0].Status)
		require.Equal(t, stripe.SubscriptionStatusActive, later(b, sub.ID).Status)
		require.Equal(t, "succeeded", b.server.Books().Charges[0].Status)
		require.Equal(t, "paid", b.server.Books().Invoices[0].Status)
	})

	t.Run("MayStandIncompleteMeanwhile", func(t *testing.T) {
		t.Parallel()
		b, sub := start(t, "000123456789", "incomplete")
		require.Equal(t, stripe.SubscriptionStatusIncomplete, sub.Status)
		require.Equal(t, stripe.SubscriptionStatusActive, later(b, sub.ID).Status)
	})

	t.Run("Returned", func(t *testing.T) {
		t.Parallel()
		b, sub := start(t, "000111111116", "")
		require.Equal(t, stripe.SubscriptionStatusPastDue, later(b, sub.ID).Status)
		require.Equal(t, "no_account", b.server.Books().Charges[0].FailureCode)
		var told []string
		list := b.api.Events.List(&stripe.EventListParams{Types: []*string{stripe.String("charge.failed"), stripe.String("invoice.payment_failed")}})
		for list.Next() {
			told = append(told, string(list.Event().Type))
		}
		require.Equal(t, []string{"invoice.payment_failed", "charge.failed"}, told)
	})

	t.Run("ReturnedIsTriedAgainThreeTimesAndEachWaitsForTheBank", func(t *testing.T) {
		t.Parallel()
		b, _ := start(t, "000222222227", "")
		b.clock.Set(moment(2024, 2, 14))
		require.NoError(t, b.server.Advance())
		require.Len(t, b.server.Books().Charges, 4)
		for _, ch := range b.server.Books().Charges {
			require.Equal(t, "failed", ch.Status)
		}
	})

	t.Run("DisputedAfterwards", func(t *testing.T) {
		t.Parallel()
		b, sub := start(t, "000123456789", "")
		later(b, sub.ID)
		ch := b.server.Books().Charges[0]
		status, body := b.post("/sandbox/charges/"+ch.ID+"/dispute", "", url.Values{})
		require.Equal(t, http.StatusOK, status, body)
		require.True(t, b.server.Books().Charges[0].Disputed)
		list := b.api.Events.List(&stripe.EventListParams{Types: []*string{stripe.String("charge.dispute.created"), stripe.String("mandate.updated")}})
		require.True(t, list.Next())
		require.Equal(t, stripe.EventTypeChargeDisputeCreated, list.Event().Type)
		require.True(t, list.Next())
		require.Contains(t, string(list.Event().Data.Raw), `"status": "inactive"`)
		_, err := b.api.Refunds.New(&stripe.RefundParams{Charge: stripe.String(ch.ID)})
		require.Equal(t, stripe.ErrorCode("charge_disputed"), stripeError(t, err).Code)
	})

	t.Run("ErrNotInDollars", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, si := b.waiting("000123456789")
		si, err := b.verify(si.ID, "SM11AA")
		require.NoError(t, err)
		params := order(cus.ID, si.PaymentMethod.ID, 2500)
		params.Items[0].PriceData.Currency = stripe.String("cad")
		_, err = b.api.Subscriptions.New(params)
		require.Contains(t, stripeError(t, err).Msg, "invalid for payments with us_bank_account")
	})
}
