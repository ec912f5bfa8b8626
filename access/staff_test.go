package access_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/queries"
	"carryover/sandbox/resendfake"
)

const chosen = "a horse with no name at all"

func (b *bundle) invited(t *testing.T) *queries.Staff {
	t.Helper()
	s, err := b.access.Invite(t.Context(), b.by(b.Admin), access.Member{Name: " Nora New ", Email: "Nora@Studios.TEST", Role: queries.StaffRoleManager,
		Locations: []uuid.UUID{b.Denver.ID, b.Boston.ID, b.Denver.ID}})
	require.NoError(t, err)
	return s
}

func (b *bundle) manages(t *testing.T, s *queries.Staff) []string {
	t.Helper()
	return b.Strings(t, `SELECT l.slug FROM managed_locations m JOIN locations l ON l.id = m.location_id WHERE m.staff_id = $1 ORDER BY l.slug`, s.ID)
}

func TestInvite(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		s := b.invited(t)
		require.Equal(t, "Nora New", s.Name)
		require.Equal(t, []string{"boston", "denver"}, b.manages(t, s))
		require.Equal(t, "wrong", b.try(t, s.Email, "", ""), "nobody signs in before a password is chosen")
		tokens := b.mailed(t, "nora@studios.test")
		require.Len(t, tokens, 1)
		mail := b.Resend.Emails()[0]
		require.Equal(t, "Ada Admin invites you to Carryover", mail.Subject)
		require.Contains(t, mail.Text, testkit.PublicURL+"/staff/invitation#")

		in, err := b.access.AcceptInvitation(t.Context(), tokens[0], chosen, origin("198.51.100.7"))
		require.NoError(t, err)
		require.Equal(t, s.ID, b.who(t, in.Token).Staff.ID)
		require.Equal(t, "ok", b.try(t, s.Email, chosen, ""))
		require.Equal(t, []string{"invited", "invitation_accepted", "signed_in", "signed_in"}, b.Told(t, queries.EventSubjectStaff, s.ID))
		_, err = b.access.AcceptInvitation(t.Context(), tokens[0], chosen+"!", origin("198.51.100.7"))
		require.ErrorIs(t, err, access.ErrLinkClosed, "once")
		require.Equal(t, "ok", b.try(t, s.Email, chosen, ""))
	})

	t.Run("TheTokenIsStoredNowhere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.invited(t)
		token := b.mailed(t, "nora@studios.test")[0]
		for _, table := range []string{"staff_links", "staff", "events", "river_job"} {
			require.NotContains(t, strings.Join(b.Strings(t, `SELECT r::text FROM `+table+` r`), "\n"), strings.TrimPrefix(token, "k1."), table)
		}
		require.NotContains(t, b.Log.Text(), token)
	})

	t.Run("ErrInvalid", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		invite := func(m access.Member) error {
			_, err := b.access.Invite(t.Context(), b.by(b.Admin), m)
			return err
		}
		requireRefused(t, invite(access.Member{Email: "x", Role: queries.StaffRoleManager}), "REQUIRED name", "REQUIRED locationIds", "INVALID email")
		requireRefused(t, invite(access.Member{Name: "N\nN", Email: "n@studios.test", Role: queries.StaffRoleAdmin, Locations: []uuid.UUID{b.Denver.ID}}),
			"INVALID name", "INVALID locationIds")
		requireRefused(t, invite(access.Member{Name: "N \u202eadA", Email: "n@studios.test", Role: queries.StaffRoleAdmin}), "INVALID name")
		requireRefused(t, invite(access.Member{Name: "N", Email: "n@studios.test", Role: queries.StaffRoleAttendant, Locations: []uuid.UUID{b.Manager.ID}}), "NOT_FOUND locationIds")
		requireRefused(t, invite(access.Member{Name: "N", Email: " Manager@studios.test", Role: queries.StaffRoleAdmin}), "TAKEN email")
		requireRefused(t, invite(access.Member{Name: "N", Email: b.Gone.Email, Role: queries.StaffRoleAdmin}), "TAKEN email")
		require.Zero(t, b.Count(t, `SELECT count(*) FROM staff_links`))
		require.Zero(t, b.Count(t, `SELECT count(*) FROM events WHERE subject_kind = 'staff'`))
	})

	t.Run("AgainReplacesTheLinkBefore", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		s := b.invited(t)
		first := b.mailed(t, s.Email)[0]
		_, err := b.access.InviteAgain(t.Context(), b.by(b.Admin), s.ID)
		require.NoError(t, err)
		second := b.mailed(t, s.Email)[1]
		_, err = b.access.AcceptInvitation(t.Context(), first, chosen, origin(""))
		require.ErrorIs(t, err, access.ErrLinkClosed)
		_, err = b.access.AcceptInvitation(t.Context(), second, chosen, origin(""))
		require.NoError(t, err)
		_, err = b.access.InviteAgain(t.Context(), b.by(b.Admin), s.ID)
		requireRefused(t, err, "WRONG_STATE id")
		_, err = b.access.InviteAgain(t.Context(), b.by(b.Admin), uuid.New())
		requireRefused(t, err, "NOT_FOUND id")
	})

	t.Run("AMailThatIsHandedOverTwiceGoesOutOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		s := b.invited(t)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1}) // the provider took it, and its answer was lost
		ran := b.Work(t)
		require.Error(t, ran[len(ran)-1].Err)
		require.Len(t, b.mailed(t, s.Email), 1, "the same bytes under the same key")
	})
}

