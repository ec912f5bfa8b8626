package main

import (
	"context"
	"fmt"
	"text/tabwriter"
	"time"

	"carryover/postgres"
)

type schemaCommand struct {
	Up     schemaUpCommand     `cmd:"" help:"Bring the database of DATABASE_URL to the newest schema step."`
	Status schemaStatusCommand `cmd:"" help:"Show the schema steps and which of them are done."`
}

type schemaUpCommand struct{}

func (*schemaUpCommand) Run(ctx context.Context, p *process) error {
	url, err := p.databaseURL()
	if err != nil {
		return err
	}
	if err := postgres.Up(ctx, url); err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, "the schema is up")
	return err
}

type schemaStatusCommand struct{}

// Run changes nothing, also on a database that has no schema yet.
func (*schemaStatusCommand) Run(ctx context.Context, p *process) error {
	url, err := p.databaseURL()
	if err != nil {
		return err
	}
	steps, err := postgres.Status(ctx, url)
	if err != nil {
		return err
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, step := range steps {
		done := "to do"
		if step.AppliedAt != nil {
			done = "done " + step.AppliedAt.Format(time.RFC3339)
		}
		if _, err := fmt.Fprintf(table, "%d\t%s\t%s\n", step.Version, step.Name, done); err != nil {
			return err
		}
	}
	return table.Flush()
}
