package twiliofake_test

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/sandbox/twiliofake"
)

func TestStatusCallbacks(t *testing.T) {
	t.Parallel()

	t.Run("SignedAndInOrder", func(t *testing.T) {
		t.Parallel()
		rec := newReceiver(t)
		b := setup(t, twiliofake.Options{})
		m, err := b.api.CreateMessage(text(twiliofake.ToUndelivered, "Hi").SetStatusCallback(rec.url + "/hook?delivery=d1&x=%2F"))
		require.NoError(t, err)
		forms := rec.wait(t, 3)
		var statuses []string
		for _, form := range forms {
			require.Equal(t, *m.Sid, form.Get("MessageSid"))
			require.Equal(t, account, form.Get("AccountSid"))
			statuses = append(statuses, form.Get("MessageStatus"))
		}
		require.Equal(t, []string{"sending", "sent", "undelivered"}, statuses)
		require.Equal(t, "30003", forms[2].Get("ErrorCode"))
		require.False(t, forms[1].Has("ErrorCode"))
	})

	t.Run("DoubledAndReordered", func(t *testing.T) {
		t.Parallel()
		rec := newReceiver(t)
		b := setup(t, twiliofake.Options{})
		b.server.Faults.Add(twiliofake.Fault{Kind: twiliofake.HookReorder, Path: "message.sent"})
		b.server.Faults.Add(twiliofake.Fault{Kind: twiliofake.HookDouble, Path: "message.delivered"})
		_, err := b.api.CreateMessage(text(theirs, "Hi").SetStatusCallback(rec.url))
		require.NoError(t, err)
		var statuses []string
		for _, form := range rec.wait(t, 4) {
			statuses = append(statuses, form.Get("MessageStatus"))
		}
		require.Equal(t, []string{"sending", "delivered", "delivered", "sent"}, statuses)
	})

	t.Run("ByHand", func(t *testing.T) {
		t.Parallel()
		rec := newReceiver(t)
		b := setup(t, twiliofake.Options{})
		m, err := b.api.CreateMessage(text(twiliofake.ToStaysSent, "Hi").SetStatusCallback(rec.url))
		require.NoError(t, err)
		rec.wait(t, 2)
		require.NoError(t, b.server.Become(*m.Sid, twiliofake.Outcome{Status: "undelivered", ErrorCode: 30005}))
		require.Equal(t, "30005", rec.wait(t, 3)[2].Get("ErrorCode"))
		require.Error(t, b.server.Become("SM0", twiliofake.Outcome{Status: "sent"}))
		require.Error(t, b.server.Become(*m.Sid, twiliofake.Outcome{Status: "eaten"}))
	})
}

func TestReply(t *testing.T) {
	t.Parallel()

	t.Run("ReachesTheWebhookSigned", func(t *testing.T) {
		t.Parallel()
		rec := newReceiver(t)
		b := setup(t, twiliofake.Options{InboundURL: rec.url + "/in"})
		b.send(t, theirs, "Your email?")
		body := "ann@home.test & thanks = 100% ünïcode"
		m, err := b.server.Reply(theirs, body)
		require.NoError(t, err)
		form := rec.wait(t, 1)[0]
		require.Equal(t, body, form.Get("Body"))
		require.Equal(t, theirs, form.Get("From"))
		require.Equal(t, ours, form.Get("To"))
		require.Equal(t, m.SID, form.Get("MessageSid"))
		got, err := b.api.FetchMessage(m.SID, nil)
		require.NoError(t, err)
		require.Equal(t, "inbound", *got.Direction)
		require.Equal(t, "received", *got.Status)
	})

	t.Run("ErrNobodyToAnswer", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{})
		_, err := b.server.Reply(theirs, "Hello?")
		require.ErrorContains(t, err, "nothing was ever sent")
		_, err = b.server.Reply("555", "Hello?")
		require.ErrorContains(t, err, "+15551234567")
		_, err = b.server.Reply(theirs, "")
		require.Error(t, err)
	})

	t.Run("FirstWord", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{Numbers: []string{ours}})
		m, err := b.server.Reply(theirs, "Hello?")
		require.NoError(t, err)
		require.Equal(t, ours, m.To)
	})
}

