package server

import (
	"net/http"
	"net/netip"
	"strings"
	"time"

	"carryover/access"
)

// identify finds out who is asking, by bearer token or cookie, and tells the rest of the request. A token that opens nothing is
// nobody, not an error: public fields go on working, and the others say that a sign-in is needed.
func (o Options) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		viewer, err := o.Access.Who(r.Context(), o.token(r))
		if err != nil {
			o.Log.ErrorContext(r.Context(), "cannot tell who is asking", "error", err)
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		req := &access.Request{Viewer: viewer, ID: requestID(r.Context()), IP: peer(r), UserAgent: r.UserAgent(),
			SetCookie: func(token string) { http.SetCookie(w, o.cookie(token)) }}
		next.ServeHTTP(w, r.WithContext(access.With(r.Context(), req)))
	})
}

// token prefers the header: who sends one does not mean the browser's cookie.
func (o Options) token(r *http.Request) string {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return strings.TrimSpace(bearer)
	}
	if c, err := r.Cookie(o.cookieName()); err == nil {
		return c.Value
	}
	return ""
}

// cookieName has the prefix that makes browsers hold the cookie to this host and to https, where there is https.
func (o Options) cookieName() string {
	if o.SecureOnly {
		return "__Host-carryover"
	}
	return "carryover"
}

func (o Options) cookie(token string) *http.Cookie {
	c := &http.Cookie{Name: o.cookieName(), Value: token, Path: "/", HttpOnly: true, Secure: o.SecureOnly, SameSite: http.SameSiteLaxMode}
	if token == "" {
		c.MaxAge, c.Expires = -1, time.Unix(1, 0)
	}
	return c
}

func peer(r *http.Request) *netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return nil
	}
	addr := ap.Addr().Unmap().WithZone("")
	return &addr
}
