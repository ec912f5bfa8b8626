package limits

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
)

const (
	// pageWithoutSize is what a list gives that is not told how many.
	pageWithoutSize = 50
	// shortList is what a list counts as that has no pages: the revisions of an invitation, the locations of a staff member.
	shortList = 5
	// dearEnough ends the counting: nobody asks for as much, and the numbers must not run over.
	dearEnough = 1 << 30
)

// cost is how many values an operation may read: one for a field, and what is in it as often as it may have rows. It is of a valid
// document with values that fit.
func cost(set ast.SelectionSet, values map[string]any) (sum int) {
	for _, one := range set {
		switch one := one.(type) {
		case *ast.Field:
			sum += costOf(one, values)
		case *ast.InlineFragment:
			sum += cost(one.SelectionSet, values)
		case *ast.FragmentSpread:
			sum += cost(one.Definition.SelectionSet, values)
		}
		if sum > dearEnough {
			return dearEnough
		}
	}
	return sum
}

func costOf(f *ast.Field, values map[string]any) int {
	if strings.HasPrefix(f.Name, "__") {
		return 0 // of the schema, where it may be asked for
	}
	return min(dearEnough, 1+rows(f, values)*cost(f.SelectionSet, values))
}

// rows is how many of what is in a field there may be. The lists in a connection are as long as the page that was asked of it.
func rows(f *ast.Field, values map[string]any) int {
	if d := f.Definition; d.Arguments.ForName("first") != nil || d.Arguments.ForName("last") != nil {
		return pageSize(f.ArgumentMap(values))
	}
	if f.Definition.Type.Elem == nil || strings.HasSuffix(f.ObjectDefinition.Name, "Connection") {
		return 1
	}
	return shortList
}

// pageSize is what was asked for, also where that is more than there ever is: such a list refuses itself.
func pageSize(args map[string]any) int {
	for _, name := range []string{"first", "last"} {
		if args[name] == nil {
			continue
		}
		n, err := strconv.Atoi(fmt.Sprint(args[name])) // of whatever kind the number came
		if err != nil {
			return dearEnough
		}
		return max(0, min(n, dearEnough))
	}
	return pageWithoutSize
}
