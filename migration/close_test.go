package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const movedOut = "You have moved out, so there is nothing to pay for."

// closes ends it with nothing instead.
func closes(r *migration.RejectRequest) { r.Reason, r.Close = movedOut, true }

// declined is a submission whose first charge was declined, and the invitation whose link is open again.
func (b *bundle) declined(t *testing.T) (*queries.Submission, *queries.Invitation) {
	t.Helper()
	inv := b.Sent(t)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.NoFunds))
	b.Decided(t, sub, migration.CurrentMonth)
	b.MustWork(t)
	require.Equal(t, queries.SubmissionStatusPaymentFailed, b.Submission(t, sub.ID).Status)
	return sub, b.Invitation(t, inv.ID)
}

func (b *bundle) invitedAgain(t *testing.T, inv *queries.Invitation) error {
	t.Helper()
	_, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Manager), draftFor(inv))
	return err
}

func TestClose(t *testing.T) {
	t.Parallel()

	t.Run("WhatNobodyHasDecidedOn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		sub := b.again(t, inv)
		done, err := b.turnDown(t, sub, closes)
		require.NoError(t, err)
		require.Equal(t, queries.SubmissionStatusRejected, done.Submission.Status)
		require.Equal(t, migration.SetupStateRevoked, b.Open(t, inv).State)
		require.NoError(t, b.invitedAgain(t, inv), "the plan is free")
		b.RequireStories(t)
	})

	t.Run("WhatCameToNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, inv := b.declined(t)
		requireRefused(t, b.invitedAgain(t, inv), "TAKEN planId")
		_, err := b.turnDown(t, sub)
		requireRefused(t, err, "WRONG_STATE submissionId")
		require.ErrorContains(t, err, "Close it")
		mails := b.mails(t)
		done, err := b.turnDown(t, sub, closes)
		require.NoError(t, err)
		require.Equal(t, queries.SubmissionStatusPaymentFailed, done.Submission.Status, "what it came to stays")
		require.Equal(t, migration.SetupStateRevoked, b.Open(t, inv).State)
		told := b.Told(t, queries.EventSubjectSubmission, sub.ID)
		require.Equal(t, "closed", told[len(told)-1])
		require.Equal(t, []string{"created", "ended"}, b.Told(t, queries.EventSubjectReservation, sub.ReservationID))
		b.MustWork(t)
		require.Equal(t, mails+1, b.mails(t))
		mail := b.Resend.Emails()[mails]
		require.Contains(t, mail.Text, movedOut)
		require.NotContains(t, mail.Text, "/setup/", "there is nothing to open")
		require.Equal(t, migration.AskedNothing, b.account(t, sub).Asked)
		require.NoError(t, b.invitedAgain(t, inv))
		_, err = b.turnDown(t, sub, closes)
		requireRefused(t, err, "ALREADY_DECIDED submissionId")
		b.RequireStories(t)
	})

	t.Run("WhatWasRejectedBefore", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		sub := b.again(t, inv)
		_, err := b.turnDown(t, sub)
		require.NoError(t, err)
		_, err = b.turnDown(t, sub, closes)
		require.NoError(t, err)
		require.Equal(t, []string{blurred, movedOut}, b.Strings(t, `SELECT reason FROM rejections WHERE submission_id = $1 ORDER BY closes`, sub.ID), "both are kept")
		require.Equal(t, migration.SetupStateRevoked, b.Open(t, inv).State)
		mails := b.mails(t)
		b.MustWork(t)
		require.Equal(t, mails+1, b.mails(t), "nobody is asked to try again any more")
		b.RequireStories(t)
	})

	t.Run("WithANewOffer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, inv := b.declined(t)
		done, err := b.turnDown(t, sub, instead(b.Wash, 20))
		require.NoError(t, err)
		require.Equal(t, queries.SubmissionStatusPaymentFailed, done.Submission.Status)
		open := b.Open(t, inv)
		require.Equal(t, migration.SetupStateOpen, open.State)
		require.Equal(t, done.Successor.ID, open.Offer.Invitation.ID)
		require.Equal(t, blurred, open.ReopenedReason, "why there is another offer, not what became of the card")
		mails := b.mails(t)
		b.MustWork(t)
		require.Contains(t, b.Resend.Emails()[mails].Text, blurred)
		second := b.again(t, inv)
		b.Decided(t, second, migration.CurrentMonth)
		b.MustWork(t)
		require.Equal(t, []int64{3900}, b.Stripe.Charged(t))
		b.RequireStories(t)
	})

	t.Run("ErrBoth", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.turnDown(t, b.Claimed(t, testkit.Visa), instead(b.Wash, 20), closes)
		requireRefused(t, err, "INVALID close")
	})

	t.Run("ErrTheTenantHasTriedAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, inv := b.declined(t)
		b.again(t, inv)
		_, err := b.turnDown(t, sub, closes)
		requireRefused(t, err, "WRONG_STATE submissionId")
		require.ErrorContains(t, err, "another attempt since")
		require.Zero(t, b.Count(t, `SELECT count(*) FROM reservations WHERE NOT live`))
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.declined(t)
		_, err := b.Rules.RejectSubmission(t.Context(), testkit.By(b.Stranger), migration.RejectRequest{SubmissionID: sub.ID, Reason: movedOut, Close: true})
		requireRefused(t, err, "NOT_FOUND submissionId")
	})
}

