package graph

import (
	"context"
	"errors"

	"github.com/google/uuid"

	"carryover/queries"
)

type eventResolver struct{ *Resolver }

// history is reached only from a thing that the caller may see.
func (r *Resolver) history(ctx context.Context, kind queries.EventSubject, id uuid.UUID) ([]*queries.Event, error) {
	return from(ctx).histories.Load(ctx, subject{kind, id})
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
		return r.tenantName(ctx, *obj.ActorID)
	default: // the system and integrations have no name of a person
		return nil, nil
	}
}

func (r *eventResolver) TokenName(_ context.Context, obj *queries.Event) (*string, error) {
	return unlessEmpty(obj.TokenName), nil
}

// tenantName is the name by which the viewer knows a tenant; nil for one whom no managed location knows any more.
func (r *eventResolver) tenantName(ctx context.Context, id uuid.UUID) (*string, error) {
	tenant, err := from(ctx).tenants.Load(ctx, id)
	if err != nil {
		return nil, err
	}
	name, err := (&tenantResolver{r.Resolver}).Name(ctx, tenant)
	if errors.Is(err, errNoRow) {
		return nil, nil
	}
	return &name, err
}

func (r *eventResolver) Location(ctx context.Context, obj *queries.Event) (*queries.Location, error) {
	return optional(ctx, from(ctx).locations, obj.LocationID)
}

func (r *eventResolver) SubjectID(_ context.Context, obj *queries.Event) (string, error) {
	return eventNouns[obj.SubjectKind].id(obj.SubjectID), nil
}
