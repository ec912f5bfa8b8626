package migration

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"carryover/throttle"
)

// Code says why something expected could not be done; clients rely on the names.
type Code string

// The codes of the API's UserErrorCode.
const (
	CodeInvalid               Code = "INVALID"
	CodeRequired              Code = "REQUIRED"
	CodeNotFound              Code = "NOT_FOUND"
	CodeTaken                 Code = "TAKEN"
	CodeWrongState            Code = "WRONG_STATE"
	CodeWrongCredentials      Code = "WRONG_CREDENTIALS"
	CodeLinkClosed            Code = "LINK_CLOSED"
	CodeQuoteChanged          Code = "QUOTE_CHANGED"
	CodeTotalChanged          Code = "TOTAL_CHANGED"
	CodeAlreadyDecided        Code = "ALREADY_DECIDED"
	CodePaymentMethodUnusable Code = "PAYMENT_METHOD_UNUSABLE"
	CodeKeyReused             Code = "KEY_REUSED"
	CodeStale                 Code = "STALE"
	CodeCountChanged          Code = "COUNT_CHANGED"
	CodeRateLimited           Code = "RATE_LIMITED"
	CodeBusy                  Code = "BUSY"
)

// Refusal is one reason, for a person (Message), beside the field at fault (Field, from the input's root).
type Refusal struct {
	Code    Code
	Field   []string
	Message string
	// RetryAfter is in how many seconds the same may be asked again. nil: waiting helps nothing.
	RetryAfter *int
}

// Refusals is the error of every verb that refuses. Nothing was changed. All that is wrong with an input comes at once.
type Refusals []*Refusal

func (r Refusals) Error() string {
	messages := make([]string, len(r))
	for i, one := range r {
		messages[i] = one.Message
	}
	return strings.Join(messages, " ")
}

// Refuse is a single refusal. Without a field it is about the request as a whole.
func Refuse(code Code, message string, field ...string) Refusals {
	return Refusals{{Code: code, Field: field, Message: message}}
}

// RefusalsIn answers the refusals in err's chain; a try too many is one. ok is false for every other error, which is then a surprise
// and not for the eyes of a client.
func RefusalsIn(err error) (refusals Refusals, ok bool) {
	var tooMany *throttle.Refused
	if errors.As(err, &tooMany) {
		return refuseForNow(tooMany.RetryAfter), true
	}
	ok = errors.As(err, &refusals)
	return refusals, ok
}

func refuseForNow(after time.Duration) Refusals {
	seconds := int(after / time.Second)
	return Refusals{{Code: CodeRateLimited, Message: "That was tried too often. Try again in " + waitInWords(seconds) + ".", RetryAfter: &seconds}}
}

func waitInWords(seconds int) string {
	if seconds > 90 {
		return fmt.Sprintf("%d minutes", (seconds+59)/60)
	}
	return fmt.Sprintf("%d seconds", seconds)
}

// busyAfter is when to ask again for what others hold, in seconds.
const busyAfter = 5

// RefuseBusy refuses what others hold for longer than a person waits (IsBusy).
func RefuseBusy() Refusals {
	return Refusals{{Code: CodeBusy, RetryAfter: ptr(busyAfter),
		Message: "Something else is at work on this just now, for instance an import. Try again in a moment."}}
}

// add collects one more.
func (r *Refusals) add(code Code, message string, field ...string) {
	*r = append(*r, &Refusal{Code: code, Field: field, Message: message})
}

// err answers nil where nothing was collected.
func (r Refusals) err() error {
	if len(r) == 0 {
		return nil
	}
	return r
}

// constraintRefusals is what a violated constraint means to the person who ran into it. The database has the last word on
// these rules, since two requests can pass every check before it at the same moment.
var constraintRefusals = map[string]Refusal{
	"invitations_one_live_offer":             {Code: CodeTaken, Field: []string{"planId"}, Message: "This tenant already has an open invitation for this plan and unit."},
	"reservations_one_live_claim":            {Code: CodeTaken, Message: "There is already a reservation for this plan and unit."},
	"reservations_one_live_legacy":           {Code: CodeTaken, Message: "This legacy membership has already been migrated."},
	"counter_migrations_one_of_a_membership": {Code: CodeTaken, Field: []string{"legacyMembershipId"}, Message: "Another open session has this membership. Go on there, or end that one and go on here."},
	"submissions_one_open":                   {Code: CodeWrongState, Message: "This offer has already been submitted."},
	"tenants_email_key":                      {Code: CodeTaken, Field: []string{"email"}, Message: "This address belongs to another tenant. Invite them under it, or enter another one."},
	"invitations_insurance_fits_location":    {Code: CodeInvalid, Field: []string{"insurancePlanId"}, Message: "This insurance is not offered at the plan's location."},
}

// violates tells whether this constraint is what stood in the way.
func violates(err error, constraint string) bool {
	var pgErr *pgconn.PgError
	return errors.As(err, &pgErr) && pgErr.ConstraintName == constraint
}

// refusal turns a violated constraint into what it means, and leaves every other error as it is.
func refusal(err error) error {
	var pgErr *pgconn.PgError
	if !errors.As(err, &pgErr) {
		return err
	}
	if r, ok := constraintRefusals[pgErr.ConstraintName]; ok {
		return Refusals{&r}
	}
	return err
}
