package postgres

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// ownerEnv makes this test binary a program that starts a server in the folder it names and then
// does nothing, to be killed.
const ownerEnv = "CARRYOVER_TEST_SERVER_OWNER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(ownerEnv); dir != "" {
		ownServer(dir)
		return
	}
	code := m.Run()
	_ = os.RemoveAll(preparedDir) // at worst the system tidies it up
	os.Exit(code)
}

func ownServer(dir string) {
	server, err := Start(context.Background(), Options{Dir: dir, Settings: map[string]string{"fsync": "off"}})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(server.process.Process.Pid)
	<-server.Done()
}

func TestKilledOwner(t *testing.T) {
	t.Parallel()
	if _, err := workingDir(os.Getpid()); err != nil {
		t.Skip("only Linux ties a server to its owner")
	}

	t.Run("ServerDiesToo", func(t *testing.T) {
		t.Parallel()
		_, pid := killedOwner(t, folderWithData(t))
		require.Eventually(t, func() bool { return syscall.Kill(pid, 0) != nil }, 30*time.Second, 10*time.Millisecond)
	})

	t.Run("NextStartCopes", func(t *testing.T) {
		t.Parallel()
		dir := folderWithData(t)
		killedOwner(t, dir)
		server := start(t, Options{Dir: dir}) // while the old server may still be shutting down
		require.Equal(t, "1", query(t, server, "SELECT 1"))
	})

	t.Run("ServerThatLivesOnIsStopped", func(t *testing.T) {
		t.Parallel()
		dir := folderWithData(t)
		orphan := startOrphan(t, dir)
		server := start(t, Options{Dir: dir})
		require.NoError(t, orphan.Wait(), "it was asked to shut down, not killed")
		require.Equal(t, "1", query(t, server, "SELECT 1"))
	})

	t.Run("NoteWithTheIDOfAnotherProcess", func(t *testing.T) {
		t.Parallel()
		dir := folderWithData(t)
		note := filepath.Join(dir, "data", "postmaster.pid")
		// PostgreSQL alone would refuse: a process of that id exists.
		require.NoError(t, os.WriteFile(note, []byte(strconv.Itoa(os.Getpid())+"\n"), 0o644))
		require.Equal(t, "1", query(t, start(t, Options{Dir: dir}), "SELECT 1"))
	})
}

// killedOwner returns the killed process and the id of the server that it had started.
func killedOwner(t *testing.T, dir string) (*exec.Cmd, int) {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	owner := exec.CommandContext(t.Context(), binary)
	owner.Env = append(os.Environ(), ownerEnv+"="+dir)
	out, err := owner.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, owner.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	require.NoError(t, err, "it said %q", line)
	require.NoError(t, owner.Process.Kill())
	require.Error(t, owner.Wait())
	return owner, pid
}

// startOrphan starts a server as Start does, but tied to nobody and with no lock on its folder.
func startOrphan(t *testing.T, dir string) *exec.Cmd {
	t.Helper()
	as, err := serverAccount()
	require.NoError(t, err)
	h, err := openHome(dir, as, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	require.NoError(t, h.close())
	bin, err := findBinaries("", as)
	require.NoError(t, err)
	orphan := as.command(t.Context(), bin.postgres(), "-D", h.data, "-k", h.run, "-c", "listen_addresses=")
	require.NoError(t, orphan.Start())
	require.Eventually(t, func() bool {
		text, err := os.ReadFile(filepath.Join(h.data, "postmaster.pid"))
		return err == nil && strings.Contains(string(text), "ready")
	}, 30*time.Second, 10*time.Millisecond)
	return orphan
}
