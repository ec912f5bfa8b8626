package twilioapi

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"carryover/migration"
)

// refusals are what Twilio refuses at once for the sake of this number or this text, in words for staff. The codes are those
// of https://www.twilio.com/docs/api/errors.
var refusals = map[int]string{
	21211: "The number is not a valid phone number.",
	21214: "The number cannot be reached.",
	21217: "The number is not a valid phone number.",
	21265: "The number is a short code, which cannot be texted.",
	21266: "The number is the one that texts come from.",
	21408: "Texts to this number's country are not switched on at Twilio.",
	21602: "The text was empty.",
	21604: "There was no number to send to.",
	21608: "Twilio's trial account may only text numbers that were verified there.",
	21610: "The person has opted out of texts by replying STOP.",
	21612: "The number cannot be reached from the number that texts come from.",
	21614: "The number is not a mobile number.",
	21617: "The text was too long.",
	21635: "The number is a landline.",
	30004: "The number blocks messages.",
	60205: "The number is a landline.",
}

// operators are what Twilio refuses for every text alike, until an operator mends the account or the sender.
var operators = map[int]string{
	20003: "Twilio does not accept our account and token.",
	20005: "The Twilio account is not active.",
	20006: "The Twilio account may not do this.",
	20404: "Twilio does not know the account.",
	21212: "Twilio does not accept what texts come from (TWILIO_FROM).",
	21603: "Twilio misses what texts come from (TWILIO_FROM).",
	21606: "The number that texts come from (TWILIO_FROM) is not one of the account's that can send texts.",
	21609: "Twilio does not accept our address for reports (CARRYOVER_PUBLIC_URL).",
	21659: "What texts come from (TWILIO_FROM) is not the account's.",
	21660: "What texts come from (TWILIO_FROM) is not the account's.",
	21701: "The messaging service (TWILIO_FROM) does not exist.",
	21703: "The messaging service (TWILIO_FROM) has no number to send from.",
	21705: "The messaging service (TWILIO_FROM) is not valid.",
	30002: "The Twilio account is suspended.",
}

// tooMany are Twilio's ways to say "later".
var tooMany = []int{20429, 21611, 14107}

// failure says what a failed call proves. Whatever is not known to have left nothing behind is uncertain, also a 2xx that
// could not be read.
func (w *witness) failure(op string, err error) *migration.ProviderError {
	pe := &migration.ProviderError{Provider: "twilio", Op: op, Kind: w.kind(), Code: w.code(), Message: w.message()}
	pe.OptedOut = pe.Code == codeOptedOut
	if pe.Err = quiet(err); w.status != 0 {
		pe.Err = fmt.Errorf("status %d, code %d", w.status, w.problem.Code)
	}
	if pe.Kind == migration.ProviderThrottled {
		pe.RetryAfter = w.retryAfter()
	}
	return pe
}

func (w *witness) kind() migration.ProviderErrorKind {
	_, refused := refusals[w.problem.Code]
	_, shut := operators[w.problem.Code]
	switch {
	case w.status == 0 && !w.mayHaveLeft.Load():
		return migration.ProviderAway
	case w.status < 400, w.status >= 500, w.status == http.StatusRequestTimeout:
		return migration.ProviderUncertain
	case w.status == http.StatusTooManyRequests, slices.Contains(tooMany, w.problem.Code):
		return migration.ProviderThrottled
	case refused:
		return migration.ProviderRefused
	case shut, w.status == http.StatusUnauthorized, w.status == http.StatusForbidden, w.status == http.StatusNotFound:
		return migration.ProviderShut
	}
	return migration.ProviderRefused
}

func (w *witness) code() string {
	switch {
	case w.problem.Code != 0:
		return strconv.Itoa(w.problem.Code)
	case w.status == 0 && !w.mayHaveLeft.Load():
		return "not_reached"
	case w.status == 0 || w.ok():
		return "no_answer"
	}
	return fmt.Sprintf("http_%d", w.status)
}

func (w *witness) message() string {
	switch {
	case w.kind() == migration.ProviderAway:
		return "Twilio could not be reached."
	case w.kind() == migration.ProviderThrottled:
		return "Twilio asks us to slow down."
	case w.status >= 500:
		return "Twilio had an error of its own."
	case w.kind() == migration.ProviderUncertain:
		return "Twilio gave no answer that could be read."
	}
	for _, known := range []map[int]string{refusals, operators} {
		if words := known[w.problem.Code]; words != "" {
			return words
		}
	}
	if w.status == http.StatusUnauthorized {
		return operators[20003]
	}
	if w.problem.Message != "" {
		return oneLine(w.problem.Message)
	}
	return fmt.Sprintf("Twilio answered with status %d.", w.status)
}

// retryAfter reads Retry-After as seconds or as a date (RFC 9110, 10.2.3). A date is held against the answer's own Date: our
// clock may go wrong.
func (w *witness) retryAfter() time.Duration {
	given := w.header.Get("Retry-After")
	if seconds, err := strconv.Atoi(given); err == nil {
		return max(time.Duration(seconds)*time.Second, 0)
	}
	until, err := http.ParseTime(given)
	if err != nil {
		return 0
	}
	now, err := http.ParseTime(w.header.Get("Date"))
	if err != nil {
		return 0
	}
	return max(until.Sub(now), 0)
}

// quiet drops the URL that net/http puts around its errors: it names the account.
func quiet(err error) error {
	var ue *url.Error
	if errors.As(err, &ue) {
		return ue.Err
	}
	return err
}

const maxMessage = 300

// oneLine keeps a vendor's sentence to one line of a bearable length.
func oneLine(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if runes := []rune(s); len(runes) > maxMessage {
		return string(runes[:maxMessage]) + "…"
	}
	return s
}
