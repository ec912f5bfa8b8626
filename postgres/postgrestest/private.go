package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// acquire makes this process a user of the private server and returns its address. The use lasts for
// as long as the returned file is open, which the system ends with the process in whatever way that goes.
func (f folder) acquire(ctx context.Context) (string, *os.File, error) {
	// While a supervisor is stopping its server this waits, and then a new one is started below.
	use, err := f.lock("users", syscall.LOCK_SH)
	if err != nil {
		return "", nil, err
	}
	address, err := f.address(ctx)
	if err != nil {
		return "", nil, errors.Join(err, use.Close())
	}
	return address, use, nil
}

// address of the server that runs, or of a new one.
func (f folder) address(ctx context.Context) (string, error) {
	start, err := f.lock("start", syscall.LOCK_EX)
	if err != nil {
		return "", err
	}
	defer start.Close() //nolint:errcheck // nothing was written, and closing lets go of the lock
	if address, ok := f.running(ctx); ok {
		return address, nil
	}
	return f.startSupervisor(ctx)
}

// running tells whether the server that was last written down still answers.
func (f folder) running(ctx context.Context) (string, bool) {
	text, err := os.ReadFile(f.path("address"))
	if err != nil {
		return "", false
	}
	conn, err := pgx.Connect(ctx, string(text))
	if err != nil {
		return "", false
	}
	return string(text), conn.Close(ctx) == nil
}

// startSupervisor runs this very test binary again (see supervisor.go). It gets a session of its own,
// so that Ctrl-C in a terminal reaches the tests and not the server under them, and no descriptor of
// ours, for "go test" waits until those are closed.
func (f folder) startSupervisor(ctx context.Context) (string, error) {
	_ = os.Remove(f.path("address")) // of a server that no longer answers
	binary, err := os.Executable()
	if err != nil {
		return "", fmt.Errorf("find the test binary: %w", err)
	}
	log, err := os.Create(f.path("log"))
	if err != nil {
		return "", fmt.Errorf("open the supervisor's log: %w", err)
	}
	defer log.Close() //nolint:errcheck // the supervisor writes it, through its own descriptor
	cmd := exec.CommandContext(context.WithoutCancel(ctx), binary)
	cmd.Env = append(os.Environ(), superviseEnv+"="+string(f))
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("start the supervisor: %w", err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	return f.await(ctx, exited)
}

func (f folder) await(ctx context.Context, exited <-chan error) (string, error) {
	for {
		if address, ok := f.running(ctx); ok {
			return address, nil
		}
		select {
		case <-exited: //nolint:errcheck // its log says more than its exit status
			said, _ := os.ReadFile(f.path("log")) // an empty log is told as one
			return "", fmt.Errorf("the supervisor ended: %s", strings.TrimSpace(string(said)))
		case <-ctx.Done():
			return "", fmt.Errorf("wait for the supervisor: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}
