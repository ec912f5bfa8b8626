package graph_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/queries"
)

// idsOf are the rows of a page.
func idsOf(page any) []string {
	nodes, _ := at(page, "nodes").([]any)
	out := make([]string, len(nodes))
	for i := range nodes {
		out[i], _ = at(nodes[i], "id").(string)
	}
	return out
}

// walked is one of the large lists, read page by page. Meanwhile some come, who leave again afterwards.
type walked struct {
	*bundle
	list, noun string
	come       func(t *testing.T) (leave func())
}

func (w walked) page(t *testing.T, staff *queries.Staff, v vars) any {
	t.Helper()
	query := strings.NewReplacer("NOUN", w.noun, "LIST", w.list).Replace(`query($n:Int,$a:String,$l:Int,$b:String,$f:NOUNFilter,$o:NOUNOrder){
		LIST(first:$n,after:$a,last:$l,before:$b,filter:$f,orderBy:$o){
			nodes{id} edges{cursor node{id}} pageInfo{hasNextPage hasPreviousPage startCursor endCursor}}}`)
	return w.data(t, staff, query, v)[w.list]
}

// inEveryOrder reads the whole list forward and backward, in small pages, as everybody who may.
func (w walked) inEveryOrder(t *testing.T, least int, columns ...string) {
	t.Helper()
	for _, by := range columns {
		for _, direction := range []string{"ASC", "DESC"} {
			for who, staff := range map[string]*queries.Staff{"Admin": w.Admin, "Manager": w.Manager, "ManagerOfOne": w.Colleague} {
				t.Run(by+direction+who, func(t *testing.T) {
					order := vars{"by": by, "direction": direction}
					whole := idsOf(w.page(t, staff, vars{"n": 100, "o": order}))
					require.GreaterOrEqual(t, len(whole), least)
					require.Len(t, slices.Compact(slices.Sorted(slices.Values(whole))), len(whole))
					newcomer := func(id string) bool { return !slices.Contains(whole, id) }
					require.Equal(t, whole, slices.DeleteFunc(w.forward(t, staff, order), newcomer), "nothing twice, nothing left out, whoever came meanwhile")
					require.Equal(t, whole, slices.DeleteFunc(w.backward(t, staff, order), newcomer), "backward shows the same order")
				})
			}
		}
	}
}

// forward reads all pages from the first to the last. Meanwhile somebody comes.
func (w walked) forward(t *testing.T, staff *queries.Staff, order vars) (all []string) {
	t.Helper()
	for after := any(nil); ; {
		page := w.page(t, staff, vars{"n": 5, "a": after, "o": order})
		require.Equal(t, after != nil, at(page, "pageInfo", "hasPreviousPage"))
		require.Equal(t, at(page, "edges", 0, "cursor"), at(page, "pageInfo", "startCursor"))
		require.Equal(t, at(page, "nodes", 0), at(page, "edges", 0, "node"))
		all = append(all, idsOf(page)...)
		if at(page, "pageInfo", "hasNextPage") == false {
			return all
		}
		after = at(page, "pageInfo", "endCursor")
		if len(all) == 5 {
			defer w.come(t)()
		}
	}
}

// backward reads all pages from the last to the first, and answers them in the order of the list.
func (w walked) backward(t *testing.T, staff *queries.Staff, order vars) (all []string) {
	t.Helper()
	for before := any(nil); ; {
		page := w.page(t, staff, vars{"l": 5, "b": before, "o": order})
		require.Equal(t, before != nil, at(page, "pageInfo", "hasNextPage"))
		require.Equal(t, at(page, "edges", 0, "cursor"), at(page, "pageInfo", "startCursor"))
		all = append(idsOf(page), all...)
		if at(page, "pageInfo", "hasPreviousPage") == false {
			return all
		}
		before = at(page, "pageInfo", "startCursor")
		if len(all) == 5 {
			defer w.come(t)()
		}
	}
}
