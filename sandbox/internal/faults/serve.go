package faults

import (
	"bytes"
	"net/http"
	"strconv"
	"time"
)

// Refuse writes the vendor's own body for a 429 or a 5xx. The headers that
// the fault asks for are set already.
type Refuse func(w http.ResponseWriter, status int)

// Serve runs act under whatever faults hit this request. Until act has
// returned nothing is written, so an answer can still be replaced or lost.
// Where the connection is to be cut it panics with http.ErrAbortHandler, as
// net/http wants it.
func (s *Set) Serve(w http.ResponseWriter, r *http.Request, refuse Refuse, act http.HandlerFunc) {
	var last *Order
	for _, o := range s.pick(requestKinds, r.Method, r.URL.Path) {
		last = o
		if o.fault.Kind == Delay && !sleep(r, o.fault.Delay) {
			panic(http.ErrAbortHandler) // the caller gave up before anything was done
		}
	}
	if last == nil || last.fault.Kind == Delay {
		act(w, r)
		return
	}
	last.serve(w, r, refuse, act)
}

func (o *Order) serve(w http.ResponseWriter, r *http.Request, refuse Refuse, act http.HandlerFunc) {
	switch o.fault.Kind {
	case RateLimit:
		w.Header().Set("Retry-After", o.retryAfter())
		refuse(w, http.StatusTooManyRequests)
		return
	case ErrorBefore:
		refuse(w, o.fault.status())
		return
	case CutBefore:
		panic(http.ErrAbortHandler)
	}
	answer := &buffer{header: http.Header{}}
	act(answer, r)
	switch o.fault.Kind {
	case ErrorAfter:
		refuse(w, o.fault.status())
	case DropAfter:
		panic(http.ErrAbortHandler)
	case Hold:
		o.hold(r.Context())
		answer.send(w)
	}
}

func (o *Order) retryAfter() string {
	wait := o.fault.retryAfter()
	if o.fault.RetryAfterDate {
		// An HTTP date has whole seconds: round up, or the wait is too short.
		return time.Now().Add(wait + time.Second - 1).UTC().Format(http.TimeFormat)
	}
	return strconv.Itoa(int((wait + time.Second - 1) / time.Second))
}

func sleep(r *http.Request, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// buffer keeps an answer back until it is decided what becomes of it.
type buffer struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (b *buffer) Header() http.Header { return b.header }

func (b *buffer) WriteHeader(status int) {
	if b.status == 0 {
		b.status = status
	}
}

func (b *buffer) Write(p []byte) (int, error) {
	b.WriteHeader(http.StatusOK)
	return b.body.Write(p)
}

func (b *buffer) send(w http.ResponseWriter) {
	for name, values := range b.header {
		w.Header()[name] = values
	}
	if b.status != 0 {
		w.WriteHeader(b.status)
	}
	_, _ = w.Write(b.body.Bytes()) // the caller may be gone; the act stands
}
