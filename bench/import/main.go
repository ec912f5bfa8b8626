// Command import measures the import of an old system's list: rows a second from the file to the list, with every check, against COPY of
// the same file into an unlogged table without an index, on the same server in the same run, before and after. It also measures a second import of
// the file, which changes nothing, and how much memory the importing process holds in the first and in the last quarter of the rows.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/pprof"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/clock"
	"carryover/ids"
	"carryover/migration"
	"carryover/postgres"
	"carryover/queries"
	"carryover/workers"
)

func main() {
	n := flag.Int("rows", 1_000_000, "rows of the file")
	profile := flag.String("cpuprofile", "", "write a CPU profile of this process here")
	flag.Parse()
	if err := profiled(*profile, func() error { return run(context.Background(), *n) }); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// profiled writes a CPU profile of what it does where there is a path for one.
func profiled(path string, do func() error) error {
	if path == "" {
		return do()
	}
	out, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(out); err != nil {
		return err
	}
	err = do()
	pprof.StopCPUProfile()
	return errors.Join(err, out.Close())
}

func run(ctx context.Context, n int) error {
	dir, err := os.MkdirTemp("", "carryover-import-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	say("starting PostgreSQL and writing a file of %d rows", n)
	server, err := postgres.Start(ctx, postgres.Options{Dir: filepath.Join(dir, "database"), Settings: map[string]string{"shared_buffers": "256MB", "max_wal_size": "4GB"}})
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop(context.WithoutCancel(ctx)) }()
	url := server.URL("postgres")
	if err := postgres.Up(ctx, url); err != nil {
		return err
	}
	file := filepath.Join(dir, "people.csv")
	if err := write(file, n); err != nil {
		return err
	}
	return measure(ctx, url, file, n)
}

func measure(ctx context.Context, url, file string, n int) error {
	before, err := copied(ctx, url, file)
	if err != nil {
		return err
	}
	first, memory, err := imported(ctx, url, file, n)
	if err != nil {
		return err
	}
	again, _, err := imported(ctx, url, file, n)
	if err != nil {
		return err
	}
	after, err := copied(ctx, url, file)
	if err != nil {
		return err
	}
	bound, err := indexed(ctx, url, filepath.Dir(file))
	if err != nil {
		return err
	}
	reference := float64(n) / ((before + after) / 2).Seconds()
	out := json.NewEncoder(os.Stdout)
	for _, one := range []struct {
		name string
		took time.Duration
	}{{"new", first}, {"again", again}, {"COPY of the finished rows, with the indexes", bound}} {
		rate := float64(n) / one.took.Seconds()
		say("%-44s %9.0f rows/s, COPY alone %9.0f rows/s, ratio %.2f", one.name, rate, reference, rate/reference)
		if err := out.Encode(map[string]any{"bench": "import", "case": one.name, "unit": "rows/s", "rows": n, "ours": rate, "reference": reference,
			"against": "copy", "ratio": rate / reference}); err != nil {
			return err
		}
	}
	say("memory %.0f MB at most in the first quarter, %.0f MB in the last", memory[0], memory[3])
	return out.Encode(map[string]any{"bench": "import", "case": "memory", "unit": "MB", "ours": memory[3], "reference": memory[0],
		"against": "first quarter", "ratio": memory[0] / memory[3]})
}

// write makes people up: some with two addresses, some with none, some with accents.
func write(path string, n int) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(file, 1<<20)
	fmt.Fprintln(out, "Customer ID,First Name,Last Name,Email,Phone,License Plate,RFID,Plan,Monthly Price,Next Billing Date,Paid Through,Status,Notes")
	first := []string{"Anna", "José", "Nora", "Łukasz", "Mia", "Omar", "Zoë", "Ben"}
	last := []string{"Smith", "García", "O'Hara", "Müller", "Nguyen", "Brown", "Okafor"}
	plans := []string{"Unlimited", "Basic", "Shine", "Ultimate"}
	for i := range n {
		email := fmt.Sprintf("person%d@home.example", i)
		if i%10 == 0 {
			email = ""
		}
		fmt.Fprintf(out, "R%07d,%s,%s,%s,(303) %03d-%04d,%c%c%c %04d,%010d,%s,$%d.%02d,%02d/%02d/2026,%02d/%02d/2026,Active,\"came in 2019, pays by card\"\n",
			i, first[i%len(first)], last[i%len(last)], email, 200+i/10000%800, i%10000, 'A'+i%26, 'A'+i/26%26, 'A'+i/676%26, i%10000, i, plans[i%4],
			20+i%60, i%100, 4+i%3, 1+i%28, 3+i%3, 1+i%28)
	}
	return errors.Join(out.Flush(), file.Close())
}

// copied is how long COPY alone takes.
func copied(ctx context.Context, url, file string) (time.Duration, error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, `DROP TABLE IF EXISTS bare; CREATE UNLOGGED TABLE bare (a text, b text, c text, d text, e text, f text, g text, h text, i text, j text, k text, l text, m text)`); err != nil {
		return 0, err
	}
	in, err := os.Open(file)
	if err != nil {
		return 0, err
	}
	defer func() { _ = in.Close() }()
	began := time.Now()
	_, err = conn.PgConn().CopyFrom(ctx, bufio.NewReaderSize(in, 1<<20), "COPY bare FROM STDIN (FORMAT csv, HEADER)")
	return time.Since(began), err
}

