package migration_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
)

// carried is an invitation with the billing day and the next bill of a legacy membership.
func (b *bundle) carried(t *testing.T, day int, firstBillOn string, change ...func(*migration.InvitationDraft)) *queries.Invitation {
	t.Helper()
	inv := b.Invited(t, change...)
	b.Exec(t, `WITH old AS (INSERT INTO legacy_memberships (id, location_id, source, source_id, name, currency, next_billing_on, created_at, updated_at)
			VALUES (gen_random_uuid(), $2, 'old', $1::uuid::text, 'Tess', $3, $5::date, '2026-01-01', '2026-01-01') RETURNING id)
		UPDATE invitations SET legacy_membership_id = old.id, anchor_day = $4, first_bill_on = $5::date FROM old WHERE invitations.id = $1`,
		inv.ID, inv.LocationID, inv.Currency, day, firstBillOn)
	return b.Invitation(t, inv.ID)
}

// goesOn is a submission of one.
func (b *bundle) goesOn(t *testing.T, day int, firstBillOn string, change ...func(*migration.InvitationDraft)) *queries.Submission {
	t.Helper()
	inv := b.carried(t, day, firstBillOn, change...)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	require.Equal(t, firstBillOn, sub.FirstBillOn.String())
	return sub
}

func (b *bundle) nextMonth(t *testing.T, sub *queries.Submission) *queries.Approval {
	t.Helper()
	a := b.Decided(t, sub, migration.NextMonth)
	require.Zero(t, a.DueTodayMinor)
	b.MustWork(t)
	b.LookAfter(t)
	require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
	require.Empty(t, b.Stripe.Charged(t))
	require.Empty(t, b.alarmed(t))
	return b.Approval(t, a.ID)
}

// at moves the clock and lets what is due be found.
func (b *bundle) at(t *testing.T, moment time.Time) {
	t.Helper()
	b.Clock.Set(moment)
	b.LookAfter(t)
	require.Empty(t, b.alarmed(t), moment)
}

