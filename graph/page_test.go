package graph_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/queries"
)

func TestPages(t *testing.T) {
	t.Parallel()
	b := setup(t)
	many := make([]*queries.Invitation, 7)
	for i := range many {
		many[i] = b.Invited(t)
	}
	batch := b.Send(t, many...)
	b.MustWork(t)

	for list, path := range map[string][]any{
		`invitations(first:$n,after:$a){nodes{id} edges{cursor node{id}} pageInfo{hasNextPage hasPreviousPage endCursor startCursor}}`: {"invitations"},
		`tenants(first:$n,after:$a){nodes{id} edges{cursor node{id}} pageInfo{hasNextPage hasPreviousPage endCursor startCursor}}`:     {"tenants"},
		`plans(first:$n,after:$a){nodes{id} edges{cursor node{id}} pageInfo{hasNextPage hasPreviousPage endCursor startCursor}}`:       {"plans"},
		`locations(first:$n,after:$a){nodes{id} edges{cursor node{id}} pageInfo{hasNextPage hasPreviousPage endCursor startCursor}}`:   {"locations"},
		`batch(id:"` + id("bat", batch.ID) + `"){outcomes(first:$n,after:$a){nodes{invitation{id}} edges{cursor node{invitation{id}}} pageInfo{hasNextPage hasPreviousPage endCursor startCursor}}}`: {
			"batch", "outcomes"},
	} {
		t.Run(fmt.Sprint(path...), func(t *testing.T) {
			query := `query($n:Int,$a:String){` + list + `}`
			whole := at(b.data(t, b.Admin, query, vars{"n": 100}), path...)
			all, ok := at(whole, "nodes").([]any)
			require.True(t, ok)
			require.GreaterOrEqual(t, len(all), 4)
			require.Equal(t, false, at(whole, "pageInfo", "hasNextPage"))
			var got []any
			var after any
			for pages := 1; ; pages++ {
				page := at(b.data(t, b.Admin, query, vars{"n": 2, "a": after}), path...)
				nodes, _ := at(page, "nodes").([]any)
				require.LessOrEqual(t, len(nodes), 2)
				got = append(got, nodes...)
				require.Equal(t, after != nil, at(page, "pageInfo", "hasPreviousPage"))
				require.Equal(t, at(page, "edges", 0, "cursor"), at(page, "pageInfo", "startCursor"))
				require.Equal(t, nodes[0], at(page, "edges", 0, "node"))
				after = at(page, "pageInfo", "endCursor")
				if at(page, "pageInfo", "hasNextPage") == false {
					break
				}
				require.Less(t, pages, 20)
			}
			require.Equal(t, all, got, "nothing twice, nothing left out")
		})
	}
}

func encode(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func TestPagesRefuse(t *testing.T) {
	t.Parallel()
	b := setup(t)
	encode := base64.RawURLEncoding.EncodeToString
	for name, args := range map[string]string{
		"Zero": `first:0`, "TooMany": `first:101`, "Negative": `first:-1`,
		"NoCursor": `after:"x"`, "EmptyCursor": `after:""`, "CursorOfNothing": `after:"` + encode([]byte("null")) + `"`,
		"CursorNoJSON": `after:"` + encode([]byte("{")) + `"`, "CursorOfNoID": `after:"` + encode([]byte(`{"i":"1 OR 1=1"}`)) + `"`,
		"CursorBeyond32Bits": `after:"` + encode([]byte(`{"i":"00000000-0000-0000-0000-000000000000","p":2147483648}`)) + `"`,
		"CursorTwice":        `after:"` + encode([]byte(`{"i":"00000000-0000-0000-0000-000000000000"}{}`)) + `"`,
	} {
		for _, list := range []string{"locations", "plans", "insurancePlans", "tenants", "invitations", "submissions"} {
			a := b.ask(t, b.Manager, `{`+list+`(`+args+`){nodes{id}}}`, nil)
			require.Equal(t, []string{"BAD_REQUEST"}, codes(a), "%s of %s", name, list)
		}
	}
}

// TestSearchesRefuse what nobody types and a statement would be slow with.
func TestSearchesRefuse(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for query, want := range map[string]string{
		`query($s:String){staffMembers(filter:{search:$s}){nodes{active}}}`: "`search` is at most 100 characters.",
		`query($s:String){tenants(search:$s){nodes{id}}}`:                   "`search` is at most 100 characters.",
		`query($s:String){tenants(email:$s){nodes{id}}}`:                    "`email` is at most 254 characters.",
		`query($s:String){suppressions(address:$s){nodes{id}}}`:             "`address` is at most 254 characters.",
	} {
		a := b.ask(t, b.Admin, query, vars{"s": strings.Repeat("ä", 255)})
		require.Equal(t, []string{"BAD_REQUEST"}, codes(a), "%s: %s", query, a.raw)
		require.Equal(t, want, a.Errors[0].Message)
	}
}

// TestForgedCursor of somebody else's row starts a page there and shows nothing of it.
func TestForgedCursor(t *testing.T) {
	t.Parallel()
	b := setup(t)
	theirs := b.Invited(t)
	mine := b.Invited(t, testkit.At(b.Loft))
	newer := b.Invited(t)
	cursor := base64.RawURLEncoding.EncodeToString([]byte(`{"i":"` + newer.ID.String() + `","o":"CREATED_AT DESC","k":"` + newer.CreatedAt.Format(time.RFC3339Nano) + `"}`))
	data := b.data(t, b.Stranger, `query($a:String){invitations(after:$a){nodes{id}}}`, vars{"a": cursor})
	require.Equal(t, []any{map[string]any{"id": id("inv", mine.ID)}}, at(data, "invitations", "nodes"))
	require.NotEqual(t, theirs.ID, mine.ID)
}
