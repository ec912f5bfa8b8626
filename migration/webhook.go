package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// RecordStripeEvent takes note of an event, once, and enqueues the look that it asks for in the same transaction. The event is
// only a reason to look: the object is read again from Stripe, so order, delay and repetition do not matter. What is not ours
// (accounts are shared) is noted and ignored.
func (s *Service) RecordStripeEvent(ctx context.Context, e StripeEvent) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		submission, err := s.concerned(ctx, tx, e)
		if err != nil {
			return err
		}
		n, err := s.q.WebhookEventInsertOrNothing(ctx, tx, queries.WebhookEventInsertOrNothingParams{
			Provider: "stripe", EventID: e.ID, Type: e.Type, ObjectID: e.ObjectID, Now: s.now(), Ours: submission != uuid.Nil})
		if err != nil || n == 0 || submission == uuid.Nil {
			return err
		}
		if _, err := s.q.BankVerificationLookNow(ctx, tx, queries.BankVerificationLookNowParams{SubmissionID: submission, Now: s.now()}); err != nil {
			return err
		}
		return s.enqueue(ctx, tx, PollBankVerificationArgs{SubmissionID: submission, Cause: e.ID}, nil)
	})
	if err != nil {
		return fmt.Errorf("record Stripe event %s: %w", e.ID, err)
	}
	return nil
}

// concerned answers the submission that an event may have something to say about, or the zero id.
func (s *Service) concerned(ctx context.Context, tx pgx.Tx, e StripeEvent) (uuid.UUID, error) {
	if !strings.HasPrefix(e.Type, "setup_intent.") {
		return uuid.Nil, nil
	}
	sub, err := found(s.q.SubmissionGetBySetupIntent(ctx, tx, e.ObjectID))
	if err != nil || sub == nil {
		return uuid.Nil, err
	}
	return sub.ID, nil
}
