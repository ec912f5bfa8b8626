package migration_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

const mastercard = "pm_card_mastercard"

// change hands in another method as the tenant of a submission.
func (b *bundle) change(t *testing.T, sub *queries.Submission, m migration.MethodChange) error {
	t.Helper()
	return b.Rules.ChangePaymentMethod(t.Context(), testkit.SignedIn(sub.TenantID), m)
}

// defaults are what Stripe charges a submission's subscription and customer to.
func (b *bundle) defaults(t *testing.T, sub *queries.Submission) (subscription, customer string) {
	t.Helper()
	id := b.Strings(t, `SELECT stripe_subscription_id FROM subscriptions WHERE reservation_id = $1 AND live`, sub.ReservationID)[0]
	s := b.Stripe.Ask(t, "GET", "/v1/subscriptions/"+id, nil)
	c := b.Stripe.Ask(t, "GET", "/v1/customers/"+sub.StripeCustomerID, nil)
	settings, _ := c["invoice_settings"].(map[string]any)
	subscription, _ = s["default_payment_method"].(string)
	customer, _ = settings["default_payment_method"].(string)
	return subscription, customer
}

// methodOf is the method that a SetupIntent saved.
func (b *bundle) methodOf(t *testing.T, intent string) string {
	t.Helper()
	i, err := b.Rules.Payments.SetupIntent(t.Context(), intent)
	require.NoError(t, err)
	return i.PaymentMethod.ID
}

// account is what the tenant of a submission sees, of its reservation.
func (b *bundle) account(t *testing.T, sub *queries.Submission) *migration.AccountReservation {
	t.Helper()
	a, err := b.Rules.Account(t.Context(), b.TenantOf(t, sub))
	require.NoError(t, err)
	for _, r := range a.Reservations {
		if r.Row.Reservation.ID == sub.ReservationID {
			return r
		}
	}
	require.FailNow(t, "the reservation is not in the account")
	return nil
}

