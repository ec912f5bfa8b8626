package server_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/internal/testkit"
	"carryover/queries"
	"carryover/server"
)

// goingOut are the ways in which somebody stops being who they were when they connected, and the token that they connect with.
var goingOut = map[string]func(t *testing.T, b *bundle) (token string, out func() error){
	"SignedOut": func(t *testing.T, b *bundle) (string, func() error) {
		token, _ := b.signIn(t)
		return token, func() error { return b.in.SignOut(t.Context(), b.who(t, token), testkit.By(b.Manager)) }
	},
	"Revoked": func(t *testing.T, b *bundle) (string, func() error) {
		token, _ := b.signIn(t)
		other, _ := b.signIn(t)
		return token, func() error {
			_, err := b.in.RevokeOtherSignIns(t.Context(), b.who(t, other), testkit.By(b.Manager))
			return err
		}
	},
	"Deactivated": func(t *testing.T, b *bundle) (string, func() error) {
		token, _ := b.signIn(t)
		return token, func() error {
			_, err := b.in.Deactivate(t.Context(), testkit.By(b.Admin), b.Manager.ID)
			return err
		}
	},
	"AnAttendantNow": func(t *testing.T, b *bundle) (string, func() error) {
		token, _ := b.signIn(t)
		return token, func() error {
			_, err := b.in.Update(t.Context(), testkit.By(b.Admin), b.Manager.ID,
				access.Member{Name: "Max", Role: queries.StaffRoleAttendant, Locations: []uuid.UUID{b.Denver.ID}})
			return err
		}
	},
	"TokenRevoked": func(t *testing.T, b *bundle) (string, func() error) {
		token, _ := b.signIn(t)
		me := b.who(t, token)
		row, key, err := b.in.CreateAPIToken(t.Context(), me, testkit.By(b.Manager),
			access.NewAPIToken{Name: "board", Scope: queries.TokenScopeReadOnly, ExpiresAt: testkit.Start.Add(time.Hour)})
		require.NoError(t, err)
		return key, func() error { return b.in.RevokeAPIToken(t.Context(), me, testkit.By(b.Manager), row.ID) }
	},
}

// noLooks leaves notices as the only way to hear of something while a test runs.
func noLooks(o *server.Options) { o.Resolver.LookAgain = time.Hour }

// TestConnectionsEndWithTheSignIn: nothing happens to what is watched, and yet nobody who is out goes on listening.
func TestConnectionsEndWithTheSignIn(t *testing.T) {
	t.Parallel()
	for name, come := range goingOut {
		t.Run("Socket/"+name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, noLooks)
			token, out := come(t, b)
			watching, idle := b.dial(t, b.elsewhere(t), nil, bearer(token)), b.dial(t, b.url, nil, bearer(token))
			watching.subscribe(batchID(b.Send(t, b.Invited(t))))
			require.Equal(t, "next", watching.next().Type)
			require.NoError(t, out())
			last := watching.isClosed(4401)
			require.Empty(t, idle.isClosed(4401), "also one over which nothing is watched")
			for i, text := range last {
				require.NotContains(t, text, "batchProgressed\":{")
				require.True(t, i > 0 || strings.Contains(text, "UNAUTHENTICATED"), "it does not look finished: %s", text)
			}
		})
		t.Run("ServerSentEvents/"+name, func(t *testing.T) {
			t.Parallel()
			b := setup(t, noLooks)
			token, out := come(t, b)
			resp, lines := b.listen(t, progress(batchID(b.Send(t, b.Invited(t)))), "Authorization", "Bearer "+token)
			_, data := event(t, lines)
			require.Contains(t, data, `"state":"RUNNING"`)
			require.NoError(t, out())
			_, data = event(t, lines)
			require.Contains(t, data, "UNAUTHENTICATED")
			said, _ := event(t, lines)
			require.Equal(t, "complete", said)
			require.False(t, lines.Scan(), "nor does the connection stay open")
			require.NoError(t, resp.Body.Close())
		})
	}
}
