// Package load brings small CSV files into the database: locations, plans, insurance, staff, tenants and terms.
//
// It owns the files' columns, what may stand in them and how a mistake is told. It does not own what the rows mean
// afterwards, and it makes no invitations: those go through package migration. People of the old billing system, who come in
// large files and are matched, are not loaded here either.
//
// A file may be absent; what it would name is then looked up in the database. Loading the same files twice changes nothing
// the second time: a location is known by its slug, a plan by its location and name, an insurance by its name, staff and
// tenants by their email, a tenant without one by location, name and phone.
package load

import (
	"context"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"carryover/clock"
	"carryover/migration"
	"carryover/queries"
)

// Counts is how many rows of each file were taken.
type Counts struct {
	Locations, Plans, Insurance, Staff, Tenants, Terms int
}

func (c Counts) String() string {
	return fmt.Sprintf("%d locations, %d plans, %d insurance plans, %d staff, %d tenants, %d terms",
		c.Locations, c.Plans, c.Insurance, c.Staff, c.Tenants, c.Terms)
}

// loader is one load: what was read and what is wrong with it.
type loader struct {
	pool  *pgxpool.Pool
	q     *queries.Queries
	clock clock.Clock
	jobs  migration.Jobs
	files fs.FS

	mistakes  Mistakes
	known     known
	locations []location
	plans     []plan
	insurance []insurance
	staff     []member
	tenants   []tenant
	terms     []terms
}

// Load reads and checks all files and then writes all rows in one transaction. Where anything is wrong in any file it answers
// [Mistakes], with every one of them, and has written nothing. Where it changes a price or a name that invitations follow, jobs
// let the list of invitations follow too.
func Load(ctx context.Context, pool *pgxpool.Pool, c clock.Clock, jobs migration.Jobs, files fs.FS) (Counts, error) {
	l := &loader{pool: pool, q: queries.New(), clock: c, jobs: jobs, files: files, known: newKnown()}
	if err := l.read(ctx); err != nil {
		return Counts{}, err
	}
	if err := l.mistakes.err(); err != nil {
		return Counts{}, err
	}
	if err := l.hashPasswords(ctx); err != nil {
		return Counts{}, err
	}
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error { return l.write(ctx, tx) })
	if err != nil {
		return Counts{}, err
	}
	return Counts{len(l.locations), len(l.plans), len(l.insurance), len(l.staff), len(l.tenants), len(l.terms)}, nil
}

// read goes in the order in which one file names what stands in another, but for a location's contact, who is staff and is
// looked at last.
func (l *loader) read(ctx context.Context) error {
	steps := []func(context.Context) error{
		l.readLocations, l.readPlans, l.readInsurance, l.readStaff, l.readTenants, l.readTerms, l.checkContacts}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return err
		}
	}
	return l.refuseNothing()
}

// refuseNothing: a wrong folder has none of the files, and "loaded 0 rows" would hide it.
func (l *loader) refuseNothing() error {
	for _, t := range tables() {
		if _, err := fs.Stat(l.files, t.file); err == nil {
			return nil
		}
	}
	return fmt.Errorf("none of the files is there: a folder to load has at least one of %s", fileNames())
}

// write holds a lock so that two loads at once come one after the other; the second then finds what the first made.
func (l *loader) write(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, "SELECT pg_advisory_xact_lock(hashtextextended('carryover load', 0))"); err != nil {
		return fmt.Errorf("wait for other loads: %w", err)
	}
	steps := []func(context.Context, pgx.Tx) error{
		l.writeLocations, l.writePlans, l.writeInsurance, l.writeStaff, l.writeContacts, l.writeTenants, l.writeTerms}
	for _, step := range steps {
		if err := step(ctx, tx); err != nil {
			return err
		}
	}
	return l.mistakes.err()
}
