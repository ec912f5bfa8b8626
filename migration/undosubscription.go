package migration

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/money"
	"carryover/queries"
)

const (
	// undoPause is how long a bank's or a person's doing is waited for before the next look.
	undoPause = time.Hour
	// undoSoon is for what was told by Stripe a moment ago and shows in its books by then.
	undoSoon = 2 * time.Second
)

// undoing is all that the job knows of one taking back.
type undoing struct {
	undo       *queries.Undo
	submission *queries.Submission
	acts       map[string]bool // the invoices that were dealt with, by id
}

// UndoSubscription is the job that takes one approval back at Stripe. It may run any number of times, in several processes, and die at
// any line: each run reads first what Stripe holds, ends what lives, refunds what was paid and not given back, voids what is open, and
// writes down each as it is done. Only when nothing is left is the submission UNDONE.
//
// A refund names no amount, so Stripe itself gives back no more than is left; its refunds are read before each all the same. It
// answers *Later where a bank still works on a debit, or where Stripe refuses and a person has to look.
func (s *Service) UndoSubscription(ctx context.Context, by Actor, id uuid.UUID) error {
	u, err := s.loadUndoing(ctx, id)
	if err != nil || u.undo.State == queries.UndoStateDone {
		return err
	}
	s.Step("undo_before_read_back")
	held, waits, err := s.endAll(ctx, by, u)
	if err != nil {
		return err
	}
	s.Step("undo_ended")
	if waits == nil {
		waits, err = s.takeBackAll(ctx, u, held)
	}
	if err != nil {
		return err
	}
	if waits != nil {
		return s.waitToUndo(ctx, u, *waits)
	}
	s.Step("undo_before_record")
	if err := s.finishUndo(ctx, by, u); err != nil {
		return fmt.Errorf("record undo %s: %w", id, err)
	}
	s.Step("undo_after_record")
	return nil
}

func (s *Service) loadUndoing(ctx context.Context, id uuid.UUID) (u undoing, err error) {
	if u.undo, err = s.q.UndoGet(ctx, s.Pool, id); err != nil {
		return u, fmt.Errorf("read undo %s: %w", id, err)
	}
	if u.submission, err = s.q.SubmissionGet(ctx, s.Pool, u.undo.SubmissionID); err != nil {
		return u, fmt.Errorf("read submission: %w", err)
	}
	acts, err := s.q.UndoInvoiceListByUndos(ctx, s.Pool, []uuid.UUID{id})
	if err != nil {
		return u, fmt.Errorf("read what was taken back: %w", err)
	}
	u.acts = make(map[string]bool, len(acts))
	for _, a := range acts {
		u.acts[a.StripeInvoiceID] = true
	}
	return u, nil
}

// endAll ends every live subscription that carries the reservation, whoever made it, and those of our own records, whatever Stripe says
// of them by now. It answers all of them, ended ones too.
func (s *Service) endAll(ctx context.Context, by Actor, u undoing) (held []string, waits *waiting, err error) {
	all, err := s.heldForUndo(ctx, u)
	if err != nil && isMissing(err) {
		return nil, &waiting{"Stripe does not know this subscription or its customer. Look whether it is asked with the key of the right account.", undoPause}, nil
	}
	if err != nil {
		return nil, nil, s.patience(err, "read back subscriptions")
	}
	for _, sub := range all {
		held = append(held, sub.ID)
		if !isLive(sub.Status) {
			continue
		}
		s.Step("undo_before_end")
		if err := s.Payments.EndSubscription(ctx, sub.ID); err != nil {
			return nil, nil, s.patience(err, "end subscription")
		}
		s.Step("undo_after_end")
	}
	return held, nil, s.inTx(ctx, func(tx pgx.Tx) error { return s.noteEnded(ctx, tx, by, u.submission) })
}

