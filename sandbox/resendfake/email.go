package resendfake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"
)

// Email is one accepted email as the books have it. Treat it as read-only.
type Email struct {
	ID             string            `json:"id"`
	From           string            `json:"from"`
	To             []string          `json:"to"`
	Cc             []string          `json:"cc,omitempty"`
	Bcc            []string          `json:"bcc,omitempty"`
	ReplyTo        []string          `json:"reply_to,omitempty"`
	Subject        string            `json:"subject"`
	HTML           string            `json:"html,omitempty"`
	Text           string            `json:"text,omitempty"`
	Headers        map[string]string `json:"headers,omitempty"`
	Tags           []Tag             `json:"tags,omitempty"`
	Attachments    []string          `json:"attachments,omitempty"` // their file names; contents are not kept
	IdempotencyKey string            `json:"idempotency_key,omitempty"`
	AcceptedAt     time.Time         `json:"accepted_at"`

	Progress
}

// Progress is what changes after acceptance. It has a journal entry of its
// own, so that an event does not write the whole email again.
type Progress struct {
	LastEvent   string    `json:"last_event"` // the event without "email.", such as "delivered"
	ScheduledAt time.Time `json:"scheduled_at,omitzero"`
	History     []Event   `json:"history"`
	Ahead       []string  `json:"ahead,omitempty"` // events that are still to happen
}

// Event is one thing that happened to an email.
type Event struct {
	Type string    `json:"type"` // such as "email.delivered"
	At   time.Time `json:"at"`
}

// Tag is a name and value that the sender attached.
type Tag struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Tag returns the value of a tag, "" where there is none.
func (e Email) Tag(name string) string {
	for _, tag := range e.Tags {
		if tag.Name == name {
			return tag.Value
		}
	}
	return ""
}

// draft is an email as it is sent to the API.
type draft struct {
	From        string            `json:"from"`
	To          addresses         `json:"to"`
	Cc          addresses         `json:"cc"`
	Bcc         addresses         `json:"bcc"`
	ReplyTo     addresses         `json:"reply_to"`
	Subject     string            `json:"subject"`
	HTML        string            `json:"html"`
	Text        string            `json:"text"`
	Headers     map[string]string `json:"headers"`
	Tags        []Tag             `json:"tags"`
	ScheduledAt string            `json:"scheduled_at"`
	Attachments []struct {
		Filename string `json:"filename"`
		Path     string `json:"path"`
	} `json:"attachments"`
}

func (d draft) email() Email {
	e := Email{
		From: d.From, To: d.To, Cc: d.Cc, Bcc: d.Bcc, ReplyTo: d.ReplyTo,
		Subject: d.Subject, HTML: d.HTML, Text: d.Text, Headers: d.Headers, Tags: d.Tags,
	}
	for _, a := range d.Attachments {
		e.Attachments = append(e.Attachments, cmp.Or(a.Filename, a.Path))
	}
	return e
}

// addresses takes one address or a list of them, as the API does.
type addresses []string

func (a *addresses) UnmarshalJSON(raw []byte) error {
	var one string
	if err := json.Unmarshal(raw, &one); err == nil {
		if *a = nil; one != "" {
			*a = addresses{one}
		}
		return nil
	}
	var many []string
	if err := json.Unmarshal(raw, &many); err != nil {
		return fmt.Errorf("an address or a list of addresses: %w", err)
	}
	*a = many
	return nil
}
