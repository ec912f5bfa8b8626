package migration_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

var signedLease = &migration.PhoneConsent{GivenAt: testkit.Start.Add(-time.Hour), Source: "Lease of 2024-05-01"}

// mend is an edit of a tenant by the manager.
func (b *bundle) mend(t *testing.T, tenant uuid.UUID, change migration.TenantEdit) (migration.SavedTenant, error) {
	t.Helper()
	change.ID = tenant
	return b.Rules.UpdateTenant(t.Context(), testkit.By(b.Manager), change)
}

func (b *bundle) tenant(t *testing.T, id uuid.UUID) *queries.Tenant {
	t.Helper()
	row, err := b.Q.TenantGet(t.Context(), b.DB.Pool, id)
	require.NoError(t, err)
	return row
}

// typedInBoston is somebody of Denver's whom Boston invited by email, with a number of its own.
func typedInBoston(t *testing.T, b *bundle) *queries.Invitation {
	t.Helper()
	b.Invited(t, newTenant("kim@home.test", "Kim Known"), withPhone("+1 303 555 0100"))
	d := b.Draft()
	d.PlanID, d.NewTenant = b.Loft.ID, &migration.NewTenant{Name: "Typed in Boston", Email: "kim@home.test", Phone: kimsNo, Consent: signedLease}
	saved, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Stranger), d)
	require.NoError(t, err)
	return saved.Invitation
}

func TestPhoneConsent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	consented := func(c *migration.PhoneConsent) func(*migration.InvitationDraft) {
		return func(d *migration.InvitationDraft) { d.NewTenant.Consent = c }
	}

	t.Run("IsKeptWithTheNumber", func(t *testing.T) {
		t.Parallel()
		tenant := b.tenant(t, b.Invited(t, consented(signedLease)).TenantID)
		require.True(t, tenant.PhoneConsentAt.Equal(signedLease.GivenAt))
		require.Equal(t, signedLease.Source, *tenant.PhoneConsentSource)
	})

	t.Run("AFirstOneForTheNumberOnFileIsNotThrownAway", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, newTenant("kim@home.test", "Kim"), withPhone(kimsNo))
		another := b.Invited(t, newTenant("kim@home.test", "Kim"), withPhone("+1 303 555 0100"), consented(signedLease), testkit.At(b.Wash))
		require.Equal(t, inv.TenantID, another.TenantID)
		require.Nil(t, b.tenant(t, inv.TenantID).PhoneConsentAt, "it was given for another number")
		b.Invited(t, newTenant("kim@home.test", "Kim"), withPhone(kimsNo), consented(signedLease), testkit.At(b.Maple))
		require.Equal(t, signedLease.Source, *b.tenant(t, inv.TenantID).PhoneConsentSource)
		require.Equal(t, []string{"updated"}, b.Told(t, queries.EventSubjectTenant, inv.TenantID))
	})

	for name, tt := range map[string]struct {
		phone   string
		consent migration.PhoneConsent
		want    []string
	}{
		"WithoutANumber": {" ", *signedLease, []string{"REQUIRED newTenant.phone"}},
		"InTheFuture":    {kimsNo, migration.PhoneConsent{GivenAt: testkit.Start.Add(1), Source: "x"}, []string{"INVALID newTenant.phoneConsent.givenAt"}},
		"BeforeTexts":    {kimsNo, migration.PhoneConsent{Source: "x"}, []string{"INVALID newTenant.phoneConsent.givenAt"}},
		"FromNowhere":    {kimsNo, migration.PhoneConsent{GivenAt: testkit.Start, Source: " "}, []string{"REQUIRED newTenant.phoneConsent.source"}},
		"LongSource":     {kimsNo, migration.PhoneConsent{GivenAt: testkit.Start, Source: strings.Repeat("ä", 121)}, []string{"INVALID newTenant.phoneConsent.source"}},
		"SourceWithNUL":  {kimsNo, migration.PhoneConsent{GivenAt: testkit.Start, Source: "a\x00"}, []string{"INVALID newTenant.phoneConsent.source"}},
	} {
		t.Run("Err"+name, func(t *testing.T) {
			t.Parallel()
			d := b.Draft()
			d.NewTenant.Phone, d.NewTenant.Consent = tt.phone, &tt.consent
			_, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Manager), d)
			requireRefused(t, err, tt.want...)
		})
	}
}

