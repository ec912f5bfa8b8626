package migration_test

import (
	"context"
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

const wrongStudio = "This was the wrong studio."

// takeBack is the manager's word; the job waits.
func (b *bundle) takeBack(t *testing.T, sub *queries.Submission) *queries.Undo {
	t.Helper()
	done, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: sub.ID, Reason: wrongStudio})
	require.NoError(t, err)
	return done.Undo
}

// requireUndone compares Stripe's books with ours: nothing of the reservation lives, and what was taken has gone back.
func (b *bundle) requireUndone(t *testing.T, sub *queries.Submission) {
	t.Helper()
	require.Equal(t, queries.SubmissionStatusUndone, b.Submission(t, sub.ID).Status)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM reservations WHERE id = $1 AND live`, sub.ReservationID))
	require.Zero(t, b.Count(t, `SELECT count(*) FROM subscriptions WHERE reservation_id = $1 AND live`, sub.ReservationID))
	for _, s := range b.Booked(sub.ReservationID) {
		require.Equal(t, "canceled", s.Status)
	}
	books := b.Stripe.Books()
	for _, c := range books.Charges {
		if c.Status == "succeeded" && !c.Disputed {
			require.Equal(t, c.Amount, c.AmountRefunded)
		}
	}
	for _, i := range books.Invoices {
		require.NotEqual(t, "open", i.Status)
	}
	b.RequireStories(t)
}

// acts is what was done about each invoice.
func (b *bundle) acts(t *testing.T) []string {
	t.Helper()
	return b.Strings(t, `SELECT act || ' ' || amount_minor FROM undo_invoices ORDER BY stripe_invoice_id`)
}

func TestUndoApproval(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.Clock.Move(71 * time.Hour)
		b.takeBack(t, sub)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status, "until all is done")
		mails := b.mails(t)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, []string{"refunded 12900"}, b.acts(t))
		require.Equal(t, []string{"submitted", "approving", "approved", "undo_requested", "undone"}, b.Told(t, queries.EventSubjectSubmission, sub.ID))
		require.Equal(t, mails+1, b.mails(t))
		told := b.Resend.Emails()[mails]
		require.Contains(t, told.Subject, "Your subscription has ended")
		require.Contains(t, told.Text, "The location writes: "+wrongStudio+" We give $129.00 back")
		require.Equal(t, migration.SetupStateRevoked, b.Open(t, b.Invitation(t, *sub.InvitationID)).State)

		next := b.Claimed(t, testkit.Visa, testkit.For(sub.TenantID)) // the same plan is free again
		b.Decided(t, next, migration.NextMonth)
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, next.ID).Status)
	})

	t.Run("NothingWasCharged", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		b.takeBack(t, sub)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Empty(t, b.acts(t))
		require.Contains(t, b.Resend.Emails()[b.mails(t)-1].Text, "Nothing was charged.")
		b.Clock.Move(60 * day)
		require.Empty(t, b.Stripe.Charged(t), "and never will be")
	})

	t.Run("WhatWasChargedSince", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 14, 18, 0, 0, 0, time.UTC))
		sub := b.Approved(t, migration.NextMonth)
		b.Clock.Move(2 * day)
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
		b.takeBack(t, sub)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, []string{"refunded 12900"}, b.acts(t))
	})

	t.Run("AnInvoiceThatIsNotPaidIsVoid", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 14, 18, 0, 0, 0, time.UTC))
		sub := b.Claimed(t, testkit.NoFunds)
		b.Decided(t, sub, migration.NextMonth)
		b.MustWork(t)
		b.Clock.Move(2 * day)
		require.Empty(t, b.Stripe.Charged(t))
		b.takeBack(t, sub)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, []string{"voided 12900"}, b.acts(t))
		require.Contains(t, b.Resend.Emails()[b.mails(t)-1].Text, "Nothing was charged.")
	})

	t.Run("ErrItsTimeIsOver", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.Clock.Move(testkit.UndoWindow)
		_, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: sub.ID, Reason: wrongStudio})
		requireRefused(t, err, "WRONG_STATE submissionId")
		require.ErrorContains(t, err, "72 hours")
	})

	t.Run("ErrNothingToTakeBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		for range 2 { // ready, and while the subscription is being made
			_, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: sub.ID, Reason: wrongStudio})
			requireRefused(t, err, "WRONG_STATE submissionId")
			if b.Submission(t, sub.ID).Status == queries.SubmissionStatusReadyForApproval {
				b.Decided(t, sub, migration.CurrentMonth)
			}
		}
		_, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: sub.ID})
		requireRefused(t, err, "REQUIRED reason")
	})

	t.Run("ErrBeingTakenBackAlready", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		for _, words := range []string{"is being taken back already, as", "was taken back already by"} {
			if words[0] == 'i' {
				b.takeBack(t, sub)
			} else {
				b.MustWork(t)
			}
			_, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Admin), migration.UndoRequest{SubmissionID: sub.ID, Reason: wrongStudio})
			requireRefused(t, err, "ALREADY_DECIDED submissionId")
			require.ErrorContains(t, err, words)
		}
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		for _, s := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
			done, err := b.Rules.UndoApproval(t.Context(), testkit.By(s), migration.UndoRequest{SubmissionID: sub.ID, Reason: wrongStudio})
			requireRefused(t, err, "NOT_FOUND submissionId")
			require.Zero(t, done)
			_, err = b.Q.UndoInsertIfApproved(t.Context(), b.DB.Pool, queries.UndoInsertIfApprovedParams{ID: testkit.Missing(), SubmissionID: sub.ID,
				StaffID: s.ID, Reason: "x", Now: testkit.Start, Since: testkit.Start.Add(-time.Hour)})
			require.Error(t, err, "the statement itself is bounded")
		}
		require.Zero(t, b.Count(t, `SELECT count(*) FROM undos`))
	})

	t.Run("TwoStaffAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 10 {
			sub := b.Approved(t, migration.CurrentMonth)
			undo := func(by *queries.Staff) func() error {
				return func() error {
					done, err := b.Rules.UndoApproval(t.Context(), testkit.By(by), migration.UndoRequest{SubmissionID: sub.ID, Reason: "By " + by.Name})
					if done.Undo != nil && err != nil {
						require.NotEqual(t, by.ID, done.Undo.StaffID, "the loser is told of the winner's")
						require.ErrorContains(t, err, done.Undo.Reason)
					}
					return err
				}
			}
			oneWins(t, atOnce(undo(b.Manager), undo(b.Colleague)), "ALREADY_DECIDED")
			b.MustWork(t)
			b.requireUndone(t, sub)
		}
		require.Len(t, b.acts(t), 10)
	})
}

func TestUndoOfABankAccount(t *testing.T) {
	t.Parallel()
	for _, begins := range []string{"active", "incomplete"} { // [UNV] what a subscription is while its first debit is under way
		for alias, want := range map[string]string{"success": "refunded 12500", "insufficientFunds": "voided 12500", "dispute": "disputed 12500"} {
			t.Run(begins+"/"+alias, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				b.ChangeStripe(t, func(o *stripefake.Options) { o.BankStart = begins })
				sub := b.bankClaimed(t, alias)
				b.Decided(t, sub, migration.CurrentMonth)
				b.MustWork(t)
				undo := b.takeBack(t, sub)
				b.Work(t)
				if begins == "incomplete" { // ending it takes its first invoice out of the books at once
					b.requireUndone(t, sub)
					require.Equal(t, []string{"voided 12500"}, b.acts(t))
					return
				}
				require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
				require.Zero(t, b.Count(t, `SELECT count(*) FROM subscriptions WHERE live`), "nothing more is invoiced meanwhile")
				require.Contains(t, b.Strings(t, `SELECT waits_for FROM undos`)[0], "A bank debit of $125.00 is under way")
				require.Equal(t, migration.Later{After: time.Hour, Why: b.Strings(t, `SELECT waits_for FROM undos`)[0]},
					*requireLater(t, b.Rules.UndoSubscription(t.Context(), migration.SystemActor("job"), undo.ID)))
				b.Clock.Move(7 * day)
				require.NoError(t, b.Rules.LookForUndos(t.Context()))
				b.MustWork(t)
				b.requireUndone(t, sub)
				require.Equal(t, []string{want}, b.acts(t))
			})
		}
	}
}

// bankClaimed is a submission that is paid from one of Stripe's test accounts, verified at once.
func (b *bundle) bankClaimed(t *testing.T, alias string) *queries.Submission {
	t.Helper()
	inv := b.Invited(t)
	shown := b.Open(t, inv)
	started, err := b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeUsBankAccount)
	require.NoError(t, err)
	id, _, _ := strings.Cut(started.ClientSecret, "_secret_")
	b.Stripe.Browse(t, "/v1/setup_intents/"+id+"/confirm", url.Values{"client_secret": {started.ClientSecret}, "payment_method": {"pm_usBankAccount_" + alias},
		"mandate_data[customer_acceptance][type]": {"online"}, "mandate_data[customer_acceptance][online][infer_from_client]": {"true"}})
	return b.Submit(t, inv, migration.Acceptance{SetupIntentID: id, Digest: shown.Digest(), AcceptTerms: true, AcceptMandate: true,
		Language: queries.MessageLanguageEn, Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess Tenant"}})
}

func TestUndoOnBadDays(t *testing.T) {
	t.Parallel()
	const refunds = "/v1/refunds"
	for name, order := range map[string]func(b *bundle){
		"TheRefundsAnswerIsLost":     func(b *bundle) { b.Stripe.Order(stripefake.DropAfter, refunds, 1) },
		"TheRefundFailsAfterActing":  func(b *bundle) { b.Stripe.Order(stripefake.ErrorAfter, refunds, 1) },
		"TheRefundFailsBeforeActing": func(b *bundle) { b.Stripe.Order(stripefake.ErrorBefore, refunds, 1) },
		"TheRefundIsCut":             func(b *bundle) { b.Stripe.Order(stripefake.CutBefore, refunds, 2) },
		"Throttled":                  func(b *bundle) { b.Stripe.Order(stripefake.RateLimit, refunds, 1) },
		"TheEndingsAnswerIsLost": func(b *bundle) {
			b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.DropAfter, Method: "DELETE", PathPrefix: creations, Times: 1})
		},
		"TheEndingFails": func(b *bundle) {
			b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.ErrorBefore, Method: "DELETE", PathPrefix: creations, Times: 1})
		},
		"NothingCanBeRead": func(b *bundle) {
			b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.Unavailable, Method: "GET", Times: 2})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.Approved(t, migration.CurrentMonth)
			b.takeBack(t, sub)
			order(b)
			require.Error(t, b.workOne(t))
			require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
			for range 3 {
				b.Clock.Move(2 * time.Minute)
				b.Work(t)
			}
			b.requireUndone(t, sub)
			require.Equal(t, []string{"refunded 12900"}, b.acts(t))
		})
	}

	t.Run("AnHourLaterThanStripeKnowsItsKey", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.takeBack(t, sub)
		b.Stripe.Order(stripefake.DropAfter, refunds, 1)
		require.Error(t, b.workOne(t))
		b.Clock.Move(25 * time.Hour)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, 1, b.Stripe.Calls("POST", refunds), "what went back is found, and not asked for again")
	})

	t.Run("SomebodyGaveItBackAtStripe", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.Stripe.Ask(t, "POST", refunds, url.Values{"charge": {b.Stripe.Books().Charges[0].ID}})
		b.takeBack(t, sub)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, []string{"refunded 12900"}, b.acts(t))
		require.Equal(t, 1, b.Stripe.Calls("POST", refunds))
	})

	t.Run("SomebodyGavePartOfItBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.Stripe.Ask(t, "POST", refunds, url.Values{"charge": {b.Stripe.Books().Charges[0].ID}, "amount": {"900"}})
		b.takeBack(t, sub)
		b.MustWork(t)
		b.requireUndone(t, sub)
		require.Equal(t, []string{"refunded 12900"}, b.acts(t))
	})

	t.Run("SomebodyEndedItAtStripe", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		b.Stripe.Ask(t, "DELETE", creations+"/"+b.Booked(sub.ReservationID)[0].ID, nil)
		b.takeBack(t, sub)
		b.MustWork(t)
		b.requireUndone(t, sub)
	})

	t.Run("ADraftIsFinalizedAndVoid", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 14, 18, 0, 0, 0, time.UTC))
		sub := b.Claimed(t, testkit.NoFunds)
		b.Decided(t, sub, migration.NextMonth)
		b.MustWork(t)
		b.Clock.Move(2 * day)
		undo := b.takeBack(t, sub)
		var drafting *draftingPayments
		rules := b.Service(t, func(o *migration.Options) {
			drafting = &draftingPayments{Payments: o.Payments}
			o.Payments = drafting
		})
		require.NoError(t, rules.UndoSubscription(t.Context(), migration.SystemActor("job"), undo.ID))
		require.True(t, drafting.finalized)
		b.MustWork(t)
		b.requireUndone(t, sub)
	})

	t.Run("TheBankDoesNotTakeTheRefund", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		undo := b.takeBack(t, sub)
		rules := b.Service(t, func(o *migration.Options) { o.Payments = failedRefund{o.Payments} })
		requireLater(t, rules.UndoSubscription(t.Context(), migration.SystemActor("job"), undo.ID))
		require.Contains(t, b.Strings(t, `SELECT waits_for FROM undos`)[0], "The bank did not take the refund of $129.00.")
		require.Zero(t, b.Stripe.Calls("POST", refunds), "it would not take another one either")
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status, "it is not done, and says why")
	})

	t.Run("OnceHoweverManyRunAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 10 {
			sub := b.Approved(t, migration.CurrentMonth)
			undo := b.takeBack(t, sub)
			run := func() error { return b.Rules.UndoSubscription(t.Context(), migration.SystemActor("job"), undo.ID) }
			for _, err := range atOnce(run, run, run) {
				if err != nil {
					requireLater(t, err)
				}
			}
			require.NoError(t, run())
			b.MustWork(t)
			b.requireUndone(t, sub)
		}
		require.Len(t, b.acts(t), 10)
	})
}

// draftingPayments is a Stripe that shows what is open as a draft until somebody finalizes it, as it does for an hour.
type draftingPayments struct {
	migration.Payments
	finalized bool
}

func (p *draftingPayments) Invoices(ctx context.Context, id string) ([]migration.StripeInvoice, error) {
	all, err := p.Payments.Invoices(ctx, id)
	for i := range all {
		if all[i].Status == queries.InvoiceStatusOpen && !p.finalized {
			all[i].Status = queries.InvoiceStatusDraft
		}
	}
	return all, err
}

func (p *draftingPayments) FinalizeInvoice(context.Context, string) error {
	p.finalized = true
	return nil
}

func (p *draftingPayments) VoidInvoice(ctx context.Context, id string) error {
	if !p.finalized {
		return &migration.ProviderError{Kind: migration.ProviderRefused, Message: "A draft cannot be voided."}
	}
	return p.Payments.VoidInvoice(ctx, id)
}

// failedRefund is a Stripe whose one refund came back.
type failedRefund struct{ migration.Payments }

func (failedRefund) Refunds(context.Context, string) ([]migration.StripeRefund, error) {
	return []migration.StripeRefund{{ID: "re_1", AmountMinor: 12900, Failed: true}}, nil
}
