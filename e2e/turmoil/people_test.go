package turmoil

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"carryover/internal/testkit"
	"carryover/migration"
	"carryover/queries"
)

// tenant is one person with two tabs open, and the two members of staff who look after the case.
type tenant struct {
	name  string
	plan  *queries.Plan
	inv   *queries.Invitation // whose link the tenant holds
	bank  bool                // may pay from a bank account
	tabs  []*tab
	staff []*desk
}

// tab is what one page of the tenant's browser knows.
type tab struct {
	busy      bool
	method    queries.PaymentMethodType
	secret    string
	confirmed bool
	digest    string
}

func (b *tab) intent() string {
	id, _, _ := strings.Cut(b.secret, "_secret_")
	return id
}

// goOn lets a tab do what comes next: ask for a form, give the card or the account to Stripe, look, and hand it in.
func (w *world) goOn(tn *tenant) {
	b := tn.tabs[w.rng.IntN(3)/2] // more often the first
	switch {
	case b.busy, b.secret == "" && w.handedIn(tn) && w.rng.IntN(8) > 0:
	case b.secret == "" || w.rng.IntN(12) == 0:
		w.startSetup(tn, b)
	case !b.confirmed:
		w.confirm(tn, b)
	default:
		w.submit(tn, b)
	}
}

// current is the tenant's newest submission, seen at this moment; nil where there is none.
func (w *world) current(tn *tenant) *queries.Submission {
	var id uuid.UUID
	err := w.b.DB.Pool.QueryRow(w.t.Context(), `SELECT id FROM submissions WHERE tenant_id = $1 ORDER BY submitted_at DESC, id DESC LIMIT 1`, tn.inv.TenantID).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	require.NoError(w.t, err)
	return w.b.Submission(w.t, id)
}

// handedIn tells whether there is nothing for the tenant to do.
func (w *world) handedIn(tn *tenant) bool {
	sub := w.current(tn)
	return sub != nil && !migration.ReopensLink(sub.Status)
}

func (w *world) startSetup(tn *tenant, b *tab) {
	method := queries.PaymentMethodTypeCard
	if tn.bank && w.rng.IntN(3) == 0 {
		method = queries.PaymentMethodTypeUsBankAccount
	}
	w.hold(&b.busy, tn.name+" starts with "+string(method), func(ctx context.Context) error {
		started, err := w.api.StartSetup(ctx, testkit.Browser, w.b.Token(w.t, tn.inv), method)
		if err != nil {
			return err
		}
		*b = tab{busy: true, method: method, secret: started.ClientSecret}
		return nil
	})
}

// cards are those that a tenant may give: most are good, some are declined when they are charged, and of some the bank wants to
// hear the tenant, both when they are saved and when they are charged.
var cards = []string{testkit.Visa, testkit.Visa, testkit.Visa, testkit.Visa, testkit.NoFunds, wantsTenant}

const wantsTenant = "pm_card_authenticationRequired"

// confirm is between the browser and Stripe. Another tab may have given something to the same intent before.
func (w *world) confirm(tn *tenant, b *tab) {
	form := url.Values{"client_secret": {b.secret}}
	if b.method == queries.PaymentMethodTypeCard {
		form.Set("payment_method", cards[w.rng.IntN(len(cards))])
	} else {
		form = account(form, accounts[w.rng.IntN(len(accounts))])
	}
	w.tell("%s confirms: %d", tn.name, w.browse("/v1/setup_intents/"+b.intent()+"/confirm", form))
	if form.Get("payment_method") == wantsTenant {
		w.answerBank(tn, "setup_intents", b.intent())
	}
	b.confirmed = true
}

// answerBank is the tenant on the bank's own page.
func (w *world) answerBank(tn *tenant, kind, id string) {
	outcome := []string{"succeed", "succeed", "succeed", "fail"}[w.rng.IntN(4)]
	w.tell("%s answers the bank: %s %d", tn.name, outcome, w.browse("/sandbox/"+kind+"/"+id+"/authenticate", url.Values{"outcome": {outcome}}))
}

// confirmPayment is the tenant who was asked by the bank whether the first charge is right.
func (w *world) confirmPayment(tn *tenant) {
	c, err := w.b.Rules.ConfirmationOf(w.t.Context(), w.current(tn))
	require.NoError(w.t, err)
	if c == nil {
		return
	}
	id, _, _ := strings.Cut(c.ClientSecret, "_secret_")
	kind := "payment_intents"
	if strings.HasPrefix(id, "seti_") {
		kind = "setup_intents"
	}
	w.answerBank(tn, kind, id)
}

// accounts: of the first the debit goes through, of the second it comes back.
var accounts = []string{"000123456789", "000123456789", "000222222227"}

