package demo

import (
	"context"
	"fmt"

	"carryover/migration"
	"carryover/queries"
)

// approve is the location's contact, who looks at the amounts and decides. The job that follows makes the subscription, or
// finds the card declined.
func (f *filling) approve(ctx context.Context, a *act) error {
	if a.inv == nil || !a.Stage.decided() {
		return nil
	}
	sub, err := f.waiting(ctx, a)
	if err != nil || sub == nil {
		return err
	}
	previews, err := f.rules.BillingPreviews(ctx, sub)
	if err != nil {
		return fmt.Errorf("preview the billing of %s: %w", a.Tenant, err)
	}
	for _, p := range previews {
		if p.Option != a.option() {
			continue
		}
		_, err := f.rules.ApproveSubmission(ctx, a.inviter, migration.ApprovalRequest{
			SubmissionID: sub.ID, Option: p.Option,
			ExpectedDueToday: migration.Price{Amount: p.DueToday.Decimal(), Currency: p.DueToday.Currency}})
		if err != nil {
			return fmt.Errorf("approve %s: %w", a.Tenant, err)
		}
	}
	return nil
}

// waiting answers the submission if it has never been decided on.
func (f *filling) waiting(ctx context.Context, a *act) (*queries.Submission, error) {
	inv, err := f.q.InvitationGet(ctx, f.pool, a.inv.ID)
	if err != nil {
		return nil, fmt.Errorf("read the invitation of %s: %w", a.Tenant, err)
	}
	if inv.ReservationID == nil {
		return nil, nil
	}
	row, err := f.q.SubmissionGetCurrent(ctx, f.pool, *inv.ReservationID)
	if err != nil {
		return nil, fmt.Errorf("read the submission of %s: %w", a.Tenant, err)
	}
	if row.Submission.Status != queries.SubmissionStatusReadyForApproval || row.Submission.StatusReason != "" {
		return nil, nil
	}
	return &row.Submission, nil
}

// option: a card that is declined is declined at once only where something is charged at once.
func (a *act) option() migration.StartOption {
	if a.Stage == stageApprovedNextMonth {
		return migration.NextMonth
	}
	return migration.CurrentMonth
}
