package server

import (
	"fmt"
	"net/url"
	"path"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLanding(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		manager  bool
		wish, to string
	}{
		{true, "", "/"},
		{true, "/", "/"},
		{true, "/migrations/invitations?status=PENDING&search=ann%20b", "/migrations/invitations?status=PENDING&search=ann%20b"},
		{true, "/settings?tab=audit", "/settings?tab=audit"},
		{true, "/counter/sessions/ses_1", "/counter/sessions/ses_1"},
		{false, "", "/counter"},
		{false, "/", "/counter"},
		{false, "/migrations/invitations", "/counter"},
		{false, "/counter?at=loc_1", "/counter?at=loc_1"},
		{false, "/counter/sessions/ses_1", "/counter/sessions/ses_1"},
		{false, "/counter/../settings", "/counter"},
	} {
		t.Run(fmt.Sprintf("%t %s", tc.manager, tc.wish), func(t *testing.T) {
			t.Parallel()
			require.Equal(t, tc.to, landing(tc.manager, tc.wish))
		})
	}
}

// TestLandingNowhereElse: a link to our own sign-in leads to no page but staff's.
func TestLandingNowhereElse(t *testing.T) {
	t.Parallel()
	for _, wish := range []string{
		"https://evil.test/", "https://evil.test/counter", "//evil.test", "//evil.test/counter", "///evil.test", "//", `/\evil.test`, `\\evil.test`, "/%5Cevil.test",
		"/%2Fevil.test", `/counter/\evil.test`, "/counter/%5Cevil.test", "/counter/..%2F..%2F%2Fevil.test", "javascript:alert(1)", "javascript:/counter",
		"http:/counter", "counter", "/counter/..//evil.test", "/counter//evil.test", "/counter\r\nLocation: https://evil.test", " /counter", "/countersign",
		"/graphql", "/jobs/", "/exports/legacy-worklist.csv", "/oidc/start", "/setup/token", "/sandbox/", "/unsubscribe/token", "/messages/evil",
	} {
		t.Run(wish, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, "/", landing(true, wish))
			require.Equal(t, "/counter", landing(false, wish))
		})
	}
}

func FuzzLanding(f *testing.F) {
	f.Add("/counter/x?y#z")
	f.Fuzz(func(t *testing.T, wish string) {
		to := landing(false, wish)
		at, err := url.Parse(to)
		require.NoError(t, err)
		require.Empty(t, at.Scheme+at.Host, to)
		require.True(t, at.Path == "/counter" || strings.HasPrefix(path.Clean(at.Path)+"/", "/counter/"), to)
	})
}
