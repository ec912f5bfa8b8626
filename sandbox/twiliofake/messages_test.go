package twiliofake_test

import (
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"carryover/sandbox/twiliofake"
)

func TestCreate(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{})
		m, err := b.api.CreateMessage(text(theirs, "Hello"))
		require.NoError(t, err)
		require.Equal(t, "queued", *m.Status)
		require.Equal(t, "1", *m.NumSegments)
		require.Equal(t, "outbound-api", *m.Direction)
		require.Equal(t, "Wed, 02 Jan 2030 03:04:05 +0000", *m.DateCreated)
		require.Nil(t, m.DateSent)
		require.Nil(t, m.ErrorCode)
		require.Regexp(t, "^SM[0-9a-f]{32}$", *m.Sid)
		b.settled(t, *m.Sid, "delivered")
		got, err := b.api.FetchMessage(*m.Sid, nil)
		require.NoError(t, err)
		require.Equal(t, "Wed, 02 Jan 2030 03:04:05 +0000", *got.DateSent)
	})

	t.Run("NoIdempotency", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{})
		require.NotEqual(t, b.send(t, theirs, "Hello"), b.send(t, theirs, "Hello"))
		require.Len(t, b.server.Messages(), 2)
	})

	t.Run("MessagingService", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{Numbers: []string{ours}})
		m, err := b.api.CreateMessage((&openapi.CreateMessageParams{}).SetMessagingServiceSid("MG1").SetTo(theirs).SetBody("Hi"))
		require.NoError(t, err)
		require.Equal(t, "accepted", *m.Status)
		require.Equal(t, "0", *m.NumSegments)
		b.settled(t, *m.Sid, "delivered")
		require.Equal(t, ours, b.server.Messages()[0].From)
	})

	t.Run("ErrAuth", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{})
		_, err := sdk(t, b.url, "wrong").CreateMessage(text(theirs, "Hello"))
		require.Equal(t, 20003, code(t, err))
		var rest *client.TwilioRestError
		require.ErrorAs(t, err, &rest)
		require.Equal(t, http.StatusUnauthorized, rest.Status)
		require.Equal(t, "https://www.twilio.com/docs/errors/20003", rest.MoreInfo)
		_, err = b.api.FetchMessage("SM0", nil)
		require.Equal(t, 20404, code(t, err))
		_, err = b.api.CreateMessage(text(theirs, "x").SetPathAccountSid("AC2"))
		require.Equal(t, 20404, code(t, err))
	})
}

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t, twiliofake.Options{Numbers: []string{ours, twiliofake.FromFullOfQueue, twiliofake.FromInvalid}})
	for name, c := range map[string]struct {
		params *openapi.CreateMessageParams
		code   int
	}{
		"NoTo":           {(&openapi.CreateMessageParams{}).SetFrom(ours).SetBody("x"), 21604},
		"NoFrom":         {(&openapi.CreateMessageParams{}).SetTo(theirs).SetBody("x"), 21603},
		"NoBody":         {text(theirs, ""), 21602},
		"LongBody":       {text(theirs, strings.Repeat("x", 1601)), 21617},
		"NotE164":        {text("555-1234", "x"), 21211},
		"Invalid":        {text(twiliofake.ToInvalid, "x"), 21211},
		"Unroutable":     {text(twiliofake.ToUnroutable, "x"), 21612},
		"Forbidden":      {text(twiliofake.ToForbidden, "x"), 21408},
		"OptedOut":       {text(twiliofake.ToOptedOut, "x"), 21610},
		"Landline":       {text(twiliofake.ToLandline, "x"), 21614},
		"FromInvalid":    {text(theirs, "x").SetFrom(twiliofake.FromInvalid), 21212},
		"FromNotOwned":   {text(theirs, "x").SetFrom("+15559990000"), 21606},
		"QueueFull":      {text(theirs, "x").SetFrom(twiliofake.FromFullOfQueue), 21611},
		"ToOurselves":    {text(ours, "x"), 21266},
		"Callback":       {text(theirs, "x").SetStatusCallback("nowhere"), 21609},
		"ValidityPeriod": {text(theirs, "x").SetValidityPeriod(36_001), 20001},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := b.api.CreateMessage(c.params)
			require.Equal(t, c.code, code(t, err))
			require.Empty(t, b.server.Messages())
		})
	}
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	b := setup(t, twiliofake.Options{})
	const unlucky = "+15553330000"
	require.NoError(t, b.server.Expect(unlucky, twiliofake.Outcome{Status: "undelivered", ErrorCode: 30007}))
	require.Error(t, b.server.Expect(unlucky, twiliofake.Outcome{Status: "eaten"}))
	for to, want := range map[string]twiliofake.Outcome{
		theirs:                   {Status: "delivered"},
		twiliofake.ToUndelivered: {Status: "undelivered", ErrorCode: 30003},
		twiliofake.ToFailed:      {Status: "failed", ErrorCode: 30008},
		twiliofake.ToStaysSent:   {Status: "sent"},
		unlucky:                  {Status: "undelivered", ErrorCode: 30007},
	} {
		sid := b.send(t, to, "Hello")
		b.settled(t, sid, want.Status)
		m, err := b.api.FetchMessage(sid, nil)
		require.NoError(t, err)
		if want.ErrorCode != 0 {
			require.Equal(t, want.ErrorCode, *m.ErrorCode)
			require.NotEmpty(t, *m.ErrorMessage)
		}
	}
	require.NoError(t, b.server.Expect(unlucky, twiliofake.Outcome{}))
	b.settled(t, b.send(t, unlucky, "again"), "delivered")
}

