package graph

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/queries"
)

type emailCorrectionResolver struct{ *Resolver }

func (r *mutationResolver) AcceptEmailCorrection(ctx context.Context, input AcceptEmailCorrectionInput) (*AcceptEmailCorrectionPayload, error) {
	id, _ := nounCorrection.parse(input.ID)
	done, err := r.Migration.AcceptEmailCorrection(ctx, Actor(ctx), id)
	refusals, err := userErrors(err)
	r.forgetTenant(ctx, done.Tenant)
	return &AcceptEmailCorrectionPayload{Correction: done.Correction, Tenant: done.Tenant, UserErrors: refusals}, err
}

func (r *mutationResolver) DeclineEmailCorrection(ctx context.Context, input DeclineEmailCorrectionInput) (*DeclineEmailCorrectionPayload, error) {
	id, _ := nounCorrection.parse(input.ID)
	done, err := r.Migration.DeclineEmailCorrection(ctx, Actor(ctx), id, input.Reason)
	refusals, err := userErrors(err)
	r.forgetTenant(ctx, done.Tenant)
	return &DeclineEmailCorrectionPayload{Correction: done.Correction, UserErrors: refusals}, err
}

func (r *mutationResolver) EnterEmailCorrection(ctx context.Context, input EnterEmailCorrectionInput) (*EnterEmailCorrectionPayload, error) {
	id, _ := nounTenant.parse(input.TenantID)
	done, err := r.Migration.EnterEmailCorrection(ctx, Actor(ctx), id, input.Email)
	refusals, err := userErrors(err)
	r.forgetTenant(ctx, done.Tenant)
	return &EnterEmailCorrectionPayload{Correction: done.Correction, Tenant: done.Tenant, UserErrors: refusals}, err
}

// forgetTenant lets the rest of the request read anew what a decision may have changed.
func (r *Resolver) forgetTenant(ctx context.Context, t *queries.Tenant) {
	if t != nil {
		from(ctx).tenants.Clear(t.ID)
		from(ctx).waiting.Clear(t.ID)
	}
}

func (r *queryResolver) EmailCorrections(ctx context.Context, first *int, after *string, filter *EmailCorrectionFilter) (*EmailCorrectionConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &EmailCorrectionFilter{}
	}
	match := queries.EmailCorrectionListManagedParams{StaffID: viewerID(ctx), States: words(filter.States),
		LocationIds: onlyAny(nounLocation, filter.LocationIds), AfterID: p.afterID(), RowLimit: int(p.rows())}
	rows, err := r.q.EmailCorrectionListManaged(ctx, r.Lists, match)
	if err != nil {
		return nil, err
	}
	count := sync.OnceValues(func() (int, error) {
		return r.q.EmailCorrectionCountManaged(ctx, r.Lists, queries.EmailCorrectionCountManagedParams{
			StaffID: match.StaffID, States: match.States, LocationIds: match.LocationIds, Most: maxCount + 1})
	})
	list := cut(p, rows, func(c *queries.EmailCorrection) cursor { return cursor{ID: c.ID} })
	return &EmailCorrectionConnection{counted: counted{count}, Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.EmailCorrection) *EmailCorrectionEdge {
			return &EmailCorrectionEdge{Cursor: c, Node: n}
		})}, nil
}

// EmailCorrectionConnection is a page of a list, with its count where that is asked for.
type EmailCorrectionConnection struct {
	counted
	Nodes    []*queries.EmailCorrection
	Edges    []*EmailCorrectionEdge
	PageInfo *PageInfo
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

func (r *emailCorrectionResolver) EnteredBy(ctx context.Context, obj *queries.EmailCorrection) (*queries.Staff, error) {
	return optional(ctx, from(ctx).staff, obj.EnteredBy)
}

func (r *emailCorrectionResolver) Location(ctx context.Context, obj *queries.EmailCorrection) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
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
