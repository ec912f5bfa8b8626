package stripeapi_test

import (
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/stripeapi"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

const (
	cardGood         = "4242424242424242"
	cardWithoutFunds = "4000000000009995"
	cardThatMustAsk  = "4000002760003184"
)

func TestTenantGivesACard(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	found, err := b.FindCustomer(t.Context(), customer())
	require.NoError(t, err)
	require.Empty(t, found)
	cus := b.newCustomer(t)
	require.Equal(t, cus, b.newCustomer(t), "the same key makes one")
	found, err = b.FindCustomer(t.Context(), customer())
	require.NoError(t, err)
	require.Equal(t, cus, found)

	first := b.open(t, cus, queries.PaymentMethodTypeCard)
	require.Equal(t, migration.SetupOpen, first.State)
	require.Equal(t, first, b.open(t, cus, queries.PaymentMethodTypeCard), "the page was loaded again")
	require.NotEqual(t, first.ID, b.open(t, cus, queries.PaymentMethodTypeUsBankAccount).ID)

	b.confirm(t, first, cardForm(cardGood))
	read, err := b.SetupIntent(t.Context(), first.ID)
	require.NoError(t, err)
	require.Equal(t, migration.SetupSucceeded, read.State)
	require.Equal(t, cus, read.CustomerID)
	require.Equal(t, invitationID, read.InvitationID)
	require.Equal(t, queries.PaymentMethodTypeCard, read.Method)
	require.Equal(t, "Visa ending 4242", read.PaymentMethod.Label)
	require.Equal(t, cus, read.PaymentMethod.CustomerID)
	method, err := b.PaymentMethod(t.Context(), read.PaymentMethod.ID)
	require.NoError(t, err)
	require.Equal(t, read.PaymentMethod, method)

	next := b.open(t, cus, queries.PaymentMethodTypeCard)
	require.NotEqual(t, first.ID, next.ID, "a finished one is never offered again")
	require.Equal(t, migration.SetupOpen, next.State)
}

func TestTenantHasToProve(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	cus := b.newCustomer(t)
	intent := b.open(t, cus, queries.PaymentMethodTypeCard)
	require.Equal(t, "requires_action", b.confirm(t, intent, cardForm(cardThatMustAsk))["status"])
	again := b.open(t, cus, queries.PaymentMethodTypeCard)
	require.Equal(t, intent.ID, again.ID, "3-D Secure is continued")
	require.Equal(t, migration.SetupOpen, again.State)
}

func TestTenantGivesABankAccount(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	cus := b.newCustomer(t)
	intent := b.open(t, cus, queries.PaymentMethodTypeUsBankAccount)
	b.confirm(t, intent, url.Values{
		"payment_method_data[type]":                                 {"us_bank_account"},
		"payment_method_data[billing_details][name]":                {"Ann Vogel"},
		"payment_method_data[us_bank_account][account_number]":      {"000123456789"},
		"payment_method_data[us_bank_account][routing_number]":      {"110000000"},
		"payment_method_data[us_bank_account][account_holder_type]": {"individual"},
	})
	waiting, err := b.SetupIntent(t.Context(), intent.ID)
	require.NoError(t, err)
	require.Equal(t, migration.SetupVerifying, waiting.State)
	require.Equal(t, queries.PaymentMethodTypeUsBankAccount, waiting.Method)

	status, _ := b.browse(t, "/v1/setup_intents/"+intent.ID+"/verify_microdeposits",
		url.Values{"client_secret": {intent.ClientSecret}, "descriptor_code": {"SM11AA"}})
	require.Equal(t, http.StatusOK, status)
	verified, err := b.SetupIntent(t.Context(), intent.ID)
	require.NoError(t, err)
	require.Equal(t, migration.SetupSucceeded, verified.State)
	require.NotEmpty(t, verified.MandateID)
	require.Equal(t, "STRIPE TEST BANK account ending 6789", verified.PaymentMethod.Label)

	r := currentMonth()
	r.CustomerID, r.PaymentMethodID, r.Method = cus, verified.PaymentMethod.ID, queries.PaymentMethodTypeUsBankAccount
	for _, item := range r.Items {
		require.NoError(t, b.EnsureProduct(t.Context(), item.ProductID, "Monthly parking"))
	}
	made, err := b.CreateSubscription(t.Context(), "approval-1", r)
	require.NoError(t, err)
	require.Contains(t, []queries.SubscriptionStatus{queries.SubscriptionStatusActive, queries.SubscriptionStatusIncomplete}, made.Status)
	require.False(t, made.ActionRequired, "the debit is under way, nobody has to do anything")
}

func TestStaffApproveCurrentMonth(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	r := b.saved(t, cardGood, currentMonth())
	due, err := dueAtOnce(t, b, r)
	require.NoError(t, err)
	require.EqualValues(t, 14400, due.Minor, "exactly one month")
	require.Empty(t, b.charged(), "a preview charges nothing")

	made, err := b.CreateSubscription(t.Context(), "approval-1", r)
	require.NoError(t, err)
	require.Equal(t, []int64{14400}, b.charged())
	require.Equal(t, migration.StripeSubscription{
		ID: made.ID, CustomerID: r.CustomerID, Status: queries.SubscriptionStatusActive,
		ReservationID: reservationID, ApprovalID: approvalID, StartedAt: backdate, NextChargeAt: &anchor,
	}, made)
	again, err := b.CreateSubscription(t.Context(), "approval-1", r)
	require.NoError(t, err)
	require.Equal(t, made, again)
	listed, err := b.Subscriptions(t.Context(), r.CustomerID)
	require.NoError(t, err)
	require.Equal(t, []migration.StripeSubscription{made}, listed)

	b.moveTo(t, anchor.Add(-time.Second))
	require.Equal(t, []int64{14400}, b.charged())
	b.moveTo(t, anchor.Add(time.Hour))
	require.Equal(t, []int64{14400, 14400}, b.charged())
}

func TestStaffApproveNextMonth(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	r := b.saved(t, cardGood, nextMonth())
	due, err := dueAtOnce(t, b, r)
	require.NoError(t, err)
	require.Zero(t, due.Minor)

	made, err := b.CreateSubscription(t.Context(), "approval-1", r)
	require.NoError(t, err)
	require.Equal(t, queries.SubscriptionStatusActive, made.Status)
	require.False(t, made.ActionRequired)
	require.Equal(t, &anchor, made.NextChargeAt)
	require.Empty(t, b.charged())
	b.moveTo(t, anchor.Add(time.Hour))
	require.Equal(t, []int64{14400}, b.charged())
}

func TestStaffApproveAfterATrial(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	later := anchor.AddDate(0, 2, 0)
	r := b.saved(t, cardGood, nextMonth())
	r.Anchor, r.TrialEnd = nil, &later
	due, err := dueAtOnce(t, b, r)
	require.NoError(t, err)
	require.Zero(t, due.Minor)
	made, err := b.CreateSubscription(t.Context(), "approval-1", r)
	require.NoError(t, err)
	require.Equal(t, queries.SubscriptionStatusTrialing, made.Status)
	require.Equal(t, &later, made.NextChargeAt)
	require.Empty(t, b.charged())
}

func TestBankSaysNo(t *testing.T) {
	t.Parallel()

	t.Run("NoFunds", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		r := b.saved(t, cardWithoutFunds, currentMonth())
		_, err := b.CreateSubscription(t.Context(), "approval-1", r)
		require.Equal(t, "The card has insufficient funds.", requireKind(t, migration.ProviderDeclined, err).Message)
		listed, err := b.Subscriptions(t.Context(), r.CustomerID)
		require.NoError(t, err)
		require.Empty(t, listed, "nothing was made")
	})

	t.Run("MustAskNow", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		_, err := b.CreateSubscription(t.Context(), "approval-1", b.saved(t, cardThatMustAsk, currentMonth()))
		require.Equal(t, "The bank wants its customer to confirm this charge.", requireKind(t, migration.ProviderDeclined, err).Message)
	})

	t.Run("MustAskForNextMonth", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		r := b.saved(t, cardThatMustAsk, nextMonth())
		made, err := b.CreateSubscription(t.Context(), "approval-1", r)
		require.NoError(t, err)
		require.True(t, made.ActionRequired)
		listed, err := b.Subscriptions(t.Context(), r.CustomerID)
		require.NoError(t, err)
		require.Equal(t, []migration.StripeSubscription{made}, listed)
	})
}

