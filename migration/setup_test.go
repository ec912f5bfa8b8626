package migration_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

func TestOpenSetup(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, testkit.Insured(b.Insurance))
		s := b.Open(t, inv)
		require.Equal(t, migration.SetupStateOpen, s.State)
		require.Equal(t, "Studio 12", s.Offer.Card().Lines[0].Description)
		require.EqualValues(t, 14400, s.Offer.Card().Total.Minor)
		require.EqualValues(t, 14000, s.Offer.Ach().Total.Minor)
		require.Contains(t, s.Terms.Body, "You pay each month at Denver")
		require.Len(t, s.Starts, 2)
		require.Equal(t, "2026-03-15", s.Starts[0].Schedule.NextChargeOn.String())
		require.EqualValues(t, 14400, s.Starts[0].DueToday.Minor)
		require.Zero(t, s.Starts[1].DueToday.Minor)
		require.Empty(t, s.ReopenedReason)
	})

	t.Run("TheFirstLookIsNotedOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Open(t, inv)
		first := b.Invitation(t, inv.ID).OpenedAt
		require.NotNil(t, first)
		b.Clock.Move(testkit.LinkLife / 4)
		look := func() error {
			_, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.MessageLanguageEn)
			return err
		}
		require.Equal(t, []error{nil, nil, nil}, atOnce(look, look, look))
		require.True(t, first.Equal(*b.Invitation(t, inv.ID).OpenedAt))
		require.Equal(t, []string{"created", "opened"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
	})

	t.Run("LookedAtFromManyTabsAtOnceItIsNotedOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		look := func() error {
			_, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.MessageLanguageEn)
			return err
		}
		require.Equal(t, []error{nil, nil, nil, nil}, atOnce(look, look, look, look))
		require.Equal(t, []string{"created", "opened"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
	})

	t.Run("InSpanishWhereThereAreTerms", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		s, err := b.Rules.OpenSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.MessageLanguageEs)
		require.NoError(t, err)
		require.Contains(t, s.Terms.Body, "Usted paga")
		require.NotEqual(t, b.Open(t, inv).Digest(), s.Digest(), "another text is another offer")
		elsewhere := b.Invited(t, testkit.At(b.Loft))
		s, err = b.Rules.OpenSetup(t.Context(), testkit.Browser, b.Token(t, elsewhere), queries.MessageLanguageEs)
		require.NoError(t, err)
		require.Equal(t, queries.MessageLanguageEn, s.Terms.Language)
	})

	t.Run("Expired", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Clock.Move(testkit.LinkLife - 1)
		require.Equal(t, migration.SetupStateOpen, b.Open(t, inv).State)
		b.Clock.Move(1)
		requireClosed(t, b, inv, migration.SetupStateExpired)
	})

	t.Run("Revoked", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at`)
		requireClosed(t, b, inv, migration.SetupStateRevoked)
	})

	t.Run("OfAnOlderLink", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, `UPDATE invitations SET link_version = 2`)
		requireClosed(t, b, inv, migration.SetupStateReplaced)
	})

	t.Run("OfAWithdrawnPlan", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, `UPDATE plans SET archived_at = created_at WHERE id = $1`, b.Studio.ID)
		requireClosed(t, b, inv, migration.SetupStateRevoked)
	})

	t.Run("OfWithdrawnInsurance", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, testkit.Insured(b.Insurance))
		b.Exec(t, `UPDATE insurance_plans SET archived_at = created_at WHERE id = $1`, b.Insurance.ID)
		requireClosed(t, b, inv, migration.SetupStateRevoked)
	})
}

// requireClosed wants a link to say why it does not open, and to open nothing.
func requireClosed(t *testing.T, b *bundle, inv *queries.Invitation, why migration.SetupState) {
	t.Helper()
	require.Equal(t, why, b.Open(t, inv).State)
	_, err := b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
	requireRefused(t, err, "LINK_CLOSED token")
	a := migration.Acceptance{SetupIntentID: "seti_x", AcceptTerms: true, Language: queries.MessageLanguageEn,
		Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess"}}
	_, err = b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), a)
	requireRefused(t, err, "LINK_CLOSED token")
	require.Empty(t, b.Stripe.Books().Customers)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM submissions`))
}

