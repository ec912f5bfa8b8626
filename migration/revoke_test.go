package migration_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func TestRevokeInvitation(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for _, inv := range []*queries.Invitation{b.Invited(t), b.Sent(t)} {
			revoked, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, " moved out ")
			require.NoError(t, err)
			require.Equal(t, queries.InvitationStatusRevoked, revoked.Status)
			require.Equal(t, "moved out", revoked.RevokedReason)
			require.True(t, revoked.RevokedAt.Equal(testkit.Start))
			requireClosed(t, b, inv, migration.SetupStateRevoked)
		}
		b.RequireStories(t)
	})

	t.Run("AgainAnswersTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		first, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, "moved out")
		require.NoError(t, err)
		b.Clock.Move(1e9)
		again, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Colleague), inv.ID, "another reason")
		require.NoError(t, err)
		require.Equal(t, first, again)
		require.Equal(t, []string{"created", "sent", "revoked"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
	})

	t.Run("WithdrawsWhatWaits", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		batch := b.Send(t, inv)
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, "")
		require.NoError(t, err)
		b.MustWork(t)
		require.Empty(t, b.Resend.Addresses())
		for _, d := range b.Deliveries(t, inv.ID) {
			require.Equal(t, queries.DeliveryStatusCanceled, d.Status)
		}
		require.Equal(t, migration.ReasonRevoked, b.Items(t, batch)[0].Reason)
	})

	t.Run("ClosesTheFormThatIsFilledIn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		looked := b.Acceptance(t, inv, testkit.Visa)
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, "")
		require.NoError(t, err)
		_, err = b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), looked)
		requireRefused(t, err, "LINK_CLOSED token")
		require.Zero(t, b.Count(t, `SELECT count(*) FROM submissions`))
	})

	t.Run("FreesTheOffer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, "")
		require.NoError(t, err)
		_, err = b.Rules.CreateInvitation(t.Context(), testkit.By(b.Manager), draftFor(inv))
		require.NoError(t, err)
	})

	t.Run("ErrClaimed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := *b.Claimed(t, testkit.Visa).InvitationID
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), id, strings.Repeat("ä", 501))
		requireRefused(t, err, "INVALID reason", "WRONG_STATE id")
	})

	t.Run("ErrReason", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		for _, reason := range []string{strings.Repeat("ä", 501), "a\x00b", "a\xffb"} {
			_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, reason)
			requireRefused(t, err, "INVALID reason")
		}
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, strings.Repeat("ä", 500))
		require.NoError(t, err)
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Sent(t)
		for _, by := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
			_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(by), inv.ID, "")
			requireRefused(t, err, "NOT_FOUND id")
		}
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), testkit.Missing(), "")
		requireRefused(t, err, "NOT_FOUND id")
	})
}
