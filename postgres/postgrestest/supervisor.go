package postgrestest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"carryover/postgres"
)

const (
	// superviseEnv turns a test binary into the supervisor of the private server in the folder it names.
	superviseEnv = "CARRYOVER_POSTGRESTEST_SUPERVISE"
	// lingerEnv overrides linger for a server that is started now, as a duration such as 10m.
	lingerEnv = "CARRYOVER_POSTGRESTEST_LINGER"
)

const (
	// linger is how long the server waits for the next user: long enough for the next package of a
	// run to be compiled, and for the next run of somebody who is working on a test.
	linger = 20 * time.Second
	glance = 200 * time.Millisecond
)

// A supervisor is needed because no test process knows that it is the last, and a killed one cannot
// do anything about it. It is this binary again, as that one is at hand and has all the code; init is
// the only place that comes before the tests of whatever package was compiled into it.
func init() {
	dir := os.Getenv(superviseEnv)
	if dir == "" {
		return
	}
	if err := supervise(folder(dir)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

// supervise runs the server until nobody has used it for a while. If the supervisor itself is
// killed, the server dies with it (see postgres.Start) and the next user starts another.
func supervise(f folder) error {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	server, err := postgres.Start(ctx, postgres.Options{
		Dir: f.path("server"), Ephemeral: true, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Settings: map[string]string{
			"max_connections": "400",
			"max_wal_size":    "256MB", // the folder may be in memory
			"autovacuum":      "off",   // it would visit hundreds of databases that live for a second
		},
	})
	if err != nil {
		return err
	}
	last, err := f.untilUnused(ctx, server, lingerTime())
	if last != nil {
		defer last.Close() //nolint:errcheck // held until the end: new users wait for us to be gone
	}
	stopping, cancelStop := context.WithTimeout(context.WithoutCancel(ctx), 15*time.Second)
	defer cancelStop()
	return errors.Join(err, os.Remove(f.path("address")), server.Stop(stopping))
}

func lingerTime() time.Duration {
	if wanted, err := time.ParseDuration(os.Getenv(lingerEnv)); err == nil {
		return wanted
	}
	return linger
}

// untilUnused writes down the server's address and returns when it has had no user for a while, with
// the users' lock taken alone, so that nobody can become one any more.
func (f folder) untilUnused(ctx context.Context, server *postgres.Embedded, linger time.Duration) (*os.File, error) {
	draft := f.path("address.new")
	if err := os.WriteFile(draft, []byte(server.URL("postgres")), 0o600); err != nil {
		return nil, fmt.Errorf("write down the address: %w", err)
	}
	if err := os.Rename(draft, f.path("address")); err != nil {
		return nil, fmt.Errorf("write down the address: %w", err)
	}
	users, err := os.OpenFile(f.path("users"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("open the users' lock: %w", err)
	}
	lastUsed := time.Now()
	for {
		select {
		case <-ctx.Done():
			return users, nil
		case <-server.Done():
			return users, errors.New("the server ended by itself")
		case <-time.After(glance):
		}
		if flock(users, syscall.LOCK_EX|syscall.LOCK_NB) != nil {
			lastUsed = time.Now()
			continue
		}
		if time.Since(lastUsed) > linger {
			return users, nil
		}
		if err := flock(users, syscall.LOCK_UN); err != nil {
			return users, fmt.Errorf("let go of the users' lock: %w", err)
		}
	}
}
