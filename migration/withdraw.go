package migration

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/queries"
)

// CanWithdraw tells whether Stripe was surely not asked for a subscription yet: a worker commits its call before it makes it.
func CanWithdraw(a *queries.Approval) bool {
	return a.Outcome == queries.ApprovalOutcomePending && a.LastCalledAt == nil
}

// WithdrawApproval gives an approval back of which Stripe was not asked, as one that waits for its billing moment: the submission is
// READY_FOR_APPROVAL, and the approval's job finds nothing to do. Of this and a worker whose turn has come one is first, in SQL; once
// the worker is, it is refused with the submission as it stands. In a batch its row ends as one that came back.
func (s *Service) WithdrawApproval(ctx context.Context, by Actor, id uuid.UUID, reason string) (sub *queries.Submission, err error) {
	var r Refusals
	reason = cleanText(&r, reason, 500, "reason")
	if err := r.err(); err != nil {
		return nil, err
	}
	why := "The approval was withdrawn before Stripe was asked."
	if reason != "" {
		why += " " + reason
	}
	var batch *uuid.UUID
	err = s.inTxAgain(ctx, func(tx pgx.Tx) error {
		if sub, err = s.managedSubmission(ctx, tx, by, id); err != nil {
			return err
		}
		a, err := found(s.q.ApprovalWithdrawIfUncalled(ctx, tx, queries.ApprovalWithdrawIfUncalledParams{
			SubmissionID: id, StaffID: by.staffID(), OutcomeReason: why, Now: ptr(s.now())}))
		if err != nil {
			return fmt.Errorf("withdraw approval: %w", err)
		}
		if a == nil {
			sub, err = s.whyNotWithdrawn(ctx, tx, id)
			return err
		}
		batch = a.BatchID
		sub, err = s.returnUncalled(ctx, tx, by, a)
		return err
	})
	if err != nil {
		return sub, err
	}
	return sub, s.finishBatchOf(ctx, by, batch)
}

// returnUncalled writes the submission's side of it, the events, and the row of a batch.
func (s *Service) returnUncalled(ctx context.Context, tx pgx.Tx, by Actor, a *queries.Approval) (*queries.Submission, error) {
	sub, err := s.q.SubmissionSettleIfApproving(ctx, tx, queries.SubmissionSettleIfApprovingParams{
		ID: a.SubmissionID, Status: queries.SubmissionStatusReadyForApproval, StatusReason: a.OutcomeReason, Now: s.now()})
	if err != nil {
		return nil, fmt.Errorf("return submission: %w", err)
	}
	if err := s.record(ctx, tx, by, withdrawnEvents(a.ID, sub.ID, sub.LocationID)...); err != nil {
		return nil, err
	}
	return sub, s.settleApprovalItem(ctx, tx, a, queries.ApprovalOutcomePending)
}

func withdrawnEvents(approval, submission, location uuid.UUID) []event {
	return []event{
		{subject: queries.EventSubjectApproval, id: approval, location: location, action: "withdrawn",
			before: string(queries.ApprovalOutcomePending), after: string(queries.ApprovalOutcomeReturned)},
		{subject: queries.EventSubjectSubmission, id: submission, location: location, action: "withdrawn",
			before: string(queries.SubmissionStatusApproving), after: string(queries.SubmissionStatusReadyForApproval)},
	}
}

// whyNotWithdrawn says how it stands and what would be right.
func (s *Service) whyNotWithdrawn(ctx context.Context, tx pgx.Tx, id uuid.UUID) (*queries.Submission, error) {
	sub, err := s.q.SubmissionGet(ctx, tx, id)
	if err != nil {
		return nil, fmt.Errorf("read submission: %w", err)
	}
	words := "It is not approved, so there is nothing to withdraw."
	switch sub.Status {
	case queries.SubmissionStatusApproving:
		words = "Stripe was asked for the subscription already. Once it is APPROVED, the approval can be taken back."
	case queries.SubmissionStatusTenantActionRequired:
		words = "The subscription was made already, and the tenant's bank waits for the tenant. End that waiting instead."
	case queries.SubmissionStatusApproved:
		words = "The subscription was made already. Take the approval back instead."
	default:
	}
	return sub, Refuse(CodeWrongState, words, "submissionId")
}
