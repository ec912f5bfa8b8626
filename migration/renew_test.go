package migration_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func (b *bundle) renew(t *testing.T, inv *queries.Invitation, replace bool) (*queries.Invitation, error) {
	t.Helper()
	return b.Rules.RenewInvitationLink(t.Context(), testkit.By(b.Manager), inv.ID, replace)
}

func TestRenewInvitationLink(t *testing.T) {
	t.Parallel()

	t.Run("OpensForItsWholeLifeAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for _, inv := range []*queries.Invitation{b.Invited(t), b.Sent(t)} {
			b.Clock.Move(testkit.LinkLife + time.Hour)
			require.Equal(t, migration.SetupStateExpired, b.Open(t, inv).State)
			renewed, err := b.renew(t, inv, false)
			require.NoError(t, err)
			require.True(t, renewed.LinkExpiresAt.Equal(b.Clock.Now().Add(testkit.LinkLife)))
			require.Equal(t, inv.Status, renewed.Status, "being expired is no state")
			require.Equal(t, migration.SetupStateOpen, b.Open(t, inv).State, "the link is the same")
		}
		require.Len(t, b.Resend.Addresses(), 1, "nobody is told")
		b.RequireStories(t)
	})

	t.Run("ReplacesTheLinksBefore", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		renewed, err := b.renew(t, inv, true)
		require.NoError(t, err)
		require.Equal(t, inv.LinkVersion+1, renewed.LinkVersion)
		requireClosed(t, b, inv, migration.SetupStateReplaced)
		require.Equal(t, migration.SetupStateOpen, b.Open(t, renewed).State)
		require.Equal(t, []string{"created", "sent", "link_replaced", "opened"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
	})

	t.Run("ClosesTheFormOfAReplacedLink", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		looked := b.Acceptance(t, inv, testkit.Visa)
		renewed, err := b.renew(t, inv, true)
		require.NoError(t, err)
		_, err = b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), looked)
		requireRefused(t, err, "LINK_CLOSED token")
		b.Submit(t, renewed, b.Acceptance(t, renewed, testkit.Visa))
	})

	t.Run("OfAClaimedOneWhoseAttemptCameToNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		inv := b.Invitation(t, *sub.InvitationID)
		_, err := b.renew(t, inv, false)
		requireRefused(t, err, "WRONG_STATE id")
		b.Exec(t, `UPDATE submissions SET status = 'rejected' WHERE id = $1`, sub.ID)
		b.Clock.Move(2 * testkit.LinkLife)
		require.Equal(t, migration.SetupStateExpired, b.Open(t, inv).State)
		_, err = b.renew(t, inv, false)
		require.NoError(t, err)
		require.Equal(t, migration.SetupStateOpen, b.Open(t, inv).State)
	})

	t.Run("WhileSomethingIsAskedOfTheTenant", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.waiting(t)
		for _, status := range []queries.SubmissionStatus{queries.SubmissionStatusWaitingForBankVerification, queries.SubmissionStatusTenantActionRequired} {
			_, err := b.DB.Owner.Exec(t.Context(), `ALTER TABLE submissions DISABLE TRIGGER USER`)
			require.NoError(t, err)
			b.Exec(t, `UPDATE submissions SET status = $2 WHERE id = $1`, sub.ID, status)
			inv := b.Invitation(t, *sub.InvitationID)
			copied, err := b.Rules.CopyInvitationLink(t.Context(), testkit.By(b.Manager), inv.ID)
			require.NoError(t, err, status)
			require.Contains(t, copied.Link, b.Token(t, inv))
			_, err = b.renew(t, inv, true)
			require.NoError(t, err, status)
			require.Equal(t, migration.SetupStateReplaced, b.Open(t, inv).State)
			require.NotEqual(t, migration.SetupStateReplaced, b.Open(t, b.Invitation(t, inv.ID)).State)
		}
	})

	t.Run("ErrItsPlaceIsTaken", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		_, err := b.turnDown(t, b.again(t, inv), instead(b.Wash, 20))
		require.NoError(t, err)
		_, err = b.renew(t, inv, false)
		requireRefused(t, err, "WRONG_STATE id")
		require.ErrorContains(t, err, "Another offer took the place")
	})

	t.Run("ErrClosed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, inv := b.declined(t)
		_, err := b.turnDown(t, sub, closes)
		require.NoError(t, err)
		_, err = b.Rules.CopyInvitationLink(t.Context(), testkit.By(b.Manager), inv.ID)
		requireRefused(t, err, "WRONG_STATE id")
		require.ErrorContains(t, err, "was closed")
	})

	t.Run("ErrRevoked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, "")
		require.NoError(t, err)
		_, err = b.renew(t, inv, true)
		requireRefused(t, err, "WRONG_STATE id")
		_, err = b.Rules.CopyInvitationLink(t.Context(), testkit.By(b.Manager), inv.ID)
		requireRefused(t, err, "WRONG_STATE id")
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		for _, by := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
			_, err := b.Rules.RenewInvitationLink(t.Context(), testkit.By(by), inv.ID, true)
			requireRefused(t, err, "NOT_FOUND id")
			_, err = b.Rules.CopyInvitationLink(t.Context(), testkit.By(by), inv.ID)
			requireRefused(t, err, "NOT_FOUND id")
		}
		_, err := b.Rules.CopyInvitationLink(t.Context(), testkit.By(b.Manager), testkit.Missing())
		requireRefused(t, err, "NOT_FOUND id")
	})
}

func TestCopyInvitationLink(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	b.Clock.Move(testkit.LinkLife + time.Hour)
	copied, err := b.Rules.CopyInvitationLink(t.Context(), testkit.By(b.Manager), inv.ID)
	require.NoError(t, err)
	require.True(t, copied.ExpiresAt.Equal(b.Clock.Now().Add(testkit.LinkLife)), "like a sending, it lets the link open again")
	token, ours := strings.CutPrefix(copied.Link, testkit.PublicURL+"/setup/")
	require.True(t, ours)
	setup, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, token, queries.MessageLanguageEn)
	require.NoError(t, err)
	require.Equal(t, migration.SetupStateOpen, setup.State)
	again, err := b.Rules.CopyInvitationLink(t.Context(), testkit.By(b.Colleague), inv.ID)
	require.NoError(t, err)
	require.Equal(t, copied.Link, again.Link)
	require.Equal(t, queries.InvitationStatusPending, b.Invitation(t, inv.ID).Status)
	require.Equal(t, []string{"created", "link_copied", "opened", "link_copied"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
	require.Zero(t, b.Count(t, `SELECT count(*) FROM events e WHERE e::text LIKE '%' || $1 || '%'`, token), "the record holds no link")
	require.NotContains(t, b.Log.Text(), token)
}
