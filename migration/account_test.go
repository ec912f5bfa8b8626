package migration_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func TestAccount(t *testing.T) {
	t.Parallel()

	t.Run("ShowsEachReservationAndNobodyElses", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		studio := b.Approved(t, migration.NextMonth)
		wash := b.Claimed(t, testkit.Visa, testkit.For(studio.TenantID), testkit.At(b.Wash))
		b.Approved(t, migration.NextMonth)
		a, err := b.Rules.Account(t.Context(), b.TenantOf(t, studio))
		require.NoError(t, err)
		require.Len(t, a.Reservations, 2)
		require.Equal(t, wash.ReservationID, a.Reservations[0].Row.Reservation.ID, "newest first")
		require.Nil(t, a.Reservations[0].NextChargeOn)
		require.Empty(t, a.Reservations[0].Methods)
		live := a.Reservations[1]
		require.Equal(t, migration.AskedNothing, live.Asked)
		require.Empty(t, live.AskedLink)
		require.Equal(t, "2026-03-15", live.NextChargeOn.String())
		require.EqualValues(t, 12900, live.Monthly().Minor)
		require.Equal(t, "Visa ending 4242", live.MethodLabel)
		steps := []string{}
		for _, s := range live.Steps {
			steps = append(steps, s.After)
		}
		require.Equal(t, []string{"ready_for_approval", "approved"}, steps)
	})

	t.Run("SaysWhatIsAsked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		_, err := b.DB.Owner.Exec(t.Context(), `ALTER TABLE submissions DISABLE TRIGGER USER`)
		require.NoError(t, err)
		for status, want := range map[queries.SubmissionStatus]migration.Asked{
			queries.SubmissionStatusReadyForApproval:       migration.AskedNothing,
			queries.SubmissionStatusApproving:              migration.AskedNothing,
			queries.SubmissionStatusApproved:               migration.AskedNothing,
			queries.SubmissionStatusUndone:                 migration.AskedNothing,
			queries.SubmissionStatusTenantActionRequired:   migration.AskedConfirmPayment,
			queries.SubmissionStatusRejected:               migration.AskedSubmitAgain,
			queries.SubmissionStatusPaymentFailed:          migration.AskedNewPaymentMethod,
			queries.SubmissionStatusMethodLost:             migration.AskedNewPaymentMethod,
			queries.SubmissionStatusBankVerificationFailed: migration.AskedNewPaymentMethod,
		} {
			b.Exec(t, `UPDATE submissions SET status = $1, status_reason = 'Because.'`, status)
			r := b.account(t, sub)
			require.Equal(t, want, r.Asked, status)
			require.Equal(t, want != migration.AskedNothing, r.AskedLink != "", status)
			require.Equal(t, migration.ReopensLink(status), r.AskedReason != "", "what staff write for each other is no reason: %s", status)
		}
	})

	t.Run("TheCodeOfADepositIsAskedForAndNothingElseOfABank", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		require.Equal(t, migration.AskedEnterCode, b.account(t, sub).Asked)
		b.Exec(t, `UPDATE bank_verifications SET deposit_arrives_at = NULL`)
		require.Equal(t, migration.AskedNothing, b.account(t, sub).Asked)
	})

	t.Run("AFailedChargeAsksForAnotherMethodHere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.Exec(t, `UPDATE subscriptions SET status = 'past_due'`)
		r := b.account(t, sub)
		require.Equal(t, migration.AskedNewPaymentMethod, r.Asked)
		require.Empty(t, r.AskedLink, "it is done in the account")
		require.NotEmpty(t, r.Methods)
	})

	t.Run("WhatTheBankWantsConfirmedIsDoneBehindTheLink", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		_, err := b.DB.Owner.Exec(t.Context(), `ALTER TABLE submissions DISABLE TRIGGER USER`)
		require.NoError(t, err)
		b.Exec(t, `UPDATE submissions SET status = 'tenant_action_required'`)
		r := b.account(t, sub)
		require.Equal(t, migration.AskedConfirmPayment, r.Asked)
		require.NotEmpty(t, r.AskedLink)
		require.Empty(t, r.Methods, "a subscription that waits for the bank is settled first")
		_, err = b.Rules.StartMethodChange(t.Context(), testkit.SignedIn(sub.TenantID), sub.ReservationID, queries.PaymentMethodTypeCard)
		requireRefused(t, err, "WRONG_STATE reservationId")
	})

	t.Run("ALinkThatDoesNotOpenIsNotShown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.NoFunds)
		b.Decided(t, sub, migration.CurrentMonth)
		b.MustWork(t)
		require.NotEmpty(t, b.account(t, sub).AskedLink)
		b.Clock.Move(testkit.LinkLife + time.Hour)
		r := b.account(t, sub)
		require.Equal(t, migration.AskedNewPaymentMethod, r.Asked)
		require.Empty(t, r.AskedLink)
	})
}
