package postgres

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"
)

func TestStart(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		dir := openFolder(t)
		cutOff := filepath.Join(dir, "data.new", "base")
		require.NoError(t, os.MkdirAll(cutOff, 0o700), "what an initdb leaves that was killed")
		server := start(t, Options{Dir: dir, Settings: map[string]string{"max_connections": "17"}})
		run(t, server, "CREATE TABLE kept (n int)")
		require.Equal(t, "17", query(t, server, "SHOW max_connections"))
		require.Equal(t, "on", query(t, server, "SHOW fsync"), "data that are kept must survive a power cut")
		require.Equal(t, "UTC", query(t, server, "SHOW timezone"))
		require.NoError(t, server.Stop(t.Context()))
		require.NoError(t, server.Stop(t.Context()), "a second stop has nothing to do")
		_, err := connectTo(t, server)
		require.Error(t, err, "it is gone")

		again := start(t, Options{Dir: dir})
		require.Equal(t, "0", query(t, again, "SELECT count(*) FROM kept"))
	})

	t.Run("Ephemeral", func(t *testing.T) {
		t.Parallel()
		dir := openFolder(t)
		server := start(t, Options{Dir: dir, Ephemeral: true})
		require.Equal(t, "off", query(t, server, "SHOW fsync"))
		require.NoError(t, server.Stop(t.Context()))
		require.NoDirExists(t, filepath.Join(dir, "data"))
	})

	t.Run("EphemeralWithoutFolder", func(t *testing.T) {
		t.Parallel()
		server := start(t, Options{Ephemeral: true})
		require.DirExists(t, server.home.data)
		require.NoError(t, server.Stop(t.Context()))
		require.NoDirExists(t, server.home.dir)
	})

	t.Run("TCP", func(t *testing.T) {
		t.Parallel()
		server := start(t, Options{Dir: folderWithData(t), TCP: true})
		require.Contains(t, server.URL("postgres"), "@127.0.0.1:")
		require.Equal(t, "t", query(t, server, "SELECT inet_client_addr() IS NOT NULL"))

		_, err := Open(t.Context(), withPassword(t, server, "s3cret"), PoolOptions{})
		require.ErrorContains(t, err, `does not let user "postgres" in: check the user and password of the address`)
		require.NotContains(t, err.Error(), "s3cret")
	})

	t.Run("LongPath", func(t *testing.T) {
		t.Parallel()
		dir := filepath.Join(folderWithData(t), strings.Repeat("long-", 20))
		require.NoError(t, os.Mkdir(dir, 0o755))
		require.NoError(t, os.Rename(filepath.Join(dir, "..", "data"), filepath.Join(dir, "data")))
		server := start(t, Options{Dir: dir})
		require.NotContains(t, server.URL("postgres"), "long-", "a socket's path is at most 107 bytes")
		require.Equal(t, "1", query(t, server, "SELECT 1"))
	})

	t.Run("ErrInUse", func(t *testing.T) {
		t.Parallel()
		dir := folderWithData(t)
		start(t, Options{Dir: dir})
		_, err := Start(t.Context(), Options{Dir: dir})
		require.ErrorIs(t, err, ErrInUse)
		require.ErrorContains(t, err, fmt.Sprintf(`belongs to process "%d"`, os.Getpid()))
	})

	t.Run("ErrSetting", func(t *testing.T) {
		t.Parallel()
		_, err := Start(t.Context(), Options{Dir: folderWithData(t), Settings: map[string]string{"shared_buffers": "plenty"}})
		require.ErrorContains(t, err, `invalid value for parameter "shared_buffers"`, "the server's own words tell why")
	})

	t.Run("ErrOtherVersion", func(t *testing.T) {
		t.Parallel()
		dir := openFolder(t)
		require.NoError(t, os.MkdirAll(filepath.Join(dir, "data"), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("9\n"), 0o644))
		_, err := Start(t.Context(), Options{Dir: dir})
		require.ErrorContains(t, err, "were made by PostgreSQL 9")
		require.ErrorContains(t, err, "name the binaries of version 9 in CARRYOVER_PG_BIN, or remove the folder")
	})

	t.Run("ErrNoFolder", func(t *testing.T) {
		t.Parallel()
		_, err := Start(t.Context(), Options{})
		require.ErrorContains(t, err, "needs a folder for its data")
	})

	t.Run("ErrBinDir", func(t *testing.T) {
		t.Parallel()
		_, err := Start(t.Context(), Options{Ephemeral: true, BinDir: t.TempDir()})
		require.ErrorIs(t, err, os.ErrNotExist)
		require.ErrorContains(t, err, "named for PostgreSQL's binaries, does not serve")
	})

	t.Run("ErrCancelled", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := Start(ctx, Options{Ephemeral: true})
		require.ErrorIs(t, err, context.Canceled)
	})
}

