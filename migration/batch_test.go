package migration_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/resendfake"
)

// several invites n people.
func (b *bundle) several(t *testing.T, n int) []*queries.Invitation {
	t.Helper()
	many := make([]*queries.Invitation, n)
	for i := range many {
		many[i] = b.Invited(t, withPhone(fmt.Sprintf("+1 303 555 %04d", i)))
	}
	return many
}

// requireCounted wants the batch finished, once, with counts that are those of its rows.
func (b *bundle) requireCounted(t *testing.T, batch *queries.Batch, succeeded, skipped, failed int) {
	t.Helper()
	row := b.Batch(t, batch)
	require.NotNil(t, row.FinishedAt)
	require.Equal(t, []int{succeeded, skipped, failed}, []int{row.Succeeded, row.Skipped, row.Failed})
	require.Equal(t, row.Total, succeeded+skipped+failed)
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batches b WHERE id = $1 AND (succeeded, skipped, failed) = (
		SELECT count(*) FILTER (WHERE outcome = 'succeeded'), count(*) FILTER (WHERE outcome = 'skipped'), count(*) FILTER (WHERE outcome = 'failed')
		FROM batch_items WHERE batch_id = b.id)`, batch.ID))
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM events WHERE subject_id = $1 AND action = 'finished'`, batch.ID))
}

