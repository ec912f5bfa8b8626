package main

import (
	"bytes"
	"context"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/postgres/postgrestest"
)

// outcome is what a command left behind.
type outcome struct {
	code        int
	out, errOut string
}

func carryover(t *testing.T, environ map[string]string, args ...string) outcome {
	t.Helper()
	var out, errOut bytes.Buffer
	code := run(t.Context(), args, environ, &out, &errOut)
	return outcome{code, out.String(), errOut.String()}
}

// settings are all that serve needs.
func settings(databaseURL string) map[string]string {
	return map[string]string{
		"DATABASE_URL": databaseURL, "CARRYOVER_ADDR": "127.0.0.1:0",
		"CARRYOVER_LINK_KEYS":  "k1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
		"CARRYOVER_EMAIL_FROM": "hello@example.com", "RESEND_API_KEY": "re_1", "RESEND_WEBHOOK_SECRETS": "whsec_c2VjcmV0",
		"STRIPE_SECRET_KEY": "sk_test_1", "STRIPE_PUBLISHABLE_KEY": "pk_test_1", "STRIPE_WEBHOOK_SECRETS": "whsec_1",
	}
}

// TestSentences: whatever is wrong is said in a line for each thing, with the way out, and without a stack or a list of flags.
func TestSentences(t *testing.T) {
	t.Parallel()
	taken, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = taken.Close() })
	busy, dir := taken.Addr().String(), t.TempDir()
	busySettings := settings("postgres://127.0.0.1:1/x")
	busySettings["CARRYOVER_ADDR"] = busy

	for name, c := range map[string]struct {
		environ map[string]string
		args    []string
		want    string
	}{
		"PortInUseByServe": {busySettings, []string{"serve"},
			"carryover: the address " + busy + " is in use: stop what runs there (another carryover?), or set CARRYOVER_ADDR to another port\n"},
		"PortInUseByDemo": {nil, []string{"demo", "--dir", dir, "--addr", busy},
			"carryover: the address " + busy + " is in use: stop what runs there (another carryover?), or set CARRYOVER_ADDR to another port\n"},
		"NoDatabase": {settings("postgres://127.0.0.1:1/x"), []string{"work"},
			"carryover: no PostgreSQL server answers at 127.0.0.1:1: start it or correct the address (connect: connection refused)\n"},
		"NoDatabaseForDemo": {map[string]string{"DATABASE_URL": "postgres://u:secret@127.0.0.1:1/x"}, []string{"demo", "--dir", t.TempDir(), "--addr", "127.0.0.1:0"},
			"carryover: no PostgreSQL server answers at 127.0.0.1:1: start it or correct the address (connect: connection refused)\n"},
		"NoDatabaseURL": {nil, []string{"schema", "up"},
			"carryover: DATABASE_URL: set it to the database, like postgres://user:password@host:5432/carryover\n"},
		"NothingToRun": {settings("postgres://127.0.0.1:1/x"), []string{"serve", "--no-api", "--no-workers"},
			"carryover: nothing is left to run: leave out --no-api or --no-workers\n"},
		"UnknownFlag":    {nil, []string{"serve", "--fast"}, "carryover: unknown flag --fast (see carryover --help)\n"},
		"UnknownCommand": {nil, []string{"server"}, "carryover: unexpected argument server, did you mean \"serve\"? (see carryover --help)\n"},
		"NoFolder": {nil, []string{"load", "--dir", filepath.Join(dir, "none")},
			"carryover: --dir: stat " + filepath.Join(dir, "none") + ": no such file or directory (see carryover --help)\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, outcome{1, "", c.want}, carryover(t, c.environ, c.args...))
		})
	}

	t.Run("AllSettingsAtOnce", func(t *testing.T) {
		t.Parallel()
		got := carryover(t, map[string]string{"CARRYOVER_LINK_LIFE": "soon", "STRIPE_SECRET_KEY": "hunter2"}, "serve")
		require.Equal(t, 1, got.code)
		for _, name := range []string{"DATABASE_URL", "CARRYOVER_LINK_LIFE", "STRIPE_SECRET_KEY", "STRIPE_PUBLISHABLE_KEY", "RESEND_API_KEY", "CARRYOVER_EMAIL_FROM"} {
			require.Regexp(t, "(?m)^carryover: "+name+": ", got.errOut)
		}
		require.NotContains(t, got.errOut, "hunter2")
	})
}

