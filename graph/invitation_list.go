package graph

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/google/uuid"

	"carryover/queries"
)

var invitationKeys = keyed[queries.ListedInvitation]{
	id:    func(i *queries.ListedInvitation) uuid.UUID { return i.ID },
	key:   func(o listOrder, i *queries.ListedInvitation) string { return queries.InvitationListOrder(o).Key(i) },
	isKey: func(o listOrder, key string) bool { return queries.InvitationListOrder(o).IsKey(key) },
}

// Invitations reads a page with its rows' tenants, plans, locations and insurance, and nothing for each row. Newest first is the
// order of who names none.
func (r *queryResolver) Invitations(ctx context.Context, first *int, after *string, last *int, before *string, filter *InvitationFilter, orderBy *InvitationOrder) (*InvitationConnection, error) {
	order := listOrder{string(InvitationSortCreatedAt), true}
	if orderBy != nil {
		order = listOrder{string(orderBy.By), orderBy.Direction == SortDirectionDesc}
	}
	p, err := newTwoWayPage(invitationKeys, window{first, after, last, before}, order)
	if err != nil {
		return nil, err
	}
	match, err := r.match(ctx, filter)
	if err != nil {
		return nil, err
	}
	match.RowLimit, match.AfterID, match.AfterKey = p.begin()
	rows, err := r.invitationPage(ctx, p.walk(), match)
	if err != nil {
		return nil, err
	}
	list := &InvitationConnection{}
	list.count = sync.OnceValues(func() (int, error) { return r.countInvitations(ctx, match) })
	list.writtenPage.resolver, list.order, list.by = r.Resolver, order, &invitationsWritten
	list.rows, list.PageInfo = p.cut(rows)
	return list, nil
}

// invitationMatch is a filter with who asks.
type invitationMatch struct {
	queries.InvitationListParams
	search string
	// scope is asked for where it is needed: not for most pages.
	scope func() (*listScope, error)
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
	if m.search, err = searched(f.Search); err != nil {
		return nil, err
	}
	if f.LinkExpired != nil && *f.LinkExpired {
		m.Statuses = onlyOpen(m.Statuses)
	}
	m.scope = sync.OnceValues(func() (*listScope, error) { return r.invitationScope(ctx, m) })
	return m, nil
}

// invitationScope asks where a list is looked for, in which words, and about how much is there.
func (r *Resolver) invitationScope(ctx context.Context, m *invitationMatch) (*listScope, error) {
	scope, err := r.q.InvitationListScope(ctx, r.Pages, queries.InvitationListScopeParams{
		StaffID: m.StaffID, LocationIds: m.LocationIds, Statuses: m.Statuses, PlanIds: m.PlanIds, AnchorDays: m.AnchorDays, HasPhone: m.HasPhone,
		Texted: m.Texted, DeliveryFailed: m.DeliveryFailed, CreatedFrom: m.CreatedFrom, CreatedBefore: m.CreatedBefore, LinkExpired: m.LinkExpired,
		Now: m.Now, Search: m.search})
	if err != nil {
		return nil, fmt.Errorf("read what to look in: %w", err)
	}
	return (*listScope)(scope), nil
}

// onlyOpen are the states asked for of which alone a link expires. Where only others are asked for they stay, and no row matches.
func onlyOpen(asked []string) []string {
	open := words(openStatuses)
	if len(asked) == 0 {
		return open
	}
	if some := slices.DeleteFunc(open, func(state string) bool { return !slices.Contains(asked, state) }); len(some) > 0 {
		return some
	}
	return asked
}

// days keeps a number that no day has from being more than a smallint; no row has it.
func days(list []int) []int {
	out := make([]int, len(list))
	for i, day := range list {
		out[i] = min(max(day, 0), 32)
	}
	return out
}

