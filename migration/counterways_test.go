package migration_test

import (
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/civil"
	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// visit opens a session as a gate's readers do.
func (c *counter) visit(t *testing.T, plate, rfid, key string) (*queries.Session, error) {
	t.Helper()
	return c.Rules.OpenSession(t.Context(), c.by(), migration.Visit{LocationID: c.Denver.ID, Plate: plate, RFID: rfid, Key: key})
}

func (c *counter) visited(t *testing.T, plate, rfid, key string) *queries.Session {
	t.Helper()
	session, err := c.visit(t, plate, rfid, key)
	require.NoError(t, err)
	return session
}

func (c *counter) contact(t *testing.T, session uuid.UUID) *migration.CounterContact {
	t.Helper()
	contact, err := c.Rules.ContactOf(t.Context(), c.DB.Pool, c.now(t, session))
	require.NoError(t, err)
	return contact
}

func (c *counter) answer(t *testing.T, body string) {
	t.Helper()
	require.NoError(t, c.Rules.HearReply(t.Context(), migration.IntegrationActor("twilio"), migration.IncomingText{
		ProviderID: "SM" + ids.New().String(), From: "+13035550101", To: "+15551110000", Body: body}))
}

func TestOneCarAtTwoGates(t *testing.T) {
	t.Parallel()

	t.Run("ByItsTagAndThenByTagAndPlate", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		first := c.visited(t, "", "E200 17", "")
		again := c.visited(t, "8abc123", "e20017", "")
		require.Equal(t, first.ID, again.ID)
		require.Equal(t, "8abc123", again.Plate, "what was not read before is filled in")
		require.Equal(t, first.ID, c.visited(t, "8ABC123", "", "").ID)
		require.Equal(t, first.ID, c.visited(t, "", "E20017", "").ID)
	})

	t.Run("ByItsPlateAndThenByPlateAndTag", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		first := c.visited(t, "8ABC123", "", "")
		require.Equal(t, first.ID, c.visited(t, "8ABC123", "E20017", "").ID)
		require.Equal(t, first.ID, c.visited(t, "", "E20017", "").ID, "the tag is known from then on")
		require.NotEqual(t, first.ID, c.visited(t, "7XYZ999", "E20017", "").ID, "another plate is another car")
	})

	t.Run("AtTheSameMoment", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				_, err := c.visit(t, []string{"", "8ABC123"}[i%2], "E20017", "")
				require.NoError(t, err)
			})
		}
		wg.Wait()
		require.Equal(t, 1, c.Count(t, `SELECT count(*) FROM sessions`))
	})
}

func TestAVisitsKeyIsOneCars(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	first := c.visited(t, "8ABC123", "E20017", "17")
	_, err := c.visit(t, "7XYZ999", "", "17")
	requireRefused(t, err, "KEY_REUSED visitKey")
	_, err = c.visit(t, "8ABC123", "E20018", "17")
	requireRefused(t, err, "KEY_REUSED visitKey")
	require.Equal(t, first.ID, c.visited(t, "8A8C123", "E20017", "17").ID, "a plate that was read otherwise is the same car's, by its tag")
	require.Equal(t, first.ID, c.visited(t, "8ABC123", "", "17").ID)
}

func TestAVisitsKeyIsOneGates(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	first := c.visited(t, "", "E20017", "17")
	c.Exec(t, `UPDATE sessions SET gate = 'Tags'`)
	_, err := c.visit(t, "8ABC123", "", "17")
	requireRefused(t, err, "KEY_REUSED visitKey")
	require.Equal(t, first.ID, c.visited(t, "8ABC123", "E20017", "17").ID, "by the tag it is the same car")
	require.Equal(t, first.ID, c.visited(t, "8ABC123", "", "17").ID, "and then by the plate")
}

