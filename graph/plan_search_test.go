package graph_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlans(t *testing.T) {
	t.Parallel()
	b := setup(t)
	found := func(t *testing.T, search string) (names []string) {
		t.Helper()
		nodes, ok := at(b.data(t, b.Manager, `query($s:String){plans(search:$s){nodes{name}}}`, vars{"s": search})["plans"], "nodes").([]any)
		require.True(t, ok)
		for _, n := range nodes {
			name, _ := at(n, "name").(string)
			names = append(names, name)
		}
		return names
	}

	t.Run("Search", func(t *testing.T) {
		words := strings.Fields(b.Studio.Name)
		last := strings.ToUpper(words[len(words)-1])
		require.Contains(t, found(t, last+" "+words[0]), b.Studio.Name, "words in any order and case")
		require.NotContains(t, found(t, b.Studio.Name), b.Wash.Name)
		require.Empty(t, found(t, "nothing of that name"))
		require.Contains(t, found(t, " "), b.Wash.Name, "no words find all")
		require.Empty(t, found(t, b.Loft.Name), "of a location that is not managed")
	})

	t.Run("ErrLong", func(t *testing.T) {
		a := b.ask(t, b.Manager, `query($s:String){plans(search:$s){nodes{name}}}`, vars{"s": strings.Repeat("x", 101)})
		require.Equal(t, []string{"BAD_REQUEST"}, codes(a))
	})
}
