package stripeapi_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/queries"
)

// TestWhatIsGone: the stand-in answers as Stripe does about what was deleted, what has ended, and what it never had.
func TestWhatIsGone(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	r := b.saved(t, cardGood, currentMonth())
	made, err := b.CreateSubscription(t.Context(), "key-1", r)
	require.NoError(t, err)
	read, err := b.Subscription(t.Context(), made.ID)
	require.NoError(t, err)
	require.Equal(t, made, read)
	deleted, err := b.CustomerDeleted(t.Context(), r.CustomerID)
	require.NoError(t, err)
	require.False(t, deleted)

	require.NoError(t, b.EndSubscription(t.Context(), made.ID))
	read, err = b.Subscription(t.Context(), made.ID)
	require.NoError(t, err, "what has ended is still there")
	require.Equal(t, queries.SubscriptionStatusCanceled, read.Status)
	require.NotNil(t, read.EndedAt)

	_, err = b.Subscription(t.Context(), "sub_of_another_account")
	require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
	_, err = b.CustomerDeleted(t.Context(), "cus_of_another_account")
	require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
	rec := record(t, ok(`{"id":"cus_1","object":"customer","deleted":true}`))
	deleted, err = rec.client(t).CustomerDeleted(t.Context(), "cus_1")
	require.NoError(t, err)
	require.True(t, deleted)
	for _, err := range []error{second(b.Subscription(t.Context(), "")), second(b.CustomerDeleted(t.Context(), ""))} {
		requireKind(t, migration.ProviderRefused, err)
	}
}

func second[T any](_ T, err error) error { return err }

func TestDisputeStates(t *testing.T) {
	t.Parallel()
	for status, want := range map[string]migration.DisputeState{
		"warning_needs_response": migration.DisputeInquiry, "warning_under_review": migration.DisputeInquiry,
		"warning_closed": migration.DisputeOver, "won": migration.DisputeOver, "prevented": migration.DisputeOver,
		"needs_response": migration.DisputeWithdrawn, "under_review": migration.DisputeWithdrawn, "lost": migration.DisputeWithdrawn,
	} {
		rec := record(t, ok(`{"data":[{"id":"dp_1","amount":5000,"currency":"usd","status":"`+status+`","reason":"fraudulent"}]}`))
		got, err := rec.client(t).Disputes(t.Context(), "ch_1")
		require.NoError(t, err)
		require.Equal(t, []migration.StripeDispute{{ID: "dp_1", AmountMinor: 5000, Currency: "USD", Reason: "fraudulent", State: want}}, got, status)
	}
}

func TestInvoicePaidElsewhere(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	r := b.saved(t, cardGood, currentMonth())
	status, _ := b.browse(t, "/sandbox/payment_methods/"+r.PaymentMethodID+"/charging", url.Values{"answer": {"decline"}})
	require.Equal(t, 200, status)
	r.TenantConfirms = true // made unpaid
	made, err := b.CreateSubscription(t.Context(), "key-1", r)
	require.NoError(t, err)
	require.True(t, made.FirstPaymentFailed)
	got, err := b.Invoices(t.Context(), made.ID)
	require.NoError(t, err)
	require.False(t, got[0].PaidElsewhere)
	rec := record(t, ok(`{"data":[{"id":"in_1","status":"paid","currency":"usd","amount_due":5000,"amount_paid":5000,"paid_out_of_band":true,
		"post_payment_credit_notes_amount":4000,"created":1,"period_start":1,"period_end":2}]}`))
	got, err = rec.client(t).Invoices(t.Context(), "sub_1")
	require.NoError(t, err)
	require.True(t, got[0].PaidElsewhere)
	require.EqualValues(t, 4000, got[0].CreditedMinor)
}
