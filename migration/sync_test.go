package migration_test

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// subscribed is the row of a submission's subscription as it stands.
func (b *bundle) subscribed(t *testing.T, sub *queries.Submission) *queries.Subscription {
	t.Helper()
	row, err := b.Q.SubscriptionGetBySubmission(t.Context(), b.DB.Pool, sub.ID)
	require.NoError(t, err)
	return row
}

// invoiced is what our records say of each invoice, oldest first: "paid 129.00 on 2026-03-10, the first".
func (b *bundle) invoiced(t *testing.T, sub *queries.Submission) []string {
	t.Helper()
	return b.Strings(t, `SELECT i.status || ' ' || i.amount_due_minor || ' on ' || i.charged_on || CASE WHEN i.first THEN ', the first' ELSE '' END
		FROM subscription_invoices i JOIN subscriptions s ON s.id = i.subscription_id WHERE s.submission_id = $1 ORDER BY i.charged_at, i.id`, sub.ID)
}

// alarmed are the alarms there are, with what they say.
func (b *bundle) alarmed(t *testing.T) []string {
	t.Helper()
	return b.Strings(t, `SELECT upper(kind::text) FROM billing_alarms ORDER BY 1`)
}

// charging lets a submission's payment method answer charges otherwise from now on.
func (b *bundle) charging(t *testing.T, sub *queries.Submission, answer string) {
	t.Helper()
	b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/charging", url.Values{"answer": {answer}})
}

func (b *bundle) cancelAtStripe(t *testing.T, sub *queries.Submission) {
	t.Helper()
	b.Stripe.Ask(t, "DELETE", creations+"/"+b.subscribed(t, sub).StripeSubscriptionID, nil)
}