func TestUpdateTenant(t *testing.T) {
	t.Parallel()
	es := queries.MessageLanguageEs

	t.Run("ChangesWhatIsGiven", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.Invited(t).TenantID
		saved, err := b.mend(t, id, migration.TenantEdit{Name: ptr(" Tessa Tenant "), Language: &es})
		require.NoError(t, err)
		require.Equal(t, "Tessa Tenant", saved.Name)
		require.Equal(t, "+13035550123", *saved.Phone, "what is left out stays")
		require.Equal(t, es, *saved.Language)
		again, err := b.mend(t, id, migration.TenantEdit{Name: ptr("Tessa Tenant")})
		require.NoError(t, err)
		require.Equal(t, saved.Tenant, again.Tenant)
		require.Equal(t, []string{"updated"}, b.Told(t, queries.EventSubjectTenant, id), "what changes nothing is not told")
	})

	t.Run("TheListsCopiesFollow", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		closed := b.Claimed(t, testkit.Visa, testkit.Insured(b.Insurance))
		b.Invited(t, testkit.For(closed.TenantID), testkit.At(b.Wash))
		b.Exec(t, `UPDATE plans SET card_price_minor = 1, ach_price_minor = 1 WHERE currency = 'USD'`)
		b.Exec(t, `UPDATE insurance_plans SET price_minor = 1`)
		_, err := b.mend(t, closed.TenantID, migration.TenantEdit{Name: ptr("Ärmel Straße"), Phone: ptr("")})
		require.NoError(t, err)
		require.Equal(t, []string{"claimed armel strasse f 12900 12500 1500", "pending armel strasse f 1 1 -1"}, b.Strings(t,
			`SELECT concat_ws(' ', status, tenant_key, has_phone, card_key, ach_key, insurance_key) FROM invitations ORDER BY status DESC`),
			"a closed one keeps its prices")
	})

	t.Run("AMissingEmailIsGivenAtAnyTime", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		phone := testkit.NewPhone()
		inv := b.Invited(t, testkit.WithPhone(phone))
		b.QueueText(t, inv, phone)
		b.Exec(t, `UPDATE tenants SET email = NULL WHERE id = $1`, inv.TenantID)
		b.MustWork(t)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM telling_deliveries WHERE tenant_id = $1`, inv.TenantID), "somebody was told")
		saved, err := b.mend(t, inv.TenantID, migration.TenantEdit{Email: ptr("kim@home.test")})
		require.NoError(t, err)
		require.Equal(t, "kim@home.test", *saved.Email)
		_, err = b.mend(t, inv.TenantID, migration.TenantEdit{Email: ptr("other@home.test")})
		requireRefused(t, err, "WRONG_STATE email")
	})

	t.Run("ErrTheTenantSignsInWithTheEmail", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		_, err := b.mend(t, b.Claimed(t, testkit.Visa).TenantID, migration.TenantEdit{Email: ptr("other@home.test")})
		requireRefused(t, err, "WRONG_STATE email")
		require.ErrorContains(t, err, "as a correction")
	})

	t.Run("ConsentIsTheNumbers", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.Invited(t).TenantID
		saved, err := b.mend(t, id, migration.TenantEdit{Phone: ptr("+1 303 555 0123"), Consent: signedLease})
		require.NoError(t, err)
		require.True(t, saved.PhoneConsentAt.Equal(signedLease.GivenAt))
		saved, err = b.mend(t, id, migration.TenantEdit{Phone: ptr("+13035550123")})
		require.NoError(t, err)
		require.Equal(t, signedLease.Source, *saved.PhoneConsentSource, "the same number given again keeps it")
		saved, err = b.mend(t, id, migration.TenantEdit{Phone: ptr(kimsNo)})
		require.NoError(t, err)
		require.Nil(t, saved.PhoneConsentAt)
		require.Nil(t, saved.PhoneConsentSource)
		require.Equal(t, []string{"+13035550123 Lease of 2024-05-01"}, b.Strings(t, `SELECT concat_ws(' ', detail->'consentBefore'->>'phone', detail->'consentBefore'->>'source')
			FROM events WHERE subject_kind = 'tenant' AND detail ? 'consentBefore'`), "what texts may have gone out by stays on record")
		_, err = b.mend(t, id, migration.TenantEdit{Phone: ptr(""), Consent: signedLease})
		requireRefused(t, err, "REQUIRED phone")
		_, err = b.mend(t, id, migration.TenantEdit{Consent: signedLease})
		requireRefused(t, err, "REQUIRED phone")
		saved, err = b.mend(t, id, migration.TenantEdit{Phone: ptr(" ")})
		require.NoError(t, err)
		require.Nil(t, saved.Phone)
	})

	t.Run("EmailUntilTheTenantWasWrittenTo", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		saved, err := b.mend(t, inv.TenantID, migration.TenantEdit{Email: ptr(" Right@Home.test")})
		require.NoError(t, err)
		require.Equal(t, "right@home.test", *saved.Email)
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM invitations WHERE search_text LIKE '%right@home.test%'`))
		b.Send(t, inv)
		b.MustWork(t)
		_, err = b.mend(t, inv.TenantID, migration.TenantEdit{Email: ptr("late@home.test"), Name: ptr("Not Either")})
		requireRefused(t, err, "WRONG_STATE email")
		require.Equal(t, "Tess Tenant", b.tenant(t, inv.TenantID).Name, "then nothing was changed")
		_, err = b.mend(t, inv.TenantID, migration.TenantEdit{Email: ptr("right@home.test"), Name: ptr("But Now")})
		require.NoError(t, err, "the same address is no change")
		sub := b.Claimed(t, testkit.Visa)
		_, err = b.mend(t, sub.TenantID, migration.TenantEdit{Email: ptr("late@home.test")})
		requireRefused(t, err, "WRONG_STATE email")
	})

	t.Run("EmailWhereAllMessagesWereWithdrawn", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, withdrawnDelivery)
		_, err := b.mend(t, inv.TenantID, migration.TenantEdit{Email: ptr("right@home.test")})
		require.NoError(t, err)
	})

	t.Run("ErrTakenDoesNotTellWhose", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Invited(t, newTenant("here@home.test", "Hank Here"))
		b.Invited(t, newTenant("there@home.test", "Theo There"), testkit.At(b.Loft))
		id, said := b.Invited(t).TenantID, map[string]bool{}
		for _, email := range []string{"here@home.test", "There@home.test"} {
			_, err := b.mend(t, id, migration.TenantEdit{Email: &email})
			requireRefused(t, err, "TAKEN email")
			said[err.Error()] = true
		}
		require.Len(t, said, 1)
	})

	t.Run("OnlyWhatWasTypedOfAnotherLocationsTenant", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := typedInBoston(t, b)
		record := b.tenant(t, inv.TenantID)
		boston := func(e migration.TenantEdit) error {
			e.ID = inv.TenantID
			_, err := b.Rules.UpdateTenant(t.Context(), testkit.By(b.Stranger), e)
			return err
		}
		row := func() string {
			return b.Strings(t, `SELECT concat_ws(' ', known_as, known_phone, known_phone_consent_source) FROM tenant_locations WHERE known_as IS NOT NULL`)[0]
		}
		copies := func() string {
			return b.Strings(t, `SELECT concat_ws(' ', tenant_key, has_phone) FROM invitations WHERE id = $1`, inv.ID)[0]
		}
		require.Equal(t, "Typed in Boston +16175550199 Lease of 2024-05-01", row())
		require.Equal(t, "typed in boston t", copies())
		require.NoError(t, boston(migration.TenantEdit{Name: ptr("Kimberly")}))
		require.Equal(t, "Kimberly +16175550199 Lease of 2024-05-01", row())
		require.NoError(t, boston(migration.TenantEdit{Phone: ptr("+16175550188")}))
		require.Equal(t, "Kimberly +16175550188", row())
		require.NoError(t, boston(migration.TenantEdit{Phone: ptr(""), Email: ptr("kim@home.test")}))
		require.Equal(t, "Kimberly", row())
		require.Equal(t, "kimberly f", copies())
		requireRefused(t, boston(migration.TenantEdit{Email: ptr("else@home.test"), Language: &es}), "WRONG_STATE email", "WRONG_STATE language")
		require.Equal(t, record, b.tenant(t, inv.TenantID))
		require.Equal(t, 1, b.Count(t, `SELECT count(*) FROM invitations WHERE tenant_key = 'kim known'`), "Denver's copy is the record's")
	})

	t.Run("UntilTheTenantSubmitsThere", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := typedInBoston(t, b)
		b.Submit(t, inv, b.Acceptance(t, inv, testkit.Visa))
		require.Zero(t, b.Count(t, `SELECT count(*) FROM tenant_locations WHERE num_nonnulls(known_as, known_phone, known_phone_consent_at, known_phone_consent_source) > 0`))
		require.Equal(t, []string{"kim known 15000", "kim known 12900"}, b.Strings(t, `SELECT concat_ws(' ', tenant_key, card_key) FROM invitations ORDER BY card_key DESC`))
	})

	t.Run("NewsOfTheNumber", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		b.Invited(t, newTenant("ann@home.test", "Ann"), withPhone(kimsNo))
		id := b.Invited(t).TenantID
		saved, err := b.mend(t, id, migration.TenantEdit{Phone: ptr(kimsNo)})
		require.NoError(t, err)
		require.Equal(t, []string{"PHONE_IN_USE phone: This is also the number of Ann." + once}, words(saved.Warnings))
		saved, err = b.mend(t, id, migration.TenantEdit{Name: ptr("Tess")})
		require.NoError(t, err)
		require.Empty(t, saved.Warnings)
	})

	t.Run("ErrEverythingAtOnce", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id := b.Invited(t).TenantID
		_, err := b.mend(t, id, migration.TenantEdit{Name: ptr("\x00"), Email: ptr(""), Phone: ptr("303"), Consent: &migration.PhoneConsent{GivenAt: testkit.Start.Add(1)}})
		requireRefused(t, err, "INVALID name", "INVALID email", "INVALID phone", "INVALID phoneConsent.givenAt", "REQUIRED phoneConsent.source")
		_, err = b.mend(t, id, migration.TenantEdit{Name: ptr(strings.Repeat("ä", 121)), Email: ptr("a\xff@b.c"), Phone: ptr("+1\x00")})
		requireRefused(t, err, "INVALID name", "INVALID email", "INVALID phone")
		_, err = b.mend(t, id, migration.TenantEdit{Name: ptr(" ")})
		requireRefused(t, err, "REQUIRED name")
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		id, said := b.Invited(t, testkit.At(b.Loft)).TenantID, map[string]bool{}
		for _, one := range []uuid.UUID{id, testkit.Missing(), uuid.Nil} {
			_, err := b.mend(t, one, migration.TenantEdit{Name: ptr("\x00")})
			requireRefused(t, err, "NOT_FOUND id")
			said[err.Error()] = true
		}
		require.Len(t, said, 1)
		for _, by := range []migration.Actor{testkit.By(b.Attendant), testkit.By(b.Gone), testkit.Browser} {
			_, err := b.Rules.UpdateTenant(t.Context(), by, migration.TenantEdit{ID: id, Name: ptr("x")})
			requireRefused(t, err, "NOT_FOUND id")
		}
	})
}

func TestTwoMendOneTenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.Invited(t).TenantID
	numbers := []string{"+16175550101", "+16175550102"}
	for round := range 15 {
		mend := func(by *queries.Staff, e migration.TenantEdit) func() error {
			e.ID = id
			return func() error { _, err := b.Rules.UpdateTenant(t.Context(), testkit.By(by), e); return err }
		}
		consents := []func() error{}
		for i, by := range []*queries.Staff{b.Manager, b.Colleague} {
			e := migration.TenantEdit{Phone: &numbers[i], Consent: &migration.PhoneConsent{GivenAt: testkit.Start, Source: "of " + numbers[i]}}
			if round%3 == i {
				e.Consent = nil
			}
			consents = append(consents, mend(by, e))
		}
		require.Equal(t, []error{nil, nil, nil}, atOnce(append(consents, mend(b.Admin, migration.TenantEdit{Name: ptr("Tess " + numbers[round%2])}))...))
		now := b.tenant(t, id)
		require.Equal(t, "Tess "+numbers[round%2], now.Name, "who gave another field took nothing from it")
		require.Contains(t, numbers, *now.Phone)
		if now.PhoneConsentSource != nil {
			require.Equal(t, "of "+*now.Phone, *now.PhoneConsentSource)
		}
	}
}

