package graph_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/access"
	"carryover/graph"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/sandbox/stripefake"
)

const accountFields = `name greetingName email requestedEmail reservations { id planName unit locationName status asked askedReason askedUrl
	monthlyTotal { amount currency } paymentMethod paymentMethodType nextCharge { on amount { amount } } canChangeMethod changeableTo
	mandate methodChange { state paymentMethod reason verificationUrl } steps { status on } }`

// TestAccountConfirmation: what the bank wants of a tenant is in the account, with the first payment and with a later one.
func TestAccountConfirmation(t *testing.T) {
	t.Parallel()
	const look = `{viewer{tenant{reservations{asked askedUrl confirmation{isPayment amount{amount} clientSecret publishableKey url untilOn}}}}}`
	b := setup(t)
	sub := b.Approved(t, migration.CurrentMonth)
	b.LookAfter(t)
	b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/charging", url.Values{"answer": {"authenticate"}})
	b.Clock.Set(time.Date(2026, 3, 15, 13, 0, 0, 0, time.UTC))
	b.Hear(t, b.StripeEvents(t)...)
	token := b.tenantToken(t, sub)
	shown := func() any {
		a := b.askAs(t, token, look, nil)
		require.Empty(t, a.Errors, a.raw)
		return at(a.Data, "viewer", "tenant", "reservations", 0)
	}

	later := shown()
	require.Equal(t, "CONFIRM_PAYMENT", at(later, "asked"))
	require.Contains(t, at(later, "askedUrl"), "/sandbox/invoices/in_")
	require.Equal(t, at(later, "askedUrl"), at(later, "confirmation", "url"))
	require.Equal(t, true, at(later, "confirmation", "isPayment"))
	require.Equal(t, "129.00", at(later, "confirmation", "amount", "amount"))
	require.Nil(t, at(later, "confirmation", "untilOn"))
	require.Equal(t, testkit.StripePublishableKey, at(later, "confirmation", "publishableKey"))
	secret, _ := at(later, "confirmation", "clientSecret").(string)
	require.True(t, strings.HasPrefix(secret, "pi_"))

	b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.ErrorBefore, Method: "GET", PathPrefix: "/v1/invoices/", Times: 6})
	away := shown()
	require.Equal(t, "129.00", at(away, "confirmation", "amount", "amount"))
	require.Nil(t, at(away, "confirmation", "clientSecret"))
	require.Nil(t, at(away, "askedUrl"))
	b.Stripe.Faults.Clear()
	require.NotContains(t, b.Log.Text(), secret, "it is a key")

	b.Stripe.Browse(t, "/sandbox/payment_intents/"+strings.Split(secret, "_secret_")[0]+"/authenticate", url.Values{"outcome": {"succeed"}})
	b.Hear(t, b.StripeEvents(t)...)
	require.Equal(t, map[string]any{"asked": "NOTHING", "askedUrl": nil, "confirmation": nil}, shown())

	first := b.Claimed(t, testkit.Visa)
	b.Stripe.Browse(t, "/sandbox/payment_methods/"+first.StripePaymentMethodID+"/charging", url.Values{"answer": {"authenticate"}})
	b.Decided(t, first, migration.CurrentMonth)
	for range 3 {
		b.Work(t)
	}
	token = b.tenantToken(t, first)
	asked := shown()
	require.Equal(t, "CONFIRM_PAYMENT", at(asked, "asked"))
	require.Contains(t, at(asked, "askedUrl"), "/setup/")
	require.Equal(t, "129.00", at(asked, "confirmation", "amount", "amount"))
	require.NotNil(t, at(asked, "confirmation", "untilOn"))
}

