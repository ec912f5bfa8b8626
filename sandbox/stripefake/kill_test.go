package stripefake_test

import (
	"bufio"
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/sandbox/stripefake"
)

const journalVariable = "STRIPEFAKE_TEST_JOURNAL"

// TestMain serves a stand-in instead of testing where it is the process that
// TestKill is going to kill.
func TestMain(m *testing.M) {
	path := os.Getenv(journalVariable)
	if path == "" {
		os.Exit(m.Run())
	}
	server, err := stripefake.New(stripefake.Options{SecretKey: secretKey, Journal: path})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(httptest.NewServer(server).URL)
	time.Sleep(10 * time.Minute) // it is killed long before
}

// TestKill kills the process in the middle of eight clients' work. Whatever was
// answered is there afterwards, and whatever is there is whole.
func TestKill(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "journal")
	url, kill := startProcess(t, path)
	var mu sync.Mutex
	answered := map[string]string{} // idempotency key to customer
	var clients sync.WaitGroup
	for i := range 8 {
		clients.Go(func() {
			api := newClient(url, secretKey, 0)
			for n := 0; ; n++ {
				key := fmt.Sprintf("%d-%d", i, n)
				cus, err := api.Customers.New(keyed(key, key+"@example.com"))
				if err != nil {
					return
				}
				mu.Lock()
				answered[key] = cus.ID
				mu.Unlock()
			}
		})
	}
	require.Eventually(t, func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(answered) >= 100
	}, 5*time.Minute, time.Millisecond)
	kill()
	clients.Wait()

	b := setupWith(t, func(o *stripefake.Options) { o.Journal, o.Now = path, time.Now })
	for key, id := range answered {
		again, err := b.api.Customers.New(keyed(key, key+"@example.com"))
		require.NoError(t, err)
		require.Equal(t, id, again.ID, "the key still answers the first customer")
	}
	emails := map[string]bool{}
	for _, cus := range b.server.Books().Customers {
		require.False(t, emails[cus.Email], "no customer twice")
		emails[cus.Email] = true
	}
}

func startProcess(t *testing.T, path string) (url string, kill func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	process := exec.CommandContext(ctx, os.Args[0])
	process.Env = append(os.Environ(), journalVariable+"="+path)
	out, err := process.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, process.Start())
	line, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	return strings.TrimSpace(line), func() {
		require.NoError(t, process.Process.Kill()) // SIGKILL: nothing is flushed or closed
		_ = process.Wait()                         // reports the signal
	}
}
