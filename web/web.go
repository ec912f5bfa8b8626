// Package web holds the pages, built by `make web/build` and embedded in the binary.
//
// It owns their files and the policy of what each may load. It does not own any rule: pages are clients of /graphql.
package web

import (
	"bytes"
	"crypto/rand"
	"embed"
	"encoding/json"
	"html"
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

//go:embed documents.json
var documents []byte

// Documents are all that the pages ask of the API, by the ids that they ask for them with: `sha256:` and the hash.
func Documents() map[string]string {
	var all map[string]string
	if err := json.Unmarshal(documents, &all); err != nil {
		panic(err) // the file is embedded above
	}
	return all
}

// GraphiQL is the explorer of the API, for development. Its editor writes style elements and runs workers of its own.
func GraphiQL() http.Handler {
	return page{files(), "graphiql.html", "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; " +
		"font-src 'self' data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", nil}
}

// Console is the page of staff, at every one of ConsolePaths. signIn is where an identity provider lets staff in; empty where none does.
//
// Its parts write style elements of their own, so each answer lets those in that carry a word which nobody can know before.
func Console(signIn string) http.Handler {
	return staffPage("console.html", signIn, "", func(nonce string) string {
		return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce + "'; font-src 'self'; " +
			"img-src 'self' data:; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	})
}

// Counter is the page of attendants, at every one of CounterPaths. signIn is as for Console, standIn as for Setup: cards are typed here
// too, into Stripe's form.
func Counter(signIn, standIn string) http.Handler {
	scripts, connections, frames := stripeSources(standIn)
	return staffPage("counter.html", signIn, standIn, func(nonce string) string {
		return "default-src 'none'; script-src " + scripts + "; style-src 'self' 'nonce-" + nonce + "'; font-src 'self'; " +
			"img-src 'self' data:; connect-src " + connections + "; " + frames + "form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
	})
}

// staffPage is a page of which each answer has a word of its own for the policy.
func staffPage(name, signIn, standIn string, policy func(nonce string) string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nonce := rand.Text()
		head := `<meta name="style-nonce" nonce="` + nonce + `" />`
		if signIn != "" {
			head += `<meta name="oidc-start" content="` + html.EscapeString(signIn) + `" />`
		}
		page{files(), name, policy(nonce), []byte(head + standInHead(standIn))}.ServeHTTP(w, r)
	})
}

// CounterPaths are what the counter answers, as patterns of a ServeMux. Its own router knows what stands below them.
func CounterPaths() []string { return []string{"/counter", "/counter/"} }

// ConsolePaths are what the console answers, as patterns of a ServeMux. Its own router knows what stands below them.
func ConsolePaths() []string {
	return []string{"/{$}", "/staff/", "/migrations", "/migrations/", "/submissions/", "/reservations/", "/old-system", "/old-system/", "/messages", "/settings"}
}

// Setup is the page of a tenant's set-up. The token is in its path until the page takes it out, so nothing may learn the path: no
// Referer, and no third party but Stripe, whose form the page loads after that.
//
// standIn is the path below which the demo answers in Stripe's place. With it the page offers test methods and loads nothing
// from Stripe; leave it empty wherever real cards are taken.
func Setup(standIn string) http.Handler { return tenantPage("setup.html", standIn) }

// Account is the page of a tenant's account. The token of a mailed link is in its fragment, which browsers send to nobody, until the
// page takes it out. standIn is as for Setup.
func Account(standIn string) http.Handler { return tenantPage("account.html", standIn) }

func tenantPage(name, standIn string) page {
	scripts, connections, frames := stripeSources(standIn)
	return page{files(), name, setupPolicy(scripts, connections, frames), []byte(standInHead(standIn))}
}

// stripeSources are what Stripe's form needs of a policy; with a stand-in nothing of Stripe's is let in.
func stripeSources(standIn string) (scripts, connections, frames string) {
	if standIn != "" {
		return "'self'", "'self'", ""
	}
	return "'self' https://js.stripe.com", "'self' https://api.stripe.com",
		"frame-src https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com; "
}

func standInHead(standIn string) string {
	if standIn == "" {
		return ""
	}
	return `<meta name="stripe-base" content="` + html.EscapeString(standIn) + `" />`
}

// setupPolicy is as narrow as Stripe's form allows: https://docs.stripe.com/security/guide#content-security-policy.
func setupPolicy(scripts, connections, frames string) string {
	return "default-src 'none'; script-src " + scripts + "; style-src 'self'; img-src 'self'; connect-src " + connections + "; " + frames +
		"form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
}

// page is a built page with what the server adds to it.
type page struct {
	files  fs.FS
	name   string
	policy string
	head   []byte // goes to the beginning of its head
}

func (p page) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	body, err := fs.ReadFile(p.files, p.name)
	if err != nil {
		http.Error(w, "The pages are not built into this program. Build it with `make build`.", http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", p.policy)
	w.Header().Set("Cache-Control", "no-store")
	_, _ = w.Write(bytes.Replace(body, []byte("<head>"), append([]byte("<head>"), p.head...), 1))
}