func TestAccountOfATenant(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Approved(t, migration.NextMonth)
	token := b.tenantToken(t, sub)
	viewer := func() map[string]any {
		a := b.askAs(t, token, `{viewer{staff{id} locations{id} tenant{`+accountFields+`}}}`, nil)
		require.Empty(t, a.Errors, a.raw)
		v, _ := at(a.Data, "viewer").(map[string]any)
		return v
	}

	t.Run("ShowsTheTenant", func(t *testing.T) {
		v := viewer()
		require.Nil(t, v["staff"])
		require.Empty(t, v["locations"])
		require.Equal(t, "Tess", at(v, "tenant", "greetingName"))
		require.Equal(t, id("rsv", sub.ReservationID), at(v, "tenant", "reservations", 0, "id"))
		require.Equal(t, "APPROVED", at(v, "tenant", "reservations", 0, "status"))
		require.Equal(t, "NOTHING", at(v, "tenant", "reservations", 0, "asked"))
		require.Equal(t, "129.00", at(v, "tenant", "reservations", 0, "nextCharge", "amount", "amount"))
		require.Equal(t, []any{"CARD"}, at(v, "tenant", "reservations", 0, "changeableTo"))
		require.Nil(t, at(v, "tenant", "reservations", 0, "mandate"))
		require.Equal(t, "2026-03-10", at(v, "tenant", "reservations", 0, "steps", 1, "on"))
	})

	t.Run("ChangesTheMethod", func(t *testing.T) {
		rsv := vars{"id": id("rsv", sub.ReservationID)}
		a := b.askAs(t, token, `mutation($id:ID!){startMethodChange(input:{reservationId:$id,method:CARD}){clientSecret publishableKey userErrors{code}}}`, rsv)
		secret, _ := at(a.Data, "startMethodChange", "clientSecret").(string)
		rsv["si"] = b.Stripe.Confirm(t, secret, "pm_card_mastercard")
		a = b.askAs(t, token, `mutation($id:ID!,$si:String!){changePaymentMethod(input:{reservationId:$id,setupIntentId:$si}){
			account{reservations{methodChange{state paymentMethod}}} userErrors{code}}}`, rsv)
		require.Equal(t, "PENDING", at(a.Data, "changePaymentMethod", "account", "reservations", 0, "methodChange", "state"), a.raw)
		b.MustWork(t)
		require.Equal(t, "Mastercard ending 4444", at(viewer(), "tenant", "reservations", 0, "paymentMethod"))
		data := b.data(t, b.Manager, `query($id:ID!){reservation(id:$id){paymentMethod submission{paymentMethod}}}`, vars{"id": id("rsv", sub.ReservationID)})
		require.Equal(t, "Mastercard ending 4444", at(data, "reservation", "paymentMethod"))
		require.Equal(t, "Visa ending 4242", at(data, "reservation", "submission", "paymentMethod"))
	})

	t.Run("AsksForAnotherAddressOnWhichStaffDecide", func(t *testing.T) {
		a := b.askAs(t, token, `mutation{requestEmailChange(input:{email:"tess@mended.test"}){account{email requestedEmail} userErrors{code}}}`, nil)
		require.Equal(t, "tess@mended.test", at(a.Data, "requestEmailChange", "account", "requestedEmail"), a.raw)
		const look = `query($id:ID!){node(id:$id){...on Tenant{email emailCorrection{id email state canDecide tenant{name}}}}}`
		data := b.data(t, b.Manager, look, vars{"id": id("ten", sub.TenantID)})
		correction, _ := at(data, "node", "emailCorrection", "id").(string)
		require.Equal(t, true, at(data, "node", "emailCorrection", "canDecide"))
		require.Nil(t, at(b.data(t, b.Stranger, `query($id:ID!){node(id:$id){id}}`, vars{"id": correction}), "node"))
		require.NotNil(t, at(b.data(t, b.Colleague, `query($id:ID!){node(id:$id){id}}`, vars{"id": correction}), "node"))

		const accept = `mutation($id:ID!){acceptEmailCorrection(input:{id:$id}){correction{state decidedBy{name} canDecide}
			tenant{email emailCorrection{id}} userErrors{code}}}`
		require.Equal(t, "NOT_FOUND", at(b.data(t, b.Stranger, accept, vars{"id": correction}), "acceptEmailCorrection", "userErrors", 0, "code"))
		data = b.data(t, b.Manager, accept, vars{"id": correction})
		require.Equal(t, "tess@mended.test", at(data, "acceptEmailCorrection", "tenant", "email"))
		require.Nil(t, at(data, "acceptEmailCorrection", "tenant", "emailCorrection"))
		require.Equal(t, "Max Manager", at(data, "acceptEmailCorrection", "correction", "decidedBy", "name"))
		require.Equal(t, false, at(data, "acceptEmailCorrection", "correction", "canDecide"))
		require.Nil(t, at(b.askAs(t, token, `{viewer{tenant{email}}}`, nil).Data, "viewer"), "the sign-in that began at the old address has ended")
	})
}

// TestATenantsTokenLeadsToNobodyElse: ids of others' things, handed to the tenant's own fields, are nothing.
func TestATenantsTokenLeadsToNobodyElse(t *testing.T) {
	t.Parallel()
	b := setup(t)
	mine, theirs := b.Approved(t, migration.NextMonth), b.Approved(t, migration.NextMonth)
	token := b.tenantToken(t, mine)
	for _, foreign := range []string{id("rsv", theirs.ReservationID), id("sbm", mine.ID), "rsv_", "", mine.ReservationID.String(), id("ten", mine.TenantID)} {
		a := b.askAs(t, token, `mutation($id:ID!){startMethodChange(input:{reservationId:$id,method:CARD}){clientSecret userErrors{code}}}`, vars{"id": foreign})
		require.Equal(t, "NOT_FOUND", at(a.Data, "startMethodChange", "userErrors", 0, "code"), "%s %s", foreign, a.raw)
	}
	a := b.askAs(t, token, `{viewer{tenant{reservations{id}}}}`, nil)
	require.Len(t, at(a.Data, "viewer", "tenant", "reservations"), 1)
	require.Equal(t, []string{"FORBIDDEN"}, codes(b.askAs(t, token, `query($id:ID!){node(id:$id){id}}`, vars{"id": id("rsv", mine.ReservationID)})))
}

