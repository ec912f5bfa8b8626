package migration_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// byText is an act of sending by text.
func byText(invitations ...*queries.Invitation) migration.SendRequest {
	r := testkit.SendRequest(testkit.Missing().String(), invitations...)
	r.Channel = queries.MessageChannelSms
	return r
}

// with a phone of one's own.
func withPhone(phone string) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.NewTenant.Phone = phone }
}

// crowd puts n invitations of Denver's into the tables as they would stand there, each with an email and a phone of its own.
func (b *bundle) crowd(t testing.TB, n int) {
	t.Helper()
	first := b.Invited(t)
	b.Exec(t, `INSERT INTO tenants (id, email, name, phone, created_at)
		SELECT gen_random_uuid(), 'crowd-' || n || '@home.test', 'Crowd ' || n, '+1720' || (1000000 + n), $2 FROM generate_series(2, $1) n`, n, testkit.Start)
	b.Exec(t, `INSERT INTO tenant_locations (tenant_id, location_id) SELECT id, $1 FROM tenants WHERE name LIKE 'Crowd %'`, b.Denver.ID)
	b.Exec(t, `INSERT INTO invitations (id, tenant_id, location_id, plan_id, currency, anchor_day, status, link_expires_at, created_by, created_at, updated_at)
		SELECT gen_random_uuid(), t.id, i.location_id, i.plan_id, i.currency, 1, 'pending', i.link_expires_at, i.created_by, i.created_at, i.updated_at
		FROM invitations i, tenants t WHERE i.id = $1 AND t.name LIKE 'Crowd %'`, first.ID)
	b.Exec(t, `INSERT INTO events (id, at, actor_kind, actor_id, subject_kind, subject_id, location_id, action, after, request_id)
		SELECT overlay(id::text PLACING '00000000' FROM 1 FOR 8)::uuid, $1, 'staff', created_by, 'invitation', id, location_id, 'created', 'pending', 'req' FROM invitations WHERE id <> $2`, testkit.Start, first.ID)
}

func all(n int) migration.SendRequest {
	return migration.SendRequest{Channel: queries.MessageChannelEmail, Selection: migration.Selection{Filter: &migration.SelectionFilter{}},
		ExpectedCount: n, ClientKey: testkit.Missing().String()}
}

func TestPlanBatchPart(t *testing.T) {
	t.Parallel()

	t.Run("ThousandsInParts", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.crowd(t, 2500)
		batch := b.Accepted(t, all(2500))
		require.Equal(t, 2500, batch.Total)
		require.Equal(t, []string{"0 0 1000", "1 1000 1000", "2 2000 500"},
			b.Strings(t, `SELECT part || ' ' || first_position || ' ' || cardinality(invitation_ids) FROM batch_parts ORDER BY part`))
		require.Zero(t, b.Count(t, `SELECT count(*) FROM batch_items`), "no row is written while the person waits")
		b.Plan(t)
		require.Equal(t, 2500, b.Count(t, `SELECT count(DISTINCT position) FROM batch_items WHERE outcome = 'pending' AND position BETWEEN 0 AND 2499`))
		require.Equal(t, 25, b.Count(t, `SELECT count(*) FROM email_chunks WHERE batch_id = $1`, batch.ID))
		require.Equal(t, 25, b.Count(t, `SELECT count(*) FROM river_job WHERE kind = 'send_email_batch' AND priority = 2`))
		b.MustWork(t)
		require.Len(t, b.Resend.Emails(), 2500)
		require.Len(t, slices.Compact(slices.Sorted(slices.Values(b.Resend.Addresses()))), 2500)
		done := b.Batch(t, batch)
		require.Equal(t, []int{2500, 0, 0}, []int{done.Succeeded, done.Skipped, done.Failed})
		require.Equal(t, queries.BatchStateFinished, done.State)
		require.Equal(t, []string{"started", "finished"}, b.Told(t, queries.EventSubjectBatch, batch.ID))
		b.RequireStories(t)
	})

	t.Run("TwoAtOnceAndAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 10 {
			b.Accepted(t, testkit.SendRequest(testkit.Missing().String(), b.Invited(t), b.Invited(t)))
			job := b.Waiting(t)[0]
			run := func() error { return testkit.Run(t.Context(), b.Rules, job) }
			require.Equal(t, []error{nil, nil, nil}, atOnce(run, run, run))
			require.NoError(t, run())
			b.MustWork(t)
		}
		require.Len(t, b.Resend.Emails(), 20)
		require.Equal(t, 20, b.Count(t, `SELECT count(*) FROM deliveries`))
		b.RequireStories(t)
	})

	t.Run("DeletedBeforeItsTurnKeepsItsRow", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		gone, fine := b.Invited(t), b.Invited(t)
		batch := b.Accepted(t, testkit.SendRequest("k", gone, fine))
		b.Exec(t, `DELETE FROM invitations WHERE id = $1`, gone.ID)
		b.MustWork(t)
		require.Equal(t, "skipped DELETED, succeeded ", outcomes(t, b, batch))
		require.Equal(t, 1, b.Batch(t, batch).Skipped)
	})

	t.Run("SuppressedAreSkipped", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		bounced, lifted, late, fine := b.Invited(t), b.Invited(t), b.Invited(t), b.Invited(t)
		b.entry(t, bounced, "invitations", "unsubscribe")
		b.entry(t, lifted, "all", "bounce")
		b.Exec(t, `UPDATE suppressions SET lifted_at = created_at WHERE reason = 'bounce'`)
		batch := b.Send(t, bounced, lifted, late, fine)
		b.entry(t, late, "all", "complaint")
		b.MustWork(t)
		require.Equal(t, "skipped SUPPRESSED, succeeded , skipped SUPPRESSED, succeeded ", outcomes(t, b, batch))
		require.Len(t, b.Resend.Emails(), 2)
		b.RequireStories(t)
	})

	t.Run("AloneItGoesBeforeThoseOfMany", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Send(t, b.Invited(t), b.Invited(t))
		b.Send(t, b.Invited(t))
		require.Equal(t, []string{"2", "1"}, b.Strings(t, `SELECT priority::text FROM river_job WHERE kind = 'send_email_batch' ORDER BY id`))
	})
}

