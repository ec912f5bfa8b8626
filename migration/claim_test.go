package migration_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// claiming is an invitation and what its tenant is about to hand in.
func claiming(t *testing.T, b *bundle, change ...func(*migration.InvitationDraft)) (*queries.Invitation, migration.Acceptance) {
	t.Helper()
	inv := b.Invited(t, change...)
	return inv, b.Acceptance(t, inv, testkit.Visa)
}

func (b *bundle) submit(t *testing.T, inv *queries.Invitation, a migration.Acceptance) (*migration.Setup, error) {
	t.Helper()
	return b.Rules.SubmitSetup(t.Context(), testkit.Browser, b.Token(t, inv), a)
}

// requireNothingSubmitted wants a refusal to have left no trace.
func requireNothingSubmitted(t *testing.T, b *bundle, inv *queries.Invitation) {
	t.Helper()
	require.Empty(t, b.Strings(t, `SELECT id::text FROM submissions UNION ALL SELECT id::text FROM reservations UNION ALL SELECT submission_id::text FROM quote_lines`))
	require.Equal(t, queries.InvitationStatusPending, b.Invitation(t, inv.ID).Status)
	require.NotContains(t, b.Told(t, queries.EventSubjectInvitation, inv.ID), "claimed")
}

func TestSubmitSetup(t *testing.T) {
	t.Parallel()

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, a := claiming(t, b, testkit.Insured(b.Insurance))
		sub := b.Submit(t, inv, a)
		require.Equal(t, queries.SubmissionStatusReadyForApproval, sub.Status)
		require.Equal(t, "Visa ending 4242", sub.MethodLabel)
		require.EqualValues(t, 14400, sub.MonthlyTotalMinor)
		claimed := b.Invitation(t, inv.ID)
		require.Equal(t, queries.InvitationStatusClaimed, claimed.Status)
		require.Equal(t, sub.ReservationID, *claimed.ReservationID)
		lines, err := b.Q.QuoteLineListBySubmission(t.Context(), b.DB.Pool, sub.ID)
		require.NoError(t, err)
		require.Len(t, lines, 2)
		require.Equal(t, int64(12900), lines[0].AmountMinor)
		require.Equal(t, int64(1500), lines[1].AmountMinor)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM tenants WHERE activated_at IS NOT NULL`))
		require.Equal(t, []string{"activated"}, b.Told(t, queries.EventSubjectTenant, inv.TenantID))
		require.Empty(t, b.Stripe.Charged(t))
		require.Empty(t, b.Stripe.Books().Subscriptions)
		b.RequireStories(t)
	})

	t.Run("AgainItAnswersTheSame", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, a := claiming(t, b)
		first := b.Submit(t, inv, a)
		require.Equal(t, first.ID, b.Submit(t, inv, a).ID)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM submissions`))
		require.Equal(t, []string{"submitted"}, b.Told(t, queries.EventSubjectSubmission, first.ID))
	})

	t.Run("TwoTabsWithOneIntentMakeOneAndBothAreFine", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 10 {
			inv, a := claiming(t, b)
			tab := func() error { _, err := b.submit(t, inv, a); return err }
			require.Equal(t, []error{nil, nil, nil}, atOnce(tab, tab, tab))
		}
		require.Equal(t, 10, b.Count(t, `SELECT count(*) FROM submissions`))
		require.Equal(t, 10, b.Count(t, `SELECT count(*) FROM reservations`))
		b.RequireStories(t)
	})

	t.Run("TwoDevicesWithTheirOwnIntentsOneWins", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		for range 10 {
			inv, card := claiming(t, b)
			other := b.Acceptance(t, inv, testkit.Visa)
			require.NotEqual(t, card.SetupIntentID, other.SetupIntentID)
			errs := atOnce(func() error { _, err := b.submit(t, inv, card); return err },
				func() error { _, err := b.submit(t, inv, other); return err })
			lost := errs[0]
			if lost == nil {
				lost = errs[1]
			} else {
				require.NoError(t, errs[1], "one of the two submits")
			}
			requireRefused(t, lost, "LINK_CLOSED token")
		}
		require.Equal(t, 10, b.Count(t, `SELECT count(*) FROM submissions`))
		b.RequireStories(t)
	})

	t.Run("ErrQuoteChanged", func(t *testing.T) {
		t.Parallel()
		for name, change := range map[string]string{
			"CardPrice": `UPDATE plans SET card_price_minor = 13900`,
			"AchPrice":  `UPDATE plans SET ach_price_minor = 13900 WHERE currency = 'USD'`,
			"Insurance": `UPDATE insurance_plans SET price_minor = 1600`,
			"AnchorDay": `UPDATE invitations SET anchor_day = 16`,
			"Override":  `UPDATE invitations SET card_price_override_minor = 12800`,
			"Unit":      `UPDATE invitations SET unit = 'B'`,
			"PlanName":  `UPDATE plans SET name = 'Another ' || name`,
			"Cover":     `UPDATE insurance_plans SET name = 'Another ' || name`,
			"Location":  `UPDATE locations SET name = 'Another ' || name`,
			"Terms": `INSERT INTO terms_versions SELECT gen_random_uuid(), location_id, language, 2, 'new', sha256('new'::bytea), created_at
				FROM terms_versions WHERE language = 'en'`,
		} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				b := setup(t)
				inv, a := claiming(t, b, testkit.Insured(b.Insurance))
				b.Exec(t, change)
				now, err := b.submit(t, inv, a)
				requireRefused(t, err, "QUOTE_CHANGED digest")
				require.NotNil(t, now, "the answer holds the offer as it is now")
				require.NotEqual(t, a.Digest, now.Digest())
				requireNothingSubmitted(t, b, inv)
				a.Digest = now.Digest()
				require.NotNil(t, b.Submit(t, inv, a), "the new one can be accepted")
			})
		}
		t.Run("ReadInAnotherLanguage", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			inv, a := claiming(t, b)
			a.Language = queries.MessageLanguageEs
			_, err := b.submit(t, inv, a)
			requireRefused(t, err, "QUOTE_CHANGED digest")
			requireNothingSubmitted(t, b, inv)
		})
		t.Run("Forged", func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			inv, a := claiming(t, b)
			for _, digest := range []string{"", "x", a.Digest + "0", "\x00"} {
				a.Digest = digest
				_, err := b.submit(t, inv, a)
				requireRefused(t, err, "QUOTE_CHANGED digest")
			}
			requireNothingSubmitted(t, b, inv)
		})
	})

	t.Run("ErrAnotherTenantsIntent", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, a := claiming(t, b)
		_, theirs := claiming(t, b)
		a.SetupIntentID = theirs.SetupIntentID
		_, err := b.submit(t, inv, a)
		requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
		requireNothingSubmitted(t, b, inv)
	})

	t.Run("ErrIntentOfAnotherCustomerThatNamesThisInvitation", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, a := claiming(t, b)
		other := b.Stripe.Ask(t, "POST", "/v1/customers", url.Values{"name": {"Mallory"}})["id"].(string)
		forged := b.Stripe.Ask(t, "POST", "/v1/setup_intents", url.Values{"customer": {other}, "payment_method_types[]": {"card"},
			"metadata[carryover_invitation_id]": {inv.ID.String()}})
		a.SetupIntentID = b.Stripe.Confirm(t, forged["client_secret"].(string), testkit.Visa)
		_, err := b.submit(t, inv, a)
		requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
		requireNothingSubmitted(t, b, inv)
	})

	t.Run("ErrOwnIntentOfAnotherInvitation", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, a := claiming(t, b)
		other, theirs := claiming(t, b, testkit.For(inv.TenantID), testkit.At(b.Wash))
		a.SetupIntentID = theirs.SetupIntentID
		_, err := b.submit(t, inv, a)
		requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
		b.Submit(t, other, theirs)
		_, err = b.submit(t, inv, a)
		requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
	})

	t.Run("ErrIntentNotConfirmed", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		digest := b.Open(t, inv).Digest()
		started, err := b.Rules.StartSetup(t.Context(), testkit.Browser, b.Token(t, inv), queries.PaymentMethodTypeCard)
		require.NoError(t, err)
		for _, id := range []string{started.ClientSecret[:len("seti_")+24], "seti_nobody", "", "pm_card_visa", started.ClientSecret} {
			_, err := b.submit(t, inv, migration.Acceptance{SetupIntentID: id, Digest: digest, AcceptTerms: true,
				Language: queries.MessageLanguageEn, Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess"}})
			requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
		}
		requireNothingSubmitted(t, b, inv)
	})

	t.Run("ErrIntentIsNoText", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, a := claiming(t, b)
		for _, id := range []string{"seti_\x00", "seti_\xff", "seti_a\nb"} {
			a.SetupIntentID = id
			_, err := b.submit(t, inv, a)
			requireRefused(t, err, "INVALID setupIntentId")
		}
	})

	t.Run("ErrNothingStarted", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, a := claiming(t, b)
		inv := b.Invited(t)
		a.Digest = b.Open(t, inv).Digest()
		_, err := b.submit(t, inv, a)
		requireRefused(t, err, "PAYMENT_METHOD_UNUSABLE setupIntentId")
	})

	t.Run("ErrPlanWithdrawnMeanwhile", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv, a := claiming(t, b)
		b.Exec(t, `UPDATE plans SET archived_at = created_at WHERE id = $1`, b.Studio.ID)
		_, err := b.submit(t, inv, a)
		requireRefused(t, err, "LINK_CLOSED token")
		requireNothingSubmitted(t, b, inv)
	})
}