func TestBadDays(t *testing.T) {
	t.Parallel()
	order := func(b *sandbox, kind stripefake.FaultKind) {
		b.Faults.Add(stripefake.Fault{Kind: kind, Method: http.MethodPost, PathPrefix: "/v1/subscriptions", Times: 1, RetryAfter: 30})
	}

	t.Run("ErrorAfter", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		r := b.saved(t, cardGood, currentMonth())
		order(b, stripefake.ErrorAfter)
		for range 2 { // the second answer is Stripe's memory of the first
			_, err := b.CreateSubscription(t.Context(), "approval-1", r)
			require.True(t, requireKind(t, migration.ProviderUncertain, err).Replays)
		}
		listed, err := b.Subscriptions(t.Context(), r.CustomerID)
		require.NoError(t, err)
		require.Len(t, listed, 1, "it was made all the same")
		require.Equal(t, approvalID, listed[0].ApprovalID)
	})

	for _, kind := range []stripefake.FaultKind{stripefake.DropAfter, stripefake.CutBefore, stripefake.Unavailable} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			b := startSandbox(t)
			r := b.saved(t, cardGood, currentMonth())
			order(b, kind)
			_, err := b.CreateSubscription(t.Context(), "approval-1", r)
			require.False(t, requireKind(t, migration.ProviderUncertain, err).Replays)
			_, err = b.CreateSubscription(t.Context(), "approval-1", r)
			require.NoError(t, err)
			require.Equal(t, []int64{14400}, b.charged(), "asked twice, charged once")
		})
	}

	for _, kind := range []stripefake.FaultKind{stripefake.RateLimit, stripefake.RateLimitDate} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			b := startSandbox(t)
			r := b.saved(t, cardGood, currentMonth())
			order(b, kind)
			_, err := b.CreateSubscription(t.Context(), "approval-1", r)
			require.InDelta(t, 30, requireKind(t, migration.ProviderThrottled, err).RetryAfter.Seconds(), 2)
		})
	}

	t.Run("KeyInUse", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		r := b.saved(t, cardGood, currentMonth())
		order(b, stripefake.HoldBefore)
		first := make(chan error, 1)
		go func() {
			_, err := b.CreateSubscription(t.Context(), "approval-1", r)
			first <- err
		}()
		require.NoError(t, b.Faults.WaitHeld(t.Context(), 1))
		_, err := b.CreateSubscription(t.Context(), "approval-1", r)
		requireKind(t, migration.ProviderBusy, err)
		b.Faults.Release()
		require.NoError(t, <-first)
		require.Equal(t, []int64{14400}, b.charged())
	})

	t.Run("KeyOfAnotherRequest", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		r := b.saved(t, cardGood, currentMonth())
		_, err := b.CreateSubscription(t.Context(), "approval-1", r)
		require.NoError(t, err)
		r.SubmissionID = tenantID
		_, err = b.CreateSubscription(t.Context(), "approval-1", r)
		require.Equal(t, "idempotency_error", requireKind(t, migration.ProviderRefused, err).Code)
	})

	t.Run("NoSuchThings", func(t *testing.T) {
		t.Parallel()
		b := startSandbox(t)
		_, err := b.SetupIntent(t.Context(), "seti_nobody")
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
		_, err = b.PaymentMethod(t.Context(), "pm_nobody")
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
		_, err = b.Subscriptions(t.Context(), "cus_nobody")
		require.Equal(t, "resource_missing", requireKind(t, migration.ProviderRefused, err).Code)
	})
}

func TestTwoPagesAtOnce(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	r := setupRequest(queries.PaymentMethodTypeCard)
	r.CustomerID = b.newCustomer(t)
	patient := newClient(t, stripeapi.Options{BaseURL: b.url})
	ids := make([]string, 8)
	var calls sync.WaitGroup
	for i := range ids {
		calls.Go(func() {
			if intent, err := patient.OpenSetupIntent(t.Context(), r); err == nil {
				ids[i] = intent.ID
			}
		})
	}
	calls.Wait()
	for _, id := range ids {
		require.NotEmpty(t, id)
		require.Equal(t, ids[0], id)
	}
}
