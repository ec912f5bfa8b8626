package twiliofake

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Message is one text as the books have it. Treat it as read-only.
type Message struct {
	SID              string    `json:"sid"`
	From             string    `json:"from"`
	To               string    `json:"to"`
	Body             string    `json:"body"`
	Direction        string    `json:"direction"` // inbound, outbound-api or outbound-reply
	Segments         int       `json:"segments"`
	MessagingService string    `json:"messaging_service,omitempty"`
	StatusCallback   string    `json:"status_callback,omitempty"`
	ValidityPeriod   int       `json:"validity_period,omitempty"` // seconds
	CreatedAt        time.Time `json:"created_at"`

	Progress
}

// Progress is what changes after acceptance. It has a journal entry of its
// own.
type Progress struct {
	Status    string    `json:"status"`
	ErrorCode int       `json:"error_code,omitempty"`
	SentAt    time.Time `json:"sent_at,omitzero"`
	UpdatedAt time.Time `json:"updated_at"`
	History   []Change  `json:"history"`
	Ahead     []Outcome `json:"ahead,omitempty"` // statuses that are still to come
}

// Change is one status a message came to.
type Change struct {
	Status string    `json:"status"`
	At     time.Time `json:"at"`
}

// Outcome is a status, and the error code where it is a failure.
type Outcome struct {
	Status    string `json:"status"`
	ErrorCode int    `json:"error_code,omitempty"`
}

// Inbound tells whether a person sent it.
func (m Message) Inbound() bool { return m.Direction == "inbound" }

// phone and number are the two ends: the person's and ours.
func (m Message) phone() string {
	if m.Inbound() {
		return m.From
	}
	return m.To
}

func (m Message) number() string {
	if m.Inbound() {
		return m.To
	}
	return m.From
}

func newSID() string { return "SM" + strings.ReplaceAll(uuid.NewString(), "-", "") }

// shown is a message as the API answers it.
type shown struct {
	AccountSID   string            `json:"account_sid"`
	APIVersion   string            `json:"api_version"`
	Body         string            `json:"body"`
	DateCreated  string            `json:"date_created"`
	DateSent     *string           `json:"date_sent"`
	DateUpdated  string            `json:"date_updated"`
	Direction    string            `json:"direction"`
	ErrorCode    *int              `json:"error_code"`
	ErrorMessage *string           `json:"error_message"`
	From         string            `json:"from"`
	Service      *string           `json:"messaging_service_sid"`
	NumMedia     string            `json:"num_media"`
	NumSegments  string            `json:"num_segments"`
	Price        *string           `json:"price"`
	PriceUnit    string            `json:"price_unit"`
	SID          string            `json:"sid"`
	Status       string            `json:"status"`
	Sub          map[string]string `json:"subresource_uris"`
	To           string            `json:"to"`
	URI          string            `json:"uri"`
}

func (s *Server) show(m Message) shown {
	path := "/2010-04-01/Accounts/" + s.options.AccountSID + "/Messages/" + m.SID
	v := shown{
		AccountSID: s.options.AccountSID, APIVersion: "2010-04-01", SID: m.SID, URI: path + ".json",
		Sub: map[string]string{"media": path + "/Media.json"}, NumMedia: "0", PriceUnit: "USD",
		Body: m.Body, Direction: m.Direction, From: m.From, To: m.To, Status: m.Status,
		NumSegments: strconv.Itoa(m.Segments), DateCreated: rfc2822(m.CreatedAt), DateUpdated: rfc2822(m.UpdatedAt),
	}
	if !m.SentAt.IsZero() {
		at := rfc2822(m.SentAt)
		v.DateSent = &at
	}
	if m.MessagingService != "" {
		v.Service = &m.MessagingService
	}
	if m.ErrorCode != 0 {
		text := reason(m.ErrorCode)
		v.ErrorCode, v.ErrorMessage = &m.ErrorCode, &text
	}
	return v
}

func rfc2822(t time.Time) string { return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 +0000") }

// reason is the vendor's sentence for a failure after acceptance.
func reason(code int) string {
	switch code {
	case 30003:
		return "Unreachable destination handset"
	case 30005:
		return "Unknown destination handset"
	case 30006:
		return "Landline or unreachable carrier"
	case 30007:
		return "Message filtered"
	case 30008:
		return "Unknown error"
	case 30036:
		return "Validity Period Expired"
	default:
		return fmt.Sprintf("Error %d", code)
	}
}
