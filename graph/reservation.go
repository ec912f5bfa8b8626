package graph

import (
	"context"
	"errors"
	"sync"

	"github.com/google/uuid"

	"carryover/queries"
)

type reservationResolver struct{ *Resolver }

func (r *queryResolver) Reservation(ctx context.Context, id string) (*queries.Reservation, error) {
	u, _ := nounReservation.parse(id)
	return r.reservation(ctx, u)
}

func (r *queryResolver) Reservations(ctx context.Context, first *int, after *string, filter *ReservationFilter) (*ReservationConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &ReservationFilter{}
	}
	match := queries.ReservationListManagedParams{
		StaffID: viewerID(ctx), Statuses: words(filter.Statuses), LocationIds: onlyAny(nounLocation, filter.LocationIds),
		TenantID: only(nounTenant, filter.TenantID), Ended: filter.Ended, AfterID: p.afterID(), RowLimit: p.rows()}
	rows, err := r.q.ReservationListManaged(ctx, r.Lists, match)
	if err != nil {
		return nil, err
	}
	count := sync.OnceValues(func() (int, error) {
		return r.q.ReservationCountManaged(ctx, r.Lists, queries.ReservationCountManagedParams{StaffID: match.StaffID, Statuses: match.Statuses,
			LocationIds: match.LocationIds, TenantID: match.TenantID, Ended: match.Ended, Most: maxCount + 1})
	})
	list := cut(p, rows, func(n *queries.Reservation) cursor { return cursor{ID: n.ID} })
	return &ReservationConnection{counted: counted{count}, Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.Reservation) *ReservationEdge { return &ReservationEdge{Cursor: c, Node: n} })}, nil
}

// ReservationConnection is a page of a list, with its count where that is asked for.
type ReservationConnection struct {
	counted
	Nodes    []*queries.Reservation
	Edges    []*ReservationEdge
	PageInfo *PageInfo
}

func (r *Resolver) reservation(ctx context.Context, id uuid.UUID) (*queries.Reservation, error) {
	return found(r.q.ReservationGetManaged(ctx, r.Pool, queries.ReservationGetManagedParams{ID: id, StaffID: viewerID(ctx)}))
}

func (r *reservationResolver) ID(_ context.Context, obj *queries.Reservation) (string, error) {
	return nounReservation.id(obj.ID), nil
}

func (r *reservationResolver) Tenant(ctx context.Context, obj *queries.Reservation) (*queries.Tenant, error) {
	return from(ctx).tenants.Load(ctx, obj.TenantID)
}

func (r *reservationResolver) Location(ctx context.Context, obj *queries.Reservation) (*queries.Location, error) {
	return from(ctx).locations.Load(ctx, obj.LocationID)
}

func (r *reservationResolver) Plan(ctx context.Context, obj *queries.Reservation) (*queries.Plan, error) {
	return from(ctx).plans.Load(ctx, obj.PlanID)
}

// Status is the current submission's: it is written once and shown twice.
func (r *reservationResolver) Status(ctx context.Context, obj *queries.Reservation) (queries.SubmissionStatus, error) {
	sub, err := r.Submission(ctx, obj)
	if err != nil {
		return "", err
	}
	return sub.Status, nil
}

var errNoSubmission = errors.New("reservation without a submission: both are made in one transaction")

func (r *reservationResolver) Submission(ctx context.Context, obj *queries.Reservation) (*queries.Submission, error) {
	if obj.CurrentSubmissionID == nil {
		return nil, errNoSubmission
	}
	return from(ctx).submissions.Load(ctx, *obj.CurrentSubmissionID)
}

func (r *reservationResolver) Submissions(ctx context.Context, obj *queries.Reservation) ([]*queries.Submission, error) {
	return from(ctx).attempts.Load(ctx, obj.ID)
}

func (r *reservationResolver) Subscription(ctx context.Context, obj *queries.Reservation) (*queries.Subscription, error) {
	latest, err := from(ctx).latest.Load(ctx, obj.ID)
	if err != nil || len(latest) == 0 {
		return nil, err
	}
	return latest[0], nil
}

func (r *reservationResolver) PaymentMethod(ctx context.Context, obj *queries.Reservation) (string, error) {
	sub, err := r.Submission(ctx, obj)
	if err != nil {
		return "", err
	}
	label, err := from(ctx).paidWith.Load(ctx, obj.ID)
	if err != nil || label == "" {
		return sub.MethodLabel, err
	}
	return label, nil
}

func (r *reservationResolver) History(ctx context.Context, obj *queries.Reservation) ([]*queries.Event, error) {
	return r.history(ctx, queries.EventSubjectReservation, obj.ID)
}
