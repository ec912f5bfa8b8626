package graph_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
)

// asking are those who ask, in the order of the columns of testdata/access.txt. GATE, READ and STAFF are programs with tokens of the
// manager here.
var asking = []string{"ADMIN", "HERE", "ELSEWHERE", "ATTENDANT", "GATE", "READ", "STAFF", "TENANT", "OTHER", "NOBODY"}

// The verdicts of testdata/access.txt.
const (
	yes = "yes" // sees what is here
	own = "own" // is let in, and what is here is answered like what does not exist
	no  = "no"  // FORBIDDEN
	out = "out" // UNAUTHENTICATED
)

const howToList = "Say in graph/testdata/access.txt who may see it, on a line of its own or, where it is a plain value, among those of its type. " +
	"Think about each column before you copy what it answers now:"

// accessTable is testdata/access.txt.
type accessTable struct {
	verdicts map[string][]string // by "Type.field"
	plain    map[string]bool     // those of them that share a line with others of their type
}

func readAccessTable(t *testing.T) accessTable {
	t.Helper()
	text, err := os.ReadFile("testdata/access.txt")
	require.NoError(t, err)
	table := accessTable{verdicts: map[string][]string{}, plain: map[string]bool{}}
	for _, line := range strings.Split(string(text), "\n") {
		words := strings.Fields(line)
		if len(words) == 0 || words[0] == "#" {
			continue
		}
		require.GreaterOrEqual(t, len(words), 1+len(asking), "%q has not one verdict for each of %v", line, asking)
		names, verdicts := []string{words[0]}, words[1:1+len(asking)]
		if more := words[1+len(asking):]; len(more) > 0 {
			names = names[:0]
			for _, name := range more {
				names = append(names, words[0]+"."+name)
				table.plain[words[0]+"."+name] = true
			}
		}
		for _, name := range names {
			require.NotContains(t, table.verdicts, name, "%s is listed twice", name)
			table.verdicts[name] = verdicts
		}
	}
	return table
}

// spot is a field of a type, or the plain values of a type that share a line.
type spot struct {
	typ string
	*ast.FieldDefinition
	with []*ast.FieldDefinition // the others on the line
}

func (s spot) name() string { return s.typ + "." + s.Name }

func (s spot) isRoot() bool {
	return s.typ == "Query" || s.typ == "Mutation" || s.typ == "Subscription"
}

// spots are all fields of all things that are answered. Payloads, pages and their edges only hold what hangs in them: of a page its
// counts are left.
func spots(schema *ast.Schema) (all []spot) {
	for name, def := range schema.Types {
		if def.Kind != ast.Object || def.BuiltIn || strings.HasSuffix(name, "Payload") || strings.HasSuffix(name, "Edge") || name == "PageInfo" {
			continue
		}
		for _, f := range def.Fields {
			isFrame := strings.HasSuffix(name, "Connection") && slices.Contains([]string{"nodes", "edges", "pageInfo"}, f.Name)
			if !isFrame && !strings.HasPrefix(f.Name, "__") {
				all = append(all, spot{typ: name, FieldDefinition: f})
			}
		}
	}
	slices.SortFunc(all, func(a, b spot) int { return strings.Compare(a.name(), b.name()) })
	return all
}

// leadsOn: who asks for it may come to another thing, or chooses what is answered. Such a field has a line of its own.
func leadsOn(schema *ast.Schema, f *ast.FieldDefinition, seen ...string) bool {
	def := schema.Types[f.Type.Name()]
	switch {
	case len(f.Arguments) > 0, def.Kind == ast.Interface, slices.Contains(def.Interfaces, "Node"):
		return true
	case def.Kind != ast.Object || slices.Contains(seen, def.Name):
		return false
	}
	return slices.ContainsFunc(def.Fields, func(in *ast.FieldDefinition) bool { return leadsOn(schema, in, append(seen, def.Name)...) })
}

// checker asks every field as everybody, and says where the answer is not what the table says.
type checker struct {
	*world
	caller
	table accessTable
	url   string
	only  func(spot) bool // nil: all
	ways  map[string]string

	cells, asked atomic.Int64
	mu           sync.Mutex
	wrong        []string
}

func newChecker(w *world, table accessTable, schema *ast.Schema) *checker {
	c := caller{schema}
	return &checker{world: w, caller: c, table: table, url: w.url, ways: c.ways()}
}

func (c *checker) report(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrong = append(c.wrong, fmt.Sprintf(format, args...))
}

// last end what asks: they come after everything else.
var last = []string{"revokeOtherSignIns", "signOut"}

