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
	// fewFound is how many rows are sooner found by their words and sorted than come across, and fewSorted the same of a location's
	// rows, which are found and sorted within one index.
	fewFound, fewSorted = 5_000, 8_000
	// walkLength is how many rows a search goes through before it gives up.
	walkLength = 4_000
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
	// found is about how many invitations of the places hold the words searched for.
	found int64
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
	m.Words, m.found = scope.Words, scope.Found
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

// invitationPage chooses the statement by how many rows there are to find, or to pass over.
func (r *Resolver) invitationPage(ctx context.Context, order queries.InvitationListOrder, m invitationMatch) ([]*queries.Invitation, error) {
	p := m.InvitationListParams
	switch {
	case m.nothing:
		return nil, nil
	case len(p.Words) > 0:
		return r.searchPage(ctx, order, m)
	case len(p.LocationIds) == 0:
		return r.q.InvitationList(ctx, r.Lists, order, p)
	case len(p.PlanIds) > 0:
		return r.q.InvitationListWithin(ctx, r.Lists, order, p)
	case order.By == string(InvitationSortLocation):
		return r.q.InvitationListEach(ctx, r.Lists, order, p)
	case order.By == string(InvitationSortCreatedAt) && len(p.LocationIds)*len(states(p)) <= fewPlaces:
		p.Statuses = states(p)
		return r.q.InvitationListEach(ctx, r.Lists, order, p)
	case m.found <= fewSorted:
		return r.q.InvitationListFound(ctx, r.Lists, order, p)
	default:
		return r.q.InvitationListWithin(ctx, r.Lists, order, p)
	}
}

// states are those asked for, each once, or all.
func states(p queries.InvitationListParams) []string {
	if len(p.Statuses) == 0 {
		return words(queries.AllInvitationStatusValues())
	}
	return slices.Compact(slices.Sorted(slices.Values(p.Statuses)))
}

// searchPage finds few rows and sorts them, and goes through the list for many: not far, since they may stand together far away
// from where the page begins (all the Smiths, by name), and then finds them after all.
func (r *Resolver) searchPage(ctx context.Context, order queries.InvitationListOrder, m invitationMatch) ([]*queries.Invitation, error) {
	p := m.InvitationListParams
	if m.found > fewFound && len(p.PlanIds) == 0 {
		rows, err := r.q.InvitationListWalk(ctx, r.Lists, order, p, walkReach(order, p))
		if err != nil || len(rows) == p.RowLimit {
			return rows, err
		}
	}
	return r.q.InvitationListFound(ctx, r.Lists, order, p)
}

// walkReach is longer where the text that is searched stands in the index itself, and no other column of the row is asked for.
func walkReach(order queries.InvitationListOrder, p queries.InvitationListParams) int {
	byText := order.By == string(InvitationSortTenant) || order.By == string(InvitationSortPlan)
	if byText && p.LinkExpired == nil && p.CreatedFrom == nil && p.CreatedBefore == nil {
		return 4 * walkLength
	}
	return walkLength
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