// heldForUndo: metadata may have been edited at Stripe and the customer deleted, so what we made is read by its name as well. What is
// gone with its customer had still been paid, and its invoices are looked through.
func (s *Service) heldForUndo(ctx context.Context, u undoing) (held []StripeSubscription, err error) {
	all, err := s.heldOf(ctx, u.submission.StripeCustomerID)
	if err != nil {
		return nil, err
	}
	ours, err := s.q.SubscriptionListByReservation(ctx, s.Pool, u.submission.ReservationID)
	if err != nil {
		return nil, fmt.Errorf("read subscriptions: %w", err)
	}
	for _, row := range ours {
		sub, err := s.heldAs(ctx, row.StripeCustomerID, row.StripeSubscriptionID)
		if err != nil {
			return nil, err
		}
		if sub == nil {
			sub = &StripeSubscription{ID: row.StripeSubscriptionID, Status: queries.SubscriptionStatusCanceled}
		}
		held = append(held, *sub)
	}
	for _, sub := range all {
		known := slices.ContainsFunc(held, func(h StripeSubscription) bool { return h.ID == sub.ID })
		if !known && sub.ReservationID == u.submission.ReservationID {
			held = append(held, sub)
		}
	}
	return held, nil
}

// noteEnded writes down that the subscription has ended, in case nobody did before.
func (s *Service) noteEnded(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission) error {
	rows, err := s.q.SubscriptionListLiveByReservation(ctx, tx, sub.ReservationID)
	if err != nil {
		return fmt.Errorf("read subscriptions: %w", err)
	}
	for _, row := range rows {
		ended, err := found(s.q.SubscriptionCancelIfLive(ctx, tx, queries.SubscriptionCancelIfLiveParams{ID: row.ID, Now: ptr(s.now())}))
		if err != nil {
			return fmt.Errorf("cancel subscription: %w", err)
		}
		if ended == nil {
			continue
		}
		err = s.record(ctx, tx, by, event{subject: queries.EventSubjectSubscription, id: row.ID, location: sub.LocationID, action: "canceled",
			before: string(ended.Before), after: string(ended.Subscription.Status)})
		if err != nil {
			return err
		}
	}
	return nil
}

// waiting is why an approval cannot be taken back yet, for staff, and when to look again.
type waiting struct {
	why   string
	after time.Duration
}

// takeBackAll goes through all invoices. It goes on behind one that has to wait, so that nothing waits for something else.
func (s *Service) takeBackAll(ctx context.Context, u undoing, subscriptions []string) (waits *waiting, err error) {
	for _, id := range subscriptions {
		invoices, err := s.Payments.Invoices(ctx, id)
		if err != nil {
			return nil, s.patience(err, "list invoices")
		}
		for _, invoice := range invoices {
			if u.acts[invoice.ID] {
				continue
			}
			w, err := s.takeBack(ctx, u, invoice)
			if err != nil {
				return nil, err
			}
			if w != nil && (waits == nil || w.after < waits.after) {
				waits = w
			}
		}
	}
	return waits, nil
}

func (s *Service) takeBack(ctx context.Context, u undoing, i StripeInvoice) (*waiting, error) {
	switch i.Status {
	case queries.InvoiceStatusPaid:
		return s.giveMoneyBack(ctx, u, i)
	case queries.InvoiceStatusVoid:
		return nil, s.noteAct(ctx, u, i, queries.UndoActVoided, i.AmountDueMinor, nil)
	case queries.InvoiceStatusDraft:
		if err := s.Payments.FinalizeInvoice(ctx, i.ID); err != nil {
			return refusedTo("finalize an invoice", err, s.patience(err, "finalize invoice"))
		}
	case queries.InvoiceStatusOpen, queries.InvoiceStatusUncollectible:
	}
	if i.Payment == PaymentProcessing {
		return &waiting{fmt.Sprintf("A bank debit of %s is under way, which takes up to four business days. It is given back when it has arrived.",
			money.Money{Minor: i.AmountDueMinor, Currency: i.Currency}), undoPause}, nil
	}
	s.Step("undo_before_void")
	if err := s.Payments.VoidInvoice(ctx, i.ID); err != nil {
		return refusedTo("void an invoice", err, s.patience(err, "void invoice"))
	}
	s.Step("undo_after_void")
	return nil, s.noteAct(ctx, u, i, queries.UndoActVoided, i.AmountDueMinor, nil)
}

// refusedTo waits where Stripe refuses: mostly the books have moved on since they were read, else a person has to look.
func refusedTo(what string, err, otherwise error) (*waiting, error) {
	if pe := ProviderErrorAs(err); pe.Kind == ProviderRefused {
		return &waiting{"Stripe refused to " + what + ": " + pe.Message, undoPause}, nil
	}
	return nil, otherwise
}

