package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/testkit"
	"carryover/live"
	"carryover/migration"
	"carryover/postgres"
	"carryover/queries"
	"carryover/server"
)

// message is one of the protocol graphql-transport-ws (https://github.com/enisdenjo/graphql-ws, PROTOCOL.md).
type message struct {
	ID      string          `json:"id,omitempty"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload,omitempty"`
}

type socket struct {
	t    *testing.T
	conn *websocket.Conn
}

// dial opens a socket and says who is asking, in its header or in its first message.
func (b *bundle) dial(t *testing.T, url string, header http.Header, init string) *socket {
	t.Helper()
	s := b.knock(t, url, header, init)
	require.Equal(t, "connection_ack", s.next().Type)
	return s
}

// knock does not wait until it is let in.
func (b *bundle) knock(t *testing.T, url string, header http.Header, init string) *socket {
	t.Helper()
	conn, resp, err := websocket.Dial(t.Context(), url+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"}, HTTPHeader: header})
	require.NoError(t, err)
	require.Equal(t, http.StatusSwitchingProtocols, resp.StatusCode)
	t.Cleanup(func() { _ = conn.CloseNow() })
	s := &socket{t, conn}
	s.send(message{Type: "connection_init", Payload: json.RawMessage(init)})
	return s
}

// isClosed wants the socket closed with a code, and answers what was told before.
func (s *socket) isClosed(code int) (last []string) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	for {
		_, raw, err := s.conn.Read(ctx)
		if err != nil {
			require.Equal(s.t, websocket.StatusCode(code), websocket.CloseStatus(err), "%v", err)
			return last
		}
		last = append(last, string(raw))
	}
}

func (s *socket) send(m message) {
	s.t.Helper()
	require.NoError(s.t, wsjson.Write(s.t.Context(), s.conn, m))
}

// next is the next message that is not about the connection alone.
func (s *socket) next() (m message) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), time.Minute)
	defer cancel()
	for {
		m = message{}
		require.NoError(s.t, wsjson.Read(ctx, s.conn, &m))
		if m.Type != "ping" && m.Type != "pong" {
			return m
		}
		if m.Type == "ping" {
			s.send(message{Type: "pong"})
		}
	}
}

func (s *socket) subscribe(id string) {
	s.t.Helper()
	s.send(message{ID: "1", Type: "subscribe", Payload: json.RawMessage(operation(progress(id)))})
}

func progress(id string) string {
	return `subscription{batchProgressed(id:"` + id + `"){state total succeeded pending finishedAt startedBy{name} outcomes{nodes{outcome invitation{status}}}}}`
}

func batchID(b *queries.Batch) string { return "bat_" + strings.ReplaceAll(b.ID.String(), "-", "") }

// elsewhere is a second process: its own pool, its own ear, and nothing that it finds out but by hearing of it.
func (b *bundle) elsewhere(t *testing.T) string {
	t.Helper()
	pool, err := postgres.Open(t.Context(), b.DB.URL, postgres.PoolOptions{MaxConns: 4})
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	in, err := access.New(pool, b.Clock.Now)
	require.NoError(t, err)
	hub := live.New(pool, slog.New(slog.DiscardHandler))
	t.Cleanup(hub.Close)
	o := server.Options{Access: in, Pool: pool, Log: b.Log.Logger,
		Resolver: &graph.Resolver{Pool: pool, Migration: b.Rules, Access: in, Live: hub, Log: b.Log.Logger}}
	noLooks(&o)
	web := httptest.NewServer(server.New(o))
	t.Cleanup(web.Close)
	return web.URL
}

func bearer(token string) string { return `{"Authorization":"Bearer ` + token + `"}` }