func TestSyncSubscription(t *testing.T) {
	t.Parallel()

	t.Run("WithoutAnyWebhookTheInvoicesAreThere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		now := b.Approved(t, migration.CurrentMonth)
		later := b.Approved(t, migration.NextMonth)
		b.LookAfter(t)
		require.Equal(t, []string{"paid 12900 on 2026-03-10, the first"}, b.invoiced(t, now))
		require.Empty(t, b.invoiced(t, later))
		b.Clock.Set(noon(2026, 3, 15).Add(3 * time.Hour))
		b.LookAfter(t)
		require.Equal(t, []string{"paid 12900 on 2026-03-10, the first", "paid 12900 on 2026-03-15"}, b.invoiced(t, now))
		require.Equal(t, []string{"paid 12900 on 2026-03-15, the first"}, b.invoiced(t, later))
		require.Equal(t, noon(2026, 4, 15), b.subscribed(t, later).NextChargeAt.UTC())
		require.Empty(t, b.alarmed(t))
		b.RequireStories(t)
	})

	t.Run("AWebhookIsOnlySooner", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.LookAfter(t)
		heard := len(b.StripeEvents(t))
		b.Clock.Set(noon(2026, 3, 15).Add(time.Minute))
		events := b.StripeEvents(t)[heard:]
		require.Empty(t, b.invoiced(t, sub))
		b.Hear(t, events...)
		require.Equal(t, []string{"paid 12900 on 2026-03-15, the first"}, b.invoiced(t, sub))
		calls := len(b.Stripe.Requests())
		b.Hear(t, events...)
		require.Len(t, b.Stripe.Requests(), calls, "told twice is told once")
	})

	t.Run("NoJobIsMadeOfWhatIsNotOurs", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Approved(t, migration.CurrentMonth)
		b.LookAfter(t)
		for _, e := range []migration.StripeEvent{
			{ID: "evt_1", Type: "customer.subscription.updated", ObjectID: "sub_of_somebody"},
			{ID: "evt_2", Type: "invoice.paid", ObjectID: "in_1", SubscriptionID: "sub_of_somebody"},
			{ID: "evt_3", Type: "charge.dispute.created", ObjectID: "dp_1"},
			{ID: "evt_4", Type: "payment_method.detached", ObjectID: "pm_of_somebody"},
			{ID: "evt_5", Type: "mandate.updated", ObjectID: "mandate_1"},
			{ID: "evt_6", Type: "account.updated", ObjectID: "acct_1"},
			{ID: "evt_7", Type: "terminal.reader.action_succeeded", ObjectID: "tmr_1"},
			{ID: "evt_8", Type: "terminal.reader.action_failed", ObjectID: "tmr_1"},
		} {
			require.NoError(t, b.Rules.RecordStripeEvent(t.Context(), e))
		}
		require.Empty(t, b.Waiting(t))
		require.Equal(t, 8, b.Count(t, `SELECT count(*) FROM webhook_events WHERE NOT ours`))
	})

	t.Run("WhatIsDueIsLookedAtAndNothingElse", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Approved(t, migration.NextMonth)
		b.LookAfter(t)
		calls := len(b.Stripe.Requests())
		b.Clock.Move(23 * time.Hour)
		b.LookAfter(t)
		require.Len(t, b.Stripe.Requests(), calls)
		b.Clock.Move(2 * time.Hour)
		b.LookAfter(t)
		require.Greater(t, len(b.Stripe.Requests()), calls, "once a day in any case")
	})

	t.Run("AReadThatIsOvertakenIsNotWritten", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		row := b.subscribed(t, sub)
		overtaken := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "before_sync_record" && !b.subscribed(t, sub).NextLookAt.After(b.Clock.Now()) {
					b.cancelAtStripe(t, sub)
					require.NoError(t, b.Rules.SyncSubscription(t.Context(), testkit.Browser, row.ID))
				}
			}
		})
		requireLater(t, overtaken.SyncSubscription(t.Context(), testkit.Browser, row.ID))
		require.Equal(t, queries.SubscriptionStatusCanceled, b.subscribed(t, sub).Status, "the older read says active")
		b.RequireStories(t)
	})

	t.Run("AWordDuringTheReadIsHeededToo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		row := b.subscribed(t, b.Approved(t, migration.NextMonth))
		first := true
		told := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "before_sync_record" && first {
					first = false
					require.NoError(t, b.Rules.RecordStripeEvent(t.Context(), migration.StripeEvent{ID: "evt_1", Type: "customer.subscription.updated", ObjectID: row.StripeSubscriptionID}))
				}
			}
		})
		requireLater(t, told.SyncSubscription(t.Context(), testkit.Browser, row.ID))
		require.NoError(t, told.SyncSubscription(t.Context(), testkit.Browser, row.ID))
	})

	t.Run("StepsThatNobodySawAreToldAsSuch", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.LookAfter(t)
		_, err := b.DB.Owner.Exec(t.Context(), `ALTER TABLE subscriptions DISABLE TRIGGER USER; UPDATE subscriptions SET status = 'incomplete';
			ALTER TABLE subscriptions ENABLE TRIGGER USER`)
		require.NoError(t, err)
		b.Exec(t, `UPDATE events SET after = 'incomplete' WHERE subject_kind = 'subscription'`)
		b.charging(t, sub, "decline")
		b.Clock.Set(noon(2026, 3, 15).Add(3 * time.Hour))
		b.LookAfter(t)
		require.Equal(t, queries.SubscriptionStatusPastDue, b.subscribed(t, sub).Status)
		require.Equal(t, []string{`incomplete past_due {"steps_between": "not seen"}`}, b.Strings(t, `SELECT before || ' ' || after || ' ' || detail
			FROM events WHERE subject_kind = 'subscription' AND before <> after AND before <> ''`))
		b.RequireStories(t)

		b.cancelAtStripe(t, sub)
		b.Clock.Move(day)
		b.LookAfter(t)
		require.Equal(t, []string{`past_due canceled {}`}, b.Strings(t, `SELECT before || ' ' || after || ' ' || detail
			FROM events WHERE subject_kind = 'subscription' AND before = 'past_due' AND after <> before`), "Stripe's own step")
	})

	t.Run("FromActiveToTheEndOverStatesUnseen", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.LookAfter(t)
		b.charging(t, sub, "decline")
		b.Clock.Set(noon(2026, 3, 15).Add(3 * time.Hour))
		require.NoError(t, b.Stripe.Advance()) // past due, and nobody looks
		b.cancelAtStripe(t, sub)
		b.LookAfter(t)
		require.Equal(t, queries.SubscriptionStatusCanceled, b.subscribed(t, sub).Status)
		require.NotNil(t, b.subscribed(t, sub).EndedAt)
		require.Nil(t, b.subscribed(t, sub).NextChargeAt)
		require.Equal(t, []string{"FIRST_PAYMENT_FAILED", "SUBSCRIPTION_ENDED"}, b.alarmed(t))
		b.RequireStories(t)
	})

	t.Run("NothingReturnsFromTheEnd", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.cancelAtStripe(t, sub)
		b.LookAfter(t)
		late := b.Service(t, func(o *migration.Options) { o.Payments = alwaysActive{o.Payments} })
		require.NoError(t, late.SyncSubscription(t.Context(), testkit.Browser, b.subscribed(t, sub).ID))
		require.Equal(t, queries.SubscriptionStatusCanceled, b.subscribed(t, sub).Status)
		require.Contains(t, b.Log.Text(), "a subscription cannot have gone there")
	})

	t.Run("AFailedLookStaysDue", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.ErrorBefore, Method: "GET", PathPrefix: "/v1/invoices", Times: 1})
		require.NoError(t, b.Rules.LookForSubscriptions(t.Context()))
		require.Error(t, b.Work(t)[0].Err)
		require.Empty(t, b.invoiced(t, sub))
		b.Exec(t, `DELETE FROM river_job`)
		b.LookAfter(t)
		require.Len(t, b.invoiced(t, sub), 1)
	})

	t.Run("ACustomerDeletedAtStripeHasNone", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.LookAfter(t)
		b.Stripe.Ask(t, "DELETE", "/v1/customers/"+sub.StripeCustomerID, nil)
		b.Clock.Move(day + time.Hour)
		b.LookAfter(t)
		require.Equal(t, queries.SubscriptionStatusCanceled, b.subscribed(t, sub).Status)
	})

	t.Run("ManyAtOnceWriteItOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		id := b.subscribed(t, sub).ID
		run := func() error { return b.Rules.SyncSubscription(t.Context(), migration.SystemActor("job"), id) }
		for range 5 {
			for _, err := range atOnce(run, run, run) {
				if err != nil {
					requireLater(t, err)
				}
			}
		}
		require.Equal(t, []string{"created", "invoice_paid"}, b.Told(t, queries.EventSubjectSubscription, id))
		b.RequireStories(t)
	})
}

