package graph

import (
	"context"
	"sync"

	"carryover/civil"
	"carryover/queries"
)

type legacyWorkItemResolver struct{ *Resolver }

// LegacyWorkConnection is counted only when asked for.
type LegacyWorkConnection struct {
	Nodes    []*queries.LegacyWorkListRow
	Edges    []*LegacyWorkEdge
	PageInfo *PageInfo

	count func() (int, error)
}

// TotalCount counts all.
func (c *LegacyWorkConnection) TotalCount() (int, error) { return c.count() }

func (r *queryResolver) LegacyWorklist(ctx context.Context, first *int, after *string, filter *LegacyWorkFilter) (*LegacyWorkConnection, error) {
	p, err := newPage(first, after)
	if err != nil {
		return nil, err
	}
	if filter == nil {
		filter = &LegacyWorkFilter{}
	}
	match := queries.LegacyWorkListParams{StaffID: viewerID(ctx), LocationIds: onlyAny(nounLocation, filter.LocationIds), RenewsBefore: filter.RenewsBefore,
		AfterID: p.afterID(), RowLimit: p.rows()}
	if p.after != nil {
		day, err := civil.Parse(p.after.Key)
		if err != nil {
			return nil, Coded("BAD_REQUEST", "`after` must be an `endCursor` that this list answered.")
		}
		match.AfterRenews = &day
	}
	rows, err := r.q.LegacyWorkList(ctx, r.Lists, match)
	if err != nil {
		return nil, err
	}
	list := cut(p, rows, func(w *queries.LegacyWorkListRow) cursor {
		return cursor{ID: w.LegacyMembership.ID, Key: w.LegacyMembership.NextBillingKey.String()}
	})
	return &LegacyWorkConnection{Nodes: list.nodes, PageInfo: list.info,
		Edges: edges(list, func(c string, n *queries.LegacyWorkListRow) *LegacyWorkEdge {
			return &LegacyWorkEdge{Cursor: c, Node: n}
		}),
		count: sync.OnceValues(func() (int, error) {
			return r.q.LegacyWorkCount(ctx, r.Lists, queries.LegacyWorkCountParams{StaffID: match.StaffID, LocationIds: match.LocationIds, RenewsBefore: match.RenewsBefore})
		})}, nil
}

func (r *legacyWorkItemResolver) Reservation(ctx context.Context, obj *queries.LegacyWorkListRow) (*queries.Reservation, error) {
	return from(ctx).reservations.Load(ctx, obj.ReservationID)
}

func (r *legacyWorkItemResolver) RenewsOn(_ context.Context, obj *queries.LegacyWorkListRow) (*civil.Date, error) {
	return obj.LegacyMembership.NextBillingOn, nil
}

func (r *legacyWorkItemResolver) PaidThrough(_ context.Context, obj *queries.LegacyWorkListRow) (*civil.Date, error) {
	return obj.LegacyMembership.PaidThrough, nil
}

func (r *legacyWorkItemResolver) MayHaveRenewed(ctx context.Context, obj *queries.LegacyWorkListRow) (bool, error) {
	location, err := from(ctx).locations.Load(ctx, obj.LegacyMembership.LocationID)
	if err != nil {
		return false, err
	}
	return r.Migration.MayHaveRenewed(&obj.LegacyMembership, location)
}
