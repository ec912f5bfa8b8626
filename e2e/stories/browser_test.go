package stories

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// told has Chromium tell a story of e2e/browser against this stack.
func (s *stack) told(t *testing.T, story string, more ...string) {
	t.Helper()
	s.toldAt(t, s.url, story, more...)
}

func (s *stack) toldAt(t *testing.T, address, story string, more ...string) {
	t.Helper()
	const at = "../browser"
	require.DirExists(t, at+"/node_modules", "fetch what drives the browser first: make e2e/browser/node_modules/.installed")
	pictures, err := filepath.Abs("../../.cache/stories")
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), "node", story+".mjs")
	cmd.Dir = at
	cmd.Env = append(cmd.Environ(), "CARRYOVER_URL="+address, "CHROMIUM="+chromium(t), "STORY_PASSWORD="+password, "STORY_NAME="+story, "STORY_PICTURES="+pictures)
	cmd.Env = append(cmd.Env, more...)
	said, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", said)
}

func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	require.Fail(t, "the browser stories need Chromium: tools/ensure chromium")
	return ""
}

func TestBrowserInvitation(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.told(t, "invite")
}

// Progress and changes arrive, whichever of two API processes serves the page.
func TestBrowserBulk(t *testing.T) {
	t.Parallel()
	s := start(t)
	manager := s.as(t, "denver@example.com")
	plans, err := manager.Plans(t.Context())
	require.NoError(t, err)
	for i := range 500 {
		_, err := manager.Invite(t.Context(), map[string]any{"planId": plans[0].ID, "anchorDay": 1 + i%28, "newTenant": map[string]any{
			"name": fmt.Sprintf("Tenant %04d", i), "email": fmt.Sprintf("tenant%04d@example.com", i)}})
		require.NoError(t, err)
	}
	s.toldAt(t, s.inTurn(t), "bulk")
}

func TestBrowserDoors(t *testing.T) {
	t.Parallel()
	s := start(t)
	inv, token := invited(t, s.as(t, "denver@example.com"), "ana@example.com", nil)
	require.NoError(t, s.clock.Advance(t.Context(), 31*24*time.Hour))
	s.told(t, "doors", "FOREIGN="+inv.ID, "EXPIRED="+s.url+"/setup/"+token)
}