func TestAcceptInvitation(t *testing.T) {
	t.Parallel()
	b := setup(t)
	s := b.invited(t)
	token := b.mailed(t, s.Email)[0]
	accept := func(token, password, ip string) error {
		_, err := b.access.AcceptInvitation(t.Context(), token, password, origin(ip))
		return err
	}

	t.Run("ErrPassword", func(t *testing.T) {
		for _, password := range []string{"", "short", strings.Repeat("x", 300), "Nora@Studios.test", "passwordpassword", "Correct Horse Battery Staple", "aaaaaaaaaaaaaa", "\xff\xfe\xfd23456789012"} {
			requireRefused(t, accept(token, password, ""), "INVALID password")
		}
	})

	t.Run("ErrLinkClosed", func(t *testing.T) {
		for _, wrong := range []string{"", "k1.x", token + "A", strings.ToUpper(token)} {
			require.ErrorIs(t, accept(wrong, chosen, ""), access.ErrLinkClosed)
		}
		require.ErrorIs(t, b.reset(t, token), access.ErrLinkClosed, "of another purpose")
		b.Exec(t, `UPDATE staff SET email = 'other@studios.test' WHERE id = $1`, s.ID)
		require.ErrorIs(t, accept(token, chosen, ""), access.ErrLinkClosed, "mailed to an address that is not theirs any more")
		b.Exec(t, `UPDATE staff SET email = $2 WHERE id = $1`, s.ID, s.Email)
		b.Exec(t, `UPDATE staff SET deactivated_at = created_at WHERE id = $1`, s.ID)
		require.ErrorIs(t, accept(token, chosen, ""), access.ErrLinkClosed)
		b.Exec(t, `UPDATE staff SET deactivated_at = NULL WHERE id = $1`, s.ID)
		b.Clock.Move(72 * time.Hour)
		require.ErrorIs(t, accept(token, chosen, ""), access.ErrLinkClosed)
		b.Clock.Move(-time.Second)
	})

	t.Run("GuessingIsHeldUp", func(t *testing.T) {
		for range 30 {
			require.ErrorIs(t, accept("k1.guess", chosen, "198.51.100.7"), access.ErrLinkClosed)
		}
		requireRefused(t, accept("k1.guess", chosen, "198.51.100.7"), "RATE_LIMITED")
		_, err := b.access.SignInByLink(t.Context(), "k1.guess", origin("198.51.100.7"))
		requireRefused(t, err, "RATE_LIMITED")
	})

	t.Run("ARefusedPasswordLeavesItOpenAlsoBesideWhoGuesses", func(t *testing.T) {
		requireRefused(t, accept(token, "short", "198.51.100.7"), "INVALID password")
		require.NoError(t, accept(token, chosen, "198.51.100.7"))
	})
}

