package server

import (
	"context"
	"errors"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/handler"
	"github.com/99designs/gqlgen/graphql/handler/transport"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/access"
	"carryover/graph"
	"carryover/throttle"
)

const (
	// beat keeps proxies from closing a connection on which nothing happens, and finds out which clients are gone.
	beat = 20 * time.Second
	// initPatience is how long a client may take to say who it is.
	initPatience = 10 * time.Second
)

// addLive lets subscriptions in, over graphql-transport-ws and Server-Sent Events. A socket comes from our own site or from no
// browser: the library compares Origin with Host, since a browser sends its cookie with a socket from anywhere.
func (o Options) addLive(srv *handler.Server) {
	srv.AddTransport(transport.Websocket{Implementation: sockets{}, InitFunc: o.identifySocket, InitTimeout: initPatience, PingPongInterval: beat})
	srv.AddTransport(transport.SSE{KeepAlivePingInterval: beat})
	srv.AroundOperations(inTime)
	srv.AroundOperations(onlySubscriptionsOverSockets)
	srv.AroundOperations((&crowd{}).notTooMany)
	srv.AroundOperations(o.lastWord)
	srv.AroundResponses(o.freshForEachUpdate)
}

type socketKey struct{}

// identifySocket takes who is asking from the first message where that says it: browsers cannot send headers with a socket. Nobody
// gets no socket: all that goes over one wants a member of staff.
func (o Options) identifySocket(ctx context.Context, payload transport.InitPayload) (context.Context, *transport.InitPayload, error) {
	ctx = context.WithValue(ctx, socketKey{}, true)
	req := *access.From(ctx)
	if token, ok := bearer(payload.Authorization()); ok {
		viewer, err := o.behindSocket(ctx, &req, token)
		if errors.As(err, new(*throttle.Refused)) {
			return ctx, nil, &gqlerror.Error{Message: "Too many tokens that open nothing came from this network."}
		}
		if err != nil {
			o.Log.ErrorContext(ctx, "cannot tell who is asking", "error", err)
			return ctx, nil, &gqlerror.Error{Message: "The database does not answer."}
		}
		req.Viewer, req.Tenant = viewer, nil // no subscription is a tenant's
	}
	if req.Viewer == nil {
		ctx = transport.AppendCloseReason(transport.WithWebsocketCloseCode(ctx, closeUnauthorized), "Unauthorized: sign in first")
		return ctx, nil, &gqlerror.Error{Message: "Sign in first."}
	}
	go o.endWithSignIn(ctx, req.Viewer)
	return access.With(ctx, &req), nil, nil
}

func (o Options) behindSocket(ctx context.Context, req *access.Request, token string) (*access.Viewer, error) {
	viewer, err := o.Access.Who(ctx, token)
	if viewer == nil && err == nil {
		err = o.Access.NoteWrongToken(ctx, req.IP)
	}
	return viewer, err
}

// inTime ends what is no subscription, also where the connection may stay and has no time of its own.
func inTime(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	if _, bounded := ctx.Deadline(); bounded || subscribes(ctx) {
		return next(ctx)
	}
	ctx, cancel := context.WithTimeout(ctx, requestTimeout)
	context.AfterFunc(ctx, cancel)
	return next(ctx)
}

// onlySubscriptionsOverSockets: a socket outlives the sign-in that it began with, and only a subscription asks again whether that
// still holds.
func onlySubscriptionsOverSockets(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	socket, _ := ctx.Value(socketKey{}).(bool)
	if socket && !subscribes(ctx) {
		return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{{Message: "Send queries and mutations by POST; a socket is for subscriptions.",
			Extensions: map[string]any{"code": "BAD_REQUEST"}}}})
	}
	return next(ctx)
}

// freshForEachUpdate: what was read for one update is not answered to the next.
func (o Options) freshForEachUpdate(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	if subscribes(ctx) {
		ctx = graph.WithLoaders(ctx, o.Pool)
	}
	return next(ctx)
}

func subscribes(ctx context.Context) bool {
	if !graphql.HasOperationContext(ctx) {
		return false
	}
	op := graphql.GetOperationContext(ctx).Operation
	return op != nil && op.Operation == ast.Subscription
}
