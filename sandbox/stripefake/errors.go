package stripefake

import (
	"fmt"
	"net/http"
)

// apiError is an answer in Stripe's error format
// (https://stripe.com/docs/api/errors). The objects are embedded as they stand
// after the failure, which is where a client reads a decline's intent from.
type apiError struct {
	status int
	// unkept marks a failure that happened before an endpoint began to act.
	// Stripe keeps no idempotent result for those, so the key stays free.
	unkept bool
	header http.Header

	Type          string `json:"type"`
	Code          string `json:"code,omitempty"`
	DeclineCode   string `json:"decline_code,omitempty"`
	Message       string `json:"message"`
	Param         string `json:"param,omitempty"`
	DocURL        string `json:"doc_url,omitempty"`
	Charge        string `json:"charge,omitempty"`
	PaymentMethod any    `json:"payment_method,omitempty"`
	PaymentIntent any    `json:"payment_intent,omitempty"`
	SetupIntent   any    `json:"setup_intent,omitempty"`
	RequestLogURL string `json:"request_log_url,omitempty"`
}

func (e *apiError) Error() string { return fmt.Sprintf("%d %s: %s", e.status, e.Code, e.Message) }

// withParam says which parameter was at fault.
func (e *apiError) withParam(param string) *apiError {
	e.Param = param
	return e
}

// badRequest is a refusal by an endpoint that had begun to act; a retry under
// the same idempotency key is answered with it again.
func badRequest(code, format string, args ...any) *apiError {
	return &apiError{
		status: http.StatusBadRequest, Type: "invalid_request_error", Code: code,
		Message: fmt.Sprintf(format, args...),
	}
}

// invalidParam is a refusal of the parameters themselves, before anything acted.
func invalidParam(code, param, format string, args ...any) *apiError {
	e := badRequest(code, format, args...).withParam(param)
	e.unkept = true
	return e
}

// missing answers for an object named in a parameter; in the path it is a 404
// (see notFound).
func missing(noun, id, param string) *apiError {
	return badRequest("resource_missing", "No such %s: '%s'", noun, id).withParam(param)
}

func notFound(noun, id, param string) *apiError {
	e := missing(noun, id, param)
	e.status = http.StatusNotFound
	return e
}

// cardError is a refusal by the card's or account's bank: HTTP 402.
func cardError(v verdict) *apiError {
	return &apiError{
		status: http.StatusPaymentRequired, Type: "card_error",
		Code: v.code, DeclineCode: v.decline, Message: v.message,
	}
}

func unauthorized(code, message string) *apiError {
	return &apiError{
		status: http.StatusUnauthorized, unkept: true,
		Type: "invalid_request_error", Code: code, Message: message,
	}
}

func unknownURL(method, path string) *apiError {
	return &apiError{
		status: http.StatusNotFound, unkept: true, Type: "invalid_request_error",
		Message: fmt.Sprintf("Unrecognized request URL (%s: %s). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.", method, path),
	}
}

func internalError(message string) *apiError {
	return &apiError{status: http.StatusInternalServerError, Type: "api_error", Message: message}
}
