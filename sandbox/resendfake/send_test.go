package resendfake_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/resend/resend-go/v2"
	"github.com/stretchr/testify/require"

	"carryover/sandbox/resendfake"
)

func TestSend(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		mail := letter("Ann <ann@home.test>", "bob@home.test")
		mail.ReplyTo = "desk@studios.test"
		mail.Tags = []resend.Tag{{Name: "delivery", Value: "d_1"}}
		mail.Headers = map[string]string{"List-Unsubscribe": "<https://studios.test/u/1>"}
		mail.Attachments = []*resend.Attachment{{Filename: "terms.pdf", Content: []byte("%PDF")}}
		sent, err := b.client.Emails.SendWithOptions(t.Context(), mail, &resend.SendEmailOptions{IdempotencyKey: "k"})
		require.NoError(t, err)

		emails := b.server.Emails()
		require.Len(t, emails, 1)
		e := emails[0]
		require.Equal(t, sent.Id, e.ID)
		require.Equal(t, mail.To, e.To)
		require.Equal(t, []string{"desk@studios.test"}, e.ReplyTo)
		require.Equal(t, "d_1", e.Tag("delivery"))
		require.Empty(t, e.Tag("other"))
		require.Equal(t, mail.Headers, e.Headers)
		require.Equal(t, []string{"terms.pdf"}, e.Attachments)
		require.Equal(t, "k", e.IdempotencyKey)
		require.Equal(t, b.clock.Now(), e.AcceptedAt)

		got, err := b.client.Emails.GetWithContext(t.Context(), sent.Id)
		require.NoError(t, err)
		require.Equal(t, mail.Html, got.Html)
		require.Equal(t, mail.Subject, got.Subject)
		require.Equal(t, "2030-01-02T03:04:05.000000+00:00", got.CreatedAt)
	})

	t.Run("ErrKey", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		_, err := sdk(t, b.url, "re_other").Emails.Send(letter("a@home.test"))
		require.ErrorContains(t, err, "API key is invalid")
		status, _, answer := b.post(t, "/emails", "{}", "Authorization", "")
		require.Equal(t, http.StatusUnauthorized, status)
		require.JSONEq(t, `{"statusCode":401,"name":"missing_api_key","message":"Missing API key in the authorization header."}`, answer)
		status, _, answer = b.post(t, "/emails", "{}", "Authorization", "Bearer re_other")
		require.Equal(t, http.StatusForbidden, status)
		require.Contains(t, answer, `"invalid_api_key"`)
		require.Len(t, b.server.Requests(), 3)
	})

	t.Run("ErrNotFound", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		_, err := b.client.Emails.Get("49a3999c-0ce1-4ea6-ab68-afcd6dc2e794")
		require.ErrorContains(t, err, "Email not found")
		_, err = b.client.Emails.Get("17")
		require.ErrorContains(t, err, "UUID")
		status, _, _ := b.post(t, "/mails", "{}")
		require.Equal(t, http.StatusNotFound, status)
		status, _, answer := b.post(t, "/emails/x", "{}")
		require.Equal(t, http.StatusMethodNotAllowed, status, answer)
	})
}

func TestSendRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t, resendfake.Options{Domains: []string{"studios.test"}, RefuseTestDomains: true})
	cases := []struct {
		name   string
		alter  func(*resend.SendEmailRequest)
		status int
		err    string
	}{
		{"NoFrom", func(m *resend.SendEmailRequest) { m.From = "" }, 422, "missing_required_field"},
		{"NoTo", func(m *resend.SendEmailRequest) { m.To = nil }, 422, "missing_required_field"},
		{"NoSubject", func(m *resend.SendEmailRequest) { m.Subject = "" }, 422, "missing_required_field"},
		{"NoContent", func(m *resend.SendEmailRequest) { m.Html, m.Text = "", "" }, 422, "missing_required_field"},
		{"SubjectOfTwoLines", func(m *resend.SendEmailRequest) { m.Subject = "a\nb" }, 422, "validation_error"},
		{"From", func(m *resend.SendEmailRequest) { m.From = "Studios" }, 422, "Invalid `from` field"},
		{"DomainNotVerified", func(m *resend.SendEmailRequest) { m.From = "a@other.test" }, 403, "not verified"},
		{"ToWithoutAt", func(m *resend.SendEmailRequest) { m.To = []string{"ann"} }, 422, "Invalid `to` field"},
		{"ToWithoutDot", func(m *resend.SendEmailRequest) { m.To = []string{"ann@home"} }, 422, "Invalid `to` field"},
		{"ToDoubleDot", func(m *resend.SendEmailRequest) { m.To = []string{"a..n@home.test"} }, 422, "Invalid `to` field"},
		{"ToUmlaut", func(m *resend.SendEmailRequest) { m.To = []string{"änn@home.test"} }, 422, "Invalid `to` field"},
		{"ToUnclosed", func(m *resend.SendEmailRequest) { m.To = []string{"Ann <ann@home.test"} }, 422, "Invalid `to` field"},
		{"ToInjected", func(m *resend.SendEmailRequest) { m.To = []string{"Ann\r\nBcc: x <ann@home.test>"} }, 422, "Invalid `to` field"},
		{"ToTwoInOne", func(m *resend.SendEmailRequest) { m.To = []string{"a@home.test, b@home.test"} }, 422, "Invalid `to` field"},
		{"ToExample", func(m *resend.SendEmailRequest) { m.To = []string{"ann@example.com"} }, 422, "testing email address"},
		{"ReplyTo", func(m *resend.SendEmailRequest) { m.ReplyTo = "desk" }, 422, "Invalid `reply_to` field"},
		{"51Recipients", func(m *resend.SendEmailRequest) { m.To = strings.Split(strings.Repeat("a@home.test ", 51), " ")[:51] }, 422, "exceed 50"},
		{"TagCharset", func(m *resend.SendEmailRequest) { m.Tags = []resend.Tag{{Name: "a", Value: "b c"}} }, 422, "Tags should only"},
		{"TagTwice", func(m *resend.SendEmailRequest) {
			m.Tags = []resend.Tag{{Name: "a", Value: "b"}, {Name: "a", Value: "c"}}
		}, 422, "Duplicate"},
		{"HeaderInjected", func(m *resend.SendEmailRequest) { m.Headers = map[string]string{"X-A": "b\r\nBcc: c"} }, 422, "Invalid `headers`"},
		{"SchedulePast", func(m *resend.SendEmailRequest) { m.ScheduledAt = "2029-01-01T00:00:00Z" }, 422, "in the future"},
		{"ScheduleFar", func(m *resend.SendEmailRequest) { m.ScheduledAt = "2030-03-01T00:00:00Z" }, 422, "30 days"},
		{"ScheduleText", func(m *resend.SendEmailRequest) { m.ScheduledAt = "in 1 hour" }, 422, "ISO 8601"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			mail := letter("ann@home.test")
			c.alter(mail)
			raw, err := json.Marshal(mail)
			require.NoError(t, err)
			status, _, answer := b.post(t, "/emails", string(raw))
			require.Equal(t, c.status, status, answer)
			require.Contains(t, answer, c.err)
			require.Empty(t, b.server.Emails())
		})
	}
	for name, body := range map[string]string{"NoJSON": "{", "WrongType": `{"from":7}`, "WrongItem": `{"to":[7]}`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			status, _, answer := b.post(t, "/emails", body)
			require.Contains(t, []int{400, 422}, status)
			require.Contains(t, answer, "validation_error")
		})
	}
}

func TestBatch(t *testing.T) {
	t.Parallel()
	bad := letter("nobody")
	mode := func(m resend.BatchValidationMode) *resend.BatchSendEmailOptions {
		return &resend.BatchSendEmailOptions{BatchValidation: m}
	}

	t.Run("PermissiveNamesTheBadOnes", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		answer, err := b.client.Batch.SendWithOptions(t.Context(),
			[]*resend.SendEmailRequest{letter("a@home.test"), bad, letter("c@home.test")}, mode(resend.BatchValidationPermissive))
		require.NoError(t, err)
		require.Len(t, answer.Data, 2)
		require.Len(t, answer.Errors, 1)
		require.Equal(t, 1, answer.Errors[0].Index)
		require.Contains(t, answer.Errors[0].Message, "Invalid `to` field")
		emails := b.server.Emails()
		require.Len(t, emails, 2)
		require.Equal(t, answer.Data[1].Id, emails[1].ID, "ids are in the order of the valid emails")
		require.Equal(t, []string{"c@home.test"}, emails[1].To)
	})

	t.Run("StrictRefusesAll", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		for _, m := range []resend.BatchValidationMode{"", resend.BatchValidationStrict} {
			_, err := b.client.Batch.SendWithOptions(t.Context(), []*resend.SendEmailRequest{letter("a@home.test"), bad}, mode(m))
			require.ErrorContains(t, err, "Invalid `to` field")
		}
		require.Empty(t, b.server.Emails())
	})

	t.Run("Size", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		var mails []*resend.SendEmailRequest
		for i := range 101 {
			mails = append(mails, letter(fmt.Sprintf("a%d@home.test", i)))
		}
		_, err := b.client.Batch.SendWithContext(t.Context(), mails)
		require.ErrorContains(t, err, "between 1 and 100")
		_, err = b.client.Batch.SendWithContext(t.Context(), []*resend.SendEmailRequest{})
		require.ErrorContains(t, err, "between 1 and 100")
		answer, err := b.client.Batch.SendWithContext(t.Context(), mails[:100])
		require.NoError(t, err)
		require.Len(t, answer.Data, 100)
	})

	t.Run("ErrScheduled", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		mail := letter("a@home.test")
		mail.ScheduledAt = "2030-01-03T00:00:00Z"
		_, err := b.client.Batch.SendWithContext(t.Context(), []*resend.SendEmailRequest{mail})
		require.ErrorContains(t, err, "not supported in a batch")
	})
}

