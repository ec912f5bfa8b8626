package twilioapi

import (
	"crypto/hmac"
	"crypto/sha1" //nolint:gosec // Twilio signs with HMAC-SHA1
	"encoding/base64"
	"errors"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/google/uuid"

	"carryover/migration"
	"carryover/queries"
)

// Webhooks verifies what claims to come from Twilio. PublicURL is where Twilio reaches this installation: it signs the address
// that it calls, and behind a proxy no request tells that one. PreviousAuthToken is taken too while the token is replaced, and "" is none.
type Webhooks struct{ AuthToken, PreviousAuthToken, PublicURL string }

var (
	errSignature = errors.New("the request is not signed as Twilio signs")
	errNoMessage = errors.New("the request names no message")
)

// Status answers what a status callback says. path is the request's with its query, delivery the id that our callback URL ends in.
func (w Webhooks) Status(path, delivery string, form url.Values, signature string) (migration.TextEvent, error) {
	if err := w.verify(path, form, signature); err != nil {
		return migration.TextEvent{}, err
	}
	e := migration.TextEvent{ProviderID: form.Get("MessageSid"), Told: form.Get("MessageStatus"), Code: form.Get("ErrorCode")}
	e.DeliveryID, _ = uuid.Parse(delivery) // of an address that is not ours there is no delivery
	e.Status = statuses[e.Told]
	if e.Status == queries.DeliveryStatusUndelivered {
		e.OptedOut = e.Code == codeOptedOut
		e.Reason = undelivered(e.Code)
	}
	return e, nil
}

// Incoming answers the text that somebody sent to one of our numbers.
func (w Webhooks) Incoming(path string, form url.Values, signature string) (migration.IncomingText, error) {
	if err := w.verify(path, form, signature); err != nil {
		return migration.IncomingText{}, err
	}
	return migration.IncomingText{ProviderID: form.Get("MessageSid"), From: form.Get("From"), To: form.Get("To"), Body: form.Get("Body"),
		Kind: optOuts[form.Get("OptOutType")]}, nil
}

func (w Webhooks) verify(path string, form url.Values, signature string) error {
	switch {
	case !w.signed(path, form, signature):
		return errSignature
	case form.Get("MessageSid") == "":
		return errNoMessage
	}
	return nil
}

// signed tries the address with and without its port: Twilio signs the one or the other, as its own libraries know.
func (w Webhooks) signed(path string, form url.Values, given string) bool {
	return slices.ContainsFunc([]string{w.AuthToken, w.PreviousAuthToken}, func(token string) bool {
		return token != "" && slices.ContainsFunc(addresses(w.PublicURL), func(base string) bool {
			return hmac.Equal([]byte(signature(token, base+path, form)), []byte(given))
		})
	})
}

// signature is as "Validating Signatures from Twilio" has it: over the address and then every posted parameter's name and value,
// in the order of the names.
func signature(token, address string, form url.Values) string {
	mac := hmac.New(sha1.New, []byte(token))
	_, _ = io.WriteString(mac, address)
	for _, name := range slices.Sorted(maps.Keys(form)) {
		values := slices.Clone(form[name])
		slices.Sort(values)
		for _, value := range slices.Compact(values) {
			_, _ = io.WriteString(mac, name+value)
		}
	}
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// addresses are a public URL with and without its port.
func addresses(public string) []string {
	u, err := url.Parse(public)
	if err != nil {
		return nil
	}
	port := map[string]string{"http": "80", "https": "443"}[u.Scheme]
	if u.Port() == "" {
		return []string{public, public + ":" + port}
	}
	return []string{public, strings.TrimSuffix(public, ":"+u.Port())}
}

// statuses are Twilio's in our words; those that are not here change nothing. A text of which a callback tells was taken, so it
// is UNDELIVERED where it failed and never FAILED: that is a text that surely reached nobody, and would be sent again.
var statuses = map[string]queries.DeliveryStatus{
	"accepted": queries.DeliveryStatusAccepted, "scheduled": queries.DeliveryStatusAccepted, "queued": queries.DeliveryStatusAccepted,
	"sending": queries.DeliveryStatusAccepted, "sent": queries.DeliveryStatusAccepted,
	"delivered": queries.DeliveryStatusDelivered, "read": queries.DeliveryStatusDelivered,
	"undelivered": queries.DeliveryStatusUndelivered, "failed": queries.DeliveryStatusUndelivered, "canceled": queries.DeliveryStatusUndelivered,
}

// optOuts are the readings of "Advanced Opt-Out", where the account has it.
var optOuts = map[string]queries.TextReplyKind{
	"STOP": queries.TextReplyKindStop, "START": queries.TextReplyKindStart, "HELP": queries.TextReplyKindHelp,
}

const codeOptedOut = "21610"

// reasons are the common error codes in plain words (Twilio, "Error and Warning Dictionary").
var reasons = map[string]string{
	"21610": "The person has opted out of texts.",
	"30001": "Too many texts were waiting.",
	"30002": "The texting account is suspended.",
	"30003": "The phone cannot be reached: it is off, out of range or out of service.",
	"30004": "The phone or its carrier blocks our texts.",
	"30005": "The number is not in service.",
	"30006": "The number is a landline, or its carrier takes no texts.",
	"30007": "The carrier filtered it as unwanted.",
	"30008": "The carrier gave no reason.",
	"30034": "The carrier refuses senders that are not registered (A2P 10DLC).",
	"30036": "It could not be delivered in time.",
}

func undelivered(code string) string {
	switch reason, known := reasons[code]; {
	case known:
		return reason
	case code != "":
		return "The carrier did not deliver it (error " + code + ")."
	}
	return "The carrier did not deliver it."
}
