package graph

import (
	"context"

	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type approvalResolver struct{ *Resolver }

func (r *queryResolver) BillingPreview(ctx context.Context, submissionID string) ([]*migration.BillingPreview, error) {
	u, _ := nounSubmission.parse(submissionID)
	sub, err := r.submission(ctx, u)
	if err != nil || sub == nil {
		return []*migration.BillingPreview{}, err
	}
	previews, err := r.Migration.PreviewBilling(ctx, sub)
	return append([]*migration.BillingPreview{}, previews...), err
}

func (r *mutationResolver) ApproveSubmission(ctx context.Context, input ApproveSubmissionInput) (*ApproveSubmissionPayload, error) {
	u, _ := nounSubmission.parse(input.SubmissionID)
	done, err := r.Migration.ApproveSubmission(ctx, Actor(ctx), migration.ApprovalRequest{
		SubmissionID: u, Option: input.Option, ExpectedDueToday: *price(input.ExpectedDueToday),
		ExpectedNextChargeOn: input.ExpectedNextChargeOn})
	refusals, err := userErrors(err)
	payload := &ApproveSubmissionPayload{Submission: done.Submission, Approval: done.Approval, UserErrors: refusals}
	if done.Preview != nil {
		payload.Preview = r.Migration.Arithmetic(*done.Preview)
	}
	return payload, err
}

func (r *approvalResolver) ID(_ context.Context, obj *queries.Approval) (string, error) {
	return nounApproval.id(obj.ID), nil
}

func (r *approvalResolver) Staff(ctx context.Context, obj *queries.Approval) (*queries.Staff, error) {
	return from(ctx).staff.Load(ctx, obj.StaffID)
}

func (r *approvalResolver) DueToday(_ context.Context, obj *queries.Approval) (*money.Money, error) {
	return &money.Money{Minor: obj.DueTodayMinor, Currency: obj.Currency}, nil
}
