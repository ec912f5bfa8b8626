package postgres

import (
	"cmp"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed schema/*.sql
var embedded embed.FS

//go:embed prepare.sql
var prepareSQL string

// chain is the schema steps of this program: files in goose's format, and River's own at riverVersion.
// Steps only go up. A released step never changes; what it got wrong is mended by a later one.
type chain struct{ files fs.FS }

func embeddedChain() chain {
	files, err := fs.Sub(embedded, "schema")
	if err != nil {
		panic(err) // the name is a constant and valid
	}
	return chain{files}
}

// Up brings the database of ownerURL to the newest schema step. Its login must be able to create
// roles and extensions unless they are there already, and everything made belongs to [OwnerRole].
// Processes that run Up together wait for each other; the later ones find nothing to do. If a step
// fails, those before it stay and the failed one leaves nothing behind.
func Up(ctx context.Context, ownerURL string) error { return embeddedChain().up(ctx, ownerURL) }

func (c chain) up(ctx context.Context, ownerURL string) error {
	if err := prepare(ctx, ownerURL); err != nil {
		return err
	}
	pool, err := openOwner(ctx, ownerURL)
	if err != nil {
		return err
	}
	defer pool.Close()
	provider, err := c.provider(pool)
	if err != nil {
		return err
	}
	_, err = provider.Up(ctx)
	return errors.Join(stepFailure(err), provider.Close())
}

// stepFailure names the step: goose's own text has its number only.
func stepFailure(err error) error {
	var partial *goose.PartialError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &partial):
		return fmt.Errorf("schema step %q: %w", cmp.Or(partial.Failed.Source.Path, "river"), partial.Err)
	default:
		return fmt.Errorf("bring the schema up: %w", err)
	}
}

// provider's lock is held in the database, for as long as one run of steps takes.
func (c chain) provider(pool *pgxpool.Pool) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 600))
	if err != nil {
		return nil, fmt.Errorf("make the schema lock: %w", err)
	}
	provider, err := goose.NewProvider(goose.DialectPostgres, stdlib.OpenDBFromPool(pool), c.files,
		goose.WithSessionLocker(locker), goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()), goose.WithGoMigrations(riverStep(pool)))
	if err != nil {
		return nil, fmt.Errorf("read the schema steps: %w", err)
	}
	return provider, nil
}

// prepare works as the login itself: the roles that all else is done with do not exist yet.
func prepare(ctx context.Context, ownerURL string) (err error) {
	config, err := parseURL(ownerURL)
	if err != nil {
		return err
	}
	conn, err := pgx.ConnectConfig(ctx, config.ConnConfig)
	if err != nil {
		return connectFailure(config.ConnConfig, err)
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	if _, err := conn.Exec(ctx, prepareSQL); err != nil {
		return fmt.Errorf("prepare roles and extensions as %q (a superuser can run postgres/prepare.sql once instead): %w", config.ConnConfig.User, err)
	}
	return nil
}

// Step is one schema step of this program.
type Step struct {
	Version int64
	Name    string // of its file; River's is "river"
}

// steps in the order in which they run.
func (c chain) steps() ([]Step, error) {
	names, err := fs.Glob(c.files, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("list the schema steps: %w", err)
	}
	all := []Step{{Version: riverVersion, Name: "river"}}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, fmt.Errorf("schema step %q: its name must be like 0001_people.sql: %w", name, err)
		}
		all = append(all, Step{Version: version, Name: strings.TrimSuffix(name, ".sql")})
	}
	slices.SortFunc(all, func(a, b Step) int { return int(a.Version - b.Version) })
	return all, nil
}

// SchemaFingerprint changes whenever a schema step does. Two programs with the same one make the
// same database, so a copy of what one made serves the other.
func SchemaFingerprint() (string, error) {
	sum := sha256.New()
	fmt.Fprintf(sum, "river %d\n%s\n", riverTarget, prepareSQL)
	err := fs.WalkDir(embedded, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := embedded.ReadFile(path)
		fmt.Fprintf(sum, "%s %d\n%s\n", path, len(text), text)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read the embedded schema steps: %w", err)
	}
	return hex.EncodeToString(sum.Sum(nil)[:8]), nil
}
