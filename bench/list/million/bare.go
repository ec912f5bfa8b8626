package million

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// bare fills a table that has no indexes, foreign keys and triggers meanwhile, and brings back the indexes and keys at the end:
// once for all rows costs a small part of once for each. A row that fits nowhere fails there. The indexes of constraints stay.
func bare(ctx context.Context, pool *pgxpool.Pool, table string, fill func() error) error {
	indexes, err := parts(ctx, pool, `SELECT format('DROP INDEX %s', x.indexrelid::regclass), pg_get_indexdef(x.indexrelid)
		FROM pg_index x WHERE x.indrelid = $1::text::regclass AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid)
		ORDER BY pg_get_indexdef(x.indexrelid) NOT LIKE '%USING gin%'`, table)
	if err != nil {
		return err
	}
	keys, err := parts(ctx, pool, `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
			format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
		FROM pg_constraint WHERE contype = 'f' AND conrelid = $1::text::regclass ORDER BY conname`, table)
	if err != nil {
		return err
	}
	if err := run(ctx, pool, append(append(indexes.drop, keys.drop...), "ALTER TABLE "+table+" DISABLE TRIGGER USER")...); err != nil {
		return err
	}
	if err := fill(); err != nil {
		return err
	}
	if err := eachOnce(indexes.create, func(definition string) error {
		return run(ctx, pool, "SET maintenance_work_mem = '512MB'", definition)
	}); err != nil {
		return err
	}
	return run(ctx, pool, append(keys.create, "ALTER TABLE "+table+" ENABLE TRIGGER USER", "VACUUM (ANALYZE) "+table)...)
}

// taken is what is taken from a table, and how it is made again.
type taken struct{ drop, create []string }

func parts(ctx context.Context, pool *pgxpool.Pool, sql, table string) (all taken, err error) {
	rows, err := pool.Query(ctx, sql, table)
	if err != nil {
		return all, err
	}
	var drop, create string
	if _, err := pgx.ForEachRow(rows, []any{&drop, &create}, func() error {
		all.drop, all.create = append(all.drop, drop), append(all.create, create)
		return nil
	}); err != nil {
		return all, fmt.Errorf("list what %s has: %w", table, err)
	}
	return all, nil
}

// eachOnce works through a list by two at once.
func eachOnce(list []string, do func(string) error) error {
	const several = 2
	next, failed := make(chan string), make(chan error, several)
	for range several {
		go func() {
			var err error
			for one := range next {
				err = errors.Join(err, do(one))
			}
			failed <- err
		}()
	}
	for _, one := range list {
		next <- one
	}
	close(next)
	var err error
	for range several {
		err = errors.Join(err, <-failed)
	}
	return err
}

func copyRows(ctx context.Context, pool *pgxpool.Pool, table string, columns []string, rows int, values func(int) []any) error {
	row := 0
	_, err := pool.CopyFrom(ctx, pgx.Identifier{table}, columns, pgx.CopyFromFunc(func() ([]any, error) {
		for ; row < rows; row++ {
			if made := values(row); made != nil {
				row++
				return made, nil
			}
		}
		return nil, nil
	}))
	if err != nil {
		return fmt.Errorf("copy %s: %w", table, err)
	}
	return nil
}

func run(ctx context.Context, pool *pgxpool.Pool, statements ...string) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	for _, statement := range statements {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}