// entry puts an invitation's email on the list.
func (b *bundle) entry(t *testing.T, inv *queries.Invitation, scope, reason string) {
	t.Helper()
	b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, created_at)
		SELECT gen_random_uuid(), 'email', t.email, $2::text::suppression_scope, $3::text::suppression_reason, $4 FROM tenants t WHERE t.id = $1`,
		inv.TenantID, scope, reason, testkit.Start)
}

func TestPlanTexts(t *testing.T) {
	t.Parallel()

	t.Run("OnePhoneOneText", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		one, same, other := b.Invited(t, withPhone("+1 303 555 0101")), b.Invited(t, withPhone("+1 303 555 0101")), b.Invited(t, withPhone("+1 303 555 0102"))
		mute, claimed := b.Invited(t, withPhone("")), b.Invited(t, withPhone("+1 303 555 0103"))
		b.Submit(t, claimed, b.Acceptance(t, claimed, testkit.Visa))
		stopped := b.Invited(t, withPhone("+1 303 555 0104"))
		b.Exec(t, `INSERT INTO suppressions (id, channel, address, scope, reason, created_at) VALUES (gen_random_uuid(), 'sms', '+13035550104', 'all', 'stop', now())`)
		batch := b.Accepted(t, byText(one, same, other, mute, claimed, stopped))
		b.Plan(t)
		require.Equal(t, "pending , skipped TEXT_ON_ITS_WAY, pending , skipped NO_PHONE, skipped CLAIMED, skipped SUPPRESSED", outcomes(t, b, batch))
		require.Equal(t, []string{"+13035550101", "+13035550102"}, b.Strings(t, `SELECT d.address FROM deliveries d JOIN phone_claims c ON c.delivery_id = d.id AND c.phone = d.address ORDER BY 1`))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM river_job WHERE kind = 'send_sms' AND queue = 'text' AND priority = 2 AND scheduled_at <= now()`))
		b.RequireStories(t)

		again := b.Accepted(t, byText(one, same, other))
		b.Plan(t)
		require.Equal(t, "skipped TEXT_ON_ITS_WAY, skipped TEXT_ON_ITS_WAY, skipped TEXT_ON_ITS_WAY", outcomes(t, b, again))
		require.NotNil(t, b.Batch(t, again).FinishedAt)

		_, err := b.Rules.CancelBatch(t.Context(), testkit.By(b.Manager), batch.ID)
		require.NoError(t, err)
		third := b.Accepted(t, byText(one, same, other))
		b.Plan(t)
		require.Equal(t, "pending , skipped TEXT_ON_ITS_WAY, pending ", outcomes(t, b, third), "nobody had got one")
		b.MustWork(t)
		fourth := b.Accepted(t, byText(one, other))
		b.Plan(t)
		require.Equal(t, "skipped ALREADY_TEXTED, skipped ALREADY_TEXTED", outcomes(t, b, fourth))
	})

	// The promise is to a person: another number of theirs is no way around it, unless the first text is known not to have arrived.
	t.Run("OnePersonOneTextAlsoAtACorrectedNumber", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, withPhone("+1 303 555 0101"))
		b.Accepted(t, byText(inv))
		b.Plan(t)
		b.Exec(t, `UPDATE tenants SET phone = '+13035550102' WHERE id = $1`, inv.TenantID)
		waiting := b.Accepted(t, byText(inv))
		b.Plan(t)
		require.Equal(t, "skipped TEXT_ON_ITS_WAY", outcomes(t, b, waiting))
		b.Exec(t, `UPDATE tenants SET phone = '+13035550101' WHERE id = $1`, inv.TenantID)
		b.MustWork(t)
		first := b.Deliveries(t, inv.ID)[0]
		require.Equal(t, queries.DeliveryStatusAccepted, first.Status)
		b.Exec(t, `UPDATE tenants SET phone = '+13035550102' WHERE id = $1`, inv.TenantID)
		sel := migration.Selection{IDs: []uuid.UUID{inv.ID}}
		preview, err := b.Rules.PreviewSend(t.Context(), testkit.By(b.Manager), queries.MessageChannelSms, sel)
		require.NoError(t, err)
		require.Equal(t, []*migration.BatchReason{{Outcome: "skipped", Reason: "ALREADY_TEXTED", Count: 1}}, preview.Skips)
		again := b.Accepted(t, byText(inv))
		b.Plan(t)
		require.Equal(t, "skipped ALREADY_TEXTED", outcomes(t, b, again))
		late := b.QueueText(t, inv, "+13035550102") // one that was planned before the first had gone
		require.NoError(t, b.Rules.SendText(t.Context(), migration.SystemActor("job-1"), late))
		require.Equal(t, queries.DeliveryStatusCanceled, b.Delivery(t, late).Status)

		b.Exec(t, `UPDATE deliveries SET status = 'undelivered' WHERE id = $1`, first.ID)
		corrected := b.Accepted(t, byText(inv))
		b.Plan(t)
		b.MustWork(t)
		require.Equal(t, "succeeded ", outcomes(t, b, corrected), "that is what a number is corrected for")
	})

	t.Run("OnePersonWithTwoNumbers", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		one, two := b.Invited(t, withPhone("+1 303 555 0101")), b.Invited(t, withPhone("+1 303 555 0102"))
		typed := b.Strings(t, `SELECT tenant_id::text FROM invitations WHERE id = $1`, one.ID)[0]
		other := b.Invited(t, testkit.At(b.Loft), withPhone("+1 303 555 0103"))
		b.Exec(t, `UPDATE invitations SET tenant_id = $1 WHERE id = $2`, typed, other.ID)
		b.Exec(t, `INSERT INTO tenant_locations (tenant_id, location_id, known_as, known_phone) VALUES ($1, $2, 'Typed', '+13035550103')
			ON CONFLICT (tenant_id, location_id) DO UPDATE SET known_as = 'Typed', known_phone = '+13035550103'`, typed, other.LocationID)
		req := byText(one, other, two)
		preview, err := b.Rules.PreviewSend(t.Context(), testkit.By(b.Admin), queries.MessageChannelSms, req.Selection)
		require.NoError(t, err)
		require.Equal(t, 2, preview.Sendable)
		batch, err := b.Rules.SendInvitations(t.Context(), testkit.By(b.Admin), req)
		require.NoError(t, err)
		b.Plan(t)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM batch_items WHERE batch_id = $1 AND reason = 'TEXT_ON_ITS_WAY'`, batch.ID))
		require.Equal(t, 2, b.Count(t, `SELECT count(*) FROM deliveries`))
	})

	t.Run("TwoPlannersWithTheSamePhones", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		var there, back []*queries.Invitation
		for i := range 50 { // the second list names the numbers the other way round
			there = append(there, b.Invited(t, withPhone(fmt.Sprintf("+1 303 555 %04d", i))))
			back = append(back, b.Invited(t, withPhone(fmt.Sprintf("+1 303 555 %04d", 49-i))))
		}
		b.Accepted(t, byText(there...))
		b.Accepted(t, byText(back...))
		jobs := b.Waiting(t)
		run := func(i int) func() error { return func() error { return testkit.Run(t.Context(), b.Rules, jobs[i]) } }
		require.Equal(t, []error{nil, nil}, atOnce(run(0), run(1)))
		require.Equal(t, 50, b.Count(t, `SELECT count(*) FROM deliveries`))
		require.Equal(t, 50, b.Count(t, `SELECT count(*) FROM batch_items WHERE reason = 'TEXT_ON_ITS_WAY'`))
		require.Equal(t, 50, b.Count(t, `SELECT count(*) FROM phone_claims c JOIN deliveries d ON d.id = c.delivery_id AND d.address = c.phone`))
		b.RequireStories(t)
	})

	t.Run("SomeToAJobByTheirHour", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 11, 3, 30, 0, 0, time.UTC)) // 21:30 in Denver, 16:30 in Auckland
		var all []*queries.Invitation
		for i := range 25 {
			all = append(all, b.Invited(t, testkit.At(b.Kiwi), withPhone(fmt.Sprintf("+64 21 555 0%02d", i))))
			if i < 3 {
				all = append(all, b.Invited(t, withPhone(fmt.Sprintf("+1 303 555 %04d", i))))
			}
		}
		b.Accepted(t, byText(all...))
		b.Plan(t)
		const jobs = `SELECT concat_ws(' ', state, 1 + coalesce(jsonb_array_length(args->'others'), 0)) FROM river_job WHERE kind = 'send_sms' ORDER BY id`
		require.Equal(t, []string{"available 20", "available 5", "scheduled 3"}, b.Strings(t, jobs))
		require.Equal(t, 28, b.Count(t, `SELECT count(DISTINCT d.id) FROM river_job j, deliveries d
			WHERE d.id::text = j.args->>'delivery_id' OR j.args->'others' ? d.id::text`), "each is in one of them")
	})

	t.Run("NeverAtAnotherLocationsNumber", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		theirs := b.Invited(t, testkit.At(b.Loft), withPhone("+1 617 555 0100"))
		email := b.Strings(t, `SELECT email FROM tenants WHERE id = $1`, theirs.TenantID)[0]
		mine := b.Invited(t, func(d *migration.InvitationDraft) { d.NewTenant.Email, d.NewTenant.Phone = email, "" })
		b.Exec(t, `UPDATE tenant_locations SET known_as = 'Somebody' WHERE tenant_id = $1 AND location_id = $2`, theirs.TenantID, b.Denver.ID)
		batch := b.Accepted(t, byText(mine))
		b.Plan(t)
		require.Equal(t, "skipped NO_PHONE", outcomes(t, b, batch))
		b.Exec(t, `UPDATE tenant_locations SET known_phone = '+13035550177' WHERE known_as = 'Somebody'`)
		b.Accepted(t, byText(mine))
		b.Plan(t)
		require.Equal(t, []string{"+13035550177"}, b.Strings(t, `SELECT address FROM deliveries`))
	})

	t.Run("AtNightTheyWaitForTheLocationsMorning", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 11, 3, 30, 0, 0, time.UTC)) // 21:30 in Denver, 23:30 in Toronto, 16:30 in Auckland
		denver, auckland := b.Invited(t, withPhone("+1 303 555 0101")), b.Invited(t, testkit.At(b.Kiwi), withPhone("+64 21 555 010"))
		preview, err := b.Rules.PreviewSend(t.Context(), testkit.By(b.Manager), queries.MessageChannelSms, migration.Selection{IDs: []uuid.UUID{denver.ID, auckland.ID}})
		require.NoError(t, err)
		morning := time.Date(2026, 3, 11, 14, 0, 0, 0, time.UTC)
		require.Equal(t, []int{2, 2, 1}, []int{preview.Total, preview.Sendable, preview.Waiting})
		require.Equal(t, morning, *preview.WaitsUntil)
		batch := b.Accepted(t, byText(denver, auckland))
		b.Plan(t)
		require.Equal(t, morning, *b.Deliveries(t, denver.ID)[0].NotBefore)
		require.Nil(t, b.Deliveries(t, auckland.ID)[0].NotBefore)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM river_job WHERE kind = 'send_sms' AND state = 'scheduled'
			AND scheduled_at BETWEEN now() + interval '10 hours 29 minutes' AND now() + interval '10 hours 30 minutes'`), "the wall clock's 10:30 hours from now")
		requireLater(t, b.Watch(t, batch))
		require.Empty(t, b.Batch(t, batch).StateReason, "one can go")
		b.Exec(t, `UPDATE deliveries SET status = 'sending', called_at = created_at WHERE invitation_id = $1`, auckland.ID)
		b.Exec(t, `UPDATE deliveries SET status = 'sending' WHERE invitation_id = $1`, denver.ID) // begun, handed back, and postponed
		requireLater(t, b.Watch(t, batch))
		require.Contains(t, b.Batch(t, batch).StateReason, "8:00 AM MDT on March 11, 2026")
	})
}
