package migration_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func TestPreviewMessage(t *testing.T) {
	t.Parallel()
	spanish := queries.MessageLanguageEs

	t.Run("AnEmailIsWhatIsSentButForItsTokens", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		preview, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), inv.ID, queries.MessageChannelEmail, nil)
		require.NoError(t, err)
		require.Nil(t, preview.Text)
		b.Send(t, inv)
		b.MustWork(t)
		sent := b.Resend.Emails()[0]
		token := regexp.MustCompile(`(/setup/|/unsubscribe/)k1\.[A-Za-z0-9_-]+`)
		hide := func(s string) string { return token.ReplaceAllString(s, "$1") }
		require.Equal(t, hide(sent.HTML), hide(preview.Email.HTML))
		require.Equal(t, hide(sent.Text), hide(preview.Email.Text))
		require.Equal(t, sent.Subject, preview.Email.Subject)
		require.Equal(t, sent.ReplyTo[0], preview.Email.ReplyTo)
		require.Equal(t, "Denver Studios <hello@studios.test>", preview.From)
		require.Len(t, preview.Email.HTML, len(sent.HTML), "the links have the form of real ones")
	})

	t.Run("ATextIsWhatIsSentButForItsToken", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		preview, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), inv.ID, queries.MessageChannelSms, nil)
		require.NoError(t, err)
		require.Nil(t, preview.Email)
		sent, err := b.Rules.RenderText(migration.TextContent{Version: 2, Purpose: queries.DeliveryPurposeInvitation, Language: queries.MessageLanguageEn,
			Recipient: "Tess Tenant", LocationName: "Denver Studios", PlanName: "Studio 12", PlanKind: queries.PlanKindStudio,
			LinkInvitation: inv.ID, LinkVersion: 1, LinkKey: "k1"})
		require.NoError(t, err)
		token := regexp.MustCompile(`/s/[A-Za-z0-9_-]{32} `)
		require.Equal(t, token.ReplaceAllString(sent.Body, ""), token.ReplaceAllString(preview.Text.Body, ""))
		require.Equal(t, sent.Segments, preview.Text.Segments)
		require.Equal(t, sent.Characters, preview.Text.Characters)
		require.Equal(t, migration.TextGSM7, preview.Text.Encoding)
	})

	t.Run("ItsLinksOpenNothingAndItLeavesNoTrace", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		events := b.Count(t, `SELECT count(*) FROM events`)
		b.Clock.Move(1)
		for _, channel := range []queries.MessageChannel{queries.MessageChannelEmail, queries.MessageChannelSms} {
			first, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), inv.ID, channel, nil)
			require.NoError(t, err)
			again, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Colleague), inv.ID, channel, nil)
			require.NoError(t, err)
			require.Equal(t, first, again)
			said := ""
			if first.Email != nil {
				said = first.Email.Text
			} else {
				said = first.Text.Body
			}
			links := regexp.MustCompile(regexp.QuoteMeta(testkit.PublicURL)+`/\w+/(\S+)`).FindAllStringSubmatch(said, -1)
			require.NotEmpty(t, links)
			for _, link := range links {
				_, _, err := b.Links.Open(link[1])
				require.ErrorIs(t, err, migration.ErrUnknownToken)
				_, err = b.Rules.OpenTextLink(t.Context(), link[1])
				require.ErrorIs(t, err, migration.ErrUnknownToken)
				_, err = b.Rules.OpenUnsubscribe(t.Context(), link[1])
				require.ErrorIs(t, err, migration.ErrUnknownToken)
			}
		}
		require.Equal(t, inv, b.Invitation(t, inv.ID), "no link was extended")
		require.Equal(t, events, b.Count(t, `SELECT count(*) FROM events`))
	})

	t.Run("InAnotherLanguage", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		preview, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), inv.ID, queries.MessageChannelEmail, &spanish)
		require.NoError(t, err)
		require.Contains(t, preview.Email.Text, "Hola, Tess:")
		b.Exec(t, `UPDATE tenants SET language = 'es' WHERE id = $1`, inv.TenantID)
		preview, err = b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), inv.ID, queries.MessageChannelSms, nil)
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(preview.Text.Body, "Hola, Tess: "), preview.Text.Body)
	})

	t.Run("WithoutAddressOrPhone", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, `UPDATE tenants SET email = NULL, phone = NULL, phone_consent_at = NULL WHERE id = $1`, inv.TenantID)
		for _, channel := range []queries.MessageChannel{queries.MessageChannelEmail, queries.MessageChannelSms} {
			_, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), inv.ID, channel, nil)
			require.NoError(t, err)
		}
	})

	t.Run("GreetsAsTheLocationKnowsThemWhoeverLooks", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, `UPDATE tenant_locations SET known_as = 'Typed Name' WHERE tenant_id = $1`, inv.TenantID)
		b.Exec(t, `INSERT INTO tenant_locations (tenant_id, location_id) VALUES ($1, $2)`, inv.TenantID, b.Toronto.ID) // where the manager sees the record
		for _, by := range []*queries.Staff{b.Admin, b.Manager, b.Colleague} {
			email, err := b.Rules.PreviewMessage(t.Context(), testkit.By(by), inv.ID, queries.MessageChannelEmail, nil)
			require.NoError(t, err)
			require.Contains(t, email.Email.HTML, "Hi Typed,")
			require.NotContains(t, email.Email.HTML+email.Email.Text, "Tess")
			text, err := b.Rules.PreviewMessage(t.Context(), testkit.By(by), inv.ID, queries.MessageChannelSms, nil)
			require.NoError(t, err)
			require.Contains(t, text.Text.Body, "Hi Typed,")
		}
		b.Send(t, inv)
		b.MustWork(t)
		require.Contains(t, b.Resend.Emails()[0].Text, "Hi Typed,", "the preview is what is sent")
	})

	t.Run("ErrForeignAndMissingAreTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		_, foreign := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Stranger), inv.ID, queries.MessageChannelEmail, nil)
		_, missing := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Stranger), testkit.Missing(), queries.MessageChannelEmail, nil)
		requireRefused(t, foreign, "NOT_FOUND invitationId")
		require.Equal(t, missing, foreign)
		_, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Attendant), inv.ID, queries.MessageChannelSms, nil)
		requireRefused(t, err, "NOT_FOUND invitationId")
	})

	t.Run("ErrOver", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		claimed := b.Claimed(t, testkit.Visa)
		revoked := b.Invited(t, testkit.At(b.Wash))
		b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, revoked.ID)
		_, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), *claimed.InvitationID, queries.MessageChannelEmail, nil)
		requireRefused(t, err, "WRONG_STATE invitationId")
		_, err = b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), revoked.ID, queries.MessageChannelSms, nil)
		requireRefused(t, err, "WRONG_STATE invitationId")
	})

	t.Run("ErrUnwritableSaysWhatIsWrong", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, `UPDATE plans SET name = E'\u200b' WHERE id = $1`, b.Studio.ID)
		for _, channel := range []queries.MessageChannel{queries.MessageChannelEmail, queries.MessageChannelSms} {
			_, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), inv.ID, channel, nil)
			requireRefused(t, err, "INVALID invitationId")
			require.ErrorContains(t, err, "planName is empty")
		}
	})
}
