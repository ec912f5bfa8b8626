package migration_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const day = 24 * time.Hour

// waiting is a submission whose bank account is being verified.
func (b *bundle) waiting(t *testing.T) (sub *queries.Submission, secret string) {
	t.Helper()
	inv := b.Sent(t)
	a, secret := b.BankAcceptance(t, inv)
	sub = b.Submit(t, inv, a)
	require.Equal(t, queries.SubmissionStatusWaitingForBankVerification, sub.Status)
	b.MustWork(t)
	return sub, secret
}

// look is what the periodic job does, and what comes of it.
func (b *bundle) look(t *testing.T) {
	t.Helper()
	require.NoError(t, b.Rules.LookForBankVerifications(t.Context(), ""))
	b.MustWork(t)
}

// mailsTo counts what the tenant of a submission received.
func (b *bundle) mails(t *testing.T) int {
	t.Helper()
	return len(b.Resend.Emails())
}

func TestBankAccount(t *testing.T) {
	t.Parallel()

	t.Run("WaitsWithItsMandateUntilTheCodeIsEntered", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, secret := b.waiting(t)
		require.NotNil(t, sub.MandateText)
		require.Contains(t, *sub.MandateText, "debit the bank account")
		require.EqualValues(t, 12500, sub.MonthlyTotalMinor, "the bank account's price, not the card's")
		v, err := b.Rules.VerificationOf(t.Context(), sub)
		require.NoError(t, err)
		require.Equal(t, 10, v.DaysLeft)

		b.EnterCode(t, secret, "SM11AA")
		b.Clock.Move(6 * time.Minute)
		b.look(t)
		after := b.Submission(t, sub.ID)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, after.Status)
		require.NotNil(t, after.StripeMandateID)
		require.Equal(t, []string{"submitted", "ready_for_approval"}, b.Told(t, queries.EventSubjectSubmission, sub.ID))
		b.RequireStories(t)
	})
	t.Run("ErrMandateNotAccepted", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		a, _ := b.BankAcceptance(t, inv)
		a.AcceptMandate = false
		_, err := b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), a)
		requireRefused(t, err, "REQUIRED acceptMandate")
		require.Equal(t, queries.InvitationStatusPending, b.Invitation(t, inv.ID).Status)
	})
	t.Run("IsNotApprovedWhileItWaits", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Admin), migration.ApprovalRequest{
			SubmissionID: sub.ID, Option: migration.NextMonth, ExpectedDueToday: migration.Price{Amount: "0", Currency: "USD"}})
		requireRefused(t, err, "WRONG_STATE submissionId")
	})
	t.Run("IsLookedAtOnlyWhenDue", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		asked := func() int { return b.Stripe.Calls("GET", "/v1/setup_intents/"+sub.StripeSetupIntentID) }
		before := asked()
		b.look(t)
		require.Equal(t, before, asked(), "five minutes have not passed")
		b.Clock.Move(6 * time.Minute)
		b.look(t)
		b.look(t)
		require.Equal(t, before+1, asked())
		b.Clock.Move(2 * day)
		b.look(t)
		b.Clock.Move(time.Hour)
		b.look(t)
		require.Equal(t, before+2, asked(), "an old one is asked about every two hours")
	})
	t.Run("TheTenantIsToldOnceOfEachThing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, _ = b.waiting(t)
		require.Equal(t, 2, b.mails(t), "the invitation, and what happens now")
		for range 5 {
			b.Clock.Move(day)
			b.look(t)
			b.Clock.Move(3 * time.Hour)
			b.look(t)
		}
		require.Equal(t, 3, b.mails(t), "the deposit should be there")
		for range 4 {
			b.Clock.Move(day)
			b.look(t)
		}
		require.Equal(t, 4, b.mails(t), "the reminder")
		b.RequireStories(t)
	})
	t.Run("WhatIsOverIsNotSaid", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		a, secret := b.BankAcceptance(t, inv)
		sub := b.Submit(t, inv, a) // the message about the deposit is queued and not sent
		b.EnterCode(t, secret, "SM11AA")
		require.NoError(t, b.Rules.PollBankVerification(t.Context(), migration.SystemActor("poll"), sub.ID))
		b.MustWork(t)
		require.Equal(t, 1, b.mails(t), "the invitation alone")
	})
}

