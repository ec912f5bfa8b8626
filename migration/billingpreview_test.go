package migration_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/money"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// shown writes one preview as staff see it.
func shown(p *migration.BillingPreview) []string {
	rows := []string{fmt.Sprintf("%s by %s: %s today, %s on %s", p.Option, p.Source, p.DueToday, p.NextCharge, p.NextChargeOn)}
	for when, lines := range [][]migration.BillingLine{p.Lines, p.NextLines} {
		for _, l := range lines {
			kind, days := "-", ""
			if l.Kind != nil {
				kind = string(*l.Kind)
			}
			if l.From != nil {
				days = fmt.Sprintf(" %s to %s", l.From, l.Until)
			}
			rows = append(rows, fmt.Sprintf("%s %s %s %s%s", []string{"today", "next"}[when], kind, l.Description, l.Amount, days))
		}
	}
	for _, w := range p.Warnings {
		rows = append(rows, string(w.Code))
	}
	return rows
}

func (b *bundle) previews(t *testing.T, sub *queries.Submission, change ...func(*migration.Options)) [][]string {
	t.Helper()
	rules := b.Rules
	for _, c := range change {
		rules = b.Service(t, c)
	}
	previews, err := rules.PreviewBilling(t.Context(), sub)
	require.NoError(t, err)
	all := [][]string{}
	for _, p := range previews {
		all = append(all, shown(p))
	}
	return all
}

func TestPreviewBilling(t *testing.T) {
	t.Parallel()

	t.Run("StripeItselfSays", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa, testkit.Insured(b.Insurance))
		require.Equal(t, [][]string{
			{"current_month by STRIPE: $144.00 today, $144.00 on 2026-03-15",
				"today plan Studio 12 $129.00 2026-02-15 to 2026-03-15", "today insurance Gear cover $15.00 2026-02-15 to 2026-03-15",
				"next plan Studio 12 $129.00 2026-03-15 to 2026-04-15", "next insurance Gear cover $15.00 2026-03-15 to 2026-04-15"},
			{"next_month by STRIPE: $0.00 today, $144.00 on 2026-03-15",
				"next plan Studio 12 $129.00 2026-03-15 to 2026-04-15", "next insurance Gear cover $15.00 2026-03-15 to 2026-04-15"},
		}, b.previews(t, sub))
		require.Equal(t, 2, b.Stripe.Calls("GET", "/v1/invoices/upcoming"), "the next invoice of both choices is one")
		require.Empty(t, b.Stripe.Books().Subscriptions)
		require.Empty(t, b.Stripe.Charged(t))
	})

	t.Run("OnTheBillingDayTheCycleStartsNow", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Clock.Set(time.Date(2026, 3, 15, 10, 0, 0, 0, time.UTC)) // four in the morning in Denver, two hours before its moment
		sub := b.Claimed(t, testkit.Visa)
		require.Equal(t, [][]string{
			{"current_month by STRIPE: $129.00 today, $129.00 on 2026-04-15",
				"today plan Studio 12 $129.00 2026-03-15 to 2026-04-15", "next plan Studio 12 $129.00 2026-04-15 to 2026-05-15"},
			{"next_month by STRIPE: $0.00 today, $129.00 on 2026-04-15", "next plan Studio 12 $129.00 2026-04-15 to 2026-05-15"},
		}, b.previews(t, sub))
	})

	t.Run("OursWhereStripeCannotBeReached", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.Unavailable, PathPrefix: "/v1/invoices"})
		require.Equal(t, [][]string{
			{"current_month by CARRYOVER: $129.00 today, $129.00 on 2026-03-15", "today plan Studio 12 $129.00", "next plan Studio 12 $129.00"},
			{"next_month by CARRYOVER: $0.00 today, $129.00 on 2026-03-15", "next plan Studio 12 $129.00"},
		}, b.previews(t, sub))
	})

	t.Run("StripeAddsSomething", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		got := b.previews(t, sub, func(o *migration.Options) { o.Payments = taxingPayments{o.Payments} })
		require.Equal(t, []string{"current_month by STRIPE: $134.00 today, $134.00 on 2026-03-15",
			"today plan Studio 12 $129.00 2026-02-15 to 2026-03-15", "today - Tax $5.00",
			"next plan Studio 12 $129.00 2026-03-15 to 2026-04-15", "next - Tax $5.00", "STRIPE_DIFFERS"}, got[0])
		require.Contains(t, got[1], "STRIPE_DIFFERS", "nothing is due today either way, but another amount later")
		// Who approves what Stripe shows is refused, whatever was seen.
		req := b.Decision(t, sub, migration.CurrentMonth)
		req.ExpectedDueToday.Amount = "134.00"
		_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), req)
		requireRefused(t, err, "TOTAL_CHANGED expectedDueToday")
	})

	t.Run("TheCustomerOwesSomething", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.owes(t, sub, "500")
		previews, err := b.Rules.PreviewBilling(t.Context(), sub)
		require.NoError(t, err)
		require.Len(t, previews[0].Warnings, 1)
		require.Contains(t, previews[0].Warnings[0].Message, "Stripe would charge $134.00 today, but the tenant agreed to $129.00.")
		require.Len(t, previews[1].Warnings, 1)
		require.Contains(t, previews[1].Warnings[0].Message, "Stripe would charge $134.00 on 2026-03-15, but the tenant agreed to $129.00.")
	})

	t.Run("StripeShowsNoInvoiceOfANextMonth", func(t *testing.T) { // [INF]: it may also show the first cycle, as above
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		for name, none := range map[string]*migration.UpcomingInvoice{"None": nil, "OfZero": {Due: money.Money{Currency: "USD"}}} {
			got := b.previews(t, sub, func(o *migration.Options) { o.Payments = silentPayments{o.Payments, none} })
			require.Equal(t, []string{"current_month by STRIPE: $129.00 today, $129.00 on 2026-03-15",
				"today plan Studio 12 $129.00 2026-02-15 to 2026-03-15", "next plan Studio 12 $129.00"}, got[0], name)
			require.Equal(t, []string{"next_month by STRIPE: $0.00 today, $129.00 on 2026-03-15", "next plan Studio 12 $129.00"}, got[1], name)
		}
	})

	t.Run("StripeWouldRefuse", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		b.Stripe.Ask(t, "DELETE", "/v1/customers/"+sub.StripeCustomerID, nil)
		for _, p := range b.previews(t, sub) {
			require.Contains(t, p[0], "by CARRYOVER")
			require.Contains(t, p, "STRIPE_REFUSES")
		}
	})

	t.Run("AProductThatSomebodyDeletedIsMadeAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Claimed(t, testkit.Visa)
		made := b.previews(t, sub)
		missing := &forgetfulPayments{}
		require.Equal(t, made, b.previews(t, sub, func(o *migration.Options) { missing.Payments, o.Payments = o.Payments, missing }))
		require.Equal(t, 2, missing.ensured, "once as always, once when Stripe did not know it")
	})

	t.Run("NothingForWhatDoesNotWait", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		require.Empty(t, b.previews(t, b.Approved(t, migration.NextMonth)))
	})
}

