package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"

	"carryover/graph"
)

// readable lets requests through that are well-formed by GraphQL over HTTP, and refuses the others in a few words, none of them from
// the request. A socket says later what it wants.
func (o Options) readable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" {
			next.ServeHTTP(w, r)
			return
		}
		began := graphql.Now()
		params, raw, no := o.request(w, r)
		accept, some := accepted(r.Header.Values("Accept"))
		if no == nil && !some {
			no = &unread{http.StatusNotAcceptable, "An answer is `application/graphql-response+json`, `application/json` or, of subscriptions, `text/event-stream`."}
		}
		if no != nil {
			refuse(w, no.status, graph.Coded("BAD_REQUEST", no.message))
			return
		}
		params.ReadTime = graphql.TraceTiming{Start: began, End: graphql.Now()}
		r = r.WithContext(context.WithValue(r.Context(), readKey{}, read{params, accept}))
		r.Body = io.NopCloser(bytes.NewReader(raw)) // a stream of events reads it again
		next.ServeHTTP(w, r)
	})
}

// unread is why a request was not read.
type unread struct {
	status  int
	message string
}

func (o Options) request(w http.ResponseWriter, r *http.Request) (params *graphql.RawParams, raw []byte, no *unread) {
	switch r.Method {
	case http.MethodGet:
		params, no = o.fromURL(r.URL.RawQuery)
		return params, nil, no
	case http.MethodPost:
		return o.fromBody(r)
	}
	w.Header().Set("Allow", "GET, POST")
	return nil, nil, &unread{http.StatusMethodNotAllowed, "Send operations by POST, or queries by GET."}
}

// fromBody takes JSON alone: a browser sends forms for any site.
func (o Options) fromBody(r *http.Request) (*graphql.RawParams, []byte, *unread) {
	kind, more, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != plainJSON || (more["charset"] != "" && !strings.EqualFold(more["charset"], "utf-8")) {
		return nil, nil, &unread{http.StatusUnsupportedMediaType, "Send the request as `Content-Type: application/json`, in UTF-8."}
	}
	raw, err := io.ReadAll(r.Body)
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, nil, &unread{http.StatusRequestEntityTooLarge, "The request is larger than 1 MiB."}
	case err != nil:
		return nil, nil, &unread{http.StatusBadRequest, "The request's body was cut off."}
	case !json.Valid(raw):
		return nil, nil, &unread{http.StatusBadRequest, `The request's body must be JSON, like {"query": "…", "variables": {…}}.`}
	}
	var fields map[string]json.RawMessage // by their exact names, which a struct's are not
	if json.Unmarshal(raw, &fields) != nil || fields == nil {
		return nil, nil, &unread{http.StatusUnprocessableEntity, `The request must be one JSON object, like {"query": "…", "variables": {…}}. Send operations one by one.`}
	}
	params, no := o.fromFields(fields)
	return params, again(fields), no
}

// again is what was read of a body, for the streams of events, which read it once more and less exactly.
func again(fields map[string]json.RawMessage) []byte {
	known := map[string]json.RawMessage{}
	for _, name := range []string{"query", "operationName", "variables", "extensions"} {
		if value, given := fields[name]; given {
			known[name] = value
		}
	}
	return encoded(known)
}

// fromURL takes the empty string of what may be left out for nothing.
func (o Options) fromURL(text string) (*graphql.RawParams, *unread) {
	query, err := url.ParseQuery(text)
	if err != nil {
		return nil, &unread{http.StatusBadRequest, "The address's query cannot be read: it must be encoded as application/x-www-form-urlencoded."}
	}
	fields := map[string]json.RawMessage{}
	for _, name := range []string{"query", "documentId", "operationName"} {
		if query.Has(name) {
			fields[name] = encoded(query.Get(name))
		}
	}
	for _, name := range []string{"variables", "extensions"} {
		value := query.Get(name)
		switch {
		case value == "":
		case !json.Valid([]byte(value)):
			return nil, &unread{http.StatusBadRequest, "`" + name + "` must be JSON."}
		default:
			fields[name] = json.RawMessage(value)
		}
	}
	return o.fromFields(fields)
}

// maxOperationName is more than any operation is called. A longer one would come back in the error that there is none.
const maxOperationName = 200

// fromFields keeps numbers as they were written. Members that it does not know are for later versions of the specification.
func (o Options) fromFields(fields map[string]json.RawMessage) (*graphql.RawParams, *unread) {
	if no := o.byID(fields); no != nil {
		return nil, no
	}
	params := &graphql.RawParams{}
	for _, one := range []struct {
		name, must string
		into       any
	}{
		{"query", "a string: a GraphQL document", &params.Query},
		{"operationName", "a string", &params.OperationName},
		{"variables", "an object", &params.Variables},
		{"extensions", "an object", &params.Extensions},
	} {
		value, given := fields[one.name]
		if !given && one.name != "query" {
			continue
		}
		in := json.NewDecoder(bytes.NewReader(value))
		in.UseNumber()
		if !given || (one.name == "query" && string(value) == "null") || in.Decode(one.into) != nil {
			return nil, &unread{http.StatusUnprocessableEntity, "`" + one.name + "` must be " + one.must + "."}
		}
	}
	if utf8.RuneCountInString(params.OperationName) > maxOperationName {
		return nil, &unread{http.StatusUnprocessableEntity, fmt.Sprintf("`operationName` is at most %d characters.", maxOperationName)}
	}
	return params, nil
}

// byID puts one of our pages' documents in the place of its id.
func (o Options) byID(fields map[string]json.RawMessage) *unread {
	raw, given := fields["documentId"]
	if !given || string(raw) == "null" {
		return nil
	}
	if _, both := fields["query"]; both {
		return &unread{http.StatusUnprocessableEntity, "Give `query` or `documentId`, not both."}
	}
	var id string
	if json.Unmarshal(raw, &id) != nil {
		return &unread{http.StatusUnprocessableEntity, "`documentId` must be a string."}
	}
	document, known := o.Documents[id]
	if !known {
		return &unread{http.StatusBadRequest, "No document has this `documentId`. A page that was opened some time ago must be loaded again."}
	}
	fields["query"] = encoded(document)
	return nil
}
