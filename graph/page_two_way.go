package graph

import (
	"fmt"
	"slices"

	"github.com/google/uuid"
)

// listOrder is a column of one of the large lists, by a name of its sort enum, and a direction.
type listOrder struct {
	By         string
	Descending bool
}

func (o listOrder) String() string {
	if o.Descending {
		return o.By + " " + string(SortDirectionDesc)
	}
	return o.By + " " + string(SortDirectionAsc)
}

// keyed is how a list's rows stand in its orders.
type keyed[Row any] struct {
	id    func(*Row) uuid.UUID
	key   func(listOrder, *Row) string
	isKey func(listOrder, string) bool
}

func (k keyed[Row]) cursor(o listOrder, row *Row) string {
	return cursor{ID: k.id(row), Order: o.String(), Key: k.key(o, row)}.String()
}

// window is the part of a list that a client asked for.
type window struct {
	first  *int
	after  *string
	last   *int
	before *string
}

// twoWayPage is a page of a list that has several orders and is read forward (`first`, `after`) or backward (`last`, `before`).
type twoWayPage[Row any] struct {
	keyed[Row]
	limit    int
	backward bool
	from     *cursor
	order    listOrder
}

// newTwoWayPage checks what a client asked for.
func newTwoWayPage[Row any](k keyed[Row], w window, order listOrder) (twoWayPage[Row], error) {
	p := twoWayPage[Row]{keyed: k, limit: defaultPage, backward: w.last != nil || w.before != nil, order: order}
	if p.backward && (w.first != nil || w.after != nil) {
		return p, Coded("BAD_REQUEST", "Give `first` and `after` to read forward, or `last` and `before` to read backward, not both.")
	}
	size, sizeName, from, fromName, edge := w.first, "first", w.after, "after", "endCursor"
	if p.backward {
		size, sizeName, from, fromName, edge = w.last, "last", w.before, "before", "startCursor"
	}
	if size != nil {
		if *size < 1 || *size > maxPage {
			return p, Coded("BAD_REQUEST", fmt.Sprintf("`%s` must be 1 to %d.", sizeName, maxPage))
		}
		p.limit = *size
	}
	if from == nil {
		return p, nil
	}
	if p.from = readCursor(*from); p.from == nil || p.from.Order == "" {
		return p, Coded("BAD_REQUEST", fmt.Sprintf("`%s` must be an `%s` that this list answered.", fromName, edge))
	}
	return p, p.checkOrder(fromName)
}

// checkOrder refuses a place in another order: the page that begins there would be of no list.
func (p twoWayPage[Row]) checkOrder(fromName string) error {
	if p.from.Order != p.order.String() {
		return Coded("BAD_REQUEST", fmt.Sprintf("`%s` is a cursor of another order than this list's, %q. Begin again without it, or ask for its order.",
			fromName, p.order))
	}
	if !p.isKey(p.order, p.from.Key) {
		return Coded("BAD_REQUEST", fmt.Sprintf("`%s` must be a cursor that this list answered.", fromName))
	}
	return nil
}

// walk is the order in which the rows are read: backward is forward in the opposite direction, turned round afterwards.
func (p twoWayPage[Row]) walk() listOrder {
	return listOrder{By: p.order.By, Descending: p.order.Descending != p.backward}
}

// begin is how many rows are read, and after which; after none at the list's end.
func (p twoWayPage[Row]) begin() (rowLimit int, afterID *uuid.UUID, afterKey *string) {
	if p.from == nil {
		return p.limit + 1, nil, nil
	}
	return p.limit + 1, &p.from.ID, &p.from.Key
}

// cut drops the row that was read to know whether there are more, and puts the page the right way round.
func (p twoWayPage[Row]) cut(rows []*Row) ([]*Row, *PageInfo) {
	more := len(rows) > p.limit
	rows = rows[:min(len(rows), p.limit)]
	info := &PageInfo{HasNextPage: more, HasPreviousPage: p.from != nil}
	if p.backward {
		slices.Reverse(rows)
		info.HasNextPage, info.HasPreviousPage = p.from != nil, more
	}
	if n := len(rows); n > 0 {
		start, end := p.cursor(p.order, rows[0]), p.cursor(p.order, rows[n-1])
		info.StartCursor, info.EndCursor = &start, &end
	}
	return rows, info
}
