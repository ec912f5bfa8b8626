package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"carryover/clock"
	"carryover/ids"
	"carryover/legacy"
	"carryover/migration"
	"carryover/postgres"
	"carryover/queries"
	"carryover/workers"
)

type importCommand struct {
	File      string            `arg:"" type:"existingfile" help:"CSV of the old system: UTF-8, UTF-16 or Latin-1, parted by commas, semicolons, tabs or bars."`
	Source    string            `required:"" help:"The old system's name, the same for each of its files."`
	Location  string            `required:"" help:"The location's slug."`
	Staff     string            `required:"" help:"Email of the staff member who imports. They must manage the location."`
	Column    map[string]string `help:"What a column holds, like --column 'Kennzeichen=PLATE'; may be repeated. Remembered for the source."`
	DateOrder string            `enum:"day-first,month-first,as-shown,unsaid" default:"unsaid" help:"Whether 3/4 is in April or March, where no date in the file shows it: ${enum}. Remembered for the source; as-shown forgets it."`
	Decimal   string            `enum:"point,comma,as-shown,unsaid" default:"unsaid" help:"Whether 1,234 is more than a thousand, where no price in the file shows it: ${enum}. Remembered for the source; as-shown forgets it."`
	Region    string            `help:"Country of phone numbers without a country code, like US. By default as was said for the source before, else the location's."`
	DryRun    bool              `help:"Say what would become of each row, and take none." xor:"first"`
	Partial   bool              `help:"It holds only some of the list: nobody is looked for who is not in it."`
	Canary    *int              `help:"Take so many rows and wait until somebody has looked at them: in the console, under Staff, Old system, Imports." placeholder:"ROWS" xor:"first"`
	Refused   string            `type:"path" help:"Write the refused rows into this file, each with what is wrong in it."`
}

// Run does what the API does with a file, through the same rules, and waits for the last row. Whoever stops it goes on by workers, or by
// nobody until carryover serve or carryover work runs.
func (c *importCommand) Run(ctx context.Context, p *process) error {
	url, err := p.databaseURL()
	if err != nil {
		return err
	}
	pool, err := postgres.Open(ctx, url, postgres.PoolOptions{ApplicationName: "carryover import"})
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := postgres.CheckSchema(ctx, pool); err != nil {
		return err
	}
	jobs, err := workers.NewInserter(pool, p.logger())
	if err != nil {
		return err
	}
	rules := migration.New(migration.Options{Pool: pool, Clock: clock.System, Jobs: jobs, Log: p.logger()})
	by, req, err := c.request(ctx, rules)
	if err != nil {
		return err
	}
	return c.take(ctx, p, rules, by, req)
}

// request keeps the file and says what is to be done with it.
func (c *importCommand) request(ctx context.Context, rules *migration.Service) (by migration.Actor, req migration.ImportRequest, err error) {
	q := queries.New()
	staff, err := q.StaffGetByEmail(ctx, rules.Pool, strings.ToLower(c.Staff))
	if err != nil {
		return by, req, fmt.Errorf("--staff %q: nobody works here with this address: %w", c.Staff, err)
	}
	location, err := q.LocationGetBySlug(ctx, rules.Pool, c.Location)
	if err != nil {
		return by, req, fmt.Errorf("--location %q: there is no location with this slug: %w", c.Location, err)
	}
	file, err := os.Open(c.File)
	if err != nil {
		return by, req, err
	}
	defer func() { _ = file.Close() }()
	info, err := file.Stat()
	if err != nil {
		return by, req, err
	}
	by = migration.StaffActor(staff.ID, "carryover import")
	upload, err := rules.Upload(ctx, by, filepath.Base(c.File), file, migration.UploadBounds{File: max(info.Size(), 1)})
	if err != nil {
		return by, req, err
	}
	req = migration.ImportRequest{LocationID: location.ID, UploadID: upload.ID, Source: c.Source, Columns: map[string]legacy.Field{},
		DateOrder:   map[string]string{"day-first": legacy.DayFirst, "month-first": legacy.MonthFirst, "as-shown": migration.AsShown}[c.DateOrder],
		DecimalMark: map[string]string{"point": ".", "comma": ",", "as-shown": migration.AsShown}[c.Decimal], Region: c.Region, DryRun: c.DryRun, Partial: c.Partial, Canary: c.Canary, ClientKey: ids.New().String()}
	for heading, field := range c.Column {
		req.Columns[heading] = legacy.Field(strings.ToUpper(field))
	}
	return by, req, nil
}

// take carries the import out here; a worker that does so at the same moment takes other pieces.
func (c *importCommand) take(ctx context.Context, p *process, rules *migration.Service, by migration.Actor, req migration.ImportRequest) error {
	batch, err := rules.ImportLegacyMemberships(ctx, by, req)
	if err != nil {
		return err
	}
	var row *queries.LegacyImport
	for batch.FinishedAt == nil && (row == nil || !migration.AwaitsLook(row)) {
		var later *migration.Later
		if err := rules.RunImport(ctx, by, batch.ID); err != nil && !errors.As(err, &later) {
			return err
		}
		if batch, err = queries.New().BatchGet(ctx, rules.Pool, batch.ID); err != nil {
			return err
		}
		if row, err = queries.New().LegacyImportGet(ctx, rules.Pool, batch.ID); err != nil {
			return err
		}
	}
	if err := c.say(ctx, p.out, rules, by, row); err != nil {
		return err
	}
	if batch.FinishedAt == nil {
		fmt.Fprintf(p.out, "the rest waits until somebody has looked at these: in the console, under Staff, Old system, Imports, %s\n", filepath.Base(c.File))
		return nil
	}
	if batch.State != queries.BatchStateFinished {
		return errors.New(batch.StateReason)
	}
	return nil
}

func (c *importCommand) say(ctx context.Context, out io.Writer, rules *migration.Service, by migration.Actor, row *queries.LegacyImport) error {
	verb := "imported"
	if row.DryRun {
		verb = "would import"
	}
	fmt.Fprintf(out, "%s: %d new, %d changed, %d unchanged, %d refused\n", verb, row.CreatedRows, row.UpdatedRows, row.SameRows, row.RefusedRows)
	if row.MissingRows != nil && *row.MissingRows > 0 {
		fmt.Fprintf(out, "%d of the source's list are not in this file: they may have left there\n", *row.MissingRows)
	}
	if c.Refused == "" || row.RefusedRows == 0 {
		return c.sayFirst(ctx, out, rules, row)
	}
	file, err := os.Create(c.Refused)
	if err != nil {
		return err
	}
	if err := rules.ExportRefused(ctx, by, row.BatchID, file); err != nil {
		return errors.Join(err, file.Close())
	}
	fmt.Fprintf(out, "the refused rows are in %s\n", c.Refused)
	return file.Close()
}

// sayFirst shows some refused rows to who asked for no file of them.
func (c *importCommand) sayFirst(ctx context.Context, out io.Writer, rules *migration.Service, row *queries.LegacyImport) error {
	const shown = 20
	rows, err := queries.New().LegacyRefusalList(ctx, rules.Pool, queries.LegacyRefusalListParams{BatchID: row.BatchID, RowLimit: shown})
	if err != nil {
		return err
	}
	for _, r := range rows {
		for i, wants := range r.Wants {
			fmt.Fprintf(out, "line %d: %s %q: %s\n", r.Line, r.Columns[i], r.Found[i], wants)
		}
	}
	if row.RefusedRows > shown {
		fmt.Fprintf(out, "and %d more: --refused FILE writes all of them\n", row.RefusedRows-shown)
	}
	return nil
}
