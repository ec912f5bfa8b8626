package web

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

func get(h http.Handler, path, encoding string) *http.Response {
	r := httptest.NewRequest(http.MethodGet, path, http.NoBody)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	b := make([]byte, 1<<10)
	n, _ := r.Body.Read(b)
	require.NoError(t, r.Body.Close())
	return string(b[:n])
}

func TestSetup(t *testing.T) {
	t.Parallel()
	built := fstest.MapFS{"setup.html": {Data: []byte("<html><head><title>x</title></head></html>")}}
	serve := func(standIn string) *http.Response {
		p, _ := Setup(standIn).(page)
		p.files = built
		return get(p, "/setup/token", "")
	}

	t.Run("NamesTheStandIn", func(t *testing.T) {
		t.Parallel()
		r := serve(`/sandbox/"stripe`)
		require.Equal(t, `<html><head><meta name="stripe-base" content="/sandbox/&#34;stripe" /><title>x</title></head></html>`, body(t, r))
		require.NotContains(t, r.Header.Get("Content-Security-Policy"), "stripe.com")
	})

	t.Run("LetsStripeInWithoutOne", func(t *testing.T) {
		t.Parallel()
		r := serve("")
		require.NotContains(t, body(t, r), "stripe-base")
		require.Contains(t, r.Header.Get("Content-Security-Policy"), "script-src 'self' https://js.stripe.com;")
	})

	t.Run("IsKeptByNobody", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "no-store", serve("").Header.Get("Cache-Control"))
	})

	t.Run("ErrNotBuilt", func(t *testing.T) {
		t.Parallel()
		r := get(page{files: fstest.MapFS{}, name: "setup.html"}, "/setup/token", "")
		require.Equal(t, http.StatusNotFound, r.StatusCode)
		require.Contains(t, body(t, r), "make build")
	})
}

// TestAccount: the account's page is as closed as the set-up's.
func TestAccount(t *testing.T) {
	t.Parallel()
	for _, standIn := range []string{"", "/sandbox/stripe"} {
		account, _ := Account(standIn).(page)
		setup, _ := Setup(standIn).(page)
		require.Equal(t, "account.html", account.name)
		require.Equal(t, setup.policy, account.policy)
		require.Equal(t, setup.head, account.head)
	}
}

func TestAssets(t *testing.T) {
	t.Parallel()
	h := assets{fstest.MapFS{
		"setup.html":       {Data: []byte("page")},
		"assets/a-1.js":    {Data: []byte("plain")},
		"assets/a-1.js.gz": {Data: []byte("packed")},
		"assets/a-1.js.br": {Data: []byte("packed more")},
		"assets/b-2.ttf":   {Data: []byte("font")},
	}}

	for _, tc := range []struct{ name, path, encoding, body, coding string }{
		{"PackedMore", "/assets/a-1.js", "gzip, deflate, br, zstd", "packed more", "br"},
		{"Packed", "/assets/a-1.js", "gzip, deflate", "packed", "gzip"},
		{"PackedWhereMoreIsRefused", "/assets/a-1.js", "br;q=0, gzip", "packed", "gzip"},
		{"PackedByQuality", "/assets/a-1.js", "gzip;q=0.5", "packed", "gzip"},
		{"PlainWhereRefused", "/assets/a-1.js", "gzip;q=0", "plain", ""},
		{"PlainWhereNotAsked", "/assets/a-1.js", "", "plain", ""},
		{"PlainWhereNotPacked", "/assets/b-2.ttf", "gzip", "font", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			r := get(h, tc.path, tc.encoding)
			require.Equal(t, http.StatusOK, r.StatusCode)
			require.Equal(t, tc.body, body(t, r))
			require.Equal(t, tc.coding, r.Header.Get("Content-Encoding"))
			require.Contains(t, r.Header.Get("Cache-Control"), "immutable")
		})
	}

	t.Run("ScriptsKeepTheirType", func(t *testing.T) {
		t.Parallel()
		for _, coding := range []string{"", "gzip", "br"} {
			require.Contains(t, get(h, "/assets/a-1.js", coding).Header.Get("Content-Type"), "javascript")
		}
	})

	t.Run("ErrNoList", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, http.StatusNotFound, get(h, "/assets/", "gzip").StatusCode)
	})

	t.Run("ErrUnknownIsNotKept", func(t *testing.T) {
		t.Parallel()
		r := get(h, "/assets/gone.js", "gzip")
		require.Equal(t, http.StatusNotFound, r.StatusCode)
		require.Empty(t, r.Header.Get("Cache-Control"))
	})
}

