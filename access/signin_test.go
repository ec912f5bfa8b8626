package access_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/queries"
	"carryover/throttle"
)

// try is one try to sign in: "ok", "wrong" or "refused".
func (b *bundle) try(t *testing.T, email, password, ip string) string {
	t.Helper()
	_, err := b.access.SignIn(t.Context(), email, password, origin(ip))
	var refused *throttle.Refused
	switch {
	case err == nil:
		return "ok"
	case errorsAs(err, &refused):
		require.GreaterOrEqual(t, refused.RetryAfter, time.Second)
		require.LessOrEqual(t, refused.RetryAfter, 15*time.Minute)
		return "refused"
	}
	require.ErrorIs(t, err, access.ErrWrongCredentials)
	return "wrong"
}

func TestSignInThrottle(t *testing.T) {
	t.Parallel()

	t.Run("ByAccountFromAnywhere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for _, email := range []string{b.Manager.Email, "nobody@studios.test"} {
			for i := range 10 {
				require.Equal(t, "wrong", b.try(t, email, "guess", fmt.Sprintf("198.51.100.%d", i)))
			}
			require.Equal(t, "refused", b.try(t, email, "guess", "198.51.100.99"), "known and unknown are answered alike")
			require.Equal(t, "refused", b.try(t, " "+email, testkit.Password, "198.51.100.99"), "also the right one")
		}
		require.Equal(t, "ok", b.try(t, b.Colleague.Email, testkit.Password, "198.51.100.99"), "somebody else")
		b.Clock.Move(15 * time.Minute)
		require.Equal(t, "ok", b.try(t, b.Manager.Email, testkit.Password, "198.51.100.99"))
	})

	t.Run("ByNetworkOverManyAccounts", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for i := range 50 {
			require.Equal(t, "wrong", b.try(t, fmt.Sprintf("nobody%d@studios.test", i), "guess", fmt.Sprintf("2001:db8:1:2::%d", i+1)))
		}
		require.Equal(t, "refused", b.try(t, b.Manager.Email, testkit.Password, "2001:db8:1:2:ffff::1"), "the same household's")
		require.Equal(t, "ok", b.try(t, b.Manager.Email, testkit.Password, "2001:db8:1:3::1"))
	})

	t.Run("AKnownDeviceIsLetThrough", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Equal(t, "ok", b.try(t, b.Manager.Email, testkit.Password, "203.0.113.7"))
		for i := range 30 {
			b.try(t, b.Manager.Email, "guess", fmt.Sprintf("198.51.100.%d", i))
		}
		require.Equal(t, "refused", b.try(t, b.Manager.Email, testkit.Password, "198.51.100.200"))
		for range 20 {
			require.Equal(t, "ok", b.try(t, b.Manager.Email, testkit.Password, "203.0.113.7"), "no stranger locks the owner out")
		}
		for range 10 {
			require.Equal(t, "wrong", b.try(t, b.Manager.Email, "guess", "203.0.113.7"))
		}
		require.Equal(t, "refused", b.try(t, b.Manager.Email, testkit.Password, "203.0.113.7"), "not for ever wrong, either")
		require.Equal(t, "ok", b.try(t, b.Admin.Email, testkit.Password, "203.0.113.7"), "to another account the address is any address")
	})

	t.Run("AKnownDeviceIsForgotten", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Equal(t, "ok", b.try(t, b.Manager.Email, testkit.Password, "203.0.113.7"))
		b.Clock.Move(30 * 24 * time.Hour)
		for i := range 10 {
			b.try(t, b.Manager.Email, "guess", fmt.Sprintf("198.51.100.%d", i))
		}
		require.Equal(t, "refused", b.try(t, b.Manager.Email, testkit.Password, "203.0.113.7"))
	})

	t.Run("RightOnesCostNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 12 {
			require.Equal(t, "ok", b.try(t, b.Manager.Email, testkit.Password, ""))
		}
	})

	t.Run("NoMoreByTryingAllAtOnceInSeveralProcesses", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		other, err := access.New(b.DB.Pool, b.Clock.Now)
		require.NoError(t, err)
		var wrong atomic.Int32
		var all sync.WaitGroup
		for i := range 40 {
			service := []*access.Service{b.access, other}[i%2]
			all.Go(func() {
				_, err := service.SignIn(t.Context(), b.Manager.Email, "guess", origin(fmt.Sprintf("198.51.100.%d", i)))
				if err != nil && !errorsAs(err, new(*throttle.Refused)) {
					wrong.Add(1)
				}
			})
		}
		all.Wait()
		require.LessOrEqual(t, wrong.Load(), int32(10))
	})
}

func TestSignInEvents(t *testing.T) {
	t.Parallel()
	b := setup(t)
	in, err := b.signIn(t, b.Manager.Email, testkit.Password)
	require.NoError(t, err)
	require.NoError(t, b.access.SignOut(t.Context(), b.who(t, in.Token), b.by(b.Manager)))
	require.Equal(t, []string{"signed_in", "signed_out"}, b.Told(t, queries.EventSubjectStaff, b.Manager.ID))
}