// TestCloseWhileTheTenantTriesAgain: either the tenant is first and nothing is closed, or the link is.
func TestCloseWhileTheTenantTriesAgain(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 10 {
		sub, inv := b.declined(t)
		a := b.Acceptance(t, inv, testkit.Visa)
		errs := atOnce(
			func() error { _, err := b.turnDown(t, sub, closes); return err },
			func() error {
				_, err := b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), a)
				return err
			})
		require.NotEqual(t, errs[0] == nil, errs[1] == nil, "%v", errs)
		want := map[bool]int{true: 0, false: 1}[errs[0] == nil]
		require.Equal(t, want, b.Count(t, `SELECT count(*) FROM reservations WHERE id = $1 AND live`, sub.ReservationID))
	}
	b.RequireStories(t)
}

// TestTryAgainThatIsOver: an email that asks for another attempt is withdrawn once that was made, or is of no use any more.
func TestTryAgainThatIsOver(t *testing.T) {
	t.Parallel()

	t.Run("TriedAgainMeanwhile", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		sub := b.again(t, inv)
		_, err := b.turnDown(t, sub)
		require.NoError(t, err)
		b.again(t, inv)
		mails := b.mails(t)
		b.MustWork(t)
		require.Equal(t, mails, b.mails(t))
		require.Equal(t, []string{"canceled"}, b.Strings(t, `SELECT status::text FROM deliveries WHERE purpose = 'action_needed'`))
	})

	t.Run("TheNewOfferWasAcceptedMeanwhile", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		_, err := b.turnDown(t, b.again(t, inv), instead(b.Wash, 20))
		require.NoError(t, err)
		b.again(t, inv)
		mails := b.mails(t)
		b.MustWork(t)
		require.Equal(t, mails, b.mails(t))
	})
}

func TestAccountOfWhatHasEnded(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Sent(t)
	sub := b.again(t, inv)
	done, err := b.turnDown(t, sub, instead(b.Wash, 20))
	require.NoError(t, err)
	r := b.account(t, sub)
	require.Equal(t, migration.AskedSubmitAgain, r.Asked, "the new offer waits")
	require.Equal(t, blurred, r.AskedReason)
	require.Equal(t, testkit.PublicURL+"/setup/"+b.Token(t, done.Successor), r.AskedLink)
	b.Clock.Move(2 * testkit.LinkLife)
	require.Equal(t, migration.AskedSubmitAgain, b.account(t, sub).Asked)
	require.Empty(t, b.account(t, sub).AskedLink, "the location has to send another link first")
	_, err = b.renew(t, done.Successor, false)
	require.NoError(t, err)
	second := b.again(t, inv)
	require.Equal(t, migration.AskedNothing, b.account(t, sub).Asked, "it was accepted")
	require.Equal(t, migration.AskedNothing, b.account(t, second).Asked)
}
