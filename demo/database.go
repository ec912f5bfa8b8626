package demo

import (
	"context"
	"time"

	"carryover/postgres"
)

// stopTime is how long the private server gets for an orderly end; its data are safe without one too.
const stopTime = 10 * time.Second

// database answers the address of the database: the one that was given, else that of a private server in the demo's folder.
func (d *Demo) database(ctx context.Context) (string, error) {
	if d.options.DatabaseURL != "" {
		return d.options.DatabaseURL, nil
	}
	server, err := postgres.Start(ctx, postgres.Options{Dir: d.folder.database(), Log: d.options.Log})
	if err != nil {
		return "", err
	}
	d.server = server
	d.atEnd(func() error {
		ctx, cancel := context.WithTimeout(context.Background(), stopTime)
		defer cancel()
		return server.Stop(ctx)
	})
	return server.URL("postgres"), nil
}

// serverEnded is closed when a private server ends; nil, which is never ready, where there is none.
func (d *Demo) serverEnded() <-chan struct{} {
	if d.server == nil {
		return nil
	}
	return d.server.Done()
}
