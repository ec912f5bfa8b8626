package access_test

import (
	"fmt"
	"strings"
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
	said, _ := b.tryFrom(t, email, password, origin(ip))
	return said
}

// tryFrom also answers the token that the browser is known by from then on.
func (b *bundle) tryFrom(t *testing.T, email, password string, from access.Origin) (said, device string) {
	t.Helper()
	in, err := b.access.SignIn(t.Context(), email, password, from)
	var refused *throttle.Refused
	switch {
	case err == nil:
		return "ok", in.Device
	case errorsAs(err, &refused):
		require.GreaterOrEqual(t, refused.RetryAfter, time.Second)
		require.LessOrEqual(t, refused.RetryAfter, 15*time.Minute)
		return "refused", ""
	}
	require.ErrorIs(t, err, access.ErrWrongCredentials)
	return "wrong", ""
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

	t.Run("AFullNetworkTellsNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Equal(t, "ok", b.try(t, b.Manager.Email, testkit.Password, "203.0.113.7"), "signed in from here of late")
		for i := range 50 {
			require.Equal(t, "wrong", b.try(t, fmt.Sprintf("nobody%d@studios.test", i), "guess", "203.0.113.7"))
		}
		for _, email := range []string{b.Manager.Email, b.Colleague.Email, b.Gone.Email, "nobody@studios.test"} {
			require.Equal(t, "refused", b.try(t, email, "guess", "203.0.113.7"), email)
		}
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

// TestDevices is browsers that somebody signed in from.
func TestDevices(t *testing.T) {
	t.Parallel()
	from := func(ip, device string) access.Origin {
		o := origin(ip)
		o.Device = device
		return o
	}
	known := func(t *testing.T, b *bundle, email string) string {
		t.Helper()
		said, device := b.tryFrom(t, email, testkit.Password, origin("203.0.113.7"))
		require.Equal(t, "ok", said)
		return device
	}
	lockOut := func(t *testing.T, b *bundle) {
		t.Helper()
		for i := range 30 {
			b.try(t, b.Manager.Email, "guess", fmt.Sprintf("198.51.100.%d", i))
		}
		require.Equal(t, "refused", b.try(t, b.Manager.Email, testkit.Password, "198.51.100.200"))
	}

	t.Run("NoStrangerLocksTheOwnerOut", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		device := known(t, b, b.Manager.Email)
		lockOut(t, b)
		for i := range 20 {
			said, next := b.tryFrom(t, b.Manager.Email, testkit.Password, from(fmt.Sprintf("192.0.2.%d", i), device))
			require.Equal(t, "ok", said, "from any network")
			require.NotEqual(t, device, next)
			device = next
		}
		require.Equal(t, "refused", b.try(t, b.Manager.Email, testkit.Password, "203.0.113.7"), "the network that the owner signed in from says nothing")
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM staff_devices`), "one browser")
	})

	t.Run("NotForEverWrong", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		device, other := known(t, b, b.Manager.Email), known(t, b, b.Manager.Email)
		for i := range 10 {
			said, _ := b.tryFrom(t, b.Manager.Email, "guess", from(fmt.Sprintf("192.0.2.%d", i), device))
			require.Equal(t, "wrong", said)
		}
		said, _ := b.tryFrom(t, b.Manager.Email, testkit.Password, from("192.0.2.99", device))
		require.Equal(t, "refused", said, "who stole a browser has ten guesses")
		said, _ = b.tryFrom(t, b.Manager.Email, testkit.Password, from("192.0.2.99", other))
		require.Equal(t, "ok", said, "and the owner's other browser is another")
		require.Zero(t, b.Count(t, `SELECT count(*) FROM throttles WHERE name <> 'sign_in_device' AND taken > 0`))
	})

	t.Run("ToAnyOtherAccountItIsAStrangers", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		device := known(t, b, b.Colleague.Email)
		lockOut(t, b)
		said, _ := b.tryFrom(t, b.Manager.Email, testkit.Password, from("192.0.2.1", device))
		require.Equal(t, "refused", said)
		for range 10 {
			said, _ = b.tryFrom(t, "nobody@studios.test", "guess", from("192.0.2.1", device))
			require.Equal(t, "wrong", said)
		}
		require.Equal(t, "refused", b.try(t, "nobody@studios.test", "guess", "192.0.2.9"), "counted as a stranger's")
	})

	t.Run("WhoSignsInAfterSomebodyElseLeavesAnother", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		of := known(t, b, b.Colleague.Email)
		said, mine := b.tryFrom(t, b.Manager.Email, testkit.Password, from("203.0.113.7", of))
		require.Equal(t, "ok", said)
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM staff_devices`), "the colleague's is not taken over")
		lockOut(t, b)
		said, _ = b.tryFrom(t, b.Manager.Email, testkit.Password, from("192.0.2.1", mine))
		require.Equal(t, "ok", said)
	})

	t.Run("UnknownUsedAndOver", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		used := known(t, b, b.Manager.Email)
		said, device := b.tryFrom(t, b.Manager.Email, testkit.Password, from("203.0.113.7", used))
		require.Equal(t, "ok", said)
		lockOut(t, b)
		for _, token := range []string{used, "", "cod_", device + "A", strings.TrimPrefix(device, "cod_"), "cod_\x00"} {
			said, _ := b.tryFrom(t, b.Manager.Email, testkit.Password, from("192.0.2.1", token))
			require.Equal(t, "refused", said, "%q", token)
		}
		b.Clock.Move(access.DeviceLife)
		lockOut(t, b)
		said, _ = b.tryFrom(t, b.Manager.Email, testkit.Password, from("192.0.2.1", device))
		require.Equal(t, "refused", said)
	})

	t.Run("TheDatabaseHoldsTheHashOnlyAndItLetsNobodyIn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		device := known(t, b, b.Manager.Email)
		require.True(t, strings.HasPrefix(device, "cod_"))
		rows := strings.Join(b.Strings(t, `SELECT d::text FROM staff_devices d`), "\n")
		require.NotContains(t, rows, strings.TrimPrefix(device, "cod_"))
		require.Nil(t, b.who(t, device))
		require.Nil(t, b.who(t, strings.Replace(device, "cod_", "cos_", 1)))
	})

	t.Run("APasswordThatIsChosenAnewFreesTheOwnerAndForgetsTheOthers", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		thief := known(t, b, b.Manager.Email)
		lockOut(t, b)
		b.askForReset(t, b.Manager.Email)
		mine, err := b.access.ResetPassword(t.Context(), b.mailed(t, b.Manager.Email)[0], chosen, origin(""))
		require.NoError(t, err)
		require.Equal(t, "ok", b.try(t, b.Manager.Email, chosen, "192.0.2.1"), "the mailbox is the owner's")
		lockOut(t, b)
		said, _ := b.tryFrom(t, b.Manager.Email, chosen, from("192.0.2.2", thief))
		require.Equal(t, "refused", said, "where the old password was used")
		said, _ = b.tryFrom(t, b.Manager.Email, chosen, from("192.0.2.2", mine))
		require.Equal(t, "ok", said)
	})

	t.Run("TakingUpAnInvitationLeavesOne", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		s := b.invited(t)
		in, err := b.access.AcceptInvitation(t.Context(), b.mailed(t, s.Email)[0], chosen, origin(""))
		require.NoError(t, err)
		for range 12 {
			b.try(t, s.Email, "guess", "198.51.100.1")
		}
		said, _ := b.tryFrom(t, s.Email, chosen, from("198.51.100.1", in.Device))
		require.Equal(t, "ok", said)
	})

	t.Run("WhoIsShutOutLosesThem", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		known(t, b, b.Manager.Email)
		_, err := b.access.Deactivate(t.Context(), b.by(b.Admin), b.Manager.ID)
		require.NoError(t, err)
		require.Zero(t, b.Count(t, `SELECT count(*) FROM staff_devices`))
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

// held is a browser that holds a token in its cookie: a staff member's or a tenant's.
type held struct {
	signedIn func(t *testing.T) (*bundle, string)
	fresh    func(t *testing.T, b *bundle, token string) (in bool, next string)
	isIn     func(t *testing.T, b *bundle, token string) bool
}

func TestRotation(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]held{
		"OfStaff": {
			signedIn: func(t *testing.T) (*bundle, string) {
				b := setup(t)
				in, err := b.signIn(t, b.Manager.Email, testkit.Password)
				require.NoError(t, err)
				return b, in.Token
			},
			fresh: func(t *testing.T, b *bundle, token string) (bool, string) {
				v, next, err := b.access.WhoFresh(t.Context(), token)
				assertNoError(t, err)
				return v != nil, next
			},
			isIn: func(t *testing.T, b *bundle, token string) bool { return b.who(t, token) != nil },
		},
		"OfATenant": {
			signedIn: func(t *testing.T) (*bundle, string) {
				b := setup(t)
				_, link := b.tenant(t)
				in, err := b.enter(t, link)
				require.NoError(t, err)
				return b, in.Token
			},
			fresh: func(t *testing.T, b *bundle, token string) (bool, string) {
				v, next, err := b.access.WhichTenantFresh(t.Context(), token)
				assertNoError(t, err)
				return v != nil, next
			},
			isIn: func(t *testing.T, b *bundle, token string) bool { return b.which(t, token) != nil },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			rotates(t, k)
		})
	}
}

