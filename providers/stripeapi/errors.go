package stripeapi

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"github.com/stripe/stripe-go/v76"

	"carryover/migration"
)

// failure says what a failed call proves. The statuses and types are those of https://docs.stripe.com/api/errors; whatever
// is not listed there is uncertain, because only a known refusal proves that nothing was made.
func failure(op string, err error) *migration.ProviderError {
	pe := &migration.ProviderError{
		Provider: "stripe", Op: op, Kind: migration.ProviderUncertain,
		Code: "no_answer", Message: "Stripe gave no answer that could be read.", Err: quiet(err),
	}
	var se *stripe.Error
	if !errors.As(err, &se) {
		return pe
	}
	pe.Kind, pe.Code, pe.Message = kindOf(se), codeOf(se), messageOf(se)
	pe.RetryAfter = retryAfter(se)
	return pe
}

func kindOf(e *stripe.Error) migration.ProviderErrorKind {
	switch status := e.HTTPStatusCode; {
	case status >= 500:
		return migration.ProviderUncertain
	case status == http.StatusTooManyRequests:
		return migration.ProviderThrottled
	case status == http.StatusConflict:
		return migration.ProviderBusy
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return migration.ProviderShut
	case status == http.StatusPaymentRequired, e.Type == stripe.ErrorTypeCard:
		return migration.ProviderDeclined
	case status >= 400:
		return migration.ProviderRefused
	}
	return migration.ProviderUncertain
}

// codeOf prefers the most exact word that Stripe has. Some errors, idempotency_error for one, have a type and no code.
func codeOf(e *stripe.Error) string {
	for _, code := range []string{string(e.DeclineCode), string(e.Code), string(e.Type)} {
		if code != "" {
			return code
		}
	}
	return fmt.Sprintf("http_%d", e.HTTPStatusCode)
}

func messageOf(e *stripe.Error) string {
	switch {
	case e.HTTPStatusCode >= 500:
		return "Stripe had an error of its own."
	case e.HTTPStatusCode == http.StatusUnauthorized:
		return "Stripe does not accept our API key."
	case e.HTTPStatusCode == http.StatusTooManyRequests:
		return "Stripe takes no more requests at the moment."
	case e.HTTPStatusCode == http.StatusConflict:
		return "Stripe is still working on the same request."
	case kindOf(e) == migration.ProviderDeclined:
		return declined(e)
	}
	return quoted(e)
}

// quoted is Stripe's own message and the parameter it is about.
func quoted(e *stripe.Error) string {
	message := redact(e.Msg)
	if message == "" {
		message = "Stripe refused the request."
	}
	if e.Param != "" {
		message += fmt.Sprintf(" (parameter %q)", e.Param)
	}
	return message
}

// retryAfter reads the header as seconds or as a date. A date is held against the answer's own Date, not our clock.
func retryAfter(e *stripe.Error) time.Duration {
	if e.LastResponse == nil {
		return 0
	}
	h := e.LastResponse.Header
	if seconds, err := strconv.Atoi(h.Get("Retry-After")); err == nil {
		return max(time.Duration(seconds)*time.Second, 0)
	}
	at, err := http.ParseTime(h.Get("Retry-After"))
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(h.Get("Date"))
	if err != nil {
		now = time.Now()
	}
	return max(at.Sub(now), 0)
}

// isSaved is true where Stripe keeps this failure under the idempotency key. It keeps the first answer of any request
// that it began to execute, declines and 500s too (https://docs.stripe.com/api/idempotent_requests); a refusal is known
// to be kept only once it comes with the header of a replay.
func isSaved(err error) bool {
	var se *stripe.Error
	if !errors.As(err, &se) {
		return false
	}
	replayed := se.LastResponse != nil && se.LastResponse.Header.Get("Idempotent-Replayed") == "true"
	return replayed || se.HTTPStatusCode == http.StatusInternalServerError || kindOf(se) == migration.ProviderDeclined
}

func refused(op, code, message string) *migration.ProviderError {
	return &migration.ProviderError{
		Provider: "stripe", Op: op, Kind: migration.ProviderRefused, Code: code, Message: message,
	}
}

// missing is a refusal in Stripe's own words for ids that cannot be any object's. Such an id is never sent: an empty one
// would turn "read this" into "list all".
func missing(op, noun, id string) *migration.ProviderError {
	return refused(op, string(stripe.ErrorCodeResourceMissing), fmt.Sprintf("No such %s: %q", noun, redact(id)))
}

// reply is what of a stripe.Error may be shown: the SDK's own text is the whole JSON, with objects and client secrets.
type reply struct {
	status    int
	code      string
	param     string
	requestID string
}

func (r reply) Error() string {
	return fmt.Sprintf("status %d, code %s, parameter %q, request %s", r.status, r.code, r.param, r.requestID)
}

// quiet is err without what must not be shown: the URL of a request, the body of an answer.
func quiet(err error) error {
	var se *stripe.Error
	if errors.As(err, &se) {
		return reply{se.HTTPStatusCode, codeOf(se), se.Param, se.RequestID}
	}
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	if isNetwork(err) {
		return err
	}
	return errors.New("an answer that is not Stripe's JSON")
}

func isNetwork(err error) bool {
	for _, known := range []error{context.Canceled, context.DeadlineExceeded, io.EOF, io.ErrUnexpectedEOF} {
		if errors.Is(err, known) {
			return true
		}
	}
	var ne net.Error
	return errors.As(err, &ne)
}

// secrets are what Stripe sometimes quotes back: keys, client secrets, and numbers as long as a card's or account's.
var secrets = regexp.MustCompile(`\b(sk|rk|pk|ek|whsec)_[\w*]+|\b\w+_secret_\w+|\b\d(?:[ -]?\d){11,}\b`)

func redact(s string) string { return secrets.ReplaceAllString(s, "…") }

func isCode(err error, code stripe.ErrorCode) bool {
	var pe *migration.ProviderError
	return errors.As(err, &pe) && pe.Code == string(code)
}
