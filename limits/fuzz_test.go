package limits_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzDocument: whatever is asked, the answer is short, and either the operation was carried out or it is said why not.
func FuzzDocument(f *testing.F) {
	for _, seed := range []string{"{me{name}}", "{me{...a}} fragment a on Person{self{...a}}", `{people(name:"\u0000"){totalCount}}`, "query($n:Int=50){people(first:$n){nodes{name}}}",
		"mutation{rename(input:{words:[\"a\"]}){name}}", "{me@include(if:true){name}}", "{", "subscription{x}", "{__schema{types{name}}}", "fragment a on Query{...a} {...a}",
		"{people(first:-1){nodes{people(first:99999999999999999999){nodes{name}}}}}", `{people(filter:{search:"""block"""}){totalCount}}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, query string) {
		a := ask(t, query, map[string]any{"n": 100, "input": map[string]any{"search": query}})
		require.Less(t, a.size, 100_000)
		require.Equal(t, len(a.Errors) == 0, a.Data.Done)
	})
}
