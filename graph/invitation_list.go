package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

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
	// fewFound is how many rows are sooner found and sorted than come across.
	fewFound = 4_000
	// shortWalk is how many rows are gone through before anything is asked about the filter.
	shortWalk = 1_000
	// leastWalk and mostWalk are how many are gone through before what matches is found and sorted after all: the more there are to
	// find, the dearer that is.
	leastWalk, mostWalk = 25_000, 150_000
)

// Invitations reads a page with its rows' tenants, plans, locations and insurance, and nothing for each row.
func (r *queryResolver) Invitations(ctx context.Context, first *int, after *string, last *int, before *string, filter *InvitationFilter, orderBy *InvitationOrder) (*InvitationConnection, error) {
	p, err := newTwoWayPage(first, after, last, before, orderBy)
	if err != nil {
		return nil, err
	}
	match, err := r.match(ctx, filter)
	if err != nil {
		return nil, err
	}
	rows, err := r.invitationPage(ctx, p.walk(), p.begin(match))
	if err != nil {
		return nil, err
	}
	list := &InvitationConnection{resolver: r.Resolver, order: p.order, count: sync.OnceValues(func() (int, error) { return r.countInvitations(ctx, match) })}
	list.rows, list.PageInfo = p.cut(rows)
	return list, nil
}

// invitationMatch is a filter with who asks.
type invitationMatch struct {
	queries.InvitationListParams
	search string
	// scope is asked for where it is needed: not for most pages.
	scope func() (*queries.InvitationListScopeRow, error)
}

// match turns a filter into what the statements take. That the rows are the caller's stands in each statement.
func (r *Resolver) match(ctx context.Context, f *InvitationFilter) (m *invitationMatch, err error) {
	if f == nil {
		f = &InvitationFilter{}
	}
	m = &invitationMatch{InvitationListParams: queries.InvitationListParams{
		StaffID: viewerID(ctx), LocationIds: onlyAny(nounLocation, f.LocationIds), Statuses: words(f.Statuses), PlanIds: onlyAny(nounPlan, f.PlanIds),
		AnchorDays: days(f.AnchorDays), HasPhone: f.HasPhone, Texted: f.Texted, DeliveryFailed: f.DeliveryFailed, LinkExpired: f.LinkExpired,
		Now: r.Migration.Clock(), CreatedFrom: f.CreatedFrom, CreatedBefore: f.CreatedBefore, Words: []string{}}}
	if f.Search != nil {
		m.search = strings.TrimSpace(*f.Search)
	}
	if utf8.RuneCountInString(m.search) > maxSearch {
		return nil, coded("BAD_REQUEST", fmt.Sprintf("`search` is at most %d characters.", maxSearch))
	}
	if f.LinkExpired != nil && *f.LinkExpired && len(m.Statuses) == 0 {
		m.Statuses = words(openStatuses) // of no other does a link expire
	}
	m.scope = sync.OnceValues(func() (*queries.InvitationListScopeRow, error) { return r.scope(ctx, m) })
	return m, nil
}

// scope asks where a list is looked for, in which words, and about how much is there.
func (r *Resolver) scope(ctx context.Context, m *invitationMatch) (*queries.InvitationListScopeRow, error) {
	scope, err := r.q.InvitationListScope(ctx, r.Pages, queries.InvitationListScopeParams{
		StaffID: m.StaffID, LocationIds: m.LocationIds, Statuses: m.Statuses, PlanIds: m.PlanIds, AnchorDays: m.AnchorDays, HasPhone: m.HasPhone,
		Texted: m.Texted, DeliveryFailed: m.DeliveryFailed, CreatedFrom: m.CreatedFrom, CreatedBefore: m.CreatedBefore, Search: m.search})
	if err != nil {
		return nil, fmt.Errorf("read what to look in: %w", err)
	}
	return scope, nil
}

