// Package storm sends to many people while everything around the sending fails: worker processes are killed and stopped,
// PostgreSQL restarts, and the providers answer late, wrongly, or not at all after having acted. Then it compares what we believe
// with the providers' own books.
//
// It owns the weather, the processes and the comparison. It does not own any rule: it runs the whole service as app puts it
// together and knows it through its API. Beside it a naive worker runs under the same seed, so that a storm that would not have
// hurt anybody is seen as one.
package storm

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"time"

	"carryover/e2e/office"
	"carryover/postgres"
)

// Options choose a storm. Everything that is left to chance comes of Seed.
type Options struct {
	Recipients int
	Kills      int           // of worker processes, with SIGKILL
	Stops      int           // of worker processes, with SIGTERM
	Restarts   int           // of PostgreSQL
	Workers    int           // processes at once; 3 if 0
	Pace       time.Duration // between two blows, more or less; 700 ms if 0
	Seed       uint64
	Naive      bool // the naive worker sends instead of ours
	Dir        string
	Patience   time.Duration // for the whole run; 10 minutes if 0
	Log        *slog.Logger
}

// run is one storm under way.
type run struct {
	Options
	rng       *rand.Rand
	server    *postgres.Embedded
	providers *providers
	office    *office.Office
	batches   []string
	processes []*process
	env       []string
}

// Run answers what was found in the books. An error means that the storm could not be carried out, or that it never ended: a
// broken rule is in the report.
func Run(ctx context.Context, o Options) (report *Report, err error) {
	o.Workers, o.Pace, o.Patience = cmp.Or(o.Workers, 3), cmp.Or(o.Pace, 700*time.Millisecond), cmp.Or(o.Patience, 10*time.Minute)
	ctx, cancel := context.WithTimeout(ctx, o.Patience)
	defer cancel()
	r := &run{Options: o, rng: rand.New(rand.NewPCG(o.Seed, o.Seed))} //nolint:gosec // a storm that can be repeated
	defer func() { err = errors.Join(err, r.close()) }()
	if err := r.open(ctx); err != nil {
		return nil, err
	}
	began := time.Now()
	if err := r.send(ctx); err != nil {
		return nil, fmt.Errorf("with seed %d: %w", o.Seed, err)
	}
	report, err = r.compare(ctx)
	if report != nil {
		report.Took = time.Since(began)
	}
	return report, err
}

func (r *run) open(ctx context.Context) (err error) {
	if r.server, err = postgres.Start(ctx, r.postgresOptions()); err != nil {
		return err
	}
	if err := postgres.Up(ctx, r.server.URL("postgres")); err != nil {
		return err
	}
	if r.providers, err = openProviders(r.Seed, r.Log); err != nil {
		return err
	}
	r.env = office.Environment(office.Places{DatabaseURL: r.server.URL("postgres"), MailURL: r.providers.mailAt.URL, PhoneURL: r.providers.phoneAt.URL})
	if _, err := office.Fill(ctx, r.server.URL("postgres"), r.Recipients); err != nil {
		return err
	}
	if r.Naive {
		return prepareNaive(ctx, r.server.URL("postgres"))
	}
	r.office, err = office.Open(ctx, r.env, r.Log)
	return err
}

// postgresOptions: the data must survive a restart, and the connections of three processes find a place.
func (r *run) postgresOptions() postgres.Options {
	return postgres.Options{Dir: r.Dir, Settings: map[string]string{"max_connections": "200", "synchronous_commit": "on"}}
}

// send accepts the acts of sending and then lets the storm loose until every row has an outcome.
func (r *run) send(ctx context.Context) error {
	if !r.Naive {
		if err := r.sendToAll(ctx); err != nil {
			return err
		}
	}
	for range r.Workers {
		if err := r.startProcess(); err != nil {
			return err
		}
	}
	if err := r.rage(ctx); err != nil {
		return err
	}
	return r.calm(ctx)
}

func (r *run) close() error {
	var errs []error
	for _, p := range r.processes {
		errs = append(errs, p.kill())
	}
	if r.office != nil {
		r.office.Close()
	}
	if r.providers != nil {
		r.providers.close()
	}
	if r.server != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
		defer cancel()
		errs = append(errs, r.server.Stop(ctx))
	}
	return errors.Join(errs...)
}