// alwaysActive is a Stripe that has not noticed an end.
type alwaysActive struct{ migration.Payments }

func (p alwaysActive) Subscriptions(ctx context.Context, customer string) ([]migration.StripeSubscription, error) {
	all, err := p.Payments.Subscriptions(ctx, customer)
	for i := range all {
		all[i].Status, all[i].EndedAt = queries.SubscriptionStatusActive, nil
	}
	return all, err
}

func TestBillingAlarms(t *testing.T) {
	t.Parallel()

	// raised looks after everything and wants exactly this, however often it looks.
	raised := func(t *testing.T, b *bundle, want ...string) {
		t.Helper()
		for range 3 {
			b.Exec(t, `UPDATE subscriptions SET next_look_at = $1`, b.Clock.Now())
			b.LookAfter(t)
		}
		var got []string
		rows, err := b.Q.BillingAlarmListManaged(t.Context(), b.DB.Pool, queries.BillingAlarmListManagedParams{
			StaffID: b.Manager.ID, Kinds: []string{}, LocationIds: []uuid.UUID{}, RowLimit: 100})
		require.NoError(t, err)
		for i := range rows {
			a := rows[len(rows)-1-i]
			got = append(got, fmt.Sprintf("%s: %s", strings.ToUpper(string(a.Kind)), migration.AlarmMessage(a)))
		}
		require.Equal(t, want, got)
		require.Equal(t, len(want), b.Count(t, `SELECT count(*) FROM events WHERE subject_kind = 'billing_alarm' AND action = 'raised'`))
		b.RequireStories(t)
	}

	t.Run("AnotherAmount", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Approved(t, migration.CurrentMonth)
		b.Exec(t, `UPDATE approvals SET due_today_minor = 12000`)
		raised(t, b, "FIRST_CHARGE_AMOUNT: The first invoice asks for $129.00; $120.00 was agreed.")
	})

	t.Run("AnotherDay", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Approved(t, migration.NextMonth)
		b.Exec(t, `UPDATE approvals SET next_charge_on = '2026-03-14'`)
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		raised(t, b, "FIRST_CHARGE_DAY: The first charge was made on 2026-03-15; it was agreed for 2026-03-14.")
	})

	t.Run("OnTheDayOfTheDecisionOrOfTheMaking", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 11, 5, 59, 0, 0, time.UTC)) // 23:59 on the 10th in Denver
		sub := b.Claimed(t, testkit.Visa)
		b.Decided(t, sub, migration.CurrentMonth)
		b.Clock.Move(2 * time.Minute)
		b.MustWork(t)
		raised(t, b)
		require.Equal(t, []string{"paid 12900 on 2026-03-11, the first"}, b.invoiced(t, sub))
	})

	t.Run("NoChargeAtAll", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.Exec(t, `UPDATE approvals SET next_charge_on = '2026-03-11'`)
		b.Clock.Set(noon(2026, 3, 12).Add(-time.Minute))
		raised(t, b)
		b.Clock.Move(time.Hour)
		raised(t, b, "FIRST_CHARGE_MISSING: The first charge of $129.00 was agreed for 2026-03-11 and was not made.")
		require.Empty(t, b.invoiced(t, sub))
	})

	t.Run("TheFirstPaymentFails", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.charging(t, sub, "decline")
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		raised(t, b, "FIRST_PAYMENT_FAILED: The first payment of $129.00 failed. The card has insufficient funds.")
		require.Equal(t, queries.SubscriptionStatusPastDue, b.subscribed(t, sub).Status)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status, "what happens afterwards is the subscription's")
		b.charging(t, sub, "approve")
		b.Clock.Move(3 * day)
		raised(t, b, "FIRST_PAYMENT_FAILED: The first payment of $129.00 failed. The card has insufficient funds.")
		require.Equal(t, queries.SubscriptionStatusActive, b.subscribed(t, sub).Status)
		require.Equal(t, []string{"paid 12900 on 2026-03-15, the first"}, b.invoiced(t, sub))
	})

	t.Run("TheFirstPaymentFailedBeforeAnybodyLooked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.charging(t, sub, "decline")
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		require.NoError(t, b.Stripe.Advance())
		b.charging(t, sub, "approve")
		b.Clock.Move(3 * day)
		raised(t, b, "FIRST_PAYMENT_FAILED: The first payment of $129.00 failed. The first attempt failed; a later one was paid.")
	})

	t.Run("TheBankWantsTheTenantAtTheFirstCharge", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.charging(t, sub, "authenticate")
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		raised(t, b, "FIRST_PAYMENT_FAILED: The first payment of $129.00 failed. The bank wants its customer to confirm this charge.")
	})

	t.Run("StripeCannotFinalize", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.Stripe.Browse(t, "/sandbox/subscriptions/"+b.subscribed(t, sub).StripeSubscriptionID+"/spoil_next_invoice", url.Values{})
		b.Clock.Set(noon(2026, 3, 17))
		want := "FINALIZATION_FAILED: Stripe could not finalize an invoice of $129.00, so nothing is charged for it. " +
			"The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax."
		raised(t, b, want)
		b.Stripe.Ask(t, "POST", "/v1/invoices/"+b.Stripe.Books().Invoices[0].ID+"/finalize", url.Values{})
		raised(t, b, want)
		require.Equal(t, []string{"paid 12900 on 2026-03-15, the first"}, b.invoiced(t, sub))
	})

	t.Run("ADispute", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Approved(t, migration.CurrentMonth)
		b.LookAfter(t)
		heard := len(b.StripeEvents(t))
		b.Stripe.Browse(t, "/sandbox/charges/"+b.Stripe.Books().Charges[0].ID+"/dispute", url.Values{"reason": {"fraudulent"}})
		b.Hear(t, b.StripeEvents(t)[heard:]...)
		require.Equal(t, []string{"DISPUTE"}, b.alarmed(t), "its event names the charge alone")
		raised(t, b, "DISPUTE: The tenant's bank took $129.00 back. Reason: fraudulent.")
	})

	t.Run("ADisputeAfterTheEnd", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.cancelAtStripe(t, sub)
		b.LookAfter(t)
		b.Clock.Move(59 * day)
		b.Stripe.Browse(t, "/sandbox/charges/"+b.Stripe.Books().Charges[0].ID+"/dispute", url.Values{"reason": {"general"}})
		b.LookAfter(t)
		require.Equal(t, []string{"DISPUTE", "SUBSCRIPTION_ENDED"}, b.alarmed(t))
		b.Clock.Move(70 * day)
		b.LookAfter(t)
		require.Nil(t, b.subscribed(t, sub).NextLookAt, "nothing is taken back after that")
	})

	t.Run("EndedAtStripe", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.cancelAtStripe(t, sub)
		raised(t, b, "SUBSCRIPTION_ENDED: The subscription ended at Stripe on 2026-03-10, and not from here. Its plan and unit can be offered again, unless Stripe holds another one for them.")
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	})

	t.Run("TwoLiveSubscriptionsAtStripe", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.LookAfter(t)
		form := url.Values{"customer": {sub.StripeCustomerID}, "default_payment_method": {sub.StripePaymentMethodID},
			"items[0][price_data][currency]": {"usd"}, "items[0][price_data][product]": {"carryover_plan_" + b.Studio.ID.String()},
			"items[0][price_data][unit_amount]": {"12900"}, "items[0][price_data][recurring][interval]": {"month"},
			"metadata[carryover_reservation_id]": {sub.ReservationID.String()}}
		heard := len(b.StripeEvents(t))
		second := b.Stripe.Ask(t, "POST", creations, form)["id"].(string)
		b.Hear(t, b.StripeEvents(t)[heard:]...)
		require.Equal(t, []string{"TWO_LIVE_SUBSCRIPTIONS"}, b.alarmed(t), "its event names our reservation")
		raised(t, b, "TWO_LIVE_SUBSCRIPTIONS: Stripe holds two live subscriptions for the same tenant, plan and unit. The other is "+second+".")
	})

	t.Run("TwoReservationsForOneClaim", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		first := b.Approved(t, migration.CurrentMonth, func(d *migration.InvitationDraft) { d.Unit = "A" })
		second := b.Approved(t, migration.CurrentMonth, testkit.For(first.TenantID))
		// As if it had been for the same unit, given up, and not cancelled at Stripe; approving refuses that.
		b.Exec(t, `UPDATE reservations SET ended_at = created_at, unit = '' WHERE id = $1`, first.ReservationID)
		b.Approved(t, migration.CurrentMonth, testkit.For(first.TenantID), testkit.At(b.Wash))
		require.NotEqual(t, first.ReservationID, second.ReservationID)
		b.LookAfter(t)
		require.Equal(t, []string{"TWO_LIVE_SUBSCRIPTIONS"}, b.alarmed(t), "once for the two, and not for another plan")
	})

	t.Run("ABankDebitThatTakesItsDaysIsNone", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.approvedBank(t, testkit.ByDeposit)
		raised(t, b)
		require.Equal(t, []string{"open 12500 on 2026-03-10, the first"}, b.invoiced(t, sub))
		b.Clock.Move(6 * day)
		raised(t, b)
		require.Equal(t, "paid 12500 on 2026-03-10, the first", b.invoiced(t, sub)[0])
	})

	t.Run("ABankDebitThatComesBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.approvedBank(t, "000222222227")
		require.Equal(t, queries.SubscriptionStatusActive, b.subscribed(t, sub).Status)
		b.Clock.Move(6 * day)
		b.LookAfter(t)
		require.Equal(t, queries.SubscriptionStatusPastDue, b.subscribed(t, sub).Status)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.Equal(t, []string{"FIRST_PAYMENT_FAILED"}, b.alarmed(t))
	})

	t.Run("ABankDebitThatNeverEnds", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.approvedBank(t, "000000000009")
		b.Clock.Move(11 * day)
		raised(t, b, "FIRST_PAYMENT_FAILED: The first payment of $125.00 failed. Not paid ten days after it was due.")
	})

	t.Run("ABankDebitThatIsDisputedLater", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.approvedBank(t, "000555555559")
		b.Clock.Move(6 * day)
		raised(t, b, "DISPUTE: The tenant's bank took $125.00 back. Reason: debit not authorized.")
	})
}

