package resendfake

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	maxRecipients = 50
	maxAhead      = 30 * 24 * time.Hour // how far an email can be scheduled
)

var (
	mailbox    = regexp.MustCompile(`^[A-Za-z0-9!#$%&'*+/=?^_{|}~\x60-]+(\.[A-Za-z0-9!#$%&'*+/=?^_{|}~\x60-]+)*@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$`)
	tagText    = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
	headerName = regexp.MustCompile(`^[!#$%&'*+.^_|~0-9A-Za-z\x60-]+$`)

	// https://resend.com/docs/knowledge-base/what-email-addresses-to-use-for-testing
	testDomains = []string{"example.com", "example.org", "example.net", "test.com"}
)

// mailboxOf returns the address of `a@b.c` or `Name <a@b.c>`, lower-case and
// without a name, "" where it is neither.
func mailboxOf(address string) string {
	address = strings.TrimSpace(address)
	if open := strings.LastIndexByte(address, '<'); open >= 0 {
		name, rest := address[:open], address[open+1:]
		if !strings.HasSuffix(rest, ">") || strings.ContainsAny(name, "<>\r\n") {
			return ""
		}
		address = strings.TrimSuffix(rest, ">")
	}
	local, _, _ := strings.Cut(address, "@")
	if len(address) > 254 || len(local) > 64 || !mailbox.MatchString(address) {
		return ""
	}
	return strings.ToLower(address)
}

func domainOf(mailbox string) string {
	_, domain, _ := strings.Cut(mailbox, "@")
	return domain
}

// check is everything the vendor refuses an email for.
func (s *Server) check(d draft) error {
	for _, c := range []func(draft) error{s.checkFrom, s.checkRecipients, checkContent, checkTags, checkHeaders, s.checkSchedule} {
		if err := c(d); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) checkFrom(d draft) error {
	if d.From == "" {
		return missing("from")
	}
	from := mailboxOf(d.From)
	if from == "" {
		return badAddress("from")
	}
	if len(s.options.Domains) > 0 && !slices.Contains(s.options.Domains, domainOf(from)) {
		return &apiError{403, "validation_error", "The " + domainOf(from) + " domain is not verified. Please, add and verify your domain."}
	}
	return nil
}

func (s *Server) checkRecipients(d draft) error {
	if len(d.To) == 0 {
		return missing("to")
	}
	if len(d.To)+len(d.Cc)+len(d.Bcc) > maxRecipients {
		return invalid("The number of recipients must not exceed %d.", maxRecipients)
	}
	fields := []struct {
		name string
		list addresses
	}{{"to", d.To}, {"cc", d.Cc}, {"bcc", d.Bcc}, {"reply_to", d.ReplyTo}}
	for _, field := range fields {
		for _, address := range field.list {
			if mailboxOf(address) == "" {
				return badAddress(field.name)
			}
			if s.options.RefuseTestDomains && slices.Contains(testDomains, domainOf(mailboxOf(address))) {
				return invalid("Invalid `%s` field. Please use our testing email address instead of domains like `example.com`.", field.name)
			}
		}
	}
	return nil
}

func badAddress(field string) error {
	return invalid("Invalid `%s` field. The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.", field)
}

func checkContent(d draft) error {
	switch {
	case d.Subject == "":
		return missing("subject")
	case strings.ContainsAny(d.Subject, "\r\n"):
		return invalid("The `\\n` is not allowed in the `subject` field.")
	case d.HTML == "" && d.Text == "":
		return &apiError{422, "missing_required_field", "Missing `html` or `text` field."}
	}
	return nil
}

func checkTags(d draft) error {
	var seen []string
	for _, tag := range d.Tags {
		if !tagText.MatchString(tag.Name) || !tagText.MatchString(tag.Value) {
			return invalid("Tags should only contain ASCII letters, numbers, underscores, or dashes, and no more than 256 of them.")
		}
		if slices.Contains(seen, tag.Name) {
			return invalid("Duplicate tag names are not allowed.")
		}
		seen = append(seen, tag.Name)
	}
	return nil
}

func checkHeaders(d draft) error {
	for name, value := range d.Headers {
		if !headerName.MatchString(name) || strings.ContainsAny(value, "\r\n") {
			return invalid("Invalid `headers` field. Header names and values must not contain line breaks or other forbidden characters.")
		}
	}
	return nil
}

func (s *Server) checkSchedule(d draft) error {
	if d.ScheduledAt == "" {
		return nil
	}
	_, err := s.schedule(d.ScheduledAt)
	return err
}

// schedule reads a moment to come. Of the vendor's forms only ISO 8601 is
// understood, not "in 1 hour".
func (s *Server) schedule(text string) (time.Time, error) {
	at, err := time.Parse(time.RFC3339, text)
	now := s.options.Now()
	switch {
	case err != nil:
		return time.Time{}, invalid("Invalid `scheduled_at` field. It needs to be an ISO 8601 date such as `2030-01-02T15:04:05Z`.")
	case at.Before(now):
		return time.Time{}, invalid("Invalid `scheduled_at` field. The date must be in the future.")
	case at.After(now.Add(maxAhead)):
		return time.Time{}, invalid("Invalid `scheduled_at` field. Emails can be scheduled up to 30 days in advance.")
	}
	return at, nil
}
