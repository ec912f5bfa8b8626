package migration

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/queries"
)

func TestReplyKind(t *testing.T) {
	t.Parallel()
	for kind, bodies := range map[queries.TextReplyKind][]string{
		queries.TextReplyKindStop: {"STOP", "stop", " Stop. ", "STOP!!!", "\"Stop\"", "Stop all", "s-t-o-p", "UNSUBSCRIBE", "End", "quit", "StopAll", "REVOKE",
			"opt out", "OPT-OUT", "Cancel", "ｓｔｏｐ"},
		queries.TextReplyKindStart: {"START", "unstop", "Yes!", "yes"},
		queries.TextReplyKindHelp:  {"HELP", "Info?"},
		queries.TextReplyKindOther: {"", "?", "stop by tomorrow?", "the end", "please help", "yes please", "🛑", "STOP STOP"},
	} {
		for _, body := range bodies {
			require.Equal(t, kind, replyKind(body), "%q", body)
		}
	}
}

func TestAsksToStop(t *testing.T) {
	t.Parallel()
	for want, bodies := range map[bool][]string{
		true: {"Stop texting me", "STOP STOP!", "please stop", "STOP please!", "Please, STOP it.", "thanks, unsubscribe", "No more texts", "no. stop texting me",
			"remove me from your list", "Take me off this list", "Please opt me out", "don't text me", "Don’t ever... DO NOT CONTACT me again",
			"quiero darme de baja", "ALTO", "Alto por favor", "parar", "No me escriban más", "no me envíen nada", "Dejen de enviar mensajes",
			"¡Déjenme en paz!", "wrong number"},
		false: {"", "hi", "Who is this?", "please don't stop texting me", "do not stop sending these", "soy alto", "para mañana", "When does it end?",
			"Can I cancel my old plan?", "I will stop by at noon", "The link does not work", "no", "gracias", "I quit my job, can I pay later?"},
	} {
		for _, body := range bodies {
			require.Equal(t, want, asksToStop(body), "%q", body)
		}
	}
}

func FuzzReply(f *testing.F) {
	f.Add("Stop texting me\x00\xff")
	f.Fuzz(func(t *testing.T, body string) {
		clean := cleanReply(body)
		require.NotContains(t, clean, "\x00")
		require.LessOrEqual(t, len([]rune(clean)), maxReply)
		require.Equal(t, clean, cleanReply(clean))
		_ = replyKind(clean)
		_ = asksToStop(clean)
	})
}
