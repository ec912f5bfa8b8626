package migration_test

import (
	"context"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const everything, invitationsOnly = queries.SuppressionScopeAll, queries.SuppressionScopeInvitations

func byEmail(address string, scope queries.SuppressionScope) migration.SuppressRequest {
	return migration.SuppressRequest{Email: &address, Scope: scope}
}

func byPhone(address string, scope queries.SuppressionScope) migration.SuppressRequest {
	return migration.SuppressRequest{Phone: &address, Scope: scope}
}

func (b *bundle) suppress(t *testing.T, by *queries.Staff, req migration.SuppressRequest) []*queries.Suppression {
	t.Helper()
	put, err := b.Rules.Suppress(t.Context(), testkit.By(by), req)
	require.NoError(t, err)
	return put
}

// drafted answers the address that a draft is for.
func drafted(address string) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.NewTenant.Email = address }
}

func TestSuppress(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("AnAddressHoweverItIsTyped", func(t *testing.T) {
		req := byEmail(" Some.One@Home.Test ", everything)
		req.Note = "Asked at the desk."
		put := b.suppress(t, b.Manager, req)
		require.Len(t, put, 1)
		require.Equal(t, "some.one@home.test", put[0].Address)
		require.Equal(t, "Asked at the desk.", put[0].Note)
		require.Equal(t, "+13035550144", b.suppress(t, b.Manager, byPhone("+1 (303) 555-0144", everything))[0].Address)
	})
	t.Run("AgainChangesNothing", func(t *testing.T) {
		first := b.suppress(t, b.Manager, byEmail("again@home.test", everything))
		again := byEmail("again@home.test", invitationsOnly)
		again.Note = "later"
		require.Equal(t, first, b.suppress(t, b.Manager, again))
		require.Equal(t, []string{"suppressed"}, b.Told(t, queries.EventSubjectSuppression, first[0].ID))
	})
	t.Run("FurtherIsWidened", func(t *testing.T) {
		first := b.suppress(t, b.Manager, byEmail("wide@home.test", invitationsOnly))
		wide := b.suppress(t, b.Manager, byEmail("wide@home.test", everything))
		require.Equal(t, first[0].ID, wide[0].ID)
		require.Equal(t, everything, wide[0].Scope)
		require.Equal(t, []string{"suppressed", "widened"}, b.Told(t, queries.EventSubjectSuppression, first[0].ID))
	})
	t.Run("EachMemberHasTheirOwn", func(t *testing.T) {
		one := b.suppress(t, b.Manager, byEmail("own@home.test", everything))
		two := b.suppress(t, b.Stranger, byEmail("own@home.test", everything))
		require.NotEqual(t, one[0].ID, two[0].ID)
		require.NoError(t, b.Rules.Unsuppress(t.Context(), testkit.By(b.Stranger), two[0].ID))
		require.Equal(t, []string{"do_not_contact all"}, b.listed(t, "own@home.test"), "lifting one's own leaves the other's")
	})
	t.Run("TwoAtOnce", func(t *testing.T) {
		var both sync.WaitGroup
		got := make([][]*queries.Suppression, 4)
		for i := range got {
			both.Go(func() {
				put, err := b.Rules.Suppress(context.Background(), testkit.By(b.Manager), byEmail("twice@home.test", everything))
				require.NoError(t, err)
				got[i] = put
			})
		}
		both.Wait()
		for _, put := range got {
			require.Equal(t, got[0][0].ID, put[0].ID)
		}
		require.Equal(t, []string{"suppressed"}, b.Told(t, queries.EventSubjectSuppression, got[0][0].ID))
	})
	t.Run("ATenantOnEveryKnownChannel", func(t *testing.T) {
		inv := b.Invited(t, drafted("both@home.test"))
		put := b.suppress(t, b.Colleague, migration.SuppressRequest{TenantID: &inv.TenantID, Scope: everything})
		require.Len(t, put, 2)
		require.Equal(t, []string{"both@home.test", "+13035550123"}, []string{put[0].Address, put[1].Address})
	})
	t.Run("ATenantByThePhoneThatWasTypedHere", func(t *testing.T) {
		theirs := b.Invited(t, testkit.At(b.Loft), drafted("typed@home.test"))
		b.Exec(t, `INSERT INTO tenant_locations (tenant_id, location_id, known_as, known_phone) VALUES ($1, $2, 'Typed', '+13035550177')`, theirs.TenantID, b.Denver.ID)
		put := b.suppress(t, b.Manager, migration.SuppressRequest{TenantID: &theirs.TenantID, Scope: everything})
		require.Equal(t, []string{"typed@home.test", "+13035550177"}, []string{put[0].Address, put[1].Address}, "the record's phone is another location's")
	})
}

func TestSuppressRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	email, phone, missing := "a@home.test", "+13035550100", testkit.Missing()
	for name, tt := range map[string]struct {
		req  migration.SuppressRequest
		want []string
	}{
		"Nothing":        {migration.SuppressRequest{}, []string{"REQUIRED"}},
		"Two":            {migration.SuppressRequest{Email: &email, Phone: &phone}, []string{"REQUIRED"}},
		"NoEmail":        {byEmail("nobody", everything), []string{"INVALID email"}},
		"NoPhone":        {byPhone("303 555 0100", everything), []string{"INVALID phone"}},
		"NULInEmail":     {byEmail("a\x00@home.test", everything), []string{"INVALID email"}},
		"NoTenant":       {migration.SuppressRequest{TenantID: &missing}, []string{"NOT_FOUND tenantId"}},
		"ForeignTenant":  {migration.SuppressRequest{TenantID: &inv.TenantID}, []string{"NOT_FOUND tenantId"}},
		"LongNote":       {migration.SuppressRequest{Email: &email, Note: strings.Repeat("x", 501)}, []string{"INVALID note"}},
		"NoteNoUTF8":     {migration.SuppressRequest{Email: &email, Note: "\xff"}, []string{"INVALID note"}},
		"AllThatIsWrong": {migration.SuppressRequest{Email: &missingAt, Note: "\x00"}, []string{"INVALID note", "INVALID email"}},
	} {
		t.Run("Err"+name, func(t *testing.T) {
			_, err := b.Rules.Suppress(t.Context(), testkit.By(b.Stranger), tt.req)
			requireRefused(t, err, tt.want...)
		})
	}
	require.Zero(t, b.Count(t, `SELECT count(*) FROM suppressions`))
}

var missingAt = "home.test"

func TestSuppressWithdrawsWhatWaits(t *testing.T) {
	t.Parallel()
	b := setup(t)
	gone, stays := b.Invited(t, drafted("gone@home.test")), b.Invited(t)
	batch := b.Send(t, gone, stays)
	text := b.text(t, gone, "+13035550123", queries.DeliveryStatusQueued)

	b.suppress(t, b.Manager, byEmail("gone@home.test", invitationsOnly))
	require.Equal(t, queries.DeliveryStatusCanceled, b.Deliveries(t, gone.ID)[1].Status)
	items := b.Items(t, batch)
	require.Equal(t, queries.BatchOutcomeSkipped, items[0].Outcome)
	require.Equal(t, migration.ReasonSuppressed, items[0].Reason)
	require.Equal(t, queries.BatchOutcomePending, items[1].Outcome)
	require.Equal(t, queries.DeliveryStatusQueued, b.delivery(t, text.ID).Status, "a text is another address")

	b.suppress(t, b.Manager, byPhone("+13035550123", everything))
	require.Equal(t, queries.DeliveryStatusCanceled, b.delivery(t, text.ID).Status)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM phone_claims`), "what never reached the provider gives its claim back")

	b.MustWork(t)
	require.Equal(t, []string{b.tenantEmail(t, stays)}, b.Resend.Addresses())
	require.Equal(t, []string{"queued", "withdrawn"}, b.Told(t, queries.EventSubjectDelivery, b.Deliveries(t, gone.ID)[1].ID))
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batches WHERE finished_at IS NOT NULL`))
}

func (b *bundle) tenantEmail(t *testing.T, inv *queries.Invitation) string {
	t.Helper()
	return b.Strings(t, `SELECT email FROM tenants WHERE id = $1`, inv.TenantID)[0]
}

