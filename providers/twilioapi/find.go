package twilioapi

import (
	"context"
	"strconv"
	"strings"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"carryover/migration"
	"carryover/queries"
)

const (
	opFind = "find texts"
	// pageSize and mostFound bound a listing. One person gets a handful of texts; a number with more in the books cannot be
	// judged by machine.
	pageSize  = 100
	mostFound = 1000
)

// FindTexts lists what was sent to a number and made since a moment. It filters by the number alone and picks by the time of
// making itself: Twilio's own filter is by DateSent, which a text that still waits in Twilio's queue has not.
func (c *Client) FindTexts(ctx context.Context, to string, since time.Time) ([]migration.SentText, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	sdk, seen := c.sdk(ctx)
	messages, err := sdk.ListMessage((&openapi.ListMessageParams{}).SetTo(to).SetPageSize(pageSize).SetLimit(mostFound))
	if err != nil || !seen.ok() {
		return nil, seen.failure(opFind, err)
	}
	if len(messages) >= mostFound {
		return nil, &migration.ProviderError{Provider: "twilio", Op: opFind, Kind: migration.ProviderUncertain, Code: "too_many",
			Message: "Twilio's books have too many texts to this number."}
	}
	found := []migration.SentText{}
	for i := range messages {
		if m := &messages[i]; outgoing(m) && !madeBefore(m, since) {
			found = append(found, sent(m))
		}
	}
	return found, nil
}

func outgoing(m *openapi.ApiV2010Message) bool {
	return m.Direction == nil || strings.HasPrefix(*m.Direction, "outbound")
}

// madeBefore: a date that cannot be read proves nothing, so the text stays in the list.
func madeBefore(m *openapi.ApiV2010Message, since time.Time) bool {
	at, err := time.Parse(time.RFC1123Z, text(m.DateCreated))
	return err == nil && at.Before(since.Truncate(time.Second))
}

func sent(m *openapi.ApiV2010Message) migration.SentText {
	s := migration.SentText{ProviderID: text(m.Sid), To: text(m.To), Body: text(m.Body),
		Status: status(text(m.Status)), Segments: number(m.NumSegments)}
	if m.ErrorCode != nil && *m.ErrorCode != 0 {
		s.Code, s.Reason = strconv.Itoa(*m.ErrorCode), oneLine(text(m.ErrorMessage))
	}
	return s
}

// status puts the vendor's word for a text that is in its books into ours. In the books means taken: what fails after that is
// UNDELIVERED and never FAILED, for the person may not be texted again.
func status(word string) queries.DeliveryStatus {
	switch word {
	case "delivered", "read":
		return queries.DeliveryStatusDelivered
	case "undelivered", "failed", "canceled":
		return queries.DeliveryStatusUndelivered
	default: // accepted, scheduled, queued, sending, sent
		return queries.DeliveryStatusAccepted
	}
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
