package graph

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"carryover/queries"
)

var invitationKeys = keyed[queries.Invitation]{
	id:    func(i *queries.Invitation) uuid.UUID { return i.ID },
	key:   func(o listOrder, i *queries.Invitation) string { return queries.InvitationListOrder(o).Key(i) },
	isKey: func(o listOrder, key string) bool { return queries.InvitationListOrder(o).IsKey(key) },
}

// Invitations reads a page, its rows' tenants, plans, locations and insurance, and nothing for each row. Newest first is the order
// of who names none.
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
	list := &InvitationConnection{resolver: r.Resolver, order: order}
	list.count = sync.OnceValues(func() (int, error) { return r.countInvitations(ctx, match) })
	list.rows, list.PageInfo = p.cut(rows)
	return list, nil
}

// invitationMatch is a filter with the caller's bound.
type invitationMatch struct {
	queries.InvitationListParams
	scope
}

// match turns a filter into what the statements take.
func (r *Resolver) match(ctx context.Context, f *InvitationFilter) (m invitationMatch, err error) {
	if f == nil {
		f = &InvitationFilter{}
	}
	m.scope, err = r.scope(ctx, "invitations", f.LocationIds, f.Search)
	m.InvitationListParams = queries.InvitationListParams{
		StaffID: viewerID(ctx), LocationIds: m.places, Statuses: words(f.Statuses), PlanIds: onlyAny(nounPlan, f.PlanIds),
		AnchorDays: days(f.AnchorDays), HasPhone: f.HasPhone, Texted: f.Texted, DeliveryFailed: f.DeliveryFailed, LinkExpired: f.LinkExpired,
		Now: r.Migration.Clock(), CreatedFrom: f.CreatedFrom, CreatedBefore: f.CreatedBefore, Words: m.words}
	return m, err
}

// days keeps a number that no day has from being more than a smallint; no row has it.
func days(list []int) []int {
	out := make([]int, len(list))
	for i, day := range list {
		out[i] = min(max(day, 0), 32)
	}
	return out
}

func (r *Resolver) invitationPage(ctx context.Context, by listOrder, m invitationMatch) ([]*queries.Invitation, error) {
	p, order, all := m.InvitationListParams, queries.InvitationListOrder(by), states(m.Statuses, queries.AllInvitationStatusValues())
	return statements[queries.Invitation]{
		scope: m.scope, limit: p.RowLimit, states: len(all),
		byPlace: by.By == string(InvitationSortLocation), byTime: by.By == string(InvitationSortCreatedAt),
		beyondIndex: len(p.PlanIds) > 0,
		inText: (by.By == string(InvitationSortTenant) || by.By == string(InvitationSortPlan)) &&
			p.LinkExpired == nil && p.CreatedFrom == nil && p.CreatedBefore == nil,
		plain:  func() ([]*queries.Invitation, error) { return r.q.InvitationList(ctx, r.Lists, order, p) },
		within: func() ([]*queries.Invitation, error) { return r.q.InvitationListWithin(ctx, r.Lists, order, p) },
		sorted: func() ([]*queries.Invitation, error) { return r.q.InvitationListFound(ctx, r.Lists, order, p) },
		each: func() ([]*queries.Invitation, error) {
			each := p
			if by.By == string(InvitationSortCreatedAt) {
				each.Statuses = all
			}
			return r.q.InvitationListEach(ctx, r.Lists, order, each)
		},
		walk: func(reach int) ([]*queries.Invitation, error) {
			return r.q.InvitationListWalk(ctx, r.Lists, order, p, reach)
		},
	}.page()
}

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
	counted
	PageInfo *PageInfo

	resolver *Resolver
	rows     []*queries.Invitation
	order    listOrder
}
