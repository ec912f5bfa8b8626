package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/queries"
)

type emailCorrectionResolver struct{ *Resolver }

func (r *mutationResolver) AcceptEmailCorrection(ctx context.Context, input AcceptEmailCorrectionInput) (*AcceptEmailCorrectionPayload, error) {
	id, _ := nounCorrection.parse(input.ID)
	done, err := r.Migration.AcceptEmailCorrection(ctx, actor(ctx), id)
	refusals, err := userErrors(err)
	if err != nil || len(refusals) > 0 {
		return &AcceptEmailCorrectionPayload{UserErrors: refusals}, err
	}
	from(ctx).tenants.Clear(done.Tenant.ID)
	from(ctx).waiting.Clear(done.Tenant.ID)
	return &AcceptEmailCorrectionPayload{Correction: done.Correction, Tenant: done.Tenant, UserErrors: refusals}, nil
}

func (r *mutationResolver) DeclineEmailCorrection(ctx context.Context, input DeclineEmailCorrectionInput) (*DeclineEmailCorrectionPayload, error) {
	id, _ := nounCorrection.parse(input.ID)
	done, err := r.Migration.DeclineEmailCorrection(ctx, actor(ctx), id, input.Reason)
	refusals, err := userErrors(err)
	if err != nil || len(refusals) > 0 {
		return &DeclineEmailCorrectionPayload{UserErrors: refusals}, err
	}
	from(ctx).waiting.Clear(done.Tenant.ID)
	return &DeclineEmailCorrectionPayload{Correction: done.Correction, UserErrors: refusals}, nil
}

func (r *Resolver) emailCorrection(ctx context.Context, id uuid.UUID) (*queries.EmailCorrection, error) {
	return found(r.q.EmailCorrectionGetManaged(ctx, r.Pool, queries.EmailCorrectionGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *emailCorrectionResolver) ID(_ context.Context, obj *queries.EmailCorrection) (string, error) {
	return nounCorrection.id(obj.ID), nil
}

func (r *emailCorrectionResolver) Tenant(ctx context.Context, obj *queries.EmailCorrection) (*queries.Tenant, error) {
	return from(ctx).tenants.Load(ctx, obj.TenantID)
}

func (r *emailCorrectionResolver) DecidedBy(ctx context.Context, obj *queries.EmailCorrection) (*queries.Staff, error) {
	return optional(ctx, from(ctx).staff, obj.DecidedBy)
}

// CanDecide: whoever sees a correction knows the tenant by the record, which is the bound of deciding too.
func (r *emailCorrectionResolver) CanDecide(_ context.Context, obj *queries.EmailCorrection) (bool, error) {
	return migration.EmailCorrectionSteps.Allows(obj.State, queries.EmailCorrectionStateAccepted), nil
}

// EmailCorrection is nobody's who knows the tenant only by a name that was typed.
func (r *tenantResolver) EmailCorrection(ctx context.Context, obj *queries.Tenant) (*queries.EmailCorrection, error) {
	waiting, err := from(ctx).waiting.Load(ctx, obj.ID)
	if err != nil || len(waiting) == 0 {
		return nil, err
	}
	return ofRecord(ctx, obj.ID, waiting[0])
}

func (r *submissionResolver) EmailCorrection(ctx context.Context, obj *queries.Submission) (*queries.EmailCorrection, error) {
	given, err := from(ctx).given.Load(ctx, obj.ID)
	if err != nil || len(given) == 0 {
		return nil, err
	}
	return given[0], nil
}
