package stripeapi_test

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/migration"
	"carryover/queries"
)

func TestSubscriptions(t *testing.T) {
	t.Parallel()
	ours := fmt.Sprintf(`"metadata":{"carryover_reservation_id":%q,"carryover_submission_id":%q,"carryover_approval_id":%q}`,
		reservationID, submissionID, approvalID)
	dates := fmt.Sprintf(`"customer":"cus_1","start_date":%d,"current_period_end":%d`, backdate.Unix(), anchor.Unix())

	t.Run("OKAllPages", func(t *testing.T) {
		t.Parallel()
		rec := record(t,
			ok(`{"data":[{"id":"sub_2","status":"active",`+ours+`,`+dates+`}],"has_more":true}`),
			ok(`{"data":[{"id":"sub_1","status":"canceled","metadata":{"carryover_reservation_id":"7"},`+dates+`}],"has_more":false}`),
		)
		got, err := rec.client(t).Subscriptions(t.Context(), "cus_1")
		require.NoError(t, err)
		require.Equal(t, []migration.StripeSubscription{
			{
				ID: "sub_2", CustomerID: "cus_1", Status: queries.SubscriptionStatusActive,
				ReservationID: reservationID, ApprovalID: approvalID, StartedAt: backdate, NextChargeAt: &anchor,
			},
			{ID: "sub_1", CustomerID: "cus_1", Status: queries.SubscriptionStatusCanceled, ReservationID: uuid.Nil, StartedAt: backdate},
		}, got)
		asked := rec.requests()
		require.Len(t, asked, 2)
		require.Equal(t, "GET /v1/subscriptions", asked[0].method+" "+asked[0].path)
		require.Equal(t, url.Values{
			"customer": {"cus_1"}, "status": {"all"}, "limit": {"100"}, "expand[0]": {"data.latest_invoice.payment_intent"},
			"expand[1]": {"data.pending_setup_intent"},
		}, asked[0].params)
		require.Equal(t, "sub_2", asked[1].params.Get("starting_after"))
	})

	t.Run("ErrSecondPage", func(t *testing.T) {
		t.Parallel()
		rec := record(t,
			ok(`{"data":[{"id":"sub_2","status":"active",`+ours+`}],"has_more":true}`),
			answer{status: 500, body: `{"error":{"type":"api_error"}}`},
		)
		got, err := rec.client(t).Subscriptions(t.Context(), "cus_1")
		require.False(t, requireKind(t, migration.ProviderUncertain, err).Replays, "a list has no idempotency key")
		require.Empty(t, got, "half a list proves nothing")
	})

	t.Run("ErrNoCustomer", func(t *testing.T) {
		t.Parallel()
		rec := record(t, ok(`{"data":[]}`))
		_, err := rec.client(t).Subscriptions(t.Context(), "")
		requireKind(t, migration.ProviderRefused, err)
		require.Empty(t, rec.requests(), "an empty customer would list everybody's")
	})
}

func TestSubscriptionReading(t *testing.T) {
	t.Parallel()
	waiting := `"latest_invoice":{"payment_intent":{"status":"requires_action"}}`
	cases := []struct {
		name, fields string
		action, next bool
	}{
		{"Active", `"status":"active","latest_invoice":{"payment_intent":{"status":"succeeded"}}`, false, true},
		{"NoInvoiceYet", `"status":"active","latest_invoice":null,"pending_setup_intent":null`, false, true},
		{"PendingSetupIntent", `"status":"active","pending_setup_intent":"seti_1"`, true, true},
		{"IncompleteForTheTenant", `"status":"incomplete",` + waiting, true, true},
		{"IncompleteForTheBank", `"status":"incomplete","latest_invoice":{"payment_intent":{"status":"processing"}}`, false, true},
		{"PastDueIsNotTheFirstCharge", `"status":"past_due",` + waiting, false, true},
		{"Ends", `"status":"active","cancel_at_period_end":true`, false, false},
		{"Canceled", `"status":"canceled"`, false, false},
		{"Expired", `"status":"incomplete_expired",` + waiting, false, false},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ok(fmt.Sprintf(`{"data":[{"id":"sub_1","current_period_end":%d,%s}]}`, anchor.Unix(), c.fields)))
			got, err := rec.client(t).Subscriptions(t.Context(), "cus_1")
			require.NoError(t, err)
			require.Len(t, got, 1)
			require.Equal(t, c.action, got[0].ActionRequired)
			require.Equal(t, c.next, got[0].NextChargeAt != nil)
		})
	}
}

