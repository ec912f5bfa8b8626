package graph

import (
	"context"
	"time"

	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type (
	undoResolver        struct{ *Resolver }
	undoInvoiceResolver struct{ *Resolver }
)

func (r *mutationResolver) UndoApproval(ctx context.Context, input UndoApprovalInput) (*UndoApprovalPayload, error) {
	req := migration.UndoRequest{Reason: input.Reason}
	req.SubmissionID, _ = nounSubmission.parse(input.SubmissionID)
	done, err := r.Migration.UndoApproval(ctx, Actor(ctx), req)
	refusals, err := userErrors(err)
	return &UndoApprovalPayload{Submission: done.Submission, Undo: done.Undo, UserErrors: refusals}, err
}

func (r *submissionResolver) Undo(ctx context.Context, obj *queries.Submission) (*queries.Undo, error) {
	return theOne(from(ctx).undos.Load(ctx, obj.ID))
}

func (r *submissionResolver) UndoUntil(ctx context.Context, obj *queries.Submission) (*time.Time, error) {
	if obj.Status != queries.SubmissionStatusApproved {
		return nil, nil
	}
	undo, err := r.Undo(ctx, obj)
	if err != nil {
		return nil, err
	}
	approvals, err := from(ctx).approvals.Load(ctx, obj.ID)
	if err != nil {
		return nil, err
	}
	return r.Migration.UndoUntil(obj, approvals, undo), nil
}

// CanUndo is for staff who manage the location, as CanApprove is.
func (r *submissionResolver) CanUndo(ctx context.Context, obj *queries.Submission) (bool, error) {
	until, err := r.UndoUntil(ctx, obj)
	if err != nil {
		return false, err
	}
	return r.manages(ctx, obj, r.Migration.CanUndo(until))
}

func (r *undoResolver) Staff(ctx context.Context, obj *queries.Undo) (*queries.Staff, error) {
	return from(ctx).staff.Load(ctx, obj.StaffID)
}

func (r *undoResolver) Invoices(ctx context.Context, obj *queries.Undo) ([]*queries.UndoInvoice, error) {
	return from(ctx).undoInvoices.Load(ctx, obj.ID)
}

func (r *undoInvoiceResolver) Amount(_ context.Context, obj *queries.UndoInvoice) (*money.Money, error) {
	return &money.Money{Minor: obj.AmountMinor, Currency: obj.Currency}, nil
}