func TestAGatesSessionIsForgottenSooner(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	unbegun, begun, back := c.open(t, "NOBUS1"), c.toContact(t, "8ABC123"), c.toContact(t, "7XYZ999")
	c.open(t, "ATDESK")
	c.Exec(t, `UPDATE sessions SET gate = 'Gate 2', visit_key = plate WHERE plate <> 'ATDESK'`)
	forget := func(after time.Duration) []string {
		c.Clock.Move(after)
		require.NoError(t, c.Rules.CloseForgottenSessions(t.Context(), migration.SystemActor("job")))
		return c.Strings(t, `SELECT plate || ' ' || closed_reason FROM sessions WHERE stage = 'closed' ORDER BY stage_changed_at, plate`)
	}
	require.Empty(t, forget(50*time.Minute))
	c.discard(t, back)
	require.Equal(t, []string{"NOBUS1 A gate read it, and nobody did anything with it for an hour."}, forget(15*time.Minute))
	require.Contains(t, forget(time.Hour), "7XYZ999 A gate read it, and nobody did anything with it for an hour.", "an hour after it was discarded")
	require.Len(t, forget(9*time.Hour), 2, "what somebody has begun with, or has opened, stays for twelve hours")
	require.Len(t, forget(3*time.Hour), 4)
	require.NotEqual(t, unbegun, begun)
}

func TestAnEndThatIsNotCarriedOverIsSaid(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	c.Exec(t, `UPDATE legacy_memberships SET ends_on = '2026-05-20' WHERE name = 'Ana Ramos'`)
	found := c.candidate(t, "8ABC123")
	require.Equal(t, migration.CandidateMigratable, found.Standing())
	require.Equal(t, "It ends there on May 20, 2026; here it goes on until somebody ends it. Tell the customer.", found.WayOn())
	require.Equal(t, found.WayOn(), c.offer(t, c.toCheckout(t, "8ABC123")).Warning)
}

func TestWhatWasBilledThereIsNotPaidTwice(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	c.Exec(t, `UPDATE legacy_memberships SET paid_through = '2026-05-14' WHERE name = 'Ana Ramos'`)
	session := c.toCheckout(t, "8ABC123")
	require.Equal(t, "The old system has already billed until May 15, 2026, and the first charge here pays from April 15, 2026 on. Ask a manager first.",
		c.offer(t, session).Warning)
	c.Exec(t, `UPDATE legacy_memberships SET paid_through = '2026-04-14' WHERE name = 'Ana Ramos'`)
	require.Empty(t, c.offer(t, session).Warning)
}

func TestCandidatesThatAreMoreThanIsShown(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	for range 22 {
		c.onList(t, c.Denver, "Jo Many", "", "", "", "", "")
	}
	found, err := c.candidates(t, migration.LegacyQuery{Name: "many"})
	require.NoError(t, err)
	require.Len(t, found, 21, "by one more than is shown it is known that there are more")
}

func TestWhatWaitsForAManagerAgain(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	session := c.toTermsAs(t, "8ABC123", "ana@new.test")
	c.agree(t, session)
	require.Contains(t, c.candidate(t, "8ABC123").WayOn(), "there is nothing to do")
	conn, err := c.DB.Owner.Acquire(t.Context())
	require.NoError(t, err)
	defer conn.Release()
	_, err = conn.Exec(t.Context(), `LISTEN carryover_batch`)
	require.NoError(t, err)
	c.Exec(t, `UPDATE submissions SET status = 'ready_for_approval'`)
	require.Contains(t, c.candidate(t, "8ABC123").WayOn(), "ask a manager to approve it")
	for heard := ""; heard != session.String(); {
		told, err := conn.Conn().WaitForNotification(t.Context())
		require.NoError(t, err)
		heard = told.Payload
	}
}

