package migration_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const theirPhone = "+13035550123"

func (b *bundle) reply(t *testing.T, body string) {
	t.Helper()
	require.NoError(t, b.Rules.HearReply(t.Context(), provider,
		migration.IncomingText{ProviderID: "SM" + ids.New().String(), From: theirPhone, To: "+13035559999", Body: body}))
}

// last is the newest reply: "other: What is this? open".
func (b *bundle) last(t *testing.T) string {
	t.Helper()
	return b.Strings(t, `SELECT kind || ': ' || body || CASE WHEN handled_at IS NULL THEN ' (open)' ELSE '' END FROM text_replies ORDER BY id DESC`)[0]
}

func TestHearReply(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("StopThenStartThenStop", func(t *testing.T) {
		b.reply(t, "Stop")
		b.reply(t, "STOP")
		require.Equal(t, "stop: STOP", b.last(t))
		require.Equal(t, []string{"stop all"}, b.listed(t, theirPhone))
		b.reply(t, " start!")
		require.Equal(t, "start: start!", b.last(t))
		require.Empty(t, b.listed(t, theirPhone))
		b.reply(t, "stop")
		require.Equal(t, []string{"stop all"}, b.listed(t, theirPhone))
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM suppressions`), "lifting keeps the row")
	})
	t.Run("YesAfterStopIsStart", func(t *testing.T) {
		b.reply(t, "Yes")
		require.Equal(t, "start: Yes", b.last(t))
		require.Empty(t, b.listed(t, theirPhone))
	})
	t.Run("YesToSomethingElseIsForStaff", func(t *testing.T) {
		b.reply(t, "Yes")
		require.Equal(t, "other: Yes (open)", b.last(t))
	})
	t.Run("StartLeavesAStaffEntry", func(t *testing.T) {
		b.suppress(t, b.Manager, byPhone(theirPhone, everything))
		b.reply(t, "STOP")
		b.reply(t, "UNSTOP")
		require.Equal(t, []string{"do_not_contact all"}, b.listed(t, theirPhone))
		b.Exec(t, `UPDATE suppressions SET lifted_at = created_at WHERE live`)
	})
	t.Run("Help", func(t *testing.T) {
		b.reply(t, "info")
		require.Equal(t, "help: info", b.last(t))
	})
	t.Run("FreeTextWaitsForStaff", func(t *testing.T) {
		b.reply(t, "When does this end?")
		require.Equal(t, "other: When does this end? (open)", b.last(t))
		require.Empty(t, b.listed(t, theirPhone))
	})
	t.Run("AskingToStopInOtherWords", func(t *testing.T) {
		b.reply(t, "Por favor, ya no me envíen más.")
		require.Equal(t, "other: Por favor, ya no me envíen más. (open)", b.last(t))
		require.Equal(t, []string{"stop all"}, b.listed(t, theirPhone))
		b.reply(t, "START")
	})
	t.Run("TheProvidersReadingFirst", func(t *testing.T) {
		require.NoError(t, b.Rules.HearReply(t.Context(), provider,
			migration.IncomingText{ProviderID: "SMown", From: theirPhone, Body: "arrêt", Kind: queries.TextReplyKindStop}))
		require.Equal(t, []string{"stop all"}, b.listed(t, theirPhone))
		b.reply(t, "START")
	})
	t.Run("WhateverAStrangerSends", func(t *testing.T) {
		for body, stored := range map[string]string{
			"":                            "other:  (open)", // a picture
			"a\x00b\x07c\nd\r":            "other: abc\nd (open)",
			"bad \xff\xfe UTF-8":          "other: bad \uFFFD UTF-8 (open)",
			strings.Repeat("é", 5000):     "other: " + strings.Repeat("é", 1600) + " (open)",
			"<script>alert('x')</script>": "other: <script>alert('x')</script> (open)",
		} {
			b.reply(t, body)
			require.Equal(t, stored, b.last(t))
		}
	})
	t.Run("FromNoPhoneNumber", func(t *testing.T) {
		require.NoError(t, b.Rules.HearReply(t.Context(), provider, migration.IncomingText{ProviderID: "SMshort", From: "22395", Body: "STOP"}))
		require.Equal(t, "stop: STOP", b.last(t))
		require.Empty(t, b.listed(t, "22395"))
	})
	t.Run("OneTextTwiceAtOnce", func(t *testing.T) {
		before := b.Count(t, `SELECT count(*) FROM text_replies`)
		var both sync.WaitGroup
		for range 3 {
			both.Go(func() {
				require.NoError(t, b.Rules.HearReply(context.Background(), provider, migration.IncomingText{ProviderID: "SMonce", From: theirPhone, Body: "Stop"}))
			})
		}
		both.Wait()
		require.Equal(t, before+1, b.Count(t, `SELECT count(*) FROM text_replies`))
		b.reply(t, "START")
		require.NoError(t, b.Rules.HearReply(t.Context(), provider, migration.IncomingText{ProviderID: "SMonce", From: theirPhone, Body: "Stop"}))
		require.Empty(t, b.listed(t, theirPhone), "a repeated STOP from before does not undo a START")
	})
	require.Empty(t, b.Strings(t, `SELECT id::text FROM events WHERE detail::text LIKE '%303555%' OR detail::text LIKE '%stop it%'`))
}

func TestStopWhileATextIsQueued(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	queued := b.text(t, inv, theirPhone, queries.DeliveryStatusQueued)
	other := b.text(t, inv, "+13035550199", queries.DeliveryStatusQueued)
	b.Send(t, inv)
	b.reply(t, "please STOP")
	require.Equal(t, queries.DeliveryStatusCanceled, b.delivery(t, queued.ID).Status)
	require.Equal(t, queries.DeliveryStatusQueued, b.delivery(t, other.ID).Status)
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM phone_claims`))
	b.MustWork(t)
	require.Len(t, b.Resend.Addresses(), 1, "STOP ends texts, not emails")
}

func TestHandleTextReply(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Invited(t)
	b.reply(t, "Who is this?")
	id := uuid.MustParse(b.Strings(t, `SELECT id::text FROM text_replies`)[0])
	handle := func(by *queries.Staff) (*queries.TextReply, error) {
		return b.Rules.HandleTextReply(t.Context(), testkit.By(by), id)
	}
	for _, by := range []*queries.Staff{b.Stranger, b.Gone} {
		_, err := handle(by)
		requireRefused(t, err, "NOT_FOUND id")
	}
	first, err := handle(b.Manager)
	require.NoError(t, err)
	require.Equal(t, b.Manager.ID, *first.HandledBy)
	b.Clock.Move(1e9)
	again, err := handle(b.Colleague)
	require.NoError(t, err)
	require.Equal(t, first, again, "somebody was first")
	require.Equal(t, []string{"received", "handled"}, b.Told(t, queries.EventSubjectTextReply, id))
}
