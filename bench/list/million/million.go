// Package million makes the data that the list is measured on: invitations by the million, with the locations, plans and people
// behind them, the same rows on every machine.
//
// It owns the data, the server they lie on, and their keeping: what one run made, later ones open in seconds, until the schema or
// the generator changes. It does not own what is asked of them.
package million

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"carryover/postgres"
)

// version goes up with every change of the rows that are made.
const version = 2

// Database is where the rows are on the server.
const Database = "postgres"

// The sign-in of an administrator, who manages every location, and of a manager of twenty.
const (
	AdminEmail   = "admin@example.com"
	ManagerEmail = "manager@example.com"
	Password     = "correct horse battery staple"
)

// Until is when the newest invitation was made. A service over the data has its clock here.
var Until = time.Date(2026, 3, 10, 15, 0, 0, 0, time.UTC)

// Options say how many and where.
type Options struct {
	Rows int                              // of invitations, and of nearly as many submissions; or of old memberships
	Dir  string                           // keeps the data, one folder for each state of schema and generator
	Say  func(format string, args ...any) // hears what takes long
}

// Open starts a server on the data, which are made first where no earlier run has left them. The caller stops it.
func Open(ctx context.Context, o Options) (*postgres.Embedded, error) {
	return open(ctx, o, fill)
}

// OpenOld is Open for the lists of old systems, with what became of them here, in a folder of their own.
func OpenOld(ctx context.Context, o Options) (*postgres.Embedded, error) {
	return open(ctx, o, fillOld)
}

func open(ctx context.Context, o Options, fill func(context.Context, string, int, func(string, ...any)) error) (*postgres.Embedded, error) {
	key, err := o.key()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(o.Dir, key)
	done := filepath.Join(dir, "done")
	_, err = os.Stat(done)
	made := err == nil
	if !made {
		if err := o.begin(dir); err != nil {
			return nil, err
		}
	}
	server, err := o.start(ctx, dir)
	if err != nil || made {
		return server, err
	}
	began := time.Now()
	if err := fill(ctx, server.URL(Database), o.Rows, o.Say); err != nil {
		return nil, errors.Join(err, server.Stop(ctx))
	}
	o.Say("The data are made; it took %s, and later runs start with them.", time.Since(began).Round(time.Second))
	return server, os.WriteFile(done, nil, 0o600)
}

func (o Options) key() (string, error) {
	fingerprint, err := postgres.SchemaFingerprint()
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s-%d-%d", fingerprint, version, o.Rows), nil
}

// begin removes what other states of schema and generator have left: some gigabytes each.
func (o Options) begin(dir string) error {
	left, err := filepath.Glob(filepath.Join(o.Dir, fmt.Sprintf("*-*-%d", o.Rows)))
	if err != nil {
		return fmt.Errorf("look for older data: %w", err)
	}
	for _, old := range left {
		if err := os.RemoveAll(old); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("remove older data: %w", err)
		}
	}
	o.Say("Making %d rows in %s (some minutes, once)…", o.Rows, dir)
	return os.MkdirAll(dir, 0o755)
}

// start gives the server the memory that a database of this size would have, and leaves everything else as PostgreSQL has it.
func (o Options) start(ctx context.Context, dir string) (*postgres.Embedded, error) {
	return postgres.Start(ctx, postgres.Options{Dir: filepath.Join(dir, "server"), TCP: true, Log: slog.New(slog.DiscardHandler),
		Settings: map[string]string{"shared_buffers": "2GB", "max_wal_size": "4GB", "max_connections": "200"}})
}