func TestDoubleClick(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.several(t, 2)
	req := testkit.SendRequest("once", inv...)
	turned := req
	turned.IDs = []uuid.UUID{inv[1].ID, inv[0].ID}
	batches := make([]uuid.UUID, 20)
	clicks := make([]func() error, 20)
	for i := range clicks {
		clicks[i] = func() error {
			r := req
			if i%2 == 1 {
				r = turned
			}
			batch, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Manager), r)
			if err == nil {
				batches[i] = batch.ID
			}
			return err
		}
	}
	for _, err := range atOnce(clicks...) {
		require.NoError(t, err)
	}
	for _, id := range batches {
		require.Equal(t, batches[0], id)
	}
	b.MustWork(t)
	require.Len(t, b.Resend.Emails(), 2)
	require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batches`))
}

func TestSendByFilter(t *testing.T) {
	t.Parallel()
	b := setup(t)
	yes, no := true, false
	ana := b.Invited(t, func(d *migration.InvitationDraft) { d.NewTenant.Name, d.NewTenant.Phone = "Ána 100%_Lopez", "" })
	bo := b.Invited(t, testkit.At(b.Wash), testkit.OnDay(3), func(d *migration.InvitationDraft) { d.NewTenant.Name = "Bo Ananas" })
	kiwi := b.Invited(t, testkit.At(b.Kiwi), withPhone("+64 21 555 010"))
	b.Invited(t, testkit.At(b.Loft)) // of a location that the manager does not manage
	b.Exec(t, `UPDATE invitations SET link_expires_at = $2, created_at = created_at - interval '1 day' WHERE id = $1`, bo.ID, testkit.Start)
	b.Exec(t, `UPDATE invitations SET sms_sent_at = created_at, delivery_failed = true WHERE id = $1`, kiwi.ID)
	b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, kiwi.ID)
	for name, tt := range map[string]struct {
		f    migration.SelectionFilter
		want []*queries.Invitation
	}{
		"All":               {migration.SelectionFilter{}, []*queries.Invitation{ana, bo, kiwi}},
		"AccentsAndCase":    {migration.SelectionFilter{Search: "  ANA   lópez "}, []*queries.Invitation{ana}},
		"InAnyOrder":        {migration.SelectionFilter{Search: "denver lopez ana"}, []*queries.Invitation{ana}},
		"EveryWord":         {migration.SelectionFilter{Search: "ana nobody"}, nil},
		"Anywhere":          {migration.SelectionFilter{Search: "nanas"}, []*queries.Invitation{bo}},
		"TwoLettersBegin":   {migration.SelectionFilter{Search: "an"}, []*queries.Invitation{ana, bo}},
		"TwoLettersInside":  {migration.SelectionFilter{Search: "pe"}, nil},
		"PercentIsItself":   {migration.SelectionFilter{Search: "100%"}, []*queries.Invitation{ana}},
		"UnderlineIsItself": {migration.SelectionFilter{Search: "0_l"}, nil},
		"Backslash":         {migration.SelectionFilter{Search: `0\%`}, nil},
		"Statuses":          {migration.SelectionFilter{Statuses: []queries.InvitationStatus{"revoked", "sent"}}, []*queries.Invitation{kiwi}},
		"Locations":         {migration.SelectionFilter{LocationIDs: []uuid.UUID{b.Auckland.ID, b.Boston.ID}}, []*queries.Invitation{kiwi}},
		"Plans":             {migration.SelectionFilter{PlanIDs: []uuid.UUID{b.Wash.ID}}, []*queries.Invitation{bo}},
		"AnchorDays":        {migration.SelectionFilter{AnchorDays: []int{3, 4}}, []*queries.Invitation{bo}},
		"HasNoPhone":        {migration.SelectionFilter{HasPhone: &no}, []*queries.Invitation{ana}},
		"Texted":            {migration.SelectionFilter{Texted: &yes}, []*queries.Invitation{kiwi}},
		"NotTexted":         {migration.SelectionFilter{Texted: &no}, []*queries.Invitation{ana, bo}},
		"DeliveryFailed":    {migration.SelectionFilter{DeliveryFailed: &yes}, []*queries.Invitation{kiwi}},
		"LinkExpired":       {migration.SelectionFilter{LinkExpired: &yes}, []*queries.Invitation{bo}},
		"CreatedFrom":       {migration.SelectionFilter{CreatedFrom: ptr(testkit.Start)}, []*queries.Invitation{ana, kiwi}},
		"CreatedBefore":     {migration.SelectionFilter{CreatedBefore: ptr(testkit.Start)}, []*queries.Invitation{bo}},
		"AllMustHold":       {migration.SelectionFilter{Search: "an", AnchorDays: []int{3}, HasPhone: &yes}, []*queries.Invitation{bo}},
	} {
		t.Run(name, func(t *testing.T) {
			preview, err := b.Rules.PreviewSend(t.Context(), testkit.By(b.Manager), queries.MessageChannelEmail, migration.Selection{Filter: &tt.f})
			require.NoError(t, err)
			require.Equal(t, len(tt.want), preview.Total)
			if len(tt.want) == 0 {
				return
			}
			batch := b.Accepted(t, migration.SendRequest{Channel: queries.MessageChannelEmail, ClientKey: name,
				Selection: migration.Selection{Filter: &tt.f}, ExpectedCount: len(tt.want)})
			want := []string{}
			for _, inv := range tt.want {
				want = append(want, inv.ID.String())
			}
			require.Equal(t, want, b.Strings(t, `SELECT unnest(invitation_ids)::text FROM batch_parts WHERE batch_id = $1`, batch.ID))
		})
	}
	t.Run("WhoMatchesIsSettledAtOnce", func(t *testing.T) {
		later := b.Invited(t)
		b.MustWork(t)
		require.Empty(t, b.Deliveries(t, later.ID))
	})
}

func ptr[T any](v T) *T { return &v }

func TestPreviewSend(t *testing.T) {
	t.Parallel()
	b := setup(t)
	many := b.several(t, 4)
	same, claimed, mute := b.Invited(t, withPhone("+1 303 555 0000")), b.Invited(t), b.Invited(t, withPhone(""))
	b.Submit(t, claimed, b.Acceptance(t, claimed, testkit.Visa))
	b.Accepted(t, byText(many[3]))
	b.Plan(t)
	sel := migration.Selection{IDs: byText(append(many, same, claimed, mute)...).IDs}
	preview, err := b.Rules.PreviewSend(t.Context(), testkit.By(b.Manager), queries.MessageChannelSms, sel)
	require.NoError(t, err)
	require.Equal(t, []int{7, 3, 0}, []int{preview.Total, preview.Sendable, preview.Waiting})
	require.Equal(t, []*migration.BatchReason{{Outcome: "skipped", Reason: "TEXT_ON_ITS_WAY", Count: 2},
		{Outcome: "skipped", Reason: "CLAIMED", Count: 1}, {Outcome: "skipped", Reason: "NO_PHONE", Count: 1}}, preview.Skips)
	batch := b.Accepted(t, migration.SendRequest{Channel: queries.MessageChannelSms, Selection: sel, ExpectedCount: 7, ClientKey: "k"})
	b.Plan(t)
	require.Equal(t, 3, b.Count(t, `SELECT count(*) FROM batch_items WHERE batch_id = $1 AND outcome = 'pending'`, batch.ID), "as was said")
	_, err = b.Rules.PreviewSend(t.Context(), testkit.By(b.Stranger), queries.MessageChannelSms, sel)
	requireRefused(t, err, "NOT_FOUND ids")
	_, err = b.Rules.PreviewSend(t.Context(), testkit.By(b.Manager), queries.MessageChannelSms, migration.Selection{})
	requireRefused(t, err, "INVALID ids")
}

func TestCancelBatch(t *testing.T) {
	t.Parallel()
	cancel := func(b *bundle, t *testing.T, batch *queries.Batch) (*queries.Batch, error) {
		t.Helper()
		return b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), batch.ID)
	}

	t.Run("BeforeAndAfterPlanning", func(t *testing.T) {
		t.Parallel()
		for name, planned := range map[string]bool{"Planned": true, "NotPlanned": false} {
			for channel, key := range map[queries.MessageChannel]string{"email": "e", "sms": "s"} {
				b := setup(t)
				req := testkit.SendRequest(key, b.several(t, 3)...)
				req.Channel = channel
				batch := b.Accepted(t, req)
				if planned {
					b.Plan(t)
				}
				canceled, err := cancel(b, t, batch)
				require.NoError(t, err, name)
				require.Equal(t, queries.BatchStateCanceled, canceled.State)
				b.runAll(t)
				require.Empty(t, b.Resend.Requests())
				require.Equal(t, "skipped CANCELED, skipped CANCELED, skipped CANCELED", outcomes(t, b, batch))
				require.Zero(t, b.Count(t, `SELECT count(*) FROM phone_claims`), "nobody's number is used up")
				require.Zero(t, b.Count(t, `SELECT count(*) FROM deliveries WHERE status <> 'canceled'`))
				b.requireCounted(t, batch, 0, 3, 0)
				_, err = cancel(b, t, batch)
				requireRefused(t, err, "WRONG_STATE id")
				b.RequireStories(t)
			}
		}
	})

	t.Run("FrozenAndSurelyNotCalled", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 2)...)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.RateLimit, Times: 1, RetryAfter: time.Minute})
		requireLater(t, b.workOne(t))
		_, err := cancel(b, t, batch)
		require.NoError(t, err)
		b.Clock.Move(2 * time.Minute)
		require.NoError(t, b.workOne(t))
		require.Empty(t, b.Resend.Emails())
		b.requireCounted(t, batch, 0, 2, 0)
		b.RequireStories(t)
	})

	t.Run("ATextWhoseCallWasNotTaken", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		many := b.several(t, 3)
		batch := b.Accepted(t, byText(many...))
		b.Plan(t)
		b.Exec(t, `UPDATE deliveries SET status = 'sending' WHERE invitation_id = $1`, many[0].ID) // handed back
		b.Exec(t, `UPDATE deliveries SET status = 'sending', called_at = $2 WHERE invitation_id = $1`, many[1].ID, testkit.Start)
		_, err := cancel(b, t, batch)
		require.NoError(t, err)
		require.Equal(t, "skipped CANCELED, pending , skipped CANCELED", outcomes(t, b, batch))
		require.Equal(t, []string{b.Deliveries(t, many[1].ID)[0].Address}, b.Strings(t, `SELECT phone FROM phone_claims`))
	})

	t.Run("WhatIsWithTheProviderEndsAsItEnds", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 2)...)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
		require.Error(t, b.workOne(t))
		_, err := cancel(b, t, batch)
		require.NoError(t, err)
		require.Equal(t, "pending , pending ", outcomes(t, b, batch))
		require.NoError(t, b.workOne(t))
		require.Len(t, b.Resend.Emails(), 2)
		b.requireCounted(t, batch, 2, 0, 0)
		require.Equal(t, queries.BatchStateCanceled, b.Batch(t, batch).State)
		b.RequireStories(t)
	})

	t.Run("HoldsAtOnceAlsoWhatIsNotSwept", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 1)...)
		b.Exec(t, `UPDATE batches SET state = 'canceled'`) // as it stands before any row follows
		require.NoError(t, b.workOne(t))
		require.Empty(t, b.Resend.Requests())
		require.Equal(t, "skipped CANCELED", outcomes(t, b, batch))
	})

	t.Run("RacingPlanningAndSending", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 15 {
			batch := b.Accepted(t, testkit.SendRequest(testkit.Missing().String(), b.several(t, 3)...))
			begun := make(chan struct{})
			errs := atOnce(
				func() error { b.runAll(t); close(begun); return nil },
				func() error { _, err := cancel(b, t, batch); return err },
			)
			if errs[1] != nil {
				requireRefused(t, errs[1], "WRONG_STATE id")
			}
			<-begun
			b.runAll(t)
			row := b.Batch(t, batch)
			require.NotNil(t, row.FinishedAt)
			mailed := b.Count(t, `SELECT count(*) FROM deliveries WHERE batch_id = $1 AND status = 'accepted'`, batch.ID)
			b.requireCounted(t, batch, mailed, 3-mailed, 0)
		}
		require.Len(t, b.Resend.Emails(), b.Count(t, `SELECT count(*) FROM deliveries WHERE status = 'accepted'`))
		b.RequireStories(t)
	})

	t.Run("ALargeOneIsSweptByItsWatch", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.crowd(t, 1500)
		batch := b.Accepted(t, all(1500))
		b.Plan(t)
		canceled, err := cancel(b, t, batch)
		require.NoError(t, err)
		require.Equal(t, 1000, canceled.Skipped, "the answer does not wait for all")
		require.Nil(t, canceled.FinishedAt)
		require.NoError(t, b.Watch(t, batch))
		b.requireCounted(t, batch, 0, 1500, 0)
		b.runAll(t)
		require.Empty(t, b.Resend.Requests())
	})

	t.Run("ErrNotOnes", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 1)...)
		for _, s := range []*queries.Staff{b.Colleague, b.Stranger, b.Gone} {
			_, err := b.Rules.CancelBatch(t.Context(), testkit.By(s), batch.ID)
			requireRefused(t, err, "NOT_FOUND id")
		}
		_, err := b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), testkit.Missing())
		requireRefused(t, err, "NOT_FOUND id")
		_, err = b.Rules.CancelBatch(t.Context(), testkit.By(b.Admin), batch.ID)
		require.NoError(t, err)
	})
}

// runAll works until nothing is left but texts, each of which is another's.
func (b *bundle) runAll(t *testing.T) {
	t.Helper()
	for _, job := range b.Work(t) {
		if job.Kind != (migration.SendTextArgs{}).Kind() {
			require.NoError(t, job.Err, job.Kind)
		}
	}
}

func TestBatchStopsItself(t *testing.T) {
	t.Parallel()

	t.Run("WhenTooManyFail", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.crowd(t, 300)
		batch := b.Accepted(t, all(300))
		b.Plan(t)
		broken := b.Service(t, func(o *migration.Options) { o.Mailer = refusing{} })
		require.NoError(t, testkit.Run(t.Context(), broken, b.Waiting(t)[0]))
		stopped := b.Batch(t, batch)
		require.Equal(t, queries.BatchStateStopped, stopped.State, "it does not wait for its watch")
		require.Equal(t, "It stopped itself: 100 of the first 100 failed. Most often: The provider refused it. What was left was not tried.", stopped.StateReason)
		require.NoError(t, b.Watch(t, batch))
		b.runAll(t)
		require.Empty(t, b.Resend.Requests())
		require.Equal(t, 200, b.Count(t, `SELECT count(*) FROM batch_items WHERE outcome = 'failed' AND reason = 'STOPPED'`))
		b.requireCounted(t, batch, 0, 0, 300)
		require.Equal(t, []string{"started", "stopped", "finished"}, b.Told(t, queries.EventSubjectBatch, batch.ID))
		require.Equal(t, stopped.StateReason, b.Batch(t, batch).StateReason)
	})

	t.Run("NotForTextsOfAProcessThatDied", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.crowd(t, 60)
		req := all(60)
		req.Channel = queries.MessageChannelSms
		batch := b.Accepted(t, req)
		b.Plan(t)
		b.Exec(t, `UPDATE deliveries SET status = 'sending', called_at = $1 WHERE batch_position < 40`, b.Clock.Now())
		for _, job := range b.Waiting(t)[:40/migration.TextsOfJob] {
			require.NoError(t, testkit.Run(t.Context(), b.Rules, job))
		}
		require.Equal(t, 40, b.Count(t, `SELECT count(*) FROM batch_items WHERE reason = 'UNKNOWN'`))
		requireLater(t, b.Watch(t, batch))
		require.Equal(t, queries.BatchStateRunning, b.Batch(t, batch).State)
		b.Exec(t, `UPDATE batch_items SET detail = 'The provider gave no answer.' WHERE reason = 'UNKNOWN'`)
		b.Exec(t, `UPDATE batches SET failed = 0`)
		require.NoError(t, b.Watch(t, batch))
		require.Equal(t, queries.BatchStateStopped, b.Batch(t, batch).State, "those of which the provider's answer was lost do count")
	})

	// A breakdown after much went well stops it too, by the latest ones; a bad chunk of a hundred does not.
	t.Run("WhenTheLatestFail", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.crowd(t, 2000)
		batch := b.Accepted(t, all(2000))
		b.Plan(t)
		decide := func(from, below int, outcome string) {
			b.Exec(t, `UPDATE batch_items SET outcome = $3::text::batch_outcome, reason = CASE $3::text WHEN 'failed' THEN 'REFUSED' ELSE '' END
				WHERE position >= $1 AND position < $2`, from, below, outcome)
			err := b.Watch(t, batch)
			if b.Batch(t, batch).State == queries.BatchStateRunning {
				requireLater(t, err)
			}
		}
		decide(0, 1200, "succeeded")
		decide(1200, 1300, "failed")
		decide(1300, 1400, "succeeded")
		require.Equal(t, queries.BatchStateRunning, b.Batch(t, batch).State, "half of the latest two hundred")
		decide(1400, 1550, "failed")
		require.Equal(t, queries.BatchStateRunning, b.Batch(t, batch).State, "the window is not full")
		decide(1550, 1610, "failed")
		stopped := b.Batch(t, batch)
		require.Equal(t, queries.BatchStateStopped, stopped.State)
		require.Equal(t, "It stopped itself: 210 of the last 210 failed. Most often: The provider refused it. What was left was not tried.", stopped.StateReason)
	})

	for name, rule := range map[string]struct {
		stop  migration.StopRule
		state queries.BatchState
	}{
		"NotBelowTheLeast":         {migration.StopRule{Failures: 6}, "running"},
		"AtTheLeast":               {migration.StopRule{Failures: 5}, "stopped"},
		"NotWhereTheShareIsSmall":  {migration.StopRule{Failures: 1, Share: 0.9}, "running"},
		"WhereTheShareIsOverruled": {migration.StopRule{Failures: 1, Share: 0.4}, "stopped"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			batch := b.Send(t, b.several(t, 12)...)
			b.Exec(t, `UPDATE batch_items SET outcome = 'failed', reason = 'REFUSED' WHERE position < 5`)
			b.Exec(t, `UPDATE batch_items SET outcome = 'succeeded' WHERE position BETWEEN 5 AND 8`)
			rules := b.Service(t, func(o *migration.Options) { o.Stop = rule.stop })
			err := rules.WatchBatch(t.Context(), migration.SystemActor("job"), batch.ID)
			require.Equal(t, rule.state, b.Batch(t, batch).State)
			if rule.state == queries.BatchStateRunning {
				requireLater(t, err)
				return
			}
			require.NoError(t, err)
			b.requireCounted(t, batch, 4, 0, 8)
		})
	}
}

func TestRetryBatch(t *testing.T) {
	t.Parallel()
	retry := func(b *bundle, batch *queries.Batch, key string) (*queries.Batch, error) {
		return b.Rules.RetryBatch(context.Background(), testkit.By(b.Manager), batch.ID, key)
	}

	t.Run("ThoseWhoSurelyGotNothing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		many := b.several(t, 4)
		b.Exec(t, `UPDATE tenants SET email = 'bad..dots@home.test' WHERE id = $1`, many[1].TenantID)
		b.Submit(t, many[2], b.Acceptance(t, many[2], testkit.Visa))
		batch := b.Send(t, many...)
		_, err := retry(b, batch, "r")
		requireRefused(t, err, "WRONG_STATE id")
		b.MustWork(t)
		require.Equal(t, "succeeded , failed REFUSED, skipped CLAIMED, succeeded ", outcomes(t, b, batch))
		b.Exec(t, `UPDATE tenants SET email = 'mended@home.test' WHERE id = $1`, many[1].TenantID)
		again, err := retry(b, batch, "r")
		require.NoError(t, err)
		require.Equal(t, batch.ID, *again.RetryOf)
		require.Equal(t, 1, again.Total)
		b.MustWork(t)
		require.Equal(t, "succeeded ", outcomes(t, b, again))
		require.Len(t, b.Resend.Emails(), 3)

		same, err := retry(b, batch, "r")
		require.NoError(t, err, "a second click")
		require.Equal(t, again.ID, same.ID)
		_, err = retry(b, batch, "another")
		requireRefused(t, err, "WRONG_STATE id")
		require.Empty(t, b.Work(t))
		b.RequireStories(t)
	})

	t.Run("NeverWhoMayHaveGotIt", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 1)...)
		b.Resend.Order(resendfake.Fault{Kind: resendfake.DropAfter, Times: 1})
		require.Error(t, b.workOne(t))
		b.Clock.Move(24 * time.Hour)
		require.NoError(t, b.workOne(t))
		require.Equal(t, "failed UNKNOWN", outcomes(t, b, batch))
		_, err := retry(b, batch, "r")
		requireRefused(t, err, "WRONG_STATE id")
	})

	// An email that the provider took and then could not send.
	refusedLater := func(t *testing.T, n int) (*bundle, *queries.Batch, []*queries.Invitation) {
		t.Helper()
		b := setup(t)
		many := b.several(t, n)
		batch := b.Send(t, many...)
		b.MustWork(t)
		b.requireCounted(t, batch, n, 0, 0)
		for _, inv := range many {
			b.hear(t, said("email.failed", b.Deliveries(t, inv.ID)[0]))
		}
		b.requireCounted(t, batch, 0, 0, n)
		return b, batch, many
	}

	t.Run("WhatTheProviderTookAndNeverSent", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		many := b.several(t, 3)
		batch := b.Send(t, many...)
		b.MustWork(t)
		for i, kind := range []string{"email.failed", "email.bounced", "email.delivered"} {
			e := said(kind, b.Deliveries(t, many[i].ID)[0])
			b.hear(t, e, e)
		}
		require.Equal(t, "failed NOT_SENT, succeeded UNDELIVERED, succeeded ", outcomes(t, b, batch))
		b.requireCounted(t, batch, 2, 0, 1)
		reasons, err := b.Rules.BatchReasons(t.Context(), b.Batch(t, batch))
		require.NoError(t, err)
		require.Contains(t, reasons, &migration.BatchReason{Outcome: queries.BatchOutcomeFailed, Reason: "NOT_SENT", Count: 1})

		again, err := retry(b, batch, "r")
		require.NoError(t, err)
		require.Equal(t, 1, again.Total)
		b.MustWork(t)
		require.Equal(t, "succeeded ", outcomes(t, b, again))
		require.Len(t, b.Resend.Emails(), 4)
		require.Len(t, b.Deliveries(t, many[0].ID), 2)
		require.False(t, b.Invitation(t, many[0].ID).DeliveryFailed)

		b.hear(t, said("email.failed", b.Deliveries(t, many[0].ID)[1])) // the first one's once more, by another event
		_, err = retry(b, batch, "another")
		requireRefused(t, err, "WRONG_STATE id")
		require.False(t, b.Invitation(t, many[0].ID).DeliveryFailed, "the last message arrived")
		b.hear(t, said("email.failed", b.Deliveries(t, many[0].ID)[0]))
		third, err := retry(b, again, "the retry's own")
		require.NoError(t, err)
		b.MustWork(t)
		require.Equal(t, "succeeded ", outcomes(t, b, third))
		b.RequireStories(t)
	})

	t.Run("WhatFailedAfterARetryBegan", func(t *testing.T) {
		t.Parallel()
		b, batch, many := refusedLater(t, 1)
		late := b.Invited(t)
		both := b.Send(t, many[0], late)
		b.MustWork(t)
		_, err := retry(b, batch, "r")
		requireRefused(t, err, "WRONG_STATE id") // another act has sent since
		b.hear(t, said("email.failed", b.Deliveries(t, many[0].ID)[0]))
		one, err := retry(b, both, "one")
		require.NoError(t, err)
		b.hear(t, said("email.failed", b.Deliveries(t, late.ID)[0]))
		b.MustWork(t)
		require.Equal(t, []int{1, 2}, []int{one.Total, b.Batch(t, both).Failed})
		two, err := retry(b, both, "two")
		require.NoError(t, err)
		require.Equal(t, 1, two.Total)
		b.MustWork(t)
		require.Equal(t, []int{3, 2}, []int{len(b.Deliveries(t, many[0].ID)), len(b.Deliveries(t, late.ID))})
		require.Len(t, b.Resend.Emails(), 5)
		b.RequireStories(t)
	})

	t.Run("NotWhatArrivedAfterAll", func(t *testing.T) {
		t.Parallel()
		for kind, want := range map[string]string{"email.delivered": "succeeded ", "email.bounced": "succeeded UNDELIVERED"} {
			b, batch, many := refusedLater(t, 2)
			first := b.Deliveries(t, many[0].ID)[0]
			again, err := retry(b, batch, "r")
			require.NoError(t, err)
			b.Plan(t)
			e := said(kind, first)
			e.Permanent = false
			b.hear(t, e)
			require.Equal(t, want+", failed NOT_SENT", outcomes(t, b, batch))
			b.requireCounted(t, batch, 1, 0, 1)
			b.MustWork(t)
			require.Equal(t, "skipped ALREADY_EMAILED, succeeded ", outcomes(t, b, again))
			b.requireCounted(t, again, 1, 1, 0)
			require.Len(t, b.Resend.Emails(), 3)
			require.Equal(t, kind == "email.bounced", b.Invitation(t, many[0].ID).DeliveryFailed)
			b.RequireStories(t)
		}
	})

	t.Run("NotWhatArrivedAfterTwoRetries", func(t *testing.T) {
		t.Parallel()
		b, batch, many := refusedLater(t, 1)
		first := b.Deliveries(t, many[0].ID)[0]
		again, err := retry(b, batch, "r")
		require.NoError(t, err)
		b.MustWork(t)
		b.hear(t, said("email.failed", b.Deliveries(t, many[0].ID)[0]))
		third, err := retry(b, again, "r2")
		require.NoError(t, err)
		b.Plan(t)
		b.hear(t, said("email.delivered", first))
		b.MustWork(t)
		require.Equal(t, "skipped ALREADY_EMAILED", outcomes(t, b, third))
		require.Len(t, b.Resend.Emails(), 2)
	})

	t.Run("OnceHoweverManyAskAndTellAtOnce", func(t *testing.T) {
		t.Parallel()
		b, batch, many := refusedLater(t, 3)
		acts := []func() error{}
		for i := range 6 {
			e := said("email.failed", b.Deliveries(t, many[i%3].ID)[0])
			acts = append(acts, func() error { _, err := retry(b, batch, fmt.Sprint(i)); return err },
				func() error { return b.Rules.HearEmail(context.Background(), provider, e) })
		}
		retries := 0
		for i, err := range atOnce(acts...) {
			if i%2 == 1 {
				require.NoError(t, err)
				continue
			}
			if err == nil {
				retries++
				continue
			}
			requireRefused(t, err, "WRONG_STATE id")
		}
		require.Equal(t, 1, retries)
		b.MustWork(t)
		require.Len(t, b.Resend.Emails(), 6)
		for _, inv := range many {
			require.Len(t, b.Deliveries(t, inv.ID), 2)
		}
		b.RequireStories(t)
	})

	t.Run("NoRowIsLostBetweenARetryAndALateReport", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for round := range 6 {
			many := b.several(t, 2)
			batch := b.Send(t, many...)
			b.MustWork(t)
			b.hear(t, said("email.failed", b.Deliveries(t, many[0].ID)[0]))
			late := said("email.failed", b.Deliveries(t, many[1].ID)[0])
			for _, err := range atOnce(
				func() error { _, err := retry(b, batch, fmt.Sprint("a", round)); return err },
				func() error { return b.Rules.HearEmail(context.Background(), provider, late) },
			) {
				require.NoError(t, err)
			}
			if _, err := retry(b, batch, fmt.Sprint("b", round)); err != nil {
				requireRefused(t, err, "WRONG_STATE id") // the first one had both
			}
			b.MustWork(t)
			b.requireCounted(t, batch, 0, 0, 2)
			for _, inv := range many {
				require.Len(t, b.Deliveries(t, inv.ID), 2)
			}
		}
		require.Len(t, b.Resend.Emails(), 24)
	})

	t.Run("NeverWhatCameBack", func(t *testing.T) {
		t.Parallel()
		for _, channel := range queries.AllMessageChannelValues() {
			b := setup(t)
			req := testkit.SendRequest("k", b.several(t, 1)...)
			req.Channel = channel
			batch := b.Accepted(t, req)
			b.Plan(t)
			b.Exec(t, `UPDATE deliveries SET status = 'sending'`)
			b.Exec(t, `UPDATE deliveries SET status = 'undelivered'`)
			b.Exec(t, `UPDATE batch_items SET outcome = 'failed', reason = 'UNDELIVERED'`)
			require.NoError(t, b.Watch(t, batch))
			_, err := retry(b, batch, "r")
			requireRefused(t, err, "WRONG_STATE id")
		}
	})

	t.Run("NotWhomAnotherActHasReachedSince", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.several(t, 1)[0]
		b.Exec(t, `UPDATE tenants SET email = 'bad..dots@home.test' WHERE id = $1`, inv.TenantID)
		batch := b.Send(t, inv)
		b.MustWork(t)
		b.Exec(t, `UPDATE tenants SET email = 'mended@home.test' WHERE id = $1`, inv.TenantID)
		b.Send(t, inv)
		b.MustWork(t)
		_, err := retry(b, batch, "r")
		requireRefused(t, err, "WRONG_STATE id")
		require.Len(t, b.Resend.Emails(), 1)
	})

	t.Run("TwoKeysAtOnceAreOneRetry", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 3)...)
		broken := b.Service(t, func(o *migration.Options) { o.Mailer = refusing{} })
		require.NoError(t, testkit.Run(t.Context(), broken, b.Waiting(t)[0]))
		b.Exec(t, `UPDATE river_job SET state = 'completed', finalized_at = now()`)
		refused := 0
		for _, err := range atOnce(func() error { _, err := retry(b, batch, "a"); return err }, func() error { _, err := retry(b, batch, "b"); return err }) {
			if err != nil {
				requireRefused(t, err, "WRONG_STATE id")
				refused++
			}
		}
		require.Equal(t, 1, refused)
		b.MustWork(t)
		require.Len(t, b.Resend.Emails(), 3)
	})

	t.Run("ErrNotOnes", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 1)...)
		_, err := b.Rules.RetryBatch(t.Context(), testkit.By(b.Colleague), batch.ID, "k")
		requireRefused(t, err, "NOT_FOUND id")
		_, err = retry(b, batch, "")
		requireRefused(t, err, "REQUIRED clientKey")
	})
}

func TestWatchBatch(t *testing.T) {
	t.Parallel()

	t.Run("FinishesWhatADeadProcessLeft", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 1)...)
		requireLater(t, b.Watch(t, batch))
		dying := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "email_settled" {
					panic("killed here")
				}
			}
		})
		require.Panics(t, func() { _ = testkit.Run(t.Context(), dying, b.Waiting(t)[0]) })
		require.Nil(t, b.Batch(t, batch).FinishedAt)
		require.NoError(t, b.Watch(t, batch))
		require.NoError(t, b.Watch(t, batch))
		b.requireCounted(t, batch, 1, 0, 0)
	})

	t.Run("SaysWhatItWaitsFor", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		batch := b.Send(t, b.several(t, 1)...)
		b.Exec(t, `UPDATE provider_lanes SET paused_until = now() + interval '1 hour', paused_why = 'It does not answer.' WHERE lane = 'email'`)
		requireLater(t, b.Watch(t, batch))
		require.Equal(t, "Waits for the provider: It does not answer.", b.Batch(t, batch).StateReason)
		b.Exec(t, `UPDATE provider_lanes SET paused_until = now() - interval '1 second' WHERE lane = 'email'`)
		requireLater(t, b.Watch(t, batch))
		require.Empty(t, b.Batch(t, batch).StateReason)
	})

	t.Run("SaysWhenTheMorningIsByTheClockOfItsPlace", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 2, 5, 30, 0, 0, time.UTC)) // half past ten in the evening in Denver
		batch := b.Accepted(t, byText(b.several(t, 2)...))
		b.Plan(t)
		requireLater(t, b.Watch(t, batch))
		require.Equal(t, "Waits for the morning at the locations: the first texts go at 8:00 AM MST on March 2, 2026.", b.Batch(t, batch).StateReason)
	})

	t.Run("CountsALargeOneAsItGoes", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.crowd(t, 2100)
		batch := b.Accepted(t, all(2100))
		b.Plan(t)
		require.NoError(t, testkit.Run(t.Context(), b.Rules, b.Waiting(t)[0]))
		require.Zero(t, b.Batch(t, batch).Succeeded, "no message waits for the batch's row")
		requireLater(t, b.Watch(t, batch))
		require.Equal(t, 100, b.Batch(t, batch).Succeeded)

		b.Exec(t, `UPDATE batch_items SET outcome = 'failed', reason = CASE WHEN position < 30 THEN 'REFUSED' ELSE 'UNKNOWN' END
			WHERE batch_id = $1 AND position < 40`, batch.ID)
		why := func() (*queries.Batch, []*migration.BatchReason) {
			shown, err := b.Rules.WithCounts(t.Context(), b.Batch(t, batch))
			require.NoError(t, err)
			reasons, err := b.Rules.BatchReasons(t.Context(), shown)
			require.NoError(t, err)
			return shown, reasons
		}
		shown, reasons := why()
		require.Zero(t, shown.Failed)
		require.Empty(t, reasons, "they are of the same look as the counts")
		requireLater(t, b.Watch(t, batch))
		shown, reasons = why()
		require.Equal(t, 40, shown.Failed)
		require.Equal(t, []*migration.BatchReason{{Outcome: queries.BatchOutcomeFailed, Reason: "REFUSED", Count: 30},
			{Outcome: queries.BatchOutcomeFailed, Reason: "UNKNOWN", Count: 10}}, reasons)
	})

	t.Run("TwoAtOnceFinishOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 10 {
			batch := b.Send(t, b.several(t, 1)...)
			b.Exec(t, `UPDATE batch_items SET outcome = 'succeeded' WHERE batch_id = $1`, batch.ID)
			watch := func() error { return b.Watch(t, batch) }
			for _, err := range atOnce(watch, watch, watch) {
				require.NoError(t, err)
			}
			b.requireCounted(t, batch, 1, 0, 0)
		}
	})
}
