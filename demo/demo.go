// Package demo runs the whole service on one machine with nothing to set up: a private PostgreSQL server, the stand-ins of
// the providers, the API, the workers and a data set.
//
// It owns the demo's folder, its secrets, its data set and the order of starting and stopping. It does not own the service,
// which is package app's and runs here as it does anywhere: only its settings lead to the stand-ins. Its people are invented
// and its sign-ins are public, so it belongs on no machine that strangers reach.
package demo

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"carryover/app"
	"carryover/clock"
	"carryover/postgres"
	"carryover/workers"
)

// The sign-in that may do everything. Every member of the demo's staff has the same password.
const (
	AdminEmail = "admin@example.com"
	Password   = "carryover-demo"
)

// Options say where the demo runs.
type Options struct {
	Dir         string // keeps everything between runs
	Addr        string
	PublicURL   string // where browsers reach it; empty: Addr
	DatabaseURL string // empty: a private server, with its data in Dir
	Log         *slog.Logger
}

// Demo is a running demo.
type Demo struct {
	// URL is where a browser reaches it.
	URL string

	options Options
	folder  *folder
	// stripeKey opens the account that the stand-in plays.
	stripeKey string
	clock     *clock.Moved
	app       *app.App
	server    *postgres.Embedded // nil where DatabaseURL was given
	closers   []func() error
	stop      context.CancelFunc
	ended     chan error // of the service
	filled    chan struct{}
	filling   sync.WaitGroup
}

// Start returns when the demo answers. ctx bounds the start only; end it with [Demo.Wait]. On the first start the data set is
// completed in the background, see [Demo.Filled].
func Start(ctx context.Context, o Options) (*Demo, error) {
	d := &Demo{options: o, ended: make(chan error, 1), filled: make(chan struct{})}
	if err := d.start(ctx); err != nil {
		return nil, errors.Join(err, d.close())
	}
	return d, nil
}

// start takes the port and the folder first: whatever is wrong with them is told before anything is made.
func (d *Demo) start(ctx context.Context) error {
	listener, err := app.Listen(ctx, d.options.Addr)
	if err != nil {
		return err
	}
	d.atEnd(func() error { return unlessClosed(listener.Close()) })
	if d.folder, err = openFolder(d.options.Dir); err != nil {
		return err
	}
	d.atEnd(d.folder.close)
	local := "http://" + reachable(listener.Addr())
	d.URL = cmp.Or(d.options.PublicURL, local)
	if err := d.assemble(ctx, local); err != nil {
		return err
	}
	loaded, err := d.isFilled(ctx)
	if err != nil {
		return err
	}
	if !loaded {
		if err := d.load(ctx); err != nil {
			return err
		}
	}
	d.serve(listener)
	if err := d.waitReady(ctx, local); err != nil {
		return errors.Join(err, d.end())
	}
	if err := d.openCounters(ctx, local); err != nil {
		return errors.Join(err, d.end())
	}
	d.fillUnless(loaded, local)
	return nil
}

func (d *Demo) assemble(ctx context.Context, local string) error {
	secrets, err := d.folder.secrets()
	if err != nil {
		return err
	}
	d.stripeKey = secrets.StripeSecretKey
	databaseURL, err := d.database(ctx)
	if err != nil {
		return err
	}
	if err := postgres.Up(ctx, databaseURL); err != nil {
		return err
	}
	if err := d.openClock(ctx, databaseURL); err != nil {
		return err
	}
	vendors, err := d.openStandIns(secrets, local)
	if err != nil {
		return err
	}
	settings, err := settings(secrets, databaseURL, d.options.Addr, local, d.URL)
	if err != nil {
		return err
	}
	d.app, err = app.New(ctx, settings, app.Options{
		API: true, Workers: true, Clock: d.clock.Now, Sandbox: vendors, Log: d.options.Log, WorkerTuning: tuning()})
	if err != nil {
		return err
	}
	d.atEnd(func() error { d.app.Close(); return nil })
	return nil
}

// tuning: the stand-ins are near, so a job of a killed demo need not wait as long for its rescue as one of an installation.
func tuning() workers.Options {
	return workers.Options{Timeout: 20 * time.Second, RescueAfter: 25 * time.Second}
}

func (d *Demo) serve(l net.Listener) {
	ctx, stop := context.WithCancel(context.Background())
	d.stop = stop
	go func() { d.ended <- d.app.Run(ctx, l) }()
}

// waitReady asks as a load balancer would.
func (d *Demo) waitReady(ctx context.Context, local string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for {
		if answers(ctx, local+"/readyz") {
			return nil
		}
		select {
		case err := <-d.ended:
			d.ended <- nil
			return cmp.Or(err, errors.New("the service ended before it was ready"))
		case <-ctx.Done():
			return fmt.Errorf("wait until the service is ready: %w", ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func answers(ctx context.Context, url string) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	return errors.Join(answer.Body.Close()) == nil && answer.StatusCode == http.StatusOK
}

// Filled is closed once the data set is complete; at once where an earlier run completed it. It stays open where that failed,
// and the next start goes on from there.
func (d *Demo) Filled() <-chan struct{} { return d.filled }

// Wait returns when ctx has ended, or the service by itself, and everything is stopped: what fills the data set, the jobs
// under way, the API, the stand-ins, the database.
func (d *Demo) Wait(ctx context.Context) error {
	var failed error
	select {
	case <-ctx.Done():
	case err := <-d.ended:
		d.ended <- nil
		failed = cmp.Or(err, errors.New("the service ended by itself"))
	case <-d.serverEnded():
		failed = fmt.Errorf("the private PostgreSQL server ended by itself; server.log in %q says why", d.folder.database())
	}
	return errors.Join(failed, d.end(), d.close())
}

func (d *Demo) end() error {
	d.stop()
	d.filling.Wait()
	return <-d.ended
}

func (d *Demo) atEnd(fn func() error) { d.closers = append(d.closers, fn) }

// close undoes the start, last things first.
func (d *Demo) close() error {
	var errs []error
	for i := len(d.closers) - 1; i >= 0; i-- {
		errs = append(errs, d.closers[i]())
	}
	return errors.Join(errs...)
}

// unlessClosed: the service closes the listener when it stops.
func unlessClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

// reachable is the address by which this machine reaches a listener, also one on all interfaces.
func reachable(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || !tcp.IP.IsUnspecified() {
		return addr.String()
	}
	return fmt.Sprintf("127.0.0.1:%d", tcp.Port)
}
