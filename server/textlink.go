package server

import (
	"errors"
	"net/http"
	"net/url"

	"carryover/migration"
)

// textLink leads from the short link of a text to the set-up. What it does not know it leads there too, where the page says in
// friendly words what to do. Looking changes nothing, so a phone that previews the link does no harm.
func (o Options) textLink(w http.ResponseWriter, r *http.Request) {
	token, err := o.Resolver.Migration.OpenTextLink(r.Context(), r.PathValue("token"))
	switch {
	case errors.Is(err, migration.ErrUnknownToken):
		if o.refusesGuess(w, r) {
			return
		}
		token = r.PathValue("token")
	case err != nil:
		o.Log.ErrorContext(r.Context(), "the link of a text could not be looked up", "request_id", requestID(r.Context()), "error", err)
		http.Error(w, "Something went wrong on our side. Please open the link again in a minute.", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, "/setup/"+url.PathEscape(token), http.StatusSeeOther)
}
