package graph

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// badText is what a client is told of whom PostgreSQL refused a text that it cannot store: which of the operation's values it was, by
// its path. Most are refused before, by the rule of their field; this is of those that any text may be searched for.
func badText(ctx context.Context) *gqlerror.Error {
	path := badPath(ctx)
	which := "A text"
	if path != nil {
		which = "`" + strings.Join(path, ".") + "`"
	}
	e := Coded("BAD_REQUEST", which+" holds a character that no text can hold (NUL, or bytes that are not UTF-8).")
	if path != nil {
		e.Extensions["field"] = path
	}
	e.Path = graphql.GetPath(ctx)
	return e
}

// badPath is of the first such value, nil where none is found.
func badPath(ctx context.Context) []string {
	if !graphql.HasOperationContext(ctx) {
		return nil
	}
	op := graphql.GetOperationContext(ctx)
	for _, definition := range op.Operation.VariableDefinitions {
		if path := inValue(op.Variables[definition.Variable], []string{definition.Variable}); path != nil {
			return path
		}
	}
	return inSelections(op.Operation.SelectionSet)
}

func inSelections(set ast.SelectionSet) []string {
	for _, one := range set {
		var path []string
		switch one := one.(type) {
		case *ast.Field:
			if path = inArguments(one.Arguments); path == nil {
				path = inSelections(one.SelectionSet)
			}
		case *ast.InlineFragment:
			path = inSelections(one.SelectionSet)
		case *ast.FragmentSpread:
			path = inSelections(one.Definition.SelectionSet)
		}
		if path != nil {
			return path
		}
	}
	return nil
}

func inArguments(args ast.ArgumentList) []string {
	for _, a := range args {
		if path := inLiteral(a.Value, []string{a.Name}); path != nil {
			return path
		}
	}
	return nil
}

// inLiteral is of what stands in the document itself.
func inLiteral(v *ast.Value, path []string) []string {
	if v.Kind == ast.StringValue || v.Kind == ast.BlockValue {
		return inText(v.Raw, path)
	}
	for i, child := range v.Children {
		name := child.Name
		if name == "" {
			name = strconv.Itoa(i)
		}
		if found := inLiteral(child.Value, append(path[:len(path):len(path)], name)); found != nil {
			return found
		}
	}
	return nil
}

// inValue is of what came as JSON.
func inValue(v any, path []string) []string {
	switch v := v.(type) {
	case string:
		return inText(v, path)
	case []any:
		for i, one := range v {
			if found := inValue(one, append(path[:len(path):len(path)], strconv.Itoa(i))); found != nil {
				return found
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if found := inValue(v[name], append(path[:len(path):len(path)], name)); found != nil {
				return found
			}
		}
	}
	return nil
}

func inText(text string, path []string) []string {
	if strings.ContainsRune(text, 0) || !utf8.ValidString(text) {
		return path
	}
	return nil
}
