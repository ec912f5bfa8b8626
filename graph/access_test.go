package graph_test

import (
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// TestAccess walks the whole schema: every field as everybody, over HTTP, with things of here.
func TestAccess(t *testing.T) {
	t.Parallel()
	c := newChecker(newWorld(t), readAccessTable(t), loadSchema(t))

	t.Run("NothingElseIsListed", func(t *testing.T) {
		for name := range c.table.verdicts {
			require.True(t, slices.ContainsFunc(spots(c.schema), func(s spot) bool { return s.name() == name }), "%s is listed, and is no field", name)
		}
	})
	t.Run("OwnThingsLeadToNothingOfOthers", c.ownThings)
	t.Run("CursorsOfOthers", c.cursorsOfOthers)
	t.Run("WarningsAboutOthers", c.warningsAboutOthers)
	t.Run("EveryFieldAsEverybody", func(t *testing.T) {
		wrong := c.walk(t)
		t.Logf("%d cells walked with %d requests", c.cells.Load(), c.asked.Load())
		require.Empty(t, wrong, strings.Join(wrong, "\n"))
	})
}

// ownThings reads everything of the manager elsewhere, and what hangs on it two steps deep. A tenant, a suppression and an act of theirs
// have to do with here too.
func (c *checker) ownThings(t *testing.T) {
	for typ, noun := range nodeNouns {
		a := c.ask(t, "ELSEWHERE", fmt.Sprintf("query{node(id:%q){__typename ... on %s%s}}", c.elsewhere[noun], typ, c.whole(typ, 2)))
		require.Empty(t, a.Errors, typ)
		require.Equal(t, typ, at(a.Data, "node", "__typename"))
		require.Empty(t, c.ofHere.in(a.raw), "%s: %s", typ, a.raw)
	}
}

var cursorID = regexp.MustCompile(`"i":"([^"]+)"`)

// cursorsOfOthers begins each list where a page of the manager here ended: to the one elsewhere that is a place like any other.
func (c *checker) cursorsOfOthers(t *testing.T) {
	lists := 0
	for _, s := range spots(c.schema) {
		for _, way := range [][3]string{{"after", "first", "endCursor"}, {"before", "last", "startCursor"}} {
			if s.typ != "Query" || s.Arguments.ForName(way[0]) == nil || c.table.verdicts[s.name()][2] == no {
				continue
			}
			page := c.ask(t, "HERE", fmt.Sprintf("query{%s(%s:1){pageInfo{%s}}}", s.Name, way[1], way[2]))
			theirs, _ := at(page.Data, s.Name, "pageInfo", way[2]).(string)
			require.NotEmpty(t, theirs, "%s is empty here: put something into world.place", s.Name)
			raw, err := base64.RawURLEncoding.DecodeString(theirs)
			require.NoError(t, err)
			u, err := uuid.Parse(cursorID.FindStringSubmatch(string(raw))[1])
			require.NoError(t, err)
			u[15] ^= 1
			nothings := base64.RawURLEncoding.EncodeToString(cursorID.ReplaceAll(raw, []byte(`"i":"`+u.String()+`"`)))
			ask := func(cursor string) string {
				return c.ask(t, "ELSEWHERE", fmt.Sprintf("query{%s(%s:20,%s:%q)%s}", s.Name, way[1], way[0], cursor, c.whole(s.Type.Name(), 1))).raw
			}
			answered := ask(theirs)
			require.Contains(t, answered, `"data"`, s.Name)
			require.Equal(t, ask(nothings), answered, s.Name)
			require.Empty(t, c.ofHere.in(answered), s.Name)
			lists++
		}
	}
	require.Greater(t, lists, 15)
}

// warningsAboutOthers writes people of here into an offer elsewhere: each is warned of in the same words, which name nothing of here.
func (c *checker) warningsAboutOthers(t *testing.T) {
	warned := func(what, column string) string {
		rows := c.Strings(t, `SELECT `+column+` FROM tenants WHERE name = $1`, what+" of "+c.Denver.Name)
		require.Len(t, rows, 1)
		given := map[string]string{"email": "nobody@home.test", "phone": ""}
		given[column] = rows[0]
		a := c.ask(t, "ELSEWHERE", fmt.Sprintf(`query{previewInvitation(input:{planId:%q,anchorDay:1,newTenant:{name:"N",email:%q,phone:%q}})%s}`,
			c.elsewhere["pln"], given["email"], given["phone"], c.whole("InvitationPreview", 1)))
		return strings.ReplaceAll(a.raw, rows[0], "")
	}
	for _, column := range []string{"email", "phone"} {
		of := warned("Mover", column)
		require.Contains(t, of, "at another location")
		require.Empty(t, c.ofHere.in(of))
		require.Equal(t, of, warned("Revoked", column), "whatever else is known of them")
	}
}
