package server

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // the page
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	"carryover/migration"
)

//go:embed unsubscribe.html
var unsubscribeHTML string

//go:embed unsubscribe.css
var unsubscribeCSS template.CSS

var unsubscribeTemplate = template.Must(template.New("unsubscribe").Parse(unsubscribeHTML))

// unsubscribePolicy lets in the page's own style and its own form, and nothing else: no script, nothing from anywhere.
var unsubscribePolicy = func() string {
	sum := sha256.Sum256([]byte(unsubscribeCSS))
	return fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		base64.StdEncoding.EncodeToString(sum[:]))
}()

// unsubscribePage shows whether the recipient of an email gets invitations, with a button that changes it. Looking changes
// nothing: mail services follow the links in a mail before its reader does.
func (o Options) unsubscribePage(w http.ResponseWriter, r *http.Request) {
	page, err := o.Resolver.Migration.OpenUnsubscribe(r.Context(), r.PathValue("token"))
	if err != nil {
		o.noUnsubscribe(w, r, err)
		return
	}
	words := unsubscribeWords[string(page.Language)]
	if page.Unsubscribed {
		words = words.done()
	}
	o.writeUnsubscribe(w, r, http.StatusOK, words, page)
}

// unsubscribe carries out the button of the page and the one click of a mail client. RFC 8058 wants the latter answered without
// a redirect and asked without a cookie, so whoever holds the token may ask; asking again changes nothing more.
func (o Options) unsubscribe(w http.ResponseWriter, r *http.Request) {
	rules, token := o.Resolver.Migration, r.PathValue("token")
	by := migration.SystemActor(requestID(r.Context()))
	by.IP, by.UserAgent = o.peer(r), r.UserAgent()
	oneClick := r.PostFormValue("List-Unsubscribe") == "One-Click"
	change := rules.Unsubscribe
	if r.PostFormValue("action") == "subscribe" && !oneClick {
		change = rules.Resubscribe
	}
	switch err := change(r.Context(), by, token); {
	case err != nil:
		o.noUnsubscribe(w, r, err)
	case oneClick:
		w.WriteHeader(http.StatusOK)
	default:
		w.Header().Set("Cache-Control", "no-store")
		http.Redirect(w, r, r.URL.EscapedPath(), http.StatusSeeOther)
	}
}

// noUnsubscribe answers a link that is not ours or is cut off with what to do; anything else is asked to be tried again.
func (o Options) noUnsubscribe(w http.ResponseWriter, r *http.Request, err error) {
	words := unsubscribeWords["en"]
	if strings.HasPrefix(strings.ToLower(r.Header.Get("Accept-Language")), "es") {
		words = unsubscribeWords["es"]
	}
	none := &migration.Unsubscription{}
	if errors.Is(err, migration.ErrUnknownToken) {
		if o.refusesGuess(w, r) {
			return
		}
		o.writeUnsubscribe(w, r, http.StatusNotFound, words.unknown(), none)
		return
	}
	o.Log.ErrorContext(r.Context(), "unsubscribing failed", "request_id", requestID(r.Context()), "error", err)
	o.writeUnsubscribe(w, r, http.StatusServiceUnavailable, words.failed(), none)
}

func (o Options) writeUnsubscribe(w http.ResponseWriter, r *http.Request, status int, words unsubscribeWording, page *migration.Unsubscription) {
	var body bytes.Buffer
	if err := unsubscribeTemplate.Execute(&body, struct {
		*migration.Unsubscription
		Words unsubscribeWording
		Style template.CSS
	}{page, words, unsubscribeCSS}); err != nil {
		o.Log.ErrorContext(r.Context(), "the unsubscribe page could not be written", "request_id", requestID(r.Context()), "error", err)
		http.Error(w, "Something went wrong on our side.", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Security-Policy", unsubscribePolicy)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = body.WriteTo(w) // a reader who went away misses nothing
}
