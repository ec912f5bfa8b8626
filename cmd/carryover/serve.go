package main

import (
	"context"
	"errors"
	"log/slog"
	"net"

	"carryover/app"
	"carryover/clock"
	"carryover/config"
)

type serveCommand struct {
	API     bool `default:"true" negatable:"" help:"Answer the API."`
	Workers bool `default:"true" negatable:"" help:"Work the jobs."`
}

// Run serves until it is stopped, and refuses to start on a schema that is older than the program.
func (c *serveCommand) Run(ctx context.Context, p *process) error {
	if !c.API && !c.Workers {
		return errors.New("nothing is left to run: leave out --no-api or --no-workers")
	}
	return p.serve(ctx, app.Options{API: c.API, Workers: c.Workers})
}

type workCommand struct{}

func (*workCommand) Run(ctx context.Context, p *process) error {
	return p.serve(ctx, app.Options{Workers: true})
}

func (p *process) serve(ctx context.Context, o app.Options) error {
	settings, err := config.FromEnvironment(p.environ)
	if err != nil {
		return err
	}
	o.Clock, o.Log = clock.System, p.logger()
	var listener net.Listener
	if o.API {
		if listener, err = app.Listen(ctx, settings.Addr); err != nil {
			return err
		}
		defer func() { _ = listener.Close() }() // closed already where it ran
	}
	service, err := app.New(ctx, settings, o)
	if err != nil {
		return err
	}
	defer service.Close()
	o.Log.Info("carryover is running", slog.Bool("api", o.API), slog.Bool("workers", o.Workers), where(listener))
	defer o.Log.Info("carryover has stopped")
	return service.Run(ctx, listener)
}

func where(l net.Listener) slog.Attr {
	if l == nil {
		return slog.Attr{} // left out of the log
	}
	return slog.String("addr", l.Addr().String())
}
