package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"carryover/e2e/office"
	"carryover/ids"
	"carryover/migration"
	"carryover/providers/twilioapi"
	"carryover/workers"
)

// measureTexts sends rounds of texts, ours and as bare jobs turn by turn. A bare job makes the same two commits and the same call:
// it marks its row as called, calls, and marks it as sent.
func (b *bench) measureTexts(ctx context.Context) error {
	var ours, bare []float64
	for round := range b.rounds {
		say("texts: round %d of %d, %d each", round+1, b.rounds, b.texts)
		b.vendors.texts.begin(0)
		rate, err := b.textRound(ctx, round)
		if err != nil {
			return err
		}
		ours = append(ours, rate)
		if rate, err = b.bareRound(ctx); err != nil {
			return err
		}
		bare = append(bare, rate)
	}
	b.add("texts", "texts/s", median(ours), median(bare), "bare-job", true)
	return nil
}

// textRound counts from the first call to the last, and keeps the texts back until all are planned, as all of the bare jobs stand in
// their queue when theirs begin.
func (b *bench) textRound(ctx context.Context, round int) (float64, error) {
	conn, err := pgxpool.New(ctx, b.url)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	queues, err := river.NewClient(riverpgxv5.New(conn), &river.Config{})
	if err != nil {
		return 0, err
	}
	w, err := startWorker("ours", b.places)
	if err != nil {
		return 0, err
	}
	if err := b.pauseTexts(ctx, queues); err != nil {
		return 0, err
	}
	batch, err := b.office.Send(ctx, "SMS", map[string]any{"locationIds": []string{b.locations[3+round]}}, b.texts, fmt.Sprint("texts", round))
	if err != nil {
		return 0, err
	}
	for planned := false; !planned; {
		err := conn.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM batch_parts WHERE planned_at IS NULL)`).Scan(&planned)
		if err := errors.Join(err, wait(ctx, 100*time.Millisecond)); err != nil {
			return 0, err
		}
	}
	if err := queues.QueueResume(ctx, migration.QueueText, nil); err != nil {
		return 0, err
	}
	for done := false; !done; {
		if done, err = b.office.Finished(ctx, batch); err != nil {
			return 0, err
		}
		if err := wait(ctx, 100*time.Millisecond); err != nil {
			return 0, err
		}
	}
	return b.vendors.texts.rate(), w.stop()
}

// pauseTexts pauses the queue as soon as the worker has opened it.
func (b *bench) pauseTexts(ctx context.Context, queues *river.Client[pgx.Tx]) error {
	for {
		err := queues.QueuePause(ctx, migration.QueueText, nil)
		if !errors.Is(err, river.ErrNotFound) {
			return err
		}
		if err := wait(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

func (b *bench) bareRound(ctx context.Context) (float64, error) {
	conn, err := pgx.Connect(ctx, b.url)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	for _, statement := range []string{
		`CREATE TABLE IF NOT EXISTS bare_texts (id uuid PRIMARY KEY, phone text NOT NULL, called_at timestamptz, sent_at timestamptz, provider_id text)`,
		`TRUNCATE bare_texts`,
		`GRANT SELECT, UPDATE ON bare_texts TO carryover_app`,
		fmt.Sprintf(`INSERT INTO bare_texts (id, phone) SELECT gen_random_uuid(), '+1303' || (5550000 + n) FROM generate_series(1, %d) n`, b.texts),
		`INSERT INTO river_job (kind, args, queue, max_attempts) SELECT 'bare_text', jsonb_build_object('id', id), 'default', 25 FROM bare_texts`,
	} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return 0, fmt.Errorf("%.40s…: %w", statement, err)
		}
	}
	b.vendors.texts.begin(0)
	w, err := startWorker("bare", b.places)
	if err != nil {
		return 0, err
	}
	for left := true; left; {
		if err := conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM bare_texts WHERE sent_at IS NULL)`).Scan(&left); err != nil {
			return 0, err
		}
		if err := wait(ctx, 100*time.Millisecond); err != nil {
			return 0, err
		}
	}
	return b.vendors.texts.rate(), w.stop()
}

// rate is messages a second from the first call to the last.
func (c *counter) rate() float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return float64(c.messages.Load()) / c.last.Sub(c.first).Seconds()
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

