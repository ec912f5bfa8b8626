// Package clients carries live updates to the reference clients of their two protocols, as npm has them.
package clients

import (
	"bufio"
	"context"
	"io"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/testkit"
	"carryover/live"
	"carryover/queries"
	"carryover/server"
)

// unreachable is what npm says where it cannot fetch, whatever is asked of it.
var unreachable = regexp.MustCompile(`ENOTFOUND|ECONNREFUSED|ECONNRESET|EAI_AGAIN|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED`)

// fetched sees to it that the clients are in node_modules, as package-lock.json has them.
func fetched(t *testing.T) {
	t.Helper()
	lock, err := os.ReadFile("package-lock.json")
	require.NoError(t, err)
	mark := filepath.Join("node_modules", ".installed")
	if have, err := os.ReadFile(mark); err == nil && string(have) == string(lock) {
		return
	}
	if _, err := exec.LookPath("npm"); err != nil {
		t.Skip("npm is not on this machine, so the reference clients cannot be fetched.")
	}
	t.Log("fetching the reference clients of graphql-ws and graphql-sse (npm ci)")
	said, err := exec.CommandContext(t.Context(), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error").CombinedOutput()
	if err != nil && unreachable.Match(said) {
		t.Skip("npm reaches no registry from this machine, so the reference clients cannot be fetched.")
	}
	require.NoError(t, err, "npm ci: %s", said)
	require.NoError(t, os.WriteFile(mark, lock, 0o644))
}

type bundle struct {
	*testkit.Bundle
	site string
	in   *access.Service
}

func setup(t *testing.T) *bundle {
	t.Helper()
	b := &bundle{Bundle: testkit.New(t)}
	var err error
	b.in, err = access.New(b.DB.Pool, b.Clock.Now)
	require.NoError(t, err)
	hub := live.New(b.DB.Pool, b.Log.Logger)
	web := httptest.NewServer(server.New(server.Options{Access: b.in, Pool: b.DB.Pool, Log: b.Log.Logger,
		Resolver: &graph.Resolver{Pool: b.DB.Pool, Lists: b.DB.Lists(t), Pages: b.DB.Pages(t), Migration: b.Rules, Access: b.in, Live: hub, Log: b.Log.Logger,
			LookAgain: time.Hour}})) // what a client is told while a test runs, a notice has brought
	t.Cleanup(web.Close)
	t.Cleanup(hub.Close)
	b.site = web.URL
	return b
}

func (b *bundle) token(t *testing.T) string {
	t.Helper()
	in, err := b.in.SignIn(t.Context(), b.Manager.Email, testkit.Password, access.Origin{})
	require.NoError(t, err)
	return in.Token
}

// client is a process with a reference client in it.
type client struct {
	t     *testing.T
	lines *bufio.Scanner
}

func (b *bundle) client(t *testing.T, transport, token, query string) *client {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // for one that is never told
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, "node", "subscribe.mjs")
	cmd.Env = append(cmd.Environ(), "TRANSPORT="+transport, "SITE="+b.site, "TOKEN="+token, "QUERY="+query)
	cmd.Stderr = t.Output()
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() {
		_ = stdin.Close()
		_, _ = io.Copy(io.Discard, out)
		_ = cmd.Wait()
	})
	return &client{t, bufio.NewScanner(out)}
}

// hears is the next thing that the client was told.
func (c *client) hears() string {
	c.t.Helper()
	require.True(c.t, c.lines.Scan(), "the client ended without a word: %v", c.lines.Err())
	return c.lines.Text()
}

func progress(batch *queries.Batch) string {
	return `subscription{batchProgressed(id:"bat_` + strings.ReplaceAll(batch.ID.String(), "-", "") + `"){state total succeeded}}`
}

func TestReferenceClients(t *testing.T) {
	t.Parallel()
	fetched(t)
	b := setup(t)
	for _, transport := range []string{"graphql-ws", "graphql-sse"} {
		t.Run(transport, func(t *testing.T) {
			token := b.token(t)

			t.Run("ToItsEnd", func(t *testing.T) {
				batch := b.Send(t, b.Invited(t))
				c := b.client(t, transport, token, progress(batch))
				require.JSONEq(t, `{"next":{"data":{"batchProgressed":{"state":"RUNNING","total":1,"succeeded":0}}}}`, c.hears())
				b.MustWork(t)
				last := c.hears()
				for strings.Contains(last, "RUNNING") { // looked at while the rest was on its way
					last = c.hears()
				}
				require.JSONEq(t, `{"next":{"data":{"batchProgressed":{"state":"FINISHED","total":1,"succeeded":1}}}}`, last)
				require.JSONEq(t, `{"complete":true}`, c.hears())
			})
			t.Run("ErrWhatIsNotTheirs", func(t *testing.T) {
				c := b.client(t, transport, token, `subscription{submissionChanged(id:"sbm_`+strings.Repeat("0", 32)+`"){status}}`)
				require.Contains(t, c.hears(), "NOT_FOUND")
				require.JSONEq(t, `{"complete":true}`, c.hears())
			})
			t.Run("ErrNotValid", func(t *testing.T) {
				require.Contains(t, b.client(t, transport, token, `subscription{nothing}`).hears(), "GRAPHQL_VALIDATION_FAILED")
			})
			t.Run("ErrNobody", func(t *testing.T) {
				require.Contains(t, b.client(t, transport, "cos_wrong", progress(b.Send(t, b.Invited(t)))).hears(), refusals[transport])
			})
			t.Run("EndsWithTheSignIn", func(t *testing.T) {
				c := b.client(t, transport, token, progress(b.Send(t, b.Invited(t))))
				require.Contains(t, c.hears(), "RUNNING")
				b.Exec(t, `UPDATE sign_ins SET revoked_at = $1`, b.Clock.Now())
				require.Regexp(t, "UNAUTHENTICATED|"+refusals[transport], c.hears())
			})
		})
	}
}

// refusals are how a client learns that nobody is in: a socket is closed, a stream of events tells it.
var refusals = map[string]string{"graphql-ws": `"code":4401`, "graphql-sse": "UNAUTHENTICATED"}
