package migration_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/postgres"
	"carryover/queries"
)

// sendInOneGroup lets texts come while the transaction of another one waits, so that they share the next one, and answers what each
// was told.
func (b *bundle) sendInOneGroup(t *testing.T, deliveries ...uuid.UUID) []error {
	t.Helper()
	phone, rules := testkit.NewPhone(), b.patient(t)
	first := b.QueueText(t, b.Invited(t, testkit.WithPhone(phone)), phone)
	tx, err := b.DB.Pool.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
	_, err = tx.Exec(t.Context(), `SELECT FROM deliveries WHERE id = $1 FOR UPDATE`, first)
	require.NoError(t, err)
	errs := make([]error, len(deliveries)+1)
	var all sync.WaitGroup
	for i, id := range append([]uuid.UUID{first}, deliveries...) {
		all.Go(func() {
			errs[i] = rules.SendText(context.Background(), migration.SystemActor(fmt.Sprintf("job-%d", i)), id)
		})
		if i == 0 {
			until(t, func() bool {
				return b.Count(t, `SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE a.datname = current_database() AND NOT l.granted`) == 1
			}, "the first one is not in its transaction")
		}
	}
	until(t, func() bool { return rules.TextsGathered() == len(deliveries) }, "the others do not gather")
	require.NoError(t, tx.Rollback(t.Context()))
	all.Wait()
	return errs[1:]
}

// patient are rules that wait for as long as a test takes: for locks, for statements, for a shared transaction.
func (b *bundle) patient(t *testing.T) *migration.Service {
	t.Helper()
	address := b.DB.URLWith(t, map[string]string{"lock_timeout": "0", "statement_timeout": "0"})
	pool, err := postgres.Open(t.Context(), address, postgres.PoolOptions{MaxConns: 8})
	require.NoError(t, err)
	t.Cleanup(pool.Close)
	rules := b.Service(t, func(o *migration.Options) { o.Pool = pool })
	rules.GatherFor(10 * time.Minute)
	return rules
}

// until waits in the test's own goroutine, so that the condition may fail the test.
func until(t *testing.T, condition func() bool, otherwise string) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !condition(); time.Sleep(10 * time.Millisecond) {
		require.True(t, time.Now().Before(end), otherwise)
	}
}

// requireGroups counts the transactions that claimed numbers: the one of the first text and the one of the others.
func (b *bundle) requireGroups(t *testing.T, want int) {
	t.Helper()
	require.Equal(t, want, b.Count(t, `SELECT count(DISTINCT xmin::text) FROM phone_claims`))
}

// twoNumbers are texts to one person whom two locations know with a number of their own.
func (b *bundle) twoNumbers(t *testing.T) (ids []uuid.UUID, phones []string) {
	t.Helper()
	phones = []string{testkit.NewPhone(), testkit.NewPhone()}
	one, other := b.Invited(t, testkit.WithPhone(phones[0])), b.Invited(t, testkit.At(b.Loft), testkit.WithPhone(phones[1]))
	b.Exec(t, `UPDATE invitations SET tenant_id = $1 WHERE id = $2`, one.TenantID, other.ID)
	other.TenantID = one.TenantID
	b.Exec(t, `INSERT INTO tenant_locations (tenant_id, location_id, known_as, known_phone) VALUES ($1, $2, 'Typed', $3)
		ON CONFLICT (tenant_id, location_id) DO UPDATE SET known_as = 'Typed', known_phone = excluded.known_phone`, one.TenantID, other.LocationID, phones[1])
	return []uuid.UUID{b.QueueText(t, one, phones[0]), b.QueueText(t, other, phones[1])}, phones
}

