package postgres

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// OwnerRole owns every object of the schema. Only schema steps work as this role.
	OwnerRole = "carryover_owner"
	// AppRole is the program at work. It may do what the schema steps granted, and alter nothing.
	AppRole = "carryover_app"
)

// PoolOptions may be left empty.
type PoolOptions struct {
	// MaxConns is the most connections at once. 0 is pgx's choice: 4, or one per core if there are more.
	MaxConns int32
	// ApplicationName is what pg_stat_activity shows. Empty is "carryover".
	ApplicationName string
	// Role is what every connection works as. Empty is AppRole.
	Role string
	// Lists is for statements of the lists, which are ended after 5 seconds.
	Lists Lists
}

// Lists says how the statements of lists are planned.
type Lists int

const (
	// NoLists leaves planning to PostgreSQL.
	NoLists Lists = iota
	// ListsPlannedEachTime is for many optional filters: each statement is planned anew with the values at hand, so that a filter
	// which is not asked for costs nothing.
	ListsPlannedEachTime
	// ListsPlannedOnce is for statements that go through an index in its order, whatever the values: their plan is kept, which saves
	// half of the time of a page.
	ListsPlannedOnce
)

func (l Lists) settings() map[string]string {
	switch l {
	case ListsPlannedEachTime:
		return map[string]string{
			"statement_timeout": "5s",
			"plan_cache_mode":   "force_custom_plan",
			"jit":               "off", // compiling takes longer than a page
			// A page of a table costs the same wherever it lies, each time it is looked at: few rows looked up beat a long walk.
			"random_page_cost":     "1.1",
			"effective_cache_size": "8MB",
		}
	case ListsPlannedOnce:
		return map[string]string{
			"statement_timeout": "5s",
			"plan_cache_mode":   "force_generic_plan",
			"jit":               "off",
			// The planner does not know how few rows are asked for, and would prepare for all.
			"enable_seqscan":    "off",
			"enable_bitmapscan": "off",
			"enable_hashjoin":   "off",
			"enable_mergejoin":  "off",
			"enable_sort":       "off",
			// A page's row is joined of nine tables, whose order matters and is found once.
			"join_collapse_limit": "12",
			"from_collapse_limit": "12",
		}
	}
	return nil
}

// Open returns a pool whose connections all work as Role and in UTC, after one of them has answered.
// A statement is ended after 30 seconds, a wait for a lock after 10, a transaction that stands idle
// after 60; parameters of the same names in url win.
//
// Errors are one sentence that says what is wrong (server, password, database or roles missing), and
// never show a password. Whether the schema is complete is asked by [CheckSchema].
func Open(ctx context.Context, url string, opts PoolOptions) (*pgxpool.Pool, error) {
	config, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = cmp.Or(opts.MaxConns, config.MaxConns)
	defaults(config, opts.Lists.settings())
	defaults(config, map[string]string{
		"application_name":                    cmp.Or(opts.ApplicationName, "carryover"),
		"statement_timeout":                   "30s",
		"lock_timeout":                        "10s",
		"idle_in_transaction_session_timeout": "60s",
	})
	return connect(ctx, config, cmp.Or(opts.Role, AppRole))
}

// openOwner has no timeouts: a schema step on a large table may take as long as it needs.
func openOwner(ctx context.Context, url string) (*pgxpool.Pool, error) {
	config, err := parseURL(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = 4 // goose holds one with its lock while a step works on another
	defaults(config, map[string]string{"application_name": "carryover schema"})
	return connect(ctx, config, OwnerRole)
}

func connect(ctx context.Context, config *pgxpool.Config, role string) (*pgxpool.Pool, error) {
	config.ConnConfig.RuntimeParams["role"] = role
	config.ConnConfig.RuntimeParams["timezone"] = "UTC"
	config.AfterConnect = readAsMeant
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, connectFailure(config.ConnConfig, err)
	}
	if err := pool.Ping(ctx); err != nil {
		pool.Close()
		return nil, connectFailure(config.ConnConfig, err)
	}
	return pool, nil
}

// readAsMeant reads times in UTC, whatever zone the machine is in: a time that was written and read again is the same value. And it
// reads ids without a detour.
func readAsMeant(_ context.Context, conn *pgx.Conn) error {
	useUUIDs(conn.TypeMap())
	conn.TypeMap().RegisterType(&pgtype.Type{Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC}})
	return nil
}

func parseURL(url string) (*pgxpool.Config, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		// pgx's error holds the whole address, with its password, so it goes no further.
		return nil, errors.New("the database's address cannot be read: it should look like postgres://user:password@host:5432/database")
	}
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = 10 * time.Second
	}
	return config, nil
}

func defaults(config *pgxpool.Config, params map[string]string) {
	for name, value := range params {
		if _, ok := config.ConnConfig.RuntimeParams[name]; !ok {
			config.ConnConfig.RuntimeParams[name] = value
		}
	}
}
