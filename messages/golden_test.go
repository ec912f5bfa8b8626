package messages

import (
	"flag"
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
	for name, content := range everyContent() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			email, err := r.Email(content)
			require.NoError(t, err)
			golden(t, "v1/"+name+".html", email.HTML)
			golden(t, "v1/"+name+".txt", "From: "+email.FromName+"\nReply-To: "+email.ReplyTo+"\nSubject: "+email.Subject+"\n\n"+email.Text)
		})
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
