package graph_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/twiliofake"
)

const counterFields = `session{id stage migration{step legacy{name standing} contact{phone email emailSource canConfirm offerTyping text{state reply}}
	offer{monthly{total{amount}} anchorDay firstChargeOn dueToday{amount} problem} card{state label problem offerTyping reader{label}}
	agreement{firstChargeOn digest cardLabel terms{language} monthly{total{amount}}} outcome{submissionStatus firstChargeOn receipts monthlyTotal{amount}}}} userErrors{code field message}`

// counter is a location with a counter: an old list, a plan that it becomes, and a card reader.
type counter struct {
	*bundle
	reader string
}

const oldList = "Customer ID,Full Name,E-Mail,Mobile,License Plate,Plan,Monthly Price,Next Billing Date,Status\n" +
	"1,Ana Ramos,ana@old.test,(303) 555-0123,8ABC123,Unlimited,$39.00,03/31/2026,Active\n" +
	"2,Bo Chen,,,7XYZ999,Unlimited,$24.50,04/02/2026,Active\n" +
	"3,Cy Stone,,(303) 555-0199,6CAN111,Unlimited,$24.50,04/02/2026,Cancelled\n" +
	"4,Di Over,di@old.test,,5OLD222,Unlimited,$24.50,03/02/2026,Active\n" +
	"5,Ed Far,ed@old.test,,4FAR333,Unlimited,$24.50,06/15/2026,Active\n"

func atCounter(t *testing.T) *counter {
	t.Helper()
	c := &counter{bundle: setup(t)}
	t.Cleanup(func() {
		for line := range strings.SplitSeq(c.Log.Text(), "\n") {
			if t.Failed() && strings.Contains(line, "level=ERROR") {
				t.Log(line)
			}
		}
	})
	c.takeList(t, oldList)
	place := c.Stripe.Ask(t, "POST", "/v1/terminal/locations", url.Values{"display_name": {"Denver"}, "address[line1]": {"1 Main"}, "address[city]": {"Denver"},
		"address[state]": {"CO"}, "address[country]": {"US"}, "address[postal_code]": {"80202"}})
	c.Exec(t, `UPDATE locations SET terminal_location = $2 WHERE id = $1`, c.Denver.ID, place["id"])
	c.reader = c.addReader(t, "Counter 1")
	return c
}

// addReader registers a card reader at Denver and answers its id.
func (c *counter) addReader(t *testing.T, label string) string {
	t.Helper()
	place := c.Strings(t, `SELECT terminal_location FROM locations WHERE terminal_location IS NOT NULL`)[0]
	reader := c.Stripe.Ask(t, "POST", "/v1/terminal/readers", url.Values{"registration_code": {"simulated-wpe"}, "label": {label}, "location": {place}})
	return reader["id"].(string)
}

// takeList imports an old list at Denver and maps its one plan.
func (c *counter) takeList(t *testing.T, list string) {
	t.Helper()
	file, err := c.Rules.Upload(t.Context(), testkit.By(c.Manager), "people.csv", strings.NewReader(list), migration.UploadBounds{File: 1 << 20})
	require.NoError(t, err)
	_, err = c.Rules.ImportLegacyMemberships(t.Context(), testkit.By(c.Manager), migration.ImportRequest{LocationID: c.Denver.ID, UploadID: file.ID, Source: "Rocket", ClientKey: "k"})
	require.NoError(t, err)
	c.MustWork(t)
	source := uuid.MustParse(c.Strings(t, `SELECT id::text FROM legacy_sources`)[0])
	_, err = c.Rules.MapLegacyPlan(t.Context(), testkit.By(c.Manager), migration.LegacyPlanMapping{SourceID: source, PlanName: "Unlimited", PlanID: &c.Studio.ID})
	require.NoError(t, err)
}