func TestAnAnswerBesideATypedAddress(t *testing.T) {
	t.Parallel()

	t.Run("IsKept", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toContact(t, "8ABC123")
		require.NoError(t, c.text(t, session, "3035550101"))
		c.enter(t, session, "anna@typed.test", nil)
		require.Equal(t, migration.CounterTextWaiting, c.contact(t, session).Text.State)
		c.answer(t, "its ana@answer.test")
		text := c.contact(t, session).Text
		require.Equal(t, "anna@typed.test", c.now(t, session).Email, "what was typed stays")
		require.Equal(t, migration.CounterTextAnswered, text.State)
		require.Equal(t, "ana@answer.test", text.Email)
		require.Empty(t, text.Reply)
		require.Equal(t, 0, c.Count(t, `SELECT count(*) FROM text_replies WHERE handled_at IS NULL`))
		require.NoError(t, c.text(t, session, "3035550101"))
		now := c.now(t, session)
		require.Equal(t, "ana@answer.test", now.Email, "texting again goes back to the answer")
		require.Equal(t, queries.EmailSourceText, *now.EmailSource)
		require.Len(t, c.Twilio.Messages(), 1)
	})

	t.Run("IsWaitedForAgain", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toContact(t, "8ABC123")
		require.NoError(t, c.text(t, session, "3035550101"))
		c.enter(t, session, "anna@typed.test", nil)
		require.NoError(t, c.text(t, session, "3035550101"))
		require.Empty(t, c.now(t, session).Email)
		c.answer(t, "ana@answer.test")
		require.Equal(t, "ana@answer.test", c.now(t, session).Email)
	})

	t.Run("IsStillAnAnswerOnceItWasCorrected", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toContact(t, "8ABC123")
		require.NoError(t, c.text(t, session, "3035550101"))
		c.answer(t, "ana@answr.test")
		c.enter(t, session, "ana@answer.test", nil)
		text := c.contact(t, session).Text
		require.Equal(t, migration.CounterTextAnswered, text.State)
		require.Equal(t, "ana@answr.test", text.Email)
	})

	t.Run("IsStaffsWithoutAnAddress", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		session := c.toContact(t, "8ABC123")
		require.NoError(t, c.text(t, session, "3035550101"))
		c.enter(t, session, "anna@typed.test", nil)
		c.answer(t, "thanks!")
		require.Equal(t, migration.CounterTextWaiting, c.contact(t, session).Text.State)
		require.Equal(t, 1, c.Count(t, `SELECT count(*) FROM text_replies WHERE handled_at IS NULL`))
	})
}