func TestSuppressTheOnlyOneEndsTheBatch(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	b.Send(t, inv)
	b.suppress(t, b.Manager, byEmail(b.tenantEmail(t, inv), everything))
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batches WHERE finished_at IS NOT NULL AND state = 'finished'`))
	b.MustWork(t)
	require.Empty(t, b.Resend.Addresses())
	b.RequireStories(t)
}

func TestASuppressedAddressIsAskedForAtItsTurn(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	b.suppress(t, b.Manager, byEmail(b.tenantEmail(t, inv), invitationsOnly))
	batch := b.Send(t, inv)
	b.MustWork(t)
	require.Equal(t, migration.ReasonSuppressed, b.Items(t, batch)[0].Reason)
	require.Empty(t, b.Resend.Addresses())
	require.Equal(t, queries.InvitationStatusPending, b.Invitation(t, inv.ID).Status)
	b.RequireStories(t)
}

func TestAScopeStopsItsPurposes(t *testing.T) {
	t.Parallel()
	for scope, told := range map[queries.SuppressionScope]int{invitationsOnly: 1, everything: 0} {
		t.Run(string(scope), func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.Claimed(t, testkit.NoFunds)
			email := b.Strings(t, `SELECT email FROM tenants`)[0]
			b.suppress(t, b.Manager, byEmail(email, scope))
			b.suppress(t, b.Manager, byEmail(b.Manager.Email, everything))
			b.Decided(t, sub, migration.CurrentMonth) // is declined, which the tenant must know
			b.MustWork(t)
			require.Equal(t, queries.SubmissionStatusPaymentFailed, b.Submission(t, sub.ID).Status)
			require.Len(t, b.Resend.Addresses(), told)
		})
	}
	t.Run("StaffAreToldInAnyCase", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.suppress(t, b.Admin, byEmail(b.Manager.Email, everything))
		b.Approved(t, migration.CurrentMonth)
		require.Equal(t, []string{b.Manager.Email}, b.Resend.Addresses())
	})
}

func TestUnsuppress(t *testing.T) {
	t.Parallel()
	b := setup(t)
	d := b.Deliveries(t, b.Sent(t).ID)[0]
	b.hear(t, said("email.bounced", d), said("email.complained", d))
	entry := func(reason string) uuid.UUID {
		return uuid.MustParse(b.Strings(t, `SELECT id::text FROM suppressions WHERE reason = $1::text::suppression_reason ORDER BY id DESC`, reason)[0])
	}
	lift := func(by *queries.Staff, id uuid.UUID) error {
		return b.Rules.Unsuppress(t.Context(), testkit.By(by), id)
	}
	own := b.suppress(t, b.Colleague, byEmail(d.Address, everything))[0].ID

	t.Run("ErrAnotherMembers", func(t *testing.T) { requireRefused(t, lift(b.Manager, own), "WRONG_STATE id") })
	t.Run("ErrAPersonsOwn", func(t *testing.T) { requireRefused(t, lift(b.Admin, entry("complaint")), "WRONG_STATE id") })
	t.Run("ErrOfAForeignTenant", func(t *testing.T) {
		for _, id := range []uuid.UUID{own, entry("complaint"), entry("bounce"), testkit.Missing()} {
			requireRefused(t, lift(b.Stranger, id), "NOT_FOUND id")
		}
	})
	t.Run("ABounceByWhoKnowsTheTenant", func(t *testing.T) {
		require.NoError(t, lift(b.Manager, entry("bounce")))
		require.Equal(t, []string{"complaint all", "do_not_contact all"}, b.listed(t, d.Address))
	})
	t.Run("OnesOwnAlsoTwice", func(t *testing.T) {
		require.NoError(t, lift(b.Colleague, own))
		require.NoError(t, lift(b.Colleague, own))
		require.Equal(t, []string{"suppressed", "lifted"}, b.Told(t, queries.EventSubjectSuppression, own))
	})
	t.Run("AnAdminLiftsStaffEntries", func(t *testing.T) {
		again := b.suppress(t, b.Colleague, byEmail(d.Address, everything))[0].ID
		require.NotEqual(t, own, again, "what was lifted stays as it was")
		require.NoError(t, lift(b.Admin, again))
	})
	t.Run("ErrWhoIsGone", func(t *testing.T) { requireRefused(t, lift(b.Gone, own), "NOT_FOUND id") })
}
