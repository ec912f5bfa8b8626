package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"carryover/queries"
)

// maxFunnel is the longest period over which a funnel is counted: a leap year.
const maxFunnel = 366 * 24 * time.Hour

func (r *queryResolver) MigrationFunnel(ctx context.Context, filter *FunnelFilter) (*MigrationFunnel, error) {
	if filter == nil {
		filter = &FunnelFilter{}
	}
	start, end, err := funnelPeriod(filter, r.Migration.Clock())
	if err != nil {
		return nil, err
	}
	rows, err := r.q.FunnelCount(ctx, r.Lists, queries.FunnelCountParams{StaffID: viewerID(ctx),
		LocationIds: onlyAny(nounLocation, filter.LocationIds), CreatedFrom: start, CreatedBefore: end})
	if err != nil {
		return nil, err
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = row.LocationID
	}
	locations, err := from(ctx).locations.LoadAll(ctx, ids)
	if err != nil {
		return nil, err
	}
	f := &MigrationFunnel{From: start, Before: end, Total: &FunnelCounts{}, ByLocation: make([]*LocationFunnel, len(rows))}
	for i, row := range rows {
		f.ByLocation[i] = &LocationFunnel{Location: locations[i], Counts: funnelCounts(row)}
		f.Total.add(f.ByLocation[i].Counts)
	}
	return f, nil
}

// funnelPeriod fills in what was not asked for, and refuses what is longer than a year or ends before it begins.
func funnelPeriod(f *FunnelFilter, now time.Time) (start, end time.Time, err error) {
	if end = now; f.Before != nil {
		end = *f.Before
	}
	if start = end.AddDate(-1, 0, 0); f.From != nil {
		start = *f.From
	}
	switch {
	case end.Before(start):
		err = Coded("BAD_REQUEST", "`before` must not be earlier than `from`.")
	case end.Sub(start) > maxFunnel:
		err = Coded("BAD_REQUEST", "A funnel is counted over at most 366 days: give a later `from`, or an earlier `before`.")
	}
	return start, end, err
}

func funnelCounts(row *queries.FunnelCountRow) *FunnelCounts {
	return &FunnelCounts{Invited: row.Invited, Delivered: row.Delivered, Opened: row.Opened, Started: row.Started,
		Submitted: row.Submitted, Verified: row.Verified, Approved: row.Approved, FirstChargePaid: row.FirstChargePaid}
}

func (c *FunnelCounts) add(o *FunnelCounts) {
	c.Invited, c.Delivered, c.Opened, c.Started = c.Invited+o.Invited, c.Delivered+o.Delivered, c.Opened+o.Opened, c.Started+o.Started
	c.Submitted, c.Verified, c.Approved = c.Submitted+o.Submitted, c.Verified+o.Verified, c.Approved+o.Approved
	c.FirstChargePaid += o.FirstChargePaid
}
