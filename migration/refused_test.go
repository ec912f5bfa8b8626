package migration_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

// refusals are the two ways to an incomplete subscription whose first payment was refused.
func refusals() map[string]func(t *testing.T, b *bundle) *queries.Submission {
	return map[string]func(t *testing.T, b *bundle) *queries.Submission{
		"Debit": func(t *testing.T, b *bundle) *queries.Submission {
			t.Helper()
			sub := b.linked(t, testkit.ByDeposit)
			b.charging(t, sub, "refuse")
			b.Decided(t, sub, migration.CurrentMonth)
			return sub
		},
		"CardAfterItsBankWantedTheTenant": func(t *testing.T, b *bundle) *queries.Submission {
			t.Helper()
			sub := b.Claimed(t, testkit.Visa)
			b.charging(t, sub, "authenticate")
			b.Decided(t, sub, migration.CurrentMonth)
			requireLater(t, b.workOne(t))
			b.charging(t, sub, "decline")
			return sub
		},
	}
}

func (b *bundle) payFirst(t *testing.T, sub *queries.Submission) {
	t.Helper()
	b.charging(t, sub, "approve")
	b.Stripe.Ask(t, "POST", "/v1/invoices/"+b.Booked(sub.ReservationID)[0].LatestInvoice+"/pay", url.Values{"payment_method": {sub.StripePaymentMethodID}})
}

func TestFirstPaymentRefused(t *testing.T) {
	t.Parallel()
	for name, refused := range refusals() {
		t.Run(name+"IsEndedBeforeTheTenantIsAskedAnew", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			sub := refused(t, b)
			b.MustWork(t)
			after := b.Submission(t, sub.ID)
			require.Equal(t, queries.SubmissionStatusPaymentFailed, after.Status)
			require.Equal(t, "The first payment was refused. Nothing was charged.", after.StatusReason)
			require.Equal(t, "canceled", b.Booked(sub.ReservationID)[0].Status, "nobody can pay it any more")
			require.Equal(t, "void", b.Stripe.Books().Invoices[0].Status)
			inv := b.Invitation(t, *sub.InvitationID)
			require.Equal(t, migration.SetupStateOpen, b.Open(t, inv).State)

			second := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
			b.Decided(t, second, migration.CurrentMonth)
			b.MustWork(t)
			requireOne(t, b, second)
			require.Len(t, b.Stripe.Charged(t), 1)
		})

		for _, at := range []string{"before_end_refused", "after_end_refused", "before_record"} {
			t.Run(name+"KilledAt"+at, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				sub := refused(t, b)
				dying := b.Service(t, func(o *migration.Options) {
					o.Step = func(name string) {
						if name == at {
							panic("killed here")
						}
					}
				})
				require.Panics(t, func() { _ = testkit.Run(t.Context(), dying, b.Waiting(t)[0]) })
				b.MustWork(t)
				require.Equal(t, queries.SubmissionStatusPaymentFailed, b.Submission(t, sub.ID).Status)
				require.Equal(t, "canceled", b.Booked(sub.ReservationID)[0].Status)
				require.Len(t, b.Booked(sub.ReservationID), 1)
			})
		}
	}

	t.Run("PaidBeforeItIsLookedAtAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := refusals()["CardAfterItsBankWantedTheTenant"](t, b)
		b.Stripe.Order(stripefake.DropAfter, creations, 1)
		require.Error(t, b.workOne(t))
		b.payFirst(t, sub)
		b.MustWork(t)
		requireOne(t, b, sub)
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
	})

	t.Run("PaidInTheMomentInWhichItIsEnded", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := refusals()["CardAfterItsBankWantedTheTenant"](t, b)
		rules := b.Service(t, func(o *migration.Options) {
			o.Step = func(name string) {
				if name == "before_end_refused" {
					b.payFirst(t, sub)
				}
			}
		})
		require.NoError(t, testkit.Run(t.Context(), rules, b.Waiting(t)[0]))
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
		after := b.Submission(t, sub.ID)
		require.Equal(t, queries.SubmissionStatusApproved, after.Status, "money was taken: nobody is asked for another payment")
		require.Contains(t, after.StatusReason, "paid and ended at Stripe")
		b.LookAfter(t)
		require.Equal(t, []string{"FIRST_PAYMENT_FAILED", "SUBSCRIPTION_ENDED"}, b.alarmed(t))
		b.takeBack(t, sub)
		b.MustWork(t)
		b.requireUndone(t, sub)
	})

	t.Run("OneOfAnEarlierApprovalIsEndedToo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub, _ := b.decided(t, testkit.Visa, migration.CurrentMonth)
		b.Stripe.Ask(t, "POST", "/v1/products", url.Values{"id": {"old"}, "name": {"Old"}})
		b.charging(t, sub, "decline")
		old := b.Stripe.Ask(t, "POST", creations, url.Values{"customer": {sub.StripeCustomerID}, "default_payment_method": {sub.StripePaymentMethodID},
			"items[0][price_data][currency]": {"usd"}, "items[0][price_data][product]": {"old"}, "items[0][price_data][unit_amount]": {"12900"},
			"items[0][price_data][recurring][interval]": {"month"}, "payment_behavior": {"allow_incomplete"},
			"metadata[carryover_reservation_id]": {sub.ReservationID.String()}, "metadata[carryover_approval_id]": {testkit.Missing().String()}})
		require.Equal(t, "incomplete", old["status"])
		b.charging(t, sub, "approve")
		b.MustWork(t)
		require.NotEqual(t, old["id"], requireOne(t, b, sub).ID, "requireOne wants one that lives")
		require.Equal(t, []int64{12900}, b.Stripe.Charged(t))
	})
}
