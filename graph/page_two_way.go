package graph

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

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

// begin is a filter with where the reading begins: behind a row, or where the filter lets rows of this order begin; nothing of it is
// set at the list's end.
func (p twoWayPage) begin(m *invitationMatch) *invitationMatch {
	page := *m
	page.RowLimit = p.limit + 1
	if p.from != nil {
		page.AfterID, page.AfterKey = &p.from.ID, &p.from.Key
	} else if key := m.firstKey(p.walk()); key != "" {
		page.AfterID, page.AfterKey = &uuid.UUID{}, &key
		if p.walk().Descending && p.order.By != string(InvitationSortCreatedAt) { // no row is at the moment before which they are asked for
			page.AfterID = &uuid.Max
		}
	}
	return &page
}

// firstKey is where rows that match can begin in an order, where the filter is about what is sorted by.
func (m *invitationMatch) firstKey(o queries.InvitationListOrder) string {
	switch {
	case o.By == string(InvitationSortStatus) && len(m.Statuses) > 0:
		place := func(status string) int { return slices.Index(words(queries.AllInvitationStatusValues()), status) }
		byPlace := func(a, b string) int { return place(a) - place(b) }
		if o.Descending {
			return slices.MaxFunc(m.Statuses, byPlace)
		}
		return slices.MinFunc(m.Statuses, byPlace)
	case o.By == string(InvitationSortAnchorDay) && len(m.AnchorDays) > 0:
		if o.Descending {
			return strconv.Itoa(slices.Max(m.AnchorDays))
		}
		return strconv.Itoa(slices.Min(m.AnchorDays))
	case o.By == string(InvitationSortCreatedAt) && o.Descending && m.CreatedBefore != nil:
		return m.CreatedBefore.UTC().Format(time.RFC3339Nano)
	case o.By == string(InvitationSortCreatedAt) && !o.Descending && m.CreatedFrom != nil:
		return m.CreatedFrom.UTC().Format(time.RFC3339Nano)
	}
	return ""
}

// cut drops the row that was read to know whether there are more, and puts the page the right way round.
func (p twoWayPage) cut(rows []*queries.ListedInvitation) ([]*queries.ListedInvitation, *PageInfo) {
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

func invitationCursor(o queries.InvitationListOrder, i *queries.ListedInvitation) string {
	return cursor{ID: i.ID, Order: orderName(o), Key: o.Key(i)}.String()
}

// shorten keeps what a stranger sent from filling an answer.
func shorten(s string) string {
	if runes := []rune(s); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return s
}
