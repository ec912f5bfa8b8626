package resendfake

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// apiError is the vendor's error body, https://resend.com/docs/api-reference/errors.
type apiError struct {
	StatusCode int    `json:"statusCode"`
	Name       string `json:"name"`
	Message    string `json:"message"`
}

func (e *apiError) Error() string { return e.Message }

var (
	errMissingKey = &apiError{http.StatusUnauthorized, "missing_api_key", "Missing API key in the authorization header."}
	errInvalidKey = &apiError{http.StatusForbidden, "invalid_api_key", "API key is invalid"}
	errNotFound   = &apiError{http.StatusNotFound, "not_found", "Email not found"}
	errNoEndpoint = &apiError{http.StatusNotFound, "not_found", "The requested endpoint does not exist."}
	errMethod     = &apiError{http.StatusMethodNotAllowed, "method_not_allowed", "This endpoint does not support the specified HTTP method."}
	errApp        = &apiError{http.StatusInternalServerError, "application_error", "An unexpected error occurred."}

	errKeyLength     = &apiError{http.StatusBadRequest, "invalid_idempotency_key", "The key must be between 1-256 chars."}
	errKeyOtherBody  = &apiError{http.StatusConflict, "invalid_idempotent_request", "Same idempotency key used with a different request payload."}
	errKeyConcurrent = &apiError{http.StatusConflict, "concurrent_idempotent_requests", "Same idempotency key used while original request is still in progress."}
)

func errRate(limit int) error {
	return &apiError{http.StatusTooManyRequests, "rate_limit_exceeded", fmt.Sprintf(
		"Too many requests. You can only make %d requests per second. See rate limit response headers for more information.", limit)}
}

// invalid is a field that is there and wrong, missing one that is not there.
func invalid(format string, args ...any) error {
	return &apiError{http.StatusUnprocessableEntity, "validation_error", fmt.Sprintf(format, args...)}
}

func missing(field string) error {
	return &apiError{http.StatusUnprocessableEntity, "missing_required_field", fmt.Sprintf("Missing `%s` field.", field)}
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	raw, err := json.Marshal(v)
	if err != nil {
		raw, status = []byte(`{"statusCode":500,"name":"application_error","message":"cannot encode the answer"}`), 500
	}
	writeRaw(w, status, raw)
}

func writeRaw(w http.ResponseWriter, status int, raw []byte) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(raw) // the caller may be gone; what was done stands
}

func writeError(w http.ResponseWriter, err error) {
	var known *apiError
	if !errors.As(err, &known) {
		known = errApp
	}
	writeJSON(w, known.StatusCode, known)
}

func answering(act func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := act(r)
		if err != nil {
			writeError(w, err)
			return
		}
		writeJSON(w, http.StatusOK, answer)
	}
}

// refuse is the vendor's body for a fault that was ordered.
func (s *Server) refuse(w http.ResponseWriter, status int) {
	if status != http.StatusTooManyRequests {
		writeError(w, &apiError{status, "application_error", errApp.Message})
		return
	}
	limit := max(s.options.RateLimit, 2) // two a second is what new teams get
	h := w.Header()
	h.Set("ratelimit-limit", strconv.Itoa(limit))
	h.Set("ratelimit-remaining", "0")
	if h.Set("ratelimit-reset", "1"); isSeconds(h.Get("Retry-After")) {
		h.Set("ratelimit-reset", h.Get("Retry-After"))
	}
	writeError(w, errRate(limit))
}

func isSeconds(s string) bool {
	_, err := strconv.Atoi(s)
	return err == nil
}

// maxBody is the vendor's limit of an email with its attachments.
const maxBody = 40 << 20

// buffered reads the whole body at once: its bytes are compared with those of
// an earlier try, and net/http notices a caller who leaves only once the body
// is read.
func buffered(w http.ResponseWriter, r *http.Request) (*http.Request, error) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		return nil, &apiError{http.StatusRequestEntityTooLarge, "validation_error", "The request body is too large."}
	}
	r = r.Clone(r.Context())
	r.Body = io.NopCloser(bytes.NewReader(raw))
	return r, nil
}

func body(r *http.Request) ([]byte, error) { return io.ReadAll(r.Body) }
