package stripefake_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
)

func TestUpcoming(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.products()
	cus, pm := b.saved("pm_card_visa")

	t.Run("ErrNone", func(t *testing.T) {
		_, err := b.api.Invoices.Upcoming(&stripe.InvoiceUpcomingParams{Customer: stripe.String(cus.ID)})
		e := stripeError(t, err)
		require.Equal(t, http.StatusNotFound, e.HTTPStatusCode)
		require.Equal(t, stripe.ErrorCodeInvoiceUpcomingNone, e.Code)
	})

	sub, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500, 900))
	require.NoError(t, err)

	t.Run("OfARunningSubscription", func(t *testing.T) {
		for _, p := range []*stripe.InvoiceUpcomingParams{
			{Customer: stripe.String(cus.ID)}, {Subscription: stripe.String(sub.ID)},
		} {
			inv, err := b.api.Invoices.Upcoming(p)
			require.NoError(t, err)
			require.Empty(t, inv.ID)
			require.Equal(t, []int64{2500, 900}, amounts(inv))
			require.Equal(t, moment(2024, 2, 15).Unix(), inv.NextPaymentAttempt)
			require.Equal(t, moment(2024, 3, 15).Unix(), inv.Lines.Data[0].Period.End)
		}
	})

	t.Run("LinesArePaged", func(t *testing.T) {
		p := &stripe.InvoiceUpcomingLinesParams{Subscription: stripe.String(sub.ID)}
		p.Limit = stripe.Int64(1)
		p.Single = true
		lines := b.api.Invoices.UpcomingLines(p)
		require.True(t, lines.Next())
		require.Equal(t, int64(2500), lines.InvoiceLineItem().Amount)
		require.True(t, lines.Meta().HasMore)
	})

	t.Run("NothingIsStored", func(t *testing.T) {
		require.Len(t, b.server.Books().Invoices, 1)
		require.Len(t, b.server.Books().Subscriptions, 1)
	})
}

func TestInvoices(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.products()
	cus, pm := b.saved("pm_card_visa")
	sub, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
	require.NoError(t, err)

	list := b.api.Invoices.List(&stripe.InvoiceListParams{Subscription: stripe.String(sub.ID)})
	require.True(t, list.Next())
	inv := list.Invoice()
	require.Equal(t, sub.LatestInvoice.ID, inv.ID)
	require.Equal(t, stripe.InvoiceBillingReasonSubscriptionCreate, inv.BillingReason)
	require.NotZero(t, inv.StatusTransitions.PaidAt)
	require.False(t, list.Next())

	_, err = b.api.Invoices.VoidInvoice(inv.ID, nil)
	require.Contains(t, stripeError(t, err).Msg, "This invoice isn't open")

	ch, err := b.api.Charges.Get(inv.Charge.ID, nil)
	require.NoError(t, err)
	require.Equal(t, stripe.ChargeStatusSucceeded, ch.Status)
	require.Equal(t, "4242", ch.PaymentMethodDetails.Card.Last4)
	pi, err := b.api.PaymentIntents.Get(inv.PaymentIntent.ID, nil)
	require.NoError(t, err)
	require.Equal(t, ch.ID, pi.LatestCharge.ID)
	require.Equal(t, inv.ID, pi.Invoice.ID)
}

func TestRefunds(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.products()
	cus, pm := b.saved("pm_card_visa")
	_, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
	require.NoError(t, err)
	ch := b.server.Books().Charges[0]

	part, err := b.api.Refunds.New(&stripe.RefundParams{Charge: stripe.String(ch.ID), Amount: stripe.Int64(1000)})
	require.NoError(t, err)
	require.Equal(t, stripe.RefundStatusSucceeded, part.Status)
	_, err = b.api.Refunds.New(&stripe.RefundParams{Charge: stripe.String(ch.ID), Amount: stripe.Int64(1501)})
	require.Contains(t, stripeError(t, err).Msg, "is greater than unrefunded amount on charge ($15.00)")
	rest, err := b.api.Refunds.New(&stripe.RefundParams{Charge: stripe.String(ch.ID)})
	require.NoError(t, err)
	require.Equal(t, int64(1500), rest.Amount)
	_, err = b.api.Refunds.New(&stripe.RefundParams{Charge: stripe.String(ch.ID)})
	require.Equal(t, stripe.ErrorCodeChargeAlreadyRefunded, stripeError(t, err).Code)
	require.Equal(t, int64(2500), b.server.Books().Charges[0].AmountRefunded)

	got, err := b.api.Refunds.Get(rest.ID, nil)
	require.NoError(t, err)
	require.Equal(t, ch.ID, got.Charge.ID)
}