func TestUpdate(t *testing.T) {
	t.Parallel()

	t.Run("HoldsFromTheNextStatementOn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		in, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		_, err = b.access.Update(t.Context(), b.by(b.Admin), b.Manager.ID, access.Member{Name: "Max M.", Role: queries.StaffRoleManager, Locations: []uuid.UUID{b.Boston.ID}})
		require.NoError(t, err)
		require.Equal(t, []string{"boston"}, b.manages(t, b.Manager))
		require.Equal(t, "Max M.", b.who(t, in.Token).Staff.Name)
		_, err = b.access.Update(t.Context(), b.by(b.Admin), b.Manager.ID, access.Member{Name: "Max M.", Role: queries.StaffRoleAttendant, Locations: []uuid.UUID{b.Boston.ID}})
		require.NoError(t, err)
		require.Empty(t, b.manages(t, b.Manager))
		require.Equal(t, queries.StaffRoleAttendant, b.who(t, in.Token).Staff.Role)
		require.Equal(t, []string{"signed_in", "updated", "updated"}, b.Told(t, queries.EventSubjectStaff, b.Manager.ID))
	})

	t.Run("NothingChangedIsNotTold", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.access.Update(t.Context(), b.by(b.Admin), b.Stranger.ID, access.Member{Name: b.Stranger.Name, Role: b.Stranger.Role, Locations: []uuid.UUID{b.Boston.ID}})
		require.NoError(t, err)
		require.Empty(t, b.Told(t, queries.EventSubjectStaff, b.Stranger.ID))
	})

	t.Run("ErrNoSuchMember", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.access.Update(t.Context(), b.by(b.Admin), uuid.New(), access.Member{Name: "N", Role: queries.StaffRoleAdmin})
		requireRefused(t, err, "NOT_FOUND id")
	})
}

func TestTheLastAdmin(t *testing.T) {
	t.Parallel()

	t.Run("StaysOne", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.access.Update(t.Context(), b.by(b.Admin), b.Admin.ID, access.Member{Name: "Ada", Role: queries.StaffRoleManager, Locations: []uuid.UUID{b.Denver.ID}})
		requireRefused(t, err, "WRONG_STATE role")
		_, err = b.access.Deactivate(t.Context(), b.by(b.Admin), b.Admin.ID)
		requireRefused(t, err, "WRONG_STATE id")
		_, err = b.access.Invite(t.Context(), b.by(b.Admin), access.Member{Name: "Second", Email: "second@studios.test", Role: queries.StaffRoleAdmin})
		require.NoError(t, err)
		_, err = b.access.Deactivate(t.Context(), b.by(b.Admin), b.Admin.ID)
		requireRefused(t, err, "WRONG_STATE id")
	})

	t.Run("OfTwoAtOnceOneStays", func(t *testing.T) {
		t.Parallel()
		for range 5 {
			b := setup(t)
			b.Exec(t, `UPDATE staff SET role = 'admin' WHERE id = $1`, b.Colleague.ID)
			errs := make(chan error, 2)
			go func() {
				_, err := b.access.Deactivate(t.Context(), b.by(b.Admin), b.Colleague.ID)
				errs <- err
			}()
			go func() {
				_, err := b.access.Update(t.Context(), b.by(b.Colleague), b.Admin.ID, access.Member{Name: "Ada", Role: queries.StaffRoleManager, Locations: []uuid.UUID{b.Denver.ID}})
				errs <- err
			}()
			first, second := <-errs, <-errs
			if first == nil {
				first, second = second, first
			}
			require.Error(t, first)
			require.NoError(t, second)
			require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM staff WHERE role = 'admin' AND deactivated_at IS NULL`))
		}
	})
}

func TestDeactivate(t *testing.T) {
	t.Parallel()
	b := setup(t)
	in, err := b.signIn(t, b.Manager.Email, testkit.Password)
	require.NoError(t, err)
	_, token, err := b.access.CreateAPIToken(t.Context(), b.who(t, in.Token), b.by(b.Manager), access.NewAPIToken{Name: "books", Scope: queries.TokenScopeStaff, ExpiresAt: testkit.Start.Add(time.Hour)})
	require.NoError(t, err)
	require.NotNil(t, b.who(t, token))
	for range 2 {
		_, err = b.access.Deactivate(t.Context(), b.by(b.Admin), b.Manager.ID)
		require.NoError(t, err)
	}
	require.Nil(t, b.who(t, in.Token))
	require.Nil(t, b.who(t, token))
	require.Equal(t, "wrong", b.try(t, b.Manager.Email, testkit.Password, ""))
	require.Empty(t, b.manages(t, b.Manager))
	for range 2 {
		_, err = b.access.Reactivate(t.Context(), b.by(b.Admin), b.Manager.ID)
		require.NoError(t, err)
	}
	require.Nil(t, b.who(t, in.Token), "what ended stays ended")
	require.Nil(t, b.who(t, token))
	require.Equal(t, "ok", b.try(t, b.Manager.Email, testkit.Password, ""))
	require.Equal(t, []string{"signed_in", "api_token_created", "deactivated", "reactivated", "signed_in"}, b.Told(t, queries.EventSubjectStaff, b.Manager.ID))
}
