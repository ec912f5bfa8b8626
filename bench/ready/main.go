// Command ready measures how long `carryover demo` takes until it answers: cold, from an empty folder, and warm, in a folder that
// an earlier run left. Beside it stands what PostgreSQL alone takes to be up, cold and warm, in the same run, turn by turn.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"carryover/demo"
	"carryover/postgres"
)

const rounds = 5

func main() {
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	var ours, bare struct{ cold, warm []time.Duration }
	for range rounds {
		dir, err := os.MkdirTemp("", "carryover-ready-")
		if err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }()
		for _, half := range []struct {
			into *[]time.Duration
			take func() (time.Duration, error)
		}{
			{&bare.cold, func() (time.Duration, error) { return postgresUp(ctx, filepath.Join(dir, "bare")) }},
			{&ours.cold, func() (time.Duration, error) { return demoUp(ctx, filepath.Join(dir, "demo")) }},
			{&bare.warm, func() (time.Duration, error) { return postgresUp(ctx, filepath.Join(dir, "bare")) }},
			{&ours.warm, func() (time.Duration, error) { return demoUp(ctx, filepath.Join(dir, "demo")) }},
		} {
			took, err := half.take()
			if err != nil {
				return err
			}
			*half.into = append(*half.into, took)
		}
	}
	fmt.Printf("%-6s %16s %24s   (medians of %d)\n", "case", "demo answers, s", "PostgreSQL alone is up, s", rounds)
	return report(map[string][2][]time.Duration{"cold": {ours.cold, bare.cold}, "warm": {ours.warm, bare.warm}})
}

func report(cases map[string][2][]time.Duration) error {
	out := json.NewEncoder(os.Stdout)
	for _, name := range []string{"cold", "warm"} {
		fmt.Printf("%-6s %16.2f %24.2f\n", name, median(cases[name][0]), median(cases[name][1]))
	}
	for _, name := range []string{"cold", "warm"} {
		ours, reference := median(cases[name][0]), median(cases[name][1])
		err := out.Encode(map[string]any{"bench": "ready", "case": name, "unit": "s", "ours": ours, "reference": reference,
			"against": "postgres-alone", "ratio": reference / ours})
		if err != nil {
			return err
		}
	}
	return nil
}

// demoUp is the time until the demo answers. The data set is waited for before the stop, so that the next start is a warm one.
func demoUp(ctx context.Context, dir string) (time.Duration, error) {
	began := time.Now()
	d, err := demo.Start(ctx, demo.Options{Dir: dir, Addr: "127.0.0.1:0", Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		return 0, err
	}
	took := time.Since(began)
	select {
	case <-d.Filled():
	case <-time.After(2 * time.Minute):
	}
	ended, end := context.WithCancel(ctx)
	end()
	return took, d.Wait(ended)
}

func postgresUp(ctx context.Context, dir string) (time.Duration, error) {
	began := time.Now()
	server, err := postgres.Start(ctx, postgres.Options{Dir: dir})
	if err != nil {
		return 0, err
	}
	return time.Since(began), server.Stop(ctx)
}

func median(times []time.Duration) float64 {
	slices.Sort(times)
	return times[len(times)/2].Seconds()
}
