package graph

import (
	"context"

	"carryover/migration"
	"carryover/queries"
)

type rejectionResolver struct{ *Resolver }

func (r *mutationResolver) RejectSubmission(ctx context.Context, input RejectSubmissionInput) (*RejectSubmissionPayload, error) {
	req := migration.RejectRequest{Reason: input.Reason, Close: input.Close}
	req.SubmissionID, _ = nounSubmission.parse(input.SubmissionID)
	if o := input.NewOffer; o != nil {
		offer := draft(CreateInvitationInput{PlanID: o.PlanID, Unit: o.Unit, CardPrice: o.CardPrice, AchPrice: o.AchPrice,
			AnchorDay: o.AnchorDay, InsurancePlanID: o.InsurancePlanID})
		req.NewOffer = &offer
	}
	done, err := r.Migration.RejectSubmission(ctx, Actor(ctx), req)
	refusals, err := userErrors(err)
	return &RejectSubmissionPayload{Submission: done.Submission, Successor: done.Successor, Warnings: warnings(done.Warnings), UserErrors: refusals}, err
}

// CanReject is for staff who manage the location, as CanApprove is.
func (r *submissionResolver) CanReject(ctx context.Context, obj *queries.Submission) (bool, error) {
	return r.manages(ctx, obj, migration.CanReject(obj))
}

// CanClose is for the same staff. Whether it is the last attempt is asked only where that decides.
func (r *submissionResolver) CanClose(ctx context.Context, obj *queries.Submission) (bool, error) {
	if !migration.CanReject(obj) && !migration.ReopensLink(obj.Status) {
		return false, nil
	}
	reservation, err := r.Reservation(ctx, obj)
	if err != nil {
		return false, err
	}
	return r.manages(ctx, obj, migration.CanClose(obj, reservation))
}

// Rejection is the last word: of what was turned down and closed afterwards, the closing.
func (r *submissionResolver) Rejection(ctx context.Context, obj *queries.Submission) (*queries.Rejection, error) {
	if !migration.ReopensLink(obj.Status) {
		return nil, nil
	}
	return theOne(from(ctx).rejections.Load(ctx, obj.ID))
}

func (r *rejectionResolver) Staff(ctx context.Context, obj *queries.Rejection) (*queries.Staff, error) {
	return from(ctx).staff.Load(ctx, obj.StaffID)
}

func (r *rejectionResolver) Successor(ctx context.Context, obj *queries.Rejection) (*queries.Invitation, error) {
	return optional(ctx, from(ctx).invitations, obj.SuccessorID)
}

func (r *invitationResolver) Successor(ctx context.Context, obj *queries.Invitation) (*queries.Invitation, error) {
	return optional(ctx, from(ctx).invitations, obj.SuccessorID)
}
