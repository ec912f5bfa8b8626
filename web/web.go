// Package web holds the pages, built by `make web/build` and embedded in the binary.
//
// It owns their files and the policy of what each may load. It does not own any rule: pages are clients of /graphql.
package web

import (
	"embed"
	"io/fs"
	"net/http"
)

//go:embed all:dist
var dist embed.FS

// files are the built pages; a binary that was built without them answers 404 with what to do.
func files() fs.FS {
	sub, err := fs.Sub(dist, "dist")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// GraphiQL is the explorer of the API, for development.
func GraphiQL() http.Handler {
	return page("graphiql.html", "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; style-src 'self' 'unsafe-inline'; "+
		"font-src 'self' data:; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'")
}

// Setup is the tenant's page. The token is in its path, so nothing may learn the path: no Referer, no third party.
func Setup() http.Handler {
	return page("setup.html", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "+
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
}

// Assets are the files that pages load. Their names change with their contents, so they are kept for ever.
func Assets() http.Handler {
	server := http.FileServerFS(files())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		server.ServeHTTP(w, r)
	})
}

func page(name, policy string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		body, err := fs.ReadFile(files(), name)
		if err != nil {
			http.Error(w, "The pages are not built into this program. Build it with `make build`.", http.StatusNotFound)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", policy)
		w.Header().Set("Cache-Control", "no-store")
		_, _ = w.Write(body)
	})
}
