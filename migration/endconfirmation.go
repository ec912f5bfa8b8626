package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// CanEndConfirmation tells whether a tenant's bank waits for the tenant.
func CanEndConfirmation(sub *queries.Submission) bool {
	return sub.Status == queries.SubmissionStatusTenantActionRequired
}

// EndConfirmation waits no more for a tenant who does not confirm at their bank: a job ends the subscription, for which nothing was
// charged, and the submission is PAYMENT_FAILED with the reason, which the tenant reads behind the link that opens again. What the
// tenant confirms or pays before the job has come to it counts, and nothing is ended then.
//
// Of two staff one is first; the other gets ALREADY_DECIDED. Until the job has run the submission stays as it is.
func (s *Service) EndConfirmation(ctx context.Context, by Actor, id uuid.UUID, reason string) (*queries.Submission, error) {
	var r Refusals
	if reason = cleanText(&r, reason, 500, "reason"); reason == "" {
		r.add(CodeRequired, "Say why: the tenant reads it.", "reason")
	}
	if len(r) > 0 {
		return nil, r
	}
	var sub *queries.Submission
	err := s.inTxAgain(ctx, func(tx pgx.Tx) (err error) {
		if sub, err = s.managedSubmission(ctx, tx, by, id); err != nil {
			return err
		}
		end, err := found(s.q.ConfirmationEndInsertIfAwaited(ctx, tx, queries.ConfirmationEndInsertIfAwaitedParams{
			SubmissionID: id, StaffID: by.staffID(), Reason: reason, Now: s.now()}))
		if err != nil {
			return fmt.Errorf("insert confirmation end: %w", err)
		}
		if end == nil {
			return s.refuseEnd(ctx, tx, sub)
		}
		return s.lookToEnd(ctx, tx, by, sub)
	})
	return sub, err
}

// lookToEnd has Stripe asked at once, also where a look is under way that began before.
func (s *Service) lookToEnd(ctx context.Context, tx pgx.Tx, by Actor, sub *queries.Submission) error {
	row, err := s.q.SubscriptionGetBySubmission(ctx, tx, sub.ID)
	if err != nil {
		return fmt.Errorf("read subscription: %w", err)
	}
	if err := s.q.SubscriptionLookNow(ctx, tx, queries.SubscriptionLookNowParams{Ids: []uuid.UUID{row.ID}, Now: ptr(s.now())}); err != nil {
		return fmt.Errorf("let the subscription be looked at: %w", err)
	}
	if err := s.record(ctx, tx, by, event{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID,
		action: "confirmation_given_up", before: string(sub.Status), after: string(sub.Status)}); err != nil {
		return err
	}
	return s.enqueue(ctx, tx, SyncSubscriptionArgs{SubscriptionID: row.ID}, nil)
}

func (s *Service) refuseEnd(ctx context.Context, tx pgx.Tx, sub *queries.Submission) error {
	end, err := found(s.q.ConfirmationEndGet(ctx, tx, sub.ID))
	if err != nil {
		return fmt.Errorf("read confirmation end: %w", err)
	}
	if end != nil {
		return s.decidedBy(ctx, tx, end.StaffID, "The waiting was ended already by %s: "+end.Reason)
	}
	return Refuse(CodeWrongState, "No confirmation of this tenant's is waited for, so there is nothing to end.", "submissionId")
}

// whyGivenUp is what staff wrote who wait no more for a confirmation; "" where nobody did.
func (s *Service) whyGivenUp(ctx context.Context, submission uuid.UUID) (string, error) {
	end, err := found(s.q.ConfirmationEndGet(ctx, s.Pool, submission))
	if err != nil {
		return "", fmt.Errorf("read confirmation end: %w", err)
	}
	if end == nil {
		return "", nil
	}
	return end.Reason, nil
}