func TestBatchProgressedOverASocket(t *testing.T) {
	t.Parallel()

	t.Run("FromAnotherProcessToItsEnd", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		token, _ := b.signIn(t)
		batch := b.Send(t, b.Invited(t))
		s := b.dial(t, b.elsewhere(t), nil, bearer(token))
		s.subscribe(batchID(batch))
		first := s.next()
		require.Equal(t, "next", first.Type, "%s", first.Payload)
		require.JSONEq(t, `{"data":{"batchProgressed":{"state":"RUNNING","total":1,"succeeded":0,"pending":1,"finishedAt":null,"startedBy":{"name":"Max Manager"},
			"outcomes":{"nodes":[{"outcome":"PENDING","invitation":{"status":"PENDING"}}]}}}}`, string(first.Payload))
		b.MustWork(t)
		last := s.next()
		for strings.Contains(string(last.Payload), `"finishedAt":null`) { // looked at while the rest was on its way
			last = s.next()
		}
		require.JSONEq(t, `{"data":{"batchProgressed":{"state":"FINISHED","total":1,"succeeded":1,"pending":0,"finishedAt":"2026-03-10T15:00:00Z","startedBy":{"name":"Max Manager"},
			"outcomes":{"nodes":[{"outcome":"SUCCEEDED","invitation":{"status":"SENT"}}]}}}}`, string(last.Payload), "also what the row leads to is read anew")
		require.Equal(t, "complete", s.next().Type)
	})

	t.Run("WhoIsAsking", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		token, cookie := b.signIn(t)
		batch := b.Send(t, b.Invited(t))
		for name, tt := range map[string]struct {
			header http.Header
			init   string
			want   string
		}{
			"FirstMessage":      {nil, bearer(token), `"state":"RUNNING"`},
			"Header":            {http.Header{"Authorization": {"Bearer " + token}}, `{}`, `"state":"RUNNING"`},
			"Cookie":            {http.Header{"Cookie": {cookie.Name + "=" + cookie.Value}}, `null`, `"state":"RUNNING"`},
			"AnotherPerson":     {nil, bearer(b.tokenOf(t, b.Colleague)), "NOT_FOUND"},
			"AnAttendant":       {nil, bearer(b.tokenOf(t, b.Attendant)), "FORBIDDEN"},
			"AnAdmin":           {nil, bearer(b.tokenOf(t, b.Admin)), `"state":"RUNNING"`},
			"ABatchThatIsNone":  {nil, bearer(token), "NOT_FOUND"},
			"AnIDThatIsGarbage": {nil, bearer(token), "NOT_FOUND"},
		} {
			id := map[string]string{"ABatchThatIsNone": "bat_" + strings.Repeat("0", 32), "AnIDThatIsGarbage": `x\\u0000`}[name]
			if id == "" {
				id = batchID(batch)
			}
			s := b.dial(t, b.url, tt.header, tt.init)
			s.subscribe(id)
			require.Contains(t, string(s.next().Payload), tt.want, name)
		}
	})

	t.Run("ErrNobody", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		token, _ := b.signIn(t)
		for name, tt := range map[string]struct {
			header http.Header
			init   string
		}{
			"Nobody":         {nil, `{}`},
			"AWrongToken":    {nil, bearer("cos_wrong")},
			"TheMessageWins": {http.Header{"Authorization": {"Bearer " + token}}, bearer("cos_wrong")},
			"NotABearer":     {nil, `{"Authorization":"` + token + `"}`},
			"NotEvenAText":   {nil, `{"Authorization":{"a":1}}`},
		} {
			require.Empty(t, b.knock(t, b.url, tt.header, tt.init).isClosed(4401), name)
		}
	})

	t.Run("OnlySubscriptions", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		token, _ := b.signIn(t)
		s := b.dial(t, b.url, nil, bearer(token))
		for _, query := range []string{whoami, `mutation{signOut{userErrors{code}}}`} {
			s.send(message{ID: "1", Type: "subscribe", Payload: json.RawMessage(operation(query))})
			require.Contains(t, string(s.next().Payload), "a socket is for subscriptions")
			require.Equal(t, "complete", s.next().Type)
		}
		require.Contains(t, b.send(t, "POST", "/graphql", operation(whoami), "Authorization", "Bearer "+token).text, "Max Manager")
	})

	t.Run("ErrFromAnotherSite", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, cookie := b.signIn(t)
		_, resp, err := websocket.Dial(t.Context(), b.url+"/graphql", &websocket.DialOptions{Subprotocols: []string{"graphql-transport-ws"},
			HTTPHeader: http.Header{"Origin": {"https://evil.test"}, "Cookie": {cookie.Name + "=" + cookie.Value}}})
		require.Error(t, err)
		require.NotEqual(t, http.StatusSwitchingProtocols, resp.StatusCode)
	})
}

// listen asks for Server-Sent Events and answers their lines.
func (b *bundle) listen(t *testing.T, query string, header ...string) (*http.Response, *bufio.Scanner) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url+"/graphql", strings.NewReader(operation(query)))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	t.Cleanup(func() { _ = resp.Body.Close() })
	return resp, bufio.NewScanner(resp.Body)
}

// event is the next one: its name and its data.
func event(t *testing.T, lines *bufio.Scanner) (name, data string) {
	t.Helper()
	for lines.Scan() {
		text := lines.Text()
		if n, ok := strings.CutPrefix(text, "event: "); ok {
			name = n
		}
		if d, ok := strings.CutPrefix(text, "data: "); ok {
			data = d
		}
		if text == "" && name != "" {
			return name, data
		}
	}
	require.NoError(t, lines.Err())
	return "", ""
}