func (c *counter) open(t *testing.T, by *queries.Staff, plate string) string {
	t.Helper()
	a := c.data(t, by, `mutation($i:OpenSessionInput!){openSession(input:$i){session{id stage} userErrors{code field message}}}`,
		vars{"i": vars{"locationId": id("loc", c.Denver.ID), "plate": plate}})
	require.Empty(t, at(a, "openSession", "userErrors"))
	return at(a, "openSession", "session", "id").(string)
}

// do takes a step and wants it taken; it answers the session's migration.
func (c *counter) do(t *testing.T, by *queries.Staff, step string, input vars) map[string]any {
	t.Helper()
	payload := c.try(t, by, step, input)
	require.Empty(t, at(payload, "userErrors"), "%s: %v", step, payload)
	m, _ := at(payload, "session", "migration").(map[string]any)
	return m
}

func (c *counter) try(t *testing.T, by *queries.Staff, step string, input vars) map[string]any {
	t.Helper()
	kind := string(rune(step[0]-'a'+'A')) + step[1:] + "Input"
	extra := ""
	if step == "startCardSetup" {
		extra = " clientSecret"
	}
	return at(c.data(t, by, `mutation($i:`+kind+`!){`+step+`(input:$i){`+counterFields+extra+`}}`, vars{"i": input}), step).(map[string]any)
}

// refused takes a step and answers the one code with which it was not taken.
func (c *counter) refused(t *testing.T, by *queries.Staff, step string, input vars) string {
	t.Helper()
	payload := c.try(t, by, step, input)
	require.Len(t, at(payload, "userErrors"), 1, "%v", payload)
	return at(payload, "userErrors", 0, "code").(string)
}

func (c *counter) candidate(t *testing.T, session string) string {
	t.Helper()
	a := c.data(t, c.Attendant, `query($s:ID!){session(id:$s){candidates{id name standing matchedBy}}}`, vars{"s": session})
	return at(a, "session", "candidates", 0, "id").(string)
}

// toContact brings a session to where the customer said "That's Me".
func (c *counter) toContact(t *testing.T, plate string) string {
	t.Helper()
	s := c.open(t, c.Attendant, plate)
	c.do(t, c.Attendant, "startCounterMigration", vars{"sessionId": s})
	c.do(t, c.Attendant, "confirmLegacyMatch", vars{"sessionId": s, "legacyMembershipId": c.candidate(t, s)})
	return s
}

// toTerms brings a session to the signature, with a typed card.
func (c *counter) toTerms(t *testing.T, plate, email string) (session, digest string) {
	t.Helper()
	s := c.toContact(t, plate)
	c.do(t, c.Attendant, "enterEmail", vars{"sessionId": s, "email": email})
	c.do(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": email})
	c.typeCard(t, s)
	m := c.do(t, c.Attendant, "checkout", vars{"sessionId": s})
	return s, at(m, "agreement", "digest").(string)
}

func (c *counter) typeCard(t *testing.T, s string) {
	t.Helper()
	started := c.try(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "TYPED"})
	c.Stripe.Confirm(t, started["clientSecret"].(string), "pm_card_visa")
	m := c.do(t, c.Attendant, "checkCardSetup", vars{"sessionId": s})
	require.Equal(t, "ON_FILE", at(m, "card", "state"))
}

// invited makes the remote offer of somebody of the old list.
func (c *counter) invited(t *testing.T, name string) *queries.Invitation {
	t.Helper()
	_, err := c.Rules.CreateInvitationsFromLegacy(t.Context(), testkit.By(c.Manager), migration.FromLegacyRequest{
		Filter: &migration.LegacyFilter{Search: name}, ExpectedCount: 1, ClientKey: ids.New().String()})
	require.NoError(t, err)
	c.MustWork(t)
	return c.Invitation(t, uuid.MustParse(c.Strings(t, `SELECT id::text FROM invitations`)[0]))
}

func signed(s, digest string) vars {
	return vars{"sessionId": s, "digest": digest, "signature": vars{"kind": "TYPED", "name": "Ana Ramos"}}
}

