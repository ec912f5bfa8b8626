// Command storm sends to many people while worker processes are killed and stopped, PostgreSQL restarts, and the providers answer
// late, wrongly or not at all; then it compares our rows with the providers' own books. Beside it a naive worker (call, then mark)
// does the same under the same seed.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"time"

	"carryover/e2e/storm"
)

func main() {
	if storm.Child() {
		return
	}
	if err := run(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	o := storm.Options{Patience: time.Hour, Log: slog.New(slog.DiscardHandler)}
	flag.IntVar(&o.Recipients, "recipients", 100_000, "people who get an email and a text")
	naiveRecipients := flag.Int("naive", 20_000, "people of the naive worker, which is slower and shows sooner what happens")
	flag.IntVar(&o.Kills, "kills", 20, "worker processes that are killed with SIGKILL")
	flag.IntVar(&o.Stops, "stops", 20, "worker processes that are stopped in the ordinary way")
	flag.IntVar(&o.Restarts, "restarts", 2, "restarts of PostgreSQL")
	flag.DurationVar(&o.Pace, "pace", 2*time.Second, "time between two of them, more or less")
	flag.Uint64Var(&o.Seed, "seed", 1, "of everything that is left to chance")
	flag.Parse()
	ours, err := once(ctx, o, "carryover")
	if err != nil {
		return err
	}
	o.Naive, o.Recipients = true, min(o.Recipients, *naiveRecipients)
	naive, err := once(ctx, o, "call, then mark")
	if err != nil {
		return err
	}
	for _, lie := range ours.Lies {
		fmt.Println("untrue:", lie)
	}
	if err := report(ours, naive); err != nil {
		return err
	}
	if ours.EmailsTwice+ours.TextsTwice+len(ours.Lies) > 0 {
		return fmt.Errorf("with seed %d somebody was reached twice, or a row is untrue", o.Seed)
	}
	return nil
}

func once(ctx context.Context, o storm.Options, name string) (*storm.Report, error) {
	dir, err := os.MkdirTemp("", "carryover-storm-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	o.Dir = dir
	fmt.Printf("%-16s %d kills, %d stops, %d restarts of PostgreSQL, seed %d …\n", name, o.Kills, o.Stops, o.Restarts, o.Seed)
	r, err := storm.Run(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	fmt.Printf("%-16s %s\n", name, r)
	return r, nil
}

// report adds one to both numbers of the ratio, since ours should be 0.
func report(ours, naive *storm.Report) error {
	out := json.NewEncoder(os.Stdout)
	for _, c := range []struct {
		name        string
		ours, naive int
	}{{"people mailed twice", ours.EmailsTwice, naive.EmailsTwice}, {"phones texted twice", ours.TextsTwice, naive.TextsTwice}} {
		err := out.Encode(map[string]any{"bench": "storm", "case": c.name, "unit": "people", "ours": c.ours, "reference": c.naive,
			"against": "call-then-mark", "ratio": float64(c.naive+1) / float64(c.ours+1)})
		if err != nil {
			return err
		}
	}
	return nil
}
