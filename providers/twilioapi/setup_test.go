package twilioapi_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/migration"
	"carryover/providers/twilioapi"
	"carryover/sandbox/twiliofake"
)

const (
	account = "AC00000000000000000000000000000001"
	token   = "token0123456789"
	ours    = "+15551110000"
	theirs  = "+15552220000"
	service = "MG00000000000000000000000000000001"
)

func newClient(t *testing.T, base string, change ...func(*twilioapi.Options)) *twilioapi.Client {
	t.Helper()
	o := twilioapi.Options{AccountSID: account, AuthToken: token, From: ours, BaseURL: base, CallbackURL: "https://move.studios.test/webhooks/twilio/status/"}
	for _, c := range change {
		c(&o)
	}
	c, err := twilioapi.New(o)
	require.NoError(t, err)
	return c
}

// sandbox is the stand-in behind a real server and our client before it.
type sandbox struct {
	*twiliofake.Server
	*twilioapi.Client
}

func startSandbox(t *testing.T, o twiliofake.Options, change ...func(*twilioapi.Options)) sandbox {
	t.Helper()
	o.AccountSID, o.AuthToken, o.Logger = account, token, slog.New(slog.DiscardHandler)
	o.Numbers = []string{ours}
	server, err := twiliofake.New(o)
	require.NoError(t, err)
	web := httptest.NewUnstartedServer(http.StripPrefix("/sandbox/twilio", server))
	web.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	web.Start()
	t.Cleanup(func() {
		server.Faults.Clear()
		web.Close()
		require.NoError(t, server.Close())
	})
	return sandbox{server, newClient(t, web.URL+"/sandbox/twilio", change...)}
}

// answer is what the server says. A zero status closes the connection.
type answer struct {
	status int
	body   string
	header map[string]string
}

// recorder plays Twilio with one answer and keeps what it was asked.
type recorder struct {
	url    string
	answer answer

	mu    sync.Mutex
	forms []url.Values
	paths []string
}

func record(t *testing.T, a answer) *recorder {
	t.Helper()
	rec := &recorder{answer: a}
	server := httptest.NewServer(rec)
	t.Cleanup(server.Close)
	rec.url = server.URL
	return rec
}

func (rec *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	rec.mu.Lock()
	rec.forms, rec.paths = append(rec.forms, r.PostForm), append(rec.paths, r.Method+" "+r.URL.Path)
	rec.mu.Unlock()
	if rec.answer.status == 0 {
		panic(http.ErrAbortHandler)
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	for name, value := range rec.answer.header {
		w.Header().Set(name, value)
	}
	w.WriteHeader(rec.answer.status)
	_, _ = io.WriteString(w, rec.answer.body)
}

func (rec *recorder) calls() int {
	rec.mu.Lock()
	defer rec.mu.Unlock()
	return len(rec.paths)
}

func text(to string) migration.Text {
	return migration.Text{DeliveryID: uuid.NewSHA1(uuid.NameSpaceURL, []byte(to)), To: to, Body: "Hi Ann, your parking moves: https://move.studios.test/setup/secret"}
}

func requireKind(t *testing.T, want migration.ProviderErrorKind, err error) *migration.ProviderError {
	t.Helper()
	var pe *migration.ProviderError
	require.ErrorAs(t, err, &pe)
	require.Equal(t, want, pe.Kind, "%v", err)
	require.Equal(t, "twilio", pe.Provider)
	require.NotEmpty(t, pe.Op)
	require.NotEmpty(t, pe.Code)
	require.NotEmpty(t, pe.Message)
	return pe
}

// chain is what anybody could print of an error.
func chain(err error) string {
	all := ""
	for ; err != nil; err = errors.Unwrap(err) {
		all += err.Error() + "\n"
	}
	return all
}

func now() time.Time { return time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC) }
