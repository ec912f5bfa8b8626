// Command list measures the lists of invitations and of submissions at a million rows: our GraphQL beside the same page written by hand
// for itself alone, and the first beside PostGraphile too, on one database, turn by turn. See docs/benchmarks.md.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"carryover/access"
	"carryover/bench/list/million"
	"carryover/clock"
	"carryover/postgres"
)

// maxClients is the larger of the two numbers of clients at once.
const maxClients = 16

type options struct {
	rows, rounds int
	slice        time.Duration
	only         string
	peer         bool
	sweep        bool
	worst        int
	profile      string
	serve        string
}

func main() {
	var o options
	flag.IntVar(&o.rows, "rows", 1_000_000, "invitations in the database, and nearly as many submissions")
	flag.IntVar(&o.rounds, "rounds", 5, "turns of each contestant in each case; medians are told")
	flag.DurationVar(&o.slice, "slice", time.Second, "how long a turn is")
	flag.StringVar(&o.only, "only", "", "only the cases whose name has this in it; with -sweep, only the list and email")
	flag.BoolVar(&o.peer, "postgraphile", true, "measure against PostGraphile too")
	flag.BoolVar(&o.sweep, "sweep", false, "instead: read the plans of every sort, filter and search together, and show the worst")
	flag.IntVar(&o.worst, "worst", 15, "how many plans -sweep shows")
	flag.StringVar(&o.profile, "cpuprofile", "", "write a CPU profile of our server to this file")
	flag.StringVar(&o.serve, "serve", "", "be one of the contestants (the command starts itself so)")
	flag.Parse()
	if err := run(context.Background(), o); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, o options) (err error) {
	if o.serve != "" {
		return serve(ctx, o.serve, os.Getenv("DATABASE_URL"), o.profile)
	}
	server, err := million.Open(ctx, million.Options{Rows: o.rows, Dir: filepath.Join(".cache", "bench-list"), Say: say})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop(ctx)) }()
	if o.sweep {
		return sweep(ctx, server.URL(million.Database), o.only, o.worst)
	}
	return compete(ctx, o, server.URL(million.Database))
}

func compete(ctx context.Context, o options, databaseURL string) error {
	token, err := signIn(ctx, databaseURL)
	if err != nil {
		return err
	}
	p := &place{}
	all, err := contestants(ctx, o, p, databaseURL)
	defer func() {
		for _, c := range all {
			c.stop()
		}
	}()
	if err != nil {
		return err
	}
	if err := p.find(ctx, databaseURL, token, all); err != nil {
		return err
	}
	results, err := measure(ctx, o, token, all)
	if err != nil {
		return err
	}
	return report(all, results)
}

// contestants are started even where a later one fails: who is there has to be stopped.
func contestants(ctx context.Context, o options, p *place, databaseURL string) ([]*contestant, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	var all []*contestant
	for _, c := range []*contestant{
		{name: "ours", ask: p.askOurs, read: readOurs},
		{name: "hand-written", ask: p.askHandWritten, read: readHandWritten},
	} {
		cmd := exec.CommandContext(ctx, self, "-serve", c.name)
		if c.name == "ours" && o.profile != "" {
			cmd.Args = append(cmd.Args, "-cpuprofile", o.profile)
		}
		cmd.Env = append(os.Environ(), "DATABASE_URL="+databaseURL)
		if err := c.start(ctx, cmd); err != nil {
			return all, err
		}
		all = append(all, c)
	}
	if !o.peer {
		return all, nil
	}
	peer := &contestant{name: "postgraphile", ask: p.askPostgraphile, read: readPostgraphile, only: invitationList.name}
	cmd, err := postgraphile(ctx, databaseURL)
	if err == nil {
		err = peer.start(ctx, cmd)
	}
	if err != nil {
		say("PostGraphile is left out: %v.", err)
		return all, nil
	}
	return append(all, peer), nil
}

// signIn answers a token of the administrator's, made as every other one.
func signIn(ctx context.Context, databaseURL string) (string, error) {
	pool, err := postgres.Open(ctx, databaseURL, postgres.PoolOptions{})
	if err != nil {
		return "", err
	}
	defer pool.Close()
	service, err := access.New(pool, clock.System)
	if err != nil {
		return "", err
	}
	in, err := service.SignIn(ctx, million.AdminEmail, million.Password, access.Origin{UserAgent: "bench/list"})
	if err != nil {
		return "", err
	}
	return in.Token, nil
}
