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