// within is the filter with the places and the words as the statements take them that are planned each time; false where the caller
// manages none of the places.
func (m *invitationMatch) within() (queries.InvitationListParams, bool, error) {
	p := m.InvitationListParams
	scope, err := m.scope()
	if err != nil {
		return p, false, err
	}
	p.Words = scope.Words
	if len(p.LocationIds) > 0 || !scope.Everything {
		p.LocationIds = scope.LocationIds
		return p, len(scope.LocationIds) > 0, nil
	}
	return p, true, nil
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

// invitationPage reads a page in the way that costs least. Most are full after a short walk, or stand at the head of a few places.
// For the others it is asked how many rows match: few are found and sorted; for many the walk goes on, not far, since they may
// stand together far away from where the page begins (all the Smiths, by name), and then they are found after all.
func (r *Resolver) invitationPage(ctx context.Context, order queries.InvitationListOrder, m *invitationMatch) ([]*queries.ListedInvitation, error) {
	p := m.InvitationListParams
	if m.standsApart(ctx, order) {
		p.Statuses = states(p)
		return r.q.InvitationListEach(ctx, r.Pages, order, p)
	}
	if len(p.PlanIds)+len(p.LocationIds) == 0 {
		rows, err := r.q.InvitationListWalk(ctx, r.Pages, order, p, m.search, m.reach(shortWalk))
		if err != nil || len(rows) == p.RowLimit {
			return rows, err
		}
	}
	p, some, err := m.within()
	if err != nil || !some {
		return nil, err
	}
	if scope, _ := m.scope(); scope.Found > fewFound && len(p.PlanIds) == 0 {
		rows, err := r.q.InvitationListWalk(ctx, r.Pages, order, p, m.search, m.reach(min(max(leastWalk, 3*int(scope.Found)), mostWalk)))
		if err != nil || len(rows) == p.RowLimit {
			return rows, err
		}
	}
	ids, err := r.q.InvitationListFound(ctx, r.Lists, order, p)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	return r.q.InvitationListByIDs(ctx, r.Pages, queries.InvitationListByIDsParams{Ids: ids, StaffID: p.StaffID})
}

// standsApart tells whether a page is put together of the heads of places: by location, or by time for a few.
func (m *invitationMatch) standsApart(ctx context.Context, order queries.InvitationListOrder) bool {
	if m.search != "" || len(m.PlanIds) > 0 || m.LinkExpired != nil {
		return false
	}
	switch order.By {
	case string(InvitationSortLocation):
		return m.CreatedFrom == nil && m.CreatedBefore == nil && (len(m.LocationIds) > 0 || !managesEverything(ctx))
	case string(InvitationSortCreatedAt):
		return len(m.LocationIds) > 0 && len(m.LocationIds)*len(states(m.InvitationListParams)) <= fewPlaces
	}
	return false
}

// reach is shorter where each row has to be read, and not only its entry in the index.
func (m *invitationMatch) reach(rows int) int {
	if m.LinkExpired != nil {
		return min(rows, shortWalk)
	}
	return rows
}

// states are those asked for, each once, or all.
func states(p queries.InvitationListParams) []string {
	if len(p.Statuses) == 0 {
		return words(queries.AllInvitationStatusValues())
	}
	return slices.Compact(slices.Sorted(slices.Values(p.Statuses)))
}

// countInvitations counts to one beyond maxCount, to tell whether there are more.
func (r *Resolver) countInvitations(ctx context.Context, m *invitationMatch) (int, error) {
	if m.isEmpty() && managesEverything(ctx) {
		return r.q.InvitationCountAll(ctx, r.Pages, queries.InvitationCountAllParams{StaffID: m.StaffID, Most: maxCount + 1})
	}
	p, some, err := m.within()
	if err != nil || !some {
		return 0, err
	}
	return r.q.InvitationCountMatching(ctx, r.Lists, queries.InvitationCountMatchingParams{
		LocationIds: p.LocationIds, StaffID: p.StaffID, Statuses: p.Statuses, AnchorDays: p.AnchorDays, PlanIds: p.PlanIds,
		HasPhone: p.HasPhone, DeliveryFailed: p.DeliveryFailed, Texted: p.Texted, LinkExpired: p.LinkExpired, Now: p.Now,
		CreatedFrom: p.CreatedFrom, CreatedBefore: p.CreatedBefore, Words: p.Words, Most: maxCount + 1})
}

// isEmpty tells whether every invitation matches.
func (m *invitationMatch) isEmpty() bool {
	return m.search == "" && len(m.LocationIds)+len(m.Statuses)+len(m.PlanIds)+len(m.AnchorDays) == 0 && m.HasPhone == nil && m.Texted == nil &&
		m.DeliveryFailed == nil && m.LinkExpired == nil && m.CreatedFrom == nil && m.CreatedBefore == nil
}

// InvitationConnection is a page of a list. What a client does not ask for is not made: the edges' cursors, and the count.
type InvitationConnection struct {
	PageInfo *PageInfo

	resolver *Resolver
	rows     []*queries.ListedInvitation
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
