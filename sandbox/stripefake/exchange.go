package stripefake

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"time"
)

// endpoint is one address of the API. Its spec is checked before anything acts.
type endpoint struct {
	pattern string
	spec    spec
	act     func(c *call) (any, error)
	browser bool // Stripe.js may call it with the publishable key
	free    bool // takes any parameter: only the answer for unknown addresses
	button  bool // a /sandbox/ button: no key is asked for
}

// tx is one step forward of the whole state: what a request or the clock
// changes at one moment.
type tx struct {
	*store
	opts    Options
	now     int64
	request string
	key     string
}

// call is a checked request, handed to its endpoint under the server's lock.
type call struct {
	*tx
	p       params
	id      string
	method  string
	path    string
	browser bool
}

// reply is a finished answer, as kept for an idempotency key.
type reply struct {
	status   int
	body     []byte
	header   http.Header
	replayed bool
	unkept   bool
}

func (s *Server) serve(e endpoint) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.history.underWay.Add(1)
		defer s.history.underWay.Add(-1)
		x := &exchange{s: s, e: e, r: r, id: newID("req"), key: r.Header.Get("Idempotency-Key")}
		out, err := x.run()
		if err != nil {
			out = x.failure(err)
		}
		s.history.add(x.entry(out))
		if x.fault.losesAnswer() {
			panic(http.ErrAbortHandler) // net/http closes the connection without an answer
		}
		x.write(w, out)
	}
}

// once acts unless the idempotency key says it was done before. The key is
// taken before any ordered delay or hold, so that a second request in that time
// is refused as concurrent.
func (x *exchange) once() (reply, error) {
	kept, err := x.claimKey()
	if err != nil || kept != nil {
		if kept != nil {
			x.after()
			return *kept, nil
		}
		return reply{}, err
	}
	x.before()
	out, err := x.act()
	x.releaseKey() // before an answer is held back: a retry then finds it kept
	if err != nil {
		return reply{}, err
	}
	x.after()
	return out, nil
}

// act runs the endpoint and writes all it changed, and the answer if a key is
// to keep it, as one line of the journal.
func (x *exchange) act() (reply, error) {
	s := x.s
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.courier.wake()
	s.advance()
	out := x.answer()
	x.keepKey(out)
	if err := s.store.flush(s.journal); err != nil {
		s.log.Error("write journal", "error", err)
		return reply{}, internalError("The stand-in could not write its journal.")
	}
	return out, nil
}

func (x *exchange) answer() reply {
	if x.fault.Kind == ErrorBefore {
		return x.failure(internalError("An unknown error occurred (ordered, before acting)."))
	}
	c := x.call()
	result, err := x.e.act(c)
	if err != nil {
		return x.failure(err)
	}
	body, err := x.s.store.render(result, c.p.texts("expand"))
	if err != nil {
		return x.failure(err)
	}
	if x.fault.Kind == ErrorAfter {
		return x.failure(internalError("An unknown error occurred (ordered, after acting)."))
	}
	if x.browser {
		body = browserView(body)
	}
	return reply{status: http.StatusOK, body: body}
}

func (x *exchange) call() *call {
	return &call{
		tx:     &tx{store: x.s.store, opts: x.s.opts, now: x.s.now(), request: x.id, key: x.key},
		p:      params{x.form},
		id:     x.r.PathValue("id"),
		method: x.r.Method, path: x.r.URL.Path, browser: x.browser,
	}
}

// before keeps the request back, with its key taken, where that was ordered.
func (x *exchange) before() {
	x.fault.sleep(x.r.Context())
	if x.fault.Kind == HoldBefore {
		x.s.Faults.hold(x.r.Context())
	}
}

// after keeps the finished answer back where that was ordered.
func (x *exchange) after() {
	if x.fault.Kind == Hold {
		x.s.Faults.hold(x.r.Context())
	}
}

func (x *exchange) failure(err error) reply {
	var e *apiError
	if !errors.As(err, &e) {
		if !errors.Is(err, errCut) {
			x.s.log.Error("answer request", "path", x.r.URL.Path, "error", err)
		}
		e = internalError("The stand-in failed: " + err.Error())
	}
	body, err := json.MarshalIndent(map[string]any{"error": e}, "", "  ")
	if err != nil {
		body = []byte(`{"error":{"type":"api_error"}}`)
	}
	if x.browser {
		body = browserView(body)
	}
	return reply{status: e.status, body: body, header: e.header, unkept: e.unkept}
}

func (x *exchange) write(w http.ResponseWriter, out reply) {
	h := w.Header()
	for name, values := range out.header {
		h[name] = values
	}
	h.Set("Content-Type", "application/json")
	h.Set("Request-Id", x.id)
	h.Set("Stripe-Version", apiVersion)
	if x.key != "" {
		h.Set("Idempotency-Key", x.key)
	}
	if out.replayed {
		h.Set("Idempotent-Replayed", "true")
	}
	w.WriteHeader(out.status)
	_, _ = w.Write(out.body) // a client that went away gets its answer by the key
}

func (x *exchange) entry(out reply) Request {
	return Request{
		ID: x.id, Method: x.r.Method, Path: x.r.URL.Path, IdempotencyKey: x.key,
		Status: out.status, Replayed: out.replayed, Fault: x.fault.Kind, At: x.s.opts.Now(),
	}
}

// pause waits unless the client goes away first.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}
