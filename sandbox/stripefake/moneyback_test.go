package stripefake_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
)

// TestMoneyThatGoesBack is what may become of a charge once it was paid.
func TestMoneyThatGoesBack(t *testing.T) {
	t.Parallel()
	refund := func(b *testBundle, charge string) (*stripe.Refund, error) {
		return b.api.Refunds.New(&stripe.RefundParams{Charge: &charge})
	}

	t.Run("ARefundThatComesBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.subscribed("pm_card_visa")
		ch := b.server.Books().Charges[0]
		made, err := refund(b, ch.ID)
		require.NoError(t, err)
		require.Equal(t, ch.Amount, b.server.Books().Charges[0].AmountRefunded)
		b.push("/sandbox/refunds/"+made.ID+"/fail", url.Values{})
		require.Zero(t, b.server.Books().Charges[0].AmountRefunded)
		read, err := b.api.Refunds.Get(made.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.RefundStatusFailed, read.Status)
		require.Equal(t, []string{"charge.refund.updated"}, b.told("charge.refund.updated"))
		_, err = refund(b, ch.ID)
		require.NoError(t, err, "what came back can be given back again")
	})

	for name, tt := range map[string]struct {
		order, decided string
		refundable     bool
	}{
		"AnInquiry":            {"warning_needs_response", "", true},
		"ADispute":             {"needs_response", "", false},
		"ADisputeThatWasLost":  {"needs_response", "lost", false},
		"ADisputeThatWasWon":   {"needs_response", "won", true},
		"AnInquiryThatIsOver":  {"warning_needs_response", "warning_closed", true},
		"AnInquiryThatWasLost": {"warning_needs_response", "lost", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.subscribed("pm_card_visa")
			ch := b.server.Books().Charges[0]
			b.push("/sandbox/charges/"+ch.ID+"/dispute", url.Values{"status": {tt.order}, "amount": {"100"}})
			list := b.api.Disputes.List(&stripe.DisputeListParams{Charge: &ch.ID})
			require.True(t, list.Next())
			require.EqualValues(t, 100, list.Dispute().Amount)
			if tt.decided != "" {
				b.push("/sandbox/disputes/"+list.Dispute().ID+"/decide", url.Values{"status": {tt.decided}})
			}
			_, err := refund(b, ch.ID)
			if tt.refundable {
				require.NoError(t, err)
				return
			}
			require.Equal(t, stripe.ErrorCodeChargeDisputed, stripeError(t, err).Code)
		})
	}

	t.Run("WhatWasPaidElsewhereIsCreditedThere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_chargeCustomerFail")
		params := order(cus.ID, pm, 2500)
		params.PaymentBehavior = nil
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		note := &stripe.CreditNoteParams{Invoice: &sub.LatestInvoice.ID, Amount: stripe.Int64(2500), OutOfBandAmount: stripe.Int64(2500)}
		_, err = b.api.CreditNotes.New(note)
		require.Error(t, err, "nothing was paid")
		paid, err := b.api.Invoices.Pay(sub.LatestInvoice.ID, &stripe.InvoicePayParams{PaidOutOfBand: stripe.Bool(true)})
		require.NoError(t, err)
		require.True(t, paid.PaidOutOfBand)
		require.Equal(t, stripe.InvoiceStatusPaid, paid.Status)
		require.Empty(t, charged(b))
		_, err = b.api.CreditNotes.New(note)
		require.NoError(t, err)
		read, err := b.api.Invoices.Get(paid.ID, nil)
		require.NoError(t, err)
		require.EqualValues(t, 2500, read.PostPaymentCreditNotesAmount)
		_, err = b.api.CreditNotes.New(note)
		require.Error(t, err, "no more than was paid")
	})

	t.Run("ABalanceIsOnTheNextInvoice", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_visa")
		_, err := b.api.Customers.Update(cus.ID, &stripe.CustomerParams{Balance: stripe.Int64(-500)})
		require.NoError(t, err)
		_, err = b.api.Subscriptions.New(order(cus.ID, pm, 2500))
		require.NoError(t, err)
		require.Equal(t, []int64{2000}, charged(b))
	})

	t.Run("ADebitThatIsNotEvenTried", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus := b.customer()
		pm, err := b.api.PaymentMethods.Attach("pm_usBankAccount_success", &stripe.PaymentMethodAttachParams{Customer: &cus.ID})
		require.NoError(t, err)
		b.push("/sandbox/payment_methods/"+pm.ID+"/charging", url.Values{"answer": {"refuse"}})
		params := order(cus.ID, pm.ID, 2500)
		params.PaymentBehavior = nil
		params.AddExpand("latest_invoice.payment_intent")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusIncomplete, sub.Status)
		require.Equal(t, stripe.PaymentIntentStatusRequiresPaymentMethod, sub.LatestInvoice.PaymentIntent.Status)
		_, card := b.saved("pm_card_visa")
		status, _ := b.post("/sandbox/payment_methods/"+card+"/charging", "", url.Values{"answer": {"refuse"}})
		require.Equal(t, http.StatusBadRequest, status, "a card is declined")
	})
}
