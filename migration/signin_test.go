package migration_test

import (
	"context"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/queries"
)

// askForLink is somebody at the sign-in form.
func (b *bundle) askForLink(t *testing.T, address string) error {
	t.Helper()
	return b.Rules.RequestSignInLink(t.Context(), testkit.Browser, address, queries.MessageLanguageEn)
}

func TestRequestSignInLink(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		tenant := b.TenantOf(t, sub)
		require.NoError(t, b.askForLink(t, " "+strings.ToUpper(*tenant.Email)))
		b.MustWork(t)
		require.Len(t, b.MailedLinks(*tenant.Email), 1)
		mail := b.Resend.Emails()[0]
		require.Equal(t, "Your sign-in link for Denver Studios", mail.Subject)
		require.Contains(t, mail.Text, testkit.PublicURL+"/account#")
		require.Contains(t, b.Told(t, queries.EventSubjectTenant, tenant.ID), "sign_in_link_mailed")
		b.RequireStories(t)
	})

	t.Run("InTheLanguageThatWasAskedFor", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		require.NoError(t, b.Rules.RequestSignInLink(t.Context(), testkit.Browser, *tenant.Email, queries.MessageLanguageEs))
		b.MustWork(t)
		require.Equal(t, "Su enlace para entrar: Denver Studios", b.Resend.Emails()[0].Subject)
	})

	t.Run("TheTokenIsStoredNowhere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		token := b.MailedLink(t, *tenant.Email)
		for _, table := range []string{"tenant_sign_in_links", "sign_in_requests", "deliveries", "events", "river_job", "email_chunks"} {
			rows := strings.Join(b.Strings(t, `SELECT r::text FROM `+table+` r`), "\n")
			require.NotContains(t, rows, token, table)
			require.NotContains(t, rows, strings.TrimPrefix(token, "k1."), table)
			require.NotContains(t, rows, hex.EncodeToString([]byte(token)), table)
		}
		require.NotContains(t, b.Log.Text(), token)
	})

	t.Run("KnownAndUnknownLeaveTheSameAndAreAnsweredTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		invited := b.Invited(t) // known, and no account yet
		for _, address := range []string{*tenant.Email, "nobody@home.test", b.Manager.Email, b.Strings(t, `SELECT email FROM tenants WHERE id = $1`, invited.TenantID)[0]} {
			require.NoError(t, b.askForLink(t, address))
		}
		require.Equal(t, 4, b.Count(t, `SELECT count(*) FROM sign_in_requests`))
		require.Equal(t, 4, b.Count(t, `SELECT count(*) FROM river_job WHERE kind = 'send_sign_in_link'`), "who it is, is found out afterwards")
		b.MustWork(t)
		require.Equal(t, []string{*tenant.Email}, b.Resend.Addresses())
	})

	t.Run("KnownAndUnknownTakeAsLongSinceNobodyIsLookedUp", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		_, err := b.DB.Owner.Exec(t.Context(), `REVOKE ALL ON tenants FROM carryover_app`)
		require.NoError(t, err)
		require.NoError(t, b.askForLink(t, *tenant.Email))
		require.NoError(t, b.askForLink(t, "nobody@home.test"))
	})

	t.Run("ErrNoAddress", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for _, address := range []string{"", "x", "@", "a@b@c", strings.Repeat("x", 400) + "@home.test"} {
			requireRefused(t, b.askForLink(t, address), "INVALID email")
		}
		require.Zero(t, b.Count(t, `SELECT count(*) FROM sign_in_requests`))
	})

	t.Run("ThreeInAQuarterOfAnHour", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		for range 5 {
			require.NoError(t, b.askForLink(t, *tenant.Email), "the fourth is answered like the first")
			b.MustWork(t)
		}
		require.Len(t, b.MailedLinks(*tenant.Email), 3)
		b.Clock.Move(15 * time.Minute)
		require.NoError(t, b.askForLink(t, *tenant.Email))
		b.MustWork(t)
		require.Len(t, b.MailedLinks(*tenant.Email), 4)
	})

	t.Run("AnAddressThatNobodyHasIsWrittenDownThreeTimesToo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 5 {
			require.NoError(t, b.askForLink(t, "nobody@home.test"))
		}
		require.Equal(t, 3, b.Count(t, `SELECT count(*) FROM sign_in_requests`))
		require.Len(t, b.Waiting(t), 3)
	})

	t.Run("NoMoreByAskingAllAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		ask := func() error {
			return b.Rules.RequestSignInLink(t.Context(), testkit.Browser, *tenant.Email, queries.MessageLanguageEn)
		}
		require.Equal(t, make([]error, 8), atOnce(ask, ask, ask, ask, ask, ask, ask, ask))
		b.workAtOnce(t)
		b.MustWork(t)
		require.Len(t, b.MailedLinks(*tenant.Email), 3)
	})

	t.Run("AfterADayNobodyKnowsWhoAsked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.NoError(t, b.askForLink(t, "nobody@home.test"))
		b.MustWork(t)
		b.Clock.Move(24*time.Hour + time.Second)
		require.NoError(t, b.askForLink(t, "somebody@home.test"))
		require.NoError(t, b.Rules.PurgeAccess(t.Context()))
		require.Equal(t, []string{"somebody@home.test"}, b.Strings(t, `SELECT email FROM sign_in_requests`))
	})

	t.Run("AJobThatRunsTwiceMailsOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		require.NoError(t, b.askForLink(t, *tenant.Email))
		b.workAtOnce(t)
		b.MustWork(t)
		require.Len(t, b.MailedLinks(*tenant.Email), 1)
	})

	t.Run("ALinkThatIsDeadBeforeItIsSentIsNotSent", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		require.NoError(t, b.askForLink(t, *tenant.Email))
		b.runKind(t, "send_sign_in_link")
		b.Clock.Move(15 * time.Minute)
		b.MustWork(t)
		require.Empty(t, b.MailedLinks(*tenant.Email))
		require.Equal(t, []string{"canceled"}, b.Strings(t, `SELECT status::text FROM deliveries WHERE purpose = 'sign_in'`))
		b.RequireStories(t)
	})

	t.Run("NotToAnAddressThatIsNotWrittenTo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, created_at) VALUES (gen_random_uuid(), 'email', $1, 'all', 'bounce', $2)`,
			*tenant.Email, testkit.Start)
		require.NoError(t, b.askForLink(t, *tenant.Email))
		b.MustWork(t)
		require.Empty(t, b.MailedLinks(*tenant.Email))
	})

	t.Run("AfterAnOtherKeyBecamePrimaryTheLinkIsTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		tenant := b.TenantOf(t, b.Claimed(t, testkit.Visa))
		require.NoError(t, b.askForLink(t, *tenant.Email))
		b.runKind(t, "send_sign_in_link")
		b.Rules.Links = testkit.Links(t, "k2", "k1")
		b.MustWork(t)
		require.True(t, strings.HasPrefix(b.MailedLinks(*tenant.Email)[0], "k1."))
	})
}

// runKind runs the waiting jobs of one kind, and nothing that comes of them.
func (b *bundle) runKind(t *testing.T, kind string) {
	t.Helper()
	for _, job := range b.Waiting(t) {
		if job.Kind == kind {
			require.NoError(t, testkit.Run(t.Context(), b.Rules, job))
		}
	}
}

// workAtOnce runs all waiting jobs at the same moment, and leaves them waiting: each runs again.
func (b *bundle) workAtOnce(t *testing.T) {
	t.Helper()
	var calls []func() error
	for _, job := range b.Waiting(t) {
		calls = append(calls, func() error { return testkit.Run(context.WithoutCancel(t.Context()), b.Rules, job) })
	}
	for _, err := range atOnce(calls...) {
		require.NoError(t, err)
	}
}
