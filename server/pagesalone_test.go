package server_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/server"
	"carryover/web"
)

// TestStrangersAskWhatPagesAsk is how an installation runs that is no demo.
func TestStrangersAskWhatPagesAsk(t *testing.T) {
	t.Parallel()
	everyone := setup(t)
	inv := everyone.Invited(t)
	token := everyone.Token(t, inv)
	b := &bundle{Bundle: everyone.Bundle}
	b.serve(t, func(o *server.Options) { o.Documents = web.Documents() })
	staff, _ := everyone.signIn(t)

	var setupID string
	for id, document := range web.Documents() {
		if strings.Contains(document, "query Setup(") {
			setupID = id
		}
	}
	require.NotEmpty(t, setupID)
	asked := `{"documentId":"` + setupID + `","variables":{"token":"` + token + `","language":"EN"}}`

	t.Run("ByTheID", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", asked)
		require.Contains(t, resp.text, `"state":"OPEN"`)
		require.Equal(t, "no-store", resp.Header.Get("Cache-Control"))
		resp = b.send(t, "GET", "/graphql?"+url.Values{"documentId": {setupID}, "variables": {`{"token":"` + token + `","language":"EN"}`}}.Encode(), "")
		require.Contains(t, resp.text, `"state":"OPEN"`)
	})
	t.Run("StaffComeIn", func(t *testing.T) {
		for _, name := range []string{"SignIn", "AcceptStaffInvitation", "RequestPasswordReset", "ResetPassword"} {
			id := ""
			for each, document := range web.Documents() {
				if strings.Contains(document, "mutation "+name+"(") {
					id = each
				}
			}
			input := map[string]string{"SignIn": `{"email":"` + b.Manager.Email + `","password":"` + testkit.Password + `"}`, "RequestPasswordReset": `{"email":"x@y.test"}`}[name]
			if input == "" {
				input = `{"token":"x","password":"a horse with no name at all"}`
			}
			resp := b.send(t, "POST", "/graphql", `{"documentId":"`+id+`","variables":{"input":`+input+`}}`)
			require.Equal(t, http.StatusOK, resp.StatusCode, resp.text)
			require.NotContains(t, resp.text, `"errors"`, name)
		}
	})
	t.Run("ErrADocumentOfTheirOwn", func(t *testing.T) {
		for _, document := range []string{whoami, "{__typename}", `{setup(token:"` + token + `"){state}}`, "{__schema{types{name}}}", "{"} {
			resp := b.send(t, "POST", "/graphql", operation(document))
			require.Equal(t, http.StatusForbidden, resp.StatusCode, document)
			require.Contains(t, resp.text, "UNKNOWN_DOCUMENT")
			require.NotContains(t, resp.text, `"data"`)
			require.Contains(t, b.send(t, "POST", "/graphql", operation(document), "Accept", "text/event-stream").text, "UNKNOWN_DOCUMENT")
		}
	})
	t.Run("ErrAnotherSpellingForStreams", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", `{"query":"{__typename}","Query":1,"QUERY":"secretsecret"}`, "Accept", "text/event-stream")
		require.Contains(t, resp.text, "UNKNOWN_DOCUMENT")
		require.NotContains(t, resp.text, "secretsecret")
		require.Contains(t, b.send(t, "POST", "/graphql", asked, "Accept", "text/event-stream").text, `"state":"OPEN"`, "by its id there too")
	})
	t.Run("ErrNotTheTokenOfAnybody", func(t *testing.T) {
		require.Equal(t, http.StatusForbidden, b.send(t, "POST", "/graphql", operation(whoami), "Authorization", "Bearer cos_nobody").StatusCode)
	})
	t.Run("StaffAskAnything", func(t *testing.T) {
		require.Contains(t, b.send(t, "POST", "/graphql", operation(whoami), "Authorization", "Bearer "+staff).text, "Max Manager")
	})
	t.Run("ErrUnknownID", func(t *testing.T) {
		resp := b.send(t, "POST", "/graphql", `{"documentId":"sha256:00"}`)
		require.Equal(t, http.StatusBadRequest, resp.StatusCode)
		require.Contains(t, resp.text, "loaded again")
	})
	t.Run("ErrBoth", func(t *testing.T) {
		require.Equal(t, http.StatusUnprocessableEntity, b.send(t, "POST", "/graphql", `{"documentId":"`+setupID+`","query":"{__typename}"}`).StatusCode)
	})
	t.Run("ErrNotAnID", func(t *testing.T) {
		require.Equal(t, http.StatusUnprocessableEntity, b.send(t, "POST", "/graphql", `{"documentId":7}`).StatusCode)
	})
}
