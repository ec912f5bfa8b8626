package postgrestest

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"carryover/postgres"
)

const (
	templatePrefix = "carryover_template_"
	clonePrefix    = "carryover_test_"
	// abandonedAfter is longer than any run: a clone this old is a killed test's.
	abandonedAfter = 6 * time.Hour
)

// server makes and drops databases. Its address is that of a database for administration.
type server struct {
	url      string
	template string
	use      *os.File // of the private server: kept open, see folder.acquire
}

// shared is the one server of this process, made by the first test that asks. It is a variable of the
// package because the use of the private server lasts as long as the process, as no value of a test does.
var shared = sync.OnceValues(func() (*server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	s := &server{url: os.Getenv("DATABASE_URL")}
	if s.url == "" {
		f, err := privateFolder()
		if err != nil {
			return nil, err
		}
		if s.url, s.use, err = f.acquire(ctx); err != nil {
			return nil, fmt.Errorf("start a PostgreSQL server for the tests (or set DATABASE_URL): %w", err)
		}
	}
	return s, s.ensureTemplate(ctx)
})

// ensureTemplate makes the database that all others are copies of, once per state of the schema steps.
// Databases of other states stay, for a checkout of another branch may be using them.
func (s *server) ensureTemplate(ctx context.Context) error {
	fingerprint, err := postgres.SchemaFingerprint()
	if err != nil {
		return err
	}
	s.template = templatePrefix + fingerprint
	return s.admin(ctx, func(conn *pgx.Conn) error {
		// Held until the connection closes, so other processes wait for a whole template.
		if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock(hashtextextended($1, 0))", templatePrefix); err != nil {
			return fmt.Errorf("wait for the template database: %w", err)
		}
		if err := dropAbandoned(ctx, conn); err != nil {
			return err
		}
		// The mark of a template is set last: a database without it was left unfinished.
		var done bool
		err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)", s.template).Scan(&done)
		if err != nil || done {
			return err
		}
		return s.makeTemplate(ctx, conn)
	})
}

func (s *server) makeTemplate(ctx context.Context, conn *pgx.Conn) error {
	name := pgx.Identifier{s.template}.Sanitize()
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name + " TEMPLATE template0"} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return fmt.Errorf("make the template database: %w", err)
		}
	}
	address, err := s.address(s.template)
	if err != nil {
		return err
	}
	if err := postgres.Up(ctx, address); err != nil {
		return err
	}
	if _, err := conn.Exec(ctx, "ALTER DATABASE "+name+" IS_TEMPLATE true"); err != nil {
		return fmt.Errorf("mark the template database: %w", err)
	}
	return nil
}

// clone returns the address of a new copy of a template. Copying files costs less than PostgreSQL's
// default, which writes the whole copy to its log too, as long as nothing waits for the disk.
func (s *server) clone(ctx context.Context, template string) (string, error) {
	name := fmt.Sprintf("%s%d_%s", clonePrefix, time.Now().Unix(), strings.ToLower(rand.Text()[:12]))
	err := s.admin(ctx, func(conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, "CREATE DATABASE "+pgx.Identifier{name}.Sanitize()+" TEMPLATE "+pgx.Identifier{template}.Sanitize()+" STRATEGY file_copy")
		return err
	})
	if err != nil {
		return "", fmt.Errorf("copy the template database %q: %w", template, err)
	}
	return s.address(name)
}

func (s *server) drop(ctx context.Context, address string) error {
	config, err := pgx.ParseConfig(address)
	if err != nil {
		return errors.New("drop a test database: its address cannot be read")
	}
	return s.admin(ctx, func(conn *pgx.Conn) error { return dropDatabase(ctx, conn, config.Database) })
}

func dropDatabase(ctx context.Context, conn *pgx.Conn, name string) error {
	if _, err := conn.Exec(ctx, "DROP DATABASE IF EXISTS "+pgx.Identifier{name}.Sanitize()+" WITH (FORCE)"); err != nil {
		return fmt.Errorf("drop test database %q: %w", name, err)
	}
	return nil
}

// dropAbandoned removes what killed tests have left on a server that outlives them.
func dropAbandoned(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, "SELECT datname FROM pg_database WHERE starts_with(datname, $1) ORDER BY datname", clonePrefix)
	if err != nil {
		return fmt.Errorf("look for abandoned test databases: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return fmt.Errorf("look for abandoned test databases: %w", err)
	}
	for _, name := range names {
		if !madeBefore(name, time.Now().Add(-abandonedAfter)) {
			continue
		}
		if err := dropDatabase(ctx, conn, name); err != nil {
			return err
		}
	}
	return nil
}

// madeBefore reads the time in a clone's name. A name of another form is somebody else's.
func madeBefore(name string, limit time.Time) bool {
	made, _, _ := strings.Cut(strings.TrimPrefix(name, clonePrefix), "_")
	seconds, err := strconv.ParseInt(made, 10, 64)
	return err == nil && time.Unix(seconds, 0).Before(limit)
}

// admin connects for one use: databases are made and dropped seldom enough, and an open pool would
// be a leak in the eyes of every test that looks for one.
func (s *server) admin(ctx context.Context, use func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, s.url)
	if err != nil {
		return fmt.Errorf("connect to the tests' server: %w", err)
	}
	return errors.Join(use(conn), conn.Close(ctx))
}

// address is the server's with another database in it.
func (s *server) address(database string) (string, error) {
	u, err := url.Parse(s.url)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		return "", errors.New("DATABASE_URL for tests must look like postgres://user:password@host:5432/postgres")
	}
	u.Path = "/" + database
	return u.String(), nil
}
