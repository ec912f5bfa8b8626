package workers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/twiliofake"
)

var counterTextSteps = []string{"counter_text_frozen", "counter_text_begun", "counter_text_before_call", "counter_text_after_call", "counter_text_settled"}

// counterTexts are the sessions of a counter at each of which one customer has been texted for the address by one tap; taps counts the
// taps of each that a text may go out for.
type counterTexts struct {
	sessions []*queries.Session
	phones   []string
	taps     []int
}

// tapText opens sessions at Denver's counter, has each customer found in the old list, and taps for the text.
func tapText(t *testing.T, b *testkit.Bundle, n int) *counterTexts {
	t.Helper()
	c := &counterTexts{}
	list := "id,name,phone,plate,plan,price,next billing date,status\n"
	for i := range n {
		c.phones = append(c.phones, testkit.NewPhone())
		list += fmt.Sprintf("%d,Customer %d,%s,TEXT%d,Unlimited,39.00,2026-03-31,Active\n", i, i, c.phones[i], i)
	}
	file, err := b.Rules.Upload(t.Context(), testkit.By(b.Manager), "people.csv", strings.NewReader(list), migration.UploadBounds{File: 1 << 20})
	require.NoError(t, err)
	batch, err := b.Rules.ImportLegacyMemberships(t.Context(), testkit.By(b.Manager), migration.ImportRequest{LocationID: b.Denver.ID, UploadID: file.ID, Source: "Rocket", ClientKey: "k"})
	require.NoError(t, err)
	b.MustWork(t)
	row, err := b.Q.LegacyImportGet(t.Context(), b.DB.Pool, batch.ID)
	require.NoError(t, err)
	_, err = b.Rules.MapLegacyPlan(t.Context(), testkit.By(b.Manager), migration.LegacyPlanMapping{SourceID: row.SourceID, PlanName: "Unlimited", PlanID: &b.Wash.ID})
	require.NoError(t, err)
	by := testkit.By(b.Attendant)
	for i := range n {
		session, err := b.Rules.OpenSession(t.Context(), by, migration.Visit{LocationID: b.Denver.ID, Plate: fmt.Sprintf("TEXT%d", i)})
		require.NoError(t, err)
		c.sessions, c.taps = append(c.sessions, session), append(c.taps, 1)
		_, err = b.Rules.StartCounterMigration(t.Context(), by, session.ID)
		require.NoError(t, err)
		found, err := b.Rules.CandidatesOf(t.Context(), b.DB.Pool, session, migration.LegacyQuery{Plate: session.Plate})
		require.NoError(t, err)
		_, err = b.Rules.ConfirmLegacyMatch(t.Context(), by, session.ID, found[0].LegacyMembership.ID, nil)
		require.NoError(t, err)
		c.tap(t, b, i)
	}
	return c
}

func (c *counterTexts) tap(t *testing.T, b *testkit.Bundle, i int) {
	t.Helper()
	_, err := b.Rules.RequestEmailByText(t.Context(), testkit.By(b.Attendant), c.sessions[i].ID, c.phones[i])
	require.NoError(t, err)
}

func (c *counterTexts) contact(t *testing.T, b *testkit.Bundle, i int) (*queries.CounterMigration, *migration.CounterContact) {
	t.Helper()
	m, err := b.Q.CounterMigrationGetLive(t.Context(), b.DB.Pool, c.sessions[i].ID)
	require.NoError(t, err)
	contact, err := b.Rules.ContactOf(t.Context(), b.DB.Pool, m)
	require.NoError(t, err)
	return m, contact
}

// requireHonest compares the provider's books with what the sessions show: no phone has more texts than there were taps for it, none is
// on its way for ever, whoever is waited for was texted, and where nobody knows that is said and another way is offered. It answers
// how many are not known of.
func (c *counterTexts) requireHonest(t *testing.T, b *testkit.Bundle) (unknown int) {
	t.Helper()
	for i, phone := range c.phones {
		taken := len(b.Twilio.Texts(phone))
		require.LessOrEqual(t, taken, c.taps[i], "texts to one customer")
		_, contact := c.contact(t, b, i)
		require.NotNil(t, contact.Text)
		switch contact.Text.State {
		case migration.CounterTextWaiting:
			require.Equal(t, c.taps[i], taken)
		case migration.CounterTextUnknown:
			require.True(t, contact.OfferTyping)
			require.NotEmpty(t, contact.Text.Reason)
			unknown++
		default:
			require.Fail(t, "no state to be left in", "%s", contact.Text.State)
		}
	}
	b.RequireStories(t)
	return unknown
}

// requireQuiet taps for each text once more: while one may be with the customer there is no second.
func (c *counterTexts) requireQuiet(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	calls := b.Twilio.Calls()
	for i := range c.sessions {
		c.tap(t, b, i)
	}
	finishTexts(t, b)
	require.Equal(t, calls, b.Twilio.Calls())
}

// requireSettled lets the look-ups have their time. Then each can be asked for once more, and every customer has been texted.
func (c *counterTexts) requireSettled(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	b.Clock.Move(7 * time.Hour)
	require.NoError(t, b.Rules.LookForLostTexts(t.Context()))
	b.MustWork(t)
	for i, phone := range c.phones {
		_, contact := c.contact(t, b, i)
		require.True(t, contact.OfferTyping)
		if len(b.Twilio.Texts(phone)) == 0 {
			require.Equal(t, migration.CounterTextFailed, contact.Text.State)
		} else {
			require.Nil(t, contact.Text, "nobody waits for an answer any more")
			c.taps[i]++
		}
		c.tap(t, b, i)
	}
	b.MustWork(t)
	require.Zero(t, c.requireHonest(t, b))
}