func TestScheduled(t *testing.T) {
	t.Parallel()
	b := setup(t, resendfake.Options{})
	schedule := func(to string) string {
		mail := letter(to)
		mail.ScheduledAt = "2030-01-03T00:00:00Z"
		sent, err := b.client.Emails.SendWithContext(t.Context(), mail)
		require.NoError(t, err)
		return sent.Id
	}
	canceled, moved := schedule("a@home.test"), schedule("b@home.test")
	_, err := b.client.Emails.CancelWithContext(t.Context(), canceled)
	require.NoError(t, err)
	_, err = b.client.Emails.UpdateWithContext(t.Context(), &resend.UpdateEmailRequest{Id: moved, ScheduledAt: "2030-01-05T00:00:00Z"})
	require.NoError(t, err)

	b.clock.Advance(48 * time.Hour)
	time.Sleep(250 * time.Millisecond)
	e, _ := b.server.Email(moved)
	require.Equal(t, "scheduled", e.LastEvent, "not yet")
	b.clock.Advance(48 * time.Hour)
	require.Eventually(t, func() bool { e, _ := b.server.Email(moved); return e.LastEvent == "delivered" }, time.Minute, 5*time.Millisecond)
	e, _ = b.server.Email(canceled)
	require.Equal(t, "canceled", e.LastEvent)
	require.Empty(t, e.History)

	_, err = b.client.Emails.CancelWithContext(t.Context(), moved)
	require.ErrorContains(t, err, "can no longer be changed")
}

func TestList(t *testing.T) {
	t.Parallel()
	b := setup(t, resendfake.Options{})
	var ids []string
	for range 25 {
		sent, err := b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
		require.NoError(t, err)
		ids = append(ids, sent.Id)
	}
	first, err := b.client.Emails.ListWithContext(t.Context())
	require.NoError(t, err)
	require.True(t, first.HasMore)
	require.Len(t, first.Data, 20)
	require.Equal(t, ids[24], first.Data[0].Id, "newest first")
	rest, err := b.client.Emails.ListWithOptions(t.Context(), &resend.ListOptions{After: &first.Data[19].Id})
	require.NoError(t, err)
	require.False(t, rest.HasMore)
	require.Len(t, rest.Data, 5)
	three := 3
	back, err := b.client.Emails.ListWithOptions(t.Context(), &resend.ListOptions{Before: &rest.Data[0].Id, Limit: &three})
	require.NoError(t, err)
	require.True(t, back.HasMore)
	require.Equal(t, first.Data[17:20], back.Data)
}

func TestRateLimit(t *testing.T) {
	t.Parallel()

	t.Run("Window", func(t *testing.T) {
		t.Parallel()
		wall := newClock()
		b := setup(t, resendfake.Options{RateLimit: 2, Wall: wall.Now})
		for range 2 {
			_, err := b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
			require.NoError(t, err)
		}
		_, err := b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
		var limited *resend.RateLimitError
		require.ErrorAs(t, err, &limited)
		require.Equal(t, "2", limited.Limit)
		require.Equal(t, "0", limited.Remaining)
		require.Equal(t, "1", limited.Reset)
		require.Equal(t, "1", limited.RetryAfter)
		wall.Advance(time.Second)
		_, err = b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
		require.NoError(t, err)
		require.Len(t, b.server.Emails(), 3)
	})

	t.Run("ByOrder", func(t *testing.T) {
		t.Parallel()
		b := setup(t, resendfake.Options{})
		b.server.Faults.Add(resendfake.Fault{Kind: resendfake.RateLimit, Times: 1, RetryAfter: 7 * time.Second})
		_, err := b.client.Emails.SendWithContext(t.Context(), letter("a@home.test"))
		var limited *resend.RateLimitError
		require.ErrorAs(t, err, &limited)
		require.Equal(t, "7", limited.RetryAfter)
		require.Equal(t, "7", limited.Reset)
		require.Equal(t, "0", limited.Remaining)
	})
}
