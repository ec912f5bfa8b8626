package server

import (
	"compress/gzip"
	"crypto/rand"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// asked answers what a client gets that names what it takes, and unpacks nothing by itself.
func asked(t *testing.T, method, url, takes string) (resp *http.Response, raw []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, http.NoBody)
	require.NoError(t, err)
	r.Header.Set("Accept-Encoding", takes)
	resp, err = http.DefaultClient.Do(r)
	require.NoError(t, err)
	raw, err = io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	return resp, raw
}

func TestPacked(t *testing.T) {
	t.Parallel()
	lines := strings.Repeat("\"ann\",\"$129.00\"\n", 1000)
	mux := http.NewServeMux()
	answer := func(kind, body string) http.Handler {
		return packed(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.WriteHeader(partialSuccess)
			_, _ = io.WriteString(w, body)
		}))
	}
	mux.Handle("/file", answer("text/csv; charset=utf-8", lines))
	mux.Handle("/answer", answer(responseJSON+"; charset=utf-8", lines))
	mux.Handle("/small", answer("text/csv", "ann\n"))
	mux.Handle("/picture", answer("image/png", lines))
	mux.Handle("/broken", packed(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		for range 10_000 { // so much that some of it is on its way by then
			_, _ = io.WriteString(w, rand.Text()+"\n")
		}
		panic(http.ErrAbortHandler)
	})))
	mux.Handle("/panics", packed(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/csv")
		panic("before anything was written")
	})))
	site := httptest.NewServer(Options{Log: slog.New(slog.DiscardHandler)}.observe(mux))
	t.Cleanup(site.Close)

	for _, path := range []string{"/file", "/answer"} {
		t.Run("WhereAsked"+path, func(t *testing.T) {
			t.Parallel()
			resp, raw := asked(t, http.MethodGet, site.URL+path, "br, gzip;q=0.5")
			require.Equal(t, "gzip", resp.Header.Get("Content-Encoding"))
			require.Equal(t, "Accept-Encoding", resp.Header.Get("Vary"))
			require.Equal(t, partialSuccess, resp.StatusCode)
			require.Less(t, len(raw), len(lines)/5)
			unpacked, err := gzip.NewReader(strings.NewReader(string(raw)))
			require.NoError(t, err)
			text, err := io.ReadAll(unpacked)
			require.NoError(t, err)
			require.Equal(t, lines, string(text))
		})
	}

	for _, tc := range []struct{ name, path, takes, want string }{
		{"NotAsked", "/file", "", lines},
		{"Refused", "/file", "gzip;q=0, identity", lines},
		{"UnknownCoding", "/file", "br, zstd", lines},
		{"Small", "/small", "gzip", "ann\n"},
		{"PackedInItself", "/picture", "gzip", lines},
	} {
		t.Run("PlainWhere"+tc.name, func(t *testing.T) {
			t.Parallel()
			resp, raw := asked(t, http.MethodGet, site.URL+tc.path, tc.takes)
			require.Empty(t, resp.Header.Get("Content-Encoding"))
			require.Equal(t, "Accept-Encoding", resp.Header.Get("Vary"), "what keeps answers has to keep both")
			require.Equal(t, tc.want, string(raw))
			require.Equal(t, partialSuccess, resp.StatusCode)
		})
	}

	t.Run("HeadSaysWhatTheFileIs", func(t *testing.T) {
		t.Parallel()
		resp, raw := asked(t, http.MethodHead, site.URL+"/file", "gzip")
		require.Empty(t, raw)
		require.Empty(t, resp.Header.Get("Content-Encoding"))
		require.Equal(t, partialSuccess, resp.StatusCode)
	})

	t.Run("ErrHalfAFileDoesNotLookWhole", func(t *testing.T) {
		t.Parallel()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, site.URL+"/broken", http.NoBody)
		require.NoError(t, err)
		resp, err := http.DefaultClient.Do(r) // which asks for gzip and unpacks it by itself
		require.NoError(t, err)
		text, err := io.ReadAll(resp.Body)
		require.NoError(t, resp.Body.Close())
		require.NotEmpty(t, text)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	})

	t.Run("ErrIsToldInPlainWords", func(t *testing.T) {
		t.Parallel()
		resp, raw := asked(t, http.MethodGet, site.URL+"/panics", "gzip")
		require.Equal(t, http.StatusInternalServerError, resp.StatusCode)
		require.Contains(t, string(raw), "Something went wrong")
	})
}