// TestRotation is a browser that holds its token in a cookie.
func TestRotation(t *testing.T) {
	t.Parallel()
	fresh := func(t *testing.T, b *bundle, token string) (in bool, next string) {
		t.Helper()
		v, next, err := b.access.WhoFresh(t.Context(), token)
		require.NoError(t, err)
		return v != nil, next
	}
	signedIn := func(t *testing.T) (*bundle, string) {
		t.Helper()
		b := setup(t)
		in, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		return b, in.Token
	}

	t.Run("AfterAnHour", func(t *testing.T) {
		t.Parallel()
		b, first := signedIn(t)
		b.Clock.Move(time.Hour - time.Microsecond)
		_, next := fresh(t, b, first)
		require.Empty(t, next)
		b.Clock.Move(time.Microsecond)
		in, second := fresh(t, b, first)
		require.True(t, in)
		require.NotEmpty(t, second)
		require.NotEqual(t, first, second)
		require.NotNil(t, b.who(t, second))
	})

	t.Run("RequestsUnderWayGoOn", func(t *testing.T) {
		t.Parallel()
		b, first := signedIn(t)
		b.Clock.Move(time.Hour)
		_, second := fresh(t, b, first)
		in, next := fresh(t, b, first)
		require.True(t, in, "it had left before the answer came")
		require.Empty(t, next, "and does not exchange a second time")
		require.NotNil(t, b.who(t, second), "the browser has it")
		require.NotNil(t, b.who(t, first))
		b.Clock.Move(time.Minute)
		require.Nil(t, b.who(t, first), "a minute after the new one was seen the old one opens nothing")
		require.NotNil(t, b.who(t, second))
	})

	t.Run("ABrowserThatNeverGotTheNewOneGetsAnother", func(t *testing.T) {
		t.Parallel()
		b, first := signedIn(t)
		b.Clock.Move(time.Hour)
		_, lost := fresh(t, b, first)
		b.Clock.Move(2 * time.Hour)
		in, third := fresh(t, b, first)
		require.True(t, in)
		require.NotEmpty(t, third)
		require.Nil(t, b.who(t, lost), "the one that was lost opens nothing")
		require.NotNil(t, b.who(t, third))
	})

	t.Run("ManyRequestsAtOnceGetOneNewOne", func(t *testing.T) {
		t.Parallel()
		b, first := signedIn(t)
		b.Clock.Move(time.Hour)
		var mu sync.Mutex
		var got []string
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				v, next, err := b.access.WhoFresh(t.Context(), first)
				mu.Lock()
				defer mu.Unlock()
				if err == nil && v != nil && next != "" {
					got = append(got, next)
				}
			})
		}
		all.Wait()
		require.Len(t, got, 1)
		require.NotNil(t, b.who(t, got[0]))
	})

	t.Run("ItEndsWhereItWouldHaveEnded", func(t *testing.T) {
		t.Parallel()
		b, token := signedIn(t)
		for range 11 {
			b.Clock.Move(time.Hour)
			in, next := fresh(t, b, token)
			require.True(t, in)
			token = next
			require.NotNil(t, b.who(t, token))
		}
		b.Clock.Move(time.Hour)
		require.Nil(t, b.who(t, token))
	})

	t.Run("AProgramThatHoldsItselfATokenKeepsIt", func(t *testing.T) {
		t.Parallel()
		b, token := signedIn(t)
		for range 5 {
			b.Clock.Move(2 * time.Hour)
			require.NotNil(t, b.who(t, token))
		}
	})
}

func TestSignIns(t *testing.T) {
	t.Parallel()
	b := setup(t)
	one, err := b.signIn(t, b.Manager.Email, testkit.Password)
	require.NoError(t, err)
	two, err := b.signIn(t, b.Manager.Email, testkit.Password)
	require.NoError(t, err)
	admin, err := b.signIn(t, b.Admin.Email, testkit.Password)
	require.NoError(t, err)
	me, boss := b.who(t, one.Token), b.who(t, admin.Token)
	list := func(v *access.Viewer) []*queries.SignIn {
		rows, err := b.access.SignIns(t.Context(), v, b.Manager.ID, nil, 10)
		require.NoError(t, err)
		return rows
	}

	t.Run("OwnAndToAnAdminAnybodys", func(t *testing.T) {
		require.Len(t, list(me), 2)
		require.Len(t, list(boss), 2)
		require.True(t, me.IsCurrent(list(me)[1]))
		require.False(t, me.IsCurrent(list(me)[0]))
		require.Equal(t, "203.0.113.7", list(me)[0].Ip.String())
		rows, err := b.access.SignIns(t.Context(), me, b.Admin.ID, nil, 10)
		require.NoError(t, err)
		require.Empty(t, rows)
	})

	t.Run("ErrSomebodyElses", func(t *testing.T) {
		requireRefused(t, b.access.RevokeSignIn(t.Context(), me, b.by(b.Manager), b.idOf(t, admin)), "NOT_FOUND id")
		requireRefused(t, b.access.RevokeSignIn(t.Context(), me, b.by(b.Manager), b.Manager.ID), "NOT_FOUND id")
		require.NotNil(t, b.who(t, admin.Token))
	})

	t.Run("Others", func(t *testing.T) {
		n, err := b.access.RevokeOtherSignIns(t.Context(), me, b.by(b.Manager))
		require.NoError(t, err)
		require.Equal(t, 1, n)
		require.Nil(t, b.who(t, two.Token))
		require.NotNil(t, b.who(t, one.Token))
		require.NotNil(t, b.who(t, admin.Token))
		n, err = b.access.RevokeOtherSignIns(t.Context(), me, b.by(b.Manager))
		require.NoError(t, err)
		require.Zero(t, n)
	})

	t.Run("ByAnAdminOnce", func(t *testing.T) {
		for range 2 {
			require.NoError(t, b.access.RevokeSignIn(t.Context(), boss, b.by(b.Admin), b.idOf(t, one)))
		}
		require.Nil(t, b.who(t, one.Token))
		require.Empty(t, list(boss))
		require.Equal(t, []string{"signed_in", "signed_in", "other_sign_ins_revoked", "sign_in_revoked"}, b.Told(t, queries.EventSubjectStaff, b.Manager.ID))
	})
}
