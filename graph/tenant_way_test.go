package graph_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
)

// TestTheWholeWayOverTheAPI asks for everything that a page would, and reads what came of it.
func TestTheWholeWayOverTheAPI(t *testing.T) {
	t.Parallel()
	b := setup(t)
	created := b.data(t, b.Manager, `mutation($p:ID!,$n:ID!){createInvitation(input:{planId:$p,insurancePlanId:$n,anchorDay:15,unit:"12b",
		newTenant:{name:"Tess Tenant",email:"tess@home.test",phone:"+1 303 555 0123"},cardPrice:{amount:"119.5",currency:"USD"}}){
		invitation{id status unit hasPriceOverride cardPriceOverride{amount currency} achPriceOverride{amount} cardPrice{amount currency} achPrice{amount} card{total{amount} lines{kind description amount{amount}}}
			ach{total{amount}} isExpired createdBy{name} insurancePlan{name price{amount} isOffered} plan{name kind cadence cardPrice{amount} achPrice{amount} isOffered location{name}}
			location{timeZone staffContact{name}} reservation{id} deliveries{id} history{action actorName before after at}} userErrors{code}}}`,
		vars{"p": id("pln", b.Studio.ID), "n": id("ins", b.Insurance.ID)})
	inv := at(created, "createInvitation", "invitation")
	require.Equal(t, "PENDING", at(inv, "status"))
	require.Equal(t, "119.50", at(inv, "cardPrice", "amount"))
	require.Equal(t, map[string]any{"amount": "119.50", "currency": "USD"}, at(inv, "cardPriceOverride"))
	require.Nil(t, at(inv, "achPriceOverride"), "from a bank account it follows the plan")
	require.Equal(t, "134.50", at(inv, "card", "total", "amount"))
	require.Equal(t, "140.00", at(inv, "ach", "total", "amount"))
	require.Equal(t, "Studio 12 (12b)", at(inv, "card", "lines", 0, "description"))
	require.Equal(t, "Max Manager", at(inv, "history", 0, "actorName"))
	require.Equal(t, "2026-03-10T15:00:00Z", at(inv, "history", 0, "at"))

	sent := b.data(t, b.Manager, `mutation($i:ID!){sendInvitations(input:{channel:EMAIL,ids:[$i],expectedCount:1,clientKey:"k"}){batch{id kind channel total pending finishedAt} userErrors{code}}}`,
		vars{"i": at(inv, "id")})
	require.EqualValues(t, 1, at(sent, "sendInvitations", "batch", "pending"))
	b.MustWork(t)
	batch := b.data(t, b.Manager, `query($i:ID!){batch(id:$i){succeeded skipped failed pending finishedAt outcomes{nodes{outcome reason message invitation{status emailSentAt deliveries{status purpose channel address}}}}}}`,
		vars{"i": at(sent, "sendInvitations", "batch", "id")})
	require.Equal(t, "ACCEPTED", at(batch, "batch", "outcomes", "nodes", 0, "invitation", "deliveries", 0, "status"))
	require.NotNil(t, at(batch, "batch", "finishedAt"))

	_, rest, _ := strings.Cut(b.Resend.Emails()[0].Text, "/setup/")
	token := strings.Fields(rest)[0]
	const look = `query($t:String!){setup(token:$t){state greetingName locationName planName unit reopenedReason offer{card{total{amount}} ach{total{amount}} anchorDay digest
		starts{option dueToday{amount} nextChargeOn nextCharge{amount}} terms{language version body}} nextCharge{on amount{amount currency}}}}`
	setup := at(b.data(t, nil, look, vars{"t": token}), "setup")
	require.Equal(t, "OPEN", at(setup, "state"))
	require.Equal(t, "Tess", at(setup, "greetingName"))
	require.Equal(t, "2026-03-15", at(setup, "offer", "starts", 0, "nextChargeOn"))
	require.Nil(t, b.data(t, nil, look, vars{"t": token + "x"})["setup"], "null for a token that was never given out")

	started := b.data(t, nil, `mutation($t:String!){startSetup(input:{token:$t,method:CARD}){clientSecret publishableKey userErrors{code}}}`, vars{"t": token})
	intent := b.Stripe.Confirm(t, at(started, "startSetup", "clientSecret").(string), testkit.Visa)
	const submit = `mutation($t:String!,$s:String!,$d:String!){submitSetup(input:{token:$t,setupIntentId:$s,digest:$d,acceptTerms:true,signature:{kind:TYPED,name:"Tess Tenant"}}){
		setup{state offer{digest}} userErrors{code field message}}}`
	stale := b.data(t, nil, submit, vars{"t": token, "s": intent, "d": "stale"})
	require.Equal(t, "QUOTE_CHANGED", at(stale, "submitSetup", "userErrors", 0, "code"))
	require.Equal(t, at(setup, "offer", "digest"), at(stale, "submitSetup", "setup", "offer", "digest"), "the payload holds the offer as it is now")
	done := b.data(t, nil, submit, vars{"t": token, "s": intent, "d": at(setup, "offer", "digest")})
	require.Equal(t, "SUBMITTED", at(done, "submitSetup", "setup", "state"))
	require.Nil(t, at(b.data(t, nil, look, vars{"t": token}), "setup", "nextCharge"), "nothing runs before the approval")

	waiting := b.data(t, b.Manager, `{submissions(filter:{statuses:[READY_FOR_APPROVAL]}){nodes{id canApprove paymentMethod paymentMethodType quote{total{amount}} evidence{termsHash signatureName ip userAgent terms{body}}}}}`, nil)
	sub := at(waiting, "submissions", "nodes", 0)
	require.Equal(t, true, at(sub, "canApprove"))
	require.Equal(t, "Visa ending 4242", at(sub, "paymentMethod"))
	require.Equal(t, "127.0.0.1", at(sub, "evidence", "ip"))
	require.Len(t, at(sub, "evidence", "termsHash"), 64)

	previews := b.data(t, b.Manager, `query($s:ID!){billingPreview(submissionId:$s){option dueToday{amount currency} nextChargeOn nextCharge{amount} notBefore lines{kind amount{amount}}}}`, vars{"s": at(sub, "id")})
	require.Equal(t, "134.50", at(previews, "billingPreview", 0, "dueToday", "amount"))
	const approve = `mutation($s:ID!,$a:Decimal!){approveSubmission(input:{submissionId:$s,option:CURRENT_MONTH,expectedDueToday:{amount:$a,currency:"USD"}}){
		submission{status approvals{staff{name}}} approval{option outcome dueToday{amount} staff{name}} preview{dueToday{amount}} userErrors{code}}}`
	wrong := b.data(t, b.Manager, approve, vars{"s": at(sub, "id"), "a": "1"})
	require.Equal(t, "TOTAL_CHANGED", at(wrong, "approveSubmission", "userErrors", 0, "code"))
	require.Equal(t, "134.50", at(wrong, "approveSubmission", "preview", "dueToday", "amount"))
	approved := b.data(t, b.Manager, approve, vars{"s": at(sub, "id"), "a": "134.5"})
	require.Equal(t, "APPROVING", at(approved, "approveSubmission", "submission", "status"))
	late := b.data(t, b.Colleague, approve, vars{"s": at(sub, "id"), "a": "134.5"})
	require.Equal(t, "ALREADY_DECIDED", at(late, "approveSubmission", "userErrors", 0, "code"))
	require.Equal(t, "Max Manager", at(late, "approveSubmission", "approval", "staff", "name"))
	b.MustWork(t)

	end := b.data(t, b.Manager, `query($s:ID!){submission(id:$s){status canApprove history{action actorKind actorName} invitation{status isExpired} approvals{outcome outcomeAt}
		reservation{status unit submissions{id} submission{id} subscription{stripeSubscriptionId status monthlyTotal{amount} startedAt nextChargeAt} history{action}}}}`, vars{"s": at(sub, "id")})
	require.Equal(t, "APPROVED", at(end, "submission", "reservation", "status"))
	require.Equal(t, "ACTIVE", at(end, "submission", "reservation", "subscription", "status"))
	require.Equal(t, "2026-02-15T12:00:00Z", at(end, "submission", "reservation", "subscription", "startedAt"))
	require.Equal(t, []int64{13450}, b.Stripe.Charged(t))
	over := b.data(t, nil, look, vars{"t": token})
	require.Equal(t, "DONE", at(over, "setup", "state"))
	require.Equal(t, map[string]any{"on": "2026-03-15", "amount": map[string]any{"amount": "134.50", "currency": "USD"}}, at(over, "setup", "nextCharge"))
}
