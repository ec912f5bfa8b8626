package server_test

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/queries"
	"carryover/server"
	"carryover/workers"
)

// withJobs serves the pages of the queues too.
func withJobs(t *testing.T) *bundle {
	t.Helper()
	b := setup(t)
	client, err := workers.NewInserter(b.DB.Pool, b.Log.Logger)
	require.NoError(t, err)
	ui, start, err := workers.NewUI(client, server.JobsPath, b.Log.Logger)
	require.NoError(t, err)
	require.NoError(t, start(t.Context()))
	b.serve(t, func(o *server.Options) { o.Jobs = ui })
	return b
}

func TestJobs(t *testing.T) {
	t.Parallel()
	b := withJobs(t)
	b.Send(t, b.Invited(t)) // and is a job
	id := b.Strings(t, `SELECT id::text FROM river_job WHERE kind = 'watch_batch'`)[0]
	n, err := strconv.Atoi(id)
	require.NoError(t, err)
	as := func(s *queries.Staff) []string {
		_, cookie := b.signInAs(t, s)
		return []string{"Cookie", cookie.Name + "=" + cookie.Value, "Accept", "text/html"}
	}
	admin := as(b.Admin)
	_, program, err := b.in.CreateAPIToken(t.Context(), b.who(t, b.tokenOf(t, b.Admin)), testkit.By(b.Admin),
		access.NewAPIToken{Name: "board", Scope: queries.TokenScopeStaff, ExpiresAt: testkit.Start.Add(time.Hour)})
	require.NoError(t, err)

	t.Run("PagesOfAnAdmin", func(t *testing.T) {
		page := b.send(t, "GET", "/jobs/", "", admin...)
		require.Equal(t, http.StatusOK, page.StatusCode)
		require.Contains(t, page.text, `<div id="root"`)
		policy := page.Header.Get("Content-Security-Policy")
		require.Contains(t, policy, "default-src 'none'; script-src 'self';")
		require.Contains(t, policy, "frame-ancestors 'none'")
		require.Equal(t, "default-src 'none'; frame-ancestors 'none'", b.send(t, "GET", "/healthz", "").Header.Get("Content-Security-Policy"), "of these pages alone")
		loaded := regexp.MustCompile(`(?:src|href)="(/jobs/[^"]+)"`).FindAllStringSubmatch(page.text, -1)
		require.NotEmpty(t, loaded)
		for _, one := range loaded {
			require.Equal(t, http.StatusOK, b.send(t, "GET", one[1], "", admin...).StatusCode, one[1])
		}
		require.NotRegexp(t, `<script(?: type="module")?>`, page.text, "no script that the policy would stop")
	})

	t.Run("TheirAPIOfAnAdmin", func(t *testing.T) {
		list := b.send(t, "GET", "/jobs/api/jobs?state=available", "", admin...)
		require.Equal(t, http.StatusOK, list.StatusCode, list.text)
		require.Contains(t, list.text, `"watch_batch"`)
	})

	t.Run("NothingToAnybodyElse", func(t *testing.T) {
		for _, path := range []string{"/jobs", "/jobs/", "/jobs/api/jobs", "/jobs/assets/x.js"} {
			none := b.send(t, "GET", "/no-such-path", "")
			for who, header := range map[string][]string{"Manager": as(b.Manager), "Attendant": as(b.Attendant), "Stranger": nil,
				"AnAdminsProgram": {"Authorization", "Bearer " + program}, "ATenant": {"Cookie", "carryover-tenant=cot_x"}} {
				got := b.send(t, "GET", path, "", header...)
				require.Equal(t, http.StatusNotFound, got.StatusCode, "%s %s", who, path)
				require.Equal(t, none.text, got.text)
				require.Equal(t, none.Header.Get("Content-Security-Policy"), got.Header.Get("Content-Security-Policy"))
				require.Equal(t, none.Header.Get("Content-Type"), got.Header.Get("Content-Type"))
			}
		}
		require.Equal(t, http.StatusNotFound, b.send(t, "POST", "/jobs/api/jobs/cancel", `{"ids":["`+id+`"]}`, append(as(b.Manager), "Sec-Fetch-Site", "same-origin")...).StatusCode)
	})

	t.Run("NoOtherPageActsWithAnAdminsCookies", func(t *testing.T) {
		cancel := func(header ...string) int {
			return b.send(t, "POST", "/jobs/api/jobs/cancel", `{"ids":[`+strconv.Quote(id)+`]}`, append(header, admin...)...).StatusCode
		}
		state := func() string { return b.Strings(t, `SELECT state::text FROM river_job WHERE id = $1`, n)[0] }
		for _, header := range [][]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Sec-Fetch-Site", "none"}, {"Origin", "https://evil.test"}, {"Origin", "null"}, {}} {
			require.Equal(t, http.StatusForbidden, cancel(header...), "%v", header)
		}
		require.Equal(t, "available", state())
		require.Equal(t, http.StatusOK, cancel("Origin", b.url))
		require.Equal(t, "cancelled", state())
		require.Contains(t, b.Log.Text(), "an administrator acts on jobs")
		require.Contains(t, b.Log.Text(), b.Admin.ID.String())
	})

	t.Run("NotOnceTheSignInHasEnded", func(t *testing.T) {
		mine := as(b.Admin)
		require.Equal(t, http.StatusOK, b.send(t, "GET", "/jobs/", "", mine...).StatusCode)
		b.send(t, "POST", "/graphql", operation(`mutation{signOut{userErrors{code}}}`), mine[:2]...)
		require.Equal(t, http.StatusNotFound, b.send(t, "GET", "/jobs/", "", mine...).StatusCode)
	})

	t.Run("NoneWhereThereAreNone", func(t *testing.T) {
		plain := setup(t)
		_, cookie := plain.signInAs(t, plain.Admin)
		require.Equal(t, http.StatusNotFound, plain.send(t, "GET", "/jobs/", "", "Cookie", cookie.Name+"="+cookie.Value).StatusCode)
	})
	require.NotContains(t, strings.ToLower(b.Log.Text()), "level=error")
}
