package stripefake_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/stripe/stripe-go/v76"
)

// TestSubscriptionStart is the table of moments: what is charged at once, and
// when the next charge comes. The clock stands on Monday, 15 January 2024, noon.
func TestSubscriptionStart(t *testing.T) {
	t.Parallel()
	type want struct {
		invoiced    []int64 // per line; nil where there is no invoice
		status      stripe.SubscriptionStatus
		start, next time.Time
		nextAmount  int64
	}
	for name, test := range map[string]struct {
		change func(*stripe.SubscriptionParams)
		want   want
	}{
		"NowByDefault": {
			func(*stripe.SubscriptionParams) {},
			want{[]int64{2500, 900}, "active", moment(2024, 1, 15), moment(2024, 2, 15), 3400},
		},
		"CurrentMonthIsTheFullAmount": {
			func(p *stripe.SubscriptionParams) {
				p.BackdateStartDate = stripe.Int64(moment(2024, 1, 3).Unix())
				p.BillingCycleAnchor = stripe.Int64(moment(2024, 2, 3).Unix())
				p.ProrationBehavior = stripe.String("create_prorations")
			},
			want{[]int64{2500, 900}, "active", moment(2024, 1, 3), moment(2024, 2, 3), 3400},
		},
		"NextMonthIsFreeUntilTheAnchor": {
			func(p *stripe.SubscriptionParams) {
				p.BillingCycleAnchor = stripe.Int64(moment(2024, 2, 3).Unix())
				p.ProrationBehavior = stripe.String("none")
			},
			want{nil, "active", moment(2024, 1, 15), moment(2024, 2, 3), 3400},
		},
		"BackdatedWithoutProrationsIsFree": {
			func(p *stripe.SubscriptionParams) {
				p.BackdateStartDate = stripe.Int64(moment(2024, 1, 3).Unix())
				p.BillingCycleAnchor = stripe.Int64(moment(2024, 2, 3).Unix())
				p.ProrationBehavior = stripe.String("none")
			},
			want{nil, "active", moment(2024, 1, 3), moment(2024, 2, 3), 3400},
		},
		"StubUntilTheAnchor": {
			func(p *stripe.SubscriptionParams) { p.BillingCycleAnchor = stripe.Int64(moment(2024, 2, 1).Unix()) },
			want{[]int64{1371, 494}, "active", moment(2024, 1, 15), moment(2024, 2, 1), 3400}, // 17/31
		},
		"AnchorAtTheCeiling": {
			func(p *stripe.SubscriptionParams) { p.BillingCycleAnchor = stripe.Int64(moment(2024, 2, 15).Unix()) },
			want{[]int64{2500, 900}, "active", moment(2024, 1, 15), moment(2024, 2, 15), 3400},
		},
		"BackdatedWithoutAnchor": {
			func(p *stripe.SubscriptionParams) {
				p.BackdateStartDate = stripe.Int64(moment(2023, 12, 15).Unix())
			},
			want{[]int64{2500, 900, 2500, 900}, "active", moment(2023, 12, 15), moment(2024, 2, 15), 3400},
		},
		"TrialIsAZeroInvoice": {
			func(p *stripe.SubscriptionParams) { p.TrialEnd = stripe.Int64(moment(2024, 3, 31).Unix()) },
			want{[]int64{0, 0}, "trialing", moment(2024, 1, 15), moment(2024, 3, 31), 3400},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.products()
			cus, pm := b.saved("pm_card_visa")
			params := order(cus.ID, pm, 2500, 900)
			params.AddMetadata("reservation", "r-1")
			params.AddExpand("latest_invoice.payment_intent")
			test.change(params)
			sub, err := b.api.Subscriptions.New(params)
			require.NoError(t, err)
			require.Equal(t, test.want.status, sub.Status)
			require.Equal(t, test.want.start.Unix(), sub.StartDate)
			require.Equal(t, test.want.next.Unix(), sub.CurrentPeriodEnd)
			require.Equal(t, map[string]string{"reservation": "r-1"}, sub.Metadata)
			require.Len(t, sub.Items.Data, 2)
			require.Equal(t, "parking", sub.Items.Data[0].Price.Product.ID)
			require.Nil(t, sub.PendingSetupIntent)
			require.Equal(t, test.want.invoiced, amounts(sub.LatestInvoice))
			if total := sum(test.want.invoiced); total > 0 {
				require.Equal(t, total, sub.LatestInvoice.AmountPaid)
				require.Equal(t, stripe.PaymentIntentStatusSucceeded, sub.LatestInvoice.PaymentIntent.Status)
			}
			book := b.server.Books().Subscriptions[0]
			require.Equal(t, test.want.next.Unix(), book.NextChargeAt)
			require.Equal(t, test.want.nextAmount, book.NextAmount)

			b.previewAgrees(params, test.want.invoiced, test.want.next)
		})
	}
}

