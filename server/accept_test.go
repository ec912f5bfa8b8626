package server

import (
	"encoding/json"
	"errors"
	"net/http/httptest"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

func TestAccepted(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]string{
		"":              plainJSON,
		" ":             plainJSON,
		"*/*":           plainJSON,
		"application/*": plainJSON,
		"text/html,application/xml;q=0.9,*/*;q=0.8": plainJSON, // a browser's address line
		responseJSON:           responseJSON,
		responseJSON + ", */*": responseJSON,
		"application/json;q=0.8, " + responseJSON + ";q=0.3": plainJSON,
		"application/json;q=2":                               "",
		"application/json;q=x":                               "",
		"application/json;q=0":                               "",
		"*/*;q=0":                                            "",
		"application/json;q=0, */*":                          "", // all but the one that anybody else would get
		"text/html":                                          "",
		"!":                                                  "",
		"APPLICATION/JSON":                                   plainJSON,
	} {
		kind, some := accepted([]string{header})
		require.Equal(t, want, kind, header)
		require.Equal(t, want != "", some, header)
	}
	kind, some := accepted([]string{eventStream})
	require.Empty(t, kind)
	require.True(t, some)
	kind, _ = accepted([]string{"text/html", responseJSON})
	require.Equal(t, responseJSON, kind, "two headers are one list")
}

func TestWriteAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answer *graphql.Response
		want   string
	}{
		"Nothing":    {nil, `{"data":null}`},
		"NoData":     {&graphql.Response{Errors: gqlerror.List{{Message: "no <b>"}}}, `{"errors":[{"message":"no <b>"}],"data":null}`},
		"Data":       {&graphql.Response{Data: json.RawMessage(`{"a":"<&>\u2028","b":[1,null]}`)}, `{"data":{"a":"<&>\u2028","b":[1,null]}}`},
		"Everything": {&graphql.Response{Data: json.RawMessage(`{}`), Errors: gqlerror.List{gqlerror.WrapPath(nil, errors.New("x"))}, Extensions: map[string]any{"n": "ü"}}, `{"errors":[{"message":"x"}],"data":{},"extensions":{"n":"ü"}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			writeAnswer(w, c.answer)
			require.JSONEq(t, c.want, w.Body.String())
		})
	}
}
