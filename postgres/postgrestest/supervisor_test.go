package postgrestest

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// userEnv makes this test binary a user of the private server in the folder it names, to be killed.
const userEnv = "CARRYOVER_TEST_SERVER_USER"

func TestMain(m *testing.M) {
	if dir := os.Getenv(userEnv); dir != "" {
		address, use, err := folder(dir).acquire(context.Background())
		fmt.Println(address, err)
		_, _ = bufio.NewReader(os.Stdin).ReadByte() // for ever: nobody writes
		_ = use.Close()
		return
	}
	os.Exit(m.Run())
}

// The subtests follow each other on servers of one folder, as runs of "go test" do. They set the
// environment of supervisors, so they do not run in parallel.
func TestPrivateServer(t *testing.T) {
	t.Setenv(lingerEnv, "1s")
	dir, err := os.MkdirTemp("", "carryover-test-") // not t.TempDir: the server's user cannot enter that one
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755))
	f := folder(dir)

	t.Run("ManyAtOnceShareOne", func(t *testing.T) {
		var all sync.WaitGroup
		uses, failures, supervisors := make([]*os.File, 6), make([]error, 6), make([]string, 6)
		for i := range uses {
			all.Go(func() {
				_, uses[i], failures[i] = f.acquire(t.Context())
				pid, _ := os.ReadFile(f.path("server/lock"))
				supervisors[i] = string(pid)
			})
		}
		all.Wait()
		for i := range uses {
			require.NoError(t, failures[i])
			require.NotEmpty(t, supervisors[i])
			require.Equal(t, supervisors[0], supervisors[i])
			require.NoError(t, uses[i].Close())
		}
	})

	t.Run("EndsAfterItsLastUser", func(t *testing.T) {
		address, use, err := f.acquire(t.Context())
		require.NoError(t, err)
		time.Sleep(2 * time.Second)
		require.True(t, answers(t, f, address), "it is in use")
		require.NoError(t, use.Close())
		requireGone(t, f)
		require.NoDirExists(t, f.path("server/data"))
	})

	t.Run("EndsAfterAKilledUser", func(t *testing.T) {
		user := startUser(t, f)
		require.NoError(t, user.Process.Kill())
		require.Error(t, user.Wait())
		requireGone(t, f)
		require.NoDirExists(t, f.path("server/data"))
	})

	t.Run("KilledSupervisorIsReplaced", func(t *testing.T) {
		_, first, err := f.acquire(t.Context())
		require.NoError(t, err)
		pid := supervisorOf(t, f)
		require.NoError(t, syscall.Kill(pid, syscall.SIGKILL))
		require.Eventually(t, func() bool { return syscall.Kill(pid, 0) != nil }, 30*time.Second, 10*time.Millisecond)

		address, second, err := f.acquire(t.Context())
		require.NoError(t, err)
		require.NotEqual(t, pid, supervisorOf(t, f))
		require.True(t, answers(t, f, address))
		require.NoError(t, first.Close())
		require.NoError(t, second.Close())
		requireGone(t, f)
	})

	t.Run("ErrSupervisorCannotStart", func(t *testing.T) {
		t.Setenv("CARRYOVER_PG_BIN", "/no/such/folder")
		_, _, err := f.acquire(t.Context())
		require.ErrorContains(t, err, "the supervisor ended: ")
		require.ErrorContains(t, err, `"/no/such/folder"`)
	})
}

func startUser(t *testing.T, f folder) *exec.Cmd {
	t.Helper()
	binary, err := os.Executable()
	require.NoError(t, err)
	user := exec.CommandContext(t.Context(), binary)
	user.Env = append(os.Environ(), userEnv+"="+string(f))
	_, err = user.StdinPipe()
	require.NoError(t, err)
	out, err := user.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, user.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	require.Contains(t, line, "<nil>")
	return user
}

// supervisorOf reads the process id that postgres.Start left in the lock of the server's folder.
func supervisorOf(t *testing.T, f folder) int {
	t.Helper()
	text, err := os.ReadFile(f.path("server/lock"))
	require.NoError(t, err)
	pid, err := strconv.Atoi(string(text))
	require.NoError(t, err)
	return pid
}

func answers(t *testing.T, f folder, address string) bool {
	t.Helper()
	running, ok := f.running(t.Context())
	return ok && running == address
}

func requireGone(t *testing.T, f folder) {
	t.Helper()
	require.Eventually(t, func() bool {
		_, err := os.Stat(f.path("address"))
		return os.IsNotExist(err)
	}, 30*time.Second, 20*time.Millisecond)
	all, err := f.lock("users", syscall.LOCK_EX) // the supervisor holds it until its server is gone
	require.NoError(t, err)
	require.NoError(t, all.Close())
}
