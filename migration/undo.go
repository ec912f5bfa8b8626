package migration

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/ids"
	"carryover/queries"
)

// UndoRequest takes an approval back. The tenant reads the reason.
type UndoRequest struct {
	SubmissionID uuid.UUID
	Reason       string
}

// Undone is an approval that is being taken back, or the submission as it stands where something was in the way.
type Undone struct {
	Submission *queries.Submission
	Undo       *queries.Undo
}

// UndoUntil is when the time to take an approval back is over; nil where it cannot be, or is taken back already.
func (s *Service) UndoUntil(sub *queries.Submission, approvals []*queries.Approval, undo *queries.Undo) *time.Time {
	if sub.Status != queries.SubmissionStatusApproved || undo != nil {
		return nil
	}
	for _, a := range approvals {
		if a.Outcome == queries.ApprovalOutcomeApproved && a.OutcomeAt != nil {
			return ptr(a.OutcomeAt.Add(s.UndoWindow))
		}
	}
	return nil
}

// CanUndo tells whether the time is not over yet.
func (s *Service) CanUndo(until *time.Time) bool { return until != nil && s.now().Before(*until) }

// UndoApproval begins to take an approval back: a job ends the subscription at Stripe, gives back what was charged and voids what was
// not paid. The submission stays APPROVED until all of that is done, and is then UNDONE; both are kept in its history.
//
// Of two staff at once one wins; the other gets ALREADY_DECIDED and is told of the winner.
func (s *Service) UndoApproval(ctx context.Context, by Actor, req UndoRequest) (Undone, error) {
	var r Refusals
	req.Reason = cleanText(&r, req.Reason, 500, "reason")
	if req.Reason == "" {
		r.add(CodeRequired, "Say why: the tenant reads it.", "reason")
	}
	if len(r) > 0 {
		return Undone{}, r
	}
	var done Undone
	err := s.inTxAgain(ctx, func(tx pgx.Tx) (err error) {
		if done.Submission, err = s.managedSubmission(ctx, tx, by, req.SubmissionID); err != nil {
			return err
		}
		done.Undo, err = found(s.q.UndoInsertIfApproved(ctx, tx, queries.UndoInsertIfApprovedParams{ID: ids.New(), SubmissionID: req.SubmissionID,
			StaffID: by.staffID(), Reason: req.Reason, Now: s.now(), Since: s.now().Add(-s.UndoWindow)}))
		if err != nil {
			return fmt.Errorf("insert undo: %w", err)
		}
		if done.Undo == nil {
			done, err = s.whyNotUndone(ctx, tx, req.SubmissionID)
			return err
		}
		sub := done.Submission
		err = s.record(ctx, tx, by, event{subject: queries.EventSubjectSubmission, id: sub.ID, location: sub.LocationID, action: "undo_requested",
			before: string(sub.Status), after: string(sub.Status), detail: map[string]any{"reason": req.Reason}})
		if err != nil {
			return err
		}
		return s.enqueue(ctx, tx, UndoSubscriptionArgs{UndoID: done.Undo.ID}, nil)
	})
	return done, err
}

// whyNotUndone tells who was first, or what would be right.
func (s *Service) whyNotUndone(ctx context.Context, tx pgx.Tx, id uuid.UUID) (Undone, error) {
	sub, err := s.q.SubmissionGet(ctx, tx, id)
	if err != nil {
		return Undone{}, fmt.Errorf("read submission: %w", err)
	}
	undo, err := found(s.q.UndoGetBySubmission(ctx, tx, id))
	if err != nil {
		return Undone{}, fmt.Errorf("read undo: %w", err)
	}
	stands := Undone{Submission: sub, Undo: undo}
	switch {
	case undo != nil && undo.State == queries.UndoStatePending:
		return stands, s.decidedBy(ctx, tx, undo.StaffID, "This approval is being taken back already, as %s asked: "+undo.Reason)
	case undo != nil:
		return stands, s.decidedBy(ctx, tx, undo.StaffID, "This approval was taken back already by %s: "+undo.Reason)
	case sub.Status == queries.SubmissionStatusTenantActionRequired:
		return stands, Refuse(CodeWrongState, "Nothing was charged yet, and the tenant's bank waits for the tenant. End that waiting instead.", "submissionId")
	case sub.Status != queries.SubmissionStatusApproved:
		return stands, Refuse(CodeWrongState, "Only an approval whose subscription exists can be taken back.", "submissionId")
	}
	return stands, Refuse(CodeWrongState, fmt.Sprintf("An approval can be taken back for %s, and that is over. Cancel the subscription at Stripe instead.",
		hours(s.UndoWindow)), "submissionId")
}

func hours(d time.Duration) string { return fmt.Sprintf("%d hours", int(d.Hours())) }

// LookForUndos is the periodic job that finds approvals which are being taken back and are due to be looked at again, one job each.
func (s *Service) LookForUndos(ctx context.Context) error {
	return s.inTx(ctx, func(tx pgx.Tx) error {
		due, err := s.q.UndoListDue(ctx, tx, queries.UndoListDueParams{Now: s.now(), RowLimit: looksAtOnce})
		if err != nil {
			return fmt.Errorf("list due undos: %w", err)
		}
		for _, u := range due {
			if err := s.enqueue(ctx, tx, UndoSubscriptionArgs{UndoID: u.ID}, nil); err != nil {
				return err
			}
		}
		return nil
	})
}
