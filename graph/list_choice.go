package graph

import (
	"context"
	"fmt"
	"slices"
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

// scope is where a list looks, and for what words.
type scope struct {
	// nothing can match: the caller manages none of the places asked for.
	nothing bool
	// found is about how many rows of the places hold the words searched for.
	found  int64
	places []uuid.UUID
	words  []string
}

// scope asks about places first, so that a statement knows how much of the table they hold; that they are the caller's stands in
// the statement itself again. An ADMIN who names none and searches for nothing is spared the question.
func (r *Resolver) scope(ctx context.Context, table string, locationIDs []string, search *string) (s scope, err error) {
	s.places, s.words = []uuid.UUID{}, []string{}
	text := ""
	if search != nil {
		text = *search
	}
	if utf8.RuneCountInString(text) > maxSearch {
		return s, coded("BAD_REQUEST", fmt.Sprintf("`search` is at most %d characters.", maxSearch))
	}
	if text == "" && len(locationIDs) == 0 && managesEverything(ctx) {
		return s, nil
	}
	row, err := r.q.ListScope(ctx, r.Pool, queries.ListScopeParams{
		Listed: table, StaffID: viewerID(ctx), LocationIds: onlyAny(nounLocation, locationIDs), Search: text})
	if err != nil {
		return s, fmt.Errorf("read what to look in: %w", err)
	}
	s.words, s.found = row.Words, row.Found
	if len(locationIDs) > 0 || !row.Everything {
		s.places, s.nothing = row.LocationIds, len(row.LocationIds) == 0
	}
	return s, nil
}

// managesEverything spares an ADMIN the question where; the statement asks again.
func managesEverything(ctx context.Context) bool {
	v := access.From(ctx).Viewer
	return v != nil && v.Staff.Role == queries.StaffRoleAdmin
}

// statements are the ways to a page of one list in one order, and what the choice among them depends on.
type statements[Row any] struct {
	scope
	limit int
	// states is how many states are asked for; byPlace and byTime, whether the order is by location or the list's usual one.
	states          int
	byPlace, byTime bool
	// beyondIndex: a column is asked for that stands in no index. inText: the text that is searched stands in the order's own index,
	// and no other column is asked for.
	beyondIndex, inText bool

	plain, within, sorted, each func() ([]*Row, error)
	walk                        func(reach int) ([]*Row, error)
}

// page chooses the statement by how many rows there are to find, or to pass over.
func (s statements[Row]) page() ([]*Row, error) {
	switch {
	case s.nothing:
		return nil, nil
	case len(s.words) > 0:
		return s.search()
	case len(s.places) == 0:
		return s.plain()
	case s.beyondIndex:
		return s.within()
	case s.byPlace, s.byTime && len(s.places)*s.states <= fewPlaces:
		return s.each()
	case s.found <= fewSorted:
		return s.sorted()
	default:
		return s.within()
	}
}

// search finds few rows and sorts them, and goes through the list for many: not far, since they may stand together far away from
// where the page begins (all the Smiths, by name), and then finds them after all.
func (s statements[Row]) search() ([]*Row, error) {
	if s.found > fewFound && !s.beyondIndex {
		reach := walkLength
		if s.inText {
			reach *= 4
		}
		rows, err := s.walk(reach)
		if err != nil || len(rows) == s.limit {
			return rows, err
		}
	}
	return s.sorted()
}

// states are those asked for, each once, or all.
func states[S ~string](asked []string, all []S) []string {
	if len(asked) == 0 {
		return words(all)
	}
	return slices.Compact(slices.Sorted(slices.Values(asked)))
}

// counted is the total of a list, counted to one beyond maxCount, to tell whether there are more, and only when asked for.
type counted struct{ count func() (int, error) }

// TotalCount is at most 10,000; TotalCountPrecision says whether there are more.
func (c counted) TotalCount(context.Context) (int, error) {
	n, err := c.count()
	return min(n, maxCount), err
}

// TotalCountPrecision costs what the count costs, once for both.
func (c counted) TotalCountPrecision(context.Context) (CountPrecision, error) {
	n, err := c.count()
	if n > maxCount {
		return CountPrecisionAtLeast, err
	}
	return CountPrecisionExact, err
}
