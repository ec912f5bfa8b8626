package twiliofake

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"carryover/sandbox/internal/hooks"
	"carryover/sandbox/internal/journal"
)

func (s *Server) statusHook(m Message, p Progress) hooks.Hook {
	form := s.common(m)
	form.Set("MessageStatus", p.Status)
	form.Set("SmsStatus", p.Status)
	if p.ErrorCode != 0 {
		form.Set("ErrorCode", strconv.Itoa(p.ErrorCode))
	}
	return newHook("message."+p.Status, m.SID, m.StatusCallback, form)
}

func (s *Server) inboundHook(m Message) hooks.Hook {
	form := s.common(m)
	form.Set("SmsMessageSid", m.SID)
	form.Set("SmsStatus", "received")
	form.Set("Body", m.Body)
	form.Set("NumMedia", "0")
	form.Set("NumSegments", strconv.Itoa(m.Segments))
	return newHook("message.received", m.From, s.options.InboundURL, form)
}

func (s *Server) common(m Message) url.Values {
	return url.Values{
		"AccountSid": {s.options.AccountSID}, "ApiVersion": {"2010-04-01"},
		"MessageSid": {m.SID}, "SmsSid": {m.SID}, "From": {m.From}, "To": {m.To},
	}
}

func newHook(event, lane, target string, form url.Values) hooks.Hook {
	return hooks.Hook{
		ID: uuid.NewString(), Lane: lane, Event: event, URL: target, Due: time.Now(),
		ContentType: "application/x-www-form-urlencoded; charset=utf-8", Body: form.Encode(),
	}
}

// post journals a callback together with what it reports and then lets it go.
func (s *Server) post(h hooks.Hook, also ...journal.Entry) error {
	entry, err := journal.Put("hook", h.ID, h)
	if err != nil {
		return err
	}
	if err := s.journal.Append(append(also, entry)...); err != nil {
		return err
	}
	s.sender.Send(h)
	return nil
}

// sign is https://www.twilio.com/docs/usage/security#validating-requests: the
// address, then every parameter's name and value in the order of the names.
func (s *Server) sign(r *http.Request, h hooks.Hook) {
	form, err := url.ParseQuery(h.Body)
	if err != nil {
		s.options.Logger.Error("callback goes out unsigned", "id", h.ID, "err", err)
		return
	}
	names := make([]string, 0, len(form))
	for name := range form {
		names = append(names, name)
	}
	slices.Sort(names)
	var text strings.Builder
	text.WriteString(h.URL)
	for _, name := range names {
		text.WriteString(name + form.Get(name))
	}
	mac := hmac.New(sha1.New, []byte(s.options.AuthToken))
	mac.Write([]byte(text.String()))
	r.Header.Set("X-Twilio-Signature", base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	r.Header.Set("User-Agent", "TwilioProxy/1.1 (sandbox)")
	r.Header.Set("I-Twilio-Idempotency-Token", h.ID)
}

func (s *Server) keepHook(h hooks.Hook) {
	entry, err := journal.Put("hook", h.ID, h)
	if err == nil {
		err = s.journal.Append(entry)
	}
	if err != nil {
		s.options.Logger.Error("callback not kept for the next run", "id", h.ID, "err", err)
	}
}

func (s *Server) forgetHook(h hooks.Hook) {
	if err := s.journal.Append(journal.Delete("hook", h.ID)); err != nil {
		s.options.Logger.Error("callback will be sent again by the next run", "id", h.ID, "err", err)
	}
}