// wire is what both options have in common.
func wire() url.Values {
	return url.Values{
		"customer": {"cus_1"}, "default_payment_method": {"pm_1"}, "off_session": {"true"},
		"payment_behavior":                          {"error_if_incomplete"},
		"items[0][price_data][currency]":            {"usd"},
		"items[0][price_data][product]":             {"plan_1"},
		"items[0][price_data][recurring][interval]": {"month"},
		"items[0][price_data][unit_amount]":         {"12900"},
		"items[1][price_data][currency]":            {"usd"},
		"items[1][price_data][product]":             {"insurance_1"},
		"items[1][price_data][recurring][interval]": {"month"},
		"items[1][price_data][unit_amount]":         {"1500"},
		"metadata[carryover_reservation_id]":        {reservationID.String()},
		"metadata[carryover_submission_id]":         {submissionID.String()},
		"metadata[carryover_approval_id]":           {approvalID.String()},
		"expand[0]":                                 {"latest_invoice.payment_intent"},
	}
}

func TestCreateSubscription(t *testing.T) {
	t.Parallel()
	month := func(change func(*migration.SubscriptionRequest)) migration.SubscriptionRequest {
		r := currentMonth()
		change(&r)
		return r
	}
	cases := []struct {
		name    string
		request migration.SubscriptionRequest
		more    map[string]string
	}{
		{"CurrentMonth", currentMonth(), map[string]string{
			"backdate_start_date": "1784116800", "billing_cycle_anchor": "1786795200", "proration_behavior": "create_prorations",
		}},
		{"NextMonth", nextMonth(), map[string]string{
			"billing_cycle_anchor": "1786795200", "proration_behavior": "none",
		}},
		{"FromNowOn", month(func(r *migration.SubscriptionRequest) { r.Backdate, r.Anchor = nil, nil }), nil},
		{"AfterATrial", month(func(r *migration.SubscriptionRequest) {
			r.TrialEnd, r.Backdate, r.Anchor, r.Prorate = r.Anchor, nil, nil, false
		}), map[string]string{"trial_end": "1786795200"}},
		{"Bank", month(func(r *migration.SubscriptionRequest) {
			r.Method, r.Backdate, r.Anchor = queries.PaymentMethodTypeUsBankAccount, nil, nil
		}), map[string]string{"payment_behavior": "allow_incomplete"}},
		{"FractionsOfASecond", month(func(r *migration.SubscriptionRequest) {
			later := r.Anchor.Add(999 * time.Millisecond)
			r.Anchor, r.Backdate = &later, nil
		}), map[string]string{"billing_cycle_anchor": "1786795200", "proration_behavior": "create_prorations"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ok(`{"id":"sub_1","status":"active"}`))
			got, err := rec.client(t).CreateSubscription(t.Context(), "approval-1", c.request)
			require.NoError(t, err)
			require.Equal(t, "sub_1", got.ID)
			asked := rec.only(t)
			require.Equal(t, "POST /v1/subscriptions", asked.method+" "+asked.path)
			require.Equal(t, "approval-1", asked.header.Get("Idempotency-Key"))
			want := wire()
			for name, value := range c.more {
				want.Set(name, value)
			}
			require.Equal(t, want, asked.params)
		})
	}
}