// TestALegacyCycleGoesOn follows the first two charges of people who were billed elsewhere before.
func TestALegacyCycleGoesOn(t *testing.T) {
	t.Parallel()

	t.Run("TenDaysAhead", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 20, "2026-03-20", testkit.Insured(b.Insurance))
		a := b.nextMonth(t, sub)
		require.Equal(t, "2026-03-20", a.NextChargeOn.String())
		require.True(t, a.AnchorAt.Equal(noon(2026, 3, 20)))
		require.Nil(t, a.TrialEndAt)
		require.Empty(t, b.invoiced(t, sub))
		b.at(t, noon(2026, 3, 20).Add(-time.Second))
		require.Empty(t, b.Stripe.Charged(t))
		b.at(t, noon(2026, 3, 22))
		require.Equal(t, []string{"paid 14400 on 2026-03-20, the first"}, b.invoiced(t, sub))
		b.at(t, noon(2026, 4, 22))
		require.Equal(t, []string{"paid 14400 on 2026-03-20, the first", "paid 14400 on 2026-04-20"}, b.invoiced(t, sub))
		requireOne(t, b, sub)
	})

	t.Run("ThreeMonthsAheadBeginsWithATrial", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 20, "2026-06-20", testkit.Insured(b.Insurance))
		a := b.nextMonth(t, sub)
		require.Equal(t, "2026-06-20", a.NextChargeOn.String())
		require.True(t, a.TrialEndAt.Equal(noon(2026, 6, 20)))
		require.Nil(t, a.AnchorAt)
		booked := requireOne(t, b, sub)
		require.Equal(t, noon(2026, 6, 20).Unix(), booked.TrialEnd)
		require.Equal(t, noon(2026, 6, 20).Unix(), booked.NextChargeAt)
		row := b.subscribed(t, sub)
		require.Equal(t, queries.SubscriptionStatusTrialing, row.Status)
		require.True(t, row.NextChargeAt.Equal(noon(2026, 6, 20)))
		require.Equal(t, []string{"paid 0 on 2026-03-10"}, b.invoiced(t, sub), "the trial's own is not the first")
		shown, err := b.Rules.NextChargeOf(t.Context(), b.Open(t, b.Invitation(t, *sub.InvitationID)))
		require.NoError(t, err)
		require.Equal(t, &migration.NextCharge{On: migration.Date{Year: 2026, Month: time.June, Day: 20}, Amount: money.Money{Minor: 14400, Currency: "USD"}}, shown)

		b.at(t, noon(2026, 5, 1))
		b.at(t, noon(2026, 6, 20).Add(-time.Second))
		require.Empty(t, b.Stripe.Charged(t))
		b.at(t, noon(2026, 6, 22))
		require.Equal(t, queries.SubscriptionStatusActive, b.subscribed(t, sub).Status)
		require.Equal(t, []string{"paid 0 on 2026-03-10", "paid 14400 on 2026-06-20, the first"}, b.invoiced(t, sub))
		b.at(t, noon(2026, 7, 22))
		require.Equal(t, []string{"paid 0 on 2026-03-10", "paid 14400 on 2026-06-20, the first", "paid 14400 on 2026-07-20"}, b.invoiced(t, sub))
		requireOne(t, b, sub)
	})

	t.Run("OnTheDaysOfTheLocation", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 31, "2026-05-31", testkit.At(b.Kiwi))
		a := b.nextMonth(t, sub)
		require.True(t, a.TrialEndAt.Equal(time.Date(2026, 5, 31, 6, 0, 0, 0, time.UTC)))
		b.at(t, time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC))
		require.Equal(t, []string{"paid 0 on 2026-03-11", "paid 15900 on 2026-05-31, the first", "paid 15900 on 2026-06-30"}, b.invoiced(t, sub))
	})

	t.Run("OnTheDayItselfAfterItsMomentTheNextMonthIsAMonthAway", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 20, "2026-03-20")
		b.Clock.Set(noon(2026, 3, 20).Add(3 * time.Hour))
		a := b.nextMonth(t, sub)
		require.Equal(t, "2026-04-20", a.NextChargeOn.String())
		b.at(t, noon(2026, 5, 22))
		require.Equal(t, []string{"paid 12900 on 2026-04-20, the first", "paid 12900 on 2026-05-20"}, b.invoiced(t, sub))
	})

	t.Run("AFirstBillThatHasPassed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 12, "2026-03-12")
		b.Clock.Set(noon(2026, 3, 14))
		require.Equal(t, "2026-04-12", b.nextMonth(t, sub).NextChargeOn.String())
	})

	t.Run("TheCurrentMonthIsChargedAllTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 20, "2026-06-20")
		b.Decided(t, sub, migration.CurrentMonth)
		b.MustWork(t)
		b.at(t, noon(2026, 3, 22))
		require.Equal(t, []string{"paid 12900 on 2026-03-10, the first", "paid 12900 on 2026-03-20"}, b.invoiced(t, sub))
	})

	t.Run("ATrialIsTakenBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 20, "2026-06-20")
		b.nextMonth(t, sub)
		_, err := b.Rules.UndoApproval(t.Context(), testkit.By(b.Manager), migration.UndoRequest{SubmissionID: sub.ID, Reason: "Wrong tenant."})
		require.NoError(t, err)
		b.MustWork(t)
		require.Equal(t, queries.SubmissionStatusUndone, b.Submission(t, sub.ID).Status)
		b.at(t, noon(2026, 6, 22))
		require.Empty(t, b.Stripe.Charged(t))
	})

	t.Run("ABankThatWantsTheTenantIsAnsweredDuringTheTrial", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.askingOf(t, b.carried(t, 20, "2026-06-20"), migration.NextMonth)
		require.Empty(t, b.Stripe.Charged(t))
		b.at(t, noon(2026, 5, 1))
		require.Equal(t, queries.SubmissionStatusTenantActionRequired, b.Submission(t, sub.ID).Status)
		b.answers(t, sub, "succeed")
		b.lookNow(t)
		require.Equal(t, queries.SubmissionStatusApproved, b.Submission(t, sub.ID).Status)
		require.Equal(t, queries.SubscriptionStatusTrialing, b.subscribed(t, sub).Status)
		require.Empty(t, b.Stripe.Charged(t))
	})

	t.Run("AJobThatComesAfterTheTrialGivesBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 20, "2026-06-20")
		a := b.Decided(t, sub, migration.NextMonth)
		b.Exec(t, `UPDATE approvals SET deadline_at = '2026-12-01' WHERE id = $1`, a.ID)
		b.Clock.Set(noon(2026, 6, 20))
		b.MustWork(t)
		require.Equal(t, "The start that was approved has passed. Look at the amounts and approve again.", b.Approval(t, a.ID).OutcomeReason)
		require.Empty(t, b.Booked(sub.ReservationID))
	})

	t.Run("WhatWouldBeTakenOffTheFirstChargeIsSeenBeforeTheTrial", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 20, "2026-06-20")
		b.owes(t, sub, "-500")
		require.Contains(t, b.previews(t, sub)[1], "STRIPE_DIFFERS")
		a := b.Decided(t, sub, migration.NextMonth)
		b.MustWork(t)
		require.Contains(t, b.Approval(t, a.ID).OutcomeReason, "Stripe would charge $124.00 on 2026-06-20, but $129.00 was agreed.")
		require.Empty(t, b.Booked(sub.ReservationID))
	})
}

