package server

import (
	"cmp"
	"context"
	"net/http"
	"runtime/debug"
	"time"

	"carryover/ids"
)

type requestIDKey struct{}

func requestID(ctx context.Context) string {
	id, _ := ctx.Value(requestIDKey{}).(string)
	return id
}

// observe gives each request an id, which its answer, its logs and its events carry, and logs what became of it. The path is
// logged as the route's pattern: a tenant's token stands in the path and must not stand in a log.
func (o Options) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id, began := ids.New().String(), time.Now()
		r = r.WithContext(context.WithValue(r.Context(), requestIDKey{}, id))
		w.Header().Set("X-Request-Id", id)
		seen := &statusWriter{ResponseWriter: w, status: http.StatusOK, patience: cmp.Or(o.WritePatience, writePatience)}
		seen.goOn()
		defer func() {
			p := recover()
			broken := p == http.ErrAbortHandler //nolint:errorlint // the value that net/http names
			if p != nil && !broken {
				o.Log.ErrorContext(r.Context(), "request panicked", "request_id", id, "route", r.Pattern, "panic", p, "stack", string(debug.Stack()))
				if broken = seen.began; !broken {
					http.Error(seen, "Something went wrong on our side. (Request "+id+")", http.StatusInternalServerError)
				}
			}
			o.Log.DebugContext(r.Context(), "request", "request_id", id, "method", r.Method, "route", r.Pattern,
				"status", seen.status, "took", time.Since(began).Round(time.Microsecond))
			if broken {
				panic(http.ErrAbortHandler) // cuts the connection: what was written is not the whole answer, and must not end like one
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// writePatience is how long a client may take to read what is written at once. One that reads no more is let go; a connection on which
// nothing is to be written stays.
const writePatience = time.Minute

// statusWriter remembers what was answered, and waits for nobody who does not read.
type statusWriter struct {
	http.ResponseWriter
	status   int
	began    bool // something of the answer may be on its way
	patience time.Duration
}

// goOn: what is written from here has its own time. Where there is no connection, as in a test, there is no time either.
func (w *statusWriter) goOn() {
	_ = http.NewResponseController(w.ResponseWriter).SetWriteDeadline(time.Now().Add(w.patience))
}

func (w *statusWriter) WriteHeader(status int) {
	w.status, w.began = status, true
	w.goOn()
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(part []byte) (int, error) {
	w.began = true
	w.goOn()
	return w.ResponseWriter.Write(part)
}

// Flush sends on what was written, as an update has to be at once.
func (w *statusWriter) Flush() {
	w.began = true
	w.goOn()
	_ = http.NewResponseController(w.ResponseWriter).Flush()
}

// Unwrap lets http.ResponseController reach what is beneath.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// headers are on every answer. Pages set their own Content-Security-Policy; what sets none may load nothing. Stripe's form opens
// windows of banks and wallets, which must be able to answer it, and asks for the browser's own way to pay.
func (o Options) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "SAMEORIGIN")
		h.Set("Cross-Origin-Opener-Policy", "same-origin-allow-popups")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", `camera=(), microphone=(), geolocation=(), usb=(), payment=(self "https://js.stripe.com")`)
		if o.SecureOnly {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		next.ServeHTTP(w, r)
	})
}

// ownPolicy leaves the policy of what may be loaded to a handler whose pages know it: the stand-ins'.
func ownPolicy(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Del("Content-Security-Policy")
		next.ServeHTTP(w, r)
	})
}

// limitBody refuses what is larger than any request of ours.
func limitBody(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}