// giveMoneyBack refunds a paid invoice, unless that was done before, by this job or by somebody at Stripe. What the tenant's bank took
// back by a dispute went back too; what it only asks about, or has given up, did not.
func (s *Service) giveMoneyBack(ctx context.Context, u undoing, i StripeInvoice) (*waiting, error) {
	amount := func(minor int64) money.Money { return money.Money{Minor: minor, Currency: i.Currency} }
	elsewhere := i.PaidElsewhere || i.PaymentIntentID == ""
	switch {
	case i.AmountPaidMinor == 0:
		return nil, nil
	case elsewhere && i.CreditedMinor >= i.AmountPaidMinor:
		return nil, s.noteAct(ctx, u, i, queries.UndoActCredited, i.CreditedMinor, nil)
	case elsewhere:
		return &waiting{fmt.Sprintf("The invoice %s of %s was paid outside of Stripe. Give the money back the same way and issue a credit note for it at Stripe, as refunded outside of Stripe; then this goes on.",
			i.ID, amount(i.AmountPaidMinor)), undoPause}, nil
	}
	withdrawn, err := s.withdrawn(ctx, i)
	if err != nil {
		return nil, s.patience(err, "list disputes")
	}
	refunds, err := s.Payments.Refunds(ctx, i.PaymentIntentID)
	if err != nil {
		return nil, s.patience(err, "list refunds")
	}
	back, last, failed := sumRefunds(refunds)
	left := i.AmountPaidMinor - withdrawn - back
	switch {
	case left <= 0:
		return nil, s.noteBack(ctx, u, i, withdrawn, back, last)
	case failed:
		return refundFailed(amount(left)), nil
	case withdrawn > 0:
		return &waiting{fmt.Sprintf("The tenant's bank took %s back by a dispute. Give the other %s back at Stripe; then this goes on.",
			amount(withdrawn), amount(left)), undoPause}, nil
	}
	return s.refund(ctx, u, i, back)
}

func refundFailed(left money.Money) *waiting {
	return &waiting{fmt.Sprintf("The bank did not take the refund of %s. Give it back at Stripe or by another way, and note it there as a refund.", left), undoPause}
}

// withdrawn is what the tenant's bank holds of an invoice's payment, for good or until a dispute is decided.
func (s *Service) withdrawn(ctx context.Context, i StripeInvoice) (minor int64, err error) {
	if !i.Disputed {
		return 0, nil
	}
	disputes, err := s.Payments.Disputes(ctx, i.ChargeID)
	return withdrawnBy(disputes), err
}

func withdrawnBy(disputes []StripeDispute) (minor int64) {
	for _, d := range disputes {
		if d.State == DisputeWithdrawn {
			minor += d.AmountMinor
		}
	}
	return minor
}

// noteBack notes both ways in which an invoice's money has gone back, whole or not at all: with one of them it counts as dealt with.
func (s *Service) noteBack(ctx context.Context, u undoing, i StripeInvoice, withdrawn, back int64, refund string) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		if withdrawn > 0 {
			if err := s.noteActIn(ctx, tx, u, i, queries.UndoActDisputed, withdrawn, nil); err != nil {
				return err
			}
		}
		if back == 0 {
			return nil
		}
		return s.noteActIn(ctx, tx, u, i, queries.UndoActRefunded, back, &refund)
	})
}

// sumRefunds adds up what has gone back or is on its way; the newest of these stands for them.
func sumRefunds(refunds []StripeRefund) (back int64, last string, failed bool) {
	for _, r := range refunds {
		if r.Failed {
			failed = true
			continue
		}
		back += r.AmountMinor
		if last == "" {
			last = r.ID
		}
	}
	return back, last, failed
}

func (s *Service) refund(ctx context.Context, u undoing, i StripeInvoice, back int64) (*waiting, error) {
	key := fmt.Sprintf("undo-%s-%s-%d", u.undo.ID, i.PaymentIntentID, u.undo.TryNumber)
	s.Step("undo_before_refund")
	made, err := s.Payments.Refund(ctx, key, i.PaymentIntentID, u.undo.ID)
	s.Step("undo_after_refund")
	if err != nil {
		return s.notRefunded(ctx, u, err)
	}
	if made.Failed {
		return refundFailed(money.Money{Minor: i.AmountPaidMinor - back, Currency: i.Currency}), nil
	}
	return nil, s.noteAct(ctx, u, i, queries.UndoActRefunded, back+made.AmountMinor, &made.ID)
}

