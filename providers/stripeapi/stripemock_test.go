package stripeapi_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// stripeMock is the program that tools/stripemock pins. It is built once for all tests of a run; where nothing has changed
// since the last run, the toolchain sees that in a second.
var stripeMock = sync.OnceValues(func() (string, error) {
	binary, err := filepath.Abs("../../.cache/bin/stripe-mock")
	if err != nil {
		return "", err
	}
	build := exec.CommandContext(context.Background(), "go", "build", "-o", binary, "tool")
	build.Dir = "../../tools/stripemock"
	build.Env = append(build.Environ(), "CGO_ENABLED=0")
	if said, err := build.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build stripe-mock in tools/stripemock: %w\n%s", err, said)
	}
	return binary, nil
})

// underStdin runs a program until its own standard input closes. The kernel closes it for whoever holds the other end,
// so a test that is killed leaves no server behind.
const underStdin = `"$@" 2>&1 & exec >/dev/null; cat; kill $!`

// startStripeMock answers the address of Stripe's own checker (https://github.com/stripe/stripe-mock). It holds requests
// against the OpenAPI description of API version 2023-10-16, refuses any other version, keeps no state, and ends with
// the test.
func startStripeMock(t *testing.T) string {
	t.Helper()
	t.Log("building stripe-mock into .cache/bin (some seconds the first time)")
	binary, err := stripeMock()
	require.NoError(t, err)
	// Without an address of its own for HTTPS it would listen on every interface.
	run := exec.CommandContext(t.Context(), "sh", "-c", underStdin, "sh", binary,
		"-http-addr", "127.0.0.1:0", "-https-addr", "127.0.0.1:0", "-strict-version-check")
	stdin, err := run.StdinPipe()
	require.NoError(t, err)
	run.Cancel = stdin.Close
	stdout, err := run.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, run.Start())
	t.Cleanup(func() { _ = run.Wait() }) // the test's context has ended by now
	return "http://" + listening(t, stdout)
}

// listening reads what stripe-mock says until it names its port, and reads on so that it can go on talking.
func listening(t *testing.T, stdout io.Reader) string {
	t.Helper()
	said := ""
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if _, address, found := strings.Cut(lines.Text(), "Listening for HTTP at address: "); found {
			go func() { _, _ = io.Copy(io.Discard, stdout) }()
			return address
		}
		said += lines.Text() + "\n"
	}
	require.Fail(t, "stripe-mock did not start", said)
	return ""
}
