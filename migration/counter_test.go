package migration_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// counter is Denver's, with an old list whose one plan becomes one here. Bo's next bill there is tomorrow, Di's was a week ago, Flo's list says
// no billing day beside a short month's last day, and Gil is paused with a discount for good.
type counter struct{ *bundle }

const counterList = "Customer ID,Full Name,E-Mail,Mobile,License Plate,Plan,Monthly Price,Discount,Next Billing Date,Billing Day,Status\n" +
	"1,Ana Ramos,ana@old.test,(303) 555-0123,8ABC123,Unlimited,$39.00,,04/15/2026,15,Active\n" +
	"2,Bo Chen,bo@old.test,,7XYZ999,Unlimited,$24.50,,03/11/2026,11,Active\n" +
	"4,Di Over,di@old.test,,5OLD222,Unlimited,$24.50,,03/02/2026,2,Active\n" +
	"6,Flo End,flo@old.test,,6END444,Unlimited,$24.50,,02/28/2026,,Active\n" +
	"7,Gil Rest,gil@old.test,,7PAU555,Unlimited,$30.00,$5.00,04/30/2026,31,Paused\n"

func atCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{setup(t)}
	by := testkit.By(c.Manager)
	file, err := c.Rules.Upload(t.Context(), by, "people.csv", strings.NewReader(counterList), migration.UploadBounds{File: 1 << 20})
	require.NoError(t, err)
	_, err = c.Rules.ImportLegacyMemberships(t.Context(), by, migration.ImportRequest{LocationID: c.Denver.ID, UploadID: file.ID, Source: "Rocket", ClientKey: "k"})
	require.NoError(t, err)
	c.MustWork(t)
	source := uuid.MustParse(c.Strings(t, `SELECT id::text FROM legacy_sources`)[0])
	_, err = c.Rules.MapLegacyPlan(t.Context(), by, migration.LegacyPlanMapping{SourceID: source, PlanName: "Unlimited", PlanID: &c.Wash.ID})
	require.NoError(t, err)
	return c
}

func (c *counter) by() migration.Actor { return testkit.By(c.Attendant) }

func (c *counter) open(t *testing.T, plate string) uuid.UUID {
	t.Helper()
	session, err := c.Rules.OpenSession(t.Context(), c.by(), migration.Visit{LocationID: c.Denver.ID, Plate: plate})
	require.NoError(t, err)
	return session.ID
}

func (c *counter) candidate(t *testing.T, plate string) *migration.Candidate {
	t.Helper()
	found, err := c.candidates(t, migration.LegacyQuery{Plate: plate})
	require.NoError(t, err)
	require.Len(t, found, 1)
	return found[0]
}

// match begins a session's migration, up to where the customer said "That's Me".
func (c *counter) match(t *testing.T, session uuid.UUID, plate string) {
	t.Helper()
	_, err := c.Rules.StartCounterMigration(t.Context(), c.by(), session)
	require.NoError(t, err)
	_, err = c.Rules.ConfirmLegacyMatch(t.Context(), c.by(), session, c.candidate(t, plate).LegacyMembership.ID, nil)
	require.NoError(t, err)
}

func (c *counter) toContact(t *testing.T, plate string) uuid.UUID {
	t.Helper()
	session := c.open(t, plate)
	c.match(t, session, plate)
	return session
}

// toCheckout puts a card on file.
func (c *counter) toCheckout(t *testing.T, plate string) uuid.UUID {
	t.Helper()
	return c.toCheckoutAs(t, plate, "")
}

// toCheckoutAs puts a card on file of whoever has an address: "": the list's.
func (c *counter) toCheckoutAs(t *testing.T, plate, email string) uuid.UUID {
	t.Helper()
	session := c.toContact(t, plate)
	if email != "" {
		c.enter(t, session, email, nil)
	}
	_, err := c.Rules.ConfirmContact(t.Context(), c.by(), session, c.now(t, session).Email)
	require.NoError(t, err)
	c.typeCard(t, session)
	return session
}

func (c *counter) toTermsAs(t *testing.T, plate, email string) uuid.UUID {
	t.Helper()
	session := c.toCheckoutAs(t, plate, email)
	require.NoError(t, c.checkout(t, session, ""))
	return session
}