// approvedBank is a whole case paid from a bank account that was linked at once, with Current Month.
func (b *bundle) approvedBank(t *testing.T, account string) (*queries.Submission, *queries.Approval) {
	t.Helper()
	sub := b.linked(t, account)
	a := b.Decided(t, sub, migration.CurrentMonth)
	b.MustWork(t)
	sub = b.Submission(t, sub.ID)
	require.Equal(t, queries.SubmissionStatusApproved, sub.Status)
	return sub, a
}

// linked is a submission that waits for approval with a bank account that the tenant linked by signing in at the bank.
func (b *bundle) linked(t *testing.T, account string) *queries.Submission {
	t.Helper()
	inv := b.Invited(t)
	shown := b.Open(t, inv)
	started, err := b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeUsBankAccount)
	require.NoError(t, err)
	id, _, _ := strings.Cut(started.ClientSecret, "_secret_")
	b.Stripe.Browse(t, "/sandbox/setup_intents/"+id+"/verify_bank", url.Values{"account_number": {account}, "name": {"Tess Tenant"}})
	b.Stripe.Browse(t, "/v1/setup_intents/"+id+"/confirm", url.Values{"client_secret": {started.ClientSecret},
		"mandate_data[customer_acceptance][type]":                      {"online"},
		"mandate_data[customer_acceptance][online][infer_from_client]": {"true"}})
	sub := b.Submit(t, inv, migration.Acceptance{SetupIntentID: id, Digest: shown.Digest(), AcceptTerms: true, AcceptMandate: true,
		Language: queries.MessageLanguageEn, Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess Tenant"}})
	require.Equal(t, queries.SubmissionStatusReadyForApproval, sub.Status)
	return sub
}

func TestHandleAlarm(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Approved(t, migration.CurrentMonth)
	b.cancelAtStripe(t, sub)
	b.LookAfter(t)
	listed := func(staff *queries.Staff, open bool) []*queries.BillingAlarm {
		rows, err := b.Q.BillingAlarmListManaged(t.Context(), b.DB.Pool, queries.BillingAlarmListManagedParams{
			StaffID: staff.ID, Kinds: []string{"subscription_ended"}, LocationIds: []uuid.UUID{b.Denver.ID}, Open: &open, RowLimit: 10})
		require.NoError(t, err)
		return rows
	}
	id := listed(b.Manager, true)[0].ID
	require.Empty(t, listed(b.Stranger, true), "another location's")

	_, err := b.Rules.HandleAlarm(t.Context(), testkit.By(b.Manager), id, " ")
	requireRefused(t, err, "REQUIRED note")
	_, err = b.Rules.HandleAlarm(t.Context(), testkit.By(b.Manager), id, strings.Repeat("x", 501))
	requireRefused(t, err, "INVALID note")
	for _, staff := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
		_, err = b.Rules.HandleAlarm(t.Context(), testkit.By(staff), id, "Mine.")
		requireRefused(t, err, "NOT_FOUND id")
	}
	_, err = b.Rules.HandleAlarm(t.Context(), testkit.By(b.Manager), testkit.Missing(), "What?")
	requireRefused(t, err, "NOT_FOUND id")

	errs := atOnce(
		func() error {
			_, err := b.Rules.HandleAlarm(t.Context(), testkit.By(b.Manager), id, "Called the tenant.")
			return err
		},
		func() error {
			_, err := b.Rules.HandleAlarm(t.Context(), testkit.By(b.Colleague), id, "Called the tenant.")
			return err
		})
	require.Equal(t, []error{nil, nil}, errs)
	row, err := b.Rules.HandleAlarm(t.Context(), testkit.By(b.Admin), id, "Too late.")
	require.NoError(t, err)
	require.Equal(t, "Called the tenant.", row.HandledNote, "whoever was first stays")
	require.Equal(t, []string{"raised", "handled"}, b.Told(t, queries.EventSubjectBillingAlarm, id))
	require.Empty(t, listed(b.Manager, true))
	require.Len(t, listed(b.Manager, false), 1)
}