// TestOnePersonAtTwoNumbersAtOnce: two processes begin them at the same moment, and neither sees what the other has not committed.
func TestOnePersonAtTwoNumbersAtOnce(t *testing.T) {
	t.Parallel()
	b := setup(t)
	ids, phones := b.twoNumbers(t)
	tx, err := b.DB.Pool.Begin(t.Context())
	require.NoError(t, err)
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
	_, err = tx.Exec(t.Context(), `SELECT FROM invitations FOR UPDATE`)
	require.NoError(t, err)
	errs := make([]error, 2)
	var both sync.WaitGroup
	for i, rules := range []*migration.Service{b.Rules, b.Service(t, func(*migration.Options) {})} {
		both.Go(func() { errs[i] = rules.SendText(context.Background(), migration.SystemActor("job"), ids[i]) })
	}
	until(t, func() bool {
		return b.Count(t, `SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE a.datname = current_database() AND NOT l.granted`) == 2
	}, "the two are not in their transactions")
	require.NoError(t, tx.Rollback(t.Context()))
	both.Wait()
	require.NoError(t, errors.Join(errs...))
	require.Equal(t, 1, len(b.Twilio.Texts(phones[0]))+len(b.Twilio.Texts(phones[1])))
	// Because the other one is on its way, or had been taken by then.
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM deliveries WHERE status = 'canceled'
		AND (status_reason LIKE '%there is only one.' OR status_reason LIKE '%one invitation by text%')`))
	b.RequireStories(t)
}

// TestTextsInOneTransaction attacks what texts share: whatever comes in one group is as it would be alone.
func TestTextsInOneTransaction(t *testing.T) {
	t.Parallel()

	t.Run("EachItsOwn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		var ids []uuid.UUID
		var phones []string
		for range 20 {
			phone := testkit.NewPhone()
			phones, ids = append(phones, phone), append(ids, b.QueueText(t, b.Invited(t, testkit.WithPhone(phone)), phone))
		}
		for _, err := range b.sendInOneGroup(t, ids...) {
			require.NoError(t, err)
		}
		b.requireGroups(t, 2)
		for i, phone := range phones {
			sent := b.Twilio.Texts(phone)
			require.Len(t, sent, 1)
			require.Equal(t, sent[0].SID, *b.Delivery(t, ids[i]).ProviderID, "the answer is its own")
			require.Equal(t, []string{fmt.Sprintf("job-%d", i+1)}, b.Strings(t,
				`SELECT DISTINCT request_id FROM events WHERE subject_id = $1 AND action <> 'queued'`, ids[i]), "the history leads to its job")
		}
		b.RequireStories(t)
	})

	t.Run("OneNumberInManyRows", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		phone := testkit.NewPhone()
		var ids []uuid.UUID
		for range 10 {
			inv := b.Invited(t, testkit.WithPhone(phone))
			ids = append(ids, b.QueueText(t, inv, phone), b.QueueText(t, inv, phone))
		}
		for _, err := range b.sendInOneGroup(t, ids...) {
			require.NoError(t, err)
		}
		b.requireGroups(t, 2)
		require.Len(t, b.Twilio.Texts(phone), 1)
		require.Equal(t, 2, b.Twilio.Calls(), "one of the first text, one of the others")
		require.Equal(t, 19, b.Count(t, `SELECT count(*) FROM deliveries WHERE status = 'canceled' AND status_reason LIKE '%there is only one.'`))
		b.RequireStories(t)
	})

	t.Run("OnePersonAtTwoNumbers", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		ids, phones := b.twoNumbers(t)
		errs := b.sendInOneGroup(t, ids...)
		requireLater(t, errors.Join(errs...))
		for _, id := range ids {
			require.NoError(t, b.Rules.SendText(t.Context(), migration.SystemActor("job"), id))
		}
		require.Equal(t, 1, len(b.Twilio.Texts(phones[0]))+len(b.Twilio.Texts(phones[1])))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM deliveries WHERE status = 'canceled'`))
		b.RequireStories(t)
	})

	t.Run("OneTextManyTimes", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		for _, err := range b.sendInOneGroup(t, b.id, b.id, b.id, b.id, b.id) {
			require.NoError(t, err)
		}
		require.Len(t, b.Twilio.Texts(b.phone), 1)
		require.Equal(t, 2, b.Twilio.Calls())
		b.requireStatus(t, queries.DeliveryStatusAccepted)
		b.RequireStories(t)
	})

	t.Run("SomeAreWithdrawn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		phone := testkit.NewPhone()
		gone, stays := b.Invited(t, testkit.WithPhone(phone)), b.Invited(t, testkit.WithPhone(phone))
		ids := []uuid.UUID{b.QueueText(t, gone, phone), b.QueueText(t, stays, phone), testkit.Missing()}
		_, err := b.Rules.RevokeInvitation(t.Context(), testkit.By(b.Manager), gone.ID, "")
		require.NoError(t, err)
		errs := b.sendInOneGroup(t, ids...)
		require.NoError(t, errs[0])
		require.NoError(t, errs[1])
		require.Error(t, errs[2], "there is no such text")
		require.Equal(t, queries.DeliveryStatusCanceled, b.Delivery(t, ids[0]).Status)
		require.Equal(t, queries.DeliveryStatusAccepted, b.Delivery(t, ids[1]).Status)
		require.Len(t, b.Twilio.Texts(phone), 1)
	})
}