func TestAReceiptByText(t *testing.T) {
	t.Parallel()
	c := atCounter(t)
	session := c.toContact(t, "8ABC123")
	phone := "3035550101"
	c.enter(t, session, "ana@new.test", &phone)
	_, err := c.Rules.ConfirmContact(t.Context(), c.by(), session, "ana@new.test")
	require.NoError(t, err)
	c.typeCard(t, session)
	require.NoError(t, c.checkout(t, session, ""))
	require.True(t, c.contact(t, session).CanText)
	c.answer(t, "STOP")
	contact := c.contact(t, session)
	require.False(t, contact.CanText)
	require.Equal(t, "This number has asked for no more texts.", contact.WhyNoText)
	shown, err := c.Rules.AgreementOf(t.Context(), c.DB.Pool, c.now(t, session))
	require.NoError(t, err)
	agree := migration.Agreement{SessionID: session, Digest: shown.Digest, ByEmail: true, ByText: true,
		Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Ana Ramos"}}
	_, err = c.Rules.AgreeToTerms(t.Context(), c.by(), agree)
	requireRefused(t, err, "WRONG_STATE receipts")
	agree.ByText = false
	_, err = c.Rules.AgreeToTerms(t.Context(), c.by(), agree)
	require.NoError(t, err)
}

func TestACancellationThatIsStillAhead(t *testing.T) {
	t.Parallel()
	b := setup(t)
	const file = "Customer ID,Full Name,Plan,Monthly Price,Next Billing Date,Status,Cancelled On,Ends On\n" +
		"1,No Word,Unlimited,39.00,03/20/2026,,04/15/2026,\n" +
		"2,Says Active,Unlimited,39.00,03/20/2026,Active,04/15/2026,\n" +
		"3,Says Cancelled,Unlimited,39.00,,Cancelled,04/15/2026,\n" +
		"4,Bills Before,Unlimited,39.00,03/20/2026,Cancelled,04/15/2026,04/30/2026\n" +
		"5,Over Already,Unlimited,39.00,,,03/01/2026,\n"
	b.imported(t, file)
	is := func() []string {
		return b.list(t, `concat_ws(' ', name, state, ends_on, (cancelled_there_at AT TIME ZONE 'America/Denver')::date)`)
	}
	want := []string{"No Word active 2026-04-15", "Says Active active 2026-04-15", "Says Cancelled cancelled 2026-04-15 2026-03-10", "Bills Before active 2026-04-30",
		"Over Already cancelled 2026-03-01"}
	require.ElementsMatch(t, want, is())
	b.imported(t, file)
	require.ElementsMatch(t, want, is(), "a second file says the same")
	b.Clock.Set(time.Date(2026, 4, 16, 12, 0, 0, 0, time.UTC))
	b.imported(t, file)
	require.Contains(t, is(), "No Word cancelled 2026-04-15", "once the day has come it is cancelled")
}

func TestTheDayOfACancellationIsTheLocations(t *testing.T) {
	t.Parallel()
	b := setup(t)
	row := func(at *queries.Location) *queries.LegacyMembership {
		name := "Eve Late"
		l, err := b.Rules.SaveLegacyMembership(t.Context(), testkit.By(b.Manager), migration.LegacyDraft{LocationID: &at.ID, Name: &name})
		require.NoError(t, err)
		return l
	}
	for _, at := range []*queries.Location{b.Denver, b.Auckland} {
		zone, err := time.LoadLocation(at.TimeZone)
		require.NoError(t, err)
		today := civil.In(b.Clock.Now(), zone)
		yesterday := today.AddDays(-1)
		for _, on := range []*civil.Date{nil, &today, &yesterday} {
			want := today
			if on != nil {
				want = *on
			}
			got, err := b.Rules.RecordLegacyCancellation(t.Context(), testkit.By(b.Manager), migration.LegacyCancellation{ID: row(at).ID, CancelledOn: on, Evidence: "ticket 9"})
			require.NoError(t, err)
			require.Equal(t, want, civil.In(*got.CancelledThereAt, zone), at.Name)
			require.Equal(t, []string{want.String()}, b.Strings(t, `SELECT detail ->> 'cancelledOn' FROM events WHERE subject_id = $1 AND action = 'cancellation_recorded'`, got.ID))
		}
	}
}

func TestAVisitThatIsReadMoreOf(t *testing.T) {
	t.Parallel()
	found := func(t *testing.T, c *counter, session *queries.Session) []string {
		t.Helper()
		all, err := c.Rules.CandidatesOf(t.Context(), c.DB.Pool, session, migration.LegacyQuery{Plate: session.Plate, RFID: session.Rfid})
		require.NoError(t, err)
		names := []string{}
		for _, one := range all {
			names = append(names, one.LegacyMembership.Name)
		}
		return names
	}
	stages := func(t *testing.T, c *counter) []string {
		t.Helper()
		return c.Strings(t, `SELECT plate || ' ' || rfid || ' ' || stage FROM sessions ORDER BY id`)
	}

	t.Run("ByItsTagAndThenByItsPlateToo", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		first := c.visited(t, "", "E20017", "17")
		require.Empty(t, found(t, c, first))
		c.Clock.Move(time.Minute)
		again := c.visited(t, "8abc123", "E20017", "17")
		require.Equal(t, first.ID, again.ID)
		require.Equal(t, []string{"Ana Ramos"}, found(t, c, again))
		require.Equal(t, c.Clock.Now(), *again.ReadAgainAt, "whoever watches the list hears of it")
		require.Equal(t, again, c.visited(t, "8abc123", "", "17"), "what is told again changes nothing")
	})

	t.Run("ByItsPlateAndThenByItsTagToo", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.Exec(t, `UPDATE legacy_memberships SET keys = array_append(keys, 'r:E20017') WHERE name = 'Bo Chen'`)
		first := c.visited(t, "NEWCAR", "", "17")
		require.Equal(t, []string{"Bo Chen"}, found(t, c, c.visited(t, "NEWCAR", "E20017", "17")))
		require.Equal(t, first.ID, c.visited(t, "", "E20017", "18").ID, "the tag is known from then on")
	})

	t.Run("WhileTheMembershipIsLookedForAndNoLonger", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		looking, confirmed := c.visited(t, "", "E20017", "17"), c.visited(t, "", "E20018", "18")
		_, err := c.Rules.StartCounterMigration(t.Context(), c.by(), looking.ID)
		require.NoError(t, err)
		c.match(t, confirmed.ID, "7XYZ999")
		require.Equal(t, "8ABC123", c.visited(t, "8ABC123", "E20017", "17").Plate)
		require.Empty(t, c.visited(t, "7XYZ999", "E20018", "18").Plate)
		require.Empty(t, c.visited(t, "7XYZ999", "E20018", "19").Plate, "nor by another gate")
		require.Equal(t, []string{"8ABC123 E20017 migrating", " E20018 migrating"}, stages(t, c))
	})

	t.Run("WhatContradictsIsLeftOrRefused", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.visited(t, "8ABC123", "E20017", "17")
		require.Equal(t, "8ABC123", c.visited(t, "8A8C123", "E20017", "17").Plate, "a camera misreads")
		c.visited(t, "7XYZ999", "", "18")
		_, err := c.visit(t, "5OLD222", "E20018", "18")
		requireRefused(t, err, "KEY_REUSED visitKey")
		require.Equal(t, []string{"8ABC123 E20017 pre_gate", "7XYZ999  pre_gate"}, stages(t, c))
	})

	t.Run("GoesOnInPlaceOfAnotherGatesOfTheSameCar", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		tag, plate := c.visited(t, "", "E20017", "tag-1"), c.visited(t, "8ABC123", "", "camera-1")
		c.Exec(t, `UPDATE sessions SET gate = 'Gate'`)
		require.Equal(t, tag.ID, c.visited(t, "8ABC123", "E20017", "tag-1").ID)
		require.Equal(t, []string{"8ABC123 E20017 pre_gate", "8ABC123  closed"}, stages(t, c))
		again := c.visited(t, "8ABC123", "", "camera-1")
		require.Equal(t, plate.ID, again.ID, "its key goes on answering it")
		require.Equal(t, "It is the same car's as another session, which goes on.", again.ClosedReason)
	})

	t.Run("EndsWhereSomebodyHasBegunWithTheCar", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		tag := c.visited(t, "", "E20017", "tag-1")
		desk := c.toContact(t, "8ABC123")
		require.Equal(t, tag.ID, c.visited(t, "8ABC123", "E20017", "tag-1").ID)
		require.Equal(t, []string{" E20017 closed", "8ABC123  migrating"}, stages(t, c))
		require.Equal(t, desk, c.visited(t, "8ABC123", "E20017", "").ID)
	})

	t.Run("StaysBesideOneThatIsUnderWayWhereBothAre", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		tag := c.visited(t, "", "E20017", "tag-1")
		_, err := c.Rules.StartCounterMigration(t.Context(), c.by(), tag.ID)
		require.NoError(t, err)
		c.toContact(t, "8ABC123")
		require.Equal(t, tag.ID, c.visited(t, "8ABC123", "E20017", "tag-1").ID)
		require.Equal(t, []string{" E20017 migrating", "8ABC123  migrating"}, stages(t, c))
	})

	t.Run("AnotherTagIsAnotherCarWhateverTheCameraSays", func(t *testing.T) {
		t.Parallel()
		for name, begin := range map[string]func(c *counter, other *queries.Session){
			"Unbegun": func(*counter, *queries.Session) {},
			"Begun": func(c *counter, other *queries.Session) {
				_, err := c.Rules.StartCounterMigration(t.Context(), c.by(), other.ID)
				require.NoError(t, err)
			},
		} {
			t.Run(name, func(t *testing.T) {
				c := atCounter(t)
				other, own := c.visited(t, "8ABC123", "E20018", "1"), c.visited(t, "", "E20017", "2")
				begin(c, other)
				require.Equal(t, own.ID, c.visited(t, "8ABC123", "E20017", "2").ID)
				require.Equal(t, own.ID, c.visited(t, "8ABC123", "E20017", "3").ID, "nor under another key")
				fresh := c.visited(t, "8ABC123", "E20019", "4")
				require.NotContains(t, []uuid.UUID{other.ID, own.ID}, fresh.ID)
				require.Equal(t, fresh.ID, c.visited(t, "8ABC123", "E20019", "4").ID)
				now := stages(t, c)
				require.Len(t, now, 3)
				require.Equal(t, []string{" E20017 pre_gate", " E20019 pre_gate"}, now[1:], "the plate is the other car's")
				_, err := c.Rules.CloseSession(t.Context(), c.by(), migration.Closing{SessionID: other.ID})
				require.NoError(t, err)
				require.Equal(t, "8ABC123", c.visited(t, "8ABC123", "E20017", "2").Plate, "once that has gone")
			})
		}
	})

	t.Run("LeavesOneThatWasDiscardedToBeBegunAnew", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		desk := c.toContact(t, "8ABC123")
		c.discard(t, desk)
		c.visited(t, "", "E20017", "tag-1")
		c.visited(t, "8ABC123", "E20017", "tag-1")
		require.Equal(t, []string{"8ABC123 E20017 pre_gate", " E20017 closed"}, stages(t, c))
	})

	t.Run("KeepsThePlateOfTheVisitInPlaceOfAMisreadOne", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.visited(t, "8ABC123", "", "camera-1")
		desk := c.visited(t, "", "E20017", "")
		_, err := c.Rules.StartCounterMigration(t.Context(), c.by(), desk.ID)
		require.NoError(t, err)
		c.visited(t, "8A8C123", "", "camera-2")
		c.Exec(t, `UPDATE sessions SET rfid = 'E20017', rfid_key = 'E20017' WHERE visit_key = 'camera-1'`)
		c.visited(t, "8A8C123", "E20017", "camera-1")
		require.Equal(t, []string{"8ABC123 E20017 closed", "8ABC123 E20017 migrating", "8A8C123  pre_gate"}, stages(t, c))
	})

	t.Run("AtTheSameMomentFromTwoGates", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.visited(t, "", "E20017", "tag-1")
		c.visited(t, "8ABC123", "", "camera-1")
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				_, err := c.visit(t, "8ABC123", "E20017", []string{"tag-1", "camera-1"}[i%2])
				require.NoError(t, err)
			})
		}
		wg.Wait()
		require.Equal(t, 1, c.Count(t, `SELECT count(*) FROM sessions WHERE open`))
	})
}

