package migration_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// taking is a provider that takes everything at once.
type taking struct{}

func (taking) SendBatch(_ context.Context, _ string, emails []migration.Email) ([]migration.EmailResult, error) {
	results := make([]migration.EmailResult, len(emails))
	for i, e := range emails {
		results[i].ProviderID = e.DeliveryID.String()
	}
	return results, nil
}

func (taking) Sender(name string) string { return name }

// BenchmarkSend sends to a crowd, step by step, with a provider that costs nothing. What it reports is by message; bench/send measures
// the same through River, HTTP and a stand-in.
func BenchmarkSend(b *testing.B) {
	const crowd = 10_000
	for _, channel := range []queries.MessageChannel{queries.MessageChannelEmail, queries.MessageChannelSms} {
		b.Run(string(channel), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				kit := &bundle{testkit.New(b)}
				kit.crowd(b, crowd)
				_, err := kit.DB.Owner.Exec(b.Context(), `ANALYZE`)
				require.NoError(b, err)
				rules := kit.Service(b, func(o *migration.Options) { o.Mailer = taking{} })
				b.StartTimer()
				req := all(crowd)
				req.Channel = channel
				report(b, "accept-ms", 1, time.Millisecond, func() { kit.Accepted(b, req) })
				report(b, "plan-µs/row", crowd, time.Microsecond, func() { work(b, kit, rules, (migration.PlanBatchPartArgs{}).Kind()) })
				if channel == queries.MessageChannelEmail {
					report(b, "send-µs/email", crowd, time.Microsecond, func() { work(b, kit, rules, (migration.SendEmailBatchArgs{}).Kind()) })
				}
			}
		})
	}
}

func report(b *testing.B, unit string, n int, in time.Duration, do func()) {
	b.Helper()
	began := time.Now()
	do()
	b.ReportMetric(float64(time.Since(began))/float64(n)/float64(in), unit)
}

// work runs the waiting jobs of a kind, four at a time.
func work(b *testing.B, kit *bundle, rules *migration.Service, kind string) {
	b.Helper()
	jobs := make(chan testkit.Job)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for job := range jobs {
				if err := testkit.Run(b.Context(), rules, job); err != nil {
					b.Error(err)
				}
			}
		})
	}
	for _, job := range kit.Waiting(b) {
		if job.Kind == kind {
			jobs <- job
		}
	}
	close(jobs)
	all.Wait()
}
