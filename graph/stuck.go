package graph

import (
	"context"
	"fmt"
	"time"

	"carryover/migration"
	"carryover/queries"
)

type stuckResolver struct{ *Resolver }

func (r *queryResolver) Stuck(ctx context.Context, first *int, after *string, filter *StuckFilter) (*StuckConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &StuckFilter{}
	}
	match := queries.StuckListParams{StaffID: viewerID(ctx), Now: r.Migration.Clock(), Kinds: words(filter.Kinds),
		LocationIds: onlyAny(nounLocation, filter.LocationIds), AfterID: p.afterID(), RowLimit: int(p.rows())}
	if match.AfterSince, err = p.afterMoment(); err != nil {
		return nil, err
	}
	rows, err := r.q.StuckList(ctx, r.Lists, match)
	if err != nil {
		return nil, err
	}
	items := make([]*migration.Stuck, len(rows))
	for i, row := range rows {
		items[i] = migration.StuckOf(row)
	}
	list := cut(p, items, func(s *migration.Stuck) cursor {
		return cursor{ID: s.SubjectID, Key: s.Since.UTC().Format(time.RFC3339Nano)}
	})
	return &StuckConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *migration.Stuck) *StuckEdge { return &StuckEdge{Cursor: c, Node: n} })}, nil
}

func (r *stuckResolver) Location(ctx context.Context, obj *migration.Stuck) (*queries.Location, error) {
	return optional(ctx, from(ctx).locations, obj.LocationID)
}

// Subject is read with those of the page that are of its kind; that it is the viewer's was said by the list.
func (r *stuckResolver) Subject(ctx context.Context, obj *migration.Stuck) (Node, error) {
	l := from(ctx)
	switch obj.Subject {
	case "submission":
		return l.submissions.Load(ctx, obj.SubjectID)
	case "invitation":
		return l.invitations.Load(ctx, obj.SubjectID)
	case "delivery":
		return l.deliveries.Load(ctx, obj.SubjectID)
	case "billing_alarm":
		return l.alarms.Load(ctx, obj.SubjectID)
	case "email_correction":
		return l.correctionsByID.Load(ctx, obj.SubjectID)
	case "batch":
		b, err := l.batches.Load(ctx, obj.SubjectID)
		if err != nil {
			return nil, err
		}
		return r.Migration.WithCounts(ctx, b)
	default: // whoever adds a kind about another thing shows it here
		return nil, fmt.Errorf("a %q is on the list of what is stuck, and cannot be shown", obj.Subject)
	}
}
