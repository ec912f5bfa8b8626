package graph

import (
	"context"

	"carryover/migration"
)

func (r *mutationResolver) SendInvitations(ctx context.Context, input SendInvitationsInput) (*SendInvitationsPayload, error) {
	batch, err := r.Migration.SendInvitations(ctx, Actor(ctx), migration.SendRequest{Channel: input.Channel,
		Selection: selection(input.Ids, input.Filter), ExpectedCount: input.ExpectedCount, ClientKey: input.ClientKey})
	refusals, err := userErrors(err)
	return &SendInvitationsPayload{Batch: batch, UserErrors: refusals}, err
}

func (r *mutationResolver) CancelBatch(ctx context.Context, input CancelBatchInput) (*CancelBatchPayload, error) {
	u, _ := nounBatch.parse(input.ID)
	batch, err := r.Migration.CancelBatch(ctx, Actor(ctx), u)
	refusals, err := userErrors(err)
	return &CancelBatchPayload{Batch: batch, UserErrors: refusals}, err
}

func (r *mutationResolver) RetryBatch(ctx context.Context, input RetryBatchInput) (*RetryBatchPayload, error) {
	u, _ := nounBatch.parse(input.ID)
	batch, err := r.Migration.RetryBatch(ctx, Actor(ctx), u, input.ClientKey)
	refusals, err := userErrors(err)
	return &RetryBatchPayload{Batch: batch, UserErrors: refusals}, err
}

func (r *queryResolver) PreviewSend(ctx context.Context, input PreviewSendInput) (*SendPreview, error) {
	p, err := r.Migration.PreviewSend(ctx, Actor(ctx), input.Channel, selection(input.Ids, input.Filter))
	if err != nil {
		refusals, err := userErrors(err)
		return &SendPreview{Skips: []*migration.BatchReason{}, UserErrors: refusals}, err
	}
	return &SendPreview{Total: p.Total, Sendable: p.Sendable, Skips: p.Skips, Waiting: p.Waiting, WaitsUntil: p.WaitsUntil, UserErrors: noErrors}, nil
}

// selection takes an input as it is; ids that are none become ids of nothing.
func selection(ids []string, f *InvitationFilter) migration.Selection {
	sel := migration.Selection{IDs: onlyAny(nounInvitation, ids)}
	if f == nil {
		return sel
	}
	sel.Filter = &migration.SelectionFilter{Statuses: f.Statuses, LocationIDs: onlyAny(nounLocation, f.LocationIds),
		PlanIDs: onlyAny(nounPlan, f.PlanIds), AnchorDays: f.AnchorDays, HasPhone: f.HasPhone, Texted: f.Texted,
		DeliveryFailed: f.DeliveryFailed, LinkExpired: f.LinkExpired, CreatedFrom: f.CreatedFrom, CreatedBefore: f.CreatedBefore}
	if f.Search != nil {
		sel.Filter.Search = *f.Search
	}
	return sel
}
