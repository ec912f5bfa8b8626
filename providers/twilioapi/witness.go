package twilioapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"
)

// maxProblem bounds what is read of an error's body.
const maxProblem = 64 << 10

// witness gives the SDK's requests the context and the host that it has no place for, and keeps what it throws away: whether
// a request may have left the machine, the status of the answer and, of a failure, its code. It serves one call; a listing
// makes several requests one after the other, and the last one counts.
type witness struct {
	ctx  context.Context //nolint:containedctx // the SDK's methods take none, and a witness lives as long as one call
	base *url.URL
	next http.RoundTripper

	mayHaveLeft atomic.Bool
	status      int
	header      http.Header
	problem     problem
}

// problem is the vendor's error body: https://www.twilio.com/docs/usage/twilios-response#response-formats-exceptions
type problem struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

// RoundTrip passes the request on, bound to the call's context and base URL, and the answer back for the SDK to read. Without
// a connection nothing can have left: a refused one, an unknown name, a failed handshake.
func (w *witness) RoundTrip(r *http.Request) (*http.Response, error) {
	w.status, w.header, w.problem = 0, nil, problem{}
	w.mayHaveLeft.Store(false)
	ctx := httptrace.WithClientTrace(w.ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { w.mayHaveLeft.Store(true) }})
	resp, err := w.next.RoundTrip(w.aim(r.Clone(ctx)))
	if err != nil {
		return nil, err
	}
	w.status, w.header = resp.StatusCode, resp.Header
	if w.ok() {
		return resp, nil
	}
	raw, err := io.ReadAll(io.LimitReader(resp.Body, maxProblem))
	_ = resp.Body.Close() // what could be read is enough
	if err != nil {
		return nil, err
	}
	_ = json.Unmarshal(raw, &w.problem) // a proxy's page has no code, and then the status must do
	resp.Body = io.NopCloser(bytes.NewReader(raw))
	return resp, nil
}

// aim sends a request to the base URL instead of Twilio's host.
func (w *witness) aim(r *http.Request) *http.Request {
	if w.base == nil {
		return r
	}
	r.URL.Scheme, r.URL.Host, r.Host = w.base.Scheme, w.base.Host, w.base.Host
	r.URL.Path, r.URL.RawPath = w.base.Path+r.URL.Path, ""
	return r
}

func (w *witness) ok() bool { return w.status >= 200 && w.status < 300 }