func TestSchema(t *testing.T) {
	t.Parallel()
	environ := settings(postgrestest.EmptyDatabase(t))

	before := carryover(t, environ, "schema", "status")
	require.Zero(t, before.code)
	require.NotContains(t, before.out, "done")

	refused := carryover(t, environ, "serve")
	require.Equal(t, 1, refused.code)
	require.Contains(t, refused.errOut, `run "carryover schema up"`)

	require.Equal(t, outcome{0, "the schema is up\n", ""}, carryover(t, environ, "schema", "up"))
	require.Equal(t, outcome{0, "the schema is up\n", ""}, carryover(t, environ, "schema", "up"))
	require.NotContains(t, carryover(t, environ, "schema", "status").out, "to do")
}

func TestLoad(t *testing.T) {
	t.Parallel()
	environ := map[string]string{"DATABASE_URL": postgrestest.Database(t).URL}
	dir := t.TempDir()
	put := func(text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "locations.csv"), []byte("slug,name,time_zone,currency\n"+text), 0o600))
	}

	put("denver,Denver,Denver,USD\n,D,UTC,usd\n")
	require.Equal(t, outcome{1, "", "carryover: locations.csv:2: time_zone \"Denver\": write a name of the IANA time zone database, like America/Denver\n" +
		"carryover: locations.csv:3: slug: must not be empty\n" +
		"carryover: locations.csv:3: currency \"usd\": write an ISO 4217 code in upper case, like USD\n"},
		carryover(t, environ, "load", "--dir", dir))

	put("denver,Denver,America/Denver,USD\n")
	require.Equal(t, outcome{0, "loaded 1 locations, 0 plans, 0 insurance plans, 0 staff, 0 tenants, 0 terms\n", ""},
		carryover(t, environ, "load", "--dir", dir))
}

func TestServe(t *testing.T) {
	t.Parallel()

	t.Run("AnswersUntilStopped", func(t *testing.T) {
		t.Parallel()
		ctx, stop := context.WithCancel(t.Context())
		log, code := &watched{}, make(chan int)
		go func() { code <- run(ctx, []string{"serve"}, settings(postgrestest.Database(t).URL), log, log) }()
		addr := log.wait(t, `"addr":"([^"]+)"`)
		answer, err := http.Get("http://" + addr + "/readyz")
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, http.StatusOK, answer.StatusCode)
		stop()
		require.Zero(t, <-code)
		log.wait(t, `"msg":"(carryover has stopped)"`)
	})

	t.Run("WorkListensNowhere", func(t *testing.T) {
		t.Parallel()
		ctx, stop := context.WithCancel(t.Context())
		log, code := &watched{}, make(chan int)
		go func() { code <- run(ctx, []string{"work"}, settings(postgrestest.Database(t).URL), log, log) }()
		require.NotContains(t, log.wait(t, `("msg":"carryover is running".*)`), "addr")
		stop()
		require.Zero(t, <-code)
	})
}

func TestVersion(t *testing.T) {
	t.Parallel()
	require.Regexp(t, `^carryover .*go1\.`, carryover(t, nil, "version").out)
}

func TestHelp(t *testing.T) {
	t.Parallel()
	got := carryover(t, nil, "--help")
	require.Zero(t, got.code)
	for _, command := range []string{"demo", "serve", "work", "load", "schema up", "schema status", "version"} {
		require.Regexp(t, `(?m)^  `+command, got.out)
	}
}

// watched is an output that can be waited for.
type watched struct {
	mu   sync.Mutex
	text strings.Builder
}

func (w *watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.Write(p)
}

// wait answers the first group of what matches.
func (w *watched) wait(t *testing.T, pattern string) (group string) {
	t.Helper()
	expression := regexp.MustCompile(pattern)
	require.Eventually(t, func() bool {
		w.mu.Lock()
		defer w.mu.Unlock()
		match := expression.FindStringSubmatch(w.text.String())
		if match != nil {
			group = match[1]
		}
		return match != nil
	}, 3*time.Minute, 10*time.Millisecond)
	return group
}
