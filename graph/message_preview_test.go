package graph_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
)

const previewMessage = `query($i:ID!,$c:MessageChannel!,$l:Language){previewMessage(invitationId:$i,channel:$c,language:$l){
	email{from replyTo subject html text} text{body segments encoding characters} userErrors{code field message}}}`

func TestPreviewMessage(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	preview := func(v vars) any { return b.data(t, b.Manager, previewMessage, v)["previewMessage"] }

	t.Run("Email", func(t *testing.T) {
		p := preview(vars{"i": id("inv", inv.ID), "c": "EMAIL"})
		require.Equal(t, "Denver Studios <hello@studios.test>", at(p, "email", "from"))
		require.Equal(t, "office@denver.test", at(p, "email", "replyTo"))
		require.Equal(t, "Set up your new account at Denver Studios", at(p, "email", "subject"))
		require.Contains(t, at(p, "email", "html"), "SET UP YOUR NEW ACCOUNT")
		require.Contains(t, at(p, "email", "text"), "Hi Tess,")
		require.Nil(t, at(p, "text"))
		require.Empty(t, at(p, "userErrors"))
	})

	t.Run("Text", func(t *testing.T) {
		p := preview(vars{"i": id("inv", inv.ID), "c": "SMS", "l": "ES"})
		require.Contains(t, at(p, "text", "body"), "Hola, Tess: ")
		require.EqualValues(t, 1, at(p, "text", "segments"))
		require.Equal(t, "GSM_7", at(p, "text", "encoding"))
		require.LessOrEqual(t, at(p, "text", "characters"), 160.0)
		require.Nil(t, at(p, "email"))
	})

	t.Run("WhereAnswersGoToTheSender", func(t *testing.T) {
		b.Exec(t, `UPDATE locations SET reply_to = NULL WHERE id = $1`, b.Denver.ID)
		require.Nil(t, at(preview(vars{"i": id("inv", inv.ID), "c": "EMAIL"}), "email", "replyTo"))
	})

	t.Run("ErrNotFound", func(t *testing.T) {
		foreign := b.data(t, b.Stranger, previewMessage, vars{"i": id("inv", inv.ID), "c": "EMAIL"})["previewMessage"]
		require.Equal(t, "NOT_FOUND", at(foreign, "userErrors", 0, "code"))
		require.Equal(t, []any{"invitationId"}, at(foreign, "userErrors", 0, "field"))
		for _, missing := range []string{id("inv", testkit.Missing()), id("ten", inv.TenantID), "", "inv_\x00"} {
			require.Equal(t, foreign, b.data(t, b.Stranger, previewMessage, vars{"i": missing, "c": "EMAIL"})["previewMessage"])
		}
	})

	t.Run("ErrNobody", func(t *testing.T) {
		require.Equal(t, []string{"UNAUTHENTICATED"}, codes(b.ask(t, nil, previewMessage, vars{"i": id("inv", inv.ID), "c": "EMAIL"})))
		require.Equal(t, []string{"FORBIDDEN"}, codes(b.ask(t, b.Attendant, previewMessage, vars{"i": id("inv", inv.ID), "c": "SMS"})))
	})
}