type bareArgs struct {
	ID string `json:"id"`
}

func (bareArgs) Kind() string { return "bare_text" }

type bareWorker struct {
	river.WorkerDefaults[bareArgs]
	pool   *pgxpool.Pool
	texter migration.Texter
}

func (w *bareWorker) Work(ctx context.Context, job *river.Job[bareArgs]) error {
	var phone string
	err := w.pool.QueryRow(ctx, `UPDATE bare_texts SET called_at = $2 WHERE id = $1 AND called_at IS NULL RETURNING phone`, job.Args.ID, time.Now()).Scan(&phone)
	if err != nil {
		return err
	}
	sent, err := w.texter.SendText(ctx, migration.Text{DeliveryID: ids.New(), To: phone, Body: "Hi Tess, set up your new account: https://move.example.com/s/0123456789 Reply STOP to opt out"})
	if err != nil {
		return err
	}
	_, err = w.pool.Exec(ctx, `UPDATE bare_texts SET sent_at = $2, provider_id = $3 WHERE id = $1`, job.Args.ID, time.Now(), sent.ProviderID)
	return err
}

func workBare(ctx context.Context) error {
	env := office.Environ()
	texter, err := twilioapi.New(twilioapi.Options{AccountSID: env["TWILIO_ACCOUNT_SID"], AuthToken: env["TWILIO_AUTH_TOKEN"],
		From: env["TWILIO_FROM"], BaseURL: env["TWILIO_BASE_URL"], CallbackURL: "http://127.0.0.1:8080/webhooks/twilio/status/"})
	if err != nil {
		return err
	}
	return workJobs(ctx, env["DATABASE_URL"], func(registry *river.Workers, pool *pgxpool.Pool) {
		river.AddWorker(registry, &bareWorker{pool: pool, texter: texter})
	})
}

// workJobs works the default queue with as many workers and as quick a fetch as our own texts have.
func workJobs(ctx context.Context, url string, register func(*river.Workers, *pgxpool.Pool)) error {
	settings, err := pgxpool.ParseConfig(url)
	if err != nil {
		return err
	}
	settings.MaxConns = 40
	pool, err := pgxpool.NewWithConfig(ctx, settings)
	if err != nil {
		return err
	}
	defer pool.Close()
	registry := river.NewWorkers()
	register(registry, pool)
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Logger: quiet(), Workers: registry, ReindexerIndexNames: []string{},
		FetchCooldown: workers.FetchPause, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: migration.TextsAtOnce}},
	})
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	<-ctx.Done()
	stopping, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return client.Stop(stopping)
}

type emptyArgs struct{}

func (emptyArgs) Kind() string { return "empty" }

type emptyWorker struct {
	river.WorkerDefaults[emptyArgs]
}

func (emptyWorker) Work(context.Context, *river.Job[emptyArgs]) error { return nil }

func workEmpty(ctx context.Context) error {
	return workJobs(ctx, office.Environ()["DATABASE_URL"], func(registry *river.Workers, _ *pgxpool.Pool) {
		river.AddWorker(registry, emptyWorker{})
	})
}

// measureEmptyJobs is what the job library does with jobs that do nothing: the ceiling of everything else here.
func (b *bench) measureEmptyJobs(ctx context.Context) error {
	say("empty jobs: %d", b.texts)
	conn, err := pgx.Connect(ctx, b.url)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	_, err = conn.Exec(ctx, fmt.Sprintf(`INSERT INTO river_job (kind, args, queue, max_attempts) SELECT 'empty', '{}', 'default', 25 FROM generate_series(1, %d)`, b.texts))
	if err != nil {
		return err
	}
	w, err := startWorker("empty", b.places)
	if err != nil {
		return err
	}
	var began time.Time
	for left := b.texts; left > 0; {
		if err := conn.QueryRow(ctx, `SELECT count(*) FROM river_job WHERE kind = 'empty' AND finalized_at IS NULL`).Scan(&left); err != nil {
			return err
		}
		if began.IsZero() && left < b.texts {
			began = time.Now()
		}
		if err := wait(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
	b.note("empty jobs", "jobs/s", float64(b.texts)/time.Since(began).Seconds())
	return w.stop()
}