func (r *Resolver) invitationPage(ctx context.Context, by listOrder, m *invitationMatch) ([]*queries.ListedInvitation, error) {
	p, order := m.InvitationListParams, queries.InvitationListOrder(by)
	return ways[queries.ListedInvitation]{
		limit: p.RowLimit, apart: m.standsApart(ctx, by), anywhere: m.search == "" && len(p.PlanIds)+len(p.LocationIds) == 0,
		beyondIndex: len(p.PlanIds) > 0, asked: p.LocationIds, scope: m.scope,
		each: func() ([]*queries.ListedInvitation, error) {
			p.Statuses = states(p.Statuses, queries.AllInvitationStatusValues())
			return r.q.InvitationListEach(ctx, r.Pages, order, p)
		},
		walk: func(places []uuid.UUID, reach int) ([]*queries.ListedInvitation, error) {
			p.LocationIds = places
			if p.AfterID == nil {
				p.AfterKey = firstState(by, p.Statuses, queries.AllInvitationStatusValues())
			}
			return r.q.InvitationListWalk(ctx, r.Pages, order, p, m.search, reach)
		},
		sorted: func(places []uuid.UUID, words []string) ([]*queries.ListedInvitation, error) {
			p.LocationIds, p.Words = places, words
			return foundInOrder(func() ([]uuid.UUID, error) { return r.q.InvitationListFound(ctx, r.Lists, order, p) },
				func(ids []uuid.UUID) ([]*queries.ListedInvitation, error) {
					return r.q.InvitationListInOrder(ctx, r.Pages, queries.InvitationListInOrderParams{Ids: ids, StaffID: p.StaffID})
				})
		},
	}.page()
}

// standsApart tells whether a page is put together of the heads of places.
func (m *invitationMatch) standsApart(ctx context.Context, order listOrder) bool {
	if m.search != "" || len(m.PlanIds) > 0 || m.LinkExpired != nil {
		return false
	}
	switch order.By {
	case string(InvitationSortLocation):
		return m.CreatedFrom == nil && m.CreatedBefore == nil && (len(m.LocationIds) > 0 || !managesEverything(ctx))
	case string(InvitationSortCreatedAt):
		return len(m.LocationIds) > 0 && len(m.LocationIds)*len(states(m.Statuses, queries.AllInvitationStatusValues())) <= fewPlaces
	}
	return false
}

// countInvitations counts to one beyond maxCount, to tell whether there are more.
func (r *Resolver) countInvitations(ctx context.Context, m *invitationMatch) (int, error) {
	if m.isEmpty() && managesEverything(ctx) {
		return r.q.InvitationCountAll(ctx, r.Pages, queries.InvitationCountAllParams{StaffID: m.StaffID, Most: maxCount + 1})
	}
	scope, err := m.scope()
	if err != nil {
		return 0, err
	}
	places, some := scope.places(m.LocationIds)
	if !some {
		return 0, nil
	}
	return r.q.InvitationCountMatching(ctx, r.Lists, queries.InvitationCountMatchingParams{
		LocationIds: places, StaffID: m.StaffID, Statuses: m.Statuses, AnchorDays: m.AnchorDays, PlanIds: m.PlanIds,
		HasPhone: m.HasPhone, DeliveryFailed: m.DeliveryFailed, Texted: m.Texted, LinkExpired: m.LinkExpired, Now: m.Now,
		CreatedFrom: m.CreatedFrom, CreatedBefore: m.CreatedBefore, Words: scope.Words, Most: maxCount + 1})
}

// isEmpty tells whether every invitation matches.
func (m *invitationMatch) isEmpty() bool {
	return m.search == "" && len(m.LocationIds)+len(m.Statuses)+len(m.PlanIds)+len(m.AnchorDays) == 0 && m.HasPhone == nil && m.Texted == nil &&
		m.DeliveryFailed == nil && m.LinkExpired == nil && m.CreatedFrom == nil && m.CreatedBefore == nil
}

// InvitationConnection is a page of a list. What a client does not ask for is not made: the edges' cursors, and the count.
type InvitationConnection struct {
	counted
	writtenPage[queries.ListedInvitation, queries.Invitation]
	PageInfo *PageInfo
}
