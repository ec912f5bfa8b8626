package migration_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

func noon(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 12, 0, 0, 0, time.UTC)
}

// TestMoney follows the money into Stripe's own books, over the days on which it moves.
func TestMoney(t *testing.T) {
	t.Parallel()

	t.Run("CurrentMonthIsChargedInFullAtOnceAndThenOnTheDay", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth, testkit.Insured(b.Insurance))
		require.Equal(t, []int64{14400}, b.Stripe.Charged(t))
		booked := b.Booked(sub.ReservationID)
		require.Len(t, booked, 1)
		require.Equal(t, noon(2026, 3, 15).Unix(), booked[0].NextChargeAt)
		require.Equal(t, int64(14400), booked[0].NextAmount)
		require.Len(t, booked[0].Items, 2)
		b.Clock.Set(noon(2026, 3, 15).Add(-time.Second))
		require.Len(t, b.Stripe.Charged(t), 1)
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		require.Equal(t, []int64{14400, 14400}, b.Stripe.Charged(t))
		b.Clock.Set(noon(2026, 4, 15).Add(time.Hour))
		require.Equal(t, []int64{14400, 14400, 14400}, b.Stripe.Charged(t))
	})

	t.Run("NextMonthIsNotChargedBeforeTheDay", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		require.Empty(t, b.Stripe.Charged(t))
		require.Equal(t, noon(2026, 3, 15).Unix(), b.Booked(sub.ReservationID)[0].NextChargeAt)
		b.Clock.Set(noon(2026, 3, 15).Add(-time.Second))
		require.Empty(t, b.Stripe.Charged(t))
		b.Clock.Set(noon(2026, 3, 15).Add(time.Hour))
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
	})

	t.Run("OurRecordIsStripes", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		ours := b.subscribed(t, sub)
		theirs := b.Booked(sub.ReservationID)[0]
		require.Equal(t, theirs.ID, ours.StripeSubscriptionID)
		require.Equal(t, queries.SubscriptionStatusActive, ours.Status)
		require.Equal(t, theirs.StartDate, ours.StartedAt.Unix())
		require.Equal(t, theirs.NextChargeAt, ours.NextChargeAt.Unix())
		require.Equal(t, sub.StripePaymentMethodID, theirs.DefaultPaymentMethod)
		require.Equal(t, sub.ID.String(), theirs.Metadata["carryover_submission_id"])
		require.EqualValues(t, 12900, ours.MonthlyTotalMinor)
	})

	t.Run("WhatWasAgreedIsChargedWhateverThePlanCostsNow", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa, testkit.Insured(b.Insurance))
		b.Exec(t, `UPDATE plans SET card_price_minor = 99900`)
		b.Exec(t, `UPDATE insurance_plans SET price_minor = 9900`)
		b.Decided(t, sub, migration.CurrentMonth)
		b.Exec(t, `UPDATE plans SET name = 'Renamed ' || name`)
		b.MustWork(t)
		require.Equal(t, []int64{14400}, b.Stripe.Charged(t))
	})

	t.Run("OnTheDayBeforeItsMoment", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 15, 9, 0, 0, 0, time.UTC)) // 03:00 in Denver: the day in both
		sub := b.Approved(t, migration.CurrentMonth)
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t), "the cycle starts now")
		booked := b.Booked(sub.ReservationID)[0]
		require.Equal(t, time.Date(2026, 4, 15, 9, 0, 0, 0, time.UTC).Unix(), booked.NextChargeAt)
	})

	t.Run("OnTheDayWhereUTCIsStillYesterdayItWaitsForTheMoment", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 14, 12, 0, 0, 0, time.UTC)) // 01:00 on the 15th in Auckland
		sub := b.Claimed(t, testkit.Visa, testkit.At(b.Kiwi))
		a := b.Decided(t, sub, migration.CurrentMonth)
		moment := time.Date(2026, 3, 15, 6, 0, 0, 0, time.UTC)
		require.True(t, a.NotBefore.Equal(moment))
		require.True(t, a.DeadlineAt.After(moment))
		require.Equal(t, 18*time.Hour, requireLater(t, b.workOne(t)).After)
		require.Empty(t, b.Stripe.Calls("POST", "/v1/subscriptions"))
		b.Clock.Set(moment)
		b.MustWork(t)
		require.Equal(t, []int64{15900}, b.Stripe.Charged(t))
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	})

	t.Run("NextMonthOnTheDayItselfIsAMonthAway", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 15, 15, 0, 0, 0, time.UTC))
		sub := b.Approved(t, migration.NextMonth)
		require.Empty(t, b.Stripe.Charged(t))
		require.Equal(t, noon(2026, 4, 15).Unix(), b.Booked(sub.ReservationID)[0].NextChargeAt)
	})

	t.Run("AProductThatIsThereIsUsed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Approved(t, migration.CurrentMonth)
		b.Approved(t, migration.CurrentMonth)
		books := b.Stripe.Books()
		require.Equal(t, books.Subscriptions[0].Items[0].Product, books.Subscriptions[1].Items[0].Product)
		require.Equal(t, "carryover_plan_"+b.Studio.ID.String(), books.Subscriptions[0].Items[0].Product)
	})

	t.Run("InOtherCurrencies", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth, testkit.At(b.Maple))
		require.Equal(t, "cad", b.Booked(sub.ReservationID)[0].Currency)
		require.Equal(t, []int64{14900}, b.Stripe.Charged(t))
	})

	t.Run("TheContactIsToldOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		notice := migration.NotifyStaffContactArgs{SubmissionID: sub.ID}
		for range 2 {
			require.NoError(t, b.Rules.NotifyStaffContact(t.Context(), migration.SystemActor("again"), notice.SubmissionID))
		}
		b.MustWork(t)
		require.Equal(t, []string{b.Manager.Email}, b.Resend.Addresses())
		require.Contains(t, b.Resend.Emails()[0].Text, "Next Month")
	})

	t.Run("TheContactIsToldOnceAlsoByTwoRunsAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 10 {
			sub := b.Approved(t, migration.NextMonth)
			b.Exec(t, `DELETE FROM events WHERE subject_id IN (SELECT id FROM deliveries WHERE purpose = 'staff_notice')`)
			b.Exec(t, `DELETE FROM deliveries WHERE purpose = 'staff_notice'`)
			tell := func() error { return b.Rules.NotifyStaffContact(t.Context(), migration.SystemActor("twice"), sub.ID) }
			require.Equal(t, []error{nil, nil, nil}, atOnce(tell, tell, tell))
			require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM deliveries WHERE purpose = 'staff_notice'`))
		}
	})

	t.Run("WithoutAContactItIsLogged", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Exec(t, `UPDATE staff SET deactivated_at = created_at WHERE id = $1`, b.Manager.ID)
		b.Approved(t, migration.NextMonth)
		require.Empty(t, b.Resend.Emails())
		require.Contains(t, b.Log.Text(), "no active staff contact")
	})
}

// requireOne wants exactly one live subscription of the reservation, in Stripe's books and in ours, and the case approved.
func requireOne(t *testing.T, b *bundle, sub *queries.Submission) stripefake.BookSubscription {
	t.Helper()
	booked := b.Booked(sub.ReservationID)
	live := booked[:0:0]
	for _, s := range booked {
		if s.Status != "canceled" && s.Status != "incomplete_expired" {
			live = append(live, s)
		}
	}
	require.Len(t, live, 1)
	require.Equal(t, []string{live[0].ID}, b.Strings(t, `SELECT stripe_subscription_id FROM subscriptions WHERE reservation_id = $1 AND live`, sub.ReservationID))
	require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	b.RequireStories(t)
	return live[0]
}
