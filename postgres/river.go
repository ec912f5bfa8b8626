package postgres

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/pressly/goose/v3"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

const (
	// riverVersion is the place of River's tables in the chain.
	riverVersion = 2
	// riverTarget is the version of River's tables that river v0.51.1 works with. When a newer River
	// brings tables of its own, a new step takes them up: this one has run on databases that exist.
	riverTarget = 8
)

// riverGrants lets the application insert and work jobs. It does not let River rebuild its indexes,
// which only their owner may do: the client is to be configured without its reindexer.
// The application may also read which schema steps were done (see CheckSchema).
const riverGrants = `
GRANT SELECT, INSERT, UPDATE, DELETE ON river_job, river_leader, river_notification, river_queue TO carryover_app;
GRANT SELECT ON river_migration, goose_db_version TO carryover_app;
GRANT USAGE, SELECT ON SEQUENCE river_job_id_seq, river_notification_id_seq TO carryover_app;`

// riverStep runs River's own steps in the chain. It needs the pool because River commits after each
// of its steps (one uses an enum value that an earlier one adds); what an interrupted run has done is
// in river_migration, and the next run goes on from there.
func riverStep(pool *pgxpool.Pool) *goose.Migration {
	up := func(ctx context.Context, _ *sql.DB) error {
		steps, err := riverSteps(pool)
		if err != nil {
			return err
		}
		if _, err := steps.Migrate(ctx, rivermigrate.DirectionUp, &rivermigrate.MigrateOpts{TargetVersion: riverTarget}); err != nil {
			return fmt.Errorf("make the tables of River: %w", err)
		}
		if _, err := pool.Exec(ctx, riverGrants); err != nil {
			return fmt.Errorf("grant the tables of River to %s: %w", AppRole, err)
		}
		return nil
	}
	return goose.NewGoMigration(riverVersion, &goose.GoFunc{RunDB: up}, nil)
}

func riverSteps(pool *pgxpool.Pool) (*rivermigrate.Migrator[pgx.Tx], error) {
	steps, err := rivermigrate.New(riverpgxv5.New(pool), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("read the schema steps of River: %w", err)
	}
	return steps, nil
}