// notRefunded: what was given back by somebody else a moment ago is found by the next look; what only repeats Stripe's failure goes on
// under a new key, since the refunds were read and this one was not among them.
func (s *Service) notRefunded(ctx context.Context, u undoing, err error) (*waiting, error) {
	pe := ProviderErrorAs(err)
	switch {
	case pe.Code == "charge_already_refunded", pe.Code == "charge_disputed":
		return &waiting{"", undoSoon}, nil
	case pe.Replays && pe.Kind == ProviderUncertain:
		next := s.q.UndoStartNextTry(ctx, s.Pool, queries.UndoStartNextTryParams{ID: u.undo.ID, TryNumber: u.undo.TryNumber})
		return &waiting{"", undoSoon}, next
	}
	return refusedTo("give the money back", err, s.patience(err, "refund"))
}

func (s *Service) noteAct(ctx context.Context, u undoing, i StripeInvoice, act queries.UndoAct, minor int64, refund *string) error {
	return s.noteActIn(ctx, s.Pool, u, i, act, minor, refund)
}

func (s *Service) noteActIn(ctx context.Context, db queries.DBTX, u undoing, i StripeInvoice, act queries.UndoAct, minor int64, refund *string) error {
	err := s.q.UndoInvoiceInsertOrNothing(ctx, db, queries.UndoInvoiceInsertOrNothingParams{UndoID: u.undo.ID, StripeInvoiceID: i.ID,
		Act: act, AmountMinor: minor, Currency: i.Currency, StripeRefundID: refund, Now: s.now()})
	if err != nil {
		return fmt.Errorf("note what was taken back: %w", err)
	}
	return nil
}

func (s *Service) waitToUndo(ctx context.Context, u undoing, w waiting) error {
	err := s.q.UndoWait(ctx, s.Pool, queries.UndoWaitParams{ID: u.undo.ID, WaitsFor: w.why, NextLookAt: s.now().Add(w.after)})
	if err != nil {
		return fmt.Errorf("note why undo %s waits: %w", u.undo.ID, err)
	}
	return &Later{After: w.after, Why: w.why}
}

// finishUndo: what exists at Stripe has ended, and so does everything here.
func (s *Service) finishUndo(ctx context.Context, by Actor, u undoing) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		undo, err := found(s.q.UndoFinishIfPending(ctx, tx, queries.UndoFinishIfPendingParams{ID: u.undo.ID, Now: ptr(s.now())}))
		if err != nil || undo == nil {
			return err
		}
		// The subscription is held before what it carries over, as by whoever looks at it.
		if err := s.lookAtItAgain(ctx, tx, u.submission.ID); err != nil {
			return err
		}
		sub, err := s.q.SubmissionUndoIfApproved(ctx, tx, queries.SubmissionUndoIfApprovedParams{
			ID: u.submission.ID, StatusReason: undo.Reason, Now: s.now()})
		if err != nil {
			return err
		}
		if err := s.endReservation(ctx, tx, by, sub.ReservationID, sub.LocationID); err != nil {
			return err
		}
		err = s.record(ctx, tx, by, event{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID, action: "undone",
			before: string(queries.SubmissionStatusApproved), after: string(sub.Status)})
		if err != nil {
			return err
		}
		return s.tellUndone(ctx, tx, by, sub)
	})
}

// lookAtItAgain lets the books of the subscription show what was given back.
func (s *Service) lookAtItAgain(ctx context.Context, tx pgx.Tx, submission uuid.UUID) error {
	row, err := s.q.SubscriptionGetBySubmission(ctx, tx, submission)
	if err != nil {
		return fmt.Errorf("read subscription: %w", err)
	}
	return s.q.SubscriptionLookNow(ctx, tx, queries.SubscriptionLookNowParams{Ids: []uuid.UUID{row.ID}, Now: ptr(s.now())})
}
