package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"carryover/civil"
	"carryover/migration"
	"carryover/queries"
)

// oldSystem is what a location had before, in a file named after its slug, and what its plans become.
type oldSystem struct {
	slug, source string
	plans        map[string]string
}

var oldSystems = []oldSystem{
	{"roosevelt", "SudsPOS", map[string]string{"Unlimited": "Unlimited Wash", "Shine Club": "Unlimited Shine"}},
	{"ponsonby", "GymLedger", map[string]string{"Full": "Full Membership", "Off-peak": "Off-Peak Membership"}},
	{"larimer", "StudioBooks", map[string]string{"Small studio": "Painting Studio, 140 sq ft", "Large studio": "Painting Studio, 220 sq ft", "Bench": "Shared Print Bench"}},
}

// importLists imports the old systems' lists as staff would, each once, so that people can be found at the counter. What an interrupted
// start had begun is gone on with by the workers.
func (f *filling) importLists(ctx context.Context, data fs.FS) error {
	by := migration.StaffActor(f.book.admin.ID, "demo-legacy")
	for _, old := range oldSystems {
		location, err := f.q.LocationGetBySlug(ctx, f.pool, old.slug)
		if err != nil {
			return fmt.Errorf("read location %s: %w", old.slug, err)
		}
		batch, err := f.importList(ctx, data, by, old, location)
		if err != nil {
			return fmt.Errorf("import the list of %s: %w", old.slug, err)
		}
		if err := f.waitForBatch(ctx, batch); err != nil {
			return err
		}
		if err := f.mapPlans(ctx, by, old, location); err != nil {
			return err
		}
	}
	return nil
}

// arrivals are cars that a gate of the car wash has read, so that there is somebody at the counter.
func (f *filling) arrivals(ctx context.Context) error {
	location, err := f.q.LocationGetBySlug(ctx, f.pool, "roosevelt")
	if err != nil {
		return fmt.Errorf("read location roosevelt: %w", err)
	}
	by := migration.StaffActor(f.book.admin.ID, "demo-counter")
	today := f.rules.Clock().UTC().Format(time.DateOnly)
	for _, plate := range []string{"VHJ 1111", "OWG 1074", "HLD 1037"} {
		visit := migration.Visit{LocationID: location.ID, Plate: plate, Key: "demo " + today + " " + plate}
		if _, err := f.rules.OpenSession(ctx, by, visit); err != nil {
			return fmt.Errorf("open the session of %s: %w", plate, err)
		}
	}
	return nil
}

func (f *filling) importList(ctx context.Context, data fs.FS, by migration.Actor, old oldSystem, location *queries.Location) (uuid.UUID, error) {
	key := "demo-legacy-" + old.slug
	known, err := f.q.BatchGetByClientKey(ctx, f.pool, queries.BatchGetByClientKeyParams{StaffID: f.book.admin.ID, Kind: queries.BatchKindImport, ClientKey: key})
	if err == nil {
		return known.ID, nil
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return uuid.Nil, err
	}
	text, err := fs.ReadFile(data, "legacy/"+old.slug+".csv")
	if err != nil {
		return uuid.Nil, err
	}
	upload, err := f.rules.Upload(ctx, by, old.source+".csv", strings.NewReader(dated(string(text), civil.In(f.rules.Clock(), f.rules.Clock().Location()))), migration.UploadBounds{File: 1 << 20})
	if err != nil {
		return uuid.Nil, err
	}
	batch, err := f.rules.ImportLegacyMemberships(ctx, by, migration.ImportRequest{LocationID: location.ID, UploadID: upload.ID, Source: old.source, ClientKey: key})
	if err != nil {
		return uuid.Nil, err
	}
	return batch.ID, nil
}

// mapPlans says what old plans become. Some are left open, as in life.
func (f *filling) mapPlans(ctx context.Context, by migration.Actor, old oldSystem, location *queries.Location) error {
	source, err := f.q.LegacySourceGetByName(ctx, f.pool, queries.LegacySourceGetByNameParams{LocationID: location.ID, Name: old.source})
	if err != nil {
		return fmt.Errorf("read legacy source: %w", err)
	}
	for name, becomes := range old.plans {
		plan, err := f.q.PlanGetByName(ctx, f.pool, queries.PlanGetByNameParams{LocationID: location.ID, Name: becomes})
		if err != nil {
			return fmt.Errorf("read plan %s: %w", becomes, err)
		}
		if _, err := f.rules.MapLegacyPlan(ctx, by, migration.LegacyPlanMapping{SourceID: source.ID, PlanName: name, PlanID: &plan.ID}); err != nil {
			return fmt.Errorf("map plan %s: %w", name, err)
		}
	}
	return nil
}

var daysFromToday = regexp.MustCompile(`\{([+-]\d+)\}`)

// dated puts days in the place of {+3}, so that the next bill is always a few days away.
func dated(text string, today civil.Date) string {
	return daysFromToday.ReplaceAllStringFunc(text, func(mark string) string {
		days, _ := strconv.Atoi(mark[1 : len(mark)-1]) // the expression lets nothing else through
		return today.AddDays(days).String()
	})
}