// walk answers what is wrong, in the order of the fields.
func (c *checker) walk(t *testing.T) []string {
	t.Helper()
	for _, s := range spots(c.schema) {
		if c.table.plain[s.name()] && (s.isRoot() || leadsOn(c.schema, s.FieldDefinition)) {
			c.report("%s takes arguments or leads to another thing: give it a line of its own in graph/testdata/access.txt", s.name())
		}
	}
	var reads, writes, ends []spot
	for _, s := range c.together(spots(c.schema)) {
		if c.only != nil && !c.only(s) {
			continue
		}
		switch {
		case slices.Contains(last, s.Name):
			ends = append(ends, s)
		case s.typ == "Mutation":
			writes = append(writes, s)
		default:
			reads = append(reads, s)
		}
	}
	c.each(t, reads)
	c.each(t, writes)
	for _, s := range writes {
		c.proves(t, s)
	}
	for _, s := range ends {
		c.each(t, []spot{s})
	}
	slices.Sort(c.wrong)
	return c.wrong
}

// together puts the plain values that share a line into one spot: they are asked for at once.
func (c *checker) together(all []spot) (some []spot) {
	first := map[string]int{}
	for _, s := range all {
		line := s.typ + " " + strings.Join(c.table.verdicts[s.name()], " ")
		if i, ok := first[line]; ok && c.table.plain[s.name()] {
			some[i].with = append(some[i].with, s.FieldDefinition)
			continue
		}
		if some = append(some, s); c.table.plain[s.name()] {
			first[line] = len(some) - 1
		}
	}
	return some
}

// each asks fields as everybody, some at a time.
func (c *checker) each(t *testing.T, all []spot) {
	t.Helper()
	todo := make(chan spot)
	var crew sync.WaitGroup
	for range 4 {
		crew.Go(func() {
			for s := range todo {
				c.field(t, s)
			}
		})
	}
	for _, s := range all {
		todo <- s
	}
	close(todo)
	crew.Wait()
}

func (c *checker) field(t *testing.T, s spot) {
	calls := c.callsOf(s)
	found := make([]string, len(asking))
	for i, who := range asking {
		found[i] = c.verdict(t, s, who, calls)
		c.cells.Add(int64(1 + len(s.with)))
	}
	want, listed := c.table.verdicts[s.name()]
	if !listed {
		c.report("%s is not listed. %s\n%s %s", s.name(), howToList, s.name(), strings.Join(found, " "))
		return
	}
	for i, who := range asking {
		if found[i] != want[i] {
			c.report("%s as %s: the table says %q, the answer is %q", s.name(), who, want[i], found[i])
		}
	}
}

func (c *checker) callsOf(s spot) []call {
	switch s.typ {
	case "Query", "Mutation", "Subscription":
		return c.calls(strings.ToLower(s.typ), s.FieldDefinition)
	}
	way, ok := c.ways[s.typ]
	if !ok {
		return nil // of a type that only a payload holds
	}
	return []call{c.inside(way, append(s.with, s.FieldDefinition))}
}

