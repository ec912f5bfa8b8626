package resendfake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"carryover/sandbox/internal/hooks"
	"carryover/sandbox/internal/journal"
)

func decodeSecret(o Options) ([]byte, error) {
	if o.WebhookURL == "" {
		return nil, nil
	}
	secret, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(o.WebhookSecret, "whsec_"))
	if err != nil || len(secret) == 0 {
		return nil, fmt.Errorf("the webhook secret should be whsec_ and then base64")
	}
	return secret, nil
}

// hookData is the data of https://resend.com/docs/webhooks/event-types.
type hookData struct {
	CreatedAt string            `json:"created_at"`
	EmailID   string            `json:"email_id"`
	From      string            `json:"from"`
	To        []string          `json:"to"`
	Subject   string            `json:"subject"`
	Headers   []Tag             `json:"headers,omitempty"`
	Tags      map[string]string `json:"tags,omitempty"`
	Bounce    *hookBounce       `json:"bounce,omitempty"`
	Failed    *hookFailed       `json:"failed,omitempty"`
}

type hookBounce struct {
	Message string `json:"message"`
	Type    string `json:"type"`
	SubType string `json:"subType"`
}

type hookFailed struct {
	Reason string `json:"reason"`
}

// hook makes the webhook of an event; wanted is false where nobody listens.
func (s *Server) hook(e Email, event string, at time.Time) (h hooks.Hook, wanted bool) {
	if s.options.WebhookURL == "" {
		return hooks.Hook{}, false
	}
	data := hookData{CreatedAt: stamp(e.AcceptedAt), EmailID: e.ID, From: e.From, To: e.To, Subject: e.Subject}
	for name, value := range e.Headers {
		data.Headers = append(data.Headers, Tag{name, value})
	}
	slices.SortFunc(data.Headers, func(a, b Tag) int { return strings.Compare(a.Name, b.Name) })
	if len(e.Tags) > 0 {
		data.Tags = map[string]string{}
	}
	for _, tag := range e.Tags {
		data.Tags[tag.Name] = tag.Value
	}
	switch event {
	case "email.bounced":
		data.Bounce = &hookBounce{"The recipient's mail server permanently rejected the email.", "Permanent", "General"}
	case "email.failed":
		data.Failed = &hookFailed{"reached_daily_quota"}
	}
	raw, err := json.Marshal(struct {
		Type      string   `json:"type"`
		CreatedAt string   `json:"created_at"`
		Data      hookData `json:"data"`
	}{event, at.Format("2006-01-02T15:04:05.000Z"), data})
	if err != nil {
		s.options.Logger.Error("webhook not made", "event", event, "err", err)
		return hooks.Hook{}, false
	}
	return hooks.Hook{
		ID: "msg_" + strings.ReplaceAll(uuid.NewString(), "-", ""), Lane: e.ID, Event: event,
		URL: s.options.WebhookURL, ContentType: "application/json", Body: string(raw), Due: time.Now(),
	}, true
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000+00:00") }

// sign is the svix scheme, https://docs.svix.com/receiving/verifying-payloads/how-manual.
// Its timestamp is that of the attempt, on wall time whatever the books' clock
// says, since receivers refuse more than five minutes of difference.
func (s *Server) sign(r *http.Request, h hooks.Hook) {
	at := strconv.FormatInt(time.Now().Unix(), 10)
	mac := hmac.New(sha256.New, s.secret)
	mac.Write([]byte(h.ID + "." + at + "." + h.Body))
	r.Header.Set("svix-id", h.ID)
	r.Header.Set("svix-timestamp", at)
	r.Header.Set("svix-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	r.Header.Set("User-Agent", "Svix-Webhooks/1.0 (sandbox)")
}

func (s *Server) keepHook(h hooks.Hook) {
	entry, err := journal.Put("hook", h.ID, h)
	if err == nil {
		err = s.journal.Append(entry)
	}
	if err != nil {
		s.options.Logger.Error("webhook not kept for the next run", "id", h.ID, "err", err)
	}
}

func (s *Server) forgetHook(h hooks.Hook) {
	if err := s.journal.Append(journal.Delete("hook", h.ID)); err != nil {
		s.options.Logger.Error("webhook will be sent again by the next run", "id", h.ID, "err", err)
	}
}
