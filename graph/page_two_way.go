package graph

import (
	"fmt"
	"slices"

	"carryover/queries"
)

// twoWayPage is a page of a list that has several orders and is read forward (`first`, `after`) or backward (`last`, `before`).
type twoWayPage struct {
	limit    int
	backward bool
	from     *cursor
	order    queries.InvitationListOrder
}

// newTwoWayPage checks what a client asked for. Newest first is the order of who names none.
func newTwoWayPage(first *int, after *string, last *int, before *string, orderBy *InvitationOrder) (twoWayPage, error) {
	p := twoWayPage{limit: defaultPage, backward: last != nil || before != nil}
	p.order = queries.InvitationListOrder{By: string(InvitationSortCreatedAt), Descending: true}
	if orderBy != nil {
		p.order = queries.InvitationListOrder{By: string(orderBy.By), Descending: orderBy.Direction == SortDirectionDesc}
	}
	if p.backward && (first != nil || after != nil) {
		return p, coded("BAD_REQUEST", "Give `first` and `after` to read forward, or `last` and `before` to read backward, not both.")
	}
	size, sizeName, from, fromName, edge := first, "first", after, "after", "endCursor"
	if p.backward {
		size, sizeName, from, fromName, edge = last, "last", before, "before", "startCursor"
	}
	if size != nil {
		if *size < 1 || *size > maxPage {
			return p, coded("BAD_REQUEST", fmt.Sprintf("`%s` must be 1 to %d.", sizeName, maxPage))
		}
		p.limit = *size
	}
	if from == nil {
		return p, nil
	}
	if p.from = readCursor(*from); p.from == nil || p.from.Order == "" {
		return p, coded("BAD_REQUEST", fmt.Sprintf("`%s` must be an `%s` that this list answered.", fromName, edge))
	}
	return p, p.checkOrder(fromName)
}

// checkOrder refuses a place in another order: the page that begins there would be of no list.
func (p twoWayPage) checkOrder(fromName string) error {
	if p.from.Order != orderName(p.order) {
		return coded("BAD_REQUEST", fmt.Sprintf("`%s` is a cursor of the order %q and this list is in the order %q. Begin again without it, or ask for its order.",
			fromName, shorten(p.from.Order), orderName(p.order)))
	}
	if !p.order.IsKey(p.from.Key) {
		return coded("BAD_REQUEST", fmt.Sprintf("`%s` must be a cursor that this list answered.", fromName))
	}
	return nil
}

func orderName(o queries.InvitationListOrder) string {
	if o.Descending {
		return o.By + " " + string(SortDirectionDesc)
	}
	return o.By + " " + string(SortDirectionAsc)
}

// walk is the order in which the rows are read: backward is forward in the opposite direction, turned round afterwards.
func (p twoWayPage) walk() queries.InvitationListOrder {
	return queries.InvitationListOrder{By: p.order.By, Descending: p.order.Descending != p.backward}
}

// begin is where the reading begins; nothing of it is set at the list's end.
func (p twoWayPage) begin(to *queries.InvitationListParams) {
	to.RowLimit = p.limit + 1
	if p.from != nil {
		to.AfterID, to.AfterKey = &p.from.ID, &p.from.Key
	}
}

// cut drops the row that was read to know whether there are more, and puts the page the right way round.
func (p twoWayPage) cut(rows []*queries.Invitation) ([]*queries.Invitation, *PageInfo) {
	more := len(rows) > p.limit
	rows = rows[:min(len(rows), p.limit)]
	info := &PageInfo{HasNextPage: more, HasPreviousPage: p.from != nil}
	if p.backward {
		slices.Reverse(rows)
		info.HasNextPage, info.HasPreviousPage = p.from != nil, more
	}
	if n := len(rows); n > 0 {
		start, end := invitationCursor(p.order, rows[0]), invitationCursor(p.order, rows[n-1])
		info.StartCursor, info.EndCursor = &start, &end
	}
	return rows, info
}

func invitationCursor(o queries.InvitationListOrder, i *queries.Invitation) string {
	return cursor{ID: i.ID, Order: orderName(o), Key: o.Key(i)}.String()
}

// shorten keeps what a stranger sent from filling an answer.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}
