package workers_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"carryover/clock"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/postgres"
	"carryover/workers"
)

// The environment of a child: this very test binary, started again as a worker process that the test can kill.
const (
	envDatabase = "CARRYOVER_TEST_DATABASE"
	envStripe   = "CARRYOVER_TEST_STRIPE"
	envResend   = "CARRYOVER_TEST_RESEND"
	envTwilio   = "CARRYOVER_TEST_TWILIO"
	envTraps    = "CARRYOVER_TEST_TRAPS" // "yes": the first job to reach a step stays there
)

// childName is what PostgreSQL knows a child by.
const childName = "carryover test child"

func TestMain(m *testing.M) {
	if os.Getenv(envDatabase) == "" {
		os.Exit(m.Run())
	}
	if err := work(); err != nil {
		fmt.Fprintln(os.Stderr, "child:", err)
		os.Exit(1)
	}
}

// work is a worker process from its start to its ordinary stop.
func work() error {
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer cancel()
	pool, err := postgres.Open(ctx, os.Getenv(envDatabase), postgres.PoolOptions{MaxConns: 20, ApplicationName: childName})
	if err != nil {
		return err
	}
	defer pool.Close()
	o, err := testkit.Parts{Pool: pool, StripeURL: os.Getenv(envStripe), ResendURL: os.Getenv(envResend), TwilioURL: os.Getenv(envTwilio),
		Clock: clock.Fixed(testkit.Start), Log: testkit.NewLog()}.Options()
	if err != nil {
		return err
	}
	t := &traps{taken: map[string]bool{}, stopping: make(chan struct{})}
	if os.Getenv(envTraps) == "yes" {
		o.Step = t.step
	}
	client, err := workers.NewClient(pool, migration.New(o), workers.Options{Log: o.Log})
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	fmt.Println("started")
	<-ctx.Done()
	return t.stop(client)
}

// traps keep, at each step, the first job that reaches it. So one process holds jobs at every line when it is killed.
type traps struct {
	mu       sync.Mutex
	taken    map[string]bool
	stopping chan struct{}
}

func (t *traps) step(name string) {
	t.mu.Lock()
	first := !t.taken[name]
	t.taken[name] = true
	t.mu.Unlock()
	if first {
		fmt.Println("at", name)
		<-t.stopping
	}
}

// stop is the ordinary stop: a while for jobs to end by themselves, then their contexts are cancelled. The trapped ones go on
// from their step only after that, and find out.
func (t *traps) stop(client *river.Client[pgx.Tx]) error {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	soft, cancelSoft := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancelSoft()
	err := client.Stop(soft)
	if !errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	time.AfterFunc(200*time.Millisecond, func() { close(t.stopping) })
	return client.StopAndCancel(ctx)
}
