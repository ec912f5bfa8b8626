package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"carryover/money"
	"carryover/queries"
)

// confirmMargin is how long before its first charge a subscription is ended that the tenant has not confirmed.
const confirmMargin = time.Hour

const notInTime = "The payment was not confirmed in time. Nothing was charged."

// confirmedAs is what became of a confirmation that a tenant was asked for: "" while it is waited for, else how the submission
// goes on, with the reason. What is paid is approved, whatever else has happened.
func confirmedAs(b books, now time.Time) (to queries.SubmissionStatus, reason string) {
	theirs := b.theirs
	first := firstInvoice(b.invoices)
	switch {
	case first != nil && first.Status == queries.InvoiceStatusPaid:
		return queries.SubmissionStatusApproved, ""
	case theirs.Status == queries.SubscriptionStatusIncompleteExpired:
		return queries.SubmissionStatusPaymentFailed, notInTime
	case !isLive(theirs.Status) && b.endedFor != "":
		return queries.SubmissionStatusPaymentFailed, b.endedFor
	case !isLive(theirs.Status):
		return queries.SubmissionStatusPaymentFailed, "The subscription was ended before the payment was confirmed. Nothing was charged."
	case theirs.FirstPaymentFailed, theirs.ConfirmationFailed:
		return queries.SubmissionStatusPaymentFailed, "The bank did not accept the confirmation. Nothing was charged."
	case theirs.Status == queries.SubscriptionStatusIncomplete: // asked or under way; Stripe's own patience ends it
		return "", ""
	case first != nil && (first.Payment == PaymentConfirming || first.Payment == PaymentFailed), // the charge came first
		theirs.ActionRequired && first != nil && first.Payment == PaymentUntried: // and had nobody to charge; its day does not return
		return queries.SubmissionStatusPaymentFailed, notInTime
	case theirs.ActionRequired && theirs.NextChargeAt != nil && now.Before(theirs.NextChargeAt.Add(-confirmMargin)):
		return "", ""
	case theirs.ActionRequired:
		return queries.SubmissionStatusPaymentFailed, notInTime
	}
	return queries.SubmissionStatusApproved, ""
}

// endUnconfirmed ends a subscription at Stripe whose confirmation came to nothing, before the tenant is asked for another payment
// method: Stripe's page would still take a payment for it, beside the next one.
// It answers why, or "" where nothing was ended.
func (s *Service) endUnconfirmed(ctx context.Context, b books) (why string, err error) {
	sub, err := s.q.SubmissionGet(ctx, s.Pool, b.row.SubmissionID)
	if err != nil || sub.Status != queries.SubmissionStatusTenantActionRequired {
		return "", err
	}
	givenUp, err := s.whyGivenUp(ctx, sub.ID)
	if err != nil || !isLive(b.theirs.Status) { // ended before that was written down
		return givenUp, err
	}
	to, why := confirmedAs(b, s.now())
	if to == "" && givenUp != "" {
		to, why = queries.SubmissionStatusPaymentFailed, givenUp
	}
	if to != queries.SubmissionStatusPaymentFailed {
		return "", nil
	}
	s.Step("before_end")
	if err := s.Payments.EndSubscription(ctx, b.row.StripeSubscriptionID); err != nil {
		return "", err
	}
	s.Step("after_end")
	return why, nil
}

// settleConfirmation moves a submission on that waited for its tenant's bank, and its approval with it.
func (s *Service) settleConfirmation(ctx context.Context, tx pgx.Tx, by Actor, c *billed, b books) error {
	if c.submission.Status != queries.SubmissionStatusTenantActionRequired {
		return nil
	}
	to, reason := confirmedAs(b, s.now())
	if to == "" || (to == queries.SubmissionStatusPaymentFailed && isLive(b.theirs.Status)) {
		return nil // it is still waited for, or is ended first
	}
	outcome := queries.ApprovalOutcomeApproved
	if to == queries.SubmissionStatusPaymentFailed {
		outcome = queries.ApprovalOutcomePaymentFailed
	}
	approval, err := found(s.q.ApprovalSettleIfAwaited(ctx, tx, queries.ApprovalSettleIfAwaitedParams{
		ID: c.approval.ID, Outcome: outcome, OutcomeReason: reason, Now: ptr(s.now())}))
	if err != nil || approval == nil {
		return err
	}
	sub, err := s.q.SubmissionSettleIfAwaited(ctx, tx, queries.SubmissionSettleIfAwaitedParams{
		ID: c.submission.ID, Status: to, StatusReason: reason, Now: s.now()})
	if err != nil {
		return fmt.Errorf("settle submission: %w", err)
	}
	before := c.submission.Status
	c.submission, c.approval = sub, approval
	if err := s.record(ctx, tx, by,
		event{subject: queries.EventSubjectApproval, id: approval.ID, location: sub.LocationID, action: string(outcome),
			before: string(queries.ApprovalOutcomeTenantActionRequired), after: string(approval.Outcome)},
		event{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID, action: string(to),
			before: string(before), after: string(sub.Status)}); err != nil {
		return err
	}
	if err := s.settleApprovalItem(ctx, tx, approval, queries.ApprovalOutcomeTenantActionRequired); err != nil {
		return err
	}
	if !ReopensLink(to) {
		return nil
	}
	return s.reopenLink(ctx, tx, by, sub)
}

// PaymentConfirmation is what a tenant is asked to confirm, for the page behind the link.
type PaymentConfirmation struct {
	Confirmation
	PublishableKey string
	Until          time.Time    // when it is given up; zero where Stripe's own schedule decides
	Amount         *money.Money // what is paid by it, where it was read for the tenant's account; nil where only the card waits
}

// ConfirmationOf reads from Stripe, at this moment, how a tenant answers their bank; nil where nothing is asked. With an error of
// Stripe's it still answers until when, and what by our records waits.
func (s *Service) ConfirmationOf(ctx context.Context, sub *queries.Submission) (*PaymentConfirmation, error) {
	if sub == nil || sub.Status != queries.SubmissionStatusTenantActionRequired {
		return nil, nil
	}
	row, err := s.q.SubscriptionGetBySubmission(ctx, s.Pool, sub.ID)
	if err != nil {
		return nil, fmt.Errorf("read subscription: %w", err)
	}
	asked := &PaymentConfirmation{PublishableKey: s.PublishableKey, Until: confirmUntil(row)}
	if asked.Confirmation, err = s.Payments.Confirmation(ctx, row.StripeSubscriptionID); err != nil {
		asked.Payment = row.Status == queries.SubscriptionStatusIncomplete
		return asked, fmt.Errorf("read confirmation: %w", err)
	}
	if asked.ClientSecret == "" { // it was just given, and the next look finds it
		return nil, nil
	}
	return asked, nil
}

// firstPatience is how long Stripe keeps an incomplete subscription (its documentation, "How subscriptions work").
const firstPatience = 23 * time.Hour

// confirmUntil is the end of the time to confirm: Stripe's own where a charge waits, ours where only the card does.
func confirmUntil(row *queries.Subscription) time.Time {
	if row.Status == queries.SubscriptionStatusIncomplete || row.NextChargeAt == nil {
		return row.CreatedAt.Add(firstPatience)
	}
	return row.NextChargeAt.Add(-confirmMargin)
}
