package graph_test

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/graph"
	"carryover/queries"
)

// TestAccessCatchesLeaks makes leaks, as a slip of the pen would, and wants the walk to say where they are and nothing else.
func TestAccessCatchesLeaks(t *testing.T) {
	t.Parallel()
	w, table, schema := newWorld(t), readAccessTable(t), loadSchema(t)
	walk := func(t *testing.T, url string, only func(spot) bool) []string {
		t.Helper()
		c := newChecker(w, table, schema)
		c.url, c.only = url, only
		return where(c.walk(t))
	}
	queriesAlone := func(s spot) bool { return s.typ == "Query" }

	t.Run("None", func(t *testing.T) {
		require.Empty(t, walk(t, w.leaky(t, graph.Directives(), nil), queriesAlone))
	})

	t.Run("ADirectiveThatIsTooWide", func(t *testing.T) {
		directives := graph.Directives()
		allow := directives.Allow
		directives.Allow = func(ctx context.Context, obj any, next graphql.Resolver, to []queries.StaffRole, scopes []queries.TokenScope) (any, error) {
			if graphql.GetFieldContext(ctx).Field.Name == "staffMembers" {
				to = append(slices.Clone(to), queries.StaffRoleManager)
			}
			return allow(ctx, obj, next, to, scopes)
		}
		require.Equal(t, []string{"Query.staffMembers as ELSEWHERE", "Query.staffMembers as HERE"}, walk(t, w.leaky(t, directives, nil), queriesAlone))
	})

	t.Run("ACountWithoutItsBound", func(t *testing.T) {
		count := func(ctx context.Context, next graphql.Resolver) (any, error) {
			if at := graphql.GetFieldContext(ctx); at.Object == "InvitationConnection" && at.Field.Name == "totalCount" {
				return w.Count(t, `SELECT count(*) FROM invitations`), nil
			}
			return next(ctx)
		}
		require.Equal(t, []string{"Query.invitations as ELSEWHERE", "Query.invitations as HERE", "Query.invitations as READ", "Query.invitations as STAFF"},
			walk(t, w.leaky(t, graph.Directives(), count), queriesAlone))
	})

	t.Run("AnImportWithoutItsBound", func(t *testing.T) {
		open := func(ctx context.Context, next graphql.Resolver) (any, error) {
			got, err := next(ctx)
			if row, ok := got.(*queries.LegacyImport); !ok || row != nil {
				return got, err
			}
			batch, ok := graphql.GetFieldContext(ctx).Parent.Result.(*queries.Batch)
			if of, inList := graphql.GetFieldContext(ctx).Parent.Result.(**queries.Batch); inList {
				batch, ok = *of, true
			}
			if !ok || batch.Kind != queries.BatchKindImport {
				return got, err
			}
			return w.Q.LegacyImportGet(ctx, w.DB.Pool, batch.ID)
		}
		require.Equal(t, []string{"LegacyImport.awaitsLook as ELSEWHERE", "LegacyImport.findings as ELSEWHERE", "LegacyImport.source as ELSEWHERE", "Query.batches as ELSEWHERE"},
			walk(t, w.leaky(t, graph.Directives(), open), func(s spot) bool { return s.typ == "Query" || s.typ == "LegacyImport" }))
	})

	t.Run("ARefusalThatKnowsMore", func(t *testing.T) {
		tell := func(ctx context.Context, next graphql.Resolver) (any, error) {
			got, err := next(ctx)
			if done, ok := got.(*graph.HandleTextReplyPayload); ok && len(done.UserErrors) > 0 {
				input, _ := graphql.GetFieldContext(ctx).Args["input"].(graph.HandleTextReplyInput)
				if w.Count(t, `SELECT count(*) FROM text_replies WHERE replace(id::text, '-', '') = $1`, input.ID[len("rpl_"):]) > 0 {
					done.UserErrors[0].Message = "It is for another location to read."
				}
			}
			return got, err
		}
		require.Equal(t, []string{"Mutation.handleTextReply as ELSEWHERE"},
			walk(t, w.leaky(t, graph.Directives(), tell), func(s spot) bool { return s.name() == "Mutation.handleTextReply" }))
	})

	t.Run("AViewWithoutItsBound", func(t *testing.T) {
		w.forgetWhoManages(t, "known_addresses")
		require.Equal(t, []string{"Query.suppressions as ELSEWHERE", "Query.tenants as ELSEWHERE", "Query.textReplies as ELSEWHERE"}, slices.DeleteFunc(walk(t, w.url, queriesAlone),
			func(place string) bool { return !strings.HasSuffix(place, " as ELSEWHERE") }))
	})

	t.Run("AFieldThatIsNotListed", func(t *testing.T) {
		short := accessTable{verdicts: maps.Clone(table.verdicts), plain: table.plain}
		delete(short.verdicts, "Query.locations")
		c := newChecker(w, short, schema)
		c.only = func(s spot) bool { return s.name() == "Query.locations" }
		require.Contains(t, c.walk(t)[0], "Query.locations is not listed. Say in graph/testdata/access.txt who may see it")
		delete(short.verdicts, "SignInPayload.token")
		c = newChecker(w, short, schema)
		c.only = func(s spot) bool { return s.typ == "SignInPayload" }
		require.Contains(t, c.walk(t)[0], "SignInPayload.token is not listed. Say in graph/testdata/access_payloads.txt that")
	})
}

// where is which fields are wrong as whom, without what they answer.
func where(wrong []string) []string {
	out := []string{}
	for _, line := range wrong {
		place, _, _ := strings.Cut(line, ":")
		out = append(out, place)
	}
	return slices.Compact(out)
}

// forgetWhoManages takes the bound out of a view: every manager has every location's rows in it.
func (w *world) forgetWhoManages(t *testing.T, view string) {
	t.Helper()
	text := w.Strings(t, `SELECT pg_get_viewdef($1::regclass)`, view)[0]
	unbound := strings.ReplaceAll(text, "managed_locations m", "(SELECT s.id AS staff_id, l.id AS location_id FROM staff s CROSS JOIN locations l) m")
	require.NotEqual(t, text, unbound)
	_, err := w.DB.Owner.Exec(t.Context(), `CREATE OR REPLACE VIEW `+view+` AS `+unbound)
	require.NoError(t, err)
}

// leaky serves the API with directives and fields that were tampered with.
func (w *world) leaky(t *testing.T, directives graph.DirectiveRoot, fields graphql.FieldMiddleware) string {
	t.Helper()
	in := w.access(t)
	srv := handler.New(graph.NewExecutableSchema(graph.Config{Directives: directives,
		Resolvers: &graph.Resolver{Pool: w.DB.Pool, Lists: w.DB.Lists(t), Pages: w.DB.Pages(t), Migration: w.Rules, Access: in, Log: w.Log.Logger}}))
	srv.AddTransport(transport.POST{})
	srv.SetErrorPresenter(graph.Presenter(w.Log.Logger))
	if fields != nil {
		srv.AroundFields(fields)
	}
	web := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		viewer, _ := in.Who(r.Context(), token)
		tenant, _ := in.WhichTenant(r.Context(), token)
		ctx := access.With(r.Context(), &access.Request{Viewer: viewer, Tenant: tenant, SetCookie: func(string) {}, SetTenantCookie: func(string) {}, SetDeviceCookie: func(string) {}})
		srv.ServeHTTP(rw, r.WithContext(graph.WithLoaders(ctx, w.DB.Pool)))
	}))
	t.Cleanup(web.Close)
	return web.URL
}