func TestPace(t *testing.T) {
	t.Parallel()

	t.Run("QueueFills", func(t *testing.T) {
		t.Parallel()
		wall := newClock()
		b := setup(t, twiliofake.Options{SegmentsPerSecond: 1, QueueLimit: 3, Wall: wall.Now})
		b.settled(t, b.send(t, theirs, "at once"), "delivered")
		waits := b.send(t, theirs, strings.Repeat("x", 161))
		b.send(t, theirs, "third")
		_, err := b.api.CreateMessage(text(theirs, "fourth"))
		require.Equal(t, 21611, code(t, err))
		m, err := b.api.FetchMessage(waits, nil)
		require.NoError(t, err)
		require.Equal(t, "queued", *m.Status)
		wall.Advance(time.Second)
		b.settled(t, waits, "delivered")
	})

	t.Run("ValidityPeriodEnds", func(t *testing.T) {
		t.Parallel()
		wall := newClock()
		b := setup(t, twiliofake.Options{SegmentsPerSecond: 1, Wall: wall.Now})
		b.send(t, theirs, strings.Repeat("x", 1600))
		m, err := b.api.CreateMessage(text(theirs, "late").SetValidityPeriod(1))
		require.NoError(t, err)
		wall.Advance(time.Second)
		b.settled(t, *m.Sid, "failed")
		got, err := b.api.FetchMessage(*m.Sid, nil)
		require.NoError(t, err)
		require.Equal(t, 30036, *got.ErrorCode)
	})

	t.Run("RateLimit", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{RateLimit: 1, Wall: now})
		b.send(t, theirs, "one")
		_, err := b.api.CreateMessage(text(theirs, "two"))
		require.Equal(t, 20429, code(t, err))
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	clock := newClock()
	b := setup(t, twiliofake.Options{Now: clock.Now})
	require.NoError(t, b.server.Expect("+15554440000", twiliofake.Outcome{Status: "queued"}))
	old := b.send(t, theirs, "old")
	b.settled(t, old, "delivered")
	clock.Advance(time.Hour)
	fresh := b.send(t, theirs, "fresh")
	b.settled(t, fresh, "delivered")
	b.send(t, "+15554440000", "never leaves the queue")

	sids := func(params *openapi.ListMessageParams) (sids []string) {
		messages, err := b.api.ListMessage(params)
		require.NoError(t, err)
		for _, m := range messages {
			sids = append(sids, *m.Sid)
		}
		return sids
	}
	require.Equal(t, []string{fresh, old}, sids((&openapi.ListMessageParams{}).SetTo(theirs)), "newest first")
	require.Equal(t, []string{fresh}, sids((&openapi.ListMessageParams{}).SetTo(theirs).SetDateSentAfter(now().Add(time.Hour))), "the moment itself is included")
	require.Equal(t, []string{old}, sids((&openapi.ListMessageParams{}).SetDateSentBefore(now())))
	require.Equal(t, []string{fresh, old}, sids((&openapi.ListMessageParams{}).SetDateSent(now())), "any time of that day")
	require.Len(t, sids(&openapi.ListMessageParams{}), 3)
	require.Equal(t, []string{fresh, old}, sids((&openapi.ListMessageParams{}).SetTo(theirs).SetPageSize(1)), "over two pages")
	require.Len(t, sids((&openapi.ListMessageParams{}).SetFrom(ours)), 3)
}

func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		fault twiliofake.Fault
		sent  int
	}{
		"CutBefore":   {twiliofake.Fault{Kind: twiliofake.CutBefore}, 0},
		"ErrorBefore": {twiliofake.Fault{Kind: twiliofake.ErrorBefore}, 0},
		"RateLimit":   {twiliofake.Fault{Kind: twiliofake.RateLimit}, 0},
		"ErrorAfter":  {twiliofake.Fault{Kind: twiliofake.ErrorAfter}, 1},
		"DropAfter":   {twiliofake.Fault{Kind: twiliofake.DropAfter}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, twiliofake.Options{})
			b.server.Faults.Add(c.fault)
			_, err := b.api.CreateMessage(text(theirs, "Hello"))
			require.Error(t, err)
			require.Len(t, b.server.Messages(), c.sent)
			require.Len(t, b.server.Requests(), 1)
		})
	}

	t.Run("Hold", func(t *testing.T) {
		t.Parallel()
		b := setup(t, twiliofake.Options{})
		held := b.server.Faults.Add(twiliofake.Fault{Kind: twiliofake.Hold})
		var done sync.WaitGroup
		var err error
		done.Go(func() { _, err = b.api.CreateMessage(text(theirs, "Hello")) })
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		require.NoError(t, held.Wait(ctx, 1))
		require.Len(t, b.server.Messages(), 1)
		held.Release()
		done.Wait()
		require.NoError(t, err)
	})
}

func TestRestart(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	b := setup(t, twiliofake.Options{Journal: path})
	require.NoError(t, b.server.Expect("+15553330000", twiliofake.Outcome{Status: "failed", ErrorCode: 30005}))
	b.settled(t, b.send(t, theirs, "Hello"), "delivered")
	_, err := b.server.Reply(theirs, " stop ")
	require.NoError(t, err)

	after := killed(t, path, twiliofake.Options{})
	require.Equal(t, b.server.Threads(), after.server.Threads())
	_, err = after.api.CreateMessage(text(theirs, "Hello?"))
	require.Equal(t, 21610, code(t, err), "still opted out")
	after.settled(t, after.send(t, "+15553330000", "Hello"), "failed")
}
