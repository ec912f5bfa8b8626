package server

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzReadable: whatever is sent, a request gets through with the parameters that stand in it, or is refused in JSON that holds none of
// them.
func FuzzReadable(f *testing.F) {
	for _, seed := range []string{`{"query":"{__typename}"}`, `{"query":"q","variables":{"n":12345678901234567890}}`, `{"query":null}`, `[]`, `{"query":`, `{"QUERY":"x"}`, `{"query":"a","query":"b"}`,
		`{"documentId":"sha256:1"}`, "\xff", "\x00", `{"query":"\ud800"}`, strings.Repeat("[", 20_000), `{"query":"x","extensions":{"a":{"b":[1,2,3]}}}`} {
		f.Add(seed, "application/json", "application/json;q=0.5,*/*")
		f.Add(url.Values{"query": {seed}}.Encode(), "", "")
	}
	f.Fuzz(func(t *testing.T, text, contentType, accept string) {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			r := httptest.NewRequest(method, "/graphql", strings.NewReader(text))
			r.URL.RawQuery = text
			r.Header.Set("Content-Type", contentType)
			r.Header.Set("Accept", accept)
			w := httptest.NewRecorder()
			var got *http.Request
			Options{Documents: map[string]string{"sha256:1": "{a}"}}.readable(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				got = r
			})).ServeHTTP(w, r)
			if got != nil {
				require.NotNil(t, paramsOf(got.Context()))
				require.Contains(t, []string{"", plainJSON, responseJSON}, acceptedOf(got.Context()))
				continue
			}
			require.Contains(t, []int{400, 406, 413, 415, 422}, w.Code)
			var answer struct{ Errors []struct{ Message string } }
			require.NoError(t, json.Unmarshal(w.Body.Bytes(), &answer))
			require.Len(t, answer.Errors, 1)
			require.Less(t, w.Body.Len(), 300)
		}
	})
}