// previewAgrees asks for the same start beforehand, as a second customer.
func (b *testBundle) previewAgrees(params *stripe.SubscriptionParams, invoiced []int64, next time.Time) {
	b.Helper()
	p := &stripe.InvoiceUpcomingParams{
		Customer: stripe.String(b.customer().ID), SubscriptionItems: params.Items,
		SubscriptionBillingCycleAnchor: params.BillingCycleAnchor, SubscriptionProrationBehavior: params.ProrationBehavior,
		SubscriptionStartDate: params.BackdateStartDate, SubscriptionTrialEnd: params.TrialEnd,
	}
	inv, err := b.api.Invoices.Upcoming(p)
	require.NoError(b, err)
	at := b.clock.Now()
	if invoiced == nil {
		invoiced, at = []int64{2500, 900}, next
	}
	require.Equal(b, invoiced, amounts(inv))
	require.Equal(b, at.Unix(), inv.NextPaymentAttempt)
	require.Equal(b, sum(invoiced), inv.Total)
}

func amounts(inv *stripe.Invoice) []int64 {
	if inv == nil {
		return nil
	}
	var all []int64
	for _, l := range inv.Lines.Data {
		all = append(all, l.Amount)
	}
	return all
}

func sum(all []int64) int64 {
	var total int64
	for _, a := range all {
		total += a
	}
	return total
}