func TestBatchProgressedOverServerSentEvents(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, _ := b.signIn(t)
	batch := b.Send(t, b.Invited(t))

	t.Run("ErrUnauthenticated", func(t *testing.T) {
		_, lines := b.listen(t, progress(batchID(batch)))
		_, data := event(t, lines)
		require.Contains(t, data, "UNAUTHENTICATED")
	})
	t.Run("ErrFromAnotherSite", func(t *testing.T) {
		resp, _ := b.listen(t, progress(batchID(batch)), "Cookie", "carryover="+token, "Origin", "https://evil.test")
		require.Equal(t, http.StatusForbidden, resp.StatusCode)
	})
	t.Run("ToItsEnd", func(t *testing.T) {
		resp, lines := b.listen(t, progress(batchID(batch)), "Authorization", "Bearer "+token)
		require.Equal(t, "text/event-stream", resp.Header.Get("Content-Type"))
		name, data := event(t, lines)
		require.Equal(t, "next", name)
		require.Contains(t, data, `"state":"RUNNING"`)
		b.MustWork(t)
		for strings.Contains(data, `"state":"RUNNING"`) {
			_, data = event(t, lines)
		}
		require.Contains(t, data, `"state":"FINISHED"`)
		name, _ = event(t, lines)
		require.Equal(t, "complete", name)
	})
	t.Run("OutlivesTheTimeForRequests", func(t *testing.T) {
		slow := b.Send(t, b.Invited(t))
		impatient := httptest.NewUnstartedServer(b.handler)
		impatient.Config.ReadTimeout = 3 * time.Second
		impatient.Start()
		t.Cleanup(impatient.Close)
		there := &bundle{Bundle: b.Bundle, url: impatient.URL}
		_, lines := there.listen(t, progress(batchID(slow)), "Authorization", "Bearer "+token)
		_, data := event(t, lines)
		require.Contains(t, data, `"state":"RUNNING"`)
		time.Sleep(4 * time.Second) // longer than any request may take to be read
		b.MustWork(t)
		for strings.Contains(data, `"state":"RUNNING"`) {
			_, data = event(t, lines)
		}
		require.Contains(t, data, `"state":"FINISHED"`)
	})
}

func submissionID(s *queries.Submission) string {
	return "sbm_" + strings.ReplaceAll(s.ID.String(), "-", "")
}

// TestSubmissionChanged: whoever looks at a submission sees what becomes of it, from whichever process, and goes on seeing it.
func TestSubmissionChanged(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, _ := b.signIn(t)
	sub := b.Claimed(t, testkit.Visa)
	watch := `subscription{submissionChanged(id:"` + submissionID(sub) + `"){status statusReason canClose history{action}}}`
	s := b.dial(t, b.elsewhere(t), nil, bearer(token))
	s.send(message{ID: "1", Type: "subscribe", Payload: json.RawMessage(operation(watch))})
	shows := func(status, reason, canClose, last string) {
		t.Helper()
		m := s.next()
		require.Equal(t, "next", m.Type, "%s", m.Payload)
		text := string(m.Payload)
		require.Contains(t, text, `"status":"`+status+`","statusReason":"`+reason+`","canClose":`+canClose)
		require.Contains(t, text, `{"action":"`+last+`"}]`)
	}
	shows("READY_FOR_APPROVAL", "", "true", "submitted")
	reject := func(close bool) {
		_, err := b.Rules.RejectSubmission(t.Context(), testkit.By(b.Manager), migration.RejectRequest{SubmissionID: sub.ID, Reason: "No.", Close: close})
		require.NoError(t, err)
	}
	reject(false)
	shows("REJECTED", "No.", "true", "rejected")
	reject(true)
	shows("REJECTED", "No.", "false", "closed")
	b.Exec(t, `UPDATE sign_ins SET revoked_at = $1`, b.Clock.Now())
	b.Exec(t, `SELECT pg_notify('carryover_batch', $1::text)`, sub.ID.String())
	s.isClosed(4401) // it ends when the sign-in does

	foreign := b.Claimed(t, testkit.Visa, testkit.At(b.Loft))
	token, _ = b.signIn(t)
	s = b.dial(t, b.elsewhere(t), nil, bearer(token))
	s.send(message{ID: "1", Type: "subscribe", Payload: json.RawMessage(operation(strings.Replace(watch, submissionID(sub), submissionID(foreign), 1)))})
	require.Contains(t, string(s.next().Payload), "NOT_FOUND")
}
