package messages

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The golden files are what was promised for ever: a difference in a released version is a bug, not a reason for -update.
func TestEmailGolden(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	for version := 1; version <= currentVersion; version++ {
		for name, content := range everyContent() {
			if version < sinceVersion[content.Purpose] {
				continue
			}
			name = fmt.Sprintf("v%d/%s", version, name)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				email, err := r.Email(ofVersion(version, content))
				require.NoError(t, err)
				golden(t, name+".html", email.HTML)
				head := "From: " + email.FromName + "\nReply-To: " + email.ReplyTo + "\nSubject: " + email.Subject + "\n"
				if email.UnsubscribeURL != "" {
					head += "List-Unsubscribe: " + email.UnsubscribeURL + "\n"
				}
				golden(t, name+".txt", head+"\n"+email.Text)
			})
		}
	}
}

func TestTextGolden(t *testing.T) {
	t.Parallel()
	r := newRenderer(t)
	for version := firstTextVersion; version <= currentVersion; version++ {
		for name, content := range everyText() {
			name, content.Version = fmt.Sprintf("v%d/texts/%s", version, name), version
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				text, err := r.Text(content)
				require.NoError(t, err)
				golden(t, name+".txt", fmt.Sprintf("%s\n\n%d segments, %s, %d characters\n", text.Body, text.Segments, text.Encoding, text.Characters))
			})
		}
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), got)
}
