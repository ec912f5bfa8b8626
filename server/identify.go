package server

import (
	"net/http"
	"net/netip"
	"strings"
	"time"

	"carryover/access"
)

// identify finds out who is asking, by bearer token or cookie, and tells the rest of the request. A token that opens nothing is
// nobody, not an error: public fields go on working, and the others say that a sign-in is needed. Staff and tenants have tokens and
// cookies of their own kinds, and each is looked for among its own kind alone.
func (o Options) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req := &access.Request{ID: requestID(r.Context()), IP: peer(r), UserAgent: r.UserAgent(),
			SetCookie:       func(token string) { http.SetCookie(w, o.cookie(staffCookie, token)) },
			SetTenantCookie: func(token string) { http.SetCookie(w, o.cookie(tenantCookie, token)) }}
		if err := o.who(r, req); err != nil {
			o.Log.ErrorContext(r.Context(), "cannot tell who is asking", "error", err)
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r.WithContext(access.With(r.Context(), req)))
	})
}

func (o Options) who(r *http.Request, req *access.Request) (err error) {
	if req.Viewer, err = o.Access.Who(r.Context(), o.token(r, staffCookie)); err != nil {
		return err
	}
	req.Tenant, err = o.Access.WhichTenant(r.Context(), o.token(r, tenantCookie))
	return err
}

// token prefers the header: who sends one does not mean the browser's cookies.
func (o Options) token(r *http.Request, cookie string) string {
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return strings.TrimSpace(bearer)
	}
	if c, err := r.Cookie(o.cookieName(cookie)); err == nil {
		return c.Value
	}
	return ""
}

// The cookies of the two kinds of people. A staff member who looks at a tenant's page stays signed in.
const (
	staffCookie  = "carryover"
	tenantCookie = "carryover-tenant"
)

// cookieName has the prefix that makes browsers hold the cookie to this host and to https, where there is https.
func (o Options) cookieName(name string) string {
	if o.SecureOnly {
		return "__Host-" + name
	}
	return name
}

func (o Options) cookie(name, token string) *http.Cookie {
	c := &http.Cookie{Name: o.cookieName(name), Value: token, Path: "/", HttpOnly: true, Secure: o.SecureOnly, SameSite: http.SameSiteLaxMode}
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
