package server_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/queries"
	"carryover/server"
)

// programOf is what a manager gave a program of theirs.
func (b *bundle) programOf(t *testing.T, scope queries.TokenScope) string {
	t.Helper()
	asked := access.NewAPIToken{Name: "program", Scope: scope, ExpiresAt: testkit.Start.Add(time.Hour)}
	if scope == queries.TokenScopeGate {
		asked.Locations = []uuid.UUID{b.Denver.ID}
	}
	_, token, err := b.in.CreateAPIToken(t.Context(), b.who(t, b.tokenOf(t, b.Manager)), testkit.By(b.Manager), asked)
	require.NoError(t, err)
	return token
}

const people = "id,name,phone,status\n1,=cmd(),12,active\n2,Fine Fay,,active\n"

func TestUploadAndDownload(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *server.Options) { o.UploadMost = 200 })
	manager, cookie := b.signIn(t)
	bearer := func(token string) []string { return []string{"Authorization", "Bearer " + token} }
	ask := func(document string) map[string]any {
		resp := b.send(t, "POST", "/graphql", operation(document), bearer(manager)...)
		var answer struct {
			Data   map[string]any
			Errors []any
		}
		require.NoError(t, json.Unmarshal([]byte(resp.text), &answer))
		require.Empty(t, answer.Errors, resp.text)
		return answer.Data
	}

	t.Run("WhoMayNot", func(t *testing.T) {
		for _, path := range []string{"POST /imports", "GET /exports/legacy-worklist.csv", "GET /imports/bat_1/refused.csv"} {
			method, path, _ := strings.Cut(path, " ")
			require.Equal(t, http.StatusUnauthorized, b.send(t, method, path, people).StatusCode)
			require.Equal(t, http.StatusForbidden, b.send(t, method, path, people, bearer(b.tokenOf(t, b.Attendant))...).StatusCode)
			require.Equal(t, http.StatusForbidden, b.send(t, method, path, people, bearer(b.programOf(t, queries.TokenScopeGate))...).StatusCode)
		}
		reads := bearer(b.programOf(t, queries.TokenScopeReadOnly))
		require.Equal(t, http.StatusForbidden, b.send(t, "POST", "/imports", people, reads...).StatusCode)
		require.Equal(t, http.StatusOK, b.send(t, "GET", "/exports/legacy-worklist.csv", "", reads...).StatusCode)
	})

	t.Run("AnotherSiteMayNot", func(t *testing.T) {
		resp := b.send(t, "POST", "/imports", people, "Cookie", cookie.Name+"="+cookie.Value, "Origin", "https://evil.test", "Sec-Fetch-Site", "cross-site")
		require.Equal(t, http.StatusForbidden, resp.StatusCode)
		require.Zero(t, b.Count(t, `SELECT count(*) FROM uploads`))
	})

	t.Run("TooLargeOrEmpty", func(t *testing.T) {
		require.Equal(t, http.StatusUnprocessableEntity, b.send(t, "POST", "/imports", strings.Repeat("x", 201), bearer(manager)...).StatusCode)
		require.Equal(t, http.StatusRequestEntityTooLarge, b.send(t, "POST", "/imports", strings.Repeat("x", 500), bearer(manager)...).StatusCode)
		require.Equal(t, http.StatusUnprocessableEntity, b.send(t, "POST", "/imports", "", bearer(manager)...).StatusCode)
		require.Zero(t, b.Count(t, `SELECT count(*) FROM uploads`)+b.Count(t, `SELECT count(*) FROM upload_pieces`))
	})

	t.Run("WrongNameOrNotOfTheFile", func(t *testing.T) {
		resp := b.send(t, "POST", "/imports?name=a%00b", people, bearer(manager)...)
		require.Equal(t, http.StatusUnprocessableEntity, resp.StatusCode, resp.text)
		require.Contains(t, resp.text, `"field":["name"]`)
		_, err := b.DB.Owner.Exec(t.Context(), `REVOKE INSERT ON upload_pieces FROM carryover_app`)
		require.NoError(t, err)
		require.Equal(t, http.StatusServiceUnavailable, b.send(t, "POST", "/imports", people, bearer(manager)...).StatusCode)
		_, err = b.DB.Owner.Exec(t.Context(), `GRANT INSERT ON upload_pieces TO carryover_app`)
		require.NoError(t, err)
		require.Zero(t, b.Count(t, `SELECT count(*) FROM uploads`))
	})

	t.Run("TooManyThatWait", func(t *testing.T) {
		for range 4 {
			require.Equal(t, http.StatusCreated, b.send(t, "POST", "/imports", strings.Repeat("x", 200), bearer(manager)...).StatusCode)
		}
		resp := b.send(t, "POST", "/imports", people, bearer(manager)...)
		require.Equal(t, http.StatusUnprocessableEntity, resp.StatusCode)
		require.Contains(t, resp.text, "would wait to be imported")
		b.Exec(t, `DELETE FROM uploads`)
	})

	t.Run("OK", func(t *testing.T) {
		resp := b.send(t, "POST", "/imports?name=people.csv", people, bearer(manager)...)
		require.Equal(t, http.StatusCreated, resp.StatusCode, resp.text)
		var upload struct{ UploadID string }
		require.NoError(t, json.Unmarshal([]byte(resp.text), &upload))
		location := ask(`{locations(first:50){nodes{id name}}}`)["locations"].(map[string]any)["nodes"].([]any)[1].(map[string]any)
		require.Equal(t, "Denver Studios", location["name"])
		ask(`mutation{importLegacyMemberships(input:{locationId:"` + location["id"].(string) + `",source:"Rocket",uploadId:"` + upload.UploadID + `",clientKey:"k"}){batch{id} userErrors{message}}}`)
		b.MustWork(t)
		batch := ask(`{batches(first:1){nodes{id state succeeded failed import{encoding separator created refused refusedFile findings(first:10){nodes{line problems{column value wants} record}}}}}}`)
		said, _ := json.Marshal(batch)
		require.Contains(t, string(said), `"created":1`)
		require.Contains(t, string(said), `"problems":[{"column":"phone","value":"12"`)
		file := batch["batches"].(map[string]any)["nodes"].([]any)[0].(map[string]any)["import"].(map[string]any)["refusedFile"].(string)
		got := b.send(t, "GET", file, "", bearer(manager)...)
		require.Equal(t, `attachment; filename="refused.csv"`, got.Header.Get("Content-Disposition"))
		require.Contains(t, got.text, `"1","'=cmd()","12","active","2",`)
		require.Equal(t, http.StatusNotFound, b.send(t, "GET", file, "", bearer(b.tokenOf(t, b.Colleague))...).StatusCode)
		list := b.send(t, "GET", "/exports/legacy-worklist.csv", "", bearer(manager)...)
		require.Equal(t, http.StatusOK, list.StatusCode)
		require.Equal(t, 1, strings.Count(list.text, "\n"), "nobody was migrated")
		people := ask(`{legacyMemberships(first:5,filter:{search:"fin fay"},orderBy:NAME){totalCount nodes{name inviteSkip carriedPrice{amount} history{action}}}}`)
		said, _ = json.Marshal(people)
		require.Contains(t, string(said), `"inviteSkip":"NO_EMAIL"`)
	})
}
