package resendapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/google/uuid"
	"github.com/resend/resend-go/v2"

	"carryover/migration"
	"carryover/queries"
)

// Webhooks verifies what claims to come from Resend. Several secrets are accepted, so that one can be replaced without losing
// an event.
type Webhooks struct{ Secrets []string }

// Verify answers the event of a payload that one of the secrets signed at most 300 seconds ago (wall time; svix, "Verifying
// payloads"). Types that are not known here, also those of a later day, are answered with their name and no meaning.
func (w Webhooks) Verify(payload []byte, header http.Header) (migration.EmailEvent, error) {
	err := errors.New("no webhook secret is configured")
	for _, secret := range w.Secrets {
		err = (&resend.WebhooksSvcImpl{}).Verify(&resend.VerifyWebhookOptions{Payload: string(payload), WebhookSecret: secret,
			Headers: resend.WebhookHeaders{Id: header.Get("svix-id"), Timestamp: header.Get("svix-timestamp"), Signature: header.Get("svix-signature")}})
		if err == nil {
			return read(header.Get("svix-id"), payload)
		}
	}
	return migration.EmailEvent{}, fmt.Errorf("verify Resend's signature: %w", err)
}

// emailData is what is used of an event's data (https://resend.com/docs/webhooks/event-types).
type emailData struct {
	EmailID string `json:"email_id"`
	Tags    tags   `json:"tags"`
	Bounce  struct {
		Message string `json:"message"`
		Type    string `json:"type"`
	} `json:"bounce"`
	Failed struct {
		Reason string `json:"reason"`
	} `json:"failed"`
	Suppressed struct {
		Message string `json:"message"`
	} `json:"suppressed"`
}

// tags are an object in the vendor's examples and a list where they are sent. Any other form has none of ours.
type tags map[string]string

func (t *tags) UnmarshalJSON(raw []byte) error {
	var list []resend.Tag
	if json.Unmarshal(raw, (*map[string]string)(t)) == nil {
		return nil
	}
	*t = tags{}
	if json.Unmarshal(raw, &list) != nil {
		list = nil // of some other form
	}
	for _, one := range list {
		(*t)[one.Name] = one.Value
	}
	return nil
}

func read(id string, payload []byte) (migration.EmailEvent, error) {
	var event struct {
		Type string          `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(payload, &event); err != nil {
		return migration.EmailEvent{}, fmt.Errorf("read event %q: %w", id, err)
	}
	e := migration.EmailEvent{ID: id, Type: event.Type}
	if !strings.HasPrefix(event.Type, "email.") { // of a contact or a domain
		return e, nil
	}
	var data emailData
	if err := json.Unmarshal(event.Data, &data); err != nil {
		return e, fmt.Errorf("read event %q of type %q: %w", id, event.Type, err)
	}
	e.ProviderID = data.EmailID
	e.DeliveryID, _ = uuid.Parse(data.Tags[deliveryTag]) // somebody else's tag leads nowhere
	tell(&e, data)
	return e, nil
}

// tell says what an event means. Opened and clicked mean nothing for a delivery: mail servers open and click too.
func tell(e *migration.EmailEvent, data emailData) {
	switch e.Type {
	case "email.sent", "email.delivery_delayed":
		e.Status = queries.DeliveryStatusAccepted
	case "email.delivered":
		e.Status = queries.DeliveryStatusDelivered
	case "email.complained": // so it arrived
		e.Status, e.Complaint, e.Reason = queries.DeliveryStatusDelivered, true, "Reported as spam."
	case "email.bounced":
		e.Status, e.Permanent = queries.DeliveryStatusUndelivered, !strings.EqualFold(data.Bounce.Type, "Transient")
		e.Reason = "The recipient's mail server does not take it for now."
		if e.Permanent {
			e.Reason = "The recipient's mail server refused it for good."
		}
		e.Reason = because(e.Reason, data.Bounce.Message)
	case "email.suppressed":
		e.Status, e.Permanent = queries.DeliveryStatusUndelivered, true
		e.Reason = because("Resend writes to this address no more: an earlier email bounced or was reported as spam.", data.Suppressed.Message)
	case "email.failed":
		e.Status = queries.DeliveryStatusFailed
		e.Reason = because("Resend could not send it.", strings.ReplaceAll(data.Failed.Reason, "_", " "))
	}
}

// because puts the vendor's own words behind ours, in one line and not at any length.
func because(ours, theirs string) string {
	const most = 300
	line := []rune(redact(oneLine(theirs)))
	if len(line) > most {
		line = append(line[:most], '…')
	}
	return strings.TrimSpace(ours + " " + string(line))
}
