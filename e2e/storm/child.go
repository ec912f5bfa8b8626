package storm

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"carryover/app"
	"carryover/config"
	"carryover/e2e/office"
	"carryover/workers"
)

// roleVariable makes a process that was started by a storm a worker: "worker" is ours, "naive" the other.
const roleVariable = "CARRYOVER_STORM_ROLE"

// Child works until it is told to stop, where this process was started by a storm; it then answers true. Commands and tests that
// run storms call it first.
func Child() bool {
	work := map[string]func(context.Context) error{"worker": work, "naive": workNaively}[os.Getenv(roleVariable)]
	if work == nil {
		return false
	}
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	if err := work(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "storm worker:", err)
	}
	return true
}

// tuning: the dead are found soon, and a call that hangs is given up soon; but not a job that waits for a paused lane or a busy
// machine.
func tuning() workers.Options {
	return workers.Options{Timeout: 40 * time.Second, RescueAfter: 45 * time.Second}
}

func work(ctx context.Context) error {
	settings, err := config.FromEnvironment(office.Environ())
	if err != nil {
		return err
	}
	a, err := app.New(ctx, settings, app.Options{Workers: true, Log: slog.New(slog.DiscardHandler), WorkerTuning: tuning()})
	if err != nil {
		return err
	}
	defer a.Close()
	return a.Run(ctx, nil)
}
