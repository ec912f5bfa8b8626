package graph

import (
	"context"

	"carryover/migration"
	"carryover/money"
)

func (r *mutationResolver) ApproveSubmissions(ctx context.Context, in ApproveSubmissionsInput) (*ApproveSubmissionsPayload, error) {
	req := migration.ApproveManyRequest{SubmissionSelection: submissionSelection(in.Ids, in.Filter), Option: in.Option,
		ExpectedCount: in.ExpectedCount, ExpectedDates: in.ExpectedDates, ClientKey: in.ClientKey}
	for _, m := range in.ExpectedDueToday {
		req.ExpectedDueToday = append(req.ExpectedDueToday, *price(m))
	}
	batch, err := r.Migration.ApproveSubmissions(ctx, Actor(ctx), req)
	refusals, err := userErrors(err)
	return &ApproveSubmissionsPayload{Batch: batch, UserErrors: refusals}, err
}

func (r *queryResolver) PreviewApprovals(ctx context.Context, in PreviewApprovalsInput) (*ApprovalsPreview, error) {
	preview, err := r.Migration.PreviewApprovals(ctx, Actor(ctx), submissionSelection(in.Ids, in.Filter), in.Option)
	if err != nil {
		refusals, err := userErrors(err)
		return &ApprovalsPreview{Skips: []*migration.BatchReason{}, DueToday: []*money.Money{}, UserErrors: refusals}, err
	}
	shown := &ApprovalsPreview{Total: preview.Total, Approvable: preview.Approvable, Skips: append([]*migration.BatchReason{}, preview.Skips...),
		DueToday: []*money.Money{}, Dates: preview.Dates, UserErrors: noErrors}
	for _, m := range preview.DueToday {
		shown.DueToday = append(shown.DueToday, &m)
	}
	return shown, nil
}

// submissionSelection keeps an id that cannot be one as the zero id, which selects nothing and is refused with the rest.
func submissionSelection(ids []string, f *SubmissionFilter) (sel migration.SubmissionSelection) {
	for _, id := range ids {
		u, _ := nounSubmission.parse(id)
		sel.IDs = append(sel.IDs, u)
	}
	if f != nil {
		sel.Filter = &migration.SubmissionFilter{Statuses: f.Statuses, LocationIDs: onlyAny(nounLocation, f.LocationIds), Methods: f.Methods,
			SubmittedFrom: f.SubmittedFrom, SubmittedBefore: f.SubmittedBefore, WaitingSinceBefore: f.WaitingSinceBefore}
		if f.Search != nil {
			sel.Filter.Search = *f.Search
		}
	}
	return sel
}
