package migration_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func TestDeleteInvitation(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		token := b.Token(t, inv)
		require.NoError(t, b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), inv.ID))
		require.Zero(t, b.Count(t, `SELECT count(*) FROM invitations`))
		require.Equal(t, []string{"created", "deleted"}, b.Told(t, queries.EventSubjectInvitation, inv.ID), "its story stays")
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM tenants`))
		_, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, token, queries.MessageLanguageEn)
		require.ErrorIs(t, err, migration.ErrUnknownToken)
		requireRefused(t, b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), inv.ID), "NOT_FOUND id")
		_, err = b.Rules.CreateInvitation(t.Context(), testkit.By(b.Manager), draftFor(inv))
		require.NoError(t, err, "the offer is free again")
	})

	t.Run("AfterEditsInPlaceToo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		next, err := b.edit(t, b.Invited(t), testkit.OnDay(3))
		require.NoError(t, err)
		require.NoError(t, b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), next.ID))
	})

	t.Run("ErrOnceSomebodyWasTold", func(t *testing.T) {
		t.Parallel()
		for name, tell := range ways {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				inv := b.Invited(t)
				tell(t, b, inv)
				err := b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), inv.ID)
				requireRefused(t, err, "WRONG_STATE id")
				require.ErrorContains(t, err, map[bool]string{true: "Cancel the sending", false: "Revoke it instead"}[name == "Queued" || name == "AboutToBeQueued"])
				require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM invitations`))
			})
		}
	})

	t.Run("ErrWhereARecordNamesIt", func(t *testing.T) {
		t.Parallel()
		for name, sql := range map[string]string{
			"CanceledDelivery": withdrawnDelivery,
			"SkippedRow": aBatch + `INSERT INTO batch_items (batch_id, position, invitation_id, outcome, reason)
				SELECT b.id, 0, i.id, 'skipped', 'SUPPRESSED' FROM b, invitations i WHERE unit = 'old'`,
			"Predecessor": `UPDATE invitations SET successor_id = (SELECT id FROM invitations WHERE unit = 'old') WHERE unit <> 'old'`,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				inv := b.Invited(t, func(d *migration.InvitationDraft) { d.Unit = "old" })
				b.Claimed(t, testkit.Visa)
				b.Exec(t, sql)
				err := b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), inv.ID)
				requireRefused(t, err, "WRONG_STATE id")
				require.ErrorContains(t, err, "Revoke it instead")
				_, err = b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, "")
				require.NoError(t, err, "and that is possible")
			})
		}
	})

	t.Run("ErrSentClaimedRevoked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		revoked := b.Invited(t)
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), revoked.ID, "")
		require.NoError(t, err)
		for _, id := range []uuid.UUID{b.Sent(t).ID, *b.Claimed(t, testkit.Visa).InvitationID, revoked.ID} {
			requireRefused(t, b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), id), "WRONG_STATE id")
		}
		require.Equal(t, 3, b.Count(t, `SELECT count(*) FROM invitations`))
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		for _, by := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
			requireRefused(t, b.Rules.DeleteInvitation(t.Context(), testkit.By(by), inv.ID), "NOT_FOUND id")
		}
		requireRefused(t, b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), testkit.Missing()), "NOT_FOUND id")
	})
}
