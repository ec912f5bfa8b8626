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

// push presses a button and wants it to work.
func (b *testBundle) push(path string, form url.Values) {
	b.Helper()
	status, body := b.post(path, "", form)
	require.Equal(b, http.StatusOK, status, body)
}

// told are the types of all events since the test began, oldest first.
func (b *testBundle) told(types ...string) (all []string) {
	b.Helper()
	params := &stripe.EventListParams{}
	params.Types = stripe.StringSlice(types)
	for list := b.api.Events.List(params); list.Next(); {
		all = append([]string{string(list.Event().Type)}, all...)
	}
	return all
}

func (b *testBundle) subscribed(card string) (*stripe.Subscription, string) {
	b.Helper()
	b.products()
	cus, pm := b.saved(card)
	sub, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
	require.NoError(b, err)
	return sub, pm
}

// TestAfterwards is a subscription's life once it runs, as its clock moves on.
func TestAfterwards(t *testing.T) {
	t.Parallel()

	for after, want := range map[string]struct {
		status stripe.SubscriptionStatus
		events []string
	}{
		"":       {stripe.SubscriptionStatusPastDue, nil},
		"unpaid": {stripe.SubscriptionStatusUnpaid, nil},
		"cancel": {stripe.SubscriptionStatusCanceled, []string{"customer.subscription.deleted"}},
	} {
		t.Run("FourTriesAndThen"+after, func(t *testing.T) {
			t.Parallel()
			b := setupWith(t, func(o *stripefake.Options) { o.AfterRetries = after })
			sub, pm := b.subscribed("pm_card_visa")
			b.push("/sandbox/payment_methods/"+pm+"/charging", url.Values{"answer": {"decline"}})
			b.clock.Set(moment(2024, 2, 15).Add(8 * 24 * time.Hour))
			read, err := b.api.Subscriptions.Get(sub.ID, nil)
			require.NoError(t, err)
			require.Equal(t, stripe.SubscriptionStatusPastDue, read.Status, "the last try is a day ahead")
			b.clock.Move(2 * 24 * time.Hour)
			read, err = b.api.Subscriptions.Get(sub.ID, nil)
			require.NoError(t, err)
			require.Equal(t, want.status, read.Status)
			require.Len(t, b.told("invoice.payment_failed"), 4)
			require.Equal(t, want.events, b.told("customer.subscription.deleted"))
			b.clock.Set(moment(2024, 3, 20))
			invoices := b.server.Books().Invoices
			require.NoError(t, b.server.Advance())
			if after == "unpaid" {
				require.Equal(t, "draft", b.server.Books().Invoices[0].Status)
				require.Len(t, b.server.Books().Invoices, len(invoices)+1)
			}
			require.Len(t, charged(b), 1, "nothing after the first")
		})
	}

	t.Run("TheBankWantsThePersonAtARenewal", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, pm := b.subscribed("pm_card_visa")
		b.push("/sandbox/payment_methods/"+pm+"/charging", url.Values{"answer": {"authenticate"}})
		b.clock.Set(moment(2024, 2, 15))
		read, err := b.api.Subscriptions.Get(sub.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusPastDue, read.Status)
		require.Equal(t, []string{"invoice.payment_action_required"}, b.told("invoice.payment_action_required"))
	})

	t.Run("ARetriedDebitTakesItsDaysAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus := b.customer()
		pm, err := b.api.PaymentMethods.Attach("pm_usBankAccount_insufficientFunds", &stripe.PaymentMethodAttachParams{Customer: &cus.ID})
		require.NoError(t, err)
		sub, err := b.api.Subscriptions.New(order(cus.ID, pm.ID, 2500))
		require.NoError(t, err)
		b.clock.Move(30 * 24 * time.Hour)
		read, err := b.api.Subscriptions.Get(sub.ID, nil) // came to an end at all
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusPastDue, read.Status)
		require.Empty(t, charged(b))
	})

	t.Run("ASpoiledInvoiceWaitsToBeMended", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.subscribed("pm_card_visa")
		b.push("/sandbox/subscriptions/"+sub.ID+"/spoil_next_invoice", url.Values{})
		b.clock.Set(moment(2024, 3, 1))
		inv := b.api.Invoices.List(&stripe.InvoiceListParams{Subscription: &sub.ID})
		require.True(t, inv.Next())
		require.Equal(t, stripe.InvoiceStatusDraft, inv.Invoice().Status)
		require.Equal(t, "customer_tax_location_invalid", string(inv.Invoice().LastFinalizationError.Code))
		require.Equal(t, []string{"invoice.finalization_failed"}, b.told("invoice.finalization_failed"))
		mended, err := b.api.Invoices.FinalizeInvoice(inv.Invoice().ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.InvoiceStatusPaid, mended.Status)
		require.Nil(t, mended.LastFinalizationError)
		_, err = b.api.Invoices.FinalizeInvoice(mended.ID, nil)
		require.Equal(t, stripe.ErrorCode("invoice_not_editable"), stripeError(t, err).Code)
	})

	t.Run("CancelledAtTheDashboard", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.subscribed("pm_card_visa")
		b.push("/sandbox/subscriptions/"+sub.ID+"/cancel", url.Values{})
		require.Equal(t, []string{"customer.subscription.deleted"}, b.told("customer.subscription.deleted"))
		status, _ := b.post("/sandbox/subscriptions/"+sub.ID+"/cancel", "", url.Values{})
		require.Equal(t, http.StatusNotFound, status)
	})

	t.Run("DisputesAreListedByCharge", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.subscribed("pm_card_visa")
		charge := b.server.Books().Charges[0].ID
		require.False(t, b.api.Disputes.List(&stripe.DisputeListParams{Charge: &charge}).Next())
		b.push("/sandbox/charges/"+charge+"/dispute", url.Values{"reason": {"general"}})
		list := b.api.Disputes.List(&stripe.DisputeListParams{Charge: &charge})
		require.True(t, list.Next())
		require.Equal(t, stripe.DisputeReason("general"), list.Dispute().Reason)
		require.False(t, b.api.Disputes.List(&stripe.DisputeListParams{Charge: stripe.String("ch_nobody")}).Next(), "an error, and no row")
	})

	t.Run("AMandateIsWithdrawnAndAnAccountBlocked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		cus := b.customer()
		mandated := func() *stripe.SetupIntent {
			params := &stripe.SetupIntentParams{Customer: &cus.ID, PaymentMethodTypes: stripe.StringSlice([]string{"us_bank_account"}),
				PaymentMethod: stripe.String("pm_usBankAccount_success"), Confirm: stripe.Bool(true),
				MandateData: &stripe.SetupIntentMandateDataParams{CustomerAcceptance: &stripe.SetupIntentMandateDataCustomerAcceptanceParams{
					Type: stripe.MandateCustomerAcceptanceTypeOnline, Online: &stripe.SetupIntentMandateDataCustomerAcceptanceOnlineParams{
						IPAddress: stripe.String("203.0.113.7"), UserAgent: stripe.String("Browser/1.0")}}}}
			si, err := b.api.SetupIntents.New(params)
			require.NoError(t, err)
			return si
		}
		first, second := mandated(), mandated()
		b.push("/sandbox/mandates/"+first.Mandate.ID+"/revoke", url.Values{})
		m, err := b.api.Mandates.Get(first.Mandate.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.MandateStatusInactive, m.Status)
		status, _ := b.post("/sandbox/mandates/"+first.Mandate.ID+"/revoke", "", url.Values{})
		require.Equal(t, http.StatusBadRequest, status, "once")

		b.push("/sandbox/payment_methods/"+second.PaymentMethod.ID+"/block", url.Values{"reason": {"debit_not_authorized"}})
		pm, err := b.api.PaymentMethods.Get(second.PaymentMethod.ID, nil)
		require.NoError(t, err)
		require.Equal(t, "debit_not_authorized", string(pm.USBankAccount.StatusDetails.Blocked.Reason))
		m, err = b.api.Mandates.Get(second.Mandate.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.MandateStatusInactive, m.Status)
		for path, form := range map[string]url.Values{
			"/sandbox/payment_methods/" + pm.ID + "/block":    {"reason": {"because"}},
			"/sandbox/payment_methods/" + pm.ID + "/charging": {"answer": {"authenticate"}},
		} {
			status, _ = b.post(path, "", form)
			require.Equal(t, http.StatusBadRequest, status, path)
		}
	})

	t.Run("AProvenCardLetsItsSubscriptionGo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_authenticationRequired")
		params := order(cus.ID, pm, 2500)
		params.BillingCycleAnchor = stripe.Int64(moment(2024, 2, 1).Unix())
		params.ProrationBehavior = stripe.String("none")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		b.push("/sandbox/setup_intents/"+sub.PendingSetupIntent.ID+"/authenticate", url.Values{"outcome": {"succeed"}})
		sub, err = b.api.Subscriptions.Get(sub.ID, nil)
		require.NoError(t, err)
		require.Nil(t, sub.PendingSetupIntent)
		require.Equal(t, []string{"customer.subscription.updated"}, b.told("customer.subscription.updated"))
	})
}

// charged is every amount that was taken.
func charged(b *testBundle) (amounts []int64) {
	for _, c := range b.server.Books().Charges {
		if c.Status == "succeeded" {
			amounts = append(amounts, c.Amount)
		}
	}
	return amounts
}
