package workers_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/queries"
	"carryover/sandbox/twiliofake"
)

// texts are several numbers, each with several texts in the queue: a family's invitations, and what was queued twice.
type texts map[string][]uuid.UUID

func queueTexts(t *testing.T, b *testkit.Bundle, phones int) texts {
	t.Helper()
	all := texts{}
	for range phones {
		phone := testkit.NewPhone()
		for range 2 {
			inv := b.Invited(t, testkit.WithPhone(phone))
			all[phone] = append(all[phone], b.QueueText(t, inv, phone))
		}
	}
	return all
}

// requireAtMostOnce compares the provider's books with ours: no number has two texts, each that has one knows it or says
// UNKNOWN, and whoever has none has nothing that says otherwise.
func (all texts) requireAtMostOnce(t *testing.T, b *testkit.Bundle) (unknown int) {
	t.Helper()
	for phone, deliveries := range all {
		taken := len(b.Twilio.Texts(phone))
		require.LessOrEqual(t, taken, 1, "texts to one number")
		states := map[queries.DeliveryStatus]int{}
		for _, id := range deliveries {
			states[b.Delivery(t, id).Status]++
		}
		require.Equal(t, len(deliveries)-1, states[queries.DeliveryStatusCanceled], "%v", states)
		require.Equal(t, 1, states[queries.DeliveryStatusAccepted]+states[queries.DeliveryStatusUnknown], "%v", states)
		require.LessOrEqual(t, states[queries.DeliveryStatusAccepted], taken, "%v", states)
		unknown += states[queries.DeliveryStatusUnknown]
	}
	b.RequireStories(t)
	return unknown
}

// requireSettled lets the look-ups have their time: what was taken is found, what was not is proved, and nothing was sent for it.
func (all texts) requireSettled(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	calls := b.Twilio.Calls()
	b.Clock.Move(7 * time.Hour)
	require.NoError(t, b.Rules.LookForLostTexts(t.Context()))
	b.MustWork(t)
	require.Equal(t, calls, b.Twilio.Calls())
	for phone, deliveries := range all {
		settled := map[queries.DeliveryStatus]int{}
		for _, id := range deliveries {
			settled[b.Delivery(t, id).Status]++
		}
		require.Zero(t, settled[queries.DeliveryStatusUnknown])
		require.Equal(t, 1-len(b.Twilio.Texts(phone)), settled[queries.DeliveryStatusFailed], "%v", settled)
	}
	b.RequireStories(t)
}

func TestTextsAtEveryStep(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		rounds  []string
		unknown int // texts whose process died after it had committed to the call
	}{
		"Killed":            {[]string{"kill"}, len(textSteps)},
		"KilledAgain":       {[]string{"kill", "kill"}, 2 * len(textSteps)},
		"Stopped":           {[]string{"stop"}, 0},
		"StoppedThenKilled": {[]string{"stop", "kill"}, len(textSteps)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := testkit.New(t)
			all := queueTexts(t, b, 12)
			for i, end := range tt.rounds {
				if i > 0 { // what is left may be done already
					for phone, more := range queueTexts(t, b, 6) {
						all[phone] = more
					}
				}
				process := start(t, b, true)
				process.awaitSteps(t, textSteps...)
				untilOnly(t, b, len(textSteps))
				switch end {
				case "kill":
					process.kill(t, b)
				case "stop":
					process.stop(t)
				}
			}
			finishTexts(t, b)
			require.Equal(t, tt.unknown, all.requireAtMostOnce(t, b))
			all.requireSettled(t, b)
		})
	}
}

// TestTextsKilledInACall dies while the provider has taken texts and its answers are on the way.
func TestTextsKilledInACall(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*child, *testing.T, *testkit.Bundle){
		"Killed":  (*child).kill,
		"Stopped": func(c *child, t *testing.T, _ *testkit.Bundle) { c.stop(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := testkit.New(t)
			all := queueTexts(t, b, 6)
			held := b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.Hold, Times: 3})
			process := start(t, b, false)
			require.NoError(t, held.Wait(t.Context(), 3))
			untilOnly(t, b, 3)
			end(process, t, b)
			b.Twilio.Faults.Clear()
			finishTexts(t, b)
			require.Equal(t, 3, all.requireAtMostOnce(t, b))
			all.requireSettled(t, b)
			for phone := range all {
				require.Len(t, b.Twilio.Texts(phone), 1)
			}
		})
	}
}