// mostAtOnce is what a tenant's page may load in all, packed, so that it opens on a slow phone. Stripe's own script is not ours.
const mostAtOnce = 100 << 10

// TestTenantPagesAreSmall follows what a page loads, and what that loads, to the last part.
func TestTenantPagesAreSmall(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"setup.html", "account.html"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			built := files()
			if _, err := fs.Stat(built, name); err != nil {
				t.Skip("the pages are not built: make web/build")
			}
			sizes := map[string]int{}
			weigh(t, built, name, sizes)
			require.Greater(t, len(sizes), 4, "the page, its style and its scripts: %v", sizes)
			total := 0
			for _, size := range sizes {
				total += size
			}
			t.Logf("%s loads %.1f KiB: %v", name, float64(total)/1024, sizes)
			require.Less(t, total, mostAtOnce, "%v", sizes)
		})
	}
}

// mostOfConsole is what the console's scripts and styles may weigh, packed in gzip, until a list stands there. It was 350 KiB once.
const mostOfConsole = 325 << 10

// TestConsoleIsSmall weighs all that the page names, and what the script that starts it asks for with all that this imports: the console
// itself, and its first page or the list of invitations.
func TestConsoleIsSmall(t *testing.T) {
	t.Parallel()
	built := files()
	html, err := fs.ReadFile(built, "console.html")
	if err != nil {
		t.Skip("the pages are not built: make web/build")
	}
	starts := starting.FindSubmatch(html)
	require.Len(t, starts, 2, "one script starts the console: %s", html)
	start, err := fs.ReadFile(built, string(starts[1]))
	require.NoError(t, err)
	sizes, total := map[string]int{}, 0
	for _, name := range named.FindAllString(string(html)+string(start), -1) {
		packed, err := fs.ReadFile(built, name+".gz")
		require.NoError(t, err)
		sizes[name] = len(packed)
	}
	for _, size := range sizes {
		total += size
	}
	t.Logf("the console loads %.1f KiB: %v", float64(total)/1024, sizes)
	require.Greater(t, total, 200<<10, "React and what stands on it are among them: %v", sizes)
	require.Less(t, total, mostOfConsole, "%v", sizes)
	require.Less(t, len(sizes), 35, "small pieces take a way there and back each: %v", sizes)
}

var (
	starting = regexp.MustCompile(`<script type="module"[^>]* src="/(assets/[\w.-]+\.js)"`)
	named    = regexp.MustCompile(`assets/[\w.-]+\.(?:js|css)\b`)
)

var loaded = regexp.MustCompile(`["'(]\.?/?((?:assets/)?[\w.-]+\.(?:js|css|svg|woff2))["')]`)

// weigh adds a file and all that it names of its folder, each once.
func weigh(t *testing.T, built fs.FS, name string, sizes map[string]int) {
	t.Helper()
	if _, seen := sizes[name]; seen {
		return
	}
	raw, err := fs.ReadFile(built, name)
	if err != nil {
		return // a word that looks like a name
	}
	packed, err := fs.ReadFile(built, name+".gz")
	if err != nil {
		packed = raw
	}
	sizes[name] = len(packed)
	for _, found := range loaded.FindAllSubmatch(raw, -1) {
		weigh(t, built, path.Join("assets", path.Base(string(found[1]))), sizes)
	}
}

func TestConsole(t *testing.T) {
	t.Parallel()
	serve := func(signIn string) (body, policy string) {
		r := get(Console(signIn), "/", "")
		all, err := io.ReadAll(r.Body)
		require.NoError(t, err)
		require.NoError(t, r.Body.Close())
		return string(all), r.Header.Get("Content-Security-Policy")
	}
	nonce := regexp.MustCompile(`'nonce-([A-Z2-7]{26})'`)

	t.Run("LetsStylesInByAWordOfOneAnswer", func(t *testing.T) {
		t.Parallel()
		first, policy := serve("")
		word := nonce.FindStringSubmatch(policy)
		require.Len(t, word, 2, policy)
		require.Contains(t, first, `<meta name="style-nonce" nonce="`+word[1]+`" />`)
		_, other := serve("")
		require.NotEqual(t, policy, other)
		require.NotContains(t, policy, "unsafe")
	})

	t.Run("LeadsToTheIdentityProviderWhereThereIsOne", func(t *testing.T) {
		t.Parallel()
		with, _ := serve("/oidc/start")
		require.Contains(t, with, `<meta name="oidc-start" content="/oidc/start" />`)
		without, _ := serve("")
		require.NotContains(t, without, "oidc-start")
	})
}