// taxingPayments is a Stripe that adds a tax to every invoice.
type taxingPayments struct{ migration.Payments }

func (p taxingPayments) UpcomingInvoice(ctx context.Context, r migration.SubscriptionRequest) (*migration.UpcomingInvoice, error) {
	invoice, err := p.Payments.UpcomingInvoice(ctx, r)
	if err == nil {
		invoice.Due.Minor += 500
		invoice.Lines = append(invoice.Lines, migration.UpcomingLine{Description: "Tax", Amount: money.Money{Minor: 500, Currency: "USD"}})
	}
	return invoice, err
}

// silentPayments is a Stripe that shows no invoice where nothing is charged at once.
type silentPayments struct {
	migration.Payments
	none *migration.UpcomingInvoice
}

func (p silentPayments) UpcomingInvoice(ctx context.Context, r migration.SubscriptionRequest) (*migration.UpcomingInvoice, error) {
	if !r.Prorate {
		return p.none, nil
	}
	return p.Payments.UpcomingInvoice(ctx, r)
}

// forgetfulPayments is a Stripe whose products somebody deleted.
type forgetfulPayments struct {
	migration.Payments
	ensured int
}

func (p *forgetfulPayments) EnsureProduct(ctx context.Context, id, name string) error {
	p.ensured++
	return p.Payments.EnsureProduct(ctx, id, name)
}

func (p *forgetfulPayments) UpcomingInvoice(ctx context.Context, r migration.SubscriptionRequest) (*migration.UpcomingInvoice, error) {
	if p.ensured < 2 {
		return nil, &migration.ProviderError{Kind: migration.ProviderRefused, Code: "resource_missing", Message: "No such product."}
	}
	return p.Payments.UpcomingInvoice(ctx, r)
}

