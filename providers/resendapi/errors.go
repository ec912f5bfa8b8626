package resendapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"time"

	"github.com/resend/resend-go/v2"

	"carryover/migration"
)

// maxProblem bounds what is read of an error's body.
const maxProblem = 64 << 10

// witness keeps what the SDK throws away: the status of the answer and, of a failure, its name and message
// (https://resend.com/docs/api-reference/errors). It serves one call.
type witness struct {
	next    http.RoundTripper
	status  int
	header  http.Header
	problem problem
}

type problem struct {
	Name    string `json:"name"`
	Message string `json:"message"`
}

// RoundTrip passes the request on and the answer back, unchanged for the SDK to read.
func (w *witness) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := w.next.RoundTrip(r)
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
	_ = json.Unmarshal(raw, &w.problem) // a proxy's page has no name, and then the status must do
	resp.Body = io.NopCloser(bytes.NewReader(raw))
	return resp, nil
}

func (w *witness) ok() bool { return w.status >= 200 && w.status < 300 }

// failure says what a failed call proves. Whatever is not a known refusal is uncertain, also a 2xx that could not be read.
func (w *witness) failure(err error) *migration.ProviderError {
	if w.status == 0 || w.ok() {
		return uncertain("no_answer", quiet(err))
	}
	pe := &migration.ProviderError{
		Provider: "resend", Op: opSend, Kind: w.kind(err), Code: w.code(), Message: w.message(),
		Err: fmt.Errorf("status %d, name %q", w.status, w.problem.Name),
	}
	if pe.Kind == migration.ProviderThrottled {
		pe.RetryAfter = max(w.retryAfter(), quotas[w.problem.Name])
	}
	return pe
}

func (w *witness) kind(err error) migration.ProviderErrorKind {
	switch {
	case errors.Is(err, resend.ErrRateLimit):
		return migration.ProviderThrottled
	case w.status == http.StatusConflict && w.problem.Name != "invalid_idempotent_request":
		return migration.ProviderBusy
	case w.status == http.StatusRequestTimeout:
		return migration.ProviderUncertain
	case w.status == http.StatusUnauthorized, w.status == http.StatusForbidden:
		return migration.ProviderShut
	case w.status >= 400 && w.status < 500:
		return migration.ProviderRefused
	}
	return migration.ProviderUncertain
}

func (w *witness) code() string {
	if w.problem.Name == "" {
		return fmt.Sprintf("http_%d", w.status)
	}
	return w.problem.Name
}

func (w *witness) message() string {
	switch {
	case w.status >= 500:
		return "Resend had an error of its own."
	case w.status == http.StatusUnauthorized, w.problem.Name == "invalid_api_key", w.problem.Name == "restricted_api_key":
		return "Resend does not accept our API key."
	case w.problem.Message != "":
		return redact(oneLine(w.problem.Message))
	}
	return fmt.Sprintf("Resend answered with status %d.", w.status)
}

// retryAfter reads retry-after as seconds or as a date, else ratelimit-reset, which is in seconds
// (https://resend.com/docs/api-reference/rate-limit). A date is held against the answer's own Date, not our clock.
func (w *witness) retryAfter() time.Duration {
	for _, name := range []string{"Retry-After", "Ratelimit-Reset"} {
		if seconds, err := strconv.Atoi(w.header.Get(name)); err == nil {
			return max(time.Duration(seconds)*time.Second, 0)
		}
		if at, err := http.ParseTime(w.header.Get(name)); err == nil {
			return max(at.Sub(w.date()), 0)
		}
	}
	return 0
}

func (w *witness) date() time.Time {
	if at, err := http.ParseTime(w.header.Get("Date")); err == nil {
		return at
	}
	return time.Now()
}

// quotas are refusals of a day or a month, and how long it makes no sense to ask again whatever the header says of the second
// (https://resend.com/docs/api-reference/errors).
var quotas = map[string]time.Duration{"daily_quota_exceeded": 10 * time.Minute, "monthly_quota_exceeded": 10 * time.Minute}

const opSend = "send batch"

func uncertain(code string, err error) *migration.ProviderError {
	return &migration.ProviderError{
		Provider: "resend", Op: opSend, Kind: migration.ProviderUncertain, Code: code,
		Message: "Resend gave no answer that could be read.", Err: err,
	}
}

func refused(code, message string) *migration.ProviderError {
	return &migration.ProviderError{Provider: "resend", Op: opSend, Kind: migration.ProviderRefused, Code: code, Message: message}
}

// quiet drops the URL that net/http puts around its errors: a base URL is an operator's own affair.
func quiet(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err
}

// apiKeys are quoted in some refusals.
var apiKeys = regexp.MustCompile(`\bre_\w+`)

func redact(s string) string { return apiKeys.ReplaceAllString(s, "…") }
