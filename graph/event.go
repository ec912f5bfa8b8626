package graph

import (
	"context"

	"github.com/google/uuid"

	"carryover/queries"
)

type eventResolver struct{ *Resolver }

// history is reached only from a thing that the caller may see.
func (r *Resolver) history(ctx context.Context, subject queries.EventSubject, id uuid.UUID) ([]*queries.Event, error) {
	return r.q.EventListBySubject(ctx, r.Pool, queries.EventListBySubjectParams{SubjectKind: subject, SubjectID: id})
}

func (r *eventResolver) ID(_ context.Context, obj *queries.Event) (string, error) {
	return nounEvent.id(obj.ID), nil
}

func (r *eventResolver) ActorName(ctx context.Context, obj *queries.Event) (*string, error) {
	if obj.ActorID == nil {
		return nil, nil
	}
	switch obj.ActorKind {
	case queries.ActorKindStaff:
		staff, err := from(ctx).staff.Load(ctx, *obj.ActorID)
		if err != nil {
			return nil, err
		}
		return &staff.Name, nil
	case queries.ActorKindTenant:
		tenant, err := from(ctx).tenants.Load(ctx, *obj.ActorID)
		if err != nil {
			return nil, err
		}
		return &tenant.Name, nil
	default: // the system and integrations have no name of a person
		return nil, nil
	}
}
