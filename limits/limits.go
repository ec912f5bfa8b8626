// Package limits says how much one GraphQL request may ask for, before any of it is done: by the text of the document, by what it
// comes to once its fragments are put in, and by how many rows its lists may hold.
//
// It owns those bounds and what is said to whoever passes them. It does not own how many rows a page has, which each list
// says of itself, nor the size of a request's body, which is package server's.
package limits

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
)

// TooMuch is the code of an operation that asks for more than is answered at once. Nothing of it was done.
const TooMuch = "TOO_MUCH"

// Limits are the most of each that one request may have. The server's cache of documents is handed in so that a document which was
// looked at once is not looked at again.
type Limits struct {
	Characters int // of the document
	Tokens     int // of the document
	Directives int // written in the document
	Fields     int // and fragments: as written, and of all operations with the fragments put in
	Depth      int // of fields in fields, fragments put in
	Roots      int // fields of Query or Subscription at once, aliases counted
	Mutations  int // fields of Mutation at once
	Cost       int // see cost.go
	Errors     int // in one answer
	Cache      graphql.Cache[*ast.QueryDocument]
}

// Default suits pages of a console with some room: the largest documents of our own pages ask for a tenth of it.
func Default(cache graphql.Cache[*ast.QueryDocument]) *Limits {
	return &Limits{Characters: 50_000, Tokens: 5_000, Directives: 50, Fields: 1_000, Depth: 15, Roots: 20, Mutations: 5, Cost: 10_000, Errors: 10,
		Cache: cache}
}

var _ interface {
	graphql.OperationParameterMutator
	graphql.OperationContextMutator
	graphql.ResponseInterceptor
} = &Limits{}

// ExtensionName is what gqlgen calls it.
func (*Limits) ExtensionName() string { return "Limits" }

// Clients are told of TooMuch as of a document that is not valid: with a status of 400 or 422, not 200. The library keeps that in a map
// of its own for all servers, without a lock.
func init() { errcode.RegisterErrorType(TooMuch, errcode.KindProtocol) }

// Validate has nothing to look at.
func (*Limits) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters looks at a document before it is validated, since validating is what costs most of a bad one. What cannot
// be parsed is left to who says so better.
func (l *Limits) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if len(params.Query) > l.Characters {
		return tooMuch("The document has %d characters. At most %d are read.", len(params.Query), l.Characters)
	}
	if _, known := l.Cache.Get(ctx, params.Query); known {
		return nil
	}
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: params.Query}, l.Tokens)
	if err != nil {
		return nil //nolint:nilerr // it is parsed again, and then it is said what is wrong
	}
	return l.look(doc)
}

// MutateOperationContext looks at an operation with its values.
func (l *Limits) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	if n := cost(op.Operation.SelectionSet, op.Variables); n > l.Cost {
		return tooMuch("This operation may read up to %d values; at most %d are answered at once. Ask for fewer rows with `first`, or for fewer fields.", n, l.Cost)
	}
	return nil
}

// InterceptResponse keeps the first errors of an answer: whoever sends a thousand mistakes learns from ten.
func (l *Limits) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	answer := next(ctx)
	if answer == nil || len(answer.Errors) <= l.Errors {
		return answer
	}
	more := len(answer.Errors) - l.Errors
	code := answer.Errors[l.Errors].Extensions["code"]
	answer.Errors = append(answer.Errors[:l.Errors:l.Errors], &gqlerror.Error{Message: fmt.Sprintf("There are %d more errors.", more),
		Extensions: map[string]any{"code": code}})
	return answer
}

func tooMuch(format string, args ...any) *gqlerror.Error {
	return &gqlerror.Error{Message: fmt.Sprintf(format, args...), Extensions: map[string]any{"code": TooMuch}}
}
