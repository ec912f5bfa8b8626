package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// methodLookEvery is how often a payment method that waits for approval is looked at without being told of anything.
const methodLookEvery = 24 * time.Hour

// whyMethodLost reads a submission's payment method, and its mandate where it has one, from Stripe: why it can never be charged
// again, or "".
func (s *Service) whyMethodLost(ctx context.Context, sub *queries.Submission) (string, error) {
	const removed = "The payment method was removed and cannot be charged any more."
	method, err := s.Payments.PaymentMethod(ctx, sub.StripePaymentMethodID)
	if err != nil && isMissing(err) { // believed only from the account that has the customer, deleted or not
		_, err = s.Payments.CustomerDeleted(ctx, sub.StripeCustomerID)
		if err == nil {
			return removed, nil
		}
	}
	switch {
	case err != nil:
		return "", err
	case method.CustomerID != sub.StripeCustomerID && sub.Status != queries.SubmissionStatusWaitingForBankVerification:
		return removed, nil
	case method.Blocked != "":
		return method.Blocked, nil
	case sub.StripeMandateID == nil:
		return "", nil
	}
	ended, err := s.Payments.MandateEnded(ctx, *sub.StripeMandateID)
	if (err == nil && ended) || (err != nil && isMissing(err)) { // the account has the method, so it had the mandate
		return "The authorization for debits from the bank account was withdrawn.", nil
	}
	return "", err
}

// lookForMethods finds those that wait for approval and were not looked at for a day.
func (s *Service) lookForMethods(ctx context.Context, tx pgx.Tx) error {
	due, err := s.q.SubmissionListMethodsDue(ctx, tx, queries.SubmissionListMethodsDueParams{
		Before: s.now().Add(-methodLookEvery), RowLimit: looksAtOnce})
	if err != nil {
		return fmt.Errorf("list due payment methods: %w", err)
	}
	for _, id := range due {
		if err := s.enqueue(ctx, tx, CheckPaymentMethodArgs{SubmissionID: id}, nil); err != nil {
			return err
		}
	}
	return nil
}

// CheckPaymentMethod is the job that looks whether the payment method of a submission can still be charged. One that waits for
// approval becomes METHOD_LOST where it cannot, one that waits for the bank BANK_VERIFICATION_FAILED; the link opens again and the
// tenant is told. An approval under way looks for itself.
func (s *Service) CheckPaymentMethod(ctx context.Context, by Actor, submissionID uuid.UUID) error {
	sub, err := found(s.q.SubmissionGet(ctx, s.Pool, submissionID))
	if err != nil || sub == nil {
		return err
	}
	waits := sub.Status == queries.SubmissionStatusWaitingForBankVerification
	if !waits && sub.Status != queries.SubmissionStatusReadyForApproval {
		return nil
	}
	why, err := s.whyMethodLost(ctx, sub)
	if err != nil {
		return s.patience(err, "read payment method")
	}
	if why != "" && waits {
		return s.endVerification(ctx, by, sub, queries.SubmissionStatusBankVerificationFailed, why, "")
	}
	err = s.inTx(ctx, func(tx pgx.Tx) error {
		if err := s.q.SubmissionNoteMethodLook(ctx, tx, queries.SubmissionNoteMethodLookParams{SubmissionID: sub.ID, Now: s.now()}); err != nil {
			return err
		}
		if why == "" {
			return nil
		}
		return s.loseMethod(ctx, tx, by, sub.ID, why)
	})
	if err != nil {
		return fmt.Errorf("record the look at the payment method of %s: %w", sub.ID, err)
	}
	return nil
}

// loseMethod: where somebody was first, nothing is written.
func (s *Service) loseMethod(ctx context.Context, tx pgx.Tx, by Actor, id uuid.UUID, reason string) error {
	sub, err := found(s.q.SubmissionLoseMethodIfReady(ctx, tx, queries.SubmissionLoseMethodIfReadyParams{
		ID: id, StatusReason: reason, Now: s.now()}))
	if err != nil || sub == nil {
		return err
	}
	if err := s.record(ctx, tx, by, event{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID,
		action: "method_lost", before: string(queries.SubmissionStatusReadyForApproval), after: string(sub.Status)}); err != nil {
		return err
	}
	return s.reopenLink(ctx, tx, by, sub)
}
