package server_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestAnswersArePacked: of the API, what only our own pages and programs can ask for; never what has to arrive at once.
func TestAnswersArePacked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, _ := b.signIn(t)
	takes := []string{"Authorization", "Bearer " + token, "Accept-Encoding", "gzip, deflate, br, zstd"}
	long := `{viewer{staff{` + strings.Repeat("name email role ", 5)
	for i := range 60 {
		long += "called" + string(rune('a'+i%26)) + string(rune('a'+i/26)) + ":name "
	}
	long += `}}}`

	t.Run("ByPOST", func(t *testing.T) {
		t.Parallel()
		plain := b.send(t, http.MethodPost, "/graphql", operation(long), takes[0], takes[1], "Accept-Encoding", "identity")
		require.Empty(t, plain.Header.Get("Content-Encoding"))
		require.Greater(t, len(plain.text), 1024)
		got := b.send(t, http.MethodPost, "/graphql", operation(long), takes...)
		require.Equal(t, "gzip", got.Header.Get("Content-Encoding"))
		require.Contains(t, got.Header.Values("Vary"), "Accept-Encoding")
		require.Equal(t, plain.Header.Get("Content-Type"), got.Header.Get("Content-Type"))
		unpacked, err := gzip.NewReader(strings.NewReader(got.text))
		require.NoError(t, err)
		text, err := io.ReadAll(unpacked)
		require.NoError(t, err)
		require.Equal(t, plain.text, string(text))
	})

	t.Run("NotWhatIsSmall", func(t *testing.T) {
		t.Parallel()
		got := b.send(t, http.MethodPost, "/graphql", operation(whoami), takes...)
		require.Empty(t, got.Header.Get("Content-Encoding"))
		require.Contains(t, got.text, "Max Manager")
	})

	t.Run("NotByGET", func(t *testing.T) {
		t.Parallel()
		got := b.send(t, http.MethodGet, "/graphql?query="+url.QueryEscape(long), "", takes...)
		require.Equal(t, http.StatusOK, got.StatusCode, got.text)
		require.Empty(t, got.Header.Get("Content-Encoding"))
		require.Greater(t, len(got.text), 1024)
	})

	t.Run("NotAStreamOfEvents", func(t *testing.T) {
		t.Parallel()
		batch := batchID(b.Send(t, b.Invited(t)))
		resp, lines := b.listen(t, progress(batch), takes...)
		require.Empty(t, resp.Header.Get("Content-Encoding"))
		require.Contains(t, resp.Header.Get("Content-Type"), "text/event-stream")
		_, data := event(t, lines) // while nothing else happens that could push it on
		require.Contains(t, data, `"state":"RUNNING"`)
	})

	t.Run("NotASocket", func(t *testing.T) {
		t.Parallel()
		batch := batchID(b.Send(t, b.Invited(t)))
		s := b.dial(t, b.url, http.Header{"Accept-Encoding": {"gzip"}}, bearer(token))
		s.subscribe(batch)
		require.Equal(t, "next", s.next().Type)
	})

	t.Run("ErrFromAnotherSiteIsNotCarriedOut", func(t *testing.T) {
		t.Parallel()
		got := b.send(t, http.MethodPost, "/graphql", operation(long), append(takes, "Sec-Fetch-Site", "cross-site")...)
		require.Equal(t, http.StatusForbidden, got.StatusCode)
		require.NotContains(t, got.text, "Max")
	})
}

// TestFilesArePacked: both, see TestPacked.
func TestFilesArePacked(t *testing.T) {
	t.Parallel()
	b := setup(t)
	token, _ := b.signIn(t)
	for path, status := range map[string]int{"/exports/legacy-worklist.csv": http.StatusOK, "/imports/bat_1/refused.csv": http.StatusNotFound} {
		got := b.send(t, http.MethodGet, path, "", "Authorization", "Bearer "+token, "Accept-Encoding", "gzip")
		require.Equal(t, status, got.StatusCode)
		require.Equal(t, []string{"Accept-Encoding"}, got.Header.Values("Vary"), path)
		require.Empty(t, got.Header.Get("Content-Encoding"), "it is small")
	}
}