func (c *counter) typeCard(t *testing.T, session uuid.UUID) {
	t.Helper()
	_, started, err := c.Rules.StartCardSetup(t.Context(), c.by(), session, migration.CardTyped, nil)
	require.NoError(t, err)
	c.Stripe.Confirm(t, started.ClientSecret, testkit.Visa)
	_, err = c.Rules.CheckCardSetup(t.Context(), c.by(), session)
	require.NoError(t, err)
}

func (c *counter) checkout(t *testing.T, session uuid.UUID, next string) error {
	t.Helper()
	req := migration.CheckoutRequest{SessionID: session, Language: queries.MessageLanguageEn}
	if next != "" {
		date, err := migration.ParseDate(next)
		require.NoError(t, err)
		req.NextBillingOn = &date
	}
	_, err := c.Rules.Checkout(t.Context(), c.by(), req)
	return err
}

// agree signs what is shown.
func (c *counter) agree(t *testing.T, session uuid.UUID) {
	t.Helper()
	shown, err := c.Rules.AgreementOf(t.Context(), c.DB.Pool, c.now(t, session))
	require.NoError(t, err)
	_, err = c.Rules.AgreeToTerms(t.Context(), c.by(), migration.Agreement{SessionID: session, Digest: shown.Digest,
		Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Ana Ramos"}})
	require.NoError(t, err)
}

// now is the session's migration as it stands.
func (c *counter) now(t *testing.T, session uuid.UUID) *queries.CounterMigration {
	t.Helper()
	shown, err := c.Q.CounterMigrationListShown(t.Context(), c.DB.Pool, []uuid.UUID{session})
	require.NoError(t, err)
	require.Len(t, shown, 1)
	return shown[0]
}

func (c *counter) offer(t *testing.T, session uuid.UUID) *migration.CounterOffer {
	t.Helper()
	offer, err := c.Rules.CounterOfferOf(t.Context(), c.DB.Pool, c.now(t, session))
	require.NoError(t, err)
	return offer
}

func (c *counter) text(t *testing.T, session uuid.UUID, phone string) error {
	t.Helper()
	_, err := c.Rules.RequestEmailByText(t.Context(), c.by(), session, phone)
	if err == nil {
		c.MustWork(t)
	}
	return err
}

func (c *counter) discard(t *testing.T, session uuid.UUID) {
	t.Helper()
	_, err := c.Rules.DiscardCounterMigration(t.Context(), c.by(), session)
	require.NoError(t, err)
}

func (c *counter) enter(t *testing.T, session uuid.UUID, email string, phone *string) {
	t.Helper()
	_, err := c.Rules.EnterEmail(t.Context(), c.by(), session, email, phone)
	require.NoError(t, err)
}

func TestCounterTexts(t *testing.T) {
	t.Parallel()

	t.Run("AreFewOverASessionsDiscards", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toContact(t, "8ABC123")
		for _, phone := range []string{"3035550101", "3035550102", "3035550103"} {
			require.NoError(t, c.text(t, session, phone))
			c.discard(t, session)
			c.match(t, session, "8ABC123")
		}
		requireRefused(t, c.text(t, session, "3035550104"), "WRONG_STATE phone")
		require.Len(t, c.Twilio.Messages(), 3)
	})

	t.Run("AreFewToANumberOverSessions", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		for range 3 {
			session := c.toContact(t, "8ABC123")
			require.NoError(t, c.text(t, session, "3035550101"))
			_, err := c.Rules.CloseSession(t.Context(), c.by(), migration.Closing{SessionID: session})
			require.NoError(t, err)
			c.Clock.Move(time.Hour)
		}
		session := c.toContact(t, "8ABC123")
		requireRefused(t, c.text(t, session, "3035550101"), "WRONG_STATE phone")
		require.Len(t, c.Twilio.Texts("+13035550101"), 3)
		c.Clock.Move(24 * time.Hour)
		require.NoError(t, c.text(t, session, "3035550101"))
	})

	t.Run("AreNotRepeatedToANumberThatHasOne", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toContact(t, "8ABC123")
		require.NoError(t, c.text(t, session, "3035550101"))
		other := "3035550102"
		c.enter(t, session, "ana@new.test", &other)
		require.NoError(t, c.text(t, session, "3035550101"))
		c.discard(t, session)
		c.match(t, session, "8ABC123")
		require.NoError(t, c.text(t, session, "3035550101"))
		contact, err := c.Rules.ContactOf(t.Context(), c.DB.Pool, c.now(t, session))
		require.NoError(t, err)
		require.Equal(t, migration.CounterTextWaiting, contact.Text.State)
		require.Len(t, c.Twilio.Messages(), 1)
		require.NoError(t, c.Rules.HearReply(t.Context(), migration.IntegrationActor("twilio"), migration.IncomingText{
			ProviderID: "SM" + ids.New().String(), From: "+13035550101", To: "+15551110000", Body: "ana@answer.test"}))
		require.Equal(t, "ana@answer.test", c.now(t, session).Email, "the answer to the first text counts")
	})
}