// A saved request is sent again by later releases. Should this fail, so would a retry over the deployment: change the
// request only together with the idempotency key's form.
func TestCreateSubscriptionBytes(t *testing.T) {
	t.Parallel()
	rec := record(t, ok(`{"id":"sub_1"}`))
	_, err := rec.client(t).CreateSubscription(t.Context(), "approval-1", nextMonth())
	require.NoError(t, err)
	require.Equal(t, "billing_cycle_anchor=1786795200&customer=cus_1&default_payment_method=pm_1"+
		"&expand[0]=latest_invoice.payment_intent"+
		"&items[0][price_data][currency]=usd&items[0][price_data][product]=plan_1&items[0][price_data][recurring][interval]=month&items[0][price_data][unit_amount]=12900"+
		"&items[1][price_data][currency]=usd&items[1][price_data][product]=insurance_1&items[1][price_data][recurring][interval]=month&items[1][price_data][unit_amount]=1500"+
		"&metadata[carryover_approval_id]=01890a5d-ac96-774b-bcce-b302099a805b"+
		"&metadata[carryover_reservation_id]=01890a5d-ac96-774b-bcce-b302099a8059"+
		"&metadata[carryover_submission_id]=01890a5d-ac96-774b-bcce-b302099a805a"+
		"&off_session=true&payment_behavior=error_if_incomplete&proration_behavior=none", rec.only(t).raw)
}

func TestCreateSubscriptionIsTheSameEachTime(t *testing.T) {
	t.Parallel()
	rec := record(t, ok(`{"id":"sub_1"}`))
	c := rec.client(t)
	rapid.Check(t, func(t *rapid.T) {
		r := anyRequest(t)
		for range 2 {
			if _, err := c.CreateSubscription(t.Context(), "key", r); err != nil {
				t.Fatal(err)
			}
		}
		asked := rec.requests()
		if a, b := asked[len(asked)-2].raw, asked[len(asked)-1].raw; a != b {
			t.Fatalf("%s\nis not\n%s", a, b)
		}
	})
}

func anyRequest(t *rapid.T) migration.SubscriptionRequest {
	moment := rapid.Ptr(rapid.Custom(func(t *rapid.T) time.Time {
		return time.Unix(rapid.Int64Range(1, 4e9).Draw(t, "second"), rapid.Int64Range(0, 999_999_999).Draw(t, "nanosecond"))
	}), true)
	id := rapid.Custom(func(t *rapid.T) uuid.UUID {
		return uuid.UUID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "bytes"))
	})
	return migration.SubscriptionRequest{
		CustomerID: "cus_1", PaymentMethodID: "pm_1",
		Method:   rapid.SampledFrom(queries.AllPaymentMethodTypeValues()).Draw(t, "method"),
		Currency: rapid.StringMatching(`[A-Z]{3}`).Draw(t, "currency"),
		Items: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) migration.SubscriptionItem {
			return migration.SubscriptionItem{ProductID: rapid.String().Draw(t, "product"), AmountMinor: rapid.Int64().Draw(t, "amount")}
		}), 1, 20).Draw(t, "items"),
		Backdate: moment.Draw(t, "backdate"), Anchor: moment.Draw(t, "anchor"), TrialEnd: moment.Draw(t, "trial end"),
		Prorate:       rapid.Bool().Draw(t, "prorate"),
		ReservationID: id.Draw(t, "reservation"), SubmissionID: id.Draw(t, "submission"), ApprovalID: id.Draw(t, "approval"),
	}
}

