package graph_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

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
		if c.table.plain[s.name()] && !s.isOfPayload() && (s.isRoot() || leadsOn(c.schema, s.FieldDefinition)) {
			c.report("%s takes arguments or leads to another thing: give it a line of its own in graph/testdata/access.txt", s.name())
		}
	}
	var reads, writes, ends []spot
	for _, s := range c.together(spots(c.schema)) {
		switch {
		case c.only != nil && !c.only(s):
		case !s.isRoot() && c.ways[s.typ] == "": // hangs in payloads alone, which are looked at whole
			c.inPayloads(s)
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

// inPayloads wants what hangs in payloads alone to be listed, and a payload's own fields for those whom its mutation lets in.
func (c *checker) inPayloads(s spot) {
	want := c.table.verdicts[s.name()]
	if s.isOfPayload() {
		for _, f := range c.schema.Mutation.Fields {
			if f.Type.Name() == s.typ {
				want = c.table.verdicts["Mutation."+f.Name]
			}
		}
	}
	switch found, listed := c.table.verdicts[s.name()]; {
	case !listed:
		c.report("%s is not listed. Say in graph/testdata/access_payloads.txt that whom the mutation lets in may see it:\n%s %s", s.name(), s.name(), strings.Join(want, " "))
	case !slices.Equal(found, want):
		c.report("%s: the table says %q, and %q of its mutation", s.name(), found, want)
	}
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
	return []call{c.inside(c.ways[s.typ], append(s.with, s.FieldDefinition))}
}

// verdict is one for all calls of a field, or says how they differ.
func (c *checker) verdict(t *testing.T, s spot, who string, calls []call) string {
	var all, said []string
	for _, one := range calls {
		v := c.cell(t, s, who, one, len(calls) == 1)
		if said = append(said, one.about+"="+v); v != "" && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	if len(all) == 1 {
		return all[0]
	}
	return strings.Join(said, ";")
}

// isInside: those who may see what is here, by their role alone.
func isInside(who string) bool {
	return !slices.Contains([]string{"ELSEWHERE", "ATTENDANT", "OTHER", "NOBODY"}, who)
}

// cell is what one call answers to one who asks; alone: it is the field's only one.
func (c *checker) cell(t *testing.T, s spot, who string, one call, alone bool) string {
	things, marks := c.here, c.ofHere
	switch who {
	case "ELSEWHERE":
		things = c.elsewhere
	case "TENANT", "OTHER":
		marks = c.ofTenant
	}
	asked := named(c.here, one.noun())
	nothing := neighbour(asked)
	if s.typ == "Mutation" && isInside(who) { // looked at is only that it lets in: see proves
		things, asked = missing(things), nothing
	}
	a := c.ask(t, who, one.put(things, asked))
	mark := marks.in(a.raw)
	switch v := shutOut(a); {
	case v != "" && mark != "":
		return v + ", with " + mark
	case v != "":
		return v
	case asked == nothing && asked != "":
		return yes
	case one.about == "":
		return c.ofWhole(s, who, a, mark != "", alone)
	}
	b := c.ask(t, who, one.put(things, nothing))
	if strings.ReplaceAll(a.raw, asked, "…") != strings.ReplaceAll(b.raw, nothing, "…") {
		return yes
	}
	if who == "ELSEWHERE" && s.typ != "Mutation" {
		if mark := marks.in(c.ask(t, who, one.put(things, named(c.elsewhere, one.noun()))).raw); mark != "" {
			return "own, with " + mark
		}
	}
	return own
}

// ofWhole is what a call says that names nothing: a whole list, or oneself. Where it is numbers of what is here, the other calls of the
// field tell them from those of what is not.
func (c *checker) ofWhole(s spot, who string, a answer, marked, alone bool) string {
	c.counted(s, who, a)
	switch {
	case marked, s.typ == "Mutation" && isInside(who):
		return yes
	case alone || !isInside(who):
		return own
	}
	return ""
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
