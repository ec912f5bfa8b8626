package server

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/access"
	"carryover/graph"
)

// codeUnknownDocument is of a document that only a member of staff may have carried out.
const codeUnknownDocument = "UNKNOWN_DOCUMENT"

// pagesAlone carries out for strangers and tenants what our own pages ask, and nothing else: whoever has a link has all that a page
// of ours shows of it, and no way to ask in bulk.
type pagesAlone struct{ documents map[string]bool }

func newPagesAlone(byID map[string]string) *pagesAlone {
	p := &pagesAlone{documents: map[string]bool{}}
	for _, document := range byID {
		p.documents[document] = true
	}
	return p
}

var _ graphql.OperationParameterMutator = &pagesAlone{}

// ExtensionName is what gqlgen calls it.
func (*pagesAlone) ExtensionName() string { return "PagesAlone" }

// A refusal is one of the request, not of its fields. The library keeps that in a map of its own for all servers, without a lock.
func init() { errcode.RegisterErrorType(codeUnknownDocument, errcode.KindProtocol) }

// Validate has nothing to look at.
func (*pagesAlone) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters lets staff and the pages through.
func (p *pagesAlone) MutateOperationParameters(ctx context.Context, params *graphql.RawParams) *gqlerror.Error {
	if access.From(ctx).Viewer != nil || p.documents[params.Query] {
		return nil
	}
	return graph.Coded(codeUnknownDocument, "Without a staff member's sign-in or token only what our own pages ask is carried out.")
}