// TestPreviewOfALegacyCycle: tenant and staff see the day before anybody agrees.
func TestPreviewOfALegacyCycle(t *testing.T) {
	t.Parallel()
	trial := []string{"next_month by STRIPE: $0.00 today, $129.00 on 2026-06-20", "next plan Studio 12 $129.00"}

	t.Run("ToTheTenant", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.carried(t, 20, "2026-06-20")
		open := b.Open(t, inv)
		for _, starts := range [][]migration.StartPreview{open.Starts, open.AchStarts} {
			require.Equal(t, "2026-03-20", starts[0].Schedule.NextChargeOn.String())
			require.Equal(t, "2026-06-20", starts[1].Schedule.NextChargeOn.String())
		}
	})

	t.Run("ToStaff", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Equal(t, []string{"next_month by STRIPE: $0.00 today, $129.00 on 2026-03-20", "next plan Studio 12 $129.00 2026-03-20 to 2026-04-20"},
			b.previews(t, b.goesOn(t, 20, "2026-03-20"))[1])
		require.Equal(t, trial, b.previews(t, b.goesOn(t, 20, "2026-06-20"))[1])
	})

	t.Run("StripeMayShowTheFirstCycleOfATrial", func(t *testing.T) { // [INF]: or the invoice of zero that it begins with, as above
		t.Parallel()
		b := setup(t)
		sub := b.goesOn(t, 20, "2026-06-20")
		later := migration.UpcomingInvoice{Due: money.Money{Minor: 12900, Currency: "USD"}, Later: true}
		for _, none := range []*migration.UpcomingInvoice{nil, &later} {
			got := b.previews(t, sub, func(o *migration.Options) { o.Payments = silentPayments{o.Payments, none} })[1]
			require.Equal(t, trial[0], got[0])
			require.NotContains(t, got, "STRIPE_DIFFERS")
		}
		cycles := b.Service(t, func(o *migration.Options) { o.Payments = silentPayments{o.Payments, &later} })
		a := b.Decided(t, sub, migration.NextMonth)
		require.NoError(t, cycles.CreateSubscription(t.Context(), migration.SystemActor("job"), a.ID))
		require.Equal(t, queries.SubscriptionStatusTrialing, b.subscribed(t, sub).Status)
	})
}