func TestMendWhileInvited(t *testing.T) {
	t.Parallel()
	b := setup(t)
	id := b.Invited(t).TenantID
	for round := range 10 {
		name := "Name " + string(rune('A'+round))
		d := b.Draft()
		d.NewTenant, d.TenantID, d.PlanID, d.Unit = nil, &id, b.Wash.ID, name
		require.Equal(t, []error{nil, nil}, atOnce(
			func() error { _, err := b.mend(t, id, migration.TenantEdit{Name: &name}); return err },
			func() error { _, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Colleague), d); return err }))
		require.Equal(t, []string{strings.ToLower(name)}, b.Strings(t, `SELECT DISTINCT tenant_key FROM invitations`))
	}
}

func TestMendTheEmailWhileItIsSent(t *testing.T) {
	t.Parallel()
	b := setup(t)
	for range 8 {
		inv := b.Invited(t)
		email := "new-" + inv.ID.String() + "@home.test"
		errs := atOnce(
			func() error { _, err := b.mend(t, inv.TenantID, migration.TenantEdit{Email: &email}); return err },
			func() error { b.Send(t, inv); return nil })
		require.NoError(t, errs[1])
		if errs[0] != nil {
			requireRefused(t, errs[0], "WRONG_STATE email")
		}
		b.MustWork(t)
		if d := b.Deliveries(t, inv.ID)[0]; d.Status != queries.DeliveryStatusCanceled {
			require.Equal(t, *b.tenant(t, inv.TenantID).Email, d.Address, "nobody is written to at an address that was put right")
		}
	}
}
