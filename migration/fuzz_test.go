package migration_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
)

// FuzzOpenLink: what opens was made by us, in the one spelling that it has, and opens nothing of another kind.
func FuzzOpenLink(f *testing.F) {
	links := testkit.Links(f, "k1", "k2")
	token, err := links.Token("k1", testkit.Missing(), 7)
	require.NoError(f, err)
	unsubscribe, err := links.UnsubscribeToken("k2", testkit.Missing())
	require.NoError(f, err)
	text, err := links.TextToken("k1", testkit.Missing(), 7)
	require.NoError(f, err)
	for _, seed := range []string{token, unsubscribe, text, "", ".", "k1.", "k3." + token[3:], token + "=", token[:30] + "\n" + token[30:], strings.Repeat("A", 1000)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, token string) {
		invitation, version, err := links.Open(token)
		delivery, notDelivery := links.OpenUnsubscribe(token)
		if err == nil {
			require.Error(t, notDelivery, "a set-up's token is no other's")
			again, err := links.Token(token[:strings.IndexByte(token, '.')], invitation, version)
			require.NoError(t, err)
			require.Equal(t, again, token)
		}
		if notDelivery == nil {
			again, err := links.UnsubscribeToken(token[:strings.IndexByte(token, '.')], delivery)
			require.NoError(t, err)
			require.Equal(t, again, token)
		}
		require.NotPanics(t, func() { _, _, _ = migration.ParseText(token) })
	})
}

// FuzzParseEmail: what is taken stands in a header as it is, and is taken again as itself.
func FuzzParseEmail(f *testing.F) {
	for _, seed := range []string{"ann@example.com", " Ann@Example.COM ", "Ann <ann@example.com>", "ann@[127.0.0.1]", "a@b", "a\r\nBcc: x@y.z@example.com", `"a b"@example.com`,
		"ann@exämple.com", "ann@example.com,bob@example.com", "=?utf-8?q?a?=@example.com", "ann@example.com\x00", "\u202eann@example.com", "(c)ann@example.com"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		email, err := migration.ParseEmail(raw)
		if err != nil {
			require.Less(t, len(err.Error()), 500)
			return
		}
		require.True(t, utf8.ValidString(email))
		require.LessOrEqual(t, len(email), 254)
		require.NotContains(t, email, "\x00")
		require.False(t, strings.ContainsFunc(email, func(r rune) bool { return unicode.In(r, unicode.C) }), "%q", email)
		again, err := migration.ParseEmail(email)
		require.NoError(t, err)
		require.Equal(t, email, again)
	})
}

var e164 = regexp.MustCompile(`^\+[1-9][0-9]{6,14}$`)

// FuzzParsePhone: what is taken is what the database takes and Twilio calls.
func FuzzParsePhone(f *testing.F) {
	for _, seed := range []string{"+1 303 555 0123", "+13035550123", "3035550123", "+1(303)555-0123;ext=4", "+1 303 555 0123 ext. 7", "+", "+٣٤٥٦٧٨٩٠", "+1303555O123",
		"tel:+13035550123", "+13035550123;phone-context=+44", "+1-800-FLOWERS", "+0000000000", "+99999999999999999999", "+1 303\x00 5550123"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		phone, err := migration.ParsePhone(raw)
		if err != nil {
			require.Less(t, len(err.Error()), 500)
			return
		}
		require.Regexp(t, e164, phone)
		again, err := migration.ParsePhone(phone)
		require.NoError(t, err)
		require.Equal(t, phone, again)
	})
}
