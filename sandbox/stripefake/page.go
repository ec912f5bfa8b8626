package stripefake

import "slices"

// page is one page of a list, newest first (https://stripe.com/docs/api/pagination).
type page[T any] struct {
	Object  string `json:"object"`
	Data    []T    `json:"data"`
	HasMore bool   `json:"has_more"`
	URL     string `json:"url"`
}

// sublist is a list embedded in an object, which Stripe counts.
type sublist[T any] struct {
	page[T]
	TotalCount int `json:"total_count"`
}

func newSublist[T any](all []T, url string) sublist[T] {
	return sublist[T]{page[T]{Object: "list", Data: all, URL: url}, len(all)}
}

func paging() spec {
	return spec{
		"limit": between(1, 100), "starting_after": text(), "ending_before": text(), "expand": list(text()),
		"created": {check: func(n *node, at string) *apiError {
			if n.kids == nil {
				return moment().check(n, at)
			}
			return spec{"gt": moment(), "gte": moment(), "lt": moment(), "lte": moment()}.verify(n, at)
		}},
	}
}

// created filters a list on the objects' time of creation.
func (p params) created(at int64) bool {
	c := p.at("created")
	switch {
	case c.n == nil:
		return true
	case c.n.kids == nil:
		return at == p.int("created")
	}
	return (!c.has("gt") || at > c.int("gt")) && (!c.has("gte") || at >= c.int("gte")) &&
		(!c.has("lt") || at < c.int("lt")) && (!c.has("lte") || at <= c.int("lte"))
}

// paged answers a page of the rows that keep likes, of one group where one is
// given. A cursor that names no row of the table is refused.
func paged[T row](c *call, t *table[T], group string, keep func(T) bool) (any, error) {
	ids := t.order
	if group != "" {
		ids = t.byGroup[group]
	}
	after, before := c.p.text("starting_after"), c.p.text("ending_before")
	for param, cursor := range map[string]string{"starting_after": after, "ending_before": before} {
		if _, known := t.rows[cursor]; cursor != "" && !known {
			return nil, missing(t.noun, cursor, param)
		}
	}
	w := window[T]{t: t, group: group, keep: keep, limit: 10, url: c.path}
	if c.p.has("limit") {
		w.limit = int(c.p.int("limit"))
	}
	if before != "" {
		return w.newer(ids, before), nil
	}
	return w.older(ids, after), nil
}

// window collects up to limit rows and looks for one more.
type window[T row] struct {
	t     *table[T]
	group string
	keep  func(T) bool
	limit int
	url   string
}

func (w window[T]) collect(ids func(yield func(string) bool)) page[T] {
	out := page[T]{Object: "list", Data: []T{}, URL: w.url}
	for id := range ids {
		r := w.t.rows[id]
		if _, now := r.ident(); w.group != "" && now != w.group || !w.keep(r) {
			continue
		}
		if len(out.Data) == w.limit {
			out.HasMore = true
			break
		}
		out.Data = append(out.Data, r)
	}
	return out
}

func (w window[T]) older(ids []string, after string) page[T] {
	end := len(ids)
	if after != "" {
		end = w.position(ids, after)
	}
	return w.collect(func(yield func(string) bool) {
		for i := end - 1; i >= 0 && yield(ids[i]); i-- {
		}
	})
}

func (w window[T]) newer(ids []string, before string) page[T] {
	start := w.position(ids, before)
	out := w.collect(func(yield func(string) bool) {
		for i := start; i < len(ids); i++ {
			if ids[i] != before && !yield(ids[i]) {
				return
			}
		}
	})
	slices.Reverse(out.Data)
	return out
}

// position is where the row stands or would stand among ids.
func (w window[T]) position(ids []string, id string) int {
	i, _ := slices.BinarySearchFunc(ids, w.t.seq[id], func(other string, seq int) int {
		return w.t.seq[other] - seq
	})
	return i
}
