// Command abuse asks the API for what nobody should ask for, and shows what that costs: the list of things that GraphQL servers are
// abused with, beside gqlgen with its own defaults over the same schema and rows, and a thousand wrong sign-ins a second beside
// ordinary use. See docs/benchmarks.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"carryover/e2e/office"
	"carryover/postgres"
)

type options struct {
	invitations, rounds int
	slice               time.Duration
	rate                int
	only                string
	serve               bool
}

func main() {
	var o options
	flag.IntVar(&o.invitations, "invitations", 5_000, "invitations in the database")
	flag.IntVar(&o.rounds, "rounds", 5, "times that each abuse is tried, and turns of each flood; medians are told")
	flag.DurationVar(&o.slice, "slice", 8*time.Second, "how long a turn of ordinary use is, idle and in each flood")
	flag.IntVar(&o.rate, "rate", 1_000, "wrong sign-ins a second")
	flag.StringVar(&o.only, "only", "", "list: the list alone; flood: the floods alone")
	flag.BoolVar(&o.serve, "serve", false, "be the server (the command starts itself so)")
	flag.Parse()
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	if o.serve {
		return serve(ctx)
	}
	dir, err := os.MkdirTemp("", "carryover-abuse-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	say("starting PostgreSQL and writing %d invitations", o.invitations)
	database, err := postgres.Start(ctx, postgres.Options{Dir: filepath.Join(dir, "database"), Settings: map[string]string{"max_connections": "200"}})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Stop(context.WithoutCancel(ctx))) }()
	url := database.URL("postgres")
	if err := postgres.Up(ctx, url); err != nil {
		return err
	}
	if _, err := office.Fill(ctx, url, o.invitations); err != nil {
		return err
	}
	s, err := startServer(ctx, url)
	if err != nil {
		return err
	}
	defer s.stop()
	return measure(ctx, o, s)
}

func measure(ctx context.Context, o options, s *server) error {
	var lines []line
	var wrong error
	if o.only != "flood" {
		listed, err := s.tryAll(ctx, o.rounds)
		lines, wrong = append(lines, listed...), err
	}
	if o.only != "list" {
		flooded, err := s.floods(ctx, o)
		if err != nil {
			return errors.Join(wrong, err)
		}
		lines = append(lines, flooded...)
	}
	return errors.Join(wrong, report(lines))
}

func say(format string, args ...any) { fmt.Fprintf(os.Stderr, "==> "+format+"\n", args...) }
