// Command approve measures the approval of many submissions as one batch, against a stand-in that is limited as Stripe is: 100 requests
// a second in all, 25 to one endpoint. What should limit it is the provider and nothing of ours. Two sets of workers, with a database
// pool each, share the limit through the database as two processes do.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"carryover/app"
	"carryover/config"
	"carryover/e2e/office"
	"carryover/postgres"
	"carryover/workers"
)

// What Stripe allows in a second.
const (
	inAll  = 100
	toEach = 25
)

func main() {
	n := flag.Int("submissions", 1500, "submissions that are ready for approval")
	flag.Parse()
	if err := run(context.Background(), *n); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n int) error {
	dir, err := os.MkdirTemp("", "carryover-approve-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	say("starting PostgreSQL and writing %d submissions", n)
	server, err := postgres.Start(ctx, postgres.Options{Dir: filepath.Join(dir, "database"),
		Settings: map[string]string{"max_connections": "200", "shared_buffers": "256MB"}})
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop(context.WithoutCancel(ctx)) }()
	url := server.URL("postgres")
	if err := postgres.Up(ctx, url); err != nil {
		return err
	}
	journal := filepath.Join(dir, "stripe")
	if err := fill(ctx, url, journal, n); err != nil {
		return err
	}
	stripe, err := openStripe(journal, inAll, toEach)
	if err != nil {
		return err
	}
	defer stripe.close()
	return measure(ctx, stripe, office.Places{DatabaseURL: url, MailURL: stripe.web.URL, PhoneURL: stripe.web.URL,
		StripeURL: stripe.web.URL, StripeRate: inAll, StripeEndpointRate: toEach}, n)
}

func measure(ctx context.Context, stripe *stripe, places office.Places, n int) error {
	desk, err := office.Open(ctx, office.Environment(places), quiet())
	if err != nil {
		return err
	}
	defer desk.Close()
	for range 2 {
		stop, err := startWorkers(ctx, places)
		if err != nil {
			return err
		}
		defer stop()
	}
	say("approving %d", n)
	began := time.Now()
	batch, err := approveAll(ctx, desk, n)
	if err != nil {
		return err
	}
	accepted := time.Since(began)
	seen, err := watch(ctx, desk, batch, began)
	if err != nil {
		return err
	}
	if err := stripe.requireAll(n); err != nil {
		return err
	}
	return report(n, accepted, seen, stripe.calls())
}

// startWorkers are one process's workers with a pool and lanes of their own.
func startWorkers(ctx context.Context, places office.Places) (stop func(), err error) {
	settings, err := config.FromEnvironment(office.Settings(office.Environment(places)))
	if err != nil {
		return nil, err
	}
	a, err := app.New(ctx, settings, app.Options{Workers: true, Log: quiet(), WorkerTuning: workers.Options{}})
	if err != nil {
		return nil, err
	}
	working, end := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = a.Run(working, nil)
	}()
	return func() {
		end()
		<-ended
		a.Close()
	}, nil
}

// report prints the figures and, for programs, one line of JSON. The provider's limit is the time that the calls which were needed take at
// the rates that it allows.
func report(n int, accepted time.Duration, seen progress, calls counts) error {
	limit := max(float64(calls.total)/inAll, float64(calls.most)/toEach)
	took := seen.took.Seconds()
	fmt.Printf("%d submissions approved in %.1f s, accepted in %.0f ms\n", n, took, float64(accepted.Milliseconds()))
	fmt.Printf("%d calls, %d of them to the busiest endpoint: %.1f s at the provider's limit; %d answered with 429\n", calls.total, calls.most, limit, calls.refused)
	fmt.Printf("progress: %d different counts were seen, none of them for longer than %.1f s\n", seen.steps, seen.longest.Seconds())
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"bench": "approve", "case": fmt.Sprintf("%d submissions in one batch", n), "unit": "s",
		"ours": took, "reference": limit, "against": "provider-limit", "ratio": limit / took})
}

func quiet() *slog.Logger { return slog.New(slog.DiscardHandler) }

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, "==> "+format+"\n", args...) }
