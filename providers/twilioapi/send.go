package twilioapi

import (
	"context"
	"errors"
	"strconv"
	"time"

	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"carryover/migration"
)

// Twilio may keep a text for as long as it is valid before it must have gone out; what is not sent by then is failed with 30036. That
// keeps a text of the evening out of the night, and longest ends the doubt about a lost answer: a text that Twilio should after all
// have taken cannot go out once it has passed. Shorter than shortest, Twilio would drop most of them
// (https://www.twilio.com/docs/messaging/api/message-resource).
const (
	longest  = 4 * time.Hour
	shortest = 10 * time.Second
)

func validity(t migration.Text) int {
	if t.ValidFor == 0 {
		return int(longest / time.Second)
	}
	return int(min(max(t.ValidFor, shortest), longest) / time.Second)
}

const opSend = "send text"

// SendText hands one text over, in one request that is never repeated. Its statuses are called back with the delivery's id. A
// ctx that ends is answered at once: as uncertain where the request may have left the machine, as away where it has not.
func (c *Client) SendText(ctx context.Context, t migration.Text) (migration.TextResult, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	sdk, seen := c.sdk(ctx)
	answer, err := sdk.CreateMessage(c.params(t))
	if err == nil && (!seen.ok() || answer.Sid == nil || *answer.Sid == "") {
		err = errors.New("the answer names no message")
	}
	if err != nil {
		return migration.TextResult{}, c.report(ctx, t, seen.failure(opSend, err))
	}
	return migration.TextResult{ProviderID: *answer.Sid, Segments: number(answer.NumSegments)}, nil
}

func (c *Client) params(t migration.Text) *openapi.CreateMessageParams {
	p := (&openapi.CreateMessageParams{}).SetTo(t.To).SetBody(t.Body).SetValidityPeriod(validity(t))
	if c.callback != "" {
		p.SetStatusCallback(c.callback + t.DeliveryID.String())
	}
	if services.MatchString(c.from) {
		return p.SetMessagingServiceSid(c.from)
	}
	return p.SetFrom(c.from)
}

// report logs a failure without the number: logs are read by more people than may know it.
func (c *Client) report(ctx context.Context, t migration.Text, pe *migration.ProviderError) error {
	c.log.WarnContext(ctx, "twilio: text not answered", "delivery_id", t.DeliveryID,
		"kind", pe.Kind, "code", pe.Code, "retry_after", pe.RetryAfter)
	return pe
}

// number reads a count that Twilio writes as text; a messaging service does not know it yet and says 0.
func number(s *string) int {
	if s == nil {
		return 0
	}
	n, err := strconv.Atoi(*s)
	if err != nil {
		return 0
	}
	return n
}
