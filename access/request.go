package access

import (
	"context"
	"net/netip"
)

// Request is what the edge knows of one request. It travels in the context, the one thing that does: who is asking belongs to
// the request and not to any function's arguments between the edge and the rules.
type Request struct {
	Viewer    *Viewer // nil where no staff member is signed in
	Tenant    *Tenant // nil where no tenant is; a browser in which both are hands in both
	ID        string
	IP        *netip.Addr
	UserAgent string
	Device    string // see Origin
	// SetCookie hands a staff member's token to the browser, or takes it back with ""; SetTenantCookie does so with a tenant's.
	SetCookie, SetTenantCookie func(token string)
	// SetDeviceCookie hands the browser what it is known by; "" is nothing new.
	SetDeviceCookie func(token string)
}

// Origin is where the request comes from.
func (r *Request) Origin() Origin {
	return Origin{RequestID: r.ID, IP: r.IP, UserAgent: r.UserAgent, Device: r.Device}
}

type requestKey struct{}

// With puts the request into the context.
func With(ctx context.Context, r *Request) context.Context {
	return context.WithValue(ctx, requestKey{}, r)
}

// From answers the request of a context; an empty one, of nobody, where there is none.
func From(ctx context.Context) *Request {
	if r, ok := ctx.Value(requestKey{}).(*Request); ok {
		return r
	}
	none := func(string) {}
	return &Request{SetCookie: none, SetTenantCookie: none, SetDeviceCookie: none}
}
