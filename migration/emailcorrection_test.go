package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// correction is what waits of a submission's tenant.
func (b *bundle) correction(t *testing.T, sub *queries.Submission) *queries.EmailCorrection {
	t.Helper()
	c, err := b.Q.EmailCorrectionGetPending(t.Context(), b.DB.Pool, sub.TenantID)
	require.NoError(t, err)
	return c
}

// TestNoticesComeFromWhereTheyAreAbout: a tenant of two locations reads of the plan and the place that changed, not of the newest.
func TestNoticesComeFromWhereTheyAreAbout(t *testing.T) {
	t.Parallel()
	b := setup(t)
	studio := b.Approved(t, migration.NextMonth)
	b.Claimed(t, testkit.Visa, testkit.For(studio.TenantID), testkit.At(b.Wash))
	b.MustWork(t)
	require.NoError(t, b.change(t, studio, b.GivenMethod(t, studio, mastercard)))
	mails := b.mails(t)
	b.MustWork(t)
	text := b.Resend.Emails()[mails].Text
	require.Contains(t, text, "Your monthly payment for "+b.Studio.Name)
	require.NotContains(t, text, b.Wash.Name)

	require.NoError(t, b.Rules.RequestEmailChange(t.Context(), testkit.SignedIn(studio.TenantID), "other@home.test"))
	b.Exec(t, `UPDATE email_corrections SET location_id = $1`, b.Toronto.ID)
	_, err := b.Rules.DeclineEmailCorrection(t.Context(), testkit.By(b.Admin), b.correction(t, studio).ID, "It is nobody's.")
	require.NoError(t, err)
	mails = b.mails(t)
	b.MustWork(t)
	require.Contains(t, b.Resend.Emails()[mails].Text, b.Toronto.Name+" did not take")
}

func TestEnterEmailCorrection(t *testing.T) {
	t.Parallel()
	enter := func(t *testing.T, b *bundle, by *queries.Staff, sub *queries.Submission, email string) (migration.DecidedCorrection, error) {
		t.Helper()
		return b.Rules.EnterEmailCorrection(t.Context(), testkit.By(by), sub.TenantID, email)
	}

	t.Run("IsAcceptedLikeTheTenantsOwn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		old := *b.TenantOf(t, sub).Email
		done, err := enter(t, b, b.Manager, sub, " Tess@Mended.test ")
		require.NoError(t, err)
		require.Equal(t, "tess@mended.test", done.Correction.Email)
		require.Equal(t, b.Manager.ID, *done.Correction.EnteredBy)
		require.Equal(t, b.Denver.ID, done.Correction.LocationID)
		require.Equal(t, old, *b.TenantOf(t, sub).Email, "nothing changes yet")
		again, err := enter(t, b, b.Colleague, sub, "tess@mended.test")
		require.NoError(t, err)
		require.Equal(t, done.Correction, again.Correction)
		_, err = b.Rules.AcceptEmailCorrection(t.Context(), testkit.By(b.Manager), done.Correction.ID)
		require.NoError(t, err)
		require.Equal(t, "tess@mended.test", *b.TenantOf(t, sub).Email)
		b.MustWork(t)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM deliveries WHERE says = 'email_changed' AND address = $1`, old), "the old address is told")
		b.RequireStories(t)
	})

	t.Run("Refused", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		_, err := enter(t, b, b.Manager, sub, "nobody")
		requireRefused(t, err, "INVALID email")
		_, err = enter(t, b, b.Manager, sub, *b.TenantOf(t, sub).Email)
		requireRefused(t, err, "INVALID email")
		_, err = enter(t, b, b.Stranger, sub, "tess@mended.test")
		requireRefused(t, err, "NOT_FOUND tenantId")
		typed := typedInBoston(t, b)
		_, err = b.Rules.EnterEmailCorrection(t.Context(), testkit.By(b.Stranger), typed.TenantID, "kim@mended.test")
		requireRefused(t, err, "NOT_FOUND tenantId")
		_, err = b.Rules.EnterEmailCorrection(t.Context(), testkit.By(b.Manager), typed.TenantID, "kim@mended.test")
		requireRefused(t, err, "WRONG_STATE tenantId")
		require.Zero(t, b.Count(t, `SELECT count(*) FROM email_corrections`))
	})
}

func TestAcceptEmailCorrectionThatIsTaken(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub, other := b.Claimed(t, testkit.Visa), b.Claimed(t, testkit.Visa)
	require.NoError(t, b.Rules.RequestEmailChange(t.Context(), testkit.SignedIn(sub.TenantID), *b.TenantOf(t, other).Email))
	waiting := b.correction(t, sub)
	done, err := b.Rules.AcceptEmailCorrection(t.Context(), testkit.By(b.Manager), waiting.ID)
	requireRefused(t, err, "TAKEN id")
	require.Equal(t, waiting, done.Correction, "it waits on, and can be declined")
	require.Equal(t, b.TenantOf(t, sub), done.Tenant)
	_, err = b.Rules.DeclineEmailCorrection(t.Context(), testkit.By(b.Manager), waiting.ID, "It is another tenant's.")
	require.NoError(t, err)
	done, err = b.Rules.AcceptEmailCorrection(t.Context(), testkit.By(b.Manager), waiting.ID)
	requireRefused(t, err, "WRONG_STATE id")
	require.Equal(t, queries.EmailCorrectionStateDeclined, done.Correction.State)
}