// TestConfirmationReading takes both of what Stripe may do where its documentation leaves it open: a card whose bank wants the
// tenant waits as requires_action or as failed for that reason, and a proven SetupIntent stays in its place or goes.
func TestConfirmationReading(t *testing.T) {
	t.Parallel()
	incomplete := func(intent string) string {
		return `"status":"incomplete","latest_invoice":{"hosted_invoice_url":"https://pay.test/1","payment_intent":` + intent + `}`
	}
	pending := func(intent string) string { return `"status":"active","pending_setup_intent":` + intent }
	cases := []struct {
		name, fields           string
		action, failed, denied bool
		want                   migration.Confirmation
	}{
		{"RequiresAction", incomplete(`{"status":"requires_action","client_secret":"pi_s"}`), true, false, false,
			migration.Confirmation{Payment: true, ClientSecret: "pi_s", URL: "https://pay.test/1"}},
		{"TriedWithoutTheTenant", incomplete(`{"status":"requires_payment_method","client_secret":"pi_s","last_payment_error":{"code":"authentication_required"}}`),
			true, false, false, migration.Confirmation{Payment: true, ClientSecret: "pi_s", URL: "https://pay.test/1"}},
		{"TheBankRefused", incomplete(`{"status":"requires_payment_method","last_payment_error":{"code":"payment_intent_authentication_failure"}}`),
			false, true, false, migration.Confirmation{}},
		{"ACardWaits", pending(`{"id":"seti_1","status":"requires_action","client_secret":"seti_s"}`), true, false, false,
			migration.Confirmation{ClientSecret: "seti_s"}},
		{"ACardIsProvenAndStays", pending(`{"id":"seti_1","status":"succeeded","client_secret":"seti_s"}`), false, false, false, migration.Confirmation{}},
		{"ACardIsProvenAndGoes", pending(`null`), false, false, false, migration.Confirmation{}},
		{"ACardIsDenied", pending(`{"id":"seti_1","status":"requires_payment_method","last_setup_error":{"code":"setup_intent_authentication_failure"}}`),
			false, false, true, migration.Confirmation{}},
		{"TheQuestionWasWithdrawn", pending(`{"id":"seti_1","status":"canceled"}`), false, false, true, migration.Confirmation{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ok(`{"data":[{"id":"sub_1",`+c.fields+`}]}`), ok(`{"id":"sub_1",`+c.fields+`}`))
			client := rec.client(t)
			listed, err := client.Subscriptions(t.Context(), "cus_1")
			require.NoError(t, err)
			require.Equal(t, c.action, listed[0].ActionRequired, "action required")
			require.Equal(t, c.failed, listed[0].FirstPaymentFailed, "first payment failed")
			require.Equal(t, c.denied, listed[0].ConfirmationFailed, "confirmation failed")
			got, err := client.Confirmation(t.Context(), "sub_1")
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

// TestInvoiceConfirmationReading: of a later invoice, only one that is open and wants the tenant leads anywhere.
func TestInvoiceConfirmationReading(t *testing.T) {
	t.Parallel()
	asks := migration.Confirmation{Payment: true, ClientSecret: "pi_s", URL: "https://pay.test/1"}
	cases := []struct {
		name, status, intent string
		want                 migration.Confirmation
	}{
		{"RequiresAction", "open", `{"status":"requires_action","client_secret":"pi_s"}`, asks},
		{"TriedWithoutTheTenant", "open", `{"status":"requires_payment_method","client_secret":"pi_s","last_payment_error":{"code":"card_declined","decline_code":"authentication_required"}}`, asks},
		{"Declined", "open", `{"status":"requires_payment_method","client_secret":"pi_s","last_payment_error":{"code":"card_declined"}}`, migration.Confirmation{}},
		{"Paid", "paid", `{"status":"succeeded","client_secret":"pi_s"}`, migration.Confirmation{}},
		{"Void", "void", `{"status":"requires_action","client_secret":"pi_s"}`, migration.Confirmation{}},
		{"NothingToPay", "open", `null`, migration.Confirmation{}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			rec := record(t, ok(`{"id":"in_1","status":"`+c.status+`","hosted_invoice_url":"https://pay.test/1","payment_intent":`+c.intent+`}`))
			got, err := rec.client(t).InvoiceConfirmation(t.Context(), "in_1")
			require.NoError(t, err)
			require.Equal(t, c.want, got)
		})
	}
}

func TestEndSubscription(t *testing.T) {
	t.Parallel()
	b := startSandbox(t)
	sub, err := b.CreateSubscription(t.Context(), "key-1", b.saved(t, cardGood, currentMonth()))
	require.NoError(t, err)
	require.NoError(t, b.EndSubscription(t.Context(), sub.ID))
	require.NoError(t, b.EndSubscription(t.Context(), sub.ID), "what has ended stays so")
	listed, err := b.Subscriptions(t.Context(), sub.CustomerID)
	require.NoError(t, err)
	require.Equal(t, queries.SubscriptionStatusCanceled, listed[0].Status)
	require.Equal(t, b.clock(), *listed[0].EndedAt)
	require.Equal(t, []int64{14400}, b.charged(), "nothing is charged or given back")
}
