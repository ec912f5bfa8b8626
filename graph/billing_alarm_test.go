package graph_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"carryover/ids"
	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
	"carryover/sandbox/stripefake"
)

const (
	billingAlarms = `query($n:Int,$after:String,$f:BillingAlarmFilter){billingAlarms(first:$n,after:$after,filter:$f){pageInfo{hasNextPage endCursor}
		nodes{id kind message since location{name} subscription{id status endedAt invoices{stripeInvoiceId status isFirst amountDue{amount currency}
		amountPaid{amount} amountRefunded{amount} chargedOn paidAt failure} reservation{id} history{action}} invoice{status isFirst}
		expectedAmount{amount} actualAmount{amount currency} expectedOn actualOn handledAt handledBy{name} handledNote}}}`
	handleAlarm = `mutation($i:HandleBillingAlarmInput!){handleBillingAlarm(input:$i){alarm{id handledBy{name} handledNote handledAt} userErrors{code field message}}}`
)

func TestBillingAlarms(t *testing.T) {
	t.Parallel()
	b := setup(t)
	b.Exec(t, `UPDATE sign_ins SET expires_at = expires_at + interval '30 days', last_used_at = last_used_at + interval '30 days'`)
	sub := b.Approved(t, migration.NextMonth)
	b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/charging", url.Values{"answer": {"decline"}})
	ended := b.Approved(t, migration.CurrentMonth)
	b.Clock.Set(time.Date(2026, 3, 15, 15, 0, 0, 0, time.UTC))
	b.LookAfter(t)
	row, err := b.Q.SubscriptionGetBySubmission(t.Context(), b.DB.Pool, ended.ID)
	require.NoError(t, err)
	b.Stripe.Browse(t, "/sandbox/subscriptions/"+row.StripeSubscriptionID+"/cancel", url.Values{})
	b.Clock.Move(25 * time.Hour)
	b.LookAfter(t)

	list := func(by *queries.Staff, v vars) []any {
		nodes, ok := at(b.data(t, by, billingAlarms, v), "billingAlarms", "nodes").([]any)
		require.True(t, ok)
		return nodes
	}

	t.Run("NewestFirstWithAllThereIsToSay", func(t *testing.T) {
		all := list(b.Manager, nil)
		require.Len(t, all, 2)
		require.Equal(t, "SUBSCRIPTION_ENDED", at(all, 0, "kind"))
		require.Nil(t, at(all, 0, "invoice"))
		require.Equal(t, "CANCELED", at(all, 0, "subscription", "status"))
		require.NotNil(t, at(all, 0, "subscription", "endedAt"))
		require.Equal(t, "FIRST_PAYMENT_FAILED", at(all, 1, "kind"))
		require.Equal(t, "The first payment of $129.00 failed. The card has insufficient funds.", at(all, 1, "message"))
		require.Equal(t, "129.00", at(all, 1, "expectedAmount", "amount"))
		require.Equal(t, "0.00", at(all, 1, "actualAmount", "amount"))
		require.Equal(t, "OPEN", at(all, 1, "invoice", "status"))
		require.Equal(t, true, at(all, 1, "subscription", "invoices", 0, "isFirst"))
		require.Equal(t, "2026-03-15", at(all, 1, "subscription", "invoices", 0, "chargedOn"))
		require.Equal(t, "created", at(all, 1, "subscription", "history", 0, "action"))
		require.Equal(t, "Denver Studios", at(all, 1, "location", "name"))
	})
	t.Run("PagesAndFilters", func(t *testing.T) {
		first := b.data(t, b.Manager, billingAlarms, vars{"n": 1})
		require.Equal(t, true, at(first, "billingAlarms", "pageInfo", "hasNextPage"))
		second := list(b.Manager, vars{"n": 1, "after": at(first, "billingAlarms", "pageInfo", "endCursor")})
		require.Equal(t, "FIRST_PAYMENT_FAILED", at(second, 0, "kind"))
		require.Empty(t, list(b.Manager, vars{"f": vars{"kinds": []string{"DISPUTE"}}}))
		require.Len(t, list(b.Manager, vars{"f": vars{"kinds": []string{"SUBSCRIPTION_ENDED"}, "locationIds": []string{id("loc", b.Denver.ID)}, "open": true}}), 1)
		require.Empty(t, list(b.Manager, vars{"f": vars{"locationIds": []string{id("loc", b.Boston.ID)}}}))
	})
	t.Run("AnAdminSeesAll", func(t *testing.T) { require.Len(t, list(b.Admin, nil), 2) })
	t.Run("NobodyElseSeesOrHandlesThem", func(t *testing.T) {
		alarm := at(list(b.Manager, nil), 0, "id").(string)
		require.Empty(t, list(b.Stranger, nil))
		require.Nil(t, at(b.data(t, b.Stranger, nodeOf, vars{"i": alarm}), "node"))
		require.Equal(t, "BillingAlarm", at(b.data(t, b.Colleague, nodeOf, vars{"i": alarm}), "node", "__typename"))
		require.Equal(t, "FORBIDDEN", b.ask(t, b.Attendant, billingAlarms, nil).Errors[0].Extensions.Code)
		require.Equal(t, "UNAUTHENTICATED", b.ask(t, nil, handleAlarm, vars{"i": vars{"id": alarm, "note": "x"}}).Errors[0].Extensions.Code)
		for _, foreign := range []string{alarm, id("alm", ids.New()), "nonsense"} {
			refused := b.data(t, b.Stranger, handleAlarm, vars{"i": vars{"id": foreign, "note": "x"}})
			require.Equal(t, "NOT_FOUND", at(refused, "handleBillingAlarm", "userErrors", 0, "code"))
		}
	})
	t.Run("HandledOnce", func(t *testing.T) {
		alarm := at(list(b.Manager, nil), 0, "id")
		refused := b.data(t, b.Manager, handleAlarm, vars{"i": vars{"id": alarm, "note": ""}})
		require.Equal(t, []any{"note"}, at(refused, "handleBillingAlarm", "userErrors", 0, "field"))
		for _, by := range []*queries.Staff{b.Manager, b.Colleague} {
			done := at(b.data(t, by, handleAlarm, vars{"i": vars{"id": alarm, "note": "By " + by.Name}}), "handleBillingAlarm")
			require.Empty(t, at(done, "userErrors"))
			require.Equal(t, "Max Manager", at(done, "alarm", "handledBy", "name"))
			require.Equal(t, "By Max Manager", at(done, "alarm", "handledNote"))
		}
		require.Len(t, list(b.Manager, vars{"f": vars{"open": true}}), 1)
		require.Len(t, list(b.Manager, vars{"f": vars{"open": false}}), 1)
	})
}

