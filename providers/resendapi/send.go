package resendapi

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"unicode"

	"github.com/resend/resend-go/v2"

	"carryover/migration"
)

const (
	maxBatch = 100 // https://resend.com/docs/api-reference/emails/send-batch-emails
	maxKey   = 256 // https://resend.com/docs/dashboard/emails/idempotency-keys
)

// deliveryTag leads from an event back to the delivery.
const deliveryTag = "delivery_id"

// SendBatch hands over 1 to 100 emails in one call. Validation is permissive: an email that Resend refuses says so in its
// own result, and the others go out. Each email is tagged with its delivery id, by which webhooks are told apart. The same
// emails are always sent as the same bytes, so a retry under the same key within a day sends nothing twice.
func (c *Client) SendBatch(ctx context.Context, key string, emails []migration.Email) ([]migration.EmailResult, error) {
	if err := checkBatch(key, emails); err != nil {
		return nil, err
	}
	sdk, seen := c.sdk()
	answer, err := sdk.Batch.SendWithOptions(ctx, c.requests(emails), &resend.BatchSendEmailOptions{
		IdempotencyKey:  key,
		BatchValidation: resend.BatchValidationPermissive,
	})
	if err != nil {
		return nil, c.report(ctx, key, len(emails), seen.failure(err))
	}
	results, err := settle(len(emails), answer)
	if err != nil {
		return nil, c.report(ctx, key, len(emails), uncertain("unreadable_answer", err))
	}
	return results, nil
}

func checkBatch(key string, emails []migration.Email) error {
	switch {
	case len(emails) < 1 || len(emails) > maxBatch:
		return refused("batch_size", fmt.Sprintf("A batch has 1 to %d emails, not %d.", maxBatch, len(emails)))
	case strings.TrimSpace(key) == "" || len(key) > maxKey:
		return refused("invalid_idempotency_key", fmt.Sprintf("The idempotency key must have 1 to %d characters.", maxKey))
	}
	return nil
}

func (c *Client) report(ctx context.Context, key string, emails int, pe *migration.ProviderError) error {
	c.log.WarnContext(ctx, "resend: batch not answered", "key", key, "emails", emails,
		"kind", pe.Kind, "code", pe.Code, "retry_after", pe.RetryAfter)
	return pe
}

func (c *Client) requests(emails []migration.Email) []*resend.SendEmailRequest {
	requests := make([]*resend.SendEmailRequest, len(emails))
	for i, e := range emails {
		requests[i] = &resend.SendEmailRequest{
			From:    sender(e.FromName, c.from),
			To:      []string{e.To},
			Subject: oneLine(e.Subject),
			ReplyTo: oneLine(e.ReplyTo),
			Html:    e.HTML,
			Text:    e.Text,
			Headers: headers(e),
			Tags:    []resend.Tag{{Name: deliveryTag, Value: e.DeliveryID.String()}},
		}
	}
	return requests
}

// headers let a mail client offer to unsubscribe with one click of its own (RFC 8058, section 3.1, which wants both). They are
// part of the body: JSON writes their names in order, so the bytes stay the same.
func headers(e migration.Email) map[string]string {
	if e.UnsubscribeURL == "" {
		return nil
	}
	return map[string]string{
		"List-Unsubscribe":      "<" + oneLine(e.UnsubscribeURL) + ">",
		"List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
	}
}

// Sender is how a reader sees who an email of this name is from.
func (c *Client) Sender(fromName string) string {
	if name := senderName(fromName); name != "" {
		return name + " <" + c.from + ">"
	}
	return c.from
}

// sender quotes or encodes the name as RFC 5322 and RFC 2047 have it. No name can end the header or pose as the address.
// Two kinds of characters are left out although they are allowed: angle brackets, because the vendor reads "Name <address>"
// and a refused sender would fail every email; backslashes, because net/mail writes them into encoded words as they are,
// and then cannot read what it wrote.
func sender(name, address string) string {
	if name = senderName(name); name == "" {
		return address
	}
	return (&mail.Address{Name: name, Address: address}).String()
}

func senderName(name string) string {
	return oneLine(strings.NewReplacer("<", " ", ">", " ", `\`, " ").Replace(name))
}

// oneLine turns every run of blanks, line breaks and other control characters into one space: in a header they would begin
// the next one, and Resend refuses a subject with a line break.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// settle puts the answer in the order of the emails. [INF] data holds the ids of the accepted ones in the order they were
// given, and errors the places of the others; the vendor's example shows that and its text does not say it. Where the two
// do not add up to the batch, nobody can say which email has which id.
func settle(n int, answer *resend.BatchEmailResponse) ([]migration.EmailResult, error) {
	results := make([]migration.EmailResult, n)
	bad := 0
	for _, e := range answer.Errors {
		if e.Index < 0 || e.Index >= n {
			return nil, fmt.Errorf("the answer refuses email %d of %d", e.Index, n)
		}
		if results[e.Index].Refused == "" {
			bad++
		}
		results[e.Index].Refused = reason(results[e.Index].Refused, e.Message)
	}
	if len(answer.Data)+bad != n {
		return nil, fmt.Errorf("the answer has %d ids and %d refusals for %d emails", len(answer.Data), bad, n)
	}
	return results, fill(results, answer.Data)
}

func fill(results []migration.EmailResult, accepted []resend.SendEmailResponse) error {
	for i := range results {
		if results[i].Refused != "" {
			continue
		}
		if results[i].ProviderID = accepted[0].Id; accepted[0].Id == "" {
			return fmt.Errorf("the answer has no id for email %d", i)
		}
		accepted = accepted[1:]
	}
	return nil
}

// reason joins what is wrong with one email. It is never empty, because an empty one means accepted.
func reason(before, message string) string {
	if message = redact(oneLine(message)); message == "" {
		message = "Refused without a reason."
	}
	if before == "" {
		return message
	}
	return before + " " + message
}
