package server

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/graph"
)

// overHTTP carries out operations by the letter of GraphQL over HTTP (https://graphql.github.io/graphql-over-http/draft/); the table of
// its rules is docs/graphql-over-http.md. It stands in the place of gqlgen's transports, which answer 200 to much that was not carried
// out, and go once more through data that are JSON when they get here. The request was read already, by readable.
type overHTTP struct{}

// Supports leaves sockets and streams of events to their own transports, which stand before this one.
func (overHTTP) Supports(*http.Request) bool { return true }

// Do carries out one operation.
func (overHTTP) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx, params := r.Context(), paramsOf(r.Context())
	params.Headers = r.Header
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs == nil {
		errs = notOverHTTP(w, r, op.Operation.Operation)
	}
	if errs != nil {
		answer := exec.DispatchError(graphql.WithOperationContext(ctx, op), errs)
		refuse(w, statusOf(errs), answer.Errors...)
		return
	}
	respond, ctx := exec.DispatchOperation(ctx, op)
	answer := respond(ctx)
	kind, status := acceptedOf(ctx), http.StatusOK
	if kind == responseJSON && answer != nil && len(answer.Errors) > 0 {
		status = partialSuccess
	}
	w.Header().Set("Content-Type", kind+"; charset=utf-8")
	w.WriteHeader(status)
	writeAnswer(w, answer)
}

// partialSuccess is of data with errors beside them. Only who knows of the newer media type knows of the status.
const partialSuccess = 294

// The codes of operations that have no place in a request of their kind.
const (
	codeMutationByGET   = "MUTATION_BY_GET"
	codeNeedsConnection = "SUBSCRIPTION_NEEDS_CONNECTION"
	codeNotAcceptable   = "NOT_ACCEPTABLE"
)

// notOverHTTP: GET changes nothing, whoever puts it into a page; and one answer is no subscription.
func notOverHTTP(w http.ResponseWriter, r *http.Request, kind ast.Operation) gqlerror.List {
	switch {
	case kind == ast.Mutation && r.Method == http.MethodGet:
		w.Header().Set("Allow", http.MethodPost)
		return gqlerror.List{graph.Coded(codeMutationByGET, "Send mutations by POST.")}
	case kind == ast.Subscription:
		return gqlerror.List{graph.Coded(codeNeedsConnection,
			"Subscribe by POST with `Accept: text/event-stream`, or over a WebSocket of the protocol graphql-transport-ws.")}
	case acceptedOf(r.Context()) == "":
		return gqlerror.List{graph.Coded(codeNotAcceptable, "Streams of events are asked for by POST. An answer to GET is `application/graphql-response+json` or `application/json`.")}
	}
	return nil
}

// statusOf is the status of an operation that was not carried out.
func statusOf(errs gqlerror.List) int {
	switch errs[0].Extensions["code"] {
	case errcode.ParseFailed:
		return http.StatusBadRequest
	case codeUnknownDocument:
		return http.StatusForbidden
	case codeMutationByGET:
		return http.StatusMethodNotAllowed
	case codeNeedsConnection, codeNotAcceptable:
		return http.StatusNotAcceptable
	}
	return http.StatusUnprocessableEntity
}

// refuse answers without data that nothing was carried out. A client that has never heard of the newer media type goes by the status.
func refuse(w http.ResponseWriter, status int, errs ...*gqlerror.Error) {
	w.Header().Set("Content-Type", responseJSON+"; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(encoded(map[string]any{"errors": errs})) // a client that went away misses nothing
}

// writeAnswer writes the data as they are. Errors and extensions are few and go through encoding/json.
func writeAnswer(w http.ResponseWriter, r *graphql.Response) {
	if r == nil {
		r = &graphql.Response{}
	}
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	answer := append((*buffer)[:0], '{')
	if len(r.Errors) > 0 {
		answer = append(append(append(answer, `"errors":`...), encoded(r.Errors)...), ',')
	}
	answer = append(answer, `"data":`...)
	if r.Data == nil {
		answer = append(answer, "null"...)
	}
	answer = append(answer, r.Data...)
	if len(r.Extensions) > 0 {
		answer = append(append(answer, `,"extensions":`...), encoded(r.Extensions)...)
	}
	answer = append(answer, '}')
	_, _ = w.Write(answer) // a client that went away misses nothing
	*buffer = answer
}

// buffers are used again: a page of a list is forty kilobytes.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

func encoded(part any) []byte {
	raw, err := json.Marshal(part)
	if err != nil {
		panic(fmt.Errorf("encode an answer: %w", err)) // told as every other panic
	}
	return raw
}

type readKey struct{}

// read is what readable has read.
type read struct {
	params *graphql.RawParams
	accept string // the media type of an answer with data
}

func readOf(ctx context.Context) read {
	one, ok := ctx.Value(readKey{}).(read)
	if !ok {
		panic("server: a request went past readable")
	}
	return one
}

func paramsOf(ctx context.Context) *graphql.RawParams { return readOf(ctx).params }

func acceptedOf(ctx context.Context) string { return readOf(ctx).accept }
