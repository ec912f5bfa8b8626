package migration_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// oneWins wants one of two to have gone well and the other to be refused with one of these.
func oneWins(t *testing.T, errs []error, refusals ...string) (winner int) {
	t.Helper()
	winner = 0
	if errs[0] != nil {
		winner = 1
	}
	require.NoError(t, errs[winner])
	lost, ok := migration.RefusalsIn(errs[1-winner])
	require.True(t, ok, "%v", errs[1-winner])
	require.Contains(t, refusals, string(lost[0].Code))
	return winner
}

func TestTwoEditOneInvitation(t *testing.T) {
	t.Parallel()
	for name, make := range map[string]func(*bundle, *testing.T) *queries.Invitation{
		"NobodyWasTold": func(b *bundle, t *testing.T) *queries.Invitation { return b.Invited(t) },
		"Sent":          func(b *bundle, t *testing.T) *queries.Invitation { return b.Sent(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			inv := make(b, t)
			for round := range 15 {
				edit := func(by *queries.Staff, day int) func() error {
					e := asItIs(inv)
					e.AnchorDay = day
					return func() error {
						_, err := b.Rules.UpdateInvitation(t.Context(), testkit.By(by), e)
						return err
					}
				}
				days := []int{1 + round%10, 11 + round%10}
				won := oneWins(t, atOnce(edit(b.Manager, days[0]), edit(b.Colleague, days[1])), "STALE")
				inv = b.Invitation(t, inv.ID)
				require.Equal(t, days[won], inv.AnchorDay)
				require.Equal(t, 2+round, inv.Revision)
			}
			b.RequireStories(t)
		})
	}
}

func TestEditAndSubmitAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 8 {
		inv := b.Sent(t)
		looked := b.Acceptance(t, inv, testkit.Visa)
		errs := atOnce(
			func() error { _, err := b.edit(t, b.Invitation(t, inv.ID), priced("99")); return err },
			func() error {
				_, err := b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), looked)
				return err
			})
		won := oneWins(t, errs, "WRONG_STATE", "QUOTE_CHANGED")
		total := b.Strings(t, `SELECT monthly_total_minor::text FROM submissions WHERE invitation_id = $1`, inv.ID)
		require.Equal(t, map[int][]string{0: {}, 1: {"12900"}}[won], total, "what was looked at, or nothing")
	}
	b.RequireStories(t)
}

func TestDeleteAndSendAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 10 {
		inv := b.Invited(t)
		errs := atOnce(
			func() error { return b.Rules.DeleteInvitation(t.Context(), testkit.By(b.Manager), inv.ID) },
			func() error {
				_, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), testkit.SendRequest(ids.New().String(), inv))
				return err
			})
		if errs[0] != nil {
			requireRefused(t, errs[0], "WRONG_STATE id")
		}
		if errs[1] != nil {
			_, refused := migration.RefusalsIn(errs[1])
			require.True(t, refused, "%v", errs[1])
			require.NoError(t, errs[0], "one of the two goes well")
		}
		mailed := len(b.Resend.Addresses())
		b.MustWork(t)
		left := b.Count(t, `SELECT count(*) FROM invitations WHERE id = $1`, inv.ID)
		require.Equal(t, errs[0] != nil, left == 1, "who was told that it is deleted finds it deleted")
		require.Len(t, b.Resend.Addresses(), mailed+left, "and nobody is told of what was deleted")
	}
	b.RequireStories(t)
}

func TestRevokeAndSubmitAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 8 {
		inv := b.Sent(t)
		looked := b.Acceptance(t, inv, testkit.Visa)
		errs := atOnce(
			func() error {
				_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, "moved out")
				return err
			},
			func() error {
				_, err := b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), looked)
				return err
			})
		won := oneWins(t, errs, "WRONG_STATE", "LINK_CLOSED")
		require.Equal(t, won, b.Count(t, `SELECT count(*) FROM submissions WHERE invitation_id = $1`, inv.ID))
	}
	b.RequireStories(t)
}

func TestRevokeWhileAnEmailIsSent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 8 {
		inv := b.Invited(t)
		b.Send(t, inv)
		errs := atOnce(
			func() error {
				_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), inv.ID, "")
				return err
			},
			func() error { b.MustWork(t); return nil })
		require.Equal(t, []error{nil, nil}, errs)
		b.MustWork(t)
		require.Equal(t, queries.InvitationStatusRevoked, b.Invitation(t, inv.ID).Status)
		require.Equal(t, migration.SetupStateRevoked, b.Open(t, inv).State, "whether or not it was still mailed")
		for _, d := range b.Deliveries(t, inv.ID) {
			require.Contains(t, []queries.DeliveryStatus{queries.DeliveryStatusAccepted, queries.DeliveryStatusCanceled}, d.Status)
		}
	}
	b.RequireStories(t)
}

func TestRenewAndRevokeAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 10 {
		inv := b.Sent(t)
		errs := atOnce(
			func() error {
				_, err := b.Rules.RenewInvitationLink(t.Context(), testkit.By(b.Manager), inv.ID, true)
				return err
			},
			func() error {
				_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Colleague), inv.ID, "")
				return err
			})
		require.NoError(t, errs[1])
		if errs[0] != nil {
			requireRefused(t, errs[0], "WRONG_STATE id")
		}
		now := b.Invitation(t, inv.ID)
		require.Equal(t, queries.InvitationStatusRevoked, now.Status)
		for _, link := range []*queries.Invitation{inv, now} {
			require.Equal(t, migration.SetupStateRevoked, b.Open(t, link).State)
		}
	}
	b.RequireStories(t)
}

// TestTwoSetUpsOfOneTenantAtOnce: both submit where a location knows them by what it typed, so both refresh the same copies.
func TestTwoSetUpsOfOneTenantAtOnce(t *testing.T) {
	t.Parallel()
	for range 3 {
		b := setup(t)
		email := "both@home.test"
		b.Invited(t, newTenant(email, "Record Name"))
		var accept []func() error
		for _, unit := range []string{"a", "b"} {
			d := b.Draft()
			d.PlanID, d.Unit, d.NewTenant = b.Loft.ID, unit, &migration.NewTenant{Name: "Typed Name", Email: email}
			saved, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Stranger), d)
			require.NoError(t, err)
			looked := b.Acceptance(t, saved.Invitation, testkit.Visa)
			accept = append(accept, func() error {
				_, err := b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, saved.Invitation), looked)
				return err
			})
		}
		tenant := uuid.MustParse(b.Strings(t, `SELECT id::text FROM tenants`)[0])
		name := "Renamed Meanwhile"
		accept = append(accept, func() error {
			_, err := b.Rules.UpdateTenant(t.Context(), testkit.By(b.Manager), migration.TenantEdit{ID: tenant, Name: &name})
			return err
		})
		require.Equal(t, []error{nil, nil, nil}, atOnce(accept...))
		require.Equal(t, []string{"renamed meanwhile"}, b.Strings(t, `SELECT DISTINCT tenant_key FROM invitations`))
	}
}