func TestChangePaymentMethod(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		charged := b.Stripe.Charged(t)
		m := b.GivenMethod(t, sub, mastercard)
		require.NoError(t, b.change(t, sub, m))
		require.Equal(t, queries.MethodChangeStatePending, b.account(t, sub).Change.State)
		b.MustWork(t)
		inSubscription, inCustomer := b.defaults(t, sub)
		require.Equal(t, b.methodOf(t, m.SetupIntentID), inSubscription)
		require.Equal(t, inSubscription, inCustomer)
		require.Equal(t, charged, b.Stripe.Charged(t), "it charges nothing")
		r := b.account(t, sub)
		require.Equal(t, queries.MethodChangeStateDone, r.Change.State)
		require.Equal(t, "Mastercard ending 4444", r.MethodLabel)
		require.Equal(t, "Visa ending 4242", b.Submission(t, sub.ID).MethodLabel, "what was signed is kept")
		require.Equal(t, []string{"created", "method_change_asked", "method_changed"}, b.Told(t, queries.EventSubjectReservation, sub.ReservationID))
		last := b.Resend.Emails()[len(b.Resend.Emails())-1]
		require.Equal(t, "News about your account at Denver Studios", last.Subject)
		require.NotContains(t, last.Text, "4444", "whoever reads it may not be the tenant")
		b.RequireStories(t)
	})

	t.Run("TheNextChargeIsMadeWithIt", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.CurrentMonth)
		require.NoError(t, b.change(t, sub, b.GivenMethod(t, sub, mastercard)))
		b.MustWork(t)
		b.Clock.Move(6 * 24 * time.Hour)
		require.NoError(t, b.Stripe.Advance())
		charges := b.Stripe.Books().Charges
		require.Len(t, charges, 2)
		subscription, _ := b.defaults(t, sub)
		require.Equal(t, subscription, charges[0].PaymentMethod)
	})

	t.Run("AgainItIsTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		m := b.GivenMethod(t, sub, mastercard)
		again := func() error { return b.change(t, sub, m) }
		require.Equal(t, make([]error, 4), atOnce(again, again, again, again))
		b.MustWork(t)
		require.NoError(t, again())
		b.MustWork(t)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM method_changes`))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM deliveries WHERE says = 'method_changed'`))
	})

	t.Run("StartingAgainIsTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		first, err := b.Rules.StartMethodChange(t.Context(), testkit.SignedIn(sub.TenantID), sub.ReservationID, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		again, err := b.Rules.StartMethodChange(t.Context(), testkit.SignedIn(sub.TenantID), sub.ReservationID, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		require.Equal(t, first, again)
		require.Len(t, b.Stripe.Books().Customers, 1)
	})

	t.Run("OfTwoTheLaterOneStays", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		one := b.GivenMethod(t, sub, mastercard)
		require.NoError(t, b.change(t, sub, one))
		two := b.GivenMethod(t, sub, "pm_card_amex")
		require.NoError(t, b.change(t, sub, two))
		b.workAtOnce(t)
		b.MustWork(t)
		subscription, customer := b.defaults(t, sub)
		require.Equal(t, b.methodOf(t, two.SetupIntentID), subscription)
		require.Equal(t, subscription, customer)
		require.ElementsMatch(t, []string{"failed", "done"}, b.Strings(t, `SELECT state::text FROM method_changes`))
		require.Equal(t, "American Express ending 0005", b.account(t, sub).MethodLabel)
	})

	t.Run("StoppedAtAnyLineItEndsTheSame", func(t *testing.T) {
		t.Parallel()
		for _, step := range []string{"before_subscription_method", "after_subscription_method", "after_customer_method"} {
			t.Run(step, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				sub := b.Approved(t, migration.NextMonth)
				m := b.GivenMethod(t, sub, mastercard)
				require.NoError(t, b.change(t, sub, m))
				stopped := b.Service(t, func(o *migration.Options) {
					o.Step = func(name string) {
						if name == step {
							panic("stopped")
						}
					}
				})
				for _, job := range b.Waiting(t) {
					require.Panics(t, func() { _ = testkit.Run(t.Context(), stopped, job) })
				}
				b.MustWork(t)
				subscription, customer := b.defaults(t, sub)
				require.Equal(t, b.methodOf(t, m.SetupIntentID), subscription)
				require.Equal(t, subscription, customer)
				require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM deliveries WHERE says = 'method_changed'`))
			})
		}
	})

	t.Run("AnOlderJobThatComesLateDoesNotBringTheOldMethodBack", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		one := b.GivenMethod(t, sub, mastercard)
		require.NoError(t, b.change(t, sub, one))
		old := b.Waiting(t)[0]
		two := b.GivenMethod(t, sub, "pm_card_amex")
		late := b.Service(t, func(o *migration.Options) {
			said := false
			o.Step = func(name string) { // another method is given, and told, while the old one's call is under way
				if name == "before_subscription_method" && !said {
					said = true
					require.NoError(t, b.change(t, sub, two))
					b.MustWork(t)
				}
			}
		})
		require.NoError(t, testkit.Run(t.Context(), late, old))
		subscription, customer := b.defaults(t, sub)
		require.Equal(t, b.methodOf(t, two.SetupIntentID), subscription)
		require.Equal(t, subscription, customer)
	})

	t.Run("AnAnswerThatIsLostIsAskedForAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		m := b.GivenMethod(t, sub, mastercard)
		require.NoError(t, b.change(t, sub, m))
		b.Stripe.Order(stripefake.DropAfter, "/v1/subscriptions/", 1)
		require.Error(t, b.Work(t)[0].Err)
		require.Equal(t, queries.MethodChangeStatePending, b.account(t, sub).Change.State)
		b.MustWork(t)
		require.Equal(t, queries.MethodChangeStateDone, b.account(t, sub).Change.State)
	})

	t.Run("ASubscriptionThatEndedAtStripeFailsAndTellsTheTenant", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		require.NoError(t, b.change(t, sub, b.GivenMethod(t, sub, mastercard)))
		id := b.Strings(t, `SELECT stripe_subscription_id FROM subscriptions`)[0]
		b.Stripe.Ask(t, "DELETE", "/v1/subscriptions/"+id, nil)
		b.MustWork(t)
		c := b.account(t, sub).Change
		require.Equal(t, queries.MethodChangeStateFailed, c.State)
		require.Equal(t, "The payment method could not be used. Give it again, or another one.", c.StateReason, "and nothing of Stripe's own words")
		require.Equal(t, "Visa ending 4242", b.account(t, sub).MethodLabel)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM deliveries WHERE says = 'method_failed'`))
		b.RequireStories(t)
	})
}

