package limits_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"carryover/limits"
)

// schema has what is counted: lists with pages, forward alone and both ways, lists without, things in things.
const schema = `
	type Query { people(first: Int = 50, after: String, name: String, filter: Filter): PersonConnection!  both(first: Int, last: Int): PersonConnection!  me: Person }
	type Mutation { rename(name: String, input: Filter, signature: Signature): Person }
	input Filter { search: String words: [String!] }
	input Signature { imageBase64: String }
	type PersonConnection { nodes: [Person!]! totalCount: Int! }
	type Person { name: String! friends: [Person!]! people(first: Int = 50): PersonConnection! self: Person }`

// executable answers null to everything that gets as far as being carried out.
type executable struct{ schema *ast.Schema }

func (e executable) Schema() *ast.Schema { return e.schema }
func (executable) Complexity(context.Context, string, string, int, map[string]any) (int, bool) {
	return 0, false
}
func (executable) Exec(context.Context) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Data: []byte(`{"done":true}`)})
}

type answer struct {
	status int
	size   int
	Data   struct{ Done bool }
	Errors []struct {
		Message    string
		Extensions struct {
			Code  string
			Field []string
		}
	}
}

func ask(t *testing.T, query string, variables map[string]any) (a answer) {
	t.Helper()
	documents := lru.New[*ast.QueryDocument](10)
	l := limits.Default(documents)
	srv := handler.New(executable{gqlparser.MustLoadSchema(&ast.Source{Input: schema})})
	srv.AddTransport(transport.POST{})
	srv.SetQueryCache(documents)
	srv.SetParserTokenLimit(l.Tokens)
	srv.Use(l)
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(t, err)
	for range 2 { // the second time the document may be known
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(string(body)))
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		srv.ServeHTTP(w, r)
		a = answer{status: w.Code, size: w.Body.Len()}
		require.NoError(t, json.Unmarshal(w.Body.Bytes(), &a))
	}
	return a
}

// repeat is n fields, each under a name of its own.
func repeat(n int, field string) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "f%d:%s ", i, field)
	}
	return b.String()
}

// doubling is n fragments of which each names the next one twice, and no field: put in, they are two to the power of n.
func doubling(n int) string {
	var b strings.Builder
	b.WriteString("{...f0}")
	for i := range n {
		fmt.Fprintf(&b, " fragment f%d on Query{...f%d ...f%d}", i, i+1, i+1)
	}
	return b.String()
}

func nested(n int) string { return strings.Repeat("{self", n) + "{name}" + strings.Repeat("}", n) }

