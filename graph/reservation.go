package graph

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"carryover/queries"
)

type reservationResolver struct{ *Resolver }

func (r *queryResolver) Reservation(ctx context.Context, id string) (*queries.Reservation, error) {
	u, _ := nounReservation.parse(id)
	return r.reservation(ctx, u)
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
	return r.q.SubmissionListByReservation(ctx, r.Pool, obj.ID)
}

func (r *reservationResolver) Subscription(ctx context.Context, obj *queries.Reservation) (*queries.Subscription, error) {
	return found(r.q.SubscriptionGetLatest(ctx, r.Pool, obj.ID))
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