func TestSubscriptionRefused(t *testing.T) {
	t.Parallel()
	natural := moment(2024, 2, 15).Unix()
	for name, test := range map[string]struct {
		change func(b *testBundle, p *stripe.SubscriptionParams)
		want   string
	}{
		"AnchorBeyondTheCeiling": {
			func(_ *testBundle, p *stripe.SubscriptionParams) { p.BillingCycleAnchor = stripe.Int64(natural + 1) },
			fmt.Sprintf("billing_cycle_anchor cannot be later than next natural billing date (%d) for plan", natural),
		},
		"AnchorInThePast": {
			func(b *testBundle, p *stripe.SubscriptionParams) {
				p.BillingCycleAnchor = stripe.Int64(b.clock.Now().Unix() - 1)
			}, "billing_cycle_anchor must be a timestamp in the future",
		},
		"BackdateInTheFuture": {
			func(b *testBundle, p *stripe.SubscriptionParams) {
				p.BackdateStartDate = stripe.Int64(b.clock.Now().Unix() + 1)
			}, "cannot be in the future",
		},
		"TrialInThePast": {
			func(b *testBundle, p *stripe.SubscriptionParams) { p.TrialEnd = stripe.Int64(b.clock.Now().Unix()) },
			"must be an integer Unix timestamp in the future",
		},
		"UnknownProduct": {
			func(_ *testBundle, p *stripe.SubscriptionParams) {
				p.Items[0].PriceData.Product = stripe.String("nothing")
			}, "No such product: 'nothing'",
		},
		"TwoCurrenciesInOne": {
			func(_ *testBundle, p *stripe.SubscriptionParams) {
				p.Items[1].PriceData.Currency = stripe.String("cad")
			}, "Found mismatch in currency field",
		},
		"TwoIntervalsInOne": {
			func(_ *testBundle, p *stripe.SubscriptionParams) {
				p.Items[1].PriceData.Recurring.Interval = stripe.String("year")
			}, "Found mismatch in interval field",
		},
		"SomebodyElsesCard": {
			func(b *testBundle, p *stripe.SubscriptionParams) {
				_, other := b.saved("pm_card_visa")
				p.DefaultPaymentMethod = stripe.String(other)
			}, "The customer does not have a payment method with the ID",
		},
		"NobodyToCharge": {
			func(_ *testBundle, p *stripe.SubscriptionParams) { p.DefaultPaymentMethod = nil },
			"This customer has no attached payment source or default payment method",
		},
		"TwentyOneItems": {
			func(_ *testBundle, p *stripe.SubscriptionParams) { p.Items = items(make([]int64, 21)...) },
			"at most 20 items",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.products()
			cus, pm := b.saved("pm_card_visa")
			params := order(cus.ID, pm, 2500, 900)
			test.change(b, params)
			_, err := b.api.Subscriptions.New(params)
			e := stripeError(t, err)
			require.Equal(t, http.StatusBadRequest, e.HTTPStatusCode)
			require.Contains(t, e.Msg, test.want)
			require.Empty(t, b.server.Books().Subscriptions)
			require.Empty(t, b.server.Books().Invoices)
		})
	}

	t.Run("SecondCurrencyForOneCustomer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_visa")
		first, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
		require.NoError(t, err)
		second := order(cus.ID, pm, 2500)
		second.Items[0].PriceData.Currency = stripe.String("cad")
		_, err = b.api.Subscriptions.New(second)
		require.Contains(t, stripeError(t, err).Msg, "You cannot combine currencies on a single customer")
		_, err = b.api.Subscriptions.Cancel(first.ID, nil)
		require.NoError(t, err)
		_, err = b.api.Subscriptions.New(second)
		require.NoError(t, err)
	})
}

