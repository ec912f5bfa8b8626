package server

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/access"
	"carryover/graph"
)

// connection is one that stays, a socket or a stream of events. It lives no longer than what let its owner in.
type connection struct {
	signedOut atomic.Bool
	watching  atomic.Int32 // subscriptions of a socket, of which a stream of events has one
	end       context.CancelFunc
}

type connectionKey struct{}

// lookAgain is how often a connection looks by itself whether its owner is still in, for a notice that was lost on the way and a
// sign-in whose time is over.
const lookAgain = 15 * time.Second

// closeUnauthorized is the code that graphql-transport-ws has for it. Clients do not come again by themselves after it.
const closeUnauthorized = 4401

// stays tells whether a request is for a connection that stays, which no time limit ends.
func stays(r *http.Request) bool {
	return r.Header.Get("Upgrade") != "" || strings.Contains(r.Header.Get("Accept"), "text/event-stream")
}

// staying answers a context that endWithSignIn ends.
func staying(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancel(ctx)
	return context.WithValue(ctx, connectionKey{}, &connection{end: end}), end
}

func connectionOf(ctx context.Context) *connection {
	c, _ := ctx.Value(connectionKey{}).(*connection)
	return c
}

// endWithSignIn ends the connection as soon as its owner's sign-in or token has ended, their account is closed or their role is
// another. While the database does not say, nothing can be read either.
func (o Options) endWithSignIn(ctx context.Context, owner *access.Viewer) {
	notices, leave := o.Resolver.Live.Wait(owner.CameInBy(), owner.Staff.ID)
	defer leave()
	look := time.NewTicker(cmp.Or(o.Resolver.LookAgain, lookAgain))
	defer look.Stop()
	for {
		if still, err := o.Access.Still(ctx, owner); err == nil && !still {
			c := connectionOf(ctx)
			c.signedOut.Store(true)
			c.end()
			return
		}
		select {
		case <-ctx.Done():
			return
		case _, open := <-notices:
			if !open {
				return // the program stops, and all that is live with it
			}
		case <-look.C:
		}
	}
}

// lastWord ends what somebody watched with the reason, where that is the end of their sign-in: else it would look finished.
func (o Options) lastWord(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	answers := next(ctx)
	if !subscribes(ctx) {
		return answers
	}
	over := false
	return func(ctx context.Context) *graphql.Response {
		if over {
			return nil
		}
		answer := answers(ctx)
		if over = answer == nil; over && o.isSignedOut(ctx) {
			return &graphql.Response{Errors: gqlerror.List{graph.Coded("UNAUTHENTICATED", "Your sign-in has ended. Sign in again.")}}
		}
		return answer
	}
}

func (o Options) isSignedOut(ctx context.Context) bool {
	owner := access.From(ctx).Viewer
	if owner == nil {
		return false // who was never in was told so
	}
	still, err := o.Access.Still(ctx, owner)
	if err != nil { // perhaps because endWithSignIn was faster
		c := connectionOf(ctx)
		return c != nil && c.signedOut.Load()
	}
	return !still
}

// sockets are those of gqlgen, which close with "normal" whatever the reason.
type sockets struct {
	transport.CoderWebsocketImplementation
}

// Accept opens one.
func (s sockets) Accept(w http.ResponseWriter, r *http.Request, options transport.WebsocketAcceptOptions) (transport.WebsocketConn, error) {
	conn, err := s.CoderWebsocketImplementation.Accept(w, r, options)
	if err != nil {
		return nil, err
	}
	return &socket{conn.(gqlgenSocket), connectionOf(r.Context())}, nil
}

type gqlgenSocket interface {
	transport.WebsocketConn
	transport.WebsocketReadLimiter
	transport.WebsocketReadDeadliner
}

type socket struct {
	gqlgenSocket
	connection *connection
}

// WriteClose says why.
func (s *socket) WriteClose(code int, reason string) error {
	if s.connection.signedOut.Load() {
		code, reason = closeUnauthorized, "Unauthorized: the sign-in has ended"
	}
	return s.gqlgenSocket.WriteClose(code, reason)
}