func TestChangePaymentMethodOfABankAccount(t *testing.T) {
	t.Parallel()
	// changing is a tenant who pays from a bank account and is giving another one, by its numbers.
	changing := func(t *testing.T) (*bundle, *queries.Submission, migration.MethodChange, string) {
		t.Helper()
		b := setup(t)
		sub, secret := b.waiting(t)
		b.EnterCode(t, secret, "SM11AA")
		b.Clock.Move(6 * time.Minute)
		b.look(t)
		b.Decided(t, b.Submission(t, sub.ID), migration.NextMonth)
		b.MustWork(t)
		started, err := b.Rules.StartMethodChange(t.Context(), testkit.SignedIn(sub.TenantID), sub.ReservationID, queries.PaymentMethodTypeUsBankAccount)
		require.NoError(t, err)
		return b, sub, migration.MethodChange{ReservationID: sub.ReservationID, Language: queries.MessageLanguageEs, AcceptMandate: true,
			SetupIntentID: b.GiveBank(t, started.ClientSecret)}, started.ClientSecret
	}

	t.Run("ErrMandate", func(t *testing.T) {
		t.Parallel()
		b, sub, m, _ := changing(t)
		m.AcceptMandate = false
		requireRefused(t, b.change(t, sub, m), "REQUIRED acceptMandate")
	})

	t.Run("WaitsForTheCode", func(t *testing.T) {
		t.Parallel()
		b, sub, m, secret := changing(t)
		before, _ := b.defaults(t, sub)
		require.NoError(t, b.change(t, sub, m))
		job := b.Waiting(t)[0]
		requireLater(t, testkit.Run(t.Context(), b.Rules, job))
		now, _ := b.defaults(t, sub)
		require.Equal(t, before, now, "the account before is debited until then")
		page, err := b.Rules.MethodVerificationPage(t.Context(), b.account(t, sub).Change)
		require.NoError(t, err)
		require.NotEmpty(t, page)
		require.Contains(t, b.Strings(t, `SELECT mandate_text FROM method_changes`)[0], "Autorizo a Denver Studios")
		b.EnterCode(t, secret, "SM11AA")
		b.MustWork(t)
		now, _ = b.defaults(t, sub)
		require.Equal(t, b.methodOf(t, m.SetupIntentID), now)
		require.NotEmpty(t, b.Strings(t, `SELECT stripe_mandate_id FROM method_changes`)[0])
	})

	t.Run("IsGivenUpInTheEnd", func(t *testing.T) {
		t.Parallel()
		b, sub, m, _ := changing(t)
		require.NoError(t, b.change(t, sub, m))
		b.Clock.Move(13 * 24 * time.Hour)
		b.MustWork(t)
		require.Equal(t, queries.MethodChangeStateFailed, b.account(t, sub).Change.State)
		requireRefused(t, b.change(t, sub, m), "PAYMENT_METHOD_UNUSABLE setupIntentId")
	})
}

