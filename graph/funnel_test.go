package graph_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

const askFunnel = `query($f:FunnelFilter){migrationFunnel(filter:$f){from before
	total{invited delivered opened started submitted verified approved firstChargePaid}
	byLocation{location{name} counts{invited delivered opened started submitted verified approved firstChargePaid}}}}`

// stages are a funnel's counts in their order.
func stages(counts any) (all [8]float64) {
	for i, stage := range []string{"invited", "delivered", "opened", "started", "submitted", "verified", "approved", "firstChargePaid"} {
		all[i], _ = at(counts, stage).(float64)
	}
	return all
}

func TestMigrationFunnel(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Invited(t, testkit.At(b.Loft)) // Boston's
	b.Clock.Move(time.Hour)
	from := b.Clock.Now()
	invited := b.Invited(t)
	b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, invited.ID)
	delivered := b.Sent(t)
	b.Exec(t, `UPDATE deliveries SET status = 'delivered' WHERE invitation_id = $1`, delivered.ID)
	b.Sent(t) // taken by the provider, and no more is known
	b.Open(t, b.Invited(t))
	started := b.Invited(t)
	_, err := b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, started), queries.PaymentMethodTypeCard)
	require.NoError(t, err)
	banked := b.Invited(t)
	a, secret := b.BankAcceptance(t, banked)
	waiting := b.Submit(t, banked, a)
	rejected := b.Invited(t)
	a, _ = b.BankAcceptance(t, rejected)
	b.Exec(t, `UPDATE submissions SET status = 'rejected' WHERE id = $1`, b.Submit(t, rejected, a).ID)
	b.Claimed(t, testkit.Visa, testkit.At(b.Maple))
	b.Approved(t, migration.NextMonth)
	failed := b.Claimed(t, testkit.NoFunds)
	b.Decided(t, failed, migration.CurrentMonth)
	b.MustWork(t)
	replaced := b.Claimed(t, testkit.Visa)
	b.Exec(t, `UPDATE invitations SET successor_id = $2 WHERE id = $1`, replaced.InvitationID, started.ID)
	b.Clock.Move(time.Hour)
	before := b.Clock.Now()
	b.Invited(t, testkit.At(b.Wash)) // later than the period

	period := func(extra vars) vars {
		f := vars{"from": from, "before": before}
		for k, v := range extra {
			f[k] = v
		}
		return vars{"f": f}
	}
	funnel := func(by *queries.Staff, v vars) any { return b.data(t, by, askFunnel, v)["migrationFunnel"] }

	t.Run("EachStageContainsTheNext", func(t *testing.T) {
		f := funnel(b.Manager, period(nil))
		require.Equal(t, [8]float64{10, 8, 7, 6, 5, 3, 1}, stages(at(f, "total")))
		require.Equal(t, "Auckland Studios", at(f, "byLocation", 0, "location", "name"))
		require.Equal(t, [8]float64{}, stages(at(f, "byLocation", 0, "counts")))
		require.Equal(t, "Denver Studios", at(f, "byLocation", 1, "location", "name"))
		require.Equal(t, [8]float64{9, 7, 6, 5, 4, 2, 1}, stages(at(f, "byLocation", 1, "counts")))
		require.Equal(t, [8]float64{1, 1, 1, 1, 1, 1, 0}, stages(at(f, "byLocation", 2, "counts")))
		require.Nil(t, at(f, "byLocation", 3))
	})

	t.Run("AnOfferCountsAsTheFirstThatItTookThePlaceOf", func(t *testing.T) {
		b := setup(t)
		inv := b.Sent(t)
		b.Clock.Move(time.Hour)
		later := b.Clock.Now()
		for _, plan := range []*queries.Plan{b.Wash, b.Studio} {
			_, err := b.Rules.RejectSubmission(t.Context(), testkit.By(b.Manager), migration.RejectRequest{Reason: "Another plan.",
				SubmissionID: b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa)).ID, NewOffer: &migration.InvitationDraft{PlanID: plan.ID, AnchorDay: 9}})
			require.NoError(t, err)
		}
		b.Clock.Move(time.Hour)
		counted := func(f vars) [8]float64 {
			return stages(at(b.data(t, b.Manager, askFunnel, vars{"f": f})["migrationFunnel"], "total"))
		}
		require.Equal(t, [8]float64{1, 1, 1, 1, 1}, counted(vars{"before": later}), "as made when the first was, and as submitted")
		require.Equal(t, [8]float64{}, counted(vars{"from": later}))
	})

	t.Run("OnlyManagedLocations", func(t *testing.T) {
		require.Equal(t, [8]float64{}, stages(at(funnel(b.Stranger, period(nil)), "total")))
		require.Equal(t, [8]float64{1}, stages(at(funnel(b.Stranger, nil), "total")))
		foreign := funnel(b.Stranger, period(vars{"locationIds": []string{id("loc", b.Denver.ID)}}))
		require.Equal(t, []any{}, at(foreign, "byLocation"))
		require.Equal(t, [8]float64{1, 1, 1, 1, 1, 1, 0}, stages(at(funnel(b.Admin, period(vars{"locationIds": []string{id("loc", b.Toronto.ID)}})), "total")))
	})

	t.Run("ThePeriod", func(t *testing.T) {
		f := funnel(b.Admin, nil)
		require.Equal(t, []any{"2025-03-10T17:00:00Z", "2026-03-10T17:00:00Z"}, []any{at(f, "from"), at(f, "before")})
		require.EqualValues(t, 11, at(f, "total", "invited"), "up to now, and not what is made at this moment")
		for name, filter := range map[string]vars{"Backwards": {"from": before, "before": from}, "TooLong": {"from": from.AddDate(-2, 0, 0)}} {
			require.Equal(t, []string{"BAD_REQUEST"}, codes(b.ask(t, b.Admin, askFunnel, vars{"f": filter})), name)
		}
	})

	t.Run("TheFirstChargeIsPaid", func(t *testing.T) {
		invoice := func(status string, first bool) {
			b.Exec(t, `INSERT INTO subscription_invoices (id, subscription_id, stripe_invoice_id, status, currency, amount_due_minor, amount_paid_minor,
					amount_refunded_minor, period_start, period_end, charged_at, charged_on, attempts, first, read_at)
				SELECT gen_random_uuid(), id, 'in_' || gen_random_uuid(), $1, currency, 1, 1, 0, $2, $2, $2, '2026-03-15', 1, $3, $2 FROM subscriptions`,
				status, b.Clock.Now(), first)
		}
		invoice("open", true)
		invoice("paid", false)
		require.Equal(t, [8]float64{10, 8, 7, 6, 5, 3, 1, 0}, stages(at(funnel(b.Manager, period(nil)), "total")), "another invoice is not the first one")
		b.Exec(t, `UPDATE subscription_invoices SET status = 'paid'`)
		require.Equal(t, [8]float64{10, 8, 7, 6, 5, 3, 1, 1}, stages(at(funnel(b.Manager, period(nil)), "total")))
		b.Exec(t, `DELETE FROM subscription_invoices`)
	})

	t.Run("WhatHappensLaterMovesIt", func(t *testing.T) {
		b.later(t, 5*24*time.Hour)
		b.EnterCode(t, secret, "SM11AA")
		require.NoError(t, b.Rules.PollBankVerification(t.Context(), migration.SystemActor("poll"), waiting.ID))
		require.Equal(t, [8]float64{10, 8, 7, 6, 5, 4, 1}, stages(at(funnel(b.Manager, period(nil)), "total")))
		b.Exec(t, `UPDATE submissions SET status = 'rejected' WHERE id = $1`, waiting.ID)
		require.Equal(t, [8]float64{10, 8, 7, 6, 5, 4, 1}, stages(at(funnel(b.Manager, period(nil)), "total")), "it was verified all the same")
	})
}
