package stripeapi_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

func TestInvoices(t *testing.T) {
	t.Parallel()

	t.Run("OldestFirstWithHowEachIsPaid", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		r := b.saved(t, cardGood, currentMonth())
		sub, err := b.CreateSubscription(t.Context(), "key-1", r)
		require.NoError(t, err)
		status, _ := b.browse(t, "/sandbox/payment_methods/"+r.PaymentMethodID+"/charging", url.Values{"answer": {"decline"}})
		require.Equal(t, http.StatusOK, status)
		b.moveTo(t, anchor)
		got, err := b.Invoices(t.Context(), sub.ID)
		require.NoError(t, err)
		require.Len(t, got, 2)
		first, second := got[0], got[1]
		require.Equal(t, queries.InvoiceStatusPaid, first.Status)
		require.Equal(t, migration.PaymentPaid, first.Payment)
		require.EqualValues(t, 14400, first.AmountPaidMinor)
		require.Equal(t, "USD", first.Currency)
		require.Equal(t, backdate.AddDate(0, 0, 5), *first.PaidAt)
		require.NotEmpty(t, first.ChargeID)
		require.False(t, first.Disputed)
		require.Equal(t, queries.InvoiceStatusOpen, second.Status)
		require.Equal(t, migration.PaymentFailed, second.Payment)
		require.Equal(t, "The card has insufficient funds.", second.Failure)
		require.Equal(t, 1, second.Attempts)
		require.Nil(t, second.PaidAt)

		status, _ = b.browse(t, "/sandbox/charges/"+first.ChargeID+"/dispute", url.Values{"reason": {"fraudulent"}})
		require.Equal(t, http.StatusOK, status)
		got, err = b.Invoices(t.Context(), sub.ID)
		require.NoError(t, err)
		require.True(t, got[0].Disputed)
		disputes, err := b.Disputes(t.Context(), first.ChargeID)
		require.NoError(t, err)
		require.Len(t, disputes, 1)
		require.EqualValues(t, 14400, disputes[0].AmountMinor)
		require.Equal(t, "fraudulent", disputes[0].Reason)
	})

	t.Run("OneThatCannotBeFinalizedSaysWhy", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		sub, err := b.CreateSubscription(t.Context(), "key-1", b.saved(t, cardGood, nextMonth()))
		require.NoError(t, err)
		status, _ := b.browse(t, "/sandbox/subscriptions/"+sub.ID+"/spoil_next_invoice", url.Values{})
		require.Equal(t, http.StatusOK, status)
		b.moveTo(t, anchor)
		got, err := b.Invoices(t.Context(), sub.ID)
		require.NoError(t, err)
		require.Len(t, got, 1)
		require.Equal(t, queries.InvoiceStatusDraft, got[0].Status)
		require.Contains(t, got[0].FinalizationFailure, "location isn't recognized")
		require.Equal(t, migration.PaymentUntried, got[0].Payment)
	})

	t.Run("ErrEmptyIDIsNeverSent", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"data":[]}`))
		client := rec.client(t)
		_, err := client.Invoices(t.Context(), "")
		requireKind(t, migration.ProviderRefused, err)
		_, err = client.Disputes(t.Context(), "")
		requireKind(t, migration.ProviderRefused, err)
		_, err = client.MandateEnded(t.Context(), "")
		requireKind(t, migration.ProviderRefused, err)
		_, err = client.Confirmation(t.Context(), "")
		requireKind(t, migration.ProviderRefused, err)
		_, err = client.InvoiceConfirmation(t.Context(), "")
		requireKind(t, migration.ProviderRefused, err)
		requireKind(t, migration.ProviderRefused, client.EndSubscription(t.Context(), ""))
		require.Empty(t, rec.requests())
	})
}

func TestMandateAndBlockedAccount(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	open := b.open(t, b.newCustomer(t), queries.PaymentMethodTypeUsBankAccount)
	b.confirm(t, open, accountForm("000123456789"))
	read, err := b.SetupIntent(t.Context(), open.ID)
	require.NoError(t, err)
	ended, err := b.MandateEnded(t.Context(), read.MandateID)
	require.NoError(t, err)
	require.False(t, ended, "pending is not ended")
	require.Empty(t, read.PaymentMethod.Blocked)

	status, _ := b.browse(t, "/sandbox/payment_methods/"+read.PaymentMethod.ID+"/block", url.Values{"reason": {"bank_account_closed"}})
	require.Equal(t, http.StatusOK, status)
	method, err := b.PaymentMethod(t.Context(), read.PaymentMethod.ID)
	require.NoError(t, err)
	require.Equal(t, "The bank account was closed.", method.Blocked)
	ended, err = b.MandateEnded(t.Context(), read.MandateID)
	require.NoError(t, err)
	require.True(t, ended)
}
