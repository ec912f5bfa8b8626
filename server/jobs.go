package server

import (
	"net/http"
	"net/url"

	"carryover/access"
)

// JobsPath is where the pages of the queues are.
const JobsPath = "/jobs"

// jobsPolicy lets in what River's pages consist of: their own scripts and pictures, and styles that they write while they run.
const jobsPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// jobs shows the queues to administrators who signed in; programs' tokens are not let in. To everybody else there is nothing here. What
// an administrator does to a job is logged: it is no step of anything that has events.
func (o Options) jobs() http.Handler {
	return o.identify(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		viewer := access.From(r.Context()).Viewer
		if viewer == nil || !viewer.IsAdminInPerson() {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			if !isOwnPages(r) {
				http.Error(w, "send this from the page itself", http.StatusForbidden)
				return
			}
			o.Log.InfoContext(r.Context(), "an administrator acts on jobs", "request_id", requestID(r.Context()), "staff_id", viewer.Staff.ID,
				"method", r.Method, "path", r.URL.Path)
		}
		w.Header().Set("Content-Security-Policy", jobsPolicy)
		w.Header().Set("Cache-Control", "no-store")
		o.Jobs.ServeHTTP(w, r)
	}))
}

// isOwnPages: River's API is used by its pages alone, and a browser that shows them says where a request comes from. Who says nothing is
// let through elsewhere, since it is no browser; here it has no business.
func isOwnPages(r *http.Request) bool {
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" {
		return site == "same-origin"
	}
	origin, err := url.Parse(r.Header.Get("Origin")) // without https browsers say this alone
	return err == nil && origin.Host != "" && origin.Host == r.Host
}
