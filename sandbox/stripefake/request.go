package stripefake

import (
	"errors"
	"io"
	"net/http"
	"net/url"
)

// exchange is one request on its way through: key, faults, spec, idempotency,
// the act itself, and the answer.
type exchange struct {
	s       *Server
	e       endpoint
	r       *http.Request
	id, key string
	form    *node
	raw     url.Values
	browser bool
	fault   Fault
}

func (x *exchange) run() (reply, error) {
	if err := x.read(); err != nil {
		return reply{}, err
	}
	if err := x.authorise(); err != nil {
		return reply{}, err
	}
	if !x.e.button {
		x.fault = x.s.Faults.take(x.r.Method, x.r.URL.Path)
	}
	if !x.e.button && !x.s.admits(x.r.Method, x.e.pattern) {
		return reply{}, tooMany(1)
	}
	if err := x.fault.atTheDoor(); err != nil {
		return reply{}, err
	}
	if x.fault.Kind == CutBefore {
		return reply{}, errCut
	}
	if err := x.verify(); err != nil {
		return reply{}, err
	}
	return x.once()
}

var errCut = errors.New("connection cut by order")

func (x *exchange) read() error {
	x.r.Body = http.MaxBytesReader(nil, x.r.Body, 1<<20)
	if err := x.r.ParseForm(); err != nil {
		return invalidParam("", "", "Invalid request body: %s", err)
	}
	x.raw = x.r.Form
	if err := x.readDeleteBody(); err != nil {
		return invalidParam("", "", "Invalid request body: %s", err)
	}
	form, err := parseForm(x.raw)
	if err != nil {
		return err
	}
	x.form = form
	return nil
}

// readDeleteBody reads the form that stripe-go sends with DELETE, which
// net/http leaves alone.
func (x *exchange) readDeleteBody() error {
	if x.r.Method != http.MethodDelete {
		return nil
	}
	body, err := io.ReadAll(x.r.Body)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(string(body))
	for name, texts := range values {
		x.raw[name] = append(x.raw[name], texts...)
	}
	return err
}

func (x *exchange) verify() error {
	if x.e.free {
		return nil
	}
	if x.browser {
		delete(x.form.kids, "key")
	}
	if err := x.e.spec.verify(x.form, ""); err != nil {
		return err
	}
	paths := (params{x.form}).texts("expand")
	if err := verifyExpand(paths); err != nil {
		return err
	}
	for _, path := range paths {
		if x.browser && path != "payment_method" {
			return invalidParam("", "expand", "This property cannot be expanded (%s) with a publishable key.", path)
		}
	}
	return nil
}
