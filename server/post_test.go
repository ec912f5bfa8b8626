package server

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/graph"
)

// What our transport answers is what gqlgen's answers, status and media type included.
func TestPostAnswersAsGqlgen(t *testing.T) {
	t.Parallel()
	schema := graph.NewExecutableSchema(graph.Config{Resolvers: &graph.Resolver{}, Directives: graph.Directives()})
	serve := func(with graphql.Transport, r *http.Request) *httptest.ResponseRecorder {
		srv := handler.New(schema)
		srv.AddTransport(with)
		w := httptest.NewRecorder()
		readable(srv).ServeHTTP(w, r)
		return w
	}
	for name, body := range map[string]string{
		"Data":           `{"query":"{__typename again:__typename}"}`,
		"ErrorAndData":   `{"query":"{__typename invitation(id:\"<x> & ü\"){id}}"}`,
		"NoData":         `{"query":"mutation{signOut{userErrors{code}}}"}`,
		"Variables":      `{"query":"query($n:Int!){invitations(first:$n){totalCount}}","variables":{"n":3}}`,
		"WrongVariable":  `{"query":"query($n:Int!){invitations(first:$n){totalCount}}","variables":{"n":"three"}}`,
		"NoSuchField":    `{"query":"{nothing}"}`,
		"NotGraphQL":     `{"query":"{"}`,
		"Nothing":        `{}`,
		"SeveralOfNone":  `{"query":"query A{__typename} query B{__typename}","operationName":"C"}`,
		"OneOfSeveral":   `{"query":"query A{a:__typename} query B{b:__typename}","operationName":"B"}`,
		"NotARequest":    `{"query":5}`,
		"MoreThanOne":    `{"query":"{__typename}"}{}`,
		"EmptyExtension": `{"query":"{__typename}","extensions":{}}`,
	} {
		for _, accept := range []string{"", "*/*", "application/json", "application/graphql-response+json", "text/html", "text/html, application/json;q=0.5", "!"} {
			t.Run(name+" "+accept, func(t *testing.T) {
				t.Parallel()
				request := func() *http.Request {
					r := httptest.NewRequest(http.MethodPost, "/graphql", strings.NewReader(body))
					r.Header.Set("Content-Type", "application/json; charset=utf-8")
					r.Header.Set("Accept", accept)
					return r
				}
				ours, theirs := serve(post{}, request()), serve(transport.POST{}, request())
				require.Equal(t, theirs.Code, ours.Code)
				require.Equal(t, theirs.Header(), ours.Header())
				require.JSONEq(t, theirs.Body.String(), ours.Body.String())
			})
		}
	}
}

func TestPostTakesJSONOnly(t *testing.T) {
	t.Parallel()
	for kind, taken := range map[string]bool{"application/json": true, "text/plain": false, "multipart/form-data; boundary=x": false, "": false, ";": false} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		r.Header.Set("Content-Type", kind)
		require.Equal(t, taken, post{}.Supports(r), kind)
	}
	r := httptest.NewRequest(http.MethodGet, "/graphql", nil)
	r.Header.Set("Content-Type", "application/json")
	require.False(t, post{}.Supports(r))
}

func TestWriteAnswer(t *testing.T) {
	t.Parallel()
	more := true
	for name, answer := range map[string]*graphql.Response{
		"Nothing":    nil,
		"NoData":     {Errors: gqlerror.List{{Message: "no <b>"}}},
		"Data":       {Data: json.RawMessage(`{"a":"<&>\u2028","b":[1,null]}`)},
		"Everything": {Data: json.RawMessage(`{}`), Errors: gqlerror.List{gqlerror.WrapPath(nil, errors.New("x"))}, Extensions: map[string]any{"took": 1, "n": "ü"}},
		"InParts":    {Data: json.RawMessage(`{}`), Label: "l", HasNext: &more},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			writeAnswer(w, answer)
			want, err := json.Marshal(answer)
			require.NoError(t, err)
			require.JSONEq(t, string(want), w.Body.String())
		})
	}
}
