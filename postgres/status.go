package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrSchemaBehind is returned by [CheckSchema] if schema steps of this program are missing in the database.
var ErrSchemaBehind = errors.New("the database's schema is older than this program")

// StepStatus is a schema step and when it was done, which is nil for one that is still to do.
type StepStatus struct {
	Step
	AppliedAt *time.Time
}

// Status lists the steps of this program and what the database of url has of them. It changes nothing,
// and serves on a database that has none of them yet.
func Status(ctx context.Context, url string) ([]StepStatus, error) {
	return embeddedChain().status(ctx, url)
}

func (c chain) status(ctx context.Context, url string) (_ []StepStatus, err error) {
	config, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	conn, err := pgx.ConnectConfig(ctx, config.ConnConfig)
	if err != nil {
		return nil, connectFailure(config.ConnConfig, err)
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	applied, err := appliedSteps(ctx, conn)
	if err != nil {
		return nil, err
	}
	steps, err := c.steps()
	if err != nil {
		return nil, err
	}
	all := make([]StepStatus, 0, len(steps))
	for _, step := range steps {
		status := StepStatus{Step: step}
		if at, ok := applied[step.Version]; ok {
			status.AppliedAt = &at
		}
		all = append(all, status)
	}
	return all, nil
}

// CheckSchema returns nil if the database has every step of this program, else an [ErrSchemaBehind]
// that says what to run. A database that has more is accepted: a newer program brings its steps up
// while older ones still run.
func CheckSchema(ctx context.Context, pool *pgxpool.Pool) error {
	return embeddedChain().check(ctx, pool)
}

func (c chain) check(ctx context.Context, pool *pgxpool.Pool) error {
	steps, err := c.steps()
	if err != nil {
		return err
	}
	applied, err := appliedSteps(ctx, pool)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if _, ok := applied[step.Version]; !ok {
			newest := steps[len(steps)-1].Version
			return fmt.Errorf("%w: step %d (%s) of %d is missing: run \"carryover schema up\"", ErrSchemaBehind, step.Version, step.Name, newest)
		}
	}
	return nil
}

type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// appliedSteps is empty, not an error, if goose has never run.
func appliedSteps(ctx context.Context, db querier) (map[int64]time.Time, error) {
	// goose wrote this time in the zone of its session, which openOwner sets to UTC.
	rows, err := db.Query(ctx, "SELECT version_id, tstamp AT TIME ZONE 'UTC' FROM public.goose_db_version WHERE is_applied ORDER BY id")
	if err != nil {
		return noTableIsNoSteps(err)
	}
	applied := map[int64]time.Time{}
	var version int64
	var at time.Time
	_, err = pgx.ForEachRow(rows, []any{&version, &at}, func() error {
		applied[version] = at.UTC()
		return nil
	})
	if err != nil {
		return noTableIsNoSteps(err)
	}
	return applied, nil
}

func noTableIsNoSteps(err error) (map[int64]time.Time, error) {
	const undefinedTable = "42P01" // https://www.postgresql.org/docs/15/errcodes-appendix.html
	var refusal *pgconn.PgError
	if errors.As(err, &refusal) && refusal.Code == undefinedTable {
		return nil, nil
	}
	return nil, fmt.Errorf("read the applied schema steps: %w", err)
}
