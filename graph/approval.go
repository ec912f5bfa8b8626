package graph

import (
	"context"
	"time"

	"carryover/civil"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

type (
	approvalResolver       struct{ *Resolver }
	billingPreviewResolver struct{ *Resolver }
)

func (r *queryResolver) BillingPreview(ctx context.Context, submissionID string) ([]*migration.StartPreview, error) {
	u, _ := nounSubmission.parse(submissionID)
	sub, err := r.submission(ctx, u)
	if err != nil || sub == nil {
		return []*migration.StartPreview{}, err
	}
	previews, err := r.Migration.BillingPreviews(ctx, sub)
	out := make([]*migration.StartPreview, len(previews))
	for i := range previews {
		out[i] = &previews[i]
	}
	return out, err
}

func (r *mutationResolver) ApproveSubmission(ctx context.Context, input ApproveSubmissionInput) (*ApproveSubmissionPayload, error) {
	u, _ := nounSubmission.parse(input.SubmissionID)
	done, err := r.Migration.ApproveSubmission(ctx, actor(ctx), migration.ApprovalRequest{
		SubmissionID: u, Option: input.Option, ExpectedDueToday: *price(input.ExpectedDueToday),
		ExpectedNextChargeOn: input.ExpectedNextChargeOn})
	refusals, err := userErrors(err)
	return &ApproveSubmissionPayload{Submission: done.Submission, Approval: done.Approval, Preview: done.Preview, UserErrors: refusals}, err
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

func (r *billingPreviewResolver) NextChargeOn(_ context.Context, obj *migration.StartPreview) (*civil.Date, error) {
	return &obj.Schedule.NextChargeOn, nil
}

func (r *billingPreviewResolver) NextCharge(_ context.Context, obj *migration.StartPreview) (*money.Money, error) {
	return &obj.Monthly, nil
}

// NotBefore is now, unless the billing moment is still ahead.
func (r *billingPreviewResolver) NotBefore(_ context.Context, obj *migration.StartPreview) (*time.Time, error) {
	at := r.Migration.Clock()
	if obj.Schedule.NotBefore.After(at) {
		at = obj.Schedule.NotBefore
	}
	return &at, nil
}
