package server

import (
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"carryover/access"
	"carryover/graph"
)

// What may be watched at once: over one socket, and by one member of staff, their programs' included, in one process. A console watches one
// or two things in each of its windows. Each costs a statement whenever what is watched changes, and four a minute.
const (
	mostOfSocket = 32
	mostOfPerson = 64
)

// codeTooManySubscriptions is of a subscription that was not begun.
const codeTooManySubscriptions = "TOO_MANY_SUBSCRIPTIONS"

// crowd counts what each member of staff watches at this moment.
type crowd struct {
	mu sync.Mutex
	of map[uuid.UUID]int
}

// notTooMany refuses a subscription too many. What is watched already goes on.
func (c *crowd) notTooMany(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	viewer, conn := access.From(ctx).Viewer, connectionOf(ctx)
	if !subscribes(ctx) || viewer == nil || conn == nil { // nobody is told so by the field
		return next(ctx)
	}
	if conn.watching.Add(1) > mostOfSocket {
		conn.watching.Add(-1)
		return tooManyWatched("This connection watches 32 things already. End one of them first.")
	}
	if !c.enter(viewer.Staff.ID) {
		conn.watching.Add(-1)
		return tooManyWatched("You watch 64 things already, over all connections. End one of them first.")
	}
	context.AfterFunc(ctx, func() {
		conn.watching.Add(-1)
		c.leave(viewer.Staff.ID)
	})
	return next(ctx)
}

func tooManyWatched(message string) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{graph.Coded(codeTooManySubscriptions, message)}})
}

func (c *crowd) enter(who uuid.UUID) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of[who] >= mostOfPerson {
		return false
	}
	if c.of == nil {
		c.of = map[uuid.UUID]int{}
	}
	c.of[who]++
	return true
}

func (c *crowd) leave(who uuid.UUID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of[who]--; c.of[who] == 0 {
		delete(c.of, who)
	}
}
