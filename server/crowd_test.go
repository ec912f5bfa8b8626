package server_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/server"
)

func TestWatchingTooMuch(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, _ := b.signIn(t)
	batch := batchID(b.Send(t, b.Invited(t)))
	subscribe := func(s *socket, n int) message {
		s.send(message{ID: fmt.Sprint(n), Type: "subscribe", Payload: json.RawMessage(operation(progress(batch)))})
		return s.next()
	}

	stream := func(token string) (first string, end func()) {
		told, end := b.follow(t, token, batch)
		return <-told, end
	}

	one := b.dial(t, b.url, nil, bearer(token))
	for n := range 32 {
		require.Contains(t, string(subscribe(one, n).Payload), `"state":"RUNNING"`, "%d", n)
	}
	refused := subscribe(one, 32)
	require.Contains(t, string(refused.Payload), "TOO_MANY_SUBSCRIPTIONS")
	require.Contains(t, string(refused.Payload), "This connection watches 32 things already")
	require.Equal(t, "complete", one.next().Type, "of that one alone")

	var ends []func()
	for n := range 32 {
		first, end := stream(token)
		require.Contains(t, first, `"state":"RUNNING"`, "%d", n)
		ends = append(ends, end)
	}
	first, end := stream(token)
	require.Contains(t, first, "You watch 64 things already")
	end()
	other, end := stream(b.tokenOf(t, b.Colleague))
	require.NotContains(t, other, "TOO_MANY_SUBSCRIPTIONS", "somebody else")
	end()

	ends[0]()
	one.send(message{ID: "0", Type: "complete"})
	require.Eventually(t, func() bool {
		first, end := stream(token)
		defer end()
		return strings.Contains(first, `"state":"RUNNING"`)
	}, 2*time.Minute, 50*time.Millisecond, "what has ended makes room")
	require.Eventually(t, func() bool { return strings.Contains(string(subscribe(one, 33).Payload), `"state":"RUNNING"`) }, 2*time.Minute, 50*time.Millisecond)
	for _, end := range ends[1:] {
		end()
	}
}

// TestWhoReadsNoMore asks and asks, and never reads an answer.
func TestWhoReadsNoMore(t *testing.T) {
	t.Parallel()
	b := setup(t, func(o *server.Options) { o.WritePatience = 300 * time.Millisecond })

	t.Run("IsLetGo", func(t *testing.T) {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", strings.TrimPrefix(b.url, "http://"))
		require.NoError(t, err)
		defer func() { _ = conn.Close() }()
		const many = 200_000
		ended := make(chan error, 1)
		go func() {
			request := []byte(strings.Repeat("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", 100))
			for range many / 100 {
				if _, err := conn.Write(request); err != nil {
					ended <- err
					return
				}
			}
			ended <- nil
		}()
		select {
		case err := <-ended:
			require.Error(t, err, "two hundred thousand requests were carried out for somebody who read nothing")
		case <-time.After(3 * time.Minute):
			require.Fail(t, "the server still waits for a client that does not read")
		}
	})

	b.serve(t, func(o *server.Options) { o.WritePatience = 3 * time.Second })

	t.Run("ButNotWhoWaitsForNews", func(t *testing.T) {
		t.Parallel()
		token, _ := b.signIn(t)
		batch := b.Send(t, b.Invited(t))
		s := b.dial(t, b.url, nil, bearer(token))
		s.subscribe(batchID(batch))
		require.Equal(t, "next", s.next().Type)
		stream, end := b.follow(t, token, batchID(batch))
		defer end()
		require.Contains(t, <-stream, `"state":"RUNNING"`)
		time.Sleep(4 * time.Second)
		b.MustWork(t)
		require.Equal(t, "next", s.next().Type)
		require.Contains(t, <-stream, `"succeeded":1`)
	})

	t.Run("NorWhoComesBackOnTheSameConnection", func(t *testing.T) {
		t.Parallel()
		for range 2 {
			require.Equal(t, http.StatusOK, b.send(t, "GET", "/healthz", "").StatusCode)
			time.Sleep(4 * time.Second)
		}
		require.Equal(t, http.StatusForbidden, b.send(t, "POST", "/graphql", operation(whoami), "Sec-Fetch-Site", "cross-site").StatusCode)
	})
}

// follow is the data of a stream of events, one by one.
func (b *bundle) follow(t *testing.T, token, id string) (events <-chan string, end func()) {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, b.url+"/graphql", strings.NewReader(operation(progress(id))))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	told := make(chan string, 100)
	go func() {
		defer close(told)
		defer func() { _ = resp.Body.Close() }()
		lines := bufio.NewScanner(resp.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				told <- data
			}
		}
	}()
	return told, end
}
