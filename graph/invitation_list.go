package graph

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"unicode/utf8"

	"github.com/google/uuid"

	"carryover/access"
	"carryover/queries"
)

const (
	// maxCount is how far a list counts. Beyond, a person wants a narrower filter rather than a number.
	maxCount = 10_000
	// maxSearch is more than anybody types, and less than what a pattern could be made slow with.
	maxSearch = 100
	// fewPlaces is how many pairs of a location and a state are read one by one: each costs a look into an index, all together
	// less than a walk past everybody else's rows.
	fewPlaces = 24
)

// Invitations reads a page, its rows' tenants, plans, locations and insurance, and nothing for each row.
func (r *queryResolver) Invitations(ctx context.Context, first *int, after *string, last *int, before *string, filter *InvitationFilter, orderBy *InvitationOrder) (*InvitationConnection, error) {
	p, err := newTwoWayPage(first, after, last, before, orderBy)
	if err != nil {
		return nil, err
	}
	match, err := r.match(ctx, filter)
	if err != nil {
		return nil, err
	}
	p.begin(&match.InvitationListParams)
	rows, err := r.invitationPage(ctx, p.walk(), match)
	if err != nil {
		return nil, err
	}
	list := &InvitationConnection{resolver: r.Resolver, order: p.order, count: sync.OnceValues(func() (int, error) { return r.countInvitations(ctx, match) })}
	list.rows, list.PageInfo = p.cut(rows)
	return list, nil
}

// invitationMatch is a filter with the caller's bound.
type invitationMatch struct {
	queries.InvitationListParams
	// nothing can match: the caller manages none of the places asked for.
	nothing bool
}

// match turns a filter into what the statements take. Places are asked about first, so that a statement knows how much of the
// table they hold; that they are the caller's stands in the statement itself again.
func (r *Resolver) match(ctx context.Context, f *InvitationFilter) (m invitationMatch, err error) {
	if f == nil {
		f = &InvitationFilter{}
	}
	m.InvitationListParams = queries.InvitationListParams{
		StaffID: viewerID(ctx), LocationIds: []uuid.UUID{}, Statuses: words(f.Statuses), PlanIds: onlyAny(nounPlan, f.PlanIds),
		AnchorDays: days(f.AnchorDays), HasPhone: f.HasPhone, Texted: f.Texted, DeliveryFailed: f.DeliveryFailed, LinkExpired: f.LinkExpired,
		Now: r.Migration.Clock(), CreatedFrom: f.CreatedFrom, CreatedBefore: f.CreatedBefore, Words: []string{}}
	search := ""
	if f.Search != nil {
		search = *f.Search
	}
	if utf8.RuneCountInString(search) > maxSearch {
		return m, coded("BAD_REQUEST", fmt.Sprintf("`search` is at most %d characters.", maxSearch))
	}
	if search == "" && len(f.LocationIds) == 0 && managesEverything(ctx) {
		return m, nil
	}
	scope, err := r.q.InvitationListScope(ctx, r.Pool, queries.InvitationListScopeParams{
		StaffID: m.StaffID, LocationIds: onlyAny(nounLocation, f.LocationIds), Search: search})
	if err != nil {
		return m, fmt.Errorf("read what to look in: %w", err)
	}
	m.Words = scope.Words
	if len(f.LocationIds) > 0 || !scope.Everything {
		m.LocationIds, m.nothing = scope.LocationIds, len(scope.LocationIds) == 0
	}
	return m, nil
}

// managesEverything spares an ADMIN the question where; the statement asks again.
func managesEverything(ctx context.Context) bool {
	v := access.From(ctx).Viewer
	return v != nil && v.Staff.Role == queries.StaffRoleAdmin
}

// days keeps a number that no day has from being more than a smallint; no row has it.
func days(list []int) []int {
	out := make([]int, len(list))
	for i, day := range list {
		out[i] = min(max(day, 0), 32)
	}
	return out
}

// invitationPage chooses the statement by how much of the table its places hold.
func (r *Resolver) invitationPage(ctx context.Context, order queries.InvitationListOrder, m invitationMatch) ([]*queries.Invitation, error) {
	p := m.InvitationListParams
	if m.nothing {
		return nil, nil
	}
	if len(p.LocationIds) == 0 {
		return r.q.InvitationList(ctx, r.Lists, order, p)
	}
	states := p.Statuses
	if len(states) == 0 {
		states = words(queries.AllInvitationStatusValues())
	}
	if order.By == string(InvitationSortCreatedAt) && len(p.LocationIds)*len(states) <= fewPlaces && len(p.Words) == 0 && len(p.PlanIds) == 0 {
		p.Statuses = slices.Compact(slices.Sorted(slices.Values(states)))
		return r.q.InvitationListEach(ctx, r.Lists, order, p)
	}
	return r.q.InvitationListWithin(ctx, r.Lists, order, p)
}

// countInvitations counts to one beyond maxCount, to tell whether there are more.
func (r *Resolver) countInvitations(ctx context.Context, m invitationMatch) (int, error) {
	if m.nothing {
		return 0, nil
	}
	p := m.InvitationListParams
	return r.q.InvitationCountMatching(ctx, r.Lists, queries.InvitationCountMatchingParams{
		LocationIds: p.LocationIds, StaffID: p.StaffID, Statuses: p.Statuses, AnchorDays: p.AnchorDays, PlanIds: p.PlanIds,
		HasPhone: p.HasPhone, DeliveryFailed: p.DeliveryFailed, Texted: p.Texted, LinkExpired: p.LinkExpired, Now: p.Now,
		CreatedFrom: p.CreatedFrom, CreatedBefore: p.CreatedBefore, Words: p.Words, Most: maxCount + 1})
}

// InvitationConnection is a page of a list. What a client does not ask for is not made: the edges' cursors, and the count.
type InvitationConnection struct {
	PageInfo *PageInfo

	resolver *Resolver
	rows     []*queries.Invitation
	order    queries.InvitationListOrder
	count    func() (int, error)
}

// TotalCount is at most 10,000; TotalCountPrecision says whether there are more.
func (c *InvitationConnection) TotalCount(context.Context) (int, error) {
	n, err := c.count()
	return min(n, maxCount), err
}

// TotalCountPrecision costs what the count costs, once for both.
func (c *InvitationConnection) TotalCountPrecision(context.Context) (CountPrecision, error) {
	n, err := c.count()
	if n > maxCount {
		return CountPrecisionAtLeast, err
	}
	return CountPrecisionExact, err
}