func TestAnAttendantTextsSoManyNumbers(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	// text opens a session of its own for each number, as whoever wants to reach strangers would.
	text := func(by migration.Actor, i int) error {
		session, err := c.Rules.OpenSession(t.Context(), by, migration.Visit{LocationID: c.Denver.ID})
		require.NoError(t, err)
		c.match(t, session.ID, "8ABC123")
		_, err = c.Rules.RequestEmailByText(t.Context(), by, session.ID, fmt.Sprintf("30355501%02d", i))
		_, closing := c.Rules.CloseSession(t.Context(), by, migration.Closing{SessionID: session.ID})
		require.NoError(t, closing)
		return err
	}
	texts := func() int { return c.Count(t, `SELECT count(*) FROM deliveries WHERE purpose = 'email_request'`) }
	for i := range 30 {
		require.NoError(t, text(c.by(), i))
	}
	c.Clock.Move(20 * time.Minute)
	err := text(c.by(), 30)
	requireRefused(t, err, "RATE_LIMITED phone")
	require.ErrorContains(t, err, "You have begun 30 texts within an hour, which is as many as one person may. Type the address instead, or text again in 40 minutes.")
	refusals, _ := migration.RefusalsIn(err)
	require.Equal(t, 2400, *refusals[0].RetryAfter)
	require.Equal(t, 30, texts())

	require.NoError(t, text(testkit.By(c.Manager), 31), "another one has texted nobody")
	session := c.toContact(t, "7XYZ999")
	requireRefused(t, c.text(t, session, "3035550101"), "RATE_LIMITED phone")
	require.Zero(t, c.now(t, session).Texts, "what was refused is no text of the session's")
	c.enter(t, session, "bo@new.test", nil)
	c.Clock.Move(40 * time.Minute)
	require.NoError(t, c.text(t, session, "3035550132"))
	require.Equal(t, 32, texts())
}

func TestEnterEmail(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	session := c.toContact(t, "8ABC123")
	require.Equal(t, "+13035550123", c.now(t, session).Phone)
	c.enter(t, session, "ana@new.test", nil)
	require.Equal(t, "+13035550123", c.now(t, session).Phone, "it is as it was")
	none := " "
	c.enter(t, session, "ana@new.test", &none)
	require.Empty(t, c.now(t, session).Phone, "the list's is nobody's")
	_, err := c.Rules.ConfirmContact(t.Context(), c.by(), session, "ana@new.test")
	require.NoError(t, err)
	require.Equal(t, queries.CounterStepCard, c.now(t, session).Step)
	require.Equal(t, 1, c.Count(t, `SELECT count(*) FROM tenants WHERE email = 'ana@new.test' AND phone IS NULL`))
}

func TestEnterEmailBesideACard(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	c.agree(t, c.toTermsAs(t, "8ABC123", "ana@new.test"))
	session := c.toCheckoutAs(t, "7XYZ999", "ana@new.test")
	c.Exec(t, `UPDATE reservations SET unit = '7XYZ999'`) // as if the same were theirs already
	err := c.checkout(t, session, "")
	requireRefused(t, err, "TAKEN sessionId")
	require.ErrorContains(t, err, "The account of ana@new.test has the same membership here already.", "it says which address to ask about")
	_, err = c.Rules.CancelCardSetup(t.Context(), c.by(), session)
	require.NoError(t, err)
	c.enter(t, session, "bo@new.test", nil)
	require.Equal(t, queries.CounterStepContact, c.now(t, session).Step, "with another address the account is confirmed anew")
	_, err = c.Rules.ConfirmContact(t.Context(), c.by(), session, "bo@new.test")
	require.NoError(t, err)
	c.typeCard(t, session)
	require.NoError(t, c.checkout(t, session, ""))
}