func TestOptOut(t *testing.T) {
	t.Parallel()
	for _, word := range []string{"STOP", "Unsubscribe", "end", " quit\n", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"} {
		t.Run(strings.TrimSpace(word), func(t *testing.T) {
			t.Parallel()
			rec := newReceiver(t)
			b := setup(t, twiliofake.Options{InboundURL: rec.url})
			b.send(t, theirs, "Hello")
			_, err := b.server.Reply(theirs, word)
			require.NoError(t, err)
			require.Equal(t, word, rec.wait(t, 1)[0].Get("Body"), "it reaches the webhook all the same")
			_, err = b.api.CreateMessage(text(theirs, "Hello?"))
			require.Equal(t, 21610, code(t, err))
			require.True(t, b.server.Threads()[0].OptedOut)

			_, err = b.api.CreateMessage(text("+15559998888", "Hello"))
			require.NoError(t, err, "nobody else is opted out")
			_, err = b.server.Reply(theirs, "unstop")
			require.NoError(t, err)
			require.False(t, b.server.Threads()[0].OptedOut)
			b.send(t, theirs, "Hello again")
		})
	}

	t.Run("OnlyTheWholeText", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{})
		b.send(t, theirs, "Hello")
		for _, body := range []string{"Stop texting me", "please stop", "start", "yes"} {
			_, err := b.server.Reply(theirs, body)
			require.NoError(t, err)
		}
		b.send(t, theirs, "Hello again")
		require.Len(t, b.server.Threads()[0].Messages, 6, "and the vendor answered none of them")
	})

	t.Run("TheVendorAnswers", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{})
		b.send(t, theirs, "Hello")
		for range 2 {
			_, err := b.server.Reply(theirs, "STOP")
			require.NoError(t, err)
		}
		messages := b.server.Threads()[0].Messages
		require.Len(t, messages, 4, "and only once")
		require.Equal(t, "outbound-reply", messages[2].Direction)
		require.Contains(t, messages[2].Body, "unsubscribed")
	})
}

func TestThreads(t *testing.T) {
	t.Parallel()
	b := setup(t, twiliofake.Options{Journal: filepath.Join(t.TempDir(), "j")})
	require.Empty(t, b.server.Threads())
	b.send(t, theirs, "one")
	b.send(t, "+15553330000", "two")
	_, err := b.server.Reply(theirs, "three")
	require.NoError(t, err)
	threads := b.server.Threads()
	require.Len(t, threads, 2)
	require.Equal(t, theirs, threads[0].Phone, "last written to comes first")
	require.Equal(t, ours, threads[0].Number)
	require.Equal(t, "one", threads[0].Messages[0].Body)
	require.True(t, threads[0].Messages[1].Inbound())
}

func TestSegments(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body     string
		n        int
		encoding string
	}{
		"Empty":            {"", 1, "GSM-7"},
		"GSM160":           {strings.Repeat("x", 160), 1, "GSM-7"},
		"GSM161":           {strings.Repeat("x", 161), 2, "GSM-7"},
		"GSM306":           {strings.Repeat("x", 306), 2, "GSM-7"},
		"GSM307":           {strings.Repeat("x", 307), 3, "GSM-7"},
		"EuroIsTwo":        {strings.Repeat("€", 80), 1, "GSM-7"},
		"EuroIsTwo81":      {strings.Repeat("€", 81), 2, "GSM-7"},
		"EuroIsNotSplit":   {strings.Repeat("€", 153), 3, "GSM-7"}, // 76 in a part, not 76.5
		"OtherAccents":     {"Noël", 1, "UCS-2"},
		"Umlauts":          {"Grüße, Ö", 1, "GSM-7"},
		"CurlyQuote":       {"it’s", 1, "UCS-2"},
		"UCS70":            {strings.Repeat("ж", 70), 1, "UCS-2"},
		"UCS71":            {strings.Repeat("ж", 71), 2, "UCS-2"},
		"UCS135":           {strings.Repeat("ж", 135), 3, "UCS-2"},
		"EmojiIsTwo":       {strings.Repeat("🚗", 35), 1, "UCS-2"},
		"EmojiIsNotSplit":  {strings.Repeat("🚗", 67), 3, "UCS-2"}, // 33 in a part, not 33.5
		"NewlinesAreBasic": {"a\nb\r", 1, "GSM-7"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n, encoding := twiliofake.Segments(c.body)
			require.Equal(t, c.encoding, encoding)
			require.Equal(t, c.n, n)
		})
	}
	rapid.Check(t, func(rt *rapid.T) {
		body := rapid.String().Draw(rt, "body")
		n, _ := twiliofake.Segments(body)
		longer, _ := twiliofake.Segments(body + "x")
		require.GreaterOrEqual(rt, longer, n, "a longer text never needs less")
	})
}
