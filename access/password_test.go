package access_test

import (
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/throttle"
)

func (b *bundle) askForReset(t *testing.T, email string) {
	t.Helper()
	require.NoError(t, b.Rules.RequestPasswordReset(t.Context(), testkit.Browser, email))
}

func (b *bundle) reset(t *testing.T, token string) error {
	t.Helper()
	_, err := b.access.ResetPassword(t.Context(), token, chosen, origin(""))
	return err
}

func TestResetPassword(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		in, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		b.askForReset(t, " MANAGER@studios.test")
		tokens := b.mailed(t, b.Manager.Email)
		require.Len(t, tokens, 1)
		require.Equal(t, "Choose a new password for Carryover", b.Resend.Emails()[0].Subject)
		require.NotNil(t, b.who(t, in.Token), "asking changes nothing")
		require.NoError(t, b.reset(t, tokens[0]))
		require.Nil(t, b.who(t, in.Token), "whoever had the old password is out")
		require.Equal(t, "wrong", b.try(t, b.Manager.Email, testkit.Password, ""))
		require.Equal(t, "ok", b.try(t, b.Manager.Email, chosen, ""))
		require.ErrorIs(t, b.reset(t, tokens[0]), access.ErrLinkClosed)
		require.Equal(t, []string{"signed_in", "password_reset_mailed", "password_reset", "signed_in"}, b.Told(t, queries.EventSubjectStaff, b.Manager.ID))
	})

	t.Run("TokensOfProgramsEndToo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		in, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		_, token, err := b.access.CreateAPIToken(t.Context(), b.who(t, in.Token), migration.StaffActor(b.Manager.ID, ""), access.NewAPIToken{Name: "Reader",
			Scope: queries.TokenScopeReadOnly, ExpiresAt: b.Clock.Now().Add(time.Hour)})
		require.NoError(t, err)
		require.NotNil(t, b.who(t, token))
		b.askForReset(t, b.Manager.Email)
		require.NoError(t, b.reset(t, b.mailed(t, b.Manager.Email)[0]))
		require.Nil(t, b.who(t, token), "whoever got in may have made it")
	})

	for name, meanwhile := range map[string]string{"ErrThePasswordBecameAnother": `UPDATE staff SET password_hash = password_hash || 'x' WHERE id = $1`,
		"ErrShutOut": `UPDATE staff SET deactivated_at = created_at WHERE id = $1`} {
		t.Run(name+"WhileSomebodySignedIn", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			tx, err := b.DB.Owner.Begin(t.Context())
			require.NoError(t, err)
			defer func() { _ = tx.Rollback(t.Context()) }()
			_, err = tx.Exec(t.Context(), meanwhile, b.Manager.ID)
			require.NoError(t, err)
			done := make(chan error, 1)
			go func() {
				_, err := b.access.SignIn(t.Context(), b.Manager.Email, testkit.Password, access.Origin{})
				done <- err
			}()
			require.Eventually(t, func() bool {
				waits := 0 // seen by the owner alone
				err := tx.QueryRow(t.Context(), `SELECT count(*) FROM pg_locks WHERE NOT granted`).Scan(&waits)
				return err == nil && waits > 0
			}, 30*time.Second, 20*time.Millisecond, "the password was right before")
			require.NoError(t, tx.Commit(t.Context()))
			require.ErrorIs(t, <-done, access.ErrWrongCredentials)
			require.Zero(t, b.Count(t, `SELECT count(*) FROM sign_ins`))
		})
	}

	t.Run("KnownAndUnknownLeaveTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.DB.Owner.Exec(t.Context(), `REVOKE ALL ON staff FROM carryover_app`)
		require.NoError(t, err)
		for _, email := range []string{b.Manager.Email, b.Gone.Email, "nobody@studios.test"} {
			b.askForReset(t, email)
		}
		_, err = b.DB.Owner.Exec(t.Context(), `GRANT SELECT, INSERT, UPDATE ON staff TO carryover_app`)
		require.NoError(t, err)
		require.Equal(t, 3, b.Count(t, `SELECT count(*) FROM river_job WHERE kind = 'send_password_reset'`), "who it is, is found out afterwards")
		b.MustWork(t)
		require.Equal(t, []string{b.Manager.Email}, b.Resend.Addresses())
	})

	t.Run("ThreeAnHour", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 6 {
			b.askForReset(t, b.Manager.Email)
		}
		require.LessOrEqual(t, len(b.mailed(t, b.Manager.Email)), 3)
		require.Equal(t, 3, b.Count(t, `SELECT count(*) FROM password_reset_requests`))
	})

	t.Run("ANetworkThatAsksForManyIsToldSo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for i := range 30 {
			b.askForReset(t, fmt.Sprintf("nobody%d@studios.test", i))
		}
		requireRefused(t, b.Rules.RequestPasswordReset(t.Context(), testkit.Browser, b.Manager.Email), "RATE_LIMITED")
		requireRefused(t, b.Rules.RequestSignInLink(t.Context(), testkit.Browser, "tess@home.test", queries.MessageLanguageEn), "RATE_LIMITED")
	})

	t.Run("OnlyTheNewestOpensAndForAnHour", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.askForReset(t, b.Manager.Email)
		first := b.mailed(t, b.Manager.Email)[0]
		b.askForReset(t, b.Manager.Email)
		second := b.mailed(t, b.Manager.Email)[1]
		require.ErrorIs(t, b.reset(t, first), access.ErrLinkClosed)
		b.Clock.Move(time.Hour)
		require.ErrorIs(t, b.reset(t, second), access.ErrLinkClosed)
	})

	t.Run("WhoWasInvitedIsInvitedAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		s := b.invited(t)
		b.askForReset(t, s.Email)
		tokens := b.mailed(t, s.Email)
		_, err := b.access.AcceptInvitation(t.Context(), tokens[len(tokens)-1], chosen, origin(""))
		require.NoError(t, err)
	})

	t.Run("AfterADayNobodyKnowsWhoAsked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.askForReset(t, "nobody@studios.test")
		b.MustWork(t)
		require.NoError(t, b.Rules.PurgeAccess(t.Context()))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM password_reset_requests`))
		require.NotZero(t, b.Count(t, `SELECT count(*) FROM throttles`))
		b.Clock.Move(24*time.Hour + time.Second)
		require.NoError(t, b.Rules.PurgeAccess(t.Context()))
		require.Zero(t, b.Count(t, `SELECT count(*) FROM password_reset_requests`))
		require.Zero(t, b.Count(t, `SELECT count(*) FROM throttles`))
	})
}

func TestChangePassword(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		in, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		other, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		next, err := b.access.ChangePassword(t.Context(), b.who(t, in.Token), testkit.Password, chosen, origin(""))
		require.NoError(t, err)
		require.Nil(t, b.who(t, in.Token))
		require.Nil(t, b.who(t, other.Token))
		require.NotNil(t, b.who(t, next.Token))
		require.Equal(t, "ok", b.try(t, b.Manager.Email, chosen, ""))
	})

	t.Run("ErrCurrentAndNew", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		in, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		v := b.who(t, in.Token)
		change := func(current, password string) error {
			_, err := b.access.ChangePassword(t.Context(), v, current, password, origin(""))
			return err
		}
		requireRefused(t, change(testkit.Password, "short"), "INVALID password")
		for range 10 {
			requireRefused(t, change("guess", chosen), "WRONG_CREDENTIALS current")
		}
		requireRefused(t, change(testkit.Password, chosen), "RATE_LIMITED")
		b.Clock.Move(15 * time.Minute)
		require.NoError(t, change(testkit.Password, chosen))
		requireRefused(t, change(testkit.Password, chosen), "WRONG_CREDENTIALS current") // of a viewer read before
	})
}

// TestFlood is many who guess at the same moment, from as many networks at as many accounts: no throttle knows them.
func TestFlood(t *testing.T) {
	t.Parallel()
	b := setup(t)
	owner := origin("203.0.113.7")
	_, owner.Device = b.tryFrom(t, b.Manager.Email, testkit.Password, owner)
	var looked, refused atomic.Int32
	var all sync.WaitGroup
	many := max(200, 20*runtime.GOMAXPROCS(0)) // more than wait for their turn on however many processors
	for i := range many {
		all.Go(func() {
			ip := fmt.Sprintf("2001:db8:%x::1", i)
			_, err := b.access.SignIn(t.Context(), fmt.Sprintf("nobody%d@studios.test", i), strings.Repeat("x", 20), origin(ip))
			if errorsAs(err, new(*throttle.Refused)) {
				refused.Add(1)
				return
			}
			looked.Add(1)
		})
	}
	said, _ := b.tryFrom(t, b.Manager.Email, testkit.Password, owner)
	require.Equal(t, "ok", said, "a known device does not wait behind them")
	all.Wait()
	require.EqualValues(t, many, looked.Load()+refused.Load())
	require.NotZero(t, refused.Load(), "more than can be looked at soon are not looked at")
	require.NotZero(t, looked.Load())
	require.Zero(t, b.Count(t, `SELECT count(*) FROM throttles WHERE name = 'sign_in_account' AND taken > 1`))
	require.Equal(t, int(looked.Load()), b.Count(t, `SELECT coalesce(sum(taken), 0) FROM throttles WHERE name = 'sign_in_account'`), "who was not looked at was not wrong")
}