func TestTwoSessionsOfOneMembership(t *testing.T) {
	t.Parallel()
	closed := func(t *testing.T, c *counter) []string {
		t.Helper()
		return c.Strings(t, `SELECT plate || rfid || ' ' || closed_reason FROM sessions WHERE stage = 'closed' ORDER BY id`)
	}
	// Ana's plate and her tag are read as if they were two cars'.
	read := func(t *testing.T) (c *counter, byTag *queries.Session) {
		t.Helper()
		c = atCounter(t)
		c.Exec(t, `UPDATE legacy_memberships SET keys = array_append(keys, 'r:E20017') WHERE name = 'Ana Ramos'`)
		return c, c.visited(t, "", "E20017", "tag-1")
	}

	t.Run("TheOneThatNobodyHasBegunWithIsClosedByTheSignature", func(t *testing.T) {
		t.Parallel()
		c, _ := read(t)
		c.visited(t, "", "E20018", "tag-2")
		session := c.toTermsAs(t, "8ABC123", "ana@new.test")
		require.Empty(t, closed(t, c))
		c.agree(t, session)
		require.Equal(t, []string{"E20017 The membership of its car was migrated in another session."}, closed(t, c))
	})

	t.Run("NotWhereSomebodyElseMayHaveTheTag", func(t *testing.T) {
		t.Parallel()
		c, _ := read(t)
		c.Exec(t, `UPDATE legacy_memberships SET keys = array_append(keys, 'r:E20017') WHERE name = 'Bo Chen'`)
		c.agree(t, c.toTermsAs(t, "8ABC123", "ana@new.test"))
		require.Empty(t, closed(t, c))
	})

	t.Run("NotOneWithAnotherPlate", func(t *testing.T) {
		t.Parallel()
		c, _ := read(t)
		c.visited(t, "NEWCAR", "E20018", "camera-1")
		c.Exec(t, `UPDATE sessions SET rfid = 'E20017', rfid_key = 'E20017' WHERE plate = 'NEWCAR'`)
		c.agree(t, c.toTermsAs(t, "8ABC123", "ana@new.test"))
		require.Len(t, closed(t, c), 1, "the same tag with another plate is another car")
	})

	t.Run("NotOneThatWasDiscarded", func(t *testing.T) {
		t.Parallel()
		c, byTag := read(t)
		_, err := c.Rules.StartCounterMigration(t.Context(), c.by(), byTag.ID)
		require.NoError(t, err)
		c.discard(t, byTag.ID)
		c.agree(t, c.toTermsAs(t, "8ABC123", "ana@new.test"))
		require.Empty(t, closed(t, c), "it can be begun anew")
	})

	t.Run("OneAloneMigratesAndTheOtherIsToldOfIt", func(t *testing.T) {
		t.Parallel()
		c, byTag := read(t)
		_, err := c.Rules.StartCounterMigration(t.Context(), c.by(), byTag.ID)
		require.NoError(t, err)
		first := c.toContact(t, "8ABC123")
		_, err = c.Rules.ConfirmLegacyMatch(t.Context(), c.by(), byTag.ID, *c.now(t, first).LegacyMembershipID, nil)
		requireRefused(t, err, "TAKEN legacyMembershipId")
		require.ErrorContains(t, err, "Another open session has this membership. Go on there, or end that one and go on here.")
		_, err = c.Rules.CloseSession(t.Context(), c.by(), migration.Closing{SessionID: first})
		require.NoError(t, err)
		c.match(t, byTag.ID, "8ABC123")
	})
}

