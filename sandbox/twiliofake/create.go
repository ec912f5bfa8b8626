package twiliofake

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf8"

	"carryover/sandbox/internal/journal"
)

// The vendor's numbers for tests, https://www.twilio.com/docs/iam/test-credentials,
// refused at once by the code in their name.
const (
	ToInvalid       = "+15005550001" // 21211
	ToUnroutable    = "+15005550002" // 21612
	ToForbidden     = "+15005550003" // 21408, no permission for the country
	ToOptedOut      = "+15005550004" // 21610
	ToLandline      = "+15005550009" // 21614
	FromInvalid     = "+15005550001" // 21212
	FromNotOwned    = "+15005550007" // 21606
	FromFullOfQueue = "+15005550008" // 21611
)

const (
	maxBody     = 1600
	maxValidity = 36_000
)

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

func (s *Server) create(r *http.Request) (any, error) {
	if r.PathValue("account") != s.options.AccountSID {
		return nil, errNotFound(r.URL.Path)
	}
	m, err := s.read(r.PostForm)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.optOuts[pair(m.To, m.From)] {
		return nil, errOptedOut(m)
	}
	if err := s.fits(m); err != nil {
		return nil, err
	}
	m.Ahead = s.fate(m.To)
	if err := s.enter(m); err != nil {
		s.options.Logger.Error("text not accepted", "err", err)
		return nil, err
	}
	v := s.show(m)
	if m.MessagingService != "" {
		v.NumSegments, v.From = "0", "" // not known yet, as no sender is chosen
	}
	return v, nil
}

// read checks everything that the form alone decides.
func (s *Server) read(form url.Values) (Message, error) {
	now := s.options.Now().UTC()
	m := Message{
		SID: newSID(), From: form.Get("From"), To: form.Get("To"), Body: form.Get("Body"), Direction: "outbound-api",
		MessagingService: form.Get("MessagingServiceSid"), StatusCallback: form.Get("StatusCallback"), CreatedAt: now,
		Progress: Progress{Status: "queued", UpdatedAt: now},
	}
	if err := checkTo(m.To); err != nil {
		return m, err
	}
	if err := s.chooseFrom(&m); err != nil {
		return m, err
	}
	switch length := utf8.RuneCountInString(m.Body); {
	case length == 0:
		return m, bad(21602, "Message body is required.")
	case length > maxBody:
		return m, bad(21617, "The concatenated message body exceeds the 1600 character limit.")
	}
	if callback, err := url.Parse(m.StatusCallback); m.StatusCallback != "" && (err != nil || callback.Host == "") {
		return m, bad(21609, "The 'StatusCallback' URL %s is not a valid URL.", m.StatusCallback)
	}
	var err error
	m.Segments, _ = Segments(m.Body)
	m.ValidityPeriod, err = validity(form.Get("ValidityPeriod"))
	return m, err
}

func checkTo(to string) error {
	switch {
	case to == "":
		return bad(21604, "A 'To' phone number is required.")
	case !e164.MatchString(to) || to == ToInvalid:
		return bad(21211, "The 'To' number %s is not a valid phone number.", to)
	case to == ToUnroutable:
		return bad(21612, "The 'To' phone number: %s, is not currently reachable using the 'From' phone number via SMS.", to)
	case to == ToForbidden:
		return bad(21408, "Permission to send an SMS has not been enabled for the region indicated by the 'To' number: %s.", to)
	case to == ToOptedOut:
		return errOptedOut(Message{To: to})
	case to == ToLandline:
		return bad(21614, "'To' number: %s, is not a valid mobile number", to)
	}
	return nil
}

func errOptedOut(m Message) error {
	return bad(21610, "Attempt to send to unsubscribed recipient %s", m.To)
}

// chooseFrom checks the sender. A messaging service sends from the account's
// first number.
func (s *Server) chooseFrom(m *Message) error {
	if m.From == "" && m.MessagingService != "" && len(s.options.Numbers) > 0 {
		m.From, m.Status = s.options.Numbers[0], "accepted"
		return nil
	}
	switch {
	case m.From == "":
		return bad(21603, "A 'From' phone number is required.")
	case !e164.MatchString(m.From) || m.From == FromInvalid:
		return bad(21212, "The 'From' number %s is not a valid phone number, shortcode, or alphanumeric sender ID.", m.From)
	case m.From == FromNotOwned || len(s.options.Numbers) > 0 && !slices.Contains(s.options.Numbers, m.From):
		return bad(21606, "The 'From' phone number %s is not a valid, SMS-capable phone number of this account.", m.From)
	case m.From == FromFullOfQueue:
		return errQueueFull(m.From)
	case m.From == m.To:
		return bad(21266, "'To' and 'From' number cannot be the same: %s", m.To)
	}
	return nil
}

func errQueueFull(from string) error {
	return bad(21611, "This 'From' number %s has exceeded the maximum number of queued messages", from)
}

func validity(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	seconds, err := strconv.Atoi(text)
	if err != nil || seconds < 1 || seconds > maxValidity {
		return 0, bad(20001, "ValidityPeriod %s must be between 1 and %d seconds", text, maxValidity)
	}
	return seconds, nil
}

// fits refuses what would make the number's queue too long. It needs s.mu.
func (s *Server) fits(m Message) error {
	if s.queuedSegments[m.From]+m.Segments > s.options.QueueLimit {
		return errQueueFull(m.From)
	}
	return nil
}

// enter puts a message into the books, in one line of the journal together
// with whatever else became true. It needs s.mu.
func (s *Server) enter(m Message, also ...journal.Entry) error {
	entry, err := journal.Put("message", m.SID, m)
	if err != nil {
		return err
	}
	if err := s.journal.Append(append(also, entry)...); err != nil {
		return err
	}
	s.messages[m.SID] = &m
	s.order = append(s.order, m.SID)
	if len(m.Ahead) > 0 {
		s.queue(&m)
	}
	return nil
}