// TestTextsKilledInATransaction dies while texts wait in a transaction that they share: none was begun, so each goes out later.
func TestTextsKilledInATransaction(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	all := queueTexts(t, b, 8)
	locked := lockTexts(t, b)
	process := start(t, b, false)
	untilWaiting(t, b, locked)
	process.kill(t, b)
	require.NoError(t, locked.Rollback(t.Context()))
	require.Zero(t, b.Count(t, `SELECT count(*) FROM phone_claims`))
	require.Zero(t, b.Twilio.Calls())
	finishTexts(t, b)
	require.Zero(t, all.requireAtMostOnce(t, b))
	for phone := range all {
		require.Len(t, b.Twilio.Texts(phone), 1)
	}
}

// TestTextsKilledBeforeTheirAnswersAreCommitted dies while the answers to several calls wait in a transaction that they share.
func TestTextsKilledBeforeTheirAnswersAreCommitted(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	all := queueTexts(t, b, 6)
	held := b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.Hold, Times: 6})
	process := start(t, b, false)
	require.NoError(t, held.Wait(t.Context(), 6))
	untilOnly(t, b, 6)
	locked := lockTexts(t, b)
	b.Twilio.Faults.Clear()
	untilWaiting(t, b, locked)
	until(t, func() bool { return b.Twilio.Calls() == 6 }, "the held calls are not answered")
	process.kill(t, b)
	require.NoError(t, locked.Rollback(t.Context()))
	finishTexts(t, b)
	require.Equal(t, 6, all.requireAtMostOnce(t, b))
	all.requireSettled(t, b)
	for phone := range all {
		require.Len(t, b.Twilio.Texts(phone), 1)
	}
}

// lockTexts holds every text, so that whoever writes one waits.
func lockTexts(t *testing.T, b *testkit.Bundle) pgx.Tx {
	t.Helper()
	tx, err := b.DB.Pool.Begin(t.Context())
	require.NoError(t, err)
	_, err = tx.Exec(t.Context(), `SELECT FROM deliveries FOR UPDATE`)
	require.NoError(t, err)
	return tx
}

// untilWaiting waits until somebody waits for what holder holds.
func untilWaiting(t *testing.T, b *testkit.Bundle, holder pgx.Tx) {
	t.Helper()
	var id string
	require.NoError(t, holder.QueryRow(t.Context(), `SELECT pg_current_xact_id()::text`).Scan(&id))
	until(t, func() bool {
		return b.Count(t, `SELECT count(*) FROM pg_locks WHERE NOT granted AND transactionid::text = $1`, id) > 0
	}, "nobody waits for a text")
}

// TestTextsOnABadDay: answers lost, errors before and after, patience asked for, all mixed, with a restart in the middle.
func TestTextsOnABadDay(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	all := queueTexts(t, b, 60)
	for i, kind := range []twiliofake.Fault{{Kind: twiliofake.DropAfter}, {Kind: twiliofake.ErrorAfter}, {Kind: twiliofake.CutBefore},
		{Kind: twiliofake.ErrorBefore}, {Kind: twiliofake.RateLimit}} {
		kind.Share, kind.Seed = 0.05, uint64(i)
		b.Twilio.Order(kind)
	}
	process := start(t, b, false)
	until(t, func() bool { return b.Twilio.Calls() > 10 }, "no text is asked for")
	process.kill(t, b)
	finishTexts(t, b)
	b.Twilio.Faults.Clear()
	all.requireAtMostOnce(t, b)
	all.requireSettled(t, b)
}

// untilOnly waits until all texts are done but those that are held, so that what an end does is known.
func untilOnly(t *testing.T, b *testkit.Bundle, held int) {
	t.Helper()
	await(t, b, held, `SELECT count(*) FROM deliveries WHERE status IN ('queued', 'sending')`)
}

// finishTexts is a process that works until only look-ups wait, which have hours to go.
func finishTexts(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	c := start(t, b, false)
	defer func() {
		if t.Failed() {
			t.Log(b.Strings(t, `SELECT kind || ' ' || state || ' ' || scheduled_at || ' ' || coalesce(errors::text, '') FROM river_job WHERE finalized_at IS NULL`))
			t.Log(b.Strings(t, `SELECT l::text FROM provider_lanes l`), b.Strings(t, `SELECT now()::text`))
		}
	}()
	require.Equal(t, "started", <-c.lines) // before that it knows no ordinary stop
	// Where faults have shut the lane, everybody sleeps for a minute each time that the one call which looks fails too.
	untilAtMost(t, 15*time.Minute, func() bool {
		return b.Count(t, `SELECT count(*) FROM river_job WHERE finalized_at IS NULL AND kind NOT LIKE 'look_for%' AND kind <> 'reconcile_delivery'`) == 0
	}, "texts are left over")
	c.stop(t)
}
