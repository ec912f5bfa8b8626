package server

import (
	"errors"
	"net/http"
	"time"

	"carryover/access"
	"carryover/throttle"
)

// OIDCCallback is where the identity provider sends browsers back to; it must be told of exactly this address.
const OIDCCallback = "/oidc/callback"

// oidcCookie holds the state while the browser is away, so that only the browser that began can end.
const oidcCookie = "carryover-oidc"

func (o Options) origin(r *http.Request) access.Origin {
	return access.Origin{RequestID: requestID(r.Context()), IP: o.peer(r), UserAgent: r.UserAgent(), Device: o.cookieOf(r, deviceCookie)}
}

// startOIDC sends the browser to the identity provider.
func (o Options) startOIDC(w http.ResponseWriter, r *http.Request) {
	url, state, err := o.Access.BeginOIDC(r.Context(), o.origin(r))
	if err != nil {
		o.refuseOIDC(w, r, err)
		return
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
	answer := access.OIDCAnswer{Held: o.cookieOf(r, oidcCookie), State: r.FormValue("state"), Code: r.FormValue("code"), Issuer: r.FormValue("iss")}
	in, err := o.Access.FinishOIDC(r.Context(), answer, o.origin(r))
	if err != nil {
		o.refuseOIDC(w, r, err)
		return
	}
	http.SetCookie(w, o.cookie(staffCookie, in.Token))
	http.SetCookie(w, o.lastingCookie(in.Device))
	http.Redirect(w, r, "/", http.StatusSeeOther)
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
