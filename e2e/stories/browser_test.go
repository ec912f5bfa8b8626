package stories

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// told has Chromium tell a story of e2e/browser against this stack.
func (s *stack) told(t *testing.T, story string) {
	t.Helper()
	const at = "../browser"
	require.DirExists(t, at+"/node_modules", "fetch what drives the browser first: make e2e/browser/node_modules/.installed")
	pictures, err := filepath.Abs("../../.cache/stories")
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), "node", story+".mjs")
	cmd.Dir = at
	cmd.Env = append(cmd.Environ(), "CARRYOVER_URL="+s.url, "CHROMIUM="+chromium(t), "STORY_PASSWORD="+password, "STORY_NAME="+story, "STORY_PICTURES="+pictures)
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
