package server

import (
	"context"
	"encoding/json"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/errcode"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// post answers POST as gqlgen's own transport does, but for two things: the request was read already, by readable, and the data,
// which are JSON when they get here, are not gone through once more on their way out.
type post struct{}

const (
	plainJSON    = "application/json"
	responseJSON = "application/graphql-response+json"
)

// Supports refuses forms: a browser sends those for any site.
func (post) Supports(r *http.Request) bool {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	return err == nil && r.Method == http.MethodPost && kind == plainJSON && r.Header.Get("Upgrade") == ""
}

// Do carries out one operation.
func (post) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	ctx, kind := r.Context(), answerKind(r.Header.Get("Accept"))
	w.Header().Set("Content-Type", kind)
	params := paramsOf(ctx)
	params.Headers = r.Header
	op, errs := exec.CreateOperationContext(ctx, params)
	if errs != nil {
		w.WriteHeader(refusal(kind, errs))
		writeAnswer(w, exec.DispatchError(graphql.WithOperationContext(ctx, op), errs))
		return
	}
	respond, ctx := exec.DispatchOperation(ctx, op)
	writeAnswer(w, respond(ctx))
}

// answerKind is the first media type that the client takes and we have.
func answerKind(accept string) string {
	if accept == "" {
		return plainJSON
	}
	for part := range strings.SplitSeq(accept, ",") {
		switch kind, _, _ := mime.ParseMediaType(strings.TrimSpace(part)); kind {
		case "*/*", "application/*", plainJSON:
			return plainJSON
		case responseJSON:
			return responseJSON
		}
	}
	return responseJSON
}

// refusal is the status of an operation that was not carried out. Only a client that knows of the newer media type looks for 400.
func refusal(kind string, errs gqlerror.List) int {
	switch {
	case errcode.GetErrorKind(errs) != errcode.KindProtocol:
		return http.StatusOK
	case kind == responseJSON:
		return http.StatusBadRequest
	}
	return http.StatusUnprocessableEntity
}

// writeAnswer writes the data as they are. Errors and extensions are few and go through encoding/json; so does what comes in parts.
func writeAnswer(w http.ResponseWriter, r *graphql.Response) {
	if r == nil || r.HasNext != nil {
		_, _ = w.Write(encoded(r))
		return
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

type paramsKey struct{}

// paramsOf is what readable has read.
func paramsOf(ctx context.Context) *graphql.RawParams {
	params, ok := ctx.Value(paramsKey{}).(*graphql.RawParams)
	if !ok {
		panic("server: a POST went past readable")
	}
	return params
}
