package graph

import (
	"context"
	"sync"

	"github.com/google/uuid"

	"carryover/queries"
)

var submissionKeys = keyed[queries.Submission]{
	id:    func(s *queries.Submission) uuid.UUID { return s.ID },
	key:   func(o listOrder, s *queries.Submission) string { return queries.SubmissionListOrder(o).Key(s) },
	isKey: func(o listOrder, key string) bool { return queries.SubmissionListOrder(o).IsKey(key) },
}

// Submissions reads a page; what its rows are about is loaded together. Newest first is the order of who names none.
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
	list := &SubmissionConnection{order: order}
	list.count = sync.OnceValues(func() (int, error) { return r.countSubmissions(ctx, match) })
	list.Nodes, list.PageInfo = p.cut(rows)
	return list, nil
}

// submissionMatch is a filter with the caller's bound.
type submissionMatch struct {
	queries.SubmissionListParams
	scope
}

func (r *Resolver) matchSubmissions(ctx context.Context, f *SubmissionFilter) (m submissionMatch, err error) {
	if f == nil {
		f = &SubmissionFilter{}
	}
	m.scope, err = r.scope(ctx, "submissions", f.LocationIds, f.Search)
	m.SubmissionListParams = queries.SubmissionListParams{
		StaffID: viewerID(ctx), LocationIds: m.places, Statuses: words(f.Statuses), Methods: words(f.Methods), Words: m.words,
		WaitingSinceBefore: f.WaitingSinceBefore, SubmittedFrom: f.SubmittedFrom, SubmittedBefore: f.SubmittedBefore}
	return m, err
}

func (r *Resolver) submissionPage(ctx context.Context, by listOrder, m submissionMatch) ([]*queries.Submission, error) {
	p, order, all := m.SubmissionListParams, queries.SubmissionListOrder(by), states(m.Statuses, queries.AllSubmissionStatusValues())
	return statements[queries.Submission]{
		scope: m.scope, limit: p.RowLimit, states: len(all),
		byPlace: by.By == string(SubmissionSortLocation), byTime: by.By == string(SubmissionSortSubmittedAt),
		inText: (by.By == string(SubmissionSortTenant) || by.By == string(SubmissionSortPlan)) &&
			p.SubmittedFrom == nil && p.SubmittedBefore == nil,
		plain:  func() ([]*queries.Submission, error) { return r.q.SubmissionList(ctx, r.Lists, order, p) },
		within: func() ([]*queries.Submission, error) { return r.q.SubmissionListWithin(ctx, r.Lists, order, p) },
		sorted: func() ([]*queries.Submission, error) { return r.q.SubmissionListFound(ctx, r.Lists, order, p) },
		each: func() ([]*queries.Submission, error) {
			each := p
			if by.By == string(SubmissionSortSubmittedAt) {
				each.Statuses = all
			}
			return r.q.SubmissionListEach(ctx, r.Lists, order, each)
		},
		walk: func(reach int) ([]*queries.Submission, error) {
			return r.q.SubmissionListWalk(ctx, r.Lists, order, p, reach)
		},
	}.page()
}

func (r *Resolver) countSubmissions(ctx context.Context, m submissionMatch) (int, error) {
	if m.nothing {
		return 0, nil
	}
	p := m.SubmissionListParams
	return r.q.SubmissionCountMatching(ctx, r.Lists, queries.SubmissionCountMatchingParams{
		LocationIds: p.LocationIds, StaffID: p.StaffID, Statuses: p.Statuses, Methods: p.Methods, WaitingSinceBefore: p.WaitingSinceBefore,
		SubmittedFrom: p.SubmittedFrom, SubmittedBefore: p.SubmittedBefore, Words: p.Words, Most: maxCount + 1})
}

// SubmissionConnection is a page of a list. What a client does not ask for is not made: the edges' cursors, and the count.
type SubmissionConnection struct {
	counted
	Nodes    []*queries.Submission
	PageInfo *PageInfo

	order listOrder
}

// Edges are the rows with their cursors.
func (c *SubmissionConnection) Edges(context.Context) ([]*SubmissionEdge, error) {
	edges := make([]*SubmissionEdge, len(c.Nodes))
	for i, row := range c.Nodes {
		edges[i] = &SubmissionEdge{Cursor: submissionKeys.cursor(c.order, row), Node: row}
	}
	return edges, nil
}
