package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"carryover/queries"
)

// Why a submission cannot be approved: the words of the view approvables and of a batch's rows. outcomeMessages has them for people.
const (
	ReasonNotReady           = "NOT_READY"
	ReasonAlreadyDecided     = "ALREADY_DECIDED"
	ReasonReservationEnded   = "RESERVATION_ENDED"
	ReasonReservedTwice      = "RESERVED_TWICE"
	ReasonPlanWithdrawn      = "PLAN_WITHDRAWN"
	ReasonInsuranceWithdrawn = "INSURANCE_WITHDRAWN"
	ReasonQuoteChanged       = "QUOTE_CHANGED"
	ReasonNotManaged         = "NOT_MANAGED" // by whoever started the batch, when its turn came
)

// How an approval ended that made no subscription in good standing.
const (
	ReasonPaymentFailed = "PAYMENT_FAILED"
	ReasonReturned      = "RETURNED"
	ReasonTenantAction  = "TENANT_ACTION_REQUIRED"
)

// obstacleOf is what stands in the way of an approval, whatever state the submission is in; "" where nothing does. Staff see it
// when they approve, and the job looks once more before it asks Stripe for anything.
func (s *Service) obstacleOf(ctx context.Context, db queries.DBTX, submission uuid.UUID) (word string, err error) {
	row, err := s.q.ApprovableGet(ctx, db, submission)
	if err != nil {
		return "", fmt.Errorf("read whether submission %s can be approved: %w", submission, err)
	}
	return row.Obstacle, nil
}

// refuseObstacle says what would be right. Who comes second to a decision is told of that one instead.
func (s *Service) refuseObstacle(ctx context.Context, db queries.DBTX, sub *queries.Submission) error {
	if sub.Status != queries.SubmissionStatusReadyForApproval {
		return nil
	}
	word, err := s.obstacleOf(ctx, db, sub.ID)
	if err != nil || word == "" {
		return err
	}
	now, err := s.q.SubmissionGet(ctx, db, sub.ID)
	if err != nil {
		return fmt.Errorf("read submission: %w", err)
	}
	if now.Status != sub.Status {
		return nil // somebody decided meanwhile, which is what stands in the way; whoever changes the row is told who
	}
	return Refuse(CodeWrongState, outcomeMessages[word], "submissionId")
}
