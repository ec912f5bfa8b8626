package migration

import (
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// RecordStripeEvent takes note of an event, once, and enqueues the looks that it asks for in the same transaction. The event is
// only a reason to look: the object is read again from Stripe, so order, delay and repetition do not matter. What is not ours
// (accounts are shared) is noted and ignored.
func (s *Service) RecordStripeEvent(ctx context.Context, e StripeEvent) error {
	err := s.inTx(ctx, func(tx pgx.Tx) error {
		c, err := s.concerned(ctx, tx, e)
		if err != nil {
			return err
		}
		n, err := s.q.WebhookEventInsertOrNothing(ctx, tx, queries.WebhookEventInsertOrNothingParams{
			Provider: "stripe", EventID: e.ID, Type: e.Type, ObjectID: e.ObjectID, Now: s.now(), Ours: c.any()})
		if err != nil || n == 0 || !c.any() {
			return err
		}
		return s.lookAt(ctx, tx, c, e.ID)
	})
	if err != nil {
		return fmt.Errorf("record Stripe event %s: %w", e.ID, err)
	}
	return nil
}

// concern is what an event may have something to say about.
type concern struct {
	verification  uuid.UUID   // a submission whose bank account is waited for, or the zero id
	methods       []uuid.UUID // submissions that wait with a payment method
	subscriptions []uuid.UUID
	cards         []*queries.CounterMigration // of customers at a counter
}

func (c concern) any() bool {
	return c.verification != uuid.Nil || len(c.methods) > 0 || len(c.subscriptions) > 0 || len(c.cards) > 0
}

func (s *Service) concerned(ctx context.Context, tx pgx.Tx, e StripeEvent) (c concern, err error) {
	kind, _, _ := strings.Cut(e.Type, ".")
	if kind == "setup_intent" || strings.HasPrefix(e.Type, "terminal.reader.") {
		if c.cards, err = s.q.CounterMigrationListByCard(ctx, tx, e.ObjectID); err != nil {
			return c, fmt.Errorf("find whose card it is: %w", err)
		}
	}
	of := queries.SubscriptionListConcernedParams{StripeSubscriptionID: e.SubscriptionID, ReservationID: e.ReservationID,
		ChargeID: e.ChargeID, PaymentIntentID: e.PaymentIntentID}
	switch kind {
	case "setup_intent":
		sub, err := found(s.q.SubmissionGetBySetupIntent(ctx, tx, e.ObjectID))
		if err != nil {
			return c, fmt.Errorf("find the submission of a setup intent: %w", err)
		}
		if sub != nil {
			c.verification = sub.ID
		}
		of = queries.SubscriptionListConcernedParams{ConfirmingCustomerID: e.CustomerID}
	case "payment_method", "mandate":
		method := e.PaymentMethodID
		if kind == "payment_method" {
			method = e.ObjectID
		}
		c.methods, err = s.q.SubmissionListByMethod(ctx, tx, method)
		return c, err
	case "customer": // customer.subscription.*
		of.StripeSubscriptionID = e.ObjectID
	case "invoice", "charge", "refund":
	default:
		return c, nil
	}
	c.subscriptions, err = s.q.SubscriptionListConcerned(ctx, tx, of)
	return c, err
}

// lookAt makes what an event is about due at once, with a job for each. Where the job is alive already, or has just ended, the
// look-for-work finds what is due.
func (s *Service) lookAt(ctx context.Context, tx pgx.Tx, c concern, cause string) error {
	if c.verification != uuid.Nil {
		if _, err := s.q.BankVerificationLookNow(ctx, tx, queries.BankVerificationLookNowParams{SubmissionID: c.verification, Now: s.now()}); err != nil {
			return err
		}
		if err := s.enqueue(ctx, tx, PollBankVerificationArgs{SubmissionID: c.verification, Cause: cause}, nil); err != nil {
			return err
		}
	}
	for _, id := range c.methods {
		if err := s.enqueue(ctx, tx, CheckPaymentMethodArgs{SubmissionID: id, Cause: cause}, nil); err != nil {
			return err
		}
	}
	for _, m := range c.cards {
		if err := s.enqueue(ctx, tx, LookAtCardArgs{SessionID: m.SessionID, Cause: cause}, nil); err != nil {
			return err
		}
	}
	if err := s.q.SubscriptionLookNow(ctx, tx, queries.SubscriptionLookNowParams{Ids: c.subscriptions, Now: ptr(s.now())}); err != nil {
		return err
	}
	for _, id := range c.subscriptions {
		if err := s.enqueue(ctx, tx, SyncSubscriptionArgs{SubscriptionID: id}, nil); err != nil {
			return err
		}
	}
	return nil
}