func TestAnswered(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]string{
		"APage":               `{people(first:100){totalCount nodes{name self{name}}}}`,
		"ASmallPageOfPages":   `{people(first:20){nodes{people(first:20){nodes{name}}}}}`,
		"RootsToTheMost":      "{" + repeat(20, "me{name}") + "}",
		"MutationsToTheMost":  "mutation{" + repeat(5, `rename(name:"x"){name}`) + "}",
		"DepthToTheMost":      "{me" + nested(13) + "}",
		"FieldsToTheMost":     "{me{" + repeat(999, "name") + "}}",
		"DirectivesToTheMost": "{me{" + strings.Repeat("name @include(if:true) ", 50) + "}}",
		"ACostOfTheMost":      `{people(first:100){nodes{` + repeat(98, "name") + `}}}`, // 1 + 100*(1+98) = 9,901
		"ALongText":           `{people(name:"` + strings.Repeat("ü", 5_000) + `"){totalCount}}`,
		"ADrawing":            `mutation{rename(signature:{imageBase64:"` + strings.Repeat("A", 30_000) + `"}){name}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := ask(t, query, nil)
			require.Empty(t, a.Errors)
			require.True(t, a.Data.Done)
		})
	}
}

func TestErrTooMuch(t *testing.T) {
	t.Parallel()
	rings := "fragment a on Person{self{...b} me:self{...b}} fragment b on Person{self{...c} me:self{...c}} fragment c on Person{self{...d} me:self{...d}} fragment d on Person{" + repeat(200, "name") + "}"
	for name, c := range map[string]struct {
		query     string
		variables map[string]any
		says      string
	}{
		"Characters":                {query: "{me{name}} #" + strings.Repeat("x", 50_000), says: "At most 50000 are read"},
		"Roots":                     {query: "{" + repeat(21, "me{name}") + "}", says: "21 fields at its top"},
		"RootsInFragments":          {query: "{" + repeat(10, "me{name}") + "...r} fragment r on Query{" + strings.ReplaceAll(repeat(11, "me{name}"), "f", "g") + "}", says: "21 fields at its top"},
		"RootsOfAnotherOperation":   {query: "query A{me{name}} query B{" + repeat(21, "me{name}") + "}", says: "21 fields"},
		"Mutations":                 {query: "mutation{" + repeat(6, `rename(name:"x"){name}`) + "}", says: "6 mutations at its top"},
		"Depth":                     {query: "{me" + nested(14) + "}", says: "more than 15 deep"},
		"DepthInFragments":          {query: "{me{...a}} fragment a on Person" + nested(14), says: "more than 15 deep"},
		"Fields":                    {query: "{me{" + repeat(1000, "name") + "}}", says: "holds more than 1000 fields"},
		"FieldsOfFragmentsInOthers": {query: "{me{...a}} " + rings, says: "more than 1000 fields"},
		"Directives":                {query: "{me{" + strings.Repeat("name @include(if:true) ", 51) + "}}", says: "51 directives"},
		"UnknownDirectives":         {query: "{me{name" + strings.Repeat(" @x", 2_000) + "}}", says: "2000 directives"},
		"ACost":                     {query: `{people(first:100){nodes{` + repeat(100, "name") + `}}}`, says: "up to 10101 values"},
		"PagesOfPages":              {query: `{people(first:100){nodes{people(first:100){nodes{name}}}}}`, says: "at most 10000 are answered"},
		"PagesByDefault":            {query: `{people{nodes{people{nodes{people{nodes{name}}}}}}}`, says: "at most 10000"},
		"PagesBackward":             {query: `{both(last:100){nodes{` + repeat(100, "name") + `}}}`, says: "at most 10000"},
		"PagesByVariables":          {query: `query($n:Int){people(first:$n){nodes{people(first:$n){nodes{name}}}}}`, variables: map[string]any{"n": 100}, says: "at most 10000"},
		"PagesInFragments":          {query: `{people(first:100){nodes{...p}}} fragment p on Person{people(first:100){nodes{name}}}`, says: "at most 10000"},
		"ManyLists":                 {query: "{" + repeat(20, "people(first:100){nodes{name self{name} me:self{name} s:self{name}}}") + "}", says: "at most 10000"},
		"ListsWithoutPages":         {query: `{people(first:100){nodes{friends{friends{friends{name}}}}}}`, says: "at most 10000"},
		"ANumberAsAString":          {query: `query($n:Int){people(first:$n){nodes{people(first:$n){nodes{name}}}}}`, variables: map[string]any{"n": "100"}, says: "at most 10000"},
		"FragmentsOfFragmentsAlone": {query: doubling(400), says: "more than 1000 fields, its fragments put in"},
		"FragmentsThatNobodyUses":   {query: "{me{name}} fragment a on Person{" + repeat(600, "name") + "} fragment b on Person{self{" + repeat(600, "name") + "}}", says: "holds more than 1000 fields"},
		"PartsThatComeLater":        {query: "{me{...@defer{name}}}", says: "@defer is not carried out"},
		"PartsInFragments":          {query: "{me{...a}} fragment a on Person{self{...b@defer}} fragment b on Person{name}", says: "@defer is not carried out"},
		"ANumberBeyondAll":          {query: `{people(first:2147483647){nodes{people(first:2147483647){nodes{people(first:2147483647){nodes{name}}}}}}}`, says: "at most 10000"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := ask(t, c.query, c.variables)
			require.Len(t, a.Errors, 1)
			require.Equal(t, limits.TooMuch, a.Errors[0].Extensions.Code)
			require.Contains(t, a.Errors[0].Message, c.says)
			require.Equal(t, http.StatusUnprocessableEntity, a.status)
			require.False(t, a.Data.Done)
			require.Less(t, a.size, 300)
		})
	}
}

// What is not valid is left to the validation, which also finds fragments that name each other in a ring, but not at any length.
func TestErrNotValid(t *testing.T) {
	t.Parallel()
	for name, query := range map[string]string{
		"ARingOfFragments":  "{me{...a}} fragment a on Person{self{...b}} fragment b on Person{self{...a}}",
		"AMissingFragment":  "{me{...a}}",
		"ManyMistakes":      "{me{" + repeat(500, "nothing") + "}}",
		"ManyTokens":        "{me{" + strings.Repeat("name ", 6_000) + "}}",
		"NotGraphQL":        "{",
		"UnknownArguments":  "{me(" + repeat(1_000, "1") + "){name}}",
		"MissingVariables":  "{people(name:$a){totalCount}}",
		"NoOperation":       "fragment a on Person{name}",
		"Empty":             "",
		"MutationsInARow":   "mutation{nothing}",
		"TwiceTheSameInput": `{people(filter:{search:"a",search:"b"}){totalCount}}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := ask(t, query, nil)
			require.NotEmpty(t, a.Errors)
			require.LessOrEqual(t, len(a.Errors), 11)
			require.NotEqual(t, limits.TooMuch, a.Errors[0].Extensions.Code)
			require.Equal(t, http.StatusUnprocessableEntity, a.status)
			require.Less(t, a.size, 4_000)
			if len(a.Errors) == 11 {
				require.Regexp(t, `^There are \d+ more errors\.$`, a.Errors[10].Message)
			}
		})
	}
}
