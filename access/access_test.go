package access_test

import (
	"context"
	"encoding/hex"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/migration"
)

type bundle struct {
	*testkit.Bundle
	access *access.Service
}

func setup(t *testing.T) *bundle {
	t.Helper()
	b := &bundle{Bundle: testkit.New(t)}
	var err error
	b.access, err = access.New(b.DB.Pool, b.Clock.Now)
	require.NoError(t, err)
	b.access.Mail = b.Rules
	return b
}

// origin is somebody at an address.
func origin(ip string) access.Origin {
	o := access.Origin{RequestID: "req-1", UserAgent: "Browser/1.0\x00\xff" + strings.Repeat("x", 400)}
	if ip != "" {
		addr := netip.MustParseAddr(ip)
		o.IP = &addr
	}
	return o
}

func (b *bundle) signIn(t *testing.T, email, password string) (*access.SignIn, error) {
	t.Helper()
	return b.access.SignIn(t.Context(), email, password, origin("203.0.113.7"))
}

func (b *bundle) who(t *testing.T, token string) *access.Viewer {
	t.Helper()
	v, err := b.access.Who(t.Context(), token)
	require.NoError(t, err)
	return v
}

func TestSignIn(t *testing.T) {
	t.Parallel()
	b := setup(t)

	t.Run("OK", func(t *testing.T) {
		in, err := b.signIn(t, " Manager@Studios.TEST ", testkit.Password)
		require.NoError(t, err)
		require.Equal(t, b.Manager.ID, in.Staff.ID)
		require.True(t, in.ExpiresAt.Equal(testkit.Start.Add(12*time.Hour)))
		require.True(t, strings.HasPrefix(in.Token, "cos_"), "scanners recognise a leaked one")
		require.Equal(t, b.Manager.ID, b.who(t, in.Token).Staff.ID)
		again, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		require.NotEqual(t, in.Token, again.Token)
	})

	t.Run("ErrWrongCredentials", func(t *testing.T) {
		for name, try := range map[string][2]string{
			"WrongPassword":    {b.Manager.Email, testkit.Password + "!"},
			"EmptyPassword":    {b.Manager.Email, ""},
			"UnknownEmail":     {"nobody@studios.test", testkit.Password},
			"EmptyEmail":       {"", testkit.Password},
			"Deactivated":      {b.Gone.Email, testkit.Password},
			"EndlessPassword":  {b.Manager.Email, strings.Repeat("x", 1<<20)},
			"HashAsPassword":   {b.Manager.Email, b.Manager.PasswordHash},
			"EmailIsNoPattern": {"%", testkit.Password},
		} {
			in, err := b.signIn(t, try[0], try[1])
			require.ErrorIs(t, err, access.ErrWrongCredentials, name)
			require.Nil(t, in)
		}
	})

	t.Run("TheDatabaseHoldsTheHashOnly", func(t *testing.T) {
		in, err := b.signIn(t, b.Admin.Email, testkit.Password)
		require.NoError(t, err)
		rows := strings.Join(b.Strings(t, `SELECT s::text FROM sign_ins s`), "\n")
		require.NotContains(t, rows, in.Token)
		require.NotContains(t, rows, strings.TrimPrefix(in.Token, "cos_"))
		require.NotContains(t, rows, hex.EncodeToString([]byte(in.Token)))
		require.Contains(t, rows, "203.0.113.7")
		hashes := b.Strings(t, `SELECT DISTINCT left(password_hash, 31) FROM staff`)
		require.Equal(t, []string{"$argon2id$v=19$m=65536,t=1,p=1$"}, hashes)
	})
}

func TestWho(t *testing.T) {
	t.Parallel()
	b := setup(t)
	in, err := b.signIn(t, b.Manager.Email, testkit.Password)
	require.NoError(t, err)
	other, err := b.signIn(t, b.Manager.Email, testkit.Password)
	require.NoError(t, err)

	t.Run("NobodyForAnythingElse", func(t *testing.T) {
		for _, token := range []string{"", "cos_", "x", in.Token + "A", in.Token[:len(in.Token)-1], strings.ToUpper(in.Token), "cos_\x00", "Bearer " + in.Token,
			strings.TrimPrefix(in.Token, "cos_")} {
			require.Nil(t, b.who(t, token), "%q", token)
		}
	})

	t.Run("NobodyOnceDeactivated", func(t *testing.T) {
		b.Exec(t, `UPDATE staff SET deactivated_at = created_at WHERE id = $1`, b.Manager.ID)
		require.Nil(t, b.who(t, in.Token))
		b.Exec(t, `UPDATE staff SET deactivated_at = NULL WHERE id = $1`, b.Manager.ID)
		require.NotNil(t, b.who(t, in.Token))
	})

	t.Run("NobodyAfterSigningOut", func(t *testing.T) {
		require.NoError(t, b.access.SignOut(t.Context(), b.who(t, in.Token), migration.StaffActor(b.Manager.ID, "req-1")))
		require.Nil(t, b.who(t, in.Token))
		require.NotNil(t, b.who(t, other.Token), "another device stays signed in")
	})

	t.Run("NobodyOnceItsTimeIsOver", func(t *testing.T) {
		for range 4 {
			b.Clock.Move(3*time.Hour - time.Microsecond)
			require.NotNil(t, b.who(t, other.Token), "it is used, so it goes on")
		}
		b.Clock.Move(4 * time.Microsecond)
		require.Nil(t, b.who(t, other.Token), "and yet it is over after twelve hours")
		idle, err := b.signIn(t, b.Manager.Email, testkit.Password)
		require.NoError(t, err)
		b.Clock.Move(3 * time.Hour)
		require.Nil(t, b.who(t, idle.Token), "nobody used it for three hours")
	})

	t.Run("ErrDatabase", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := b.access.Who(ctx, other.Token)
		require.ErrorIs(t, err, context.Canceled, "nobody is told to be nobody because the database is silent")
	})
}

func TestRequest(t *testing.T) {
	t.Parallel()
	require.Nil(t, access.From(t.Context()).Viewer)
	require.NotPanics(t, func() { access.From(t.Context()).SetCookie("x") })
	r := &access.Request{ID: "req-1"}
	require.Same(t, r, access.From(access.With(t.Context(), r)))
}
