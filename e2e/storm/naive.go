package storm

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"carryover/e2e/office"
)

// The naive worker is what is written first: a job for each message that looks whether the row is marked, calls the provider, and
// marks the row. A failed job is tried again, as the job library does by itself.

type naiveArgs struct {
	ID int `json:"id"`
}

func (naiveArgs) Kind() string { return "naive_send" }

type naiveWorker struct {
	river.WorkerDefaults[naiveArgs]
	pool *pgxpool.Pool
}

// NextRetry is sooner than the library's, so that the storm ends.
func (w *naiveWorker) NextRetry(*river.Job[naiveArgs]) time.Time { return time.Now().Add(time.Second) }

func (w *naiveWorker) Work(ctx context.Context, job *river.Job[naiveArgs]) error {
	var channel, address string
	var sent bool
	err := w.pool.QueryRow(ctx, `SELECT channel, address, sent FROM naive_messages WHERE id = $1`, job.Args.ID).Scan(&channel, &address, &sent)
	if err != nil || sent {
		return err
	}
	if err := naiveCall(ctx, channel, address); err != nil {
		return err
	}
	_, err = w.pool.Exec(ctx, `UPDATE naive_messages SET sent = true WHERE id = $1`, job.Args.ID)
	return err
}

func naiveCall(ctx context.Context, channel, address string) error {
	var r *http.Request
	var err error
	if channel == "email" {
		body, _ := json.Marshal(map[string]any{"from": "hello@storm.test", "to": []string{address}, "subject": "Hello", "text": "Hello"})
		if r, err = http.NewRequestWithContext(ctx, http.MethodPost, os.Getenv("RESEND_BASE_URL")+"/emails", bytes.NewReader(body)); err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+os.Getenv("RESEND_API_KEY"))
	} else {
		form := url.Values{"From": {os.Getenv("TWILIO_FROM")}, "To": {address}, "Body": {"Hello"}}
		to := os.Getenv("TWILIO_BASE_URL") + "/2010-04-01/Accounts/" + office.TwilioAccount + "/Messages.json"
		if r, err = http.NewRequestWithContext(ctx, http.MethodPost, to, strings.NewReader(form.Encode())); err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth(office.TwilioAccount, office.TwilioToken)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("status %d", answer.StatusCode)
	}
	return nil
}

// prepareNaive writes its rows and jobs: an email to each tenant and a text to each number.
func prepareNaive(ctx context.Context, ownerURL string) error {
	return exec1(ctx, ownerURL,
		`CREATE TABLE naive_messages (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, channel text NOT NULL, address text NOT NULL, sent boolean NOT NULL DEFAULT false)`,
		`INSERT INTO naive_messages (channel, address) SELECT 'email', email FROM tenants ORDER BY email`,
		`INSERT INTO naive_messages (channel, address) SELECT DISTINCT 'sms', phone FROM tenants ORDER BY phone`,
		`GRANT SELECT, UPDATE ON naive_messages TO carryover_app`,
		`INSERT INTO river_job (kind, args, queue, max_attempts) SELECT 'naive_send', jsonb_build_object('id', id), 'default', 10000 FROM naive_messages`)
}

func (r *run) naiveDone(ctx context.Context) (bool, error) {
	conn, err := pgx.Connect(ctx, r.server.URL("postgres"))
	if err != nil {
		return false, err
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	var left bool
	err = conn.QueryRow(ctx, `SELECT EXISTS (SELECT FROM naive_messages WHERE NOT sent)`).Scan(&left)
	return !left, err
}

func workNaively(ctx context.Context) error {
	pool, err := pgxpool.New(ctx, os.Getenv("DATABASE_URL"))
	if err != nil {
		return err
	}
	defer pool.Close()
	registry := river.NewWorkers()
	river.AddWorker(registry, &naiveWorker{pool: pool})
	client, err := river.NewClient(riverpgxv5.New(pool), &river.Config{
		Workers: registry, Queues: map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: 50}},
		JobTimeout: tuning().Timeout, RescueStuckJobsAfter: tuning().RescueAfter, ReindexerIndexNames: []string{},
	})
	if err != nil {
		return err
	}
	if err := client.Start(context.WithoutCancel(ctx)); err != nil {
		return err
	}
	<-ctx.Done()
	stopping, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return naiveStop(stopping, client)
}

// naiveStop waits a moment, then cancels what is under way, as an ordinary stop does.
func naiveStop(ctx context.Context, client *river.Client[pgx.Tx]) error {
	soft, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	if err := client.Stop(soft); err == nil {
		return nil
	}
	return client.StopAndCancel(ctx)
}