// assertNoError is for whoever is not the test's own goroutine.
func assertNoError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func rotates(t *testing.T, k held) {
	t.Helper()
	t.Run("AfterAnHour", func(t *testing.T) {
		t.Parallel()
		b, first := k.signedIn(t)
		b.Clock.Move(time.Hour - time.Microsecond)
		_, next := k.fresh(t, b, first)
		require.Empty(t, next)
		b.Clock.Move(time.Microsecond)
		in, second := k.fresh(t, b, first)
		require.True(t, in)
		require.NotEmpty(t, second)
		require.NotEqual(t, first, second)
		require.True(t, k.isIn(t, b, second))
	})

	t.Run("RequestsUnderWayGoOn", func(t *testing.T) {
		t.Parallel()
		b, first := k.signedIn(t)
		b.Clock.Move(time.Hour)
		_, second := k.fresh(t, b, first)
		in, next := k.fresh(t, b, first)
		require.True(t, in, "it had left before the answer came")
		require.Empty(t, next, "and does not exchange a second time")
		require.True(t, k.isIn(t, b, second), "the browser has it")
		require.True(t, k.isIn(t, b, first))
		b.Clock.Move(time.Minute)
		require.False(t, k.isIn(t, b, first), "a minute after the new one was seen the old one opens nothing")
		require.True(t, k.isIn(t, b, second))
	})

	t.Run("ABrowserThatNeverGotTheNewOneGetsAnother", func(t *testing.T) {
		t.Parallel()
		b, first := k.signedIn(t)
		b.Clock.Move(time.Hour)
		_, lost := k.fresh(t, b, first)
		b.Clock.Move(2 * time.Hour)
		in, third := k.fresh(t, b, first)
		require.True(t, in)
		require.NotEmpty(t, third)
		require.False(t, k.isIn(t, b, lost), "the one that was lost opens nothing")
		require.True(t, k.isIn(t, b, third))
	})

	t.Run("ManyRequestsAtOnceGetOneNewOne", func(t *testing.T) {
		t.Parallel()
		b, first := k.signedIn(t)
		b.Clock.Move(time.Hour)
		var mu sync.Mutex
		var got []string
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				_, next := k.fresh(t, b, first)
				mu.Lock()
				defer mu.Unlock()
				if next != "" {
					got = append(got, next)
				}
			})
		}
		all.Wait()
		require.Len(t, got, 1)
		require.True(t, k.isIn(t, b, got[0]))
	})

	t.Run("ItEndsWhereItWouldHaveEnded", func(t *testing.T) {
		t.Parallel()
		b, token := k.signedIn(t)
		for range 11 {
			b.Clock.Move(time.Hour)
			in, next := k.fresh(t, b, token)
			require.True(t, in)
			token = next
			require.True(t, k.isIn(t, b, token))
		}
		b.Clock.Move(time.Hour)
		require.False(t, k.isIn(t, b, token))
	})

	t.Run("NobodyUsesItForThreeHours", func(t *testing.T) {
		t.Parallel()
		b, token := k.signedIn(t)
		b.Clock.Move(3*time.Hour - time.Microsecond)
		require.True(t, k.isIn(t, b, token))
		b.Clock.Move(3 * time.Hour)
		require.False(t, k.isIn(t, b, token))
	})

	t.Run("AProgramThatHoldsItselfATokenKeepsIt", func(t *testing.T) {
		t.Parallel()
		b, token := k.signedIn(t)
		for range 5 {
			b.Clock.Move(2 * time.Hour)
			require.True(t, k.isIn(t, b, token))
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