// requireAnswered has every customer who was texted answer: each answer is of its own session, whatever is known of the text.
func (c *counterTexts) requireAnswered(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	for i, phone := range c.phones {
		if len(b.Twilio.Texts(phone)) == 0 {
			continue
		}
		email := fmt.Sprintf("customer%d@new.test", i)
		require.NoError(t, b.Rules.HearReply(t.Context(), migration.IntegrationActor("twilio"), migration.IncomingText{
			ProviderID: "SM" + ids.New().String(), From: phone, To: "+15551110000", Body: "It is " + email}))
		m, contact := c.contact(t, b, i)
		require.Equal(t, migration.CounterTextAnswered, contact.Text.State)
		require.Equal(t, email, m.Email)
		require.Empty(t, contact.Missing)
	}
	b.RequireStories(t)
}

func TestCounterTextsAtEveryStep(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		end     func(*child, *testing.T, *testkit.Bundle)
		unknown int // texts whose process died after it had committed to the call and before it had written the answer down
	}{
		"Killed":  {(*child).kill, 3},
		"Stopped": {func(c *child, t *testing.T, _ *testkit.Bundle) { c.stop(t) }, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := testkit.New(t)
			c := tapText(t, b, 8)
			process := start(t, b, true)
			process.awaitSteps(t, counterTextSteps...)
			// Of those that are held, one has its answer written down.
			untilOnly(t, b, len(counterTextSteps)-1)
			tt.end(process, t, b)
			finishTexts(t, b)
			require.Equal(t, tt.unknown, c.requireHonest(t, b))
			c.requireQuiet(t, b)
			c.requireAnswered(t, b)
		})
	}
}

// TestCounterTextsSettle dies at every step twice; hours later nothing is left unknown.
func TestCounterTextsSettle(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	c := tapText(t, b, 10)
	for range 2 {
		process := start(t, b, true)
		process.awaitSteps(t, counterTextSteps[:3]...)
		process.kill(t, b)
	}
	finishTexts(t, b)
	require.Positive(t, c.requireHonest(t, b))
	c.requireSettled(t, b)
	c.requireAnswered(t, b)
}

// TestCounterTextsKilledInACall dies while the provider has taken texts and its answers are on the way.
func TestCounterTextsKilledInACall(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(*child, *testing.T, *testkit.Bundle){
		"Killed":  (*child).kill,
		"Stopped": func(c *child, t *testing.T, _ *testkit.Bundle) { c.stop(t) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := testkit.New(t)
			c := tapText(t, b, 5)
			held := b.Twilio.Order(twiliofake.Fault{Kind: twiliofake.Hold, Times: 3})
			process := start(t, b, false)
			require.NoError(t, held.Wait(t.Context(), 3))
			untilOnly(t, b, 3)
			end(process, t, b)
			b.Twilio.Faults.Clear()
			for _, phone := range c.phones {
				until(t, func() bool { return len(b.Twilio.Texts(phone)) == 1 }, "a held text is not taken")
			}
			c.requireMinutesLater(t, b)
			finishTexts(t, b)
			require.Equal(t, 3, c.requireHonest(t, b))
			c.requireQuiet(t, b)
			c.requireAnswered(t, b)
		})
	}
}

// requireMinutesLater looks before any other process has: a screen does not show a text as being sent whose process is gone.
func (c *counterTexts) requireMinutesLater(t *testing.T, b *testkit.Bundle) {
	t.Helper()
	b.Clock.Move(time.Minute)
	require.Equal(t, 3, c.requireHonest(t, b))
}

// TestCounterTextsTooLate: nobody worked for so long that the customer has been asked in words. The text does not go out, before and after
// a worker has seen it, and a tap asks anew.
func TestCounterTextsTooLate(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	c := tapText(t, b, 2)
	b.Clock.Move(10*time.Minute - time.Second)
	_, contact := c.contact(t, b, 0)
	require.Equal(t, migration.CounterTextSending, contact.Text.State)
	require.True(t, contact.OfferTyping)
	b.Clock.Move(time.Second)
	for i := range c.sessions {
		_, contact = c.contact(t, b, i)
		require.Equal(t, migration.CounterTextFailed, contact.Text.State)
		require.NotEmpty(t, contact.Text.Reason)
	}
	c.tap(t, b, 0) // the first session's, before a worker has seen the old one
	b.MustWork(t)
	require.Len(t, b.Twilio.Texts(c.phones[0]), 1)
	require.Empty(t, b.Twilio.Texts(c.phones[1]))
	_, contact = c.contact(t, b, 1)
	require.Equal(t, migration.CounterTextFailed, contact.Text.State)
	c.tap(t, b, 1)
	b.MustWork(t)
	require.Zero(t, c.requireHonest(t, b))
	c.requireAnswered(t, b)
}

// TestCounterTextsAskedAgain: after half an hour an answer is no longer taken, so that a tap asks anew.
func TestCounterTextsAskedAgain(t *testing.T) {
	t.Parallel()
	b := testkit.New(t)
	c := tapText(t, b, 1)
	b.MustWork(t)
	b.Clock.Move(30*time.Minute - time.Second)
	c.tap(t, b, 0)
	b.MustWork(t)
	require.Len(t, b.Twilio.Texts(c.phones[0]), 1)
	b.Clock.Move(time.Second)
	_, contact := c.contact(t, b, 0)
	require.Nil(t, contact.Text)
	require.True(t, contact.OfferTyping)
	c.tap(t, b, 0)
	c.taps[0]++
	b.MustWork(t)
	require.Zero(t, c.requireHonest(t, b))
	c.requireAnswered(t, b)
}
