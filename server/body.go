package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"github.com/99designs/gqlgen/graphql"
)

// readable refuses a body that is too large or not of the form of a request, in a few words. gqlgen would answer 200 to the
// one and echo all of the other.
func readable(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			next.ServeHTTP(w, r)
			return
		}
		began := graphql.Now()
		raw, err := io.ReadAll(r.Body)
		params := &graphql.RawParams{}
		var tooLarge *http.MaxBytesError
		switch {
		case errors.As(err, &tooLarge):
			refuseBody(w, http.StatusRequestEntityTooLarge, "The request is larger than 1 MiB.")
		case err != nil:
			refuseBody(w, http.StatusBadRequest, "The request's body was cut off.")
		case !readParams(raw, params):
			refuseBody(w, http.StatusBadRequest, `The request's body must be JSON, like {"query": "…", "variables": {…}}.`)
		default:
			params.ReadTime = graphql.TraceTiming{Start: began, End: graphql.Now()}
			r = r.WithContext(context.WithValue(r.Context(), paramsKey{}, params))
			r.Body = io.NopCloser(bytes.NewReader(raw)) // of what is not for post
			next.ServeHTTP(w, r)
		}
	})
}

// readParams keeps numbers as they were written, and takes nothing after the request.
func readParams(raw []byte, params *graphql.RawParams) bool {
	in := json.NewDecoder(bytes.NewReader(raw))
	in.UseNumber()
	if in.Decode(params) != nil {
		return false
	}
	_, err := in.Token()
	return errors.Is(err, io.EOF)
}

func refuseBody(w http.ResponseWriter, status int, message string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{ // a client that went away misses nothing
		map[string]any{"message": message, "extensions": map[string]any{"code": "BAD_REQUEST"}}}})
}