func TestChangePaymentMethodIsRefused(t *testing.T) {
	t.Parallel()
	start := func(b *bundle, t *testing.T, tenant, of *queries.Submission, method queries.PaymentMethodType) error {
		t.Helper()
		_, err := b.Rules.StartMethodChange(t.Context(), testkit.SignedIn(tenant.TenantID), of.ReservationID, method)
		return err
	}

	t.Run("ToAStranger", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		mine, theirs := b.Approved(t, migration.NextMonth), b.Approved(t, migration.NextMonth)
		requireRefused(t, start(b, t, mine, theirs, queries.PaymentMethodTypeCard), "NOT_FOUND reservationId")
		m := b.GivenMethod(t, mine, mastercard)
		requireRefused(t, b.Rules.ChangePaymentMethod(t.Context(), testkit.SignedIn(theirs.TenantID), m), "NOT_FOUND reservationId")
		m.ReservationID = theirs.ReservationID
		requireRefused(t, b.Rules.ChangePaymentMethod(t.Context(), testkit.SignedIn(theirs.TenantID), m), "PAYMENT_METHOD_UNUSABLE setupIntentId")
		requireRefused(t, b.Rules.ChangePaymentMethod(t.Context(), testkit.By(b.Admin), m), "NOT_FOUND reservationId")
		require.Zero(t, b.Count(t, `SELECT count(*) FROM method_changes`))
	})

	t.Run("WithWhatWasGivenForAnotherPurpose", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		inv := b.Invited(t, testkit.For(sub.TenantID), testkit.At(b.Wash))
		a := b.Acceptance(t, inv, testkit.Visa)
		m := migration.MethodChange{ReservationID: sub.ReservationID, SetupIntentID: a.SetupIntentID}
		requireRefused(t, b.change(t, sub, m), "PAYMENT_METHOD_UNUSABLE setupIntentId")
		m.SetupIntentID = sub.StripeSetupIntentID
		requireRefused(t, b.change(t, sub, m), "PAYMENT_METHOD_UNUSABLE setupIntentId")
		a.SetupIntentID = b.GivenMethod(t, sub, mastercard).SetupIntentID
		_, err := b.submit(t, inv, a)
		requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
	})

	t.Run("WithWhatIsNoIntentOrNotConfirmed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		started, err := b.Rules.StartMethodChange(t.Context(), testkit.SignedIn(sub.TenantID), sub.ReservationID, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		for _, id := range []string{"", "seti_nothing", "../customers", started.ClientSecret, started.ClientSecret[:len("seti_")+24]} {
			err := b.change(t, sub, migration.MethodChange{ReservationID: sub.ReservationID, SetupIntentID: id})
			requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
		}
	})

	t.Run("WithWhatWasRemovedAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		m := b.GivenMethod(t, sub, mastercard)
		b.Stripe.Ask(t, "POST", "/v1/payment_methods/"+b.methodOf(t, m.SetupIntentID)+"/detach", url.Values{})
		requireRefused(t, b.change(t, sub, m), "PAYMENT_METHOD_UNUSABLE setupIntentId")
	})

	t.Run("BeforeApprovalAndAfterAFailure", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		ready := b.Claimed(t, testkit.Visa)
		requireRefused(t, start(b, t, ready, ready, queries.PaymentMethodTypeCard), "WRONG_STATE reservationId")
		failed := b.Claimed(t, testkit.NoFunds)
		b.Decided(t, failed, migration.CurrentMonth)
		b.MustWork(t)
		requireRefused(t, start(b, t, failed, failed, queries.PaymentMethodTypeCard), "WRONG_STATE reservationId")
		r := b.account(t, failed)
		require.Equal(t, migration.AskedNewPaymentMethod, r.Asked)
		require.Contains(t, r.AskedLink, testkit.PublicURL+"/setup/", "and this is the way")
	})

	t.Run("WhereTheOtherWayHasAnotherPrice", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		requireRefused(t, start(b, t, sub, sub, queries.PaymentMethodTypeUsBankAccount), "INVALID method")
		require.Equal(t, []queries.PaymentMethodType{queries.PaymentMethodTypeCard}, b.account(t, sub).Methods)
		b.Exec(t, `UPDATE plans SET ach_price_minor = card_price_minor WHERE id = $1`, b.Studio.ID)
		require.Len(t, b.account(t, sub).Methods, 1, "what the plan costs today is not what the tenant was offered")
		sub = b.Approved(t, migration.NextMonth)
		require.NoError(t, start(b, t, sub, sub, queries.PaymentMethodTypeUsBankAccount), "for the same price both are fine")
		b.Exec(t, `UPDATE plans SET card_price_minor = card_price_minor + 100 WHERE id = $1`, b.Studio.ID)
		require.Len(t, b.account(t, sub).Methods, 2)
	})

	t.Run("OnceTheSubscriptionHasEnded", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		sub := b.Approved(t, migration.NextMonth)
		m := b.GivenMethod(t, sub, mastercard)
		b.Exec(t, `UPDATE subscriptions SET status = 'canceled'`)
		err := start(b, t, sub, sub, queries.PaymentMethodTypeCard)
		requireRefused(t, err, "WRONG_STATE reservationId")
		require.ErrorContains(t, err, "has ended")
		requireRefused(t, b.change(t, sub, m), "WRONG_STATE reservationId")
		require.Empty(t, b.account(t, sub).Methods)
	})
}
