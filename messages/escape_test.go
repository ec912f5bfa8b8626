package messages

import (
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/migration"
	"carryover/queries"
)

// anyName draws what a stranger may have typed or pasted: plain names, and pieces of everything that ever broke a mail.
func anyName() *rapid.Generator[string] {
	nasty := rapid.SampledFrom([]string{
		"<script>alert(1)</script>", "</td></tr></table>", "<!--", "-->", "<![endif]-->", "<!--[if mso]>", `" onload="x`, "'", "`", "&lt;b&gt;", "&",
		"{{.Link}}", "{{end}}", "</title>", "</style>", "<a href=https://evil.example>", "\r\nBcc: x@example.com", "\x00", "\u2028", "\u202e", "\u2066", "\u200f",
		"\u061c", "דוד", "عَلِي", "José", "李小龙", "👩‍👩‍👧", "\xff\xfe", "e\u0301\u0301\u0301", "javascript:", "%00", "\\", "$", strings.Repeat("W", 300),
	})
	return rapid.Custom(func(t *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(nasty, rapid.StringN(0, 20, -1)), 1, 6).Draw(t, "parts")
		return "Ann" + strings.Join(parts, rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
	})
}

// named puts drawn names wherever a tenant, an import or a staff member can write.
func named(t *rapid.T, c migration.EmailContent) migration.EmailContent {
	for _, field := range []*string{
		&c.FromName, &c.Recipient, &c.LocationName, &c.PlanName, &c.Unit, &c.Reason, &c.Tenant, &c.TenantEmail, &c.TenantPhone, &c.Billing,
	} {
		if *field != "" {
			*field = anyName().Draw(t, "name")
		}
	}
	return c
}

func TestAnyName(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	for kind, plain := range everyContent() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			email, err := r.Email(plain)
			require.NoError(t, err)
			want := structure(parse(t, email.HTML))
			rapid.Check(t, func(rt *rapid.T) {
				email, err := r.Email(named(rt, plain))
				require.NoError(rt, err)
				document := parse(rt, email.HTML)
				require.Equal(rt, want, structure(document), "a name changed the HTML")
				require.Equal(rt, linksOf(plain), hrefs(document))
				require.Equal(rt, linksOf(plain)[1:], unsubscribes(email))
				requireHeaderSafe(rt, email)
				requireTame(rt, email.Text)
				requireTame(rt, visible(document))
			})
		})
	}
}

func requireHeaderSafe(t require.TestingT, email migration.Email) {
	for _, header := range []string{email.Subject, email.FromName, email.ReplyTo} {
		require.False(t, strings.ContainsFunc(header, unicode.IsControl), "%q", header)
		require.LessOrEqual(t, len([]rune(header)), maxSubject)
		requireTame(t, header)
	}
}

// requireTame refuses the characters that rearrange what stands around them, and control characters other than line ends.
func requireTame(t require.TestingT, text string) {
	require.False(t, strings.ContainsFunc(text, func(r rune) bool {
		return unicode.Is(unicode.Bidi_Control, r) || unicode.IsControl(r) && r != '\n'
	}), "%q", text)
}

// A line of a text part cannot be forged: the number of lines does not depend on the names.
func TestTextPartKeepsItsLines(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	plain, err := r.Email(staffNotice())
	require.NoError(t, err)
	rapid.Check(t, func(rt *rapid.T) {
		email, err := r.Email(named(rt, staffNotice()))
		require.NoError(rt, err)
		require.Equal(rt, strings.Count(plain.Text, "\n"), strings.Count(email.Text, "\n"))
	})
}

// linksOf are the addresses that an email of this content holds, in their order.
func linksOf(c migration.EmailContent) []string {
	if c.Purpose == queries.DeliveryPurposeInvitation {
		return []string{c.Link, c.UnsubscribeURL}
	}
	return []string{c.Link}
}

// unsubscribes is what the headers are told.
func unsubscribes(email migration.Email) []string {
	if email.UnsubscribeURL == "" {
		return []string{}
	}
	return []string{email.UnsubscribeURL}
}