func TestSetupShowsBothWays(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	const look = `query($t:String!){setup(token:$t){email offer{starts{nextCharge{amount}} achStarts{option dueToday{amount} nextCharge{amount} nextChargeOn}}}}`
	data := b.data(t, nil, look, vars{"t": b.Token(t, inv)})
	require.Equal(t, "129.00", at(data, "setup", "offer", "starts", 0, "nextCharge", "amount"))
	require.Equal(t, "125.00", at(data, "setup", "offer", "achStarts", 0, "dueToday", "amount"))
	require.Equal(t, "0.00", at(data, "setup", "offer", "achStarts", 1, "dueToday", "amount"))
	require.Contains(t, at(data, "setup", "email"), "@home.test")
	b.Submit(t, inv, b.Acceptance(t, inv, "pm_card_visa"))
	require.Nil(t, at(b.data(t, nil, look, vars{"t": b.Token(t, inv)}), "setup", "email"), "what is handed in shows nothing more")
}

func TestSubmissionShowsTheAddressThatWasGiven(t *testing.T) {
	t.Parallel()
	b := setup(t)
	inv := b.Invited(t)
	a := b.Acceptance(t, inv, "pm_card_visa")
	a.Email = "tess@mended.test"
	sub := b.Submit(t, inv, a)
	none := b.Claimed(t, "pm_card_visa")
	const look = `query($id:ID!){submission(id:$id){emailCorrection{email state}}}`
	require.Equal(t, "tess@mended.test", at(b.data(t, b.Manager, look, vars{"id": id("sbm", sub.ID)}), "submission", "emailCorrection", "email"))
	require.Nil(t, at(b.data(t, b.Manager, look, vars{"id": id("sbm", none.ID)}), "submission", "emailCorrection"))

	// A location that knows the tenant only by a name that was typed does not learn of it.
	d := b.Draft()
	d.PlanID, d.NewTenant.Email = b.Loft.ID, *b.TenantOf(t, sub).Email
	_, err := b.Rules.CreateInvitation(t.Context(), migration.StaffActor(b.Stranger.ID, "req"), d)
	require.NoError(t, err)
	const tenant = `query($id:ID!){node(id:$id){...on Tenant{name emailCorrection{email}}}}`
	require.Nil(t, at(b.data(t, b.Stranger, tenant, vars{"id": id("ten", sub.TenantID)}), "node", "emailCorrection"))
	require.NotNil(t, at(b.data(t, b.Manager, tenant, vars{"id": id("ten", sub.TenantID)}), "node", "emailCorrection"))
}

// TestViewerReadsWhatIsAskedFor: a browser in which both are signed in does not pay for the tenant's account on a page of staff's, and
// an account costs no more for more reservations of which nothing is asked.
func TestViewerReadsWhatIsAskedFor(t *testing.T) {
	t.Parallel()
	b := setup(t)
	sub := b.Approved(t, migration.NextMonth)
	_, asked := b.counting(t)
	pool := asked.pool
	rules := b.Service(t, func(o *migration.Options) { o.Pool = pool })
	resolver := &graph.Resolver{Pool: pool, Migration: rules}
	ctx := access.With(t.Context(), &access.Request{Viewer: &access.Viewer{Staff: b.Manager}, Tenant: &access.Tenant{Tenant: b.TenantOf(t, sub)}})
	v, err := resolver.Query().Viewer(ctx)
	require.NoError(t, err)
	require.Equal(t, b.Manager.ID, v.Staff.ID)
	_, _, all := asked.take()
	require.Zero(t, all, "nothing is read for who is asking alone")

	cost := func() int {
		asked.take()
		account, err := v.Tenant(ctx)
		require.NoError(t, err)
		require.NotEmpty(t, account.Reservations)
		_, _, all := asked.take()
		return all
	}
	one := cost()
	b.Decided(t, b.Claimed(t, "pm_card_visa", testkit.For(sub.TenantID), testkit.At(b.Wash)), migration.NextMonth)
	b.MustWork(t)
	require.Equal(t, one, cost(), "for two reservations as for one")
}
