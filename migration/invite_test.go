package migration_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

func TestCreateInvitation(t *testing.T) {
	t.Parallel()
	b := setup(t)
	create := func(t *testing.T, by *queries.Staff, change ...func(*migration.InvitationDraft)) (*queries.Invitation, error) {
		t.Helper()
		d := b.Draft()
		for _, c := range change {
			c(&d)
		}
		saved, err := b.Rules.CreateInvitation(t.Context(), testkit.By(by), d)
		return saved.Invitation, err
	}

	t.Run("OK", func(t *testing.T) {
		t.Parallel()
		inv, err := create(t, b.Manager, testkit.Insured(b.Insurance))
		require.NoError(t, err)
		require.Equal(t, queries.InvitationStatusPending, inv.Status)
		require.Equal(t, b.Denver.ID, inv.LocationID)
		require.Equal(t, "USD", inv.Currency)
		require.Equal(t, 15, inv.AnchorDay)
		require.Equal(t, b.Manager.ID, inv.CreatedBy)
		require.True(t, inv.LinkExpiresAt.Equal(testkit.Start.Add(testkit.LinkLife)))
		require.Nil(t, inv.CardPriceOverrideMinor)
		require.Nil(t, inv.EmailSentAt)
		require.Equal(t, []string{"created"}, b.Told(t, queries.EventSubjectInvitation, inv.ID))
		require.Empty(t, b.Deliveries(t, inv.ID), "nobody is told")
		setup := b.Open(t, inv)
		require.Equal(t, "Tess Tenant", setup.Tenant.Name)
		require.Equal(t, "+13035550123", *setup.Tenant.Phone)
		require.EqualValues(t, 12900+1500, setup.Offer.Card().Total.Minor)
		require.EqualValues(t, 12500+1500, setup.Offer.Ach().Total.Minor)
	})

	t.Run("FollowsThePlansPricesWithoutAnOverride", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t)
		b.Exec(t, `UPDATE plans SET card_price_minor = 13900, ach_price_minor = NULL WHERE id = $1`, b.Studio.ID)
		require.EqualValues(t, 13900, b.Open(t, inv).Offer.Card().Total.Minor)
		require.Nil(t, b.Open(t, inv).Offer.Ach())
	})

	t.Run("KeepsItsOwnPrices", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, func(d *migration.InvitationDraft) {
			d.CardPrice, d.AchPrice = &migration.Price{Amount: "99.5", Currency: "usd"}, &migration.Price{Amount: "0", Currency: "USD"}
		})
		b.Exec(t, `UPDATE plans SET card_price_minor = 13900, ach_price_minor = NULL WHERE id = $1`, b.Studio.ID)
		require.EqualValues(t, 9950, b.Open(t, inv).Offer.Card().Total.Minor)
		require.Zero(t, b.Open(t, inv).Offer.Ach().Total.Minor, "free is a price too")
	})

	t.Run("KnownEmailIsTheSamePerson", func(t *testing.T) {
		t.Parallel()
		first, err := create(t, b.Manager, newTenant("Known@Home.test", "Kim Known"))
		require.NoError(t, err)
		second, err := create(t, b.Stranger, newTenant(" known@home.TEST ", "Somebody Else"), testkit.At(b.Loft))
		require.NoError(t, err)
		require.Equal(t, first.TenantID, second.TenantID)
		require.Equal(t, "Kim Known", b.Open(t, second).Tenant.Name, "the name on file stays")
		require.Equal(t, []string{"Boston Lofts Somebody Else"}, b.Strings(t, `SELECT concat_ws(' ', l.name, k.known_as) FROM tenant_locations k
			JOIN locations l ON l.id = k.location_id WHERE k.known_as IS NOT NULL AND k.tenant_id = $1`, first.TenantID), "who does not manage theirs sees what was typed")
	})

	t.Run("ExistingTenant", func(t *testing.T) {
		t.Parallel()
		first, err := create(t, b.Manager)
		require.NoError(t, err)
		second, err := create(t, b.Manager, testkit.For(first.TenantID), testkit.At(b.Wash))
		require.NoError(t, err)
		require.Equal(t, first.TenantID, second.TenantID)
	})

	t.Run("AnotherUnitIsAnotherOffer", func(t *testing.T) {
		t.Parallel()
		car := func(plate string) func(*migration.InvitationDraft) {
			return func(d *migration.InvitationDraft) { d.PlanID, d.Unit = b.Wash.ID, plate }
		}
		first, err := create(t, b.Manager, car(" ABC-123 "))
		require.NoError(t, err)
		require.Equal(t, "ABC-123", first.Unit)
		_, err = create(t, b.Manager, testkit.For(first.TenantID), car("XYZ-789"))
		require.NoError(t, err)
		_, err = create(t, b.Manager, testkit.For(first.TenantID), car("ABC-123"))
		requireRefused(t, err, "TAKEN planId")
	})

	t.Run("ErrTakenByAnOpenInvitation", func(t *testing.T) {
		t.Parallel()
		inv, err := create(t, b.Manager)
		require.NoError(t, err)
		_, err = create(t, b.Colleague, testkit.For(inv.TenantID))
		requireRefused(t, err, "TAKEN planId")
		b.Exec(t, `UPDATE invitations SET status = 'revoked', revoked_at = created_at WHERE id = $1`, inv.ID)
		_, err = create(t, b.Colleague, testkit.For(inv.TenantID))
		require.NoError(t, err, "a revoked one holds nothing")
	})

	t.Run("ErrTakenWhateverTheCase", func(t *testing.T) {
		t.Parallel()
		b := setup(t)
		inv := b.Invited(t, func(d *migration.InvitationDraft) { d.Unit = "abc-123" })
		d := b.Draft()
		d.TenantID, d.NewTenant, d.Unit = &inv.TenantID, nil, " ABC-123 "
		_, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Admin), d)
		requireRefused(t, err, "TAKEN planId")
	})

	t.Run("ErrTakenByAReservation", func(t *testing.T) {
		t.Parallel()
		sub := b.Claimed(t, testkit.Visa)
		_, err := create(t, b.Manager, testkit.For(sub.TenantID))
		requireRefused(t, err, "TAKEN planId")
		b.Exec(t, `UPDATE reservations SET ended_at = created_at WHERE id = $1`, sub.ReservationID)
		_, err = create(t, b.Manager, testkit.For(sub.TenantID))
		require.NoError(t, err, "an ended one holds nothing")
	})

	t.Run("ErrForeignIsLikeMissing", func(t *testing.T) {
		t.Parallel()
		theirs, err := create(t, b.Stranger, testkit.At(b.Loft))
		require.NoError(t, err)
		said := map[string]bool{}
		for _, id := range []uuid.UUID{theirs.TenantID, testkit.Missing(), uuid.Nil} {
			_, err := create(t, b.Manager, testkit.For(id))
			requireRefused(t, err, "NOT_FOUND tenantId")
			said[err.Error()] = true
		}
		for _, id := range []uuid.UUID{b.Loft.ID, testkit.Missing(), uuid.Nil} {
			_, err := create(t, b.Manager, func(d *migration.InvitationDraft) { d.PlanID = id })
			requireRefused(t, err, "NOT_FOUND planId")
			said[err.Error()] = true
		}
		require.Len(t, said, 2, "the same words for what is foreign and what is not there")
	})

	t.Run("ErrNobodyElseInvites", func(t *testing.T) {
		t.Parallel()
		for _, s := range []*queries.Staff{b.Stranger, b.Attendant, b.Gone} {
			_, err := create(t, s)
			requireRefused(t, err, "NOT_FOUND planId")
		}
		_, err := b.Rules.CreateInvitation(t.Context(), migration.SystemActor("job"), b.Draft())
		requireRefused(t, err, "NOT_FOUND planId")
		_, err = b.Rules.CreateInvitation(t.Context(), testkit.Browser, b.Draft())
		requireRefused(t, err, "NOT_FOUND planId")
	})
}