func TestSubscriptionDeclined(t *testing.T) {
	t.Parallel()

	t.Run("ErrorIfIncompleteCreatesNothing", func(t *testing.T) {
		t.Parallel()
		for card, code := range map[string]string{
			"pm_card_chargeCustomerFail": "generic_decline", "pm_card_chargeDeclinedInsufficientFunds": "insufficient_funds",
			"pm_card_authenticationRequired": "authentication_required",
		} {
			b := setup(t)
			b.products()
			cus, pm := b.saved(card)
			_, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
			e := stripeError(t, err)
			require.Equal(t, http.StatusPaymentRequired, e.HTTPStatusCode)
			require.Equal(t, stripe.ErrorTypeCard, e.Type)
			require.Equal(t, stripe.DeclineCode(code), e.DeclineCode)
			books := b.server.Books()
			require.Empty(t, books.Subscriptions)
			require.Empty(t, books.Invoices)
			require.Empty(t, books.Charges)
			require.Len(t, books.Customers[0].PaymentMethods, 1)
		}
	})

	t.Run("OnSessionChallengeHasItsOwnCode", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_authenticationRequired")
		params := order(cus.ID, pm, 2500)
		params.OffSession = nil
		_, err := b.api.Subscriptions.New(params)
		require.Equal(t, stripe.ErrorCode("subscription_payment_intent_requires_action"), stripeError(t, err).Code)
	})

	t.Run("SavedWithAChallengeIsChargedWithoutOne", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_authenticationRequiredOnSetup")
		sub, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusActive, sub.Status)
	})

	t.Run("AllowIncompleteExpiresAfter23Hours", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_chargeCustomerFail")
		params := order(cus.ID, pm, 2500)
		params.PaymentBehavior = nil
		params.AddExpand("latest_invoice.payment_intent")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusIncomplete, sub.Status)
		require.Equal(t, stripe.InvoiceStatusOpen, sub.LatestInvoice.Status)
		require.Equal(t, stripe.PaymentIntentStatusRequiresPaymentMethod, sub.LatestInvoice.PaymentIntent.Status)
		require.Equal(t, stripe.ErrorCodeCardDeclined, sub.LatestInvoice.PaymentIntent.LastPaymentError.Code)

		b.clock.Move(23 * time.Hour)
		sub, err = b.api.Subscriptions.Get(sub.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusIncompleteExpired, sub.Status)
		require.Equal(t, "void", b.server.Books().Invoices[0].Status)
	})

	t.Run("ChallengeLeavesItIncompleteUntilThePersonComes", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_authenticationRequired")
		params := order(cus.ID, pm, 2500)
		params.PaymentBehavior = stripe.String("allow_incomplete")
		params.AddExpand("latest_invoice.payment_intent")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusIncomplete, sub.Status)
		intent := sub.LatestInvoice.PaymentIntent
		require.Equal(t, stripe.PaymentIntentStatusRequiresAction, intent.Status)
		status, body := b.post("/sandbox/payment_intents/"+intent.ID+"/authenticate", "", url.Values{"outcome": {"succeed"}})
		require.Equal(t, http.StatusOK, status, body)
		sub, err = b.api.Subscriptions.Get(sub.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusActive, sub.Status)
	})

	t.Run("FreeStartLeavesAPendingSetupIntent", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_authenticationRequired")
		params := order(cus.ID, pm, 2500)
		params.BillingCycleAnchor = stripe.Int64(moment(2024, 2, 1).Unix())
		params.ProrationBehavior = stripe.String("none")
		params.AddExpand("pending_setup_intent")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		require.Nil(t, sub.LatestInvoice)
		require.Equal(t, stripe.SetupIntentStatusRequiresAction, sub.PendingSetupIntent.Status)
		require.Equal(t, stripe.SubscriptionStatusActive, sub.Status)
	})

	t.Run("DefaultIncompleteTriesNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_visa")
		params := order(cus.ID, pm, 2500)
		params.PaymentBehavior = stripe.String("default_incomplete")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusIncomplete, sub.Status)
		require.Empty(t, b.server.Books().Charges)
		inv, err := b.api.Invoices.Pay(sub.LatestInvoice.ID, nil)
		require.NoError(t, err)
		require.True(t, inv.Paid)
	})
}

