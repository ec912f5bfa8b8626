package server_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
)

// nasty is a name that may be entered, since people and studios are called what they are called.
const nasty = `<img src=x onerror=alert(1)> =HYPERLINK("http://evil.example")`

// TestNamesChangeNothingAround: what a stranger, a tenant or staff are called stands in emails, texts and pages as text alone.
func TestNamesChangeNothingAround(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Exec(t, `UPDATE locations SET sender_name = $1, name = $1`, nasty)
	b.Exec(t, `UPDATE plans SET name = $1 WHERE id = $2`, nasty, b.Studio.ID)
	inv := b.Sent(t, testkit.WithPhone(theirPhone), func(d *migration.InvitationDraft) { d.NewTenant.Name, d.Unit = nasty, `"><script>alert(2)</script>` })
	b.QueueText(t, inv, theirPhone)
	b.MustWork(t)
	unsubscribe := strings.Trim(b.Resend.Emails()[0].Headers["List-Unsubscribe"], "<>")
	acceptance := b.Acceptance(t, inv, testkit.Visa)
	acceptance.Signature.Name = nasty
	sub := b.Submit(t, inv, acceptance)
	_, err := b.Rules.RejectSubmission(t.Context(), testkit.By(b.Manager),
		migration.RejectRequest{SubmissionID: sub.ID, Reason: "<a href=http://evil.example>Pay here</a>\r\nBcc: all@example.com"})
	if refusals, ok := migration.RefusalsIn(err); ok { // a reason has one line
		require.Len(t, refusals, 1)
		_, err = b.Rules.RejectSubmission(t.Context(), testkit.By(b.Manager), migration.RejectRequest{SubmissionID: sub.ID, Reason: "<a href=http://evil.example>Pay here</a>"})
	}
	require.NoError(t, err)
	b.MustWork(t)

	emails := b.Resend.Emails()
	require.GreaterOrEqual(t, len(emails), 2, "the invitation and the rejection")
	for _, e := range emails {
		for _, markup := range []string{"<img src=x", "<script>alert", "<a href=http://evil", `href="http://evil`} {
			require.NotContains(t, e.HTML, markup, e.Subject)
		}
		require.NotContains(t, e.Subject+e.From+strings.Join(e.ReplyTo, ""), "\n")
		for name, value := range e.Headers {
			require.NotContains(t, name+value, "\n")
			require.NotContains(t, value, "<img")
		}
	}
	texts := b.Twilio.Texts(theirPhone)
	require.Len(t, texts, 1)
	require.NotContains(t, texts[0].Body, "\n")

	page := b.send(t, "GET", strings.TrimPrefix(unsubscribe, testkit.PublicURL), "")
	require.Equal(t, http.StatusOK, page.StatusCode)
	require.NotContains(t, page.text, "<img src=x")
	require.Contains(t, page.text, "&lt;img src=x")
	setup := b.send(t, "POST", "/graphql", operation(`{setup(token:"`+b.Token(t, inv)+`"){greetingName locationName planName reopenedReason}}`))
	require.Equal(t, "application/json; charset=utf-8", setup.Header.Get("Content-Type"), "no browser makes a page of it")
	require.Equal(t, "nosniff", setup.Header.Get("X-Content-Type-Options"))
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM submissions WHERE signature_name = $1`, nasty), "and what was signed is kept as it was signed")
}
