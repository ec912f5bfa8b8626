package outbox

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestMoney(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]struct {
		amount   int64
		currency string
	}{
		"$0.05":           {5, "usd"},
		"$1,234.50":       {123450, "USD"},
		"−€10.00":         {-1000, "eur"},
		"¥12,345":         {12345, "jpy"},
		"CHF 12.00":       {1200, "chf"},
		"$1,234,567.89":   {123456789, "usd"},
		"CA$999.99":       {99999, "cad"},
		"VND 100":         {100, "vnd"},
		"$100,000,000.00": {10000000000, "usd"},
	} {
		require.Equal(t, want, money(c.amount, c.currency))
	}
}

func TestSince(t *testing.T) {
	t.Parallel()
	now := time.Date(2030, 3, 4, 10, 0, 0, 0, time.UTC)
	require.Equal(t, "09:58", since(now.Add(-2*time.Minute), now))
	require.Equal(t, "3 Mar", since(now.Add(-11*time.Hour), now))
	require.Equal(t, "31 Dec 2029", since(now.AddDate(0, -2, -4), now))
	require.Equal(t, "—", unix(0))
	require.Equal(t, "never", when(time.Time{}))
}

// However a text is cut into pieces, nothing of it is lost and only web
// addresses become links.
func TestPieces(t *testing.T) {
	t.Parallel()
	require.Equal(t, []piece{{Text: "Go to "}, {"https://a.test/x?y=1", "https://a.test/x?y=1"}, {Text: "."}}, pieces("Go to https://a.test/x?y=1."))
	require.Equal(t, []piece{{Text: "javascript:alert(1)"}}, pieces("javascript:alert(1)"))
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.Just("https://a.test/x"), rapid.Just("http://"))).Draw(rt, "text"), " ")
		var whole strings.Builder
		for _, p := range pieces(text) {
			whole.WriteString(p.Text)
			require.True(rt, p.Link == "" || strings.HasPrefix(p.Link, "http"))
		}
		require.Equal(rt, text, whole.String())
	})
}

func TestDiscs(t *testing.T) {
	t.Parallel()
	require.Equal(t, "A", initial("  ann"))
	require.Equal(t, "Ö", initial("öst"))
	require.Equal(t, "?", initial("…"))
	require.Equal(t, hue("Ann@home.test"), hue("ann@HOME.test"))
	require.Equal(t, "Ann", mailboxName("Ann <a@b.test>"))
	require.Equal(t, "a@b.test", mailbox("Ann <a@b.test>"))
	require.Equal(t, "not an address", mailbox("not an address"))
}
