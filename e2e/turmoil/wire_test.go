package turmoil

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"carryover/sandbox/stripefake"
)

// fault is what goes wrong with a request to Stripe.
type fault string

const (
	none fault = ""
	cut  fault = "cut"  // it never arrives
	lost fault = "lost" // Stripe acts, and the answer never arrives
	late fault = "late" // the caller gives up, and it arrives afterwards
)

// wire carries the requests of the tasks to Stripe.
type wire struct {
	w    *world
	base http.RoundTripper
}

var (
	errGone = errors.New("connection reset by peer")
	errDead = errors.New("the process is dead")
)

// RoundTrip lets the task stand still before it asks and before it hears the answer.
func (c *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	t := taskIn(r.Context())
	if t == nil {
		return c.base.RoundTrip(r)
	}
	if t.dead {
		return nil, errDead
	}
	q, err := take(r)
	if err != nil {
		return nil, err
	}
	o := c.w.pause(t, place{"ask", r.Method + " " + r.URL.Path}, 100)
	answer, err := c.ask(q, o)
	if err == nil && o.fate == goesOn {
		o.fate = c.w.pause(t, place{"answer", r.Method + " " + r.URL.Path}, 30).fate
	}
	switch o.fate {
	case killed:
		return nil, errDead
	case stopped:
		t.cancel()
		return nil, context.Canceled
	case goesOn:
	}
	return answer, err
}

// ask does to a request what was ordered. Whoever is killed or stopped while he asks has asked, or not.
func (c *wire) ask(q request, o order) (*http.Response, error) {
	switch o.fault {
	case none:
		return q.send(c.base)
	case cut:
		return nil, errGone
	case late:
		q.sent = c.w.b.Clock.Now()
		c.w.onTheWay = append(c.w.onTheWay, q)
		return nil, errGone
	case lost:
		_, err := q.send(c.base)
		return nil, errors.Join(errGone, err)
	default:
		c.w.b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.FaultKind(o.fault), Method: q.Method, PathPrefix: q.URL.Path, Times: 1, RetryAfter: 1})
		return q.send(c.base)
	}
}

// request is one that can be sent when nobody waits for it any more.
type request struct {
	*http.Request
	body []byte
	sent time.Time // on the business clock, where it is late
}

func take(r *http.Request) (q request, err error) {
	if r.Body != nil {
		if q.body, err = io.ReadAll(r.Body); err != nil {
			return q, err
		}
	}
	q.Request = r.Clone(context.WithoutCancel(r.Context()))
	return q, nil
}

func (q request) send(over http.RoundTripper) (*http.Response, error) {
	q.Body = io.NopCloser(bytes.NewReader(q.body))
	answer, err := over.RoundTrip(q.Request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	answer.Body = io.NopCloser(bytes.NewReader(body))
	return answer, err
}

// TraceQueryStart lets the task stand still before a statement. Between two transactions it holds nothing; inside of one it may
// hold a lock that somebody else then waits for.
func (w *world) TraceQueryStart(ctx context.Context, conn *pgx.Conn, q pgx.TraceQueryStartData) context.Context {
	t := taskIn(ctx)
	if t == nil || q.SQL == "-- ping" { // which the pool says to a connection that was long at rest
		return ctx
	}
	t.backend.Store(conn.PgConn().PID())
	chance := 25
	if inside := conn.PgConn().TxStatus() != 'I'; inside {
		chance = 5
	}
	if q.SQL == "rollback" {
		chance = 0
	}
	w.pause(t, place{"sql", nameOf(q.SQL)}, chance)
	if t.dead && q.SQL != "rollback" { // which PostgreSQL does by itself when a client is gone
		return gone(ctx)
	}
	return ctx
}

// TraceQueryEnd has nothing to say.
func (w *world) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// TraceCopyFromStart keeps what is dead from copying.
func (w *world) TraceCopyFromStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceCopyFromStartData) context.Context {
	if t := taskIn(ctx); t != nil && t.dead {
		return gone(ctx)
	}
	return ctx
}

// TraceCopyFromEnd has nothing to say.
func (w *world) TraceCopyFromEnd(context.Context, *pgx.Conn, pgx.TraceCopyFromEndData) {}

func gone(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancelCause(ctx)
	cancel(errDead)
	return ctx
}

// nameOf is sqlc's name of a statement, or how it begins.
func nameOf(sql string) string {
	if rest, ok := strings.CutPrefix(sql, "-- name: "); ok {
		name, _, _ := strings.Cut(rest, " ")
		return name
	}
	return strings.Join(strings.Fields(sql)[:min(3, len(strings.Fields(sql)))], " ")
}