func TestStop(t *testing.T) {
	t.Parallel()

	t.Run("AtOnceIfThereIsNoTime", func(t *testing.T) {
		t.Parallel()
		opts := Options{Dir: folderWithData(t)}
		server := start(t, opts)
		run(t, server, "CREATE TABLE kept (n int)")
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.NoError(t, server.Stop(ctx))
		require.Equal(t, "0", query(t, start(t, opts), "SELECT count(*) FROM kept"), "committed is committed")
	})

	t.Run("ServerThatEndedByItself", func(t *testing.T) {
		t.Parallel()
		server := start(t, Options{Dir: folderWithData(t)})
		require.NoError(t, server.process.Process.Signal(syscall.SIGQUIT))
		<-server.Done()
		require.NoError(t, server.Stop(t.Context()))
	})
}

func BenchmarkStart(b *testing.B) {
	measure := func(b *testing.B, opts Options) {
		for b.Loop() {
			server, err := Start(b.Context(), opts)
			require.NoError(b, err)
			b.StopTimer()
			require.NoError(b, server.Stop(b.Context()))
			b.StartTimer()
		}
	}
	b.Run("Ephemeral", func(b *testing.B) { measure(b, Options{Ephemeral: true}) })
	b.Run("Kept", func(b *testing.B) { measure(b, Options{Dir: folderWithData(b)}) })
}

func TestFindBinaries(t *testing.T) {
	t.Run("Environment", func(t *testing.T) {
		t.Setenv(EnvBinDir, "/no/such/folder")
		_, err := findBinaries("", account{})
		require.ErrorContains(t, err, `"/no/such/folder"`)
	})

	t.Run("EverythingIsMissing", func(t *testing.T) {
		t.Setenv(EnvBinDir, "")
		t.Setenv("PATH", t.TempDir())
		if len(ofDebian()) > 0 {
			bin, err := findBinaries("", account{})
			require.NoError(t, err, "Debian's folder is found without PATH")
			require.Equal(t, ofDebian()[0], bin)
			return
		}
		_, err := findBinaries("", account{})
		require.ErrorIs(t, err, ErrNoBinaries)
	})

	t.Run("NewestOfDebian", func(t *testing.T) {
		require.Greater(t, folderVersion("/usr/lib/postgresql/15/bin"), folderVersion("/usr/lib/postgresql/9.6/bin"))
	})

	t.Run("Npm", func(t *testing.T) {
		root, err := filepath.EvalSymlinks(t.TempDir())
		require.NoError(t, err)
		inside := filepath.Join(root, "a", "b")
		require.NoError(t, os.MkdirAll(inside, 0o755))
		t.Chdir(inside)
		require.Contains(t, ofNpm(), binaries(filepath.Join(root, npmBinDir)))
	})
}

// openFolder is one that every user can enter, which those of t.TempDir are not.
func openFolder(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "carryover-test-")
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755))
	return dir
}

// preparedDir has a cluster that initdb has made, since a copy of it takes a tenth of the time. It is
// shared by all tests here and removed by TestMain.
var preparedDir string

var prepared = sync.OnceValues(func() (*home, error) {
	dir, err := os.MkdirTemp("", "carryover-test-")
	if err != nil {
		return nil, err
	}
	preparedDir = dir
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, err
	}
	as, err := serverAccount()
	if err != nil {
		return nil, err
	}
	bin, err := findBinaries("", as)
	if err != nil {
		return nil, err
	}
	h, err := openHome(dir, as, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	return h, h.prepareCluster(context.Background(), bin, as, true)
})

func folderWithData(t testing.TB) string {
	t.Helper()
	source, err := prepared()
	require.NoError(t, err)
	dir := openFolder(t)
	out, err := exec.CommandContext(t.Context(), "cp", "-a", source.data, dir).CombinedOutput()
	require.NoError(t, err, "%s", out)
	return dir
}

// start does not wait for the disk, unless the test has settings of its own.
func start(t *testing.T, opts Options) *Embedded {
	t.Helper()
	if opts.Settings == nil {
		opts.Settings = map[string]string{"fsync": "off"}
	}
	server, err := Start(t.Context(), opts)
	require.NoError(t, err)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		require.NoError(t, server.Stop(ctx))
	})
	return server
}

func connectTo(t *testing.T, server *Embedded) (*pgx.Conn, error) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), server.URL("postgres"))
	if err == nil {
		t.Cleanup(func() { _ = conn.Close(context.Background()) }) // the server may be gone before
	}
	return conn, err
}

func run(t *testing.T, server *Embedded, sql string) {
	t.Helper()
	conn, err := connectTo(t, server)
	require.NoError(t, err)
	_, err = conn.Exec(t.Context(), sql)
	require.NoError(t, err)
}

func query(t *testing.T, server *Embedded, sql string) string {
	t.Helper()
	conn, err := connectTo(t, server)
	require.NoError(t, err)
	var answer string
	require.NoError(t, conn.QueryRow(t.Context(), sql, pgx.QueryExecModeSimpleProtocol).Scan(&answer))
	return answer
}

func withPassword(t *testing.T, server *Embedded, password string) string {
	t.Helper()
	u, err := url.Parse(server.URL("postgres"))
	require.NoError(t, err)
	u.User = url.UserPassword(superuser, password)
	return u.String()
}
