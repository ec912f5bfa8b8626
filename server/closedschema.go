package server

import (
	"context"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"carryover/graph"
)

// codeIntrospectionOff is of an operation that asks what there is.
const codeIntrospectionOff = "INTROSPECTION_OFF"

// closedSchema tells nobody what there is, and says so: gqlgen by itself would answer null and an error that looks like one of ours.
type closedSchema struct{}

var _ graphql.OperationContextMutator = closedSchema{}

// ExtensionName is what gqlgen calls it.
func (closedSchema) ExtensionName() string { return "ClosedSchema" }

// See pagesAlone.
func init() { errcode.RegisterErrorType(codeIntrospectionOff, errcode.KindProtocol) }

// Validate has nothing to look at.
func (closedSchema) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext looks at an operation that is valid, so that no fragment of it is missing or goes round in a ring.
func (closedSchema) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if introspects(op.Operation.SelectionSet) {
		return graph.Coded(codeIntrospectionOff, "The schema is not told here. It is schema.graphql in the program's sources.")
	}
	return nil
}

// introspects looks at the top alone, where these fields stand.
func introspects(set ast.SelectionSet) bool {
	return slices.ContainsFunc(set, func(one ast.Selection) bool {
		switch one := one.(type) {
		case *ast.Field:
			return one.Name == "__schema" || one.Name == "__type"
		case *ast.InlineFragment:
			return introspects(one.SelectionSet)
		case *ast.FragmentSpread:
			return introspects(one.Definition.SelectionSet)
		}
		return false
	})
}

// withoutSuggestions are the rules of what is valid, none of which says what somebody may have meant: by such answers the whole schema could
// be guessed. Each call answers a set of its own, since gqlgen exchanges rules in it.
func withoutSuggestions() *rules.Rules {
	all := rules.NewDefaultRules()
	for talkative, silent := range map[string]core.Rule{
		rules.FieldsOnCorrectTypeRule.Name: rules.FieldsOnCorrectTypeRuleWithoutSuggestions,
		rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.ScalarLeafsRule.Name:         rules.ScalarLeafsRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		all.RemoveRule(talkative)
		all.AddRule(silent.Name, silent.RuleFunc)
	}
	return all
}
