package graph_test

import (
	"os"
	"slices"
	"strings"
	"testing"

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

// accessTable is testdata/access.txt, and of what mutations answer testdata/access_payloads.txt.
type accessTable struct {
	verdicts map[string][]string // by "Type.field"
	plain    map[string]bool     // those of them that share a line with others of their type
}

func readAccessTable(t *testing.T) accessTable {
	t.Helper()
	var lines []string
	for _, name := range []string{"testdata/access.txt", "testdata/access_payloads.txt"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		lines = append(lines, strings.Split(string(text), "\n")...)
	}
	table := accessTable{verdicts: map[string][]string{}, plain: map[string]bool{}}
	for _, line := range lines {
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

func (s spot) isOfPayload() bool { return strings.HasSuffix(s.typ, "Payload") }

func (s spot) isRoot() bool {
	return s.typ == "Query" || s.typ == "Mutation" || s.typ == "Subscription"
}

// frames are the fields that only hold what hangs in them, by the last word of their type.
var frames = map[string][]string{"Connection": {"nodes", "edges", "pageInfo"}, "Edge": {"cursor", "node"}, "Payload": {"userErrors"}}

func isFrame(typ, field string) bool {
	for word, fields := range frames {
		if strings.HasSuffix(typ, word) && slices.Contains(fields, field) {
			return true
		}
	}
	return false
}

// spots are all fields of all things that are answered, without the frames.
func spots(schema *ast.Schema) (all []spot) {
	for name, def := range schema.Types {
		if def.Kind != ast.Object || def.BuiltIn || name == "PageInfo" {
			continue
		}
		for _, f := range def.Fields {
			if !isFrame(name, f.Name) && !strings.HasPrefix(f.Name, "__") {
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
