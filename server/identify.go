package server

import (
	"context"
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"carryover/access"
	"carryover/throttle"
)

// identify finds out who is asking, by bearer token or cookie, and tells the rest of the request. A token that opens nothing is
// nobody, not an error: public fields go on working, and the others say that a sign-in is needed. Staff and tenants have tokens and
// cookies of their own kinds, and each is looked for among its own kind alone. Who guesses tokens is held up.
func (o Options) identify(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		req := &access.Request{ID: requestID(r.Context()), IP: o.peer(r), UserAgent: r.UserAgent(), Device: o.cookieOf(r, deviceCookie),
			SetCookie:       func(token string) { http.SetCookie(w, o.cookie(staffCookie, token)) },
			SetTenantCookie: func(token string) { http.SetCookie(w, o.cookie(tenantCookie, token)) },
			SetDeviceCookie: func(token string) {
				if token != "" {
					http.SetCookie(w, o.lastingCookie(token))
				}
			}}
		err := o.who(r, req)
		var refused *throttle.Refused
		switch {
		case errors.As(err, &refused):
			o.takeCookiesBack(w, r)
			tooMany(w, refused, "too many tokens that open nothing came from this network")
			return
		case err != nil:
			o.Log.ErrorContext(r.Context(), "cannot tell who is asking", "error", err)
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		}
		next.ServeHTTP(w, r.WithContext(access.With(r.Context(), req)))
	})
}

func tooMany(w http.ResponseWriter, refused *throttle.Refused, why string) {
	w.Header().Set("Retry-After", strconv.Itoa(int(refused.RetryAfter/time.Second)))
	http.Error(w, why, http.StatusTooManyRequests)
}

// refusesGuess counts a link that opens nothing like a token that does, and answers whoever hands in too many; false where it did not.
func (o Options) refusesGuess(w http.ResponseWriter, r *http.Request) bool {
	err := o.Access.NoteWrongToken(r.Context(), o.peer(r))
	var refused *throttle.Refused
	if errors.As(err, &refused) {
		tooMany(w, refused, "too many links that open nothing came from this network")
		return true
	}
	if err != nil {
		o.Log.ErrorContext(r.Context(), "cannot count a link that opens nothing", "request_id", requestID(r.Context()), "error", err)
	}
	return false
}

func (o Options) who(r *http.Request, req *access.Request) (err error) {
	staff, staffInCookie := o.token(r, staffCookie)
	tenant, tenantInCookie := o.token(r, tenantCookie)
	if staff == "" && tenant == "" {
		return nil
	}
	if req.Viewer, err = behind(r, staff, staffInCookie, o.Access.Who, o.Access.WhoFresh, req.SetCookie); err != nil {
		return err
	}
	if req.Tenant, err = behind(r, tenant, tenantInCookie, o.Access.WhichTenant, o.Access.WhichTenantFresh, req.SetTenantCookie); err != nil {
		return err
	}
	if req.Viewer == nil && req.Tenant == nil {
		return o.Access.NoteWrongToken(r.Context(), req.IP)
	}
	return nil
}

// behind answers who holds a token, and gives a browser a new one from time to time. A connection that stays is no answer that could carry
// one, and that to a file comes when the old one may have ended.
func behind[T any](r *http.Request, token string, inCookie bool, who func(context.Context, string) (*T, error),
	whoFresh func(context.Context, string) (*T, string, error), setCookie func(string)) (*T, error) {
	if !inCookie || stays(r) || r.Pattern == uploadRoute {
		return who(r.Context(), token)
	}
	one, fresh, err := whoFresh(r.Context(), token)
	if fresh != "" {
		setCookie(fresh)
	}
	return one, err
}

// token prefers the header: who sends one does not mean the browser's cookies.
func (o Options) token(r *http.Request, cookie string) (token string, inCookie bool) {
	if token, ok := bearer(r.Header.Get("Authorization")); ok {
		return token, false
	}
	token = o.cookieOf(r, cookie)
	return token, token != ""
}

// bearer answers the token of an Authorization header, whose scheme is the same in any case of letters (RFC 9110, section 11.1).
func bearer(header string) (token string, ok bool) {
	scheme, token, ok := strings.Cut(header, " ")
	return strings.TrimSpace(token), ok && strings.EqualFold(scheme, "Bearer")
}

func (o Options) cookieOf(r *http.Request, name string) string {
	c, err := r.Cookie(o.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// takeCookiesBack leaves a browser whose sign-in has ended, and which shares its address with somebody who guesses, with nothing that
// would be refused again: with its next request it can sign in.
func (o Options) takeCookiesBack(w http.ResponseWriter, r *http.Request) {
	for _, name := range []string{staffCookie, tenantCookie} {
		if o.cookieOf(r, name) != "" {
			http.SetCookie(w, o.cookie(name, ""))
		}
	}
}

// The cookies of the two kinds of people. A staff member who looks at a tenant's page stays signed in. The third tells the browsers of
// staff from strangers' when they sign in, and outlives their sign-ins.
const (
	staffCookie  = "carryover"
	tenantCookie = "carryover-tenant"
	deviceCookie = "carryover-device"
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

// lastingCookie is the device's, which stays when the browser is closed.
func (o Options) lastingCookie(token string) *http.Cookie {
	c := o.cookie(deviceCookie, token)
	c.MaxAge = int(access.DeviceLife / time.Second)
	return c
}

// peer is who has connected to us or, where that is a proxy of ours, who has connected to it: the last address in X-Forwarded-For
// that is no proxy of ours. What stands before it anybody can write.
func (o Options) peer(r *http.Request) *netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return nil
	}
	addr := plain(ap.Addr())
	chain := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for _, said := range slices.Backward(chain) {
		if !o.isProxy(addr) {
			break
		}
		before, err := addrIn(strings.TrimSpace(said))
		if err != nil {
			break
		}
		addr = plain(before)
	}
	return &addr
}

// addrIn reads one address in X-Forwarded-For, to which some proxies add the port: 203.0.113.7, 203.0.113.7:4711, 2001:db8::1,
// [2001:db8::1] or [2001:db8::1]:4711.
func addrIn(said string) (netip.Addr, error) {
	if with, err := netip.ParseAddrPort(said); err == nil {
		return with.Addr(), nil
	}
	if inner, ok := strings.CutPrefix(said, "["); ok {
		said, _ = strings.CutSuffix(inner, "]")
	}
	return netip.ParseAddr(said)
}

func plain(a netip.Addr) netip.Addr { return a.Unmap().WithZone("") }

func (o Options) isProxy(a netip.Addr) bool {
	return slices.ContainsFunc(o.Proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}
