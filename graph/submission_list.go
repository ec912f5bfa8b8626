package graph

import (
	"context"
	"fmt"
	"sync"

	"github.com/google/uuid"

	"carryover/queries"
)

var submissionKeys = keyed[queries.ListedSubmission]{
	id:    func(s *queries.ListedSubmission) uuid.UUID { return s.ID },
	key:   func(o listOrder, s *queries.ListedSubmission) string { return queries.SubmissionListOrder(o).Key(s) },
	isKey: func(o listOrder, key string) bool { return queries.SubmissionListOrder(o).IsKey(key) },
}

// Submissions reads a page with its rows' tenants, plans and locations, and nothing for each row. Newest first is the order of who
// names none.
func (r *queryResolver) Submissions(ctx context.Context, first *int, after *string, last *int, before *string, filter *SubmissionFilter, orderBy *SubmissionOrder) (*SubmissionConnection, error) {
	order := listOrder{string(SubmissionSortSubmittedAt), true}
	if orderBy != nil {
		order = listOrder{string(orderBy.By), orderBy.Direction == SortDirectionDesc}
	}
	p, err := newTwoWayPage(submissionKeys, window{first, after, last, before}, order)
	if err != nil {
		return nil, err
	}
	match, err := r.matchSubmissions(ctx, filter)
	if err != nil {
		return nil, err
	}
	match.RowLimit, match.AfterID, match.AfterKey = p.begin()
	rows, err := r.submissionPage(ctx, p.walk(), match)
	if err != nil {
		return nil, err
	}
	list := &SubmissionConnection{}
	list.count = sync.OnceValues(func() (int, error) { return r.countSubmissions(ctx, match) })
	list.writtenPage.resolver, list.order, list.by = r.Resolver, order, &submissionsWritten
	list.rows, list.PageInfo = p.cut(rows)
	return list, nil
}

// submissionMatch is a filter with who asks.
type submissionMatch struct {
	queries.SubmissionListParams
	search string
	// scope is asked for where it is needed: not for most pages.
	scope func() (*listScope, error)
}

// matchSubmissions turns a filter into what the statements take. That the rows are the caller's stands in each statement.
func (r *Resolver) matchSubmissions(ctx context.Context, f *SubmissionFilter) (m *submissionMatch, err error) {
	if f == nil {
		f = &SubmissionFilter{}
	}
	m = &submissionMatch{SubmissionListParams: queries.SubmissionListParams{
		StaffID: viewerID(ctx), LocationIds: onlyAny(nounLocation, f.LocationIds), Statuses: words(f.Statuses), Methods: words(f.Methods),
		WaitingSinceBefore: f.WaitingSinceBefore, SubmittedFrom: f.SubmittedFrom, SubmittedBefore: f.SubmittedBefore, Words: []string{}}}
	if m.search, err = searched(f.Search); err != nil {
		return nil, err
	}
	m.scope = sync.OnceValues(func() (*listScope, error) { return r.submissionScope(ctx, m) })
	return m, nil
}

// submissionScope asks where a list is looked for, in which words, and about how much is there.
func (r *Resolver) submissionScope(ctx context.Context, m *submissionMatch) (*listScope, error) {
	scope, err := r.q.SubmissionListScope(ctx, r.Pages, queries.SubmissionListScopeParams{StaffID: m.StaffID, LocationIds: m.LocationIds,
		Statuses: m.Statuses, Methods: m.Methods, WaitingSinceBefore: m.WaitingSinceBefore, SubmittedFrom: m.SubmittedFrom,
		SubmittedBefore: m.SubmittedBefore, Search: m.search})
	if err != nil {
		return nil, fmt.Errorf("read what to look in: %w", err)
	}
	return (*listScope)(scope), nil
}

func (r *Resolver) submissionPage(ctx context.Context, by listOrder, m *submissionMatch) ([]*queries.ListedSubmission, error) {
	p, order := m.SubmissionListParams, queries.SubmissionListOrder(by)
	return ways[queries.ListedSubmission]{
		limit: p.RowLimit, apart: m.standsApart(ctx, by), anywhere: m.search == "" && len(p.LocationIds) == 0, asked: p.LocationIds, scope: m.scope,
		each: func() ([]*queries.ListedSubmission, error) {
			p.Statuses = states(p.Statuses, queries.AllSubmissionStatusValues())
			return r.q.SubmissionListEach(ctx, r.Pages, order, p)
		},
		walk: func(places []uuid.UUID, reach int) ([]*queries.ListedSubmission, error) {
			p.LocationIds = places
			if p.AfterID == nil {
				p.AfterKey = firstState(by, p.Statuses, queries.AllSubmissionStatusValues())
			}
			return r.q.SubmissionListWalk(ctx, r.Pages, order, p, m.search, reach)
		},
		sorted: func(places []uuid.UUID, words []string) ([]*queries.ListedSubmission, error) {
			p.LocationIds, p.Words = places, words
			return foundInOrder(func() ([]uuid.UUID, error) { return r.q.SubmissionListFound(ctx, r.Lists, order, p) },
				func(ids []uuid.UUID) ([]*queries.ListedSubmission, error) {
					return r.q.SubmissionListInOrder(ctx, r.Pages, queries.SubmissionListInOrderParams{Ids: ids, StaffID: p.StaffID})
				})
		},
	}.page()
}

// standsApart tells whether a page is put together of the heads of places.
func (m *submissionMatch) standsApart(ctx context.Context, order listOrder) bool {
	switch {
	case m.search != "":
		return false
	case order.By == string(SubmissionSortLocation):
		return m.SubmittedFrom == nil && m.SubmittedBefore == nil && (len(m.LocationIds) > 0 || !managesEverything(ctx))
	case order.By == string(SubmissionSortSubmittedAt):
		return len(m.LocationIds) > 0 && len(m.LocationIds)*len(states(m.Statuses, queries.AllSubmissionStatusValues())) <= fewPlaces
	}
	return false
}

// countSubmissions counts to one beyond maxCount, to tell whether there are more.
func (r *Resolver) countSubmissions(ctx context.Context, m *submissionMatch) (int, error) {
	if m.isEmpty() && managesEverything(ctx) {
		return r.q.SubmissionCountAll(ctx, r.Pages, queries.SubmissionCountAllParams{StaffID: m.StaffID, Most: maxCount + 1})
	}
	scope, err := m.scope()
	if err != nil {
		return 0, err
	}
	places, some := scope.places(m.LocationIds)
	if !some {
		return 0, nil
	}
	return r.q.SubmissionCountMatching(ctx, r.Lists, queries.SubmissionCountMatchingParams{
		LocationIds: places, StaffID: m.StaffID, Statuses: m.Statuses, Methods: m.Methods, WaitingSinceBefore: m.WaitingSinceBefore,
		SubmittedFrom: m.SubmittedFrom, SubmittedBefore: m.SubmittedBefore, Words: scope.Words, Most: maxCount + 1})
}

// isEmpty tells whether every submission matches.
func (m *submissionMatch) isEmpty() bool {
	return m.search == "" && len(m.LocationIds)+len(m.Statuses)+len(m.Methods) == 0 && m.WaitingSinceBefore == nil &&
		m.SubmittedFrom == nil && m.SubmittedBefore == nil
}

// SubmissionConnection is a page of a list. What a client does not ask for is not made: the edges' cursors, and the count.
type SubmissionConnection struct {
	counted
	writtenPage[queries.ListedSubmission, queries.Submission]
	PageInfo *PageInfo
}
