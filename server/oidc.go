package server

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"carryover/access"
	"carryover/throttle"
	"carryover/web"
)

// OIDCCallback is where the identity provider sends browsers back to; it must be told of exactly this address.
const OIDCCallback = "/oidc/callback"

// oidcCookie holds the state while the browser is away, so that only the browser that began can end; and after a dot where its person wanted
// to go.
const oidcCookie = "carryover-oidc"

func (o Options) origin(r *http.Request) access.Origin {
	return access.Origin{RequestID: requestID(r.Context()), IP: o.peer(r), UserAgent: r.UserAgent(), Device: o.cookieOf(r, deviceCookie)}
}

// longestWish leaves a cookie short enough for every browser.
const longestWish = 1500

// startOIDC sends the browser to the identity provider. `to` is where its person wants to go afterwards.
func (o Options) startOIDC(w http.ResponseWriter, r *http.Request) {
	url, state, err := o.Access.BeginOIDC(r.Context(), o.origin(r))
	if err != nil {
		o.refuseOIDC(w, r, err)
		return
	}
	if to := r.FormValue("to"); to != "" && len(to) <= longestWish {
		state += "." + base64.RawURLEncoding.EncodeToString([]byte(to))
	}
	c := o.cookie(oidcCookie, state)
	c.MaxAge = int(10 * time.Minute / time.Second)
	http.SetCookie(w, c)
	w.Header().Set("Cache-Control", "no-store")
	http.Redirect(w, r, url, http.StatusSeeOther)
}

// finishOIDC takes the browser back, signed in.
func (o Options) finishOIDC(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, o.cookie(oidcCookie, ""))
	w.Header().Set("Cache-Control", "no-store")
	held, wish, _ := strings.Cut(o.cookieOf(r, oidcCookie), ".")
	answer := access.OIDCAnswer{Held: held, State: r.FormValue("state"), Code: r.FormValue("code"), Issuer: r.FormValue("iss")}
	in, err := o.Access.FinishOIDC(r.Context(), answer, o.origin(r))
	if err != nil {
		o.refuseOIDC(w, r, err)
		return
	}
	http.SetCookie(w, o.cookie(staffCookie, in.Token))
	http.SetCookie(w, o.lastingCookie(in.Device))
	to, _ := base64.RawURLEncoding.DecodeString(wish)
	http.Redirect(w, r, landing(in.OpensConsole(), string(to)), http.StatusSeeOther)
}

// landing is where somebody wanted to go, where that is a page of staff's that is for them; else where they work. Whoever leads somebody to
// a sign-in here can lead them nowhere else by it.
func landing(opensConsole bool, wish string) string {
	home, pages := "/counter", web.CounterPaths()
	if opensConsole {
		home, pages = "/", slices.Concat(web.ConsolePaths(), pages)
	}
	at, err := url.ParseRequestURI(wish)
	if err != nil || at.IsAbs() || strings.Contains(at.Path, `\`) || !isAmong(pages, at.Path) {
		return home
	}
	return at.RequestURI()
}

// isAmong tells whether one of the patterns of a ServeMux, which are paths and folders, answers exactly this path: "/a/../b" is none.
func isAmong(patterns []string, at string) bool {
	if clean := path.Clean(at); at != clean && at != clean+"/" {
		return false
	}
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		return at == strings.TrimSuffix(pattern, "{$}") || (strings.HasSuffix(pattern, "/") && strings.HasPrefix(at, pattern))
	})
}

// refuseOIDC says to the person what they can do, and to the operator what was the matter.
func (o Options) refuseOIDC(w http.ResponseWriter, r *http.Request, err error) {
	var refused *throttle.Refused
	if errors.As(err, &refused) {
		tooMany(w, refused, "too many sign-ins began from this network")
		return
	}
	o.Log.WarnContext(r.Context(), "sign-in at the identity provider failed", "request_id", requestID(r.Context()), "error", err)
	switch {
	case errors.Is(err, access.ErrNotAdmitted):
		http.Error(w, "Nobody active works here with a verified email of yours. Ask an administrator to invite you.", http.StatusForbidden)
	case errors.Is(err, access.ErrOIDCAnswer):
		http.Error(w, "This sign-in is over or began elsewhere. Begin again.", http.StatusBadRequest)
	default:
		http.Error(w, "The identity provider does not answer. Try again in a moment.", http.StatusBadGateway)
	}
}
