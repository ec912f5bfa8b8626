package migration_test

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// alwaysAsks is a card whose bank wants its customer for each charge (Stripe's test card 4000 0027 6000 3184).
const alwaysAsks = "pm_card_authenticationRequired"

// asked is a submission whose subscription waits for the tenant's bank, with the option; nothing was charged yet.
func (b *bundle) asked(t *testing.T, option migration.StartOption) *queries.Submission {
	t.Helper()
	sub := b.asking(t, option)
	require.Empty(t, b.Stripe.Charged(t))
	return sub
}

// asking is asked, beside others that were charged.
func (b *bundle) asking(t *testing.T, option migration.StartOption) *queries.Submission {
	t.Helper()
	return b.askingOf(t, b.Invited(t), option)
}

func (b *bundle) askingOf(t *testing.T, inv *queries.Invitation, option migration.StartOption) *queries.Submission {
	t.Helper()
	shown := b.Open(t, inv)
	started, err := b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
	require.NoError(t, err)
	id := b.Stripe.Confirm(t, started.ClientSecret, alwaysAsks)
	b.Stripe.Browse(t, "/sandbox/setup_intents/"+id+"/authenticate", url.Values{"outcome": {"succeed"}})
	sub := b.Submit(t, inv, migration.Acceptance{SetupIntentID: id, Digest: shown.Digest(), AcceptTerms: true, Language: queries.MessageLanguageEn,
		Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess Tenant"}})
	b.Decided(t, sub, option)
	b.untilDone(t)
	sub = b.Submission(t, sub.ID)
	require.Equal(t, queries.SubmissionStatusTenantActionRequired, sub.Status)
	return sub
}

// untilDone runs what waits, over the waits that answer *Later.
func (b *bundle) untilDone(t *testing.T) {
	t.Helper()
	for range 5 {
		b.Work(t)
	}
	require.Empty(t, b.Waiting(t))
}

// answers is the tenant at their bank's page.
func (b *bundle) answers(t *testing.T, sub *queries.Submission, outcome string) {
	t.Helper()
	c, err := b.Rules.ConfirmationOf(t.Context(), sub)
	require.NoError(t, err)
	require.NotNil(t, c)
	id, _, _ := strings.Cut(c.ClientSecret, "_secret_")
	kind := map[bool]string{true: "payment_intents", false: "setup_intents"}[c.Payment]
	b.Stripe.Browse(t, "/sandbox/"+kind+"/"+id+"/authenticate", url.Values{"outcome": {outcome}})
}

// look lets everything be looked at that could be, whenever it is due.
func (b *bundle) lookNow(t *testing.T) {
	t.Helper()
	b.Exec(t, `UPDATE subscriptions SET next_look_at = $1`, b.Clock.Now())
	b.LookAfter(t)
}

func TestConfirmation(t *testing.T) {
	t.Parallel()
	options := map[string]migration.StartOption{"CurrentMonth": migration.CurrentMonth, "NextMonth": migration.NextMonth}

	for name, option := range options {
		t.Run(name+"IsAskedForOnceAndShown", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.asked(t, option)
			require.Equal(t, queries.ApprovalOutcomeTenantActionRequired, queries.ApprovalOutcome(b.Strings(t, `SELECT outcome::text FROM approvals`)[0]))
			b.lookNow(t)
			b.lookNow(t)
			require.Equal(t, queries.SubmissionStatusTenantActionRequired, b.Submission(t, sub.ID).Status)
			inv := b.Invitation(t, *sub.InvitationID)
			require.Equal(t, migration.SetupStateConfirm, b.Open(t, inv).State)
			b.Clock.Set(inv.LinkExpiresAt.Add(-time.Minute))
			c, err := b.Rules.ConfirmationOf(t.Context(), sub)
			if option == migration.NextMonth {
				require.NoError(t, err)
				require.False(t, c.Payment)
				require.Equal(t, noon(2026, 3, 15).Add(-time.Hour), c.Until.UTC())
			}
			mails := b.Resend.Emails()
			require.Len(t, mails, 2, "the tenant and the location's contact")
			text := mails[0].Text + mails[1].Text
			require.Contains(t, text, "Your bank wants you to confirm")
			require.Contains(t, text, map[migration.StartOption]string{migration.CurrentMonth: "by March 11, 2026", migration.NextMonth: "by March 15, 2026"}[option])
			b.RequireStories(t)
		})

		t.Run(name+"ConfirmedIsApproved", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.asked(t, option)
			b.answers(t, sub, "succeed")
			b.Hear(t, b.StripeEvents(t)...)
			after := b.Submission(t, sub.ID)
			require.Equal(t, queries.SubmissionStatusApproved, after.Status)
			require.Empty(t, after.StatusReason)
			require.Equal(t, []string{"approved"}, b.Strings(t, `SELECT outcome::text FROM approvals`))
			require.Equal(t, queries.SubscriptionStatusActive, b.subscribed(t, sub).Status)
			require.Equal(t, migration.SetupStateDone, b.Open(t, b.Invitation(t, *sub.InvitationID)).State)
			want := map[migration.StartOption][]int64{migration.CurrentMonth: {12900}, migration.NextMonth: {}}
			require.Equal(t, want[option], b.Stripe.Charged(t))
			require.Empty(t, b.alarmed(t))
			c, err := b.Rules.ConfirmationOf(t.Context(), after)
			require.NoError(t, err)
			require.Nil(t, c)
			b.RequireStories(t)
		})

		t.Run(name+"DeniedIsEndedAndAskedAnew", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.asked(t, option)
			b.answers(t, sub, "fail")
			b.lookNow(t) // no webhook comes
			b.requireAskedAnew(t, sub, "The bank did not accept the confirmation. Nothing was charged.")

			inv := b.Invitation(t, *sub.InvitationID)
			second := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
			b.Decided(t, second, migration.CurrentMonth)
			b.MustWork(t)
			require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, second.ID).Status)
			require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
			b.lookNow(t)
			require.Empty(t, b.alarmed(t), "one live subscription, and one charge")
			b.RequireStories(t)
		})
	}

	t.Run("CurrentMonthExpiresAfter23Hours", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.CurrentMonth)
		b.Clock.Move(23*time.Hour - time.Minute)
		b.LookAfter(t)
		require.Equal(t, queries.SubmissionStatusTenantActionRequired, b.Submission(t, sub.ID).Status)
		b.Clock.Move(16 * time.Minute)
		b.LookAfter(t)
		b.requireAskedAnew(t, sub, "The payment was not confirmed in time. Nothing was charged.")
		require.Equal(t, queries.SubscriptionStatusIncompleteExpired, b.subscribed(t, sub).Status)
		require.Zero(t, b.Stripe.Calls("DELETE", creations+"/"+b.subscribed(t, sub).StripeSubscriptionID), "Stripe has ended it")
	})

	for account, want := range map[string]queries.SubmissionStatus{
		"success": queries.SubmissionStatusApproved, "insufficientFunds": queries.SubmissionStatusPaymentFailed,
	} {
		t.Run("CurrentMonthPaidFromABankInsteadWaitsForTheBank/"+account, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			b.ChangeStripe(t, func(o *stripefake.Options) { o.BankStart = "incomplete" })
			sub := b.asked(t, migration.CurrentMonth)
			bank := b.Stripe.Ask(t, "POST", "/v1/payment_methods/pm_usBankAccount_"+account+"/attach", url.Values{"customer": {sub.StripeCustomerID}})
			b.Stripe.Ask(t, "POST", "/v1/invoices/"+b.Stripe.Books().Invoices[0].ID+"/pay", url.Values{"payment_method": {bank["id"].(string)}})
			b.lookNow(t)
			require.Equal(t, queries.SubmissionStatusTenantActionRequired, b.Submission(t, sub.ID).Status, "nothing is paid yet")
			b.Clock.Move(7 * day)
			b.lookNow(t)
			require.Equal(t, want, b.Submission(t, sub.ID).Status)
			b.RequireStories(t)
		})
	}

	t.Run("NextMonthIsGivenUpAnHourBeforeTheFirstCharge", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.NextMonth)
		b.Clock.Set(noon(2026, 3, 15).Add(-61 * time.Minute))
		b.LookAfter(t)
		require.Equal(t, queries.SubmissionStatusTenantActionRequired, b.Submission(t, sub.ID).Status)
		b.Clock.Move(16 * time.Minute)
		b.LookAfter(t)
		b.requireAskedAnew(t, sub, "The payment was not confirmed in time. Nothing was charged.")
		b.Clock.Move(2 * day)
		require.Empty(t, b.Stripe.Charged(t))
	})

	t.Run("NextMonthNotLookedAtUntilTheChargeIsAskedFor", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.NextMonth)
		b.Clock.Set(noon(2026, 3, 16))
		require.NoError(t, b.Stripe.Advance())
		b.LookAfter(t)
		b.requireAskedAnew(t, sub, "The payment was not confirmed in time. Nothing was charged.")
		b.Clock.Move(30 * day)
		require.Empty(t, b.Stripe.Charged(t), "nobody tries the open invoice again")
	})

	t.Run("NextMonthNotLookedAtUntilTheDayHasPassedWithoutAMethod", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.NextMonth)
		b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/lose", url.Values{})
		b.Clock.Move(31 * day) // the first charge was due, nobody could be charged, and the next one is a month ahead
		b.lookNow(t)
		b.requireAskedAnew(t, sub, "The payment was not confirmed in time. Nothing was charged.")
	})

	t.Run("TheContactIsNotToldOfWhatCameToNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.CurrentMonth)
		b.Exec(t, `DELETE FROM events WHERE subject_id IN (SELECT id FROM deliveries WHERE purpose = 'staff_notice')`)
		b.Exec(t, `DELETE FROM deliveries WHERE purpose = 'staff_notice'`)
		require.NoError(t, b.Rules.NotifyStaffContact(t.Context(), migration.SystemActor("late"), sub.ID)) // and nothing sends it yet
		b.answers(t, sub, "fail")
		require.NoError(t, b.Rules.SyncSubscription(t.Context(), migration.SystemActor("sooner"), b.subscribed(t, sub).ID))
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusPaymentFailed, b.Submission(t, sub.ID).Status)
		require.Equal(t, []string{"canceled"}, b.Strings(t, `SELECT status::text FROM deliveries WHERE purpose = 'staff_notice'`))
		b.RequireStories(t)
	})

	t.Run("WhatIsPaidInTheLastMomentIsApproved", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.CurrentMonth)
		hurried := b.Service(t, func(o *migration.Options) {
			o.Payments = deniedOnce{Payments: o.Payments, looks: new(int)}
			o.Step = func(name string) {
				if name == "before_end" {
					b.answers(t, sub, "succeed")
				}
			}
		})
		require.NoError(t, hurried.SyncSubscription(t.Context(), testkit.Browser, b.subscribed(t, sub).ID))
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status, "the money was taken")
		require.Equal(t, []string{"SUBSCRIPTION_ENDED"}, b.alarmed(t), "and somebody has to look into it")
		b.RequireStories(t)
	})

	t.Run("TheAnswerToTheEndIsLost", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.NextMonth)
		b.answers(t, sub, "fail")
		b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.DropAfter, Method: "DELETE", PathPrefix: creations, Times: 1})
		id := b.subscribed(t, sub).ID
		require.Error(t, b.Rules.SyncSubscription(t.Context(), testkit.Browser, id))
		require.Equal(t, queries.SubmissionStatusTenantActionRequired, b.Submission(t, sub.ID).Status)
		require.NoError(t, b.Rules.SyncSubscription(t.Context(), testkit.Browser, id))
		b.MustWork(t)
		b.requireAskedAnew(t, sub, "The subscription was ended before the payment was confirmed. Nothing was charged.")
	})

	t.Run("WhereStripeDoesNotEndItNothingIsAskedAnew", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.NextMonth)
		b.answers(t, sub, "fail")
		stuck := b.Service(t, func(o *migration.Options) { o.Payments = endless{o.Payments} })
		require.Error(t, stuck.SyncSubscription(t.Context(), testkit.Browser, b.subscribed(t, sub).ID))
		require.Equal(t, queries.SubmissionStatusTenantActionRequired, b.Submission(t, sub.ID).Status)
	})

	t.Run("ADeclineAfterTheQuestionIsADecline", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.charging(t, sub, "authenticate")
		a := b.Decided(t, sub, migration.CurrentMonth)
		requireLater(t, b.workOne(t))
		require.True(t, b.Approval(t, a.ID).TenantConfirms)
		require.Empty(t, b.Stripe.Books().Subscriptions)
		b.charging(t, sub, "decline")
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusPaymentFailed, b.Submission(t, sub.ID).Status)
		require.Empty(t, b.Stripe.Charged(t))
		b.RequireStories(t)
	})

	t.Run("TheQuestionHasAKeyOfItsOwn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.asked(t, migration.CurrentMonth)
		a := b.Strings(t, `SELECT id::text FROM approvals`)[0]
		require.Equal(t, []string{"approval-" + a + "-1", "approval-" + a + "-2"}, b.keys())
		require.Len(t, b.Booked(sub.ReservationID), 1)
		b.Exec(t, `UPDATE subscriptions SET next_look_at = NULL`) // even where nobody ever looks
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM subscriptions WHERE live`))
	})
}

// requireAskedAnew wants the tenant's link open again for another payment method, the reason told, and nothing left at Stripe that
// could still take money.
func (b *bundle) requireAskedAnew(t *testing.T, sub *queries.Submission, reason string) {
	t.Helper()
	after := b.Submission(t, sub.ID)
	require.Equal(t, queries.SubmissionStatusPaymentFailed, after.Status)
	require.Equal(t, reason, after.StatusReason)
	require.Equal(t, []string{"payment_failed"}, b.Strings(t, `SELECT outcome::text FROM approvals WHERE submission_id = $1`, sub.ID))
	opened := b.Open(t, b.Invitation(t, *sub.InvitationID))
	require.Equal(t, migration.SetupStateOpen, opened.State)
	require.Equal(t, reason, opened.ReopenedReason)
	mails := b.Resend.Emails()
	require.Contains(t, mails[len(mails)-1].Text+mails[0].Text, reason)
	for _, s := range b.Booked(sub.ReservationID) {
		require.Contains(t, []string{"canceled", "incomplete_expired"}, s.Status)
	}
	require.Zero(t, b.Count(t, `SELECT count(*) FROM subscriptions WHERE live AND submission_id = $1`, sub.ID))
	require.Empty(t, b.Stripe.Charged(t))
	b.RequireStories(t)
}

// endless is a Stripe that ends nothing.
type endless struct{ migration.Payments }

func (endless) EndSubscription(context.Context, string) error { return errors.New("no") }

// deniedOnce is a Stripe at whose first look the confirmation was denied.
type deniedOnce struct {
	migration.Payments
	looks *int
}

func (p deniedOnce) Subscriptions(ctx context.Context, customer string) ([]migration.StripeSubscription, error) {
	all, err := p.Payments.Subscriptions(ctx, customer)
	if *p.looks++; *p.looks == 1 {
		for i := range all {
			all[i].ActionRequired, all[i].FirstPaymentFailed = false, true
		}
	}
	return all, err
}
