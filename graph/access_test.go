package graph_test

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
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
	t.Run("EveryFieldAsEverybody", func(t *testing.T) {
		wrong := c.walk(t)
		t.Logf("%d cells walked with %d requests", c.cells.Load(), c.asked.Load())
		require.Empty(t, wrong, strings.Join(wrong, "\n"))
	})
}

// ownThings reads everything of the manager elsewhere, and what hangs on it two steps deep. A tenant, a suppression, an act and an import of
// theirs have to do with here too.
func (c *checker) ownThings(t *testing.T) {
	own := func(typ, noun string) {
		a := c.ask(t, "ELSEWHERE", fmt.Sprintf("query{node(id:%q){__typename ... on %s%s}}", c.elsewhere[noun], typ, c.whole(typ, 2)))
		require.Empty(t, a.Errors, typ)
		require.Equal(t, typ, at(a.Data, "node", "__typename"))
		require.Empty(t, c.ofHere.in(a.raw), "%s: %s", typ, a.raw)
	}
	for typ, noun := range nodeNouns {
		own(typ, noun)
	}
	own("Batch", "imp")
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

// TestAccessWarnings has a world of its own: people of here are written into lists elsewhere, where the walk would take them for a leak.
func TestAccessWarnings(t *testing.T) {
	t.Parallel()
	c := newChecker(newWorld(t), readAccessTable(t), loadSchema(t))
	t.Run("AboutOthers", c.warningsAboutOthers)
	t.Run("EmailsOfOthers", c.emailsOfOthers)
}

// warningsAboutOthers writes people of here into what the manager elsewhere does: each is warned of in the same words, whatever else is known
// of them, and the words name nothing of here.
func (c *checker) warningsAboutOthers(t *testing.T) {
	atHome := testkit.At(c.Loft)
	offer := func(unit, email, phone string) string { // of another unit for each verb: a second one for the same is refused
		return fmt.Sprintf(`planId:%q,unit:%q,anchorDay:1,newTenant:{name:"N",email:%q,phone:%q}`, c.elsewhere["pln"], unit, email, phone)
	}
	for name, doing := range map[string]struct {
		phoneAlone bool // the email is the tenant's own, or is refused
		query      func(email, phone string) string
	}{
		"previewInvitation": {query: func(email, phone string) string {
			return `query{previewInvitation(input:{` + offer("previewed", email, phone) + `})`
		}},
		"createInvitation": {query: func(email, phone string) string {
			return `mutation{createInvitation(input:{` + offer("created", email, phone) + `})`
		}},
		"updateInvitation": {query: func(email, phone string) string {
			return fmt.Sprintf(`mutation{updateInvitation(input:{id:%q,revision:1,%s})`, id("inv", c.Invited(t, atHome).ID), offer("updated", email, phone))
		}},
		"updateTenant": {phoneAlone: true, query: func(_, phone string) string {
			return fmt.Sprintf(`mutation{updateTenant(input:{id:%q,phone:%q})`, id("ten", c.Invited(t, atHome).TenantID), phone)
		}},
		"rejectSubmission": {phoneAlone: true, query: func(_, phone string) string {
			own := c.Claimed(t, testkit.Visa, atHome, func(d *migration.InvitationDraft) { d.NewTenant.Phone = phone })
			return fmt.Sprintf(`mutation{rejectSubmission(input:{submissionId:%q,reason:"x",newOffer:{planId:%q,anchorDay:1}})`, id("sbm", own.ID), c.elsewhere["pln"])
		}},
	} {
		t.Run(name, func(t *testing.T) {
			warned := func(what, column string) string {
				rows := c.Strings(t, `SELECT `+column+` FROM tenants WHERE name = $1`, what+" of "+c.Denver.Name)
				require.Len(t, rows, 1)
				email, phone := "n"+strings.ToLower(rand.Text())+"@home.test", rows[0]
				if column == "email" {
					email, phone = rows[0], ""
				}
				a := c.ask(t, "ELSEWHERE", doing.query(email, phone)+`{warnings{code field message}}}`)
				require.Empty(t, a.Errors, a.raw)
				return strings.ReplaceAll(a.raw, rows[0], "")
			}
			for _, column := range []string{"email", "phone"} {
				if doing.phoneAlone && column == "email" {
					continue
				}
				of := warned("Mover", column)
				require.Contains(t, of, "at another location")
				require.Empty(t, c.ofHere.in(of))
				require.Equal(t, of, warned("Revoked", column), "whatever else is known of them")
			}
		})
	}
}

// emailsOfOthers: an address of here is refused to a tenant elsewhere in the words for an address of elsewhere.
func (c *checker) emailsOfOthers(t *testing.T) {
	given := func(email string) string {
		a := c.ask(t, "ELSEWHERE", fmt.Sprintf(`mutation{updateTenant(input:{id:%q,email:%q}){tenant{id} warnings{code field message} userErrors{code field message}}}`,
			id("ten", c.Invited(t, testkit.At(c.Loft)).TenantID), email))
		require.Empty(t, a.Errors, a.raw)
		return a.raw
	}
	of := func(place string) string {
		return c.Strings(t, `SELECT email FROM tenants WHERE name = $1`, "Mover of "+place)[0]
	}
	own := given(of(c.Boston.Name))
	require.Contains(t, own, "TAKEN")
	require.Equal(t, own, given(of(c.Denver.Name)))
}