// verdict is one for all calls of a field, or says how they differ.
func (c *checker) verdict(t *testing.T, s spot, who string, calls []call) string {
	var all []string
	for _, one := range calls {
		v := c.cell(t, s, who, one, len(calls) == 1)
		if v != "" && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	var said []string
	for _, one := range calls {
		said = append(said, one.about+"="+c.cell(t, s, who, one, len(calls) == 1))
	}
	return strings.Join(said, ";")
}

// isInside: those who may see what is here, by their role alone.
func isInside(who string) bool {
	return !slices.Contains([]string{"ELSEWHERE", "ATTENDANT", "OTHER", "NOBODY"}, who)
}

// cell is what one call answers to one who asks; alone: it is the field's only one.
func (c *checker) cell(t *testing.T, s spot, who string, one call, alone bool) string {
	things := c.here
	if who == "ELSEWHERE" {
		things = c.elsewhere
	}
	asked := named(c.here, one.noun())
	nothing := neighbour(asked)
	if s.typ == "Mutation" && isInside(who) {
		// Only that it lets in is looked at: see proves.
		if v := shutOut(c.ask(t, who, one.put(missing(things), nothing))); v != "" {
			return v
		}
		return yes
	}
	a := c.ask(t, who, one.put(things, asked))
	if v := shutOut(a); v != "" {
		return v
	}
	marks := c.ofHere
	if who == "TENANT" || who == "OTHER" {
		marks = c.ofTenant
	}
	if one.about == "" {
		c.counted(s, who, a)
		switch {
		case marks.in(a.raw) != "":
			return yes
		case alone || !isInside(who):
			return own
		}
		return "" // numbers of what is here: the other calls tell them from those of what is not
	}
	b := c.ask(t, who, one.put(things, nothing))
	if strings.ReplaceAll(a.raw, asked, "…") != strings.ReplaceAll(b.raw, nothing, "…") {
		return yes
	}
	if mine := named(c.elsewhere, one.noun()); who == "ELSEWHERE" && s.typ != "Mutation" {
		a = c.ask(t, who, one.put(things, mine))
		if mark := marks.in(a.raw); mark != "" {
			return "own, with " + mark
		}
	}
	return own
}

// counted wants a list that fits on one page to count what is on it.
func (c *checker) counted(s spot, who string, a answer) {
	list, _ := a.Data[s.Name].(map[string]any)
	total, ok := list["totalCount"].(float64)
	nodes, _ := list["nodes"].([]any)
	if ok && at(list, "pageInfo", "hasNextPage") == false && int(total) != len(nodes) {
		c.report("%s as %s: totalCount is %v of %d", s.name(), who, total, len(nodes))
	}
}

// proves asks a mutation about what is here as who may change it: were that answered like what does not exist, then the same answer to
// others would say nothing.
func (c *checker) proves(t *testing.T, s spot) {
	t.Helper()
	want, listed := c.table.verdicts[s.name()]
	if !listed {
		return
	}
	for _, who := range []string{"HERE", "ADMIN", "TENANT"} {
		if want[slices.Index(asking, who)] != yes {
			continue
		}
		for _, one := range c.callsOf(s) {
			if one.about == "" {
				continue
			}
			c.here["inv"] = id("inv", c.Invited(t).ID) // what was done to the last one is over
			asked := named(c.here, one.noun())
			nothing := neighbour(asked)
			b := c.ask(t, who, one.put(c.here, nothing))
			a := c.ask(t, who, one.put(c.here, asked))
			if strings.ReplaceAll(a.raw, asked, "…") == strings.ReplaceAll(b.raw, nothing, "…") {
				c.report("%s: %s is answered to %s as if it did not exist: %s", s.name(), one.about, who, a.raw)
			}
		}
		return
	}
}

// neighbour is of nothing, and as old as what it is beside.
func neighbour(of string) string {
	if len(of) == 36 && of[3] == '_' {
		return of[:28] + strings.Map(func(r rune) rune { return '0' + (r+1)%8 }, of[28:])
	}
	return "nobody-of-that-kind"
}

func missing(things map[string]string) map[string]string {
	none := map[string]string{}
	for kind, one := range things {
		none[kind] = neighbour(one)
	}
	return none
}

// shutOut is how a field shuts somebody out; "" where it does not. Any other error is of the walk itself, and fails it.
func shutOut(a answer) string {
	for _, e := range a.Errors {
		switch e.Extensions.Code {
		case "FORBIDDEN":
			return no
		case "UNAUTHENTICATED":
			return out
		case "NOT_FOUND": // of a subscription
		default:
			return "error: " + a.raw
		}
	}
	return ""
}

// ask sends one operation, and reads the first thing that a subscription says.
func (c *checker) ask(t *testing.T, who, query string) (a answer) {
	c.asked.Add(1)
	body, _ := json.Marshal(map[string]any{"query": query})
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.url+"/graphql", bytes.NewReader(body))
	if err != nil {
		return answer{raw: err.Error()}
	}
	r.Header.Set("Content-Type", "application/json")
	if token := c.tokens[who]; token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	live := strings.HasPrefix(query, "subscription")
	if live {
		r.Header.Set("Accept", "text/event-stream")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return answer{raw: err.Error()}
	}
	defer func() { _ = resp.Body.Close() }()
	if live {
		a.raw = firstOf(resp.Body)
	} else {
		raw, _ := io.ReadAll(resp.Body)
		a.raw = string(raw)
	}
	if err := json.Unmarshal([]byte(a.raw), &a); err != nil {
		a.Errors = append(a.Errors, gqlError{Message: "no answer: " + a.raw})
	}
	return a
}

// firstOf is the data of the first of Server-Sent Events.
func firstOf(events io.Reader) string {
	lines := bufio.NewScanner(events)
	for lines.Scan() {
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
			return data
		}
	}
	return ""
}

// TestAccess walks the whole schema: every field as everybody, over HTTP, with things of here.
func TestAccess(t *testing.T) {
	t.Parallel()
	c := newChecker(newWorld(t), readAccessTable(t), loadSchema(t))

	t.Run("EveryFieldIsListed", func(t *testing.T) {
		for name := range c.table.verdicts {
			require.True(t, slices.ContainsFunc(spots(c.schema), func(s spot) bool { return s.name() == name }), "%s is listed, and is no field", name)
		}
	})
	t.Run("CursorsOfOthers", c.cursorsOfOthers)
	t.Run("WarningsAboutOthers", c.warningsAboutOthers)
	t.Run("EveryFieldAsEverybody", func(t *testing.T) {
		wrong := c.walk(t)
		t.Logf("%d cells walked with %d requests", c.cells.Load(), c.asked.Load())
		require.Empty(t, wrong, strings.Join(wrong, "\n"))
	})
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