func TestSetupConfirmation(t *testing.T) {
	t.Parallel()
	const opened = `query($t:String!){setup(token:$t){state confirmation{isPayment clientSecret publishableKey url untilOn}}}`
	b := setup(t)
	sub := b.Claimed(t, testkit.Visa)
	inv := b.Invitation(t, *sub.InvitationID)
	token := vars{"t": b.Token(t, inv)}
	require.Nil(t, at(b.data(t, nil, opened, token), "setup", "confirmation"))
	b.Stripe.Browse(t, "/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/charging", url.Values{"answer": {"authenticate"}})
	b.Decided(t, sub, migration.CurrentMonth)
	for range 3 {
		b.Work(t)
	}

	shown := at(b.data(t, nil, opened, token), "setup")
	require.Equal(t, "CONFIRM", at(shown, "state"))
	require.Equal(t, true, at(shown, "confirmation", "isPayment"))
	require.Equal(t, "2026-03-11", at(shown, "confirmation", "untilOn"))
	require.Equal(t, testkit.StripePublishableKey, at(shown, "confirmation", "publishableKey"))
	secret := at(shown, "confirmation", "clientSecret").(string)
	require.True(t, strings.HasPrefix(secret, "pi_"))
	require.Contains(t, at(shown, "confirmation", "url"), "/sandbox/invoices/in_")

	renewed, err := b.Rules.RenewInvitationLink(t.Context(), testkit.By(b.Manager), inv.ID, true)
	require.NoError(t, err)
	const stranger = `query($t:String!){setup(token:$t){state greetingName unit confirmation{clientSecret url} verification{url}}}`
	require.Equal(t, map[string]any{"state": "REPLACED", "greetingName": "", "unit": "", "confirmation": nil, "verification": nil},
		at(b.data(t, nil, stranger, token), "setup"), "a link that was replaced hands out nothing")
	token = vars{"t": b.Token(t, renewed)}

	b.Stripe.Faults.Add(stripefake.Fault{Kind: stripefake.ErrorBefore, Method: "GET", PathPrefix: "/v1/subscriptions/", Times: 1})
	away := at(b.data(t, nil, opened, token), "setup", "confirmation")
	require.Equal(t, "2026-03-11", at(away, "untilOn"), "how things stand is told also while Stripe does not answer")
	require.Nil(t, at(away, "clientSecret"))
	require.NotContains(t, b.Log.Text(), secret, "it is a key")
	require.Zero(t, b.Count(t, `SELECT count(*) FROM subscriptions WHERE to_jsonb(subscriptions)::text LIKE '%_secret_%'`))

	b.Stripe.Browse(t, "/sandbox/payment_intents/"+strings.Split(secret, "_secret_")[0]+"/authenticate", url.Values{"outcome": {"succeed"}})
	b.Hear(t, b.StripeEvents(t)...)
	shown = at(b.data(t, nil, opened, token), "setup")
	require.Equal(t, "DONE", at(shown, "state"))
	require.Nil(t, at(shown, "confirmation"))
}
