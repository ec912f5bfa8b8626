package stripeapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"

	"carryover/migration"
)

// Pace lets calls through at the rate that the account is allowed; [migration.StripePace] is one. Enter answers a
// *migration.Later where the call has to wait for longer than a call should; nothing is sent then. Leave is told how a call that was
// sent went.
type Pace interface {
	Enter(ctx context.Context, endpoint string) error
	Leave(ctx context.Context, err error)
}

// paced is every request of the SDK, its retries and the further pages of its lists among them.
type paced struct {
	pace Pace
	next http.RoundTripper
}

// RoundTrip answers a turn that does not come as Stripe itself would, with a 429: the SDK does not repeat those, and whoever asked
// learns that nothing was made and when to ask again.
func (p paced) RoundTrip(r *http.Request) (*http.Response, error) {
	err := p.pace.Enter(r.Context(), endpoint(r))
	var later *migration.Later
	if errors.As(err, &later) {
		closeBody(r)
		return tooMany(r, later), nil
	}
	if err != nil {
		closeBody(r)
		return nil, err
	}
	answer, err := p.next.RoundTrip(r)
	p.pace.Leave(context.WithoutCancel(r.Context()), outcome(r.Context(), answer, err))
	return answer, err
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

var anID = regexp.MustCompile(`/[a-z_]+_[A-Za-z0-9]*[A-Z0-9][A-Za-z0-9]*`)

// endpoint is what Stripe counts together: one method and address, whatever object it is about.
func endpoint(r *http.Request) string {
	return r.Method + " " + anID.ReplaceAllString(r.URL.Path, "/{id}")
}

func tooMany(r *http.Request, later *migration.Later) *http.Response {
	body := `{"error": {"type": "invalid_request_error", "code": "rate_limit", "message": "Too many requests: they wait for their turn here."}}`
	return &http.Response{
		Status: "429 Too Many Requests", StatusCode: http.StatusTooManyRequests, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Request: r,
		Header:        http.Header{"Content-Type": {"application/json"}, "Retry-After": {fmt.Sprint(int((later.After + time.Second - 1) / time.Second))}},
		Body:          io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)),
	}
}

// outcome is what an answer says of Stripe's health: a refusal is an answer like any other. What we gave up ourselves says nothing.
func outcome(ctx context.Context, answer *http.Response, err error) error {
	const op = "call"
	switch {
	case err != nil && ctx.Err() != nil:
		return nil //nolint:nilerr // the caller gets err; of Stripe's health it tells nothing
	case err != nil:
		return &migration.ProviderError{Provider: "stripe", Op: op, Kind: migration.ProviderUncertain, Code: "no_answer", Message: "Stripe gave no answer.", Err: quiet(err)}
	case answer.StatusCode == http.StatusTooManyRequests:
		wait, _ := time.ParseDuration(answer.Header.Get("Retry-After") + "s")
		return &migration.ProviderError{Provider: "stripe", Op: op, Kind: migration.ProviderThrottled, Message: "Stripe takes no more requests at the moment.", RetryAfter: wait}
	case answer.StatusCode >= http.StatusInternalServerError:
		return &migration.ProviderError{Provider: "stripe", Op: op, Kind: migration.ProviderUncertain, Message: "Stripe had an error of its own."}
	case answer.StatusCode == http.StatusUnauthorized, answer.StatusCode == http.StatusForbidden:
		return &migration.ProviderError{Provider: "stripe", Op: op, Kind: migration.ProviderShut, Message: "Stripe does not accept our API key."}
	}
	return nil
}
