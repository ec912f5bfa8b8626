package main

import (
	"context"
	"fmt"
	"os"

	"carryover/clock"
	"carryover/load"
	"carryover/postgres"
	"carryover/workers"
)

type loadCommand struct {
	Dir string `required:"" type:"existingdir" help:"Folder with locations.csv, plans.csv, insurance.csv, staff.csv, tenants.csv, terms.csv; each may be absent."`
}

// Run loads everything or, where anything is wrong in any file, nothing.
func (c *loadCommand) Run(ctx context.Context, p *process) error {
	url, err := p.databaseURL()
	if err != nil {
		return err
	}
	pool, err := postgres.Open(ctx, url, postgres.PoolOptions{ApplicationName: "carryover load"})
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
	counts, err := load.Load(ctx, pool, clock.System, jobs, os.DirFS(c.Dir))
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, "loaded", counts)
	return err
}
