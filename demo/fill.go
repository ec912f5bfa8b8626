package demo

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"carryover/load"
	"carryover/migration"
	"carryover/queries"
)

// The two sendings of the script. The batch of the last one is the mark of a complete data set: it is made in one transaction
// with everything before it done, it is in the database that it speaks of, and it needs no table of its own.
const (
	firstSending = "demo-first-sending"
	lastSending  = "demo-last-sending"
)

// isFilled tells whether an earlier run completed the data set, to the last answer of the email provider.
func (d *Demo) isFilled(ctx context.Context) (bool, error) {
	q := queries.New()
	var last *queries.Batch
	admin, err := q.StaffGetByEmail(ctx, d.app.Pool, AdminEmail)
	if err == nil {
		last, err = q.BatchGetByClientKey(ctx, d.app.Pool, queries.BatchGetByClientKeyParams{
			StaffID: admin.ID, Kind: queries.BatchKindSend, ClientKey: lastSending})
	}
	if errors.Is(err, pgx.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for the demo's data: %w", err)
	}
	return last.FinishedAt != nil, nil
}

// load brings in what the script stands on: sign-ins work as soon as the demo is ready.
func (d *Demo) load(ctx context.Context) error {
	data, err := files()
	if err != nil {
		return err
	}
	counts, err := load.Load(ctx, d.app.Pool, d.clock.Now, d.app.Rules.Jobs, data)
	if err != nil {
		return fmt.Errorf("load the demo's data: %w", err)
	}
	d.options.Log.Info("the demo's locations, plans, staff and tenants are loaded", "rows", counts.String())
	return nil
}

func (d *Demo) fillUnless(filled bool, local string) {
	if filled {
		close(d.filled)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	d.stop = both(cancel, d.stop)
	d.filling.Go(func() {
		began, log := time.Now(), d.options.Log
		log.Info("the invitations of the demo are being made and sent; the API can be used meanwhile")
		f := &filling{rules: d.app.Rules, pool: d.app.Pool, q: queries.New(), log: log, browser: newBrowser(local + stripePath)}
		switch err := f.run(ctx); {
		case ctx.Err() != nil:
			log.Info("the demo's data are not complete yet; the next start goes on with them")
		case err != nil:
			log.Error("the demo's data could not be completed; the next start goes on with them", "error", err)
		default:
			log.Info("the demo's data are complete", "took", time.Since(began).Round(time.Millisecond))
			close(d.filled)
		}
	})
}

func both(first, second func()) func() { return func() { first(); second() } }

// filling acts out the script through the rules, as staff and tenants would: nothing is put into tables by hand. Each step
// looks first at what is there, so an interrupted one is gone on with.
type filling struct {
	rules   *migration.Service
	pool    *pgxpool.Pool
	q       *queries.Queries
	log     *slog.Logger
	browser *browser
	book    book
}

// act is a scene with its invitation.
type act struct {
	scene
	inviter migration.Actor
	tenant  *queries.Tenant
	inv     *queries.Invitation // nil where the rules refused it
}

func (a *act) byBank() bool { return isBank(a.PaysWith) }

func (f *filling) run(ctx context.Context) error {
	scenes, err := script()
	if err != nil {
		return err
	}
	if f.book, err = f.openBook(ctx); err != nil {
		return err
	}
	data, err := files()
	if err != nil {
		return err
	}
	if err := f.importLists(ctx, data); err != nil {
		return err
	}
	if err := f.arrivals(ctx); err != nil {
		return err
	}
	acts, err := f.inviteAll(ctx, scenes)
	if err != nil {
		return err
	}
	if err := f.send(ctx, firstSending, acts, stage.submits); err != nil {
		return err
	}
	if err := f.inParallel(ctx, acts, f.submit); err != nil {
		return err
	}
	if err := f.inParallel(ctx, acts, f.approve); err != nil {
		return err
	}
	return f.send(ctx, lastSending, acts, func(s stage) bool { return s == stageSent })
}

// inParallel does a step for every act. What the rules refuse, because somebody at the API was first, is left as it is.
func (f *filling) inParallel(ctx context.Context, acts []*act, step func(context.Context, *act) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(4)
	for _, a := range acts {
		group.Go(func() error {
			err := step(ctx, a)
			if refusals, ok := migration.RefusalsIn(err); ok {
				f.log.Warn("left as it is", "tenant", a.Tenant, "why", refusals.Error())
				return nil
			}
			return err
		})
	}
	return group.Wait()
}

// send mails the invitations that are chosen, once however often it is called, and waits until the provider has answered:
// nobody submits before the letter has come.
func (f *filling) send(ctx context.Context, key string, acts []*act, chosen func(stage) bool) error {
	var ids []uuid.UUID
	for _, a := range acts {
		if a.inv != nil && chosen(a.Stage) {
			ids = append(ids, a.inv.ID)
		}
	}
	by := migration.StaffActor(f.book.admin.ID, key)
	batch, err := f.rules.SendInvitations(ctx, by, migration.SendRequest{
		Channel: queries.MessageChannelEmail, Selection: migration.Selection{IDs: ids}, ExpectedCount: len(ids), ClientKey: key})
	if refusals, ok := migration.RefusalsIn(err); ok {
		f.log.Warn("not sent", "sending", key, "why", refusals.Error())
		return nil
	}
	if err != nil {
		return fmt.Errorf("send invitations: %w", err)
	}
	return f.waitForBatch(ctx, batch.ID)
}

func (f *filling) waitForBatch(ctx context.Context, id uuid.UUID) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute) // jobs of a killed run are rescued within one
	defer cancel()
	for {
		batch, err := f.q.BatchGetVisible(ctx, f.pool, queries.BatchGetVisibleParams{ID: id, StaffID: f.book.admin.ID})
		if err != nil {
			return fmt.Errorf("read batch: %w", err)
		}
		if batch.FinishedAt != nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("wait for the emails of batch %s: %w", id, ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}