func newTenant(email, name string) func(*migration.InvitationDraft) {
	return func(d *migration.InvitationDraft) { d.NewTenant = &migration.NewTenant{Name: name, Email: email} }
}

func TestCreateInvitationRefuses(t *testing.T) {
	t.Parallel()
	b := setup(t)
	usd := func(amount string) *migration.Price { return &migration.Price{Amount: amount, Currency: "USD"} }
	draft := func(change func(*migration.InvitationDraft)) migration.InvitationDraft {
		d := b.Draft()
		change(&d)
		return d
	}
	cases := map[string]struct {
		change func(d *migration.InvitationDraft)
		want   []string
	}{
		"AnchorZero":       {func(d *migration.InvitationDraft) { d.AnchorDay = 0 }, []string{"INVALID anchorDay"}},
		"Anchor29":         {func(d *migration.InvitationDraft) { d.AnchorDay = 29 }, []string{"INVALID anchorDay"}},
		"AnchorHuge":       {func(d *migration.InvitationDraft) { d.AnchorDay = 1 << 40 }, []string{"INVALID anchorDay"}},
		"Hourly":           {func(d *migration.InvitationDraft) { d.PlanID = b.Hourly.ID }, []string{"INVALID planId"}},
		"Archived":         {func(d *migration.InvitationDraft) { d.PlanID = b.Archived.ID }, []string{"INVALID planId"}},
		"NobodyToInvite":   {func(d *migration.InvitationDraft) { d.NewTenant = nil }, []string{"REQUIRED tenantId"}},
		"TwoToInvite":      {func(d *migration.InvitationDraft) { d.TenantID = &b.Admin.ID }, []string{"REQUIRED tenantId"}},
		"NoName":           {func(d *migration.InvitationDraft) { d.NewTenant.Name = " \t" }, []string{"REQUIRED newTenant.name"}},
		"NameOfTwoLines":   {func(d *migration.InvitationDraft) { d.NewTenant.Name = "Tess\nBcc: all" }, []string{"INVALID newTenant.name"}},
		"NameWithNUL":      {func(d *migration.InvitationDraft) { d.NewTenant.Name = "Te\x00ss" }, []string{"INVALID newTenant.name"}},
		"NameNotUTF8":      {func(d *migration.InvitationDraft) { d.NewTenant.Name = "Te\xffss" }, []string{"INVALID newTenant.name"}},
		"LongName":         {func(d *migration.InvitationDraft) { d.NewTenant.Name = strings.Repeat("ä", 121) }, []string{"INVALID newTenant.name"}},
		"NoEmail":          {func(d *migration.InvitationDraft) { d.NewTenant.Email = "" }, []string{"INVALID newTenant.email"}},
		"NotAnEmail":       {func(d *migration.InvitationDraft) { d.NewTenant.Email = "Tess <t@home.test>" }, []string{"INVALID newTenant.email"}},
		"PhoneNoCountry":   {func(d *migration.InvitationDraft) { d.NewTenant.Phone = "303 555 0123" }, []string{"INVALID newTenant.phone"}},
		"LongUnit":         {func(d *migration.InvitationDraft) { d.Unit = strings.Repeat("x", 61) }, []string{"INVALID unit"}},
		"NameTurnedRound":  {func(d *migration.InvitationDraft) { d.NewTenant.Name = "Tess \u202eelpmaxe" }, []string{"INVALID newTenant.name"}},
		"EmailTurnedRound": {func(d *migration.InvitationDraft) { d.NewTenant.Email = "\u202etess@example.com" }, []string{"INVALID newTenant.email"}},
		"UnitWithNUL":      {func(d *migration.InvitationDraft) { d.Unit = "A\x001" }, []string{"INVALID unit"}},
		"NegativePrice":    {func(d *migration.InvitationDraft) { d.CardPrice = usd("-1") }, []string{"INVALID cardPrice.amount"}},
		"PriceNotAnAmount": {func(d *migration.InvitationDraft) { d.CardPrice = usd("1e3") }, []string{"INVALID cardPrice.amount"}},
		"PriceTooFine":     {func(d *migration.InvitationDraft) { d.CardPrice = usd("1.005") }, []string{"INVALID cardPrice.amount"}},
		"PriceTooHigh":     {func(d *migration.InvitationDraft) { d.AchPrice = usd("100000.01") }, []string{"INVALID achPrice.amount"}},
		"WrongCurrency":    {func(d *migration.InvitationDraft) { d.PlanID, d.CardPrice = b.Maple.ID, usd("99") }, []string{"INVALID cardPrice.currency"}},
		"AchInCAD": {func(d *migration.InvitationDraft) {
			d.PlanID, d.AchPrice = b.Maple.ID, &migration.Price{Amount: "99", Currency: "CAD"}
		},
			[]string{"INVALID achPrice"}},
		"InsuranceOfAnotherLocation": {testkit.Insured(b.BostonInsurance), []string{"NOT_FOUND insurancePlanId"}},
		"InsuranceInAnotherCurrency": {func(d *migration.InvitationDraft) { d.PlanID, d.InsurancePlanID = b.Maple.ID, &b.Insurance.ID }, []string{"NOT_FOUND insurancePlanId"}},
		"MissingInsurance":           {func(d *migration.InvitationDraft) { id := testkit.Missing(); d.InsurancePlanID = &id }, []string{"NOT_FOUND insurancePlanId"}},
		"EverythingAtOnce": {func(d *migration.InvitationDraft) {
			*d = migration.InvitationDraft{NewTenant: &migration.NewTenant{Name: "", Email: "x", Phone: "1"}, PlanID: b.Hourly.ID, Unit: "a\nb",
				CardPrice: usd("x"), AchPrice: &migration.Price{Amount: "1", Currency: "EUR"}, InsurancePlanID: &b.BostonInsurance.ID}
		}, []string{"INVALID anchorDay", "INVALID unit", "REQUIRED newTenant.name", "INVALID newTenant.email", "INVALID newTenant.phone", "INVALID planId",
			"INVALID cardPrice.amount", "INVALID achPrice.currency", "NOT_FOUND insurancePlanId"}},
	}
	t.Run("EachAndAll", func(t *testing.T) {
		for name, tt := range cases {
			t.Run("Err"+name, func(t *testing.T) {
				t.Parallel()
				_, err := b.Rules.CreateInvitation(t.Context(), testkit.By(b.Manager), draft(tt.change))
				requireRefused(t, err, tt.want...)
				_, err = b.Rules.PreviewInvitation(t.Context(), testkit.By(b.Manager), draft(tt.change))
				requireRefused(t, err, tt.want...)
			})
		}
	})
	require.Empty(t, b.Strings(t, `SELECT id::text FROM invitations UNION ALL SELECT id::text FROM tenants UNION ALL SELECT id::text FROM events`),
		"what is refused leaves nothing")
}

func TestPreviewInvitation(t *testing.T) {
	t.Parallel()
	b := setup(t)
	d := b.Draft()
	d.InsurancePlanID, d.Unit = &b.Insurance.ID, "seat 4"
	offer, err := b.Rules.PreviewInvitation(t.Context(), testkit.By(b.Manager), d)
	require.NoError(t, err)
	require.EqualValues(t, 14400, offer.Card().Total.Minor)
	require.Len(t, offer.Card().Lines, 2)
	require.Equal(t, "Studio 12 (seat 4)", offer.Card().Lines[0].Description)
	require.EqualValues(t, 14000, offer.Ach().Total.Minor)
	require.Zero(t, b.Count(t, `SELECT count(*) FROM invitations`)+b.Count(t, `SELECT count(*) FROM tenants`), "nothing is saved")
}