// indexed is how long COPY takes for the rows of the list as they stand, already read, checked and in PostgreSQL's own form, into a logged table
// with the list's columns, checks and indexes: what no import of them can be faster than, whatever it leaves out.
func indexed(ctx context.Context, url, dir string) (took time.Duration, err error) {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var columns string
	err = conn.QueryRow(ctx, `SELECT string_agg(quote_ident(attname), ',' ORDER BY attnum) FROM pg_attribute
		WHERE attrelid = 'legacy_memberships'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`).Scan(&columns)
	if err != nil {
		return 0, err
	}
	rows, err := os.Create(filepath.Join(dir, "rows"))
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	if _, err = conn.PgConn().CopyTo(ctx, rows, "COPY (SELECT "+columns+" FROM legacy_memberships ORDER BY id) TO STDOUT (FORMAT binary)"); err != nil {
		return 0, err
	}
	if _, err = rows.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	if _, err = conn.Exec(ctx, "DROP TABLE IF EXISTS finished; CREATE TABLE finished (LIKE legacy_memberships INCLUDING ALL)"); err != nil {
		return 0, err
	}
	began := time.Now()
	_, err = conn.PgConn().CopyFrom(ctx, bufio.NewReaderSize(rows, 1<<20), "COPY finished ("+columns+") FROM STDIN (FORMAT binary)")
	return time.Since(began), err
}

// imported is how long it takes from the file to the last row on the list, uploading included, and the most memory held in each quarter.
func imported(ctx context.Context, url, file string, n int) (took time.Duration, quarters [4]float64, err error) {
	pool, err := postgres.Open(ctx, url, postgres.PoolOptions{ApplicationName: "carryover import"})
	if err != nil {
		return 0, quarters, err
	}
	defer pool.Close()
	quiet := slog.New(slog.DiscardHandler)
	jobs, err := workers.NewInserter(pool, quiet)
	if err != nil {
		return 0, quarters, err
	}
	var pieces atomic.Int64
	most := memory(ctx, &pieces, n)
	rules := migration.New(migration.Options{Pool: pool, Clock: clock.System, Jobs: jobs, Log: quiet, Step: func(name string) {
		if name == "import_committed" {
			pieces.Add(1)
		}
	}})
	by, location, err := catalogue(ctx, pool)
	if err != nil {
		return 0, quarters, err
	}
	in, err := os.Open(file)
	if err != nil {
		return 0, quarters, err
	}
	defer func() { _ = in.Close() }()
	began := time.Now()
	upload, err := rules.Upload(ctx, by, "people.csv", in, migration.UploadBounds{File: 8 << 30})
	if err != nil {
		return 0, quarters, err
	}
	batch, err := rules.ImportLegacyMemberships(ctx, by, migration.ImportRequest{LocationID: location, UploadID: upload.ID, Source: "Rocket", ClientKey: ids.New().String()})
	if err != nil {
		return 0, quarters, err
	}
	for batch.FinishedAt == nil {
		var later *migration.Later
		if err := rules.RunImport(ctx, by, batch.ID); err != nil && !errors.As(err, &later) {
			return 0, quarters, err
		}
		if batch, err = queries.New().BatchGet(ctx, pool, batch.ID); err != nil {
			return 0, quarters, err
		}
	}
	took = time.Since(began)
	if batch.Succeeded != n {
		return 0, quarters, fmt.Errorf("%d of %d rows were taken: %s", batch.Succeeded, n, batch.StateReason)
	}
	return took, most(), nil
}

// memory looks at what the process holds every tenth of a second, and keeps the most of each quarter.
func memory(ctx context.Context, pieces *atomic.Int64, n int) func() [4]float64 {
	var quarters [4]float64
	ctx, stop := context.WithCancel(ctx)
	done := make(chan struct{})
	all := max(int64(n/20_000), 1)
	go func() {
		defer close(done)
		for tick := time.NewTicker(100 * time.Millisecond); ; {
			select {
			case <-ctx.Done():
				tick.Stop()
				return
			case <-tick.C:
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				quarter := min(pieces.Load()*4/all, 3)
				quarters[quarter] = max(quarters[quarter], float64(m.HeapInuse)/(1<<20))
			}
		}
	}()
	return func() [4]float64 { stop(); <-done; return quarters }
}

// catalogue is a location and an administrator, made once.
func catalogue(ctx context.Context, pool *pgxpool.Pool) (migration.Actor, [16]byte, error) {
	q := queries.New()
	now := clock.System()
	location, err := q.LocationUpsert(ctx, pool, queries.LocationUpsertParams{ID: ids.New(), Slug: "bench", Name: "Bench", TimeZone: "America/Denver",
		Currency: "USD", Language: queries.MessageLanguageEn, SenderName: "Bench", Now: now})
	if err != nil {
		return migration.Actor{}, [16]byte{}, err
	}
	staff, err := q.StaffUpsert(ctx, pool, queries.StaffUpsertParams{ID: ids.New(), Email: "bench@example.com", Name: "Bench", Role: queries.StaffRoleAdmin, PasswordHash: "x", Now: now})
	if err != nil {
		return migration.Actor{}, [16]byte{}, err
	}
	return migration.StaffActor(staff.ID, "bench"), location.ID, nil
}

func say(format string, args ...any) { fmt.Printf(format+"\n", args...) }
