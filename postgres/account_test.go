package postgres

import (
	"bytes"
	"log/slog"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestServerAccount(t *testing.T) {
	t.Parallel()
	as, err := serverAccount()
	require.NoError(t, err)
	require.NotZero(t, as.uid, "PostgreSQL does not run as root")
	require.Equal(t, os.Geteuid() == 0, as.dropped)
}

func TestReaches(t *testing.T) {
	t.Parallel()
	const uid, gid = 4711, 4712 // nobody on this machine: what they may is what all others may
	stranger := account{name: "stranger", uid: uid, gid: gid, dropped: true}
	dir := openFolder(t)
	closed := filepath.Join(dir, "closed")
	require.NoError(t, os.MkdirAll(filepath.Join(closed, "inside"), 0o755))
	require.NoError(t, os.Chmod(closed, 0o700))
	require.NoError(t, os.Symlink(filepath.Join(closed, "inside"), filepath.Join(dir, "link")))

	require.True(t, stranger.reaches(dir))
	require.False(t, stranger.reaches(closed))
	require.False(t, stranger.reaches(filepath.Join(closed, "inside")), "a closed folder hides what is in it")
	require.False(t, stranger.reaches(filepath.Join(dir, "link")), "a link does not open what it leads to")
	require.False(t, stranger.reaches(filepath.Join(dir, "missing")))
	require.True(t, account{}.reaches(closed), "who drops nothing is told by the system")
}

func TestAsRoot(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("only root can become somebody else")
	}

	t.Run("FolderThatTheServerCannotEnter", func(t *testing.T) {
		t.Parallel()
		closed := filepath.Join(openFolder(t), "closed")
		require.NoError(t, os.Mkdir(closed, 0o700))
		dir := filepath.Join(closed, "database")
		var said bytes.Buffer
		opts := Options{Dir: dir, Log: slog.New(slog.NewTextHandler(&said, nil))}
		server := start(t, opts)
		t.Cleanup(func() { require.NoError(t, os.RemoveAll(server.home.dir)) })
		require.Contains(t, said.String(), "another one is used")
		require.Contains(t, said.String(), "instead="+server.home.dir)
		run(t, server, "CREATE TABLE kept (n int)")
		require.NoError(t, server.Stop(t.Context()))
		require.Equal(t, "0", query(t, start(t, opts), "SELECT count(*) FROM kept"), "the same folder leads to the same data")
	})

	t.Run("FolderOfAStrangerIsRefused", func(t *testing.T) {
		t.Parallel()
		path := filepath.Join(openFolder(t), "run")
		require.NoError(t, os.Mkdir(path, 0o755))
		require.NoError(t, os.Chown(path, 4711, 4711))
		require.ErrorContains(t, privateFolder(path, 0o700, 0), "is not a folder of ours (users [0]): remove it")
		link := filepath.Join(filepath.Dir(path), "link")
		require.NoError(t, os.Symlink("/var/tmp", link))
		require.ErrorContains(t, privateFolder(link, 0o700, 0), "remove it")
	})

	// Some tests of Start and of killed owners again, by a user who is not root.
	t.Run("AsNobody", func(t *testing.T) {
		t.Parallel()
		nobody, err := user.Lookup("nobody")
		require.NoError(t, err)
		as, err := droppedTo(nobody)
		require.NoError(t, err)
		dir := openFolder(t)
		require.NoError(t, os.Chmod(dir, 0o777))
		cmd := as.command(t.Context(), copyOfThisBinary(t, dir), "-test.v", "-test.run=^(TestStart|TestKilledOwner)$/^(TCP|LongPath|NextStartCopes)$")
		cmd.Dir, cmd.Env = dir, append(cmd.Env, "TMPDIR="+dir)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		for _, name := range []string{"TestStart/TCP", "TestStart/LongPath", "TestKilledOwner/NextStartCopes"} {
			require.Contains(t, string(out), "--- PASS: "+name)
		}
	})
}

func copyOfThisBinary(t *testing.T, dir string) string {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	path := filepath.Join(dir, "postgres.test")
	out, err := exec.CommandContext(t.Context(), "cp", binary, path).CombinedOutput()
	require.NoError(t, err, "%s", out)
	require.NoError(t, os.Chmod(path, 0o755))
	return path
}
