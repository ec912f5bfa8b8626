package graph

import (
	"context"
	"fmt"
	"slices"
	"strings"
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
	// fewFound is how many rows are sooner found and sorted than come across.
	fewFound = 4_000
	// shortWalk is how many rows are gone through before anything is asked about a filter without a search.
	shortWalk = 1_000
	// leastWalk and mostWalk are how many are gone through before what matches is found and sorted after all: the more there are to
	// find, the dearer that is.
	leastWalk, mostWalk = 25_000, 150_000
)

// listScope is where a list is looked for, in which words, and about how much is there. The statements of each list answer it.
type listScope struct {
	LocationIds []uuid.UUID
	Everything  bool
	Words       []string
	Found       int64
}

// places are those of a statement that is planned each time; false where the caller manages none of those asked for.
func (s *listScope) places(asked []uuid.UUID) ([]uuid.UUID, bool) {
	if len(asked) > 0 || !s.Everything {
		return s.LocationIds, len(s.LocationIds) > 0
	}
	return asked, true
}

// searched is what somebody searches for.
func searched(text *string) (string, error) {
	if text == nil {
		return "", nil
	}
	search := strings.TrimSpace(*text)
	if utf8.RuneCountInString(search) > maxSearch {
		return "", Coded("BAD_REQUEST", fmt.Sprintf("`search` is at most %d characters.", maxSearch))
	}
	return search, nil
}

// maxAddress is what an email has at most (RFC 5321).
const maxAddress = 254

// notLong refuses an address that nobody has.
func notLong(address *string, name string) error {
	if address != nil && utf8.RuneCountInString(*address) > maxAddress {
		return Coded("BAD_REQUEST", fmt.Sprintf("`%s` is at most %d characters.", name, maxAddress))
	}
	return nil
}

// managesEverything spares an ADMIN the question where; the statement asks again.
func managesEverything(ctx context.Context) bool {
	v := access.From(ctx).Viewer
	return v != nil && v.Staff.Role == queries.StaffRoleAdmin
}

// ways are the ways to a page of one list in one order.
type ways[Row any] struct {
	limit int
	// apart: the page is put together of the heads of places, by location, or by time for a few.
	apart bool
	// anywhere: neither words nor locations are asked for, nor what stands in no index. beyondIndex: the latter is.
	anywhere, beyondIndex bool

	scope  func() (*listScope, error)
	asked  []uuid.UUID // locations
	each   func() ([]*Row, error)
	walk   func(places []uuid.UUID, reach int) ([]*Row, error)
	sorted func(places []uuid.UUID, words []string) ([]*Row, error)
}

// page reads a page in the way that costs least. Most lists without a search are full after a short walk, or stand at the heads of a
// few places. For the others it is asked how many rows match: few are found and sorted; for many the walk goes on, not far, since they
// may stand together far away from where the page begins (all the Smiths, by name), and then they are found after all.
func (w ways[Row]) page() ([]*Row, error) {
	if w.apart {
		return w.each()
	}
	if w.anywhere {
		rows, err := w.walk(w.asked, shortWalk)
		if err != nil || len(rows) == w.limit {
			return rows, err
		}
	}
	scope, err := w.scope()
	if err != nil {
		return nil, err
	}
	places, some := scope.places(w.asked)
	if !some {
		return nil, nil
	}
	if scope.Found > fewFound && !w.beyondIndex {
		rows, err := w.walk(places, min(max(leastWalk, 3*int(scope.Found)), mostWalk))
		if err != nil || len(rows) == w.limit {
			return rows, err
		}
	}
	return w.sorted(places, scope.Words)
}

// states are those asked for, each once, or all.
func states[S ~string](asked []string, all []S) []string {
	if len(asked) == 0 {
		return words(all)
	}
	return slices.Compact(slices.Sorted(slices.Values(asked)))
}

// firstState is where a walk by STATUS begins that has no cursor: at the first of the states asked for, since of those before it none matches.
// all are in the order of their type. Nil is the beginning of the order.
func firstState[S ~string](by listOrder, asked []string, all []S) *string {
	if by.By != "STATUS" || len(asked) == 0 {
		return nil
	}
	first := slices.Clone(words(all))
	if by.Descending {
		slices.Reverse(first)
	}
	i := slices.IndexFunc(first, func(state string) bool { return slices.Contains(asked, state) })
	if i < 0 {
		return nil
	}
	return &first[i]
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

// foundInOrder reads the rows that were found. Where one was deleted between the two statements, both are asked again: with a row too few a
// page would be told to be the last.
func foundInOrder[Row any](find func() ([]uuid.UUID, error), read func(ids []uuid.UUID) ([]*Row, error)) (rows []*Row, err error) {
	for range 3 {
		ids, err := find()
		if err != nil || len(ids) == 0 {
			return nil, err
		}
		if rows, err = read(ids); err != nil || len(rows) == len(ids) {
			return rows, err
		}
	}
	return rows, nil
}
