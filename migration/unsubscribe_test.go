package migration_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/resendfake"
)

// unsubscribeToken is the one in an invitation's last email.
func (b *bundle) unsubscribeToken(t *testing.T, inv *queries.Invitation) string {
	t.Helper()
	token, err := b.Links.UnsubscribeToken("k1", b.Deliveries(t, inv.ID)[0].ID)
	require.NoError(t, err)
	return token
}

func TestUnsubscribe(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		token := b.unsubscribeToken(t, inv)
		page, err := b.Rules.OpenUnsubscribe(t.Context(), token)
		require.NoError(t, err)
		require.Equal(t, &migration.Unsubscription{Address: "t…@home.test", Sender: "Denver Studios", Language: queries.MessageLanguageEn}, page)

		require.NoError(t, b.Rules.Unsubscribe(t.Context(), testkit.Browser, token))
		page, err = b.Rules.OpenUnsubscribe(t.Context(), token)
		require.NoError(t, err)
		require.True(t, page.Unsubscribed)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM suppressions s JOIN deliveries d ON d.id = s.delivery_id
			WHERE s.live AND s.channel = 'email' AND s.scope = 'invitations' AND s.reason = 'unsubscribe' AND s.address = d.address`))
		require.Equal(t, []string{"tenant " + inv.TenantID.String() + " suppressed"}, b.Strings(t,
			`SELECT actor_kind || ' ' || actor_id || ' ' || action FROM events WHERE subject_kind = 'suppression' ORDER BY id`))
	})

	t.Run("WhatWaitsIsWithdrawnAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		token := b.unsubscribeToken(t, inv)
		batch := b.Send(t, inv)
		require.NoError(t, b.Rules.Unsubscribe(t.Context(), testkit.Browser, token))
		require.Equal(t, "skipped SUPPRESSED", outcomes(t, b, batch))
		require.NotNil(t, b.Batch(t, batch).FinishedAt)
		require.NoError(t, b.Rules.Resubscribe(t.Context(), testkit.Browser, token))
		b.MustWork(t)
		require.Len(t, b.Resend.Emails(), 1, "what was withdrawn stays so")
		b.RequireStories(t)
	})

	t.Run("AgainIsTheSameEntry", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		first := b.unsubscribeToken(t, inv)
		b.Send(t, inv)
		b.MustWork(t)
		second := b.unsubscribeToken(t, inv)
		require.NotEqual(t, first, second)
		var all sync.WaitGroup
		for i := range 8 {
			all.Go(func() {
				if err := b.Rules.Unsubscribe(t.Context(), testkit.Browser, []string{first, second}[i%2]); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM suppressions`))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM events WHERE subject_kind = 'suppression'`))
	})

	t.Run("LiftedByThePersonAlone", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		token := b.unsubscribeToken(t, inv)
		b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, staff_id, created_at)
			SELECT gen_random_uuid(), 'email', address, 'all', 'do_not_contact', $1, created_at FROM deliveries`, b.Manager.ID)
		b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, created_at)
			SELECT gen_random_uuid(), 'email', address, 'all', 'bounce', created_at FROM deliveries`)
		require.NoError(t, b.Rules.Resubscribe(t.Context(), testkit.Browser, token), "nothing to lift")
		require.NoError(t, b.Rules.Unsubscribe(t.Context(), testkit.Browser, token))
		for range 2 {
			require.NoError(t, b.Rules.Resubscribe(t.Context(), testkit.Browser, token))
		}
		require.NoError(t, b.Rules.Unsubscribe(t.Context(), testkit.Browser, token))
		require.Equal(t, []string{"bounce live", "do_not_contact live", "unsubscribe lifted", "unsubscribe live"}, b.Strings(t,
			`SELECT reason || CASE WHEN live THEN ' live' ELSE ' lifted' END AS one FROM suppressions ORDER BY one`))
		require.Equal(t, []string{"suppressed", "lifted", "suppressed"}, b.Strings(t, `SELECT action FROM events WHERE subject_kind = 'suppression' ORDER BY id`))
	})

	t.Run("ErrUnknown", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		ofAnother, err := b.Links.UnsubscribeToken("k1", testkit.Missing())
		require.NoError(t, err)
		for name, token := range map[string]string{"Garbage": "k1.AAAA", "Empty": "", "Setup": b.Token(t, inv), "NoSuchDelivery": ofAnother} {
			_, err := b.Rules.OpenUnsubscribe(t.Context(), token)
			require.ErrorIs(t, err, migration.ErrUnknownToken, name)
			require.ErrorIs(t, b.Rules.Unsubscribe(t.Context(), testkit.Browser, token), migration.ErrUnknownToken, name)
			require.ErrorIs(t, b.Rules.Resubscribe(t.Context(), testkit.Browser, token), migration.ErrUnknownToken, name)
		}
		require.Zero(t, b.Count(t, `SELECT count(*) FROM suppressions`))
	})
}

// What goes out under one key is the same to the byte, headers included, in whatever process and after a change of the key.
func TestUnsubscribeLinkIsDerivedAndFrozen(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	b.Send(t, inv)
	b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
	for _, job := range b.Work(t) {
		require.Error(t, job.Err)
	}
	require.Equal(t, 0, b.Count(t, `SELECT count(*) FROM deliveries WHERE content::text LIKE '%unsubscribe%'`), "the token stands nowhere")
	rotated := b.Service(t, func(o *migration.Options) { o.Links = testkit.Links(t, "k2", "k1") })
	require.NoError(t, testkit.Run(t.Context(), rotated, b.Waiting(t)[0]), "another body under the same key would be refused")
	emails := b.Resend.Emails()
	require.Len(t, emails, 1)
	d := b.Deliveries(t, inv.ID)[0]
	require.Equal(t, queries.DeliveryStatusAccepted, d.Status)
	token, err := b.Links.UnsubscribeToken("k1", d.ID)
	require.NoError(t, err)
	require.Equal(t, map[string]string{
		"List-Unsubscribe": "<" + testkit.PublicURL + "/unsubscribe/" + token + ">", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}, emails[0].Headers)
	_, err = rotated.OpenUnsubscribe(t.Context(), token)
	require.NoError(t, err)
}

func TestOnlyInvitationsCanBeUnsubscribedFrom(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Approved(t, migration.CurrentMonth)
	for _, e := range b.Resend.Emails() {
		require.Empty(t, e.Headers, "%s", e.Subject)
	}
	notice := uuid.MustParse(b.Strings(t, `SELECT id::text FROM deliveries WHERE purpose = 'staff_notice'`)[0])
	token, err := b.Links.UnsubscribeToken("k1", notice)
	require.NoError(t, err)
	require.ErrorIs(t, b.Rules.Unsubscribe(t.Context(), testkit.Browser, token), migration.ErrUnknownToken)
}

// A chunk that an earlier release froze goes out as that release would have sent it.
func TestWhatWasFrozenBeforeHasNoUnsubscribeLink(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	b.Send(t, inv)
	b.Resend.Order(resendfake.Fault{Kind: resendfake.ErrorBefore, Times: 1})
	for _, job := range b.Work(t) {
		require.Error(t, job.Err)
	}
	b.Exec(t, `UPDATE deliveries SET template_version = 1, content = content || '{"version": 1}'`)
	b.MustWork(t)
	require.Len(t, b.Resend.Emails(), 1)
	require.Empty(t, b.Resend.Emails()[0].Headers)
	require.NotContains(t, b.Resend.Emails()[0].HTML, "/unsubscribe/")
}

func TestNoTokenOpensWhatAnotherKindDoes(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Sent(t)
	preview, err := b.Rules.PreviewMessage(t.Context(), testkit.By(b.Manager), inv.ID, queries.MessageChannelEmail, nil)
	require.NoError(t, err)
	after := func(prefix string) string {
		_, rest, ok := strings.Cut(preview.Email.Text, testkit.PublicURL+prefix)
		require.True(t, ok)
		return strings.Fields(rest)[0]
	}
	seen := []string{after("/setup/"), after("/unsubscribe/")}
	rapid.Check(t, func(r *rapid.T) {
		id := uuid.UUID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(r, "id"))
		version := rapid.IntRange(0, 1<<31-1).Draw(r, "version")
		setupToken, err := b.Links.Token("k1", id, version)
		require.NoError(r, err)
		unsubscribe, err := b.Links.UnsubscribeToken("k1", id)
		require.NoError(r, err)
		text, err := b.Links.TextToken("k1", id, version)
		require.NoError(r, err)
		opened, gotVersion, err := b.Links.Open(setupToken)
		require.NoError(r, err)
		require.Equal(r, id, opened)
		require.Equal(r, version, gotVersion)
		opened, err = b.Links.OpenUnsubscribe(unsubscribe)
		require.NoError(r, err)
		require.Equal(r, id, opened)
		for _, token := range append([]string{unsubscribe, text, "k1." + text}, seen...) {
			_, _, err := b.Links.Open(token)
			require.ErrorIs(r, err, migration.ErrUnknownToken)
		}
		for _, token := range append([]string{setupToken, text, "k1." + text}, seen...) {
			_, err := b.Links.OpenUnsubscribe(token)
			require.ErrorIs(r, err, migration.ErrUnknownToken)
		}
	})
}