// TestAPoisonedTextHarmsNobody: one row that cannot be written, before its call or after it, is its own affair.
func TestAPoisonedTextHarmsNobody(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status queries.DeliveryStatus // which the database refuses to it
		stays  queries.DeliveryStatus
		calls  int
	}{
		"BeforeItsCall": {queries.DeliveryStatusSending, queries.DeliveryStatusQueued, 10},
		"AfterItsCall":  {queries.DeliveryStatusAccepted, queries.DeliveryStatusSending, 11},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := textSetup(t)
			ids := []uuid.UUID{b.id}
			for range 9 {
				phone := testkit.NewPhone()
				ids = append(ids, b.QueueText(t, b.Invited(t, testkit.WithPhone(phone)), phone))
			}
			_, err := b.DB.Owner.Exec(t.Context(), fmt.Sprintf(`ALTER TABLE deliveries ADD CONSTRAINT poison CHECK (id <> '%s' OR status <> '%s') NOT VALID`,
				b.id, tt.status))
			require.NoError(t, err)
			errs := b.sendInOneGroup(t, ids...)
			require.ErrorContains(t, errs[0], "poison")
			for i, err := range errs[1:] {
				require.NoError(t, err)
				require.Equal(t, queries.DeliveryStatusAccepted, b.Delivery(t, ids[i+1]).Status)
			}
			b.requireStatus(t, tt.stays)
			require.Equal(t, tt.calls, b.Twilio.Calls())

			_, err = b.DB.Owner.Exec(t.Context(), `ALTER TABLE deliveries DROP CONSTRAINT poison`)
			require.NoError(t, err)
			require.NoError(t, b.send(t))
			require.Len(t, b.Twilio.Texts(b.phone), 1, "also after its job has run again")
			b.RequireStories(t)
		})
	}
}

// TestSendTexts is about a job of several texts: each comes to its own end, and the job is tried again for those that have none.
func TestSendTexts(t *testing.T) {
	t.Parallel()

	t.Run("EachToItsOwnEnd", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 11, 3, 30, 0, 0, time.UTC)) // 21:30 in Denver, 16:30 in Auckland
		queue := func(at *queries.Plan) uuid.UUID {
			phone := testkit.NewPhone()
			return b.QueueText(t, b.Invited(t, testkit.At(at), testkit.WithPhone(phone)), phone)
		}
		went, waits, goes := queue(b.Kiwi), queue(b.Studio), queue(b.Kiwi)
		by := migration.SystemActor("job-1")
		require.NoError(t, b.Rules.SendText(t.Context(), by, went))
		err := b.Rules.SendTexts(t.Context(), by, []uuid.UUID{went, waits, goes})
		var later *migration.Later
		require.ErrorAs(t, err, &later)
		require.Equal(t, 10*time.Hour+30*time.Minute, later.After)
		require.Equal(t, 2, b.Twilio.Calls())
		require.Equal(t, queries.DeliveryStatusAccepted, b.Delivery(t, goes).Status)
		b.Clock.Move(later.After)
		require.NoError(t, b.Rules.SendTexts(t.Context(), by, []uuid.UUID{went, waits, goes}))
		require.Equal(t, 3, b.Twilio.Calls())
		require.Equal(t, queries.DeliveryStatusAccepted, b.Delivery(t, waits).Status)
		b.RequireStories(t)
	})

	t.Run("OneThatFailsHoldsNobodyBack", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		err := b.Rules.SendTexts(t.Context(), migration.SystemActor("job-1"), []uuid.UUID{testkit.Missing(), b.id})
		require.ErrorContains(t, err, "there is no such delivery")
		b.requireStatus(t, queries.DeliveryStatusAccepted)
	})

	t.Run("OneThatPanicsEndsNoProcess", func(t *testing.T) {
		t.Parallel()
		b := textSetup(t)
		phone := testkit.NewPhone()
		other := b.QueueText(t, b.Invited(t, testkit.WithPhone(phone)), phone)
		rules := b.Service(t, func(o *migration.Options) { o.Texter = panicking{o.Texter, phone} })
		err := rules.SendTexts(t.Context(), migration.SystemActor("job-1"), []uuid.UUID{other, b.id})
		require.ErrorContains(t, err, "panic in sending text "+other.String())
		b.requireStatus(t, queries.DeliveryStatusAccepted)
	})
}

// panicking is a provider's client with a fault for one number.
type panicking struct {
	migration.Texter
	phone string
}

func (p panicking) SendText(ctx context.Context, t migration.Text) (migration.TextResult, error) {
	if t.To == p.phone {
		panic("a fault in the client")
	}
	return p.Texter.SendText(ctx, t)
}