func TestPreviewBillingWarnsOfTheLegacySystem(t *testing.T) {
	t.Parallel()
	const paid, renews = "LEGACY_PERIOD_PAID", "LEGACY_RENEWS"
	// It is 10 March; Current Month pays from 15 February, Next Month from 15 March.
	for name, tt := range map[string]struct {
		nextBillingOn, paidThrough any
		cancelled                  bool
		current, next              []string
	}{
		"NothingIsKnown":             {nil, nil, false, nil, nil},
		"PaidUntilTheNextBillingDay": {"2026-03-15", "2026-03-14", false, []string{paid}, nil},
		"OnlyTheNextBillIsKnown":     {"2026-03-15", nil, false, []string{paid}, nil},
		"PaidBeyondIt":               {"2026-03-20", "2026-03-19", false, []string{paid}, []string{paid}},
		"NotPaidForLong":             {nil, "2026-02-14", false, nil, nil},
		"PaidForOneDayOfIt":          {nil, "2026-02-15", false, []string{paid}, nil},
		"RenewsToday":                {"2026-03-10", "2026-03-09", false, []string{paid, renews}, []string{renews}},
		"RenewsTomorrow":             {"2026-03-11", nil, false, []string{paid, renews}, []string{renews}},
		"RenewedYesterday":           {"2026-03-09", nil, false, []string{paid, renews}, []string{renews}},
		"RenewsInTwoDays":            {"2026-03-12", nil, false, []string{paid}, nil},
		"CancelledThere":             {"2026-03-11", nil, true, nil, nil},
		"CancelledThereAndPaid":      {"2026-03-11", "2026-03-31", true, []string{paid}, []string{paid}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			legacy := b.legacy(t, b.Denver, tt.nextBillingOn, tt.paidThrough)
			if tt.cancelled {
				b.Exec(t, `UPDATE legacy_memberships SET cancelled_there_at = $2 WHERE id = $1`, legacy, testkit.Start)
			}
			sub := b.Claimed(t, testkit.Visa)
			b.Exec(t, `UPDATE reservations SET legacy_membership_id = $2 WHERE id = $1`, sub.ReservationID, legacy)
			previews, err := b.Rules.PreviewBilling(t.Context(), sub)
			require.NoError(t, err)
			for i, want := range [][]string{tt.current, tt.next} {
				var got []string
				for _, w := range previews[i].Warnings {
					got = append(got, string(w.Code))
				}
				require.Equal(t, want, got, previews[i].Option)
			}
		})
	}
}

// TestApprovePreflight: what was agreed must still be there, when staff decide and when the job asks Stripe.
func TestApprovePreflight(t *testing.T) {
	t.Parallel()
	insured := func(b *bundle) func(*migration.InvitationDraft) { return testkit.Insured(b.Insurance) }
	for name, tt := range map[string]struct {
		sql, words string
	}{
		"PlanWithdrawn":      {`UPDATE plans SET archived_at = '2026-03-10' WHERE name = 'Studio 12'`, "The plan is no longer offered. Reject"},
		"InsuranceWithdrawn": {`UPDATE insurance_plans SET archived_at = '2026-03-10' WHERE name = 'Gear cover'`, "The insurance is no longer offered. Reject"},
		"ReservationEnded":   {`UPDATE reservations SET ended_at = '2026-03-10'`, "Its reservation has ended"},
		"LinesDoNotAddUp":    {`UPDATE quote_lines SET amount_minor = amount_minor + 1 WHERE kind = 'plan'`, "do not add up"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.Claimed(t, testkit.Visa, insured(b))
			req := b.Decision(t, sub, migration.CurrentMonth)
			b.Exec(t, tt.sql)
			_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), req)
			requireRefused(t, err, "WRONG_STATE submissionId")
			require.ErrorContains(t, err, tt.words)
			requireUndecided(t, b, sub)
		})
		t.Run(name+"BeforeTheJobRuns", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := b.Claimed(t, testkit.Visa, insured(b))
			a := b.Decided(t, sub, migration.CurrentMonth)
			b.Exec(t, tt.sql)
			b.MustWork(t)
			require.Equal(t, queries.SubmissionStatusReadyForApproval, b.Submission(t, sub.ID).Status)
			require.Contains(t, b.Approval(t, a.ID).OutcomeReason, tt.words)
			require.Empty(t, b.Stripe.Books().Subscriptions)
		})
	}

	t.Run("AnotherSubscriptionLives", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		first := b.Approved(t, migration.NextMonth)
		b.Exec(t, `UPDATE reservations SET ended_at = '2026-03-10'`) // as an old import might have left it
		second := b.Claimed(t, testkit.Visa, testkit.For(first.TenantID))
		_, err := b.Rules.ApproveSubmission(t.Context(), testkit.By(b.Manager), b.Decision(t, second, migration.NextMonth))
		requireRefused(t, err, "WRONG_STATE submissionId")
		require.ErrorContains(t, err, "another live reservation or subscription")
	})
}

func TestTheMethodIsTheCustomersToo(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)
	b.Stripe.Order(stripefake.DropAfter, "/v1/customers/", 1)
	b.Decided(t, sub, migration.CurrentMonth)
	require.Error(t, b.workOne(t))
	require.Empty(t, b.Stripe.Books().Subscriptions, "not before the customer has it")
	b.MustWork(t)
	requireOne(t, b, sub)
	require.Equal(t, sub.StripePaymentMethodID, b.Stripe.Books().Customers[0].DefaultPaymentMethod)
	require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
}
