package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/google/uuid"

	"carryover/app"
	"carryover/config"
	"carryover/e2e/office"
)

// roleVariable makes a process that this program started a worker.
const roleVariable = "CARRYOVER_SEND_ROLE"

// child works until it is told to stop, where this process is a worker; it then answers true.
func child() bool {
	work := map[string]func(context.Context) error{"ours": workOurs, "bare": workBare, "empty": workEmpty}[os.Getenv(roleVariable)]
	if work == nil {
		return false
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	if err := work(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "worker:", err)
	}
	return true
}

func workOurs(ctx context.Context) error {
	settings, err := config.FromEnvironment(office.Environ())
	if err != nil {
		return err
	}
	a, err := app.New(ctx, settings, app.Options{Workers: true, Log: quiet()})
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Run(ctx, nil)
}

// worker is one such process.
type worker struct{ cmd *exec.Cmd }

func startWorker(role string, places office.Places) (*worker, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	w := &worker{exec.Command(self)} //nolint:noctx // it is stopped in the ordinary way
	w.cmd.Env = append(append(os.Environ(), office.Environment(places)...), roleVariable+"="+role)
	w.cmd.Stderr = os.Stderr
	return w, w.cmd.Start()
}

func (w *worker) stop() error {
	if err := w.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	var exit *exec.ExitError
	if err := w.cmd.Wait(); err != nil && !errors.As(err, &exit) {
		return err
	}
	return nil
}

// memory is what the process holds, in megabytes (proc(5), VmRSS); 0 where there is no such file.
func (w *worker) memory() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", w.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	var kilobytes float64
	_, _ = fmt.Sscan(rest, &kilobytes)
	return kilobytes / 1024
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

// locationID is a location's id as the API knows it.
func locationID(id uuid.UUID) string { return "loc_" + strings.ReplaceAll(id.String(), "-", "") }

func wait(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}
