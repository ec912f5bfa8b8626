package twiliofake

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// apiError is the vendor's error body; the codes are those of
// https://www.twilio.com/docs/api/errors.
type apiError struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

func (e *apiError) Error() string { return e.Message }

func fail(status, code int, format string, args ...any) error {
	return &apiError{code, fmt.Sprintf(format, args...), fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code), status}
}

func bad(code int, format string, args ...any) error {
	return fail(http.StatusBadRequest, code, format, args...)
}

var (
	errAuth    = fail(http.StatusUnauthorized, 20003, "Authenticate")
	errTooMany = fail(http.StatusTooManyRequests, 20429, "Too Many Requests")
)

func errNotFound(path string) error {
	return fail(http.StatusNotFound, 20404, "The requested resource %s was not found", path)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the caller may be gone; what was done stands
}

func writeError(w http.ResponseWriter, err error) {
	var known *apiError
	if !errors.As(err, &known) {
		_ = errors.As(fail(http.StatusInternalServerError, 20500, "An internal server error has occurred"), &known)
	}
	writeJSON(w, known.Status, known)
}

// refuse is the vendor's body for a fault that was ordered.
func refuse(w http.ResponseWriter, status int) {
	if status == http.StatusTooManyRequests {
		writeError(w, errTooMany)
		return
	}
	writeError(w, fail(status, 20500, "An internal server error has occurred"))
}

func answering(status int, act func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer, err := act(r)
		if err != nil {
			writeError(w, err)
			return
		}
		writeJSON(w, status, answer)
	}
}

func (s *Server) authorize(r *http.Request) error {
	user, password, _ := r.BasicAuth()
	userOK := subtle.ConstantTimeCompare([]byte(user), []byte(s.options.AccountSID))
	passwordOK := subtle.ConstantTimeCompare([]byte(password), []byte(s.options.AuthToken))
	if userOK&passwordOK != 1 {
		return errAuth
	}
	return nil
}