func TestStartSetup(t *testing.T) {
	t.Parallel()
	start := func(t *testing.T, b *bundle, inv *queries.Invitation, method queries.PaymentMethodType) (*migration.StartedSetup, error) {
		t.Helper()
		return b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), method)
	}

	t.Run("AgainItIsTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		first, err := start(t, b, inv, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		require.Equal(t, testkit.StripePublishableKey, first.PublishableKey)
		again, err := start(t, b, inv, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		require.Equal(t, first, again)
		require.Len(t, b.Stripe.Books().Customers, 1)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM stripe_customers`))
		require.Equal(t, []string{"created", "opened", "started"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
		b.RequireStories(t)
	})

	t.Run("FromManyTabsAtOnceThereIsOneCustomerAndOneIntent", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		o, err := testkit.Parts{Pool: b.DB.Pool, StripeURL: b.Stripe.URL, ResendURL: b.Resend.URL, Clock: b.Clock.Now, Log: b.Log, Retries: 5}.Options()
		require.NoError(t, err)
		patient := migration.New(o)
		inv := b.Invited(t)
		var secrets [4]string
		tab := func(i int) func() error {
			return func() error {
				started, err := patient.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
				if err == nil {
					secrets[i] = started.ClientSecret
				}
				return err
			}
		}
		require.Equal(t, make([]error, 4), atOnce(tab(0), tab(1), tab(2), tab(3)))
		require.Equal(t, [4]string{secrets[0], secrets[0], secrets[0], secrets[0]}, secrets)
		require.Len(t, b.Stripe.Books().Customers, 1)
		require.Equal(t, []string{"created", "opened", "started"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
	})

	t.Run("TwoInvitationsOfOnePersonShareTheCustomer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		studio := b.Invited(t)
		wash := b.Invited(t, testkit.For(studio.TenantID), testkit.At(b.Wash))
		one, err := start(t, b, studio, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		two, err := start(t, b, wash, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		require.NotEqual(t, one.ClientSecret, two.ClientSecret)
		require.Len(t, b.Stripe.Books().Customers, 1)
	})

	t.Run("EachCurrencyHasItsCustomer", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		usd := b.Invited(t)
		cad := b.Invited(t, testkit.For(usd.TenantID), testkit.At(b.Maple))
		_, err := start(t, b, usd, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		_, err = start(t, b, cad, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		require.Len(t, b.Stripe.Books().Customers, 2)
	})

	t.Run("ACustomerWhoseRecordingWasLostIsFoundAgain", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Stripe.Order(stripefake.DropAfter, "/v1/customers", 1)
		_, err := start(t, b, inv, queries.PaymentMethodTypeCard)
		require.Error(t, err)
		b.Clock.Move(48 * 3600e9) // the key is forgotten
		_, err = start(t, b, inv, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		require.Len(t, b.Stripe.Books().Customers, 1)
	})

	t.Run("ACustomerWhoWasDeletedAtStripeIsMadeAnew", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		_, err := start(t, b, inv, queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		gone := b.Strings(t, `SELECT customer_id FROM stripe_customers`)[0]
		b.Stripe.Ask(t, "DELETE", "/v1/customers/"+gone, nil)
		tab := func() error { _, err := start(t, b, inv, queries.PaymentMethodTypeCard); return err }
		require.Equal(t, []error{nil, nil}, []error{tab(), tab()})
		require.NotEqual(t, gone, b.Strings(t, `SELECT customer_id FROM stripe_customers`)[0])
		sub := b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
		require.NotEqual(t, gone, sub.StripeCustomerID)
	})

	t.Run("ErrNoBankAccountsOutsideUSD", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := start(t, b, b.Invited(t, testkit.At(b.Maple)), queries.PaymentMethodTypeUsBankAccount)
		requireRefused(t, err, "INVALID method")
		_, err = start(t, b, b.Invited(t, testkit.At(b.Wash)), queries.PaymentMethodTypeUsBankAccount)
		requireRefused(t, err, "INVALID method")
		require.Empty(t, b.Stripe.Books().Customers)
	})
}
