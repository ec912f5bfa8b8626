package server_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// signingOut are the ways in which somebody stops being who they were when they connected.
var signingOut = map[string]func(t *testing.T, b *bundle, token string){
	"SignedOut": func(t *testing.T, b *bundle, token string) {
		b.send(t, "POST", "/graphql", operation(`mutation{signOut{userErrors{code}}}`), "Authorization", "Bearer "+token)
	},
	"Revoked": func(t *testing.T, b *bundle, _ string) {
		b.Exec(t, `UPDATE sign_ins SET revoked_at = $1`, b.Clock.Now())
	},
	"Deactivated": func(t *testing.T, b *bundle, _ string) {
		b.Exec(t, `UPDATE staff SET deactivated_at = created_at WHERE id = $1`, b.Manager.ID)
	},
	"AnAttendantNow": func(t *testing.T, b *bundle, _ string) {
		b.Exec(t, `UPDATE staff SET role = 'attendant' WHERE id = $1`, b.Manager.ID)
	},
}

// TestConnectionsEndWithTheSignIn: nothing happens to what is watched, and yet nobody who is out goes on listening.
func TestConnectionsEndWithTheSignIn(t *testing.T) {
	t.Parallel()
	for name, end := range signingOut {
		t.Run("Socket/"+name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			token, _ := b.signIn(t)
			watching, idle := b.dial(t, b.elsewhere(t), nil, bearer(token)), b.dial(t, b.url, nil, bearer(token))
			watching.subscribe(batchID(b.Send(t, b.Invited(t))))
			require.Equal(t, "next", watching.next().Type)
			began := time.Now()
			end(t, b, token)
			last := watching.isClosed(4401)
			require.Empty(t, idle.isClosed(4401), "also one over which nothing is watched")
			require.Less(t, time.Since(began), 5*time.Second)
			for i, text := range last {
				require.NotContains(t, text, "batchProgressed\":{")
				require.True(t, i > 0 || strings.Contains(text, "UNAUTHENTICATED"), "it does not look finished: %s", text)
			}
		})
		t.Run("ServerSentEvents/"+name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			token, _ := b.signIn(t)
			resp, lines := b.listen(t, progress(batchID(b.Send(t, b.Invited(t)))), "Authorization", "Bearer "+token)
			_, data := event(t, lines)
			require.Contains(t, data, `"state":"RUNNING"`)
			began := time.Now()
			end(t, b, token)
			_, data = event(t, lines)
			require.Contains(t, data, "UNAUTHENTICATED")
			said, _ := event(t, lines)
			require.Equal(t, "complete", said)
			require.False(t, lines.Scan(), "nor does the connection stay open")
			require.Less(t, time.Since(began), 5*time.Second)
			require.NoError(t, resp.Body.Close())
		})
	}
}