func TestSubscriptionLife(t *testing.T) {
	t.Parallel()

	t.Run("RenewsEachMonthOnItsOwnDate", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		b.clock.Set(moment(2024, 1, 31))
		cus, pm := b.saved("pm_card_visa")
		_, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500, 900))
		require.NoError(t, err)
		b.clock.Set(moment(2024, 4, 30))
		require.NoError(t, b.server.Advance())
		var dates []string
		for _, inv := range b.server.Books().Invoices {
			require.Equal(t, "paid", inv.Status)
			require.Equal(t, int64(3400), inv.AmountPaid)
			dates = append(dates, time.Unix(inv.Created, 0).UTC().Format(time.DateOnly))
		}
		require.Equal(t, []string{"2024-04-30", "2024-03-31", "2024-02-29", "2024-01-31"}, dates)
		require.NoError(t, b.server.Advance())
		require.Len(t, b.server.Books().Charges, 4)
	})

	t.Run("TrialEndsInAFullCharge", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_visa")
		params := order(cus.ID, pm, 2500)
		params.TrialEnd = stripe.Int64(moment(2024, 3, 31).Unix())
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		require.Empty(t, b.server.Books().Charges)
		b.clock.Set(moment(2024, 3, 31))
		sub, err = b.api.Subscriptions.Get(sub.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusActive, sub.Status)
		require.Equal(t, moment(2024, 4, 30).Unix(), sub.CurrentPeriodEnd)
		require.Equal(t, int64(2500), b.server.Books().Charges[0].Amount)
	})

	t.Run("FailedRenewalIsPastDueUntilAnotherCard", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_chargeCustomerFail")
		params := order(cus.ID, pm, 2500)
		params.BillingCycleAnchor = stripe.Int64(moment(2024, 2, 1).Unix())
		params.ProrationBehavior = stripe.String("none")
		sub, err := b.api.Subscriptions.New(params)
		require.NoError(t, err)
		b.clock.Set(moment(2024, 2, 1))
		sub, err = b.api.Subscriptions.Get(sub.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusPastDue, sub.Status)

		good, err := b.api.PaymentMethods.Attach("pm_card_visa", &stripe.PaymentMethodAttachParams{Customer: stripe.String(cus.ID)})
		require.NoError(t, err)
		_, err = b.api.Subscriptions.Update(sub.ID, &stripe.SubscriptionParams{DefaultPaymentMethod: stripe.String(good.ID)})
		require.NoError(t, err)
		b.clock.Move(3 * 24 * time.Hour)
		sub, err = b.api.Subscriptions.Get(sub.ID, nil)
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusActive, sub.Status)
	})

	t.Run("UpdateCancelList", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		cus, pm := b.saved("pm_card_visa")
		first, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
		require.NoError(t, err)
		second, err := b.api.Subscriptions.New(order(cus.ID, pm, 2500))
		require.NoError(t, err)
		got, err := b.api.Subscriptions.Update(second.ID, &stripe.SubscriptionParams{
			CancelAtPeriodEnd: stripe.Bool(true), Metadata: map[string]string{"note": "x"},
		})
		require.NoError(t, err)
		require.True(t, got.CancelAtPeriodEnd)
		gone, err := b.api.Subscriptions.Cancel(first.ID, &stripe.SubscriptionCancelParams{InvoiceNow: stripe.Bool(false), Prorate: stripe.Bool(false)})
		require.NoError(t, err)
		require.Equal(t, stripe.SubscriptionStatusCanceled, gone.Status)
		_, err = b.api.Subscriptions.Cancel(first.ID, nil)
		require.Equal(t, http.StatusNotFound, stripeError(t, err).HTTPStatusCode)

		require.Equal(t, []string{second.ID}, b.listSubscriptions(cus.ID, ""))
		require.Equal(t, []string{second.ID, first.ID}, b.listSubscriptions(cus.ID, "all"))
		require.Equal(t, []string{first.ID}, b.listSubscriptions(cus.ID, "canceled"))

		b.clock.Set(moment(2024, 2, 15))
		require.Equal(t, []string{second.ID, first.ID}, b.listSubscriptions(cus.ID, "canceled"))
		require.Len(t, b.server.Books().Invoices, 2)
	})

	t.Run("CancelWithCredit", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.products()
		b.clock.Set(moment(2024, 4, 1))
		cus, pm := b.saved("pm_card_visa")
		sub, err := b.api.Subscriptions.New(order(cus.ID, pm, 3000))
		require.NoError(t, err)
		b.clock.Set(moment(2024, 4, 11))
		_, err = b.api.Subscriptions.Cancel(sub.ID, &stripe.SubscriptionCancelParams{InvoiceNow: stripe.Bool(true), Prorate: stripe.Bool(true)})
		require.NoError(t, err)
		got, err := b.api.Customers.Get(cus.ID, nil)
		require.NoError(t, err)
		require.Equal(t, int64(-2000), got.Balance)
		again, err := b.api.Subscriptions.New(order(cus.ID, pm, 3000))
		require.NoError(t, err)
		inv, err := b.api.Invoices.Get(again.LatestInvoice.ID, nil)
		require.NoError(t, err)
		require.Equal(t, int64(1000), inv.AmountPaid)
	})
}

func (b *testBundle) listSubscriptions(customer, status string) []string {
	b.Helper()
	p := &stripe.SubscriptionListParams{Customer: stripe.String(customer)}
	if status != "" {
		p.Status = stripe.String(status)
	}
	var ids []string
	list := b.api.Subscriptions.List(p)
	for list.Next() {
		ids = append(ids, list.Subscription().ID)
	}
	require.NoError(b, list.Err())
	return ids
}