func account(form url.Values, number string) url.Values {
	for key, value := range map[string]string{"[type]": "us_bank_account", "[us_bank_account][account_number]": number,
		"[us_bank_account][routing_number]": "110000000", "[billing_details][name]": "Tess Tenant"} {
		form.Set("payment_method_data"+key, value)
	}
	form.Set("mandate_data[customer_acceptance][type]", "online")
	form.Set("mandate_data[customer_acceptance][online][infer_from_client]", "true")
	return form
}

// submit hands in what the tab has seen, which may be some time ago, and often does so twice.
func (w *world) submit(tn *tenant, b *tab) {
	a := migration.Acceptance{SetupIntentID: b.intent(), Digest: b.digest, AcceptTerms: true, AcceptMandate: true,
		Language:  queries.MessageLanguageEn,
		Signature: migration.Signature{Kind: queries.SignatureKindTyped, Name: "Tess Tenant"}}
	again := w.rng.IntN(3) == 0
	w.hold(&b.busy, tn.name+" submits", func(ctx context.Context) error {
		shown, err := w.api.OpenSetup(ctx, testkit.Browser, w.b.Token(w.t, tn.inv), queries.MessageLanguageEn)
		if err != nil {
			return err
		}
		if a.Digest == "" && shown.State == migration.SetupStateOpen {
			b.digest = shown.Digest()
			a.Digest = b.digest
		}
		_, err = w.api.SubmitSetup(ctx, testkit.Browser, w.b.Token(w.t, tn.inv), a)
		if refusals, ok := migration.RefusalsIn(err); ok && refusals[0].Code == migration.CodeQuoteChanged {
			b.digest = "" // looks again
		} else if !again {
			*b = tab{busy: true}
		}
		return err
	})
}

// bankActs is the tenant who reads the code of a cent off the statement, rightly or not.
func (w *world) bankActs(tn *tenant) {
	for _, b := range tn.tabs {
		if b.method == queries.PaymentMethodTypeUsBankAccount && b.secret != "" {
			w.enterCode(tn, b.intent(), b.secret)
			return
		}
	}
}

func (w *world) enterCode(tn *tenant, intent, secret string) {
	code := []string{"SM11AA", "SM11AA", "SM11AA", "SM22BB", "SM33CC"}[w.rng.IntN(5)]
	w.tell("%s enters %s: %d", tn.name, code,
		w.browse("/v1/setup_intents/"+intent+"/verify_microdeposits", url.Values{"client_secret": {secret}, "descriptor_code": {code}}))
}

// changeFortune is the card or account that goes away after it was given, or whose bank thinks otherwise of charges from now on.
func (w *world) changeFortune(tn *tenant) {
	sub := w.current(tn)
	if sub == nil {
		return
	}
	what := []string{"lose", "block", "charging"}[w.rng.IntN(3)]
	form := url.Values{}
	if what == "charging" {
		form.Set("answer", []string{"approve", "decline", "authenticate"}[w.rng.IntN(3)])
	}
	w.tell("%s: %s %v: %d", tn.name, what, form, w.browse("/sandbox/payment_methods/"+sub.StripePaymentMethodID+"/"+what, form))
}

// raisePrice is the operator who sells dearer from now on. Who has submitted pays what was agreed.
func (w *world) raisePrice() {
	plan := []*queries.Plan{w.b.Studio, w.b.Maple, w.b.Kiwi}[w.rng.IntN(3)]
	w.b.Exec(w.t, `UPDATE plans SET card_price_minor = card_price_minor + 100, ach_price_minor = ach_price_minor + 100 WHERE id = $1`, plan.ID)
	w.tell("%s costs more", plan.Name)
}

// cancelAtStripe is somebody with Stripe's dashboard open.
func (w *world) cancelAtStripe(tn *tenant) {
	sub := w.current(tn)
	if sub == nil || sub.Status != queries.SubmissionStatusApproved {
		return
	}
	ours, err := w.b.Q.SubscriptionGetBySubmission(w.t.Context(), w.b.DB.Pool, sub.ID)
	require.NoError(w.t, err)
	w.tell("%s is cancelled at Stripe: %d", tn.name, w.browse("/sandbox/subscriptions/"+ours.StripeSubscriptionID+"/cancel", url.Values{}))
}

// hold begins a task of somebody who does one thing at a time.
func (w *world) hold(busy *bool, who string, verb func(ctx context.Context) error) {
	*busy = true
	w.start(who, verb, func(*task) { *busy = false })
}

// browse is what a browser posts to Stripe, and answers the status. Nobody comes between the two.
func (w *world) browse(path string, form url.Values) int {
	if strings.HasPrefix(path, "/v1/") {
		form.Set("key", testkit.StripePublishableKey)
	}
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.b.Stripe.URL+path, strings.NewReader(form.Encode()))
	require.NoError(w.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := w.plain.RoundTrip(r)
	require.NoError(w.t, err)
	require.NoError(w.t, answer.Body.Close())
	return answer.StatusCode
}