func TestBankAccountFails(t *testing.T) {
	t.Parallel()
	failed := func(t *testing.T, b *bundle, sub *queries.Submission) *queries.Submission {
		t.Helper()
		after := b.Submission(t, sub.ID)
		require.Equal(t, queries.SubmissionStatusBankVerificationFailed, after.Status)
		require.NotEmpty(t, after.StatusReason)
		shown := b.Open(t, b.Invitation(t, *sub.InvitationID))
		require.Equal(t, migration.SetupStateOpen, shown.State)
		require.Equal(t, after.StatusReason, shown.ReopenedReason)
		b.RequireStories(t)
		return after
	}

	t.Run("TooManyWrongCodes", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, secret := b.waiting(t)
		r := url.Values{"client_secret": {secret}, "descriptor_code": {"SM33CC"}}
		b.refusedByStripe(t, "/v1/setup_intents/"+sub.StripeSetupIntentID+"/verify_microdeposits", r)
		b.Clock.Move(6 * time.Minute)
		b.look(t)
		require.Contains(t, failed(t, b, sub).StatusReason, "too many times")
	})
	t.Run("TimeRanOut", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		b.Clock.Move(11 * day)
		b.look(t)
		failed(t, b, sub)
	})
	t.Run("AnotherMethodUnderTheSameReservation", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		b.Clock.Move(11 * day)
		b.look(t)
		failed(t, b, sub)
		inv := b.Invitation(t, *sub.InvitationID)
		second := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
		require.Equal(t, sub.ReservationID, second.ReservationID)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, second.Status)
	})
	t.Run("WebhookAndPollAtOnceEndItOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, secret := b.waiting(t)
		b.EnterCode(t, secret, "SM11AA")
		poll := func() error { return b.Rules.PollBankVerification(t.Context(), migration.SystemActor("poll"), sub.ID) }
		require.Equal(t, []error{nil, nil, nil, nil}, atOnce(poll, poll, poll, poll))
		require.Equal(t, []string{"submitted", "ready_for_approval"}, b.Told(t, queries.EventSubjectSubmission, sub.ID))
	})
}

func TestRecordStripeEvent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub, secret := b.waiting(t)
	b.EnterCode(t, secret, "SM11AA")
	note := func(id, kind, object string) func() error {
		return func() error {
			return b.Rules.RecordStripeEvent(t.Context(), migration.StripeEvent{ID: id, Type: kind, ObjectID: object})
		}
	}

	require.NoError(t, note("evt_1", "setup_intent.succeeded", "seti_ofSomebodyElse")())
	require.NoError(t, note("evt_2", "customer.created", sub.StripeCustomerID)())
	require.Empty(t, b.Waiting(t), "what is foreign is noted and ignored")

	again := note("evt_3", "setup_intent.succeeded", sub.StripeSetupIntentID)
	require.Equal(t, []error{nil, nil, nil, nil}, atOnce(again, again, again, again))
	require.Len(t, b.Waiting(t), 1, "one look, however often the event comes")
	require.NoError(t, note("evt_0", "setup_intent.requires_action", sub.StripeSetupIntentID)(), "an older event that comes later")
	b.MustWork(t)
	require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status, "what Stripe holds now, not what the event said")
	require.Equal(t, []string{"evt_0 true", "evt_1 false", "evt_2 false", "evt_3 true"},
		b.Strings(t, `SELECT event_id || ' ' || ours FROM webhook_events ORDER BY event_id`))
}

// refusedByStripe posts what Stripe answers with an error.
func (b *bundle) refusedByStripe(t *testing.T, path string, form url.Values) {
	t.Helper()
	form.Set("key", testkit.StripePublishableKey)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.Stripe.URL+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusBadRequest, answer.StatusCode)
}

func TestBankAccountAgain(t *testing.T) {
	t.Parallel()

	t.Run("AfterItFailedItIsANewAttempt", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		b.Clock.Move(11 * day)
		b.look(t)
		inv := b.Invitation(t, *sub.InvitationID)
		a, secret := b.BankAcceptance(t, inv)
		require.NotEqual(t, sub.StripeSetupIntentID, a.SetupIntentID)
		second := b.Submit(t, inv, a)
		require.NotEqual(t, sub.ID, second.ID)
		require.Equal(t, queries.SubmissionStatusWaitingForBankVerification, second.Status)
		b.EnterCode(t, secret, "SM11AA")
		b.Clock.Move(6 * time.Minute)
		b.look(t)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, second.ID).Status)
		b.RequireStories(t)
	})
	t.Run("ErrTheOldAttemptIsOver", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		a, _ := b.BankAcceptance(t, inv)
		b.Submit(t, inv, a)
		b.MustWork(t)
		b.Clock.Move(11 * day)
		b.look(t)
		_, err := b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, b.Invitation(t, inv.ID)), a)
		requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
	})
}