// TestApproveLegacyCycles: one decision on many keeps each one's day.
func TestApproveLegacyCycles(t *testing.T) {
	t.Parallel()
	b := setup(t)
	subs := []*queries.Submission{b.goesOn(t, 20, "2026-03-20"), b.goesOn(t, 20, "2026-06-20"), b.Claimed(t, testkit.Visa, testkit.OnDay(20))}
	of := func(subs ...*queries.Submission) *migration.ApprovalsPreview {
		ids := make([]uuid.UUID, len(subs))
		for i, sub := range subs {
			ids[i] = sub.ID
		}
		p, err := b.Rules.PreviewApprovals(t.Context(), testkit.By(b.Manager), migration.SubmissionSelection{IDs: ids}, migration.NextMonth)
		require.NoError(t, err)
		return p
	}
	require.Equal(t, of(subs[0]).Dates, of(subs[2]).Dates)
	require.NotEqual(t, of(subs[0]).Dates, of(subs[1]).Dates)
	seen := of(subs...)
	require.Equal(t, []any{3, []money.Money{{Currency: "USD"}}}, []any{seen.Approvable, seen.DueToday})
	req := b.many(migration.NextMonth, "", subs...)
	req.ExpectedDates = &seen.Dates
	b.approveMany(t, req)
	b.MustWork(t)
	b.at(t, noon(2026, 6, 22))
	for i, want := range [][]string{
		{"paid 12900 on 2026-03-20, the first", "paid 12900 on 2026-04-20", "paid 12900 on 2026-05-20", "paid 12900 on 2026-06-20"},
		{"paid 0 on 2026-03-10", "paid 12900 on 2026-06-20, the first"},
		{"paid 12900 on 2026-03-20, the first", "paid 12900 on 2026-04-20", "paid 12900 on 2026-05-20", "paid 12900 on 2026-06-20"},
	} {
		require.Equal(t, want, b.invoiced(t, subs[i]), i)
	}
}

// TestFirstBillsOfTheOldList: what the file says is charged on the file's day.
func TestFirstBillsOfTheOldList(t *testing.T) {
	t.Parallel()
	b := setup(t)
	batch, row := b.imported(t, "id,name,email,plan,price,next billing date,billing day,status\n"+
		"ahead,Ada Ahead,ada@home.test,Unlimited,39.00,2026-06-20,,active\n"+
		"short,Sam Short,sam@home.test,Unlimited,39.00,2026-04-30,31,active\n"+
		"today,Tom Today,tom@home.test,Unlimited,39.00,2026-03-10,,active\n"+
		"other,Otto Other,otto@home.test,Unlimited,39.00,2026-04-12,15,active\n"+
		"far,Fay Far,fay@home.test,Unlimited,39.00,2028-03-10,,active\n")
	require.Equal(t, 5, row.CreatedRows, b.refusals(t, batch.ID))
	_, err := b.Rules.MapLegacyPlan(t.Context(), testkit.By(b.Manager), migration.LegacyPlanMapping{SourceID: row.SourceID, PlanName: "Unlimited", PlanID: &b.Wash.ID})
	require.NoError(t, err)
	made, err := b.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(b.Manager), migration.FromLegacyRequest{Filter: everybody(b), ExpectedCount: 5, ClientKey: "k"})
	require.NoError(t, err)
	b.MustWork(t)
	require.Equal(t, []string{"ahead 20 2026-06-20", "other 15", "short 31 2026-04-30", "today 10"}, b.Strings(t, `SELECT concat_ws(' ', l.source_id, i.anchor_day, i.first_bill_on)
		FROM invitations i JOIN legacy_memberships l ON l.id = i.legacy_membership_id ORDER BY 1`))
	require.Equal(t, []string{"OFFER_REFUSED The next billing date, 2028-03-10, is two years ahead or more. Read the legacy record again and mend it."},
		b.Strings(t, `SELECT reason || ' ' || detail FROM batch_items WHERE batch_id = $1 AND reason <> ''`, made.ID))

	var id uuid.UUID
	require.NoError(t, b.DB.Pool.QueryRow(t.Context(), `SELECT i.id FROM invitations i JOIN legacy_memberships l ON l.id = i.legacy_membership_id
		WHERE l.source_id = 'ahead'`).Scan(&id))
	inv := b.Invitation(t, id)
	sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
	require.Equal(t, "2026-06-20", b.nextMonth(t, sub).NextChargeOn.String())
	b.at(t, noon(2026, 7, 22))
	require.Equal(t, []string{"paid 0 on 2026-03-10", "paid 3900 on 2026-06-20, the first", "paid 3900 on 2026-07-20"}, b.invoiced(t, sub))
}