func TestCloseSessionOnlyAsItWasShown(t *testing.T) {
	t.Parallel()

	t.Run("OneInWhichNothingIsConfirmed", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		unconfirmed := func(id uuid.UUID) migration.Closing { return migration.Closing{SessionID: id, OnlyUnconfirmed: true} }
		begun := c.toContact(t, "8ABC123")
		session, err := c.Rules.CloseSession(t.Context(), c.by(), unconfirmed(begun))
		requireRefused(t, err, "WRONG_STATE id")
		require.Equal(t, begun, session.ID, "whoever is refused sees why")
		require.Equal(t, queries.CounterStepContact, c.now(t, begun).Step)
		looking := c.open(t, "7XYZ999")
		_, err = c.Rules.StartCounterMigration(t.Context(), c.by(), looking)
		require.NoError(t, err)
		for range 2 {
			session, err = c.Rules.CloseSession(t.Context(), c.by(), unconfirmed(looking))
			require.NoError(t, err)
			require.Equal(t, queries.SessionStageClosed, session.Stage)
		}
	})

	t.Run("OneThatHasTheMembership", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		id := c.toContact(t, "8ABC123")
		legacy := *c.now(t, id).LegacyMembershipID
		c.discard(t, id)
		c.match(t, id, "7XYZ999")
		closing := migration.Closing{SessionID: id, Migrating: &legacy}
		_, err := c.Rules.CloseSession(t.Context(), c.by(), closing)
		requireRefused(t, err, "STALE legacyMembershipId")
		c.discard(t, id)
		_, err = c.Rules.CloseSession(t.Context(), c.by(), closing)
		requireRefused(t, err, "STALE legacyMembershipId")
		unknown := ids.New()
		_, err = c.Rules.CloseSession(t.Context(), c.by(), migration.Closing{SessionID: id, Migrating: &unknown})
		requireRefused(t, err, "NOT_FOUND legacyMembershipId")
		c.match(t, id, "8ABC123")
		for range 2 {
			session, err := c.Rules.CloseSession(t.Context(), c.by(), closing)
			require.NoError(t, err)
			require.Equal(t, queries.SessionStageClosed, session.Stage)
		}
	})
}
