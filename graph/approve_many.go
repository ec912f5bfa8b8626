package graph

import (
	"context"
	"strings"

	"carryover/migration"
	"carryover/money"
)

func (r *mutationResolver) ApproveSubmissions(ctx context.Context, in ApproveSubmissionsInput) (*ApproveSubmissionsPayload, error) {
	req := migration.ApproveManyRequest{SubmissionSelection: submissionSelection(in.Ids, in.Filter), Option: in.Option,
		ExpectedCount: in.ExpectedCount, ClientKey: in.ClientKey}
	for _, m := range in.ExpectedDueToday {
		req.ExpectedDueToday = append(req.ExpectedDueToday, *price(m))
	}
	batch, err := r.Migration.ApproveSubmissions(ctx, actor(ctx), req)
	refusals, err := userErrors(err)
	return &ApproveSubmissionsPayload{Batch: batch, UserErrors: refusals}, err
}

func (r *queryResolver) PreviewApprovals(ctx context.Context, in PreviewApprovalsInput) (*ApprovalsPreview, error) {
	preview, err := r.Migration.PreviewApprovals(ctx, actor(ctx), submissionSelection(in.Ids, in.Filter), in.Option)
	if err != nil {
		refusals, err := userErrors(err)
		return &ApprovalsPreview{Skips: []*migration.BatchReason{}, DueToday: []*money.Money{}, UserErrors: refusals}, err
	}
	shown := &ApprovalsPreview{Total: preview.Total, Approvable: preview.Approvable, Skips: append([]*migration.BatchReason{}, preview.Skips...),
		DueToday: []*money.Money{}, UserErrors: noErrors}
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
		sel.Filter = &migration.SubmissionFilter{Statuses: f.Statuses, LocationIDs: onlyAny(nounLocation, f.LocationIds), Beyond: beyondBatches(f)}
	}
	return sel
}

// beyondBatches are the fields of a filter that were given and by which only the list can be narrowed.
func beyondBatches(f *SubmissionFilter) (given []string) {
	for _, one := range []struct {
		field string
		given bool
	}{
		{"search", f.Search != nil && strings.TrimSpace(*f.Search) != ""}, {"methods", len(f.Methods) > 0}, {"submittedFrom", f.SubmittedFrom != nil},
		{"submittedBefore", f.SubmittedBefore != nil}, {"waitingSinceBefore", f.WaitingSinceBefore != nil},
	} {
		if one.given {
			given = append(given, one.field)
		}
	}
	return given
}