func TestCheckoutDate(t *testing.T) {
	t.Parallel()

	t.Run("IsTheListsWhereThatIsAhead", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toCheckout(t, "8ABC123")
		requireRefused(t, c.checkout(t, session, "2026-05-15"), "INVALID nextBillingOn")
		requireRefused(t, c.checkout(t, session, "2026-03-15"), "INVALID nextBillingOn")
		require.NoError(t, c.checkout(t, session, "2026-04-15"), "it is what the list says")
		require.Equal(t, "2026-04-15", c.offer(t, session).FirstChargeOn.String())
	})

	t.Run("IsTheScreensWhereTheListsIsOverAndIsTold", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toCheckout(t, "5OLD222")
		requireRefused(t, c.checkout(t, session, ""), "REQUIRED nextBillingOn")
		requireRefused(t, c.checkout(t, session, "2026-03-10"), "INVALID nextBillingOn")
		requireRefused(t, c.checkout(t, session, "2026-02-02"), "INVALID nextBillingOn")
		require.Contains(t, c.offer(t, session).Problem, "March 2, 2026", "what was refused is not kept")
		require.NoError(t, c.checkout(t, session, "2026-04-02"))
		require.Equal(t, []string{`{"nextBillingOn": "2026-04-02"}`}, c.Strings(t, `SELECT detail::text FROM events WHERE action = 'checked_out'`))
	})

	t.Run("KeepsTheDayOfAListWithoutABillingDay", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.Exec(t, `UPDATE legacy_memberships SET billing_day = NULL WHERE name = 'Di Over'`)
		session := c.toCheckout(t, "5OLD222")
		requireRefused(t, c.checkout(t, session, "2026-04-20"), "INVALID nextBillingOn")
		require.NoError(t, c.checkout(t, session, "2026-04-02"))
	})

	t.Run("ShowsTheDayBehindAShortMonthsLast", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toCheckout(t, "6END444")
		require.NoError(t, c.checkout(t, session, "2026-03-31"))
		require.Equal(t, 31, c.offer(t, session).BillingDay())
	})

	t.Run("TellsTheOldDayWhereTheFirstMonthIsTooShortForIt", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toCheckout(t, "7PAU555")
		offer := c.offer(t, session)
		require.Equal(t, "2026-04-30", offer.FirstChargeOn.String())
		require.Equal(t, 31, offer.OldBillingDay())
		require.Equal(t, 30, offer.BillingDay())
	})
}

func TestCounterWarnsOfABillTomorrow(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	later := c.toCheckout(t, "8ABC123")
	require.Empty(t, c.offer(t, later).Warning)
	session := c.toCheckout(t, "7XYZ999")
	require.Contains(t, c.offer(t, session).Warning, "bills on March 11, 2026 as well")
	require.NoError(t, c.checkout(t, session, ""))
	c.agree(t, session)
	outcome, err := c.Rules.OutcomeOf(t.Context(), c.DB.Pool, c.now(t, session))
	require.NoError(t, err)
	require.Contains(t, outcome.Warning, "Cancel the membership there today")
	c.MustWork(t)
	require.Equal(t, 1, c.Count(t, `SELECT count(*) FROM deliveries WHERE purpose = 'staff_notice' AND content->>'billing' LIKE '%Cancel the membership there today%'`))
	c.Exec(t, `UPDATE legacy_memberships SET state = 'cancelled', cancelled_there_at = '2026-03-10' WHERE name = 'Bo Chen'`)
	outcome, err = c.Rules.OutcomeOf(t.Context(), c.DB.Pool, c.now(t, session))
	require.NoError(t, err)
	require.Empty(t, outcome.Warning)
}

func TestCandidate(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	paused := c.candidate(t, "7PAU555")
	require.Equal(t, migration.CandidateMigratable, paused.Standing())
	require.Equal(t, queries.LegacyStatePaused, paused.State())
	require.Contains(t, paused.WayOn(), "paused in the old system")
	require.Equal(t, int64(2500), paused.CarriedPrice().Minor)
	require.Empty(t, c.candidate(t, "8ABC123").WayOn())
	c.Exec(t, `UPDATE legacy_plans SET plan_id = NULL, mapped_at = NULL`)
	require.Contains(t, c.candidate(t, "7PAU555").WayOn(), "Choose the one that it becomes. It is paused")
}