func TestCounter(t *testing.T) {
	t.Parallel()

	t.Run("TextReaderSignature", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "8abc 123")
		m := c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": s, "phone": "303 555 0123"})
		require.Equal(t, "SENDING", at(m, "contact", "text", "state"))
		require.Equal(t, false, at(m, "contact", "canConfirm"))
		c.MustWork(t)
		require.Contains(t, c.Twilio.Texts("+13035550123")[0].Body, "Ana, please reply with your email address")
		require.NoError(t, c.Rules.HearReply(t.Context(), migration.IntegrationActor("twilio"), migration.IncomingText{
			ProviderID: "SM" + ids.New().String(), From: "+13035550123", To: "+15551110000", Body: "Sure: Ana.Ramos@New.test."}))
		a := c.data(t, c.Attendant, `query($s:ID!){session(id:$s){migration{contact{email emailSource canConfirm text{state}}}}}`, vars{"s": s})
		require.Equal(t, map[string]any{"email": "ana.ramos@new.test", "emailSource": "TEXT", "canConfirm": true, "text": map[string]any{"state": "ANSWERED"}},
			at(a, "session", "migration", "contact"))
		require.Equal(t, "STALE", c.refused(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": "other@new.test"}))
		m = c.do(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": "ana.ramos@new.test"})
		require.Equal(t, "CARD", m["step"])

		m = c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "READER"})
		require.Equal(t, "READER_WAITS", at(m, "card", "state"))
		require.Equal(t, "Counter 1", at(m, "card", "reader", "label"))
		m = c.do(t, c.Attendant, "checkCardSetup", vars{"sessionId": s})
		require.Equal(t, "READER_WAITS", at(m, "card", "state"))
		c.Stripe.Browse(t, "/sandbox/readers/"+c.reader+"/present", url.Values{"card": {"pm_card_visa"}})
		m = c.do(t, c.Attendant, "checkCardSetup", vars{"sessionId": s})
		require.Equal(t, "CHECKOUT", m["step"])
		require.Equal(t, "Visa ending 4242", at(m, "card", "label"))

		m = c.do(t, c.Attendant, "checkout", vars{"sessionId": s})
		require.Equal(t, "2026-03-31", at(m, "agreement", "firstChargeOn"))
		require.Equal(t, "39.00", at(m, "agreement", "monthly", "total", "amount"))
		sign := signed(s, at(m, "agreement", "digest").(string))
		sign["receipts"] = []string{"EMAIL", "SMS"}
		m = c.do(t, c.Attendant, "agreeToTerms", sign)
		require.Equal(t, "DONE", m["step"])
		require.Equal(t, "APPROVING", at(m, "outcome", "submissionStatus"))
		require.Equal(t, m, c.do(t, c.Attendant, "agreeToTerms", sign), "a second tap answers the first")
		c.MustWork(t)
		require.Empty(t, c.Stripe.Charged(t), "nothing is charged at the counter")
		subscriptions := c.Stripe.Books().Subscriptions
		require.Len(t, subscriptions, 1)
		require.Contains(t, c.Resend.Addresses(), "ana.ramos@new.test")
		require.Contains(t, c.Twilio.Texts("+13035550123")[1].Body, "first charge on March 31, 2026")
		c.Clock.Set(time.Date(2026, 3, 31, 13, 0, 0, 0, time.UTC))
		require.Equal(t, []int64{3900}, c.Stripe.Charged(t), "the old cycle goes on")
		require.Equal(t, []string{"claimed"}, c.Strings(t, `SELECT status::text FROM invitations`))
	})
	t.Run("TypedCardFarAhead", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s, digest := c.toTerms(t, "4FAR333", "ed@new.test")
		c.do(t, c.Attendant, "agreeToTerms", signed(s, digest))
		c.MustWork(t)
		c.Clock.Set(time.Date(2026, 6, 14, 13, 0, 0, 0, time.UTC))
		require.Empty(t, c.Stripe.Charged(t))
		c.Clock.Set(time.Date(2026, 6, 15, 13, 0, 0, 0, time.UTC))
		require.Equal(t, []int64{2450}, c.Stripe.Charged(t))
	})
	t.Run("RenewedMeanwhile", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "5OLD222")
		c.do(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": "di@old.test"})
		c.typeCard(t, s)
		require.Equal(t, "REQUIRED", c.refused(t, c.Attendant, "checkout", vars{"sessionId": s}))
		require.Equal(t, "INVALID", c.refused(t, c.Attendant, "checkout", vars{"sessionId": s, "nextBillingOn": "2027-04-02"}), "a year that was mistyped")
		m := c.do(t, c.Attendant, "checkout", vars{"sessionId": s, "nextBillingOn": "2026-04-02"})
		require.Equal(t, "2026-04-02", at(m, "agreement", "firstChargeOn"))
		c.Exec(t, `UPDATE legacy_memberships SET price_minor = 3000 WHERE name = 'Di Over'`)
		require.Equal(t, "QUOTE_CHANGED", c.refused(t, c.Attendant, "agreeToTerms", signed(s, at(m, "agreement", "digest").(string))))
		require.Empty(t, c.Strings(t, `SELECT id::text FROM submissions`))
	})
	t.Run("OptedOut", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "8ABC123")
		c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": s, "phone": "3035550123"})
		c.MustWork(t)
		require.NoError(t, c.Rules.HearReply(t.Context(), migration.IntegrationActor("twilio"), migration.IncomingText{
			ProviderID: "SM" + ids.New().String(), From: "+13035550123", To: "+15551110000", Body: "STOP"}))
		m := c.do(t, c.Attendant, "startCounterMigration", vars{"sessionId": s})
		require.Equal(t, "OPTED_OUT", at(m, "contact", "text", "state"))
		require.Equal(t, true, at(m, "contact", "offerTyping"))
	})
	t.Run("NobodyAnswersThenNonsense", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "8ABC123")
		c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": s, "phone": "3035550123"})
		c.MustWork(t)
		c.Clock.Move(25 * time.Second)
		m := c.do(t, c.Attendant, "startCounterMigration", vars{"sessionId": s})
		require.Equal(t, true, at(m, "contact", "offerTyping"))
		require.NoError(t, c.Rules.HearReply(t.Context(), migration.IntegrationActor("twilio"), migration.IncomingText{
			ProviderID: "SM" + ids.New().String(), From: "+13035550123", To: "+15551110000", Body: "who is this"}))
		m = c.do(t, c.Attendant, "startCounterMigration", vars{"sessionId": s})
		require.Equal(t, map[string]any{"state": "UNREADABLE", "reply": "who is this"}, at(m, "contact", "text"))
		c.do(t, c.Attendant, "enterEmail", vars{"sessionId": s, "email": "ana@typed.test"})
		require.Len(t, c.Twilio.Texts("+13035550123"), 1)
	})
	t.Run("AnotherSessionsNumberAndMembership", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		first, second := c.toContact(t, "8ABC123"), c.toContact(t, "7XYZ999")
		c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": first, "phone": "3035550123"})
		require.Equal(t, "TAKEN", c.refused(t, c.Attendant, "requestEmailByText", vars{"sessionId": second, "phone": "3035550123"}))
		third := c.open(t, c.Attendant, "")
		c.do(t, c.Attendant, "startCounterMigration", vars{"sessionId": third})
		require.Equal(t, "TAKEN", c.refused(t, c.Attendant, "confirmLegacyMatch", vars{"sessionId": third, "legacyMembershipId": c.candidate(t, first)}))
	})
	t.Run("CancelledThere", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.open(t, c.Attendant, "6CAN111")
		c.do(t, c.Attendant, "startCounterMigration", vars{"sessionId": s})
		require.Equal(t, "WRONG_STATE", c.refused(t, c.Attendant, "confirmLegacyMatch", vars{"sessionId": s, "legacyMembershipId": c.candidate(t, s)}))
	})
	t.Run("ReaderTroubles", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "8ABC123")
		c.do(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": "ana@old.test"})
		c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "READER", "readerId": c.reader})
		other := c.toContact(t, "5OLD222")
		c.do(t, c.Attendant, "confirmContact", vars{"sessionId": other, "email": "di@old.test"})
		require.Equal(t, "TAKEN", c.refused(t, c.Attendant, "startCardSetup", vars{"sessionId": other, "entry": "READER", "readerId": c.reader}))
		require.Equal(t, "WRONG_STATE", c.refused(t, c.Attendant, "startCardSetup", vars{"sessionId": other, "entry": "READER"}), "none is free")
		c.Stripe.Browse(t, "/sandbox/readers/"+c.reader+"/present", url.Values{"card": {"pm_card_chargeDeclined"}})
		m := c.do(t, c.Attendant, "checkCardSetup", vars{"sessionId": s})
		require.Equal(t, "NONE", at(m, "card", "state"))
		require.NotEmpty(t, at(m, "card", "problem"))
		c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "READER", "readerId": c.reader})
		c.Stripe.Browse(t, "/sandbox/readers/"+c.reader+"/present", url.Values{"card": {"pm_card_visa"}, "wallet": {"true"}})
		m = c.do(t, c.Attendant, "checkCardSetup", vars{"sessionId": s})
		require.Equal(t, true, at(m, "card", "offerTyping"), "no card to charge later")
		c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "READER", "readerId": c.reader})
		m = c.do(t, c.Attendant, "cancelCardSetup", vars{"sessionId": s})
		require.Equal(t, "NONE", at(m, "card", "state"))
		c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": other, "entry": "READER", "readerId": c.reader})
	})
	t.Run("WhoIsBegunWithComesFirst", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		begun := []string{c.toContact(t, "8ABC123"), c.toContact(t, "5OLD222")}
		var all []string
		for _, plate := range []string{"1AAA111", "2BBB222", "3CCC333"} {
			all = append(all, c.open(t, c.Attendant, plate))
		}
		want := []any{begun[1], begun[0], all[2], all[1], all[0]}
		var got []any
		for after := any(nil); ; {
			a := c.data(t, c.Attendant, `query($a:String){sessions(first:2,after:$a){nodes{id} pageInfo{hasNextPage endCursor}}}`, vars{"a": after})
			for _, node := range at(a, "sessions", "nodes").([]any) {
				got = append(got, node.(map[string]any)["id"])
			}
			if after = at(a, "sessions", "pageInfo", "endCursor"); at(a, "sessions", "pageInfo", "hasNextPage") != true {
				break
			}
		}
		require.Equal(t, want, got)
		a := c.data(t, c.Attendant, `{sessions(stages:[PRE_GATE]){nodes{id}}}`, nil)
		require.Len(t, at(a, "sessions", "nodes"), 3)
	})
	t.Run("WhereAMembershipIsMigratedRightNow", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		first := c.toContact(t, "8ABC123")
		second := c.open(t, c.Attendant, "9NEW000")
		a := c.data(t, c.Attendant, `query($s:ID!){legacyCandidates(sessionId:$s,name:"ana"){standing sessionId}}`, vars{"s": second})
		require.Equal(t, map[string]any{"standing": "IN_ANOTHER_SESSION", "sessionId": first}, at(a, "legacyCandidates", 0))
		a = c.data(t, c.Attendant, `query($s:ID!){session(id:$s){migration{legacy{standing sessionId}}}}`, vars{"s": first})
		require.Equal(t, map[string]any{"standing": "MIGRATABLE", "sessionId": nil}, at(a, "session", "migration", "legacy"))
	})
	t.Run("ADayOfCancellationIsTheLocations", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.Exec(t, `UPDATE legacy_memberships SET state = 'cancelled', cancelled_there_at = '2026-03-10 02:00Z' WHERE name = 'Ana Ramos'`)
		a := c.data(t, c.Manager, `{legacyMemberships(filter:{search:"ana"}){nodes{cancelledThereOn}}}`, nil)
		require.Equal(t, "2026-03-09", at(a, "legacyMemberships", "nodes", 0, "cancelledThereOn"))
	})
	t.Run("AReaderOfAnotherDeskIsNotChosenByItself", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		lane := c.addReader(t, "Lane")
		s := c.toContact(t, "8ABC123")
		c.do(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": "ana@old.test"})
		c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "READER", "readerId": c.reader})
		other := c.toContact(t, "5OLD222")
		c.do(t, c.Attendant, "confirmContact", vars{"sessionId": other, "email": "di@old.test"})
		require.Equal(t, "REQUIRED", c.refused(t, c.Attendant, "startCardSetup", vars{"sessionId": other, "entry": "READER"}), "the free one may stand before somebody else")
		m := c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": other, "entry": "READER", "readerId": lane})
		require.Equal(t, "Lane", at(m, "card", "reader", "label"))
	})
	t.Run("TheOwnerByLinkMeanwhile", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s, digest := c.toTerms(t, "8ABC123", "ana@new.test")
		inv := c.invited(t, "Ana Ramos")
		c.Submit(t, inv, c.Acceptance(t, inv, "pm_card_visa"))
		require.Equal(t, "TAKEN", c.refused(t, c.Attendant, "agreeToTerms", signed(s, digest)))
		require.Equal(t, 1, c.Count(t, `SELECT count(*) FROM reservations WHERE live`))
	})
	t.Run("ClosesAnOpenInvitation", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		token := c.Token(t, c.invited(t, "Ana Ramos"))
		s, digest := c.toTerms(t, "8ABC123", "ana@new.test")
		c.do(t, c.Attendant, "agreeToTerms", signed(s, digest))
		a := c.askAs(t, "", `query($t:String!){setup(token:$t){state}}`, vars{"t": token})
		require.Equal(t, "REVOKED", at(a.Data, "setup", "state"), "it was another address's")
	})
	t.Run("ClosesTheirOwnOpenInvitation", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		token := c.Token(t, c.invited(t, "Ana Ramos"))
		s, digest := c.toTerms(t, "8ABC123", "ana@old.test")
		c.do(t, c.Attendant, "agreeToTerms", signed(s, digest))
		a := c.askAs(t, "", `query($t:String!){setup(token:$t){state}}`, vars{"t": token})
		require.Equal(t, "SUBMITTED", at(a.Data, "setup", "state"), "the old link leads to what was agreed")
		c.MustWork(t)
		a = c.askAs(t, "", `query($t:String!){setup(token:$t){state}}`, vars{"t": token})
		require.Equal(t, "DONE", at(a.Data, "setup", "state"))
	})
	t.Run("ALateCardOfAnotherCustomer", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "8ABC123")
		c.do(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": "ana@old.test"})
		c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "READER", "readerId": c.reader})
		first := c.Strings(t, `SELECT stripe_setup_intent_id FROM counter_migrations`)[0]
		c.Exec(t, `UPDATE counter_migrations SET card = 'none', reader_id = NULL, stripe_setup_intent_id = NULL`) // as if the reader had been away
		c.Stripe.Browse(t, "/sandbox/readers/"+c.reader+"/present", url.Values{"card": {"pm_card_visa"}})
		c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "READER", "readerId": c.reader})
		require.NotEqual(t, first, c.Strings(t, `SELECT stripe_setup_intent_id FROM counter_migrations`)[0])
		m := c.do(t, c.Attendant, "checkCardSetup", vars{"sessionId": s})
		require.Equal(t, "READER_WAITS", at(m, "card", "state"), "the card that came late is nobody's")
	})
	t.Run("StripeTellsOfACard", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "8ABC123")
		c.do(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": "ana@old.test"})
		c.do(t, c.Attendant, "startCardSetup", vars{"sessionId": s, "entry": "READER", "readerId": c.reader})
		c.Stripe.Browse(t, "/sandbox/readers/"+c.reader+"/present", url.Values{"card": {"pm_card_visa"}})
		require.NoError(t, c.Rules.RecordStripeEvent(t.Context(), migration.StripeEvent{
			ID: "evt_1", Type: "terminal.reader.action_succeeded", ObjectID: c.reader}))
		c.MustWork(t)
		require.Equal(t, []string{"on_file"}, c.Strings(t, `SELECT card::text FROM counter_migrations`), "without a screen that looks")
	})
	t.Run("AnAnswerThatComesTooLate", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s, other := c.toContact(t, "8ABC123"), c.toContact(t, "7XYZ999")
		c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": s, "phone": "3035550123"})
		c.MustWork(t)
		c.Clock.Move(31 * time.Minute)
		require.NoError(t, c.Rules.HearReply(t.Context(), migration.IntegrationActor("twilio"), migration.IncomingText{
			ProviderID: "SM" + ids.New().String(), From: "+13035550123", To: "+15551110000", Body: "ana@late.test"}))
		require.Equal(t, []string{""}, c.Strings(t, `SELECT email FROM counter_migrations WHERE phone <> ''`))
		require.Equal(t, 1, c.Count(t, `SELECT count(*) FROM text_replies WHERE handled_at IS NULL`), "staff see it")
		c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": other, "phone": "3035550123"})
	})
	t.Run("ALostAnswerIsNotSentAgain", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "8ABC123")
		c.Twilio.Order(twiliofake.Fault{Kind: twiliofake.DropAfter, Times: 1})
		c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": s, "phone": "3035550123"})
		c.Work(t)
		m := c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": s, "phone": "3035550123"})
		require.Equal(t, "UNKNOWN", at(m, "contact", "text", "state"), "it may well be there")
		require.Equal(t, true, at(m, "contact", "offerTyping"))
		c.Work(t)
		require.Len(t, c.Twilio.Texts("+13035550123"), 1)
		c.do(t, c.Attendant, "discardCounterMigration", vars{"sessionId": s})
		c.do(t, c.Attendant, "startCounterMigration", vars{"sessionId": s})
		c.do(t, c.Attendant, "confirmLegacyMatch", vars{"sessionId": s, "legacyMembershipId": c.candidate(t, s)})
		require.Equal(t, "WRONG_STATE", c.refused(t, c.Attendant, "requestEmailByText", vars{"sessionId": s, "phone": "3035550123"}))
	})
	t.Run("ATextThatNobodyWantsAnyMore", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.toContact(t, "8ABC123")
		c.do(t, c.Attendant, "requestEmailByText", vars{"sessionId": s, "phone": "3035550123"})
		c.do(t, c.Attendant, "discardCounterMigration", vars{"sessionId": s})
		c.MustWork(t)
		require.Empty(t, c.Twilio.Texts("+13035550123"))
	})
	t.Run("TheOwnersAttemptCameToNothing", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		inv := c.invited(t, "Ana Ramos")
		sub := c.Submit(t, inv, c.Acceptance(t, inv, testkit.Visa))
		c.Exec(t, `UPDATE submissions SET status = 'rejected' WHERE id = $1`, sub.ID)
		s := c.open(t, c.Attendant, "8ABC123")
		a := c.data(t, c.Attendant, `query($s:ID!){session(id:$s){candidates{standing wayOn}}}`, vars{"s": s})
		require.Equal(t, "ATTEMPT_FAILED", at(a, "session", "candidates", 0, "standing"))
	})
	t.Run("AnotherCardThanWasShown", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s, digest := c.toTerms(t, "8ABC123", "ana@new.test")
		c.do(t, c.Attendant, "cancelCardSetup", vars{"sessionId": s})
		c.typeCard(t, s)
		m := c.do(t, c.Attendant, "checkout", vars{"sessionId": s})
		require.Equal(t, "QUOTE_CHANGED", c.refused(t, c.Attendant, "agreeToTerms", signed(s, digest)), "another device gave another card meanwhile")
		c.do(t, c.Attendant, "agreeToTerms", signed(s, at(m, "agreement", "digest").(string)))
	})
	t.Run("AnAddressThatIsOnlySaidShowsNobody", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.Invited(t, testkit.At(c.Loft), func(d *migration.InvitationDraft) {
			d.NewTenant = &migration.NewTenant{Name: "Known In Boston", Email: "boston@home.test", Phone: testkit.NewPhone()}
		})
		s, digest := c.toTerms(t, "8ABC123", "boston@home.test")
		c.do(t, c.Attendant, "agreeToTerms", signed(s, digest))
		a := c.ask(t, c.Manager, `{submissions(first:5){nodes{tenant{name phone}}}}`, nil)
		require.Equal(t, "Ana Ramos", at(a.Data, "submissions", "nodes", 0, "tenant", "name"))
		require.NotContains(t, a.raw, "Known In Boston")
		c.MustWork(t)
		for _, mail := range c.Resend.Emails() {
			require.NotContains(t, mail.Text, "Boston")
		}
	})
	t.Run("EndsBeforeTheDateThatTheScreenShows", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		c.Exec(t, `UPDATE legacy_memberships SET ends_on = '2026-03-20' WHERE name = 'Di Over'`)
		s := c.toContact(t, "5OLD222")
		c.do(t, c.Attendant, "confirmContact", vars{"sessionId": s, "email": "di@old.test"})
		c.typeCard(t, s)
		require.Equal(t, "INVALID", c.refused(t, c.Attendant, "checkout", vars{"sessionId": s, "nextBillingOn": "2026-04-02"}))
	})
	t.Run("AReceiptByTextNeedsAPhone", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s, digest := c.toTerms(t, "7XYZ999", "bo@new.test")
		sign := signed(s, digest)
		sign["receipts"] = []string{"SMS"}
		require.Equal(t, "REQUIRED", c.refused(t, c.Attendant, "agreeToTerms", sign))
	})
	t.Run("DiscardAndForget", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s, _ := c.toTerms(t, "8ABC123", "ana@new.test")
		require.Nil(t, c.do(t, c.Attendant, "discardCounterMigration", vars{"sessionId": s}))
		require.Equal(t, "WRONG_STATE", c.refused(t, c.Attendant, "checkout", vars{"sessionId": s}))
		c.Clock.Move(13 * time.Hour)
		require.NoError(t, c.Rules.CloseForgottenSessions(t.Context(), migration.SystemActor("job")))
		require.Equal(t, []string{"closed"}, c.Strings(t, `SELECT stage::text FROM sessions`))
		c.MustWork(t)
		require.Empty(t, c.Stripe.Books().Subscriptions)
		require.Empty(t, c.Stripe.Charged(t))
	})
	t.Run("AStrangersCounter", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		s := c.open(t, c.Attendant, "8ABC123")
		require.Nil(t, at(c.data(t, c.Stranger, `query($s:ID!){session(id:$s){id}}`, vars{"s": s}), "session"))
		require.Equal(t, "NOT_FOUND", c.refused(t, c.Stranger, "startCounterMigration", vars{"sessionId": s}))
		a := c.data(t, c.Stranger, `mutation($i:OpenSessionInput!){openSession(input:$i){session{id} userErrors{code}}}`, vars{"i": vars{"locationId": id("loc", c.Denver.ID)}})
		require.Equal(t, "NOT_FOUND", at(a, "openSession", "userErrors", 0, "code"))
	})
	t.Run("OneCarOneSession", func(t *testing.T) {
		t.Parallel()
		c := atCounter(t)
		require.Equal(t, c.open(t, c.Attendant, "8ABC123"), c.open(t, c.Manager, "8abc-123"))
	})
}
