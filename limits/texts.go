package limits

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// badText is the code of a value that no text of ours can hold.
const badText = "BAD_REQUEST"

const (
	// longestText is more than anything that a person types; what may be typed where is for the rules to say.
	longestText = 10_000
	// longestDrawing is a drawn signature: 200 kB as base64.
	longestDrawing = 280_000
)

// badTexts names the first value, by its path, that holds a character which PostgreSQL cannot store, or is longer than any text that
// is asked for.
func badTexts(op *graphql.OperationContext) *gqlerror.Error {
	for _, definition := range op.Operation.VariableDefinitions {
		if err := inValue(op.Variables[definition.Variable], []string{definition.Variable}); err != nil {
			return err
		}
	}
	return inSelections(op.Operation.SelectionSet)
}

func inSelections(set ast.SelectionSet) *gqlerror.Error {
	for _, one := range set {
		var err *gqlerror.Error
		switch one := one.(type) {
		case *ast.Field:
			if err = inArguments(one.Arguments); err == nil {
				err = inSelections(one.SelectionSet)
			}
		case *ast.InlineFragment:
			err = inSelections(one.SelectionSet)
		case *ast.FragmentSpread:
			err = inSelections(one.Definition.SelectionSet)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func inArguments(args ast.ArgumentList) *gqlerror.Error {
	for _, a := range args {
		if err := inLiteral(a.Value, []string{a.Name}); err != nil {
			return err
		}
	}
	return nil
}

// inLiteral is of what stands in the document itself.
func inLiteral(v *ast.Value, path []string) *gqlerror.Error {
	if v.Kind == ast.StringValue || v.Kind == ast.BlockValue {
		return inText(v.Raw, path)
	}
	for i, child := range v.Children {
		name := child.Name
		if name == "" {
			name = strconv.Itoa(i)
		}
		if err := inLiteral(child.Value, append(path[:len(path):len(path)], name)); err != nil {
			return err
		}
	}
	return nil
}

// inValue is of what came as JSON.
func inValue(v any, path []string) *gqlerror.Error {
	switch v := v.(type) {
	case string:
		return inText(v, path)
	case []any:
		for i, one := range v {
			if err := inValue(one, append(path[:len(path):len(path)], strconv.Itoa(i))); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if err := inValue(v[name], append(path[:len(path):len(path)], name)); err != nil {
				return err
			}
		}
	}
	return nil
}

func inText(text string, path []string) *gqlerror.Error {
	most := longestText
	if path[len(path)-1] == "imageBase64" {
		most = longestDrawing
	}
	message := ""
	switch {
	case len(text) > most:
		message = fmt.Sprintf("is longer than %d bytes", most)
	case strings.ContainsRune(text, 0) || !utf8.ValidString(text):
		message = "holds a character that no text can hold (NUL, or bytes that are not UTF-8)"
	default:
		return nil
	}
	return &gqlerror.Error{Message: "`" + strings.Join(path, ".") + "` " + message + ".", Extensions: map[string]any{"code": badText, "field": path}}
}