func TestMatchLegacyByThePhonesOfACountry(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		zone, currency, phone string
		said                  []string
	}{
		"Madrid": {"Europe/Madrid", "EUR", "+34612345678", []string{"612 345 678", "+34 612 345 678", "0034612345678", "34612345678"}},
		"London": {"Europe/London", "GBP", "+447700900123", []string{"07700 900123", "7700900123", "+44 7700 900123"}},
		"Denver": {"America/Denver", "USD", "+447700900123", []string{"447700900123", "+44 7700 900123"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := setup(t)
			there, err := b.Q.LocationUpsert(t.Context(), b.DB.Pool, queries.LocationUpsertParams{ID: ids.New(), Slug: "there", Name: "There",
				TimeZone: tt.zone, Currency: tt.currency, Language: queries.MessageLanguageEn, SenderName: "There", Now: testkit.Start})
			require.NoError(t, err)
			b.onList(t, there, "Ana Ramos", "", "", "", "", tt.phone)
			for _, said := range tt.said {
				found, err := b.Rules.CandidatesOf(t.Context(), b.DB.Pool, &queries.Session{ID: ids.New(), LocationID: there.ID}, migration.LegacyQuery{Phone: said})
				require.NoError(t, err)
				require.Len(t, found, 1, said)
				require.Equal(t, []string{"phone"}, found[0].By)
			}
		})
	}
}

func TestForgottenSessions(t *testing.T) {
	t.Parallel()
	forget := func(t *testing.T, c *counter) {
		t.Helper()
		require.NoError(t, c.Rules.CloseForgottenSessions(t.Context(), migration.SystemActor("job")))
	}
	stages := func(t *testing.T, c *counter) []string {
		t.Helper()
		return c.Strings(t, `SELECT stage::text FROM sessions ORDER BY id`)
	}

	t.Run("NotWhileSomebodyWorksOnThem", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.open(t, "8ABC123")
		c.Clock.Move(11*time.Hour + 59*time.Minute)
		require.Equal(t, session, c.toContact(t, "8ABC123"), "the car that came in the morning is there again")
		c.Clock.Move(11 * time.Hour)
		c.enter(t, session, "ana@new.test", nil)
		c.Clock.Move(11 * time.Hour)
		forget(t, c)
		require.Equal(t, []string{"migrating"}, stages(t, c))
		c.Clock.Move(2 * time.Hour)
		forget(t, c)
		require.Equal(t, []string{"closed"}, stages(t, c))
	})

	t.Run("NotWhoseCarIsReadAgain", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.open(t, "8ABC123")
		c.Clock.Move(11 * time.Hour)
		require.Equal(t, session, c.open(t, "8abc 123"))
		c.Clock.Move(11 * time.Hour)
		forget(t, c)
		require.Equal(t, []string{"pre_gate"}, stages(t, c))
		c.Clock.Move(2 * time.Hour)
		forget(t, c)
		require.Equal(t, []string{"closed"}, stages(t, c))
	})

	t.Run("OneThatFailsIsInNoOthersWay", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.open(t, "STUCK")
		c.open(t, "8ABC123")
		_, err := c.DB.Owner.Exec(t.Context(), `CREATE FUNCTION refuse_stuck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'stuck'; END $$;
			CREATE TRIGGER refuse_stuck BEFORE UPDATE ON sessions FOR EACH ROW WHEN (NEW.plate = 'STUCK') EXECUTE FUNCTION refuse_stuck()`)
		require.NoError(t, err)
		c.Clock.Move(13 * time.Hour)
		forget(t, c)
		require.Equal(t, []string{"pre_gate", "closed"}, stages(t, c))
		require.Contains(t, c.Log.Text(), "a forgotten session cannot be closed")
	})
}

func TestTheLanguageOfTheTermsIsTheSessions(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	session := c.toTermsAs(t, "8ABC123", "ana@new.test")
	language := func(asked queries.MessageLanguage) queries.MessageLanguage {
		_, err := c.Rules.Checkout(t.Context(), c.by(), migration.CheckoutRequest{SessionID: session, Language: asked})
		require.NoError(t, err)
		shown, err := c.Rules.AgreementOf(t.Context(), c.DB.Pool, c.now(t, session))
		require.NoError(t, err)
		return shown.Language
	}
	require.Equal(t, queries.MessageLanguageEn, language(""))
	require.Equal(t, queries.MessageLanguageEs, language(queries.MessageLanguageEs), "also where the location has no terms in it")
	_, err := c.Rules.CancelCardSetup(t.Context(), c.by(), session)
	require.NoError(t, err)
	c.typeCard(t, session)
	require.Equal(t, queries.MessageLanguageEs, language(""), "another card changes nothing of it")
}
