package graph_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/testkit"
	"carryover/live"
	"carryover/queries"
	"carryover/server"
)

// bundle is one installation behind its real HTTP.
type bundle struct {
	*testkit.Bundle
	url    string
	tokens map[uuid.UUID]string
}

func setup(t *testing.T) *bundle {
	t.Helper()
	b := &bundle{Bundle: testkit.New(t), tokens: map[uuid.UUID]string{}}
	in, err := access.New(b.DB.Pool, b.Clock.Now)
	require.NoError(t, err)
	in.Mail = b.Rules
	web := httptest.NewServer(server.New(server.Options{
		Resolver: &graph.Resolver{Pool: b.DB.Pool, Lists: b.DB.Lists(t), Pages: b.DB.Pages(t), Migration: b.Rules, Access: in, Live: live.New(b.DB.Pool, b.Log.Logger), Log: b.Log.Logger},
		Access:   in, Pool: b.DB.Pool, Log: b.Log.Logger,
	}))
	t.Cleanup(web.Close)
	b.url = web.URL
	for _, s := range []*queries.Staff{b.Admin, b.Manager, b.Colleague, b.Stranger, b.Attendant} {
		one, err := in.SignIn(t.Context(), s.Email, testkit.Password, access.Origin{UserAgent: "test"})
		require.NoError(t, err)
		b.tokens[s.ID] = one.Token
	}
	return b
}

// gqlError is an error as a client reads it.
type gqlError struct {
	Message    string
	Path       []any
	Extensions struct{ Code string }
}

// answer is what a client reads.
type answer struct {
	Data   map[string]any
	Errors []gqlError
	raw    string
}

type vars map[string]any

// ask sends one operation as a staff member, or as nobody.
func (b *bundle) ask(t *testing.T, by *queries.Staff, query string, v vars) answer {
	t.Helper()
	if by == nil {
		return b.askAs(t, "", query, v)
	}
	return b.askAs(t, b.tokens[by.ID], query, v)
}

// tenantToken signs the tenant of a submission in, as the mailed link does.
func (b *bundle) tenantToken(t *testing.T, sub *queries.Submission) string {
	t.Helper()
	link := b.MailedLink(t, *b.TenantOf(t, sub).Email)
	a := b.askAs(t, "", `mutation($t:String!){signInWithLink(input:{token:$t}){token userErrors{code}}}`, vars{"t": link})
	require.Empty(t, a.Errors)
	token, _ := at(a.Data, "signInWithLink", "token").(string)
	require.NotEmpty(t, token, a.raw)
	return token
}

// askAs sends one operation with a token, or with none.
func (b *bundle) askAs(t *testing.T, token, query string, v vars) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": v})
	require.NoError(t, err)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.url+"/graphql", bytes.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	a := answer{raw: string(raw)}
	require.NoError(t, json.Unmarshal(raw, &a), "%s", raw)
	return a
}

// data wants an answer without errors.
func (b *bundle) data(t *testing.T, by *queries.Staff, query string, v vars) map[string]any {
	t.Helper()
	a := b.ask(t, by, query, v)
	require.Empty(t, a.Errors, query)
	return a.Data
}

// at walks into an answer: at(data, "invitations", "nodes", 0, "id").
func at(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			m, ok := v.(map[string]any)
			if !ok {
				return nil
			}
			v = m[s]
		case int:
			l, ok := v.([]any)
			if !ok || s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

// id is how a thing is known outside.
func id(noun string, u uuid.UUID) string {
	return noun + "_" + strings.ReplaceAll(u.String(), "-", "")
}

func TestSchemaIsServed(t *testing.T) {
	t.Parallel()
	b := setup(t)
	require.Equal(t, "Max Manager", at(b.data(t, b.Manager, `{viewer{staff{name role}}}`, nil), "viewer", "staff", "name"))
}
